"""Counting on the pages of the daybook: the same numbers as by the database, of rows that it has judged already."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from models.figures import Spot, Times, Tops
from models.numbers import NUMBERS, SPANS
from services.daybook import DEGREE, MEANS, NONE, moments
from services.pages import WORDS, Book, Column

Books = dict[str, Book]
TIES = 500
"""So many places that were told of equally often are put in order by their names."""
COLUMNS = {"to_accept": "accept", "to_arrive": "arrive", "to_resolve": "resolve"}
A_DAY = 86400


def book_of(books: Books | None, name: str) -> Book | None:
    """Where a number can be counted; None for what only the tickets tell."""
    moment = NUMBERS[name].moment
    return None if books is None or moment is None else books[moment.name]


def held(book: Book, name: str) -> NDArray[np.bool_]:
    """Which rows a number counts."""
    moment: Any = NUMBERS[name].moment
    bit = moments()[moment.name].index(name)
    return (book.column("bits") & (1 << bit)).astype(np.bool_)


def count(book: Book, name: str) -> int:
    """A number."""
    return int(np.count_nonzero(held(book, name)))


def tops(book: Book, name: str, by: str, limit: int | None) -> Tops:
    """A number by squad, matter, …: the most first, and of as many the one whose name comes first."""
    keys, many = _counted(book.column(by)[held(book, name)], small=by in WORDS)
    found = [(_key(book, by, int(key)), int(n)) for key, n in zip(keys, many, strict=True)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0] is None, str(one[0])))[:limit])


def _counted(column: Column, *, small: bool) -> tuple[Column, Column]:
    """What is there, and how often; words are small numbers."""
    if not small:
        keys, many = np.unique(column, return_counts=True)
        return keys, many
    every = np.bincount(column)
    keys = np.flatnonzero(every)
    return keys, every[keys]


def _key(book: Book, by: str, key: int) -> Any:
    if by in WORDS:
        return book.word(by, key) if key else None
    if by == "means":
        return MEANS[key]
    return None if key == NONE else key


def times(book: Book, name: str) -> Times:
    """Median and ninth tenth by nearest rank."""
    seconds = book.column(COLUMNS[name])[held(book, SPANS[name].number)]
    seconds = seconds[seconds != NONE]
    if not len(seconds):
        return Times()
    ranks = [ceil(part * len(seconds)) - 1 for part in (0.5, 0.9)]
    sorted_ = np.partition(seconds, ranks)
    return Times(len(seconds), *(float(sorted_[rank]) / 60 for rank in ranks))


def by_hour(book: Book, name: str, zone: ZoneInfo) -> Iterator[tuple[date, int, int]]:
    """A number by day and hour of a zone's clock."""
    at = book.column("at")[held(book, name)].astype(np.int64)
    if not len(at):
        return
    hours = _local(at, zone) // 3600
    first = int(hours.min()) // 24 * 24
    every = np.bincount(hours - first)
    for hour in np.flatnonzero(every).tolist():
        yield date.fromordinal(date(1970, 1, 1).toordinal() + (first + hour) // 24), hour % 24, int(every[hour])


def _local(at: Column, zone: ZoneInfo) -> Column:
    """Seconds as the zone's clock shows them: it is asked once a day, and by the second on days when it is set."""
    days = at // A_DAY
    first, last = int(days.min()), int(days.max())
    offsets = np.array([_offset(day * A_DAY, zone) for day in range(first, last + 2)])
    found: Column = at + offsets[days - first]
    turning = np.flatnonzero(offsets[1:] != offsets[:-1]) + first
    for row in np.flatnonzero(np.isin(days, turning)).tolist():
        found[row] = int(at[row]) + _offset(int(at[row]), zone)
    return found


def _offset(at: int, zone: ZoneInfo) -> int:
    told = datetime.fromtimestamp(at, UTC).astimezone(zone).utcoffset() or timedelta()
    return int(told.total_seconds())


def places(book: Book, least: int, limit: int) -> tuple[Spot, ...]:
    """Places told of so often, with the middle of their points; of as many, those whose names come first."""
    every = np.bincount(book.column("place")[held(book, "opened")], minlength=1)
    every[0] = 0
    bar = max(least, int(np.sort(every)[-limit:][0]))
    best = np.flatnonzero(every >= bar)
    most = best[np.argsort(-every[best], kind="stable")][:TIES].tolist()
    named = sorted((-int(every[key]), book.word("place", key), key) for key in most)[:limit]
    return tuple(Spot(name, -less, *_middle(book, key)) for less, name, key in named)


def _middle(book: Book, key: int) -> tuple[float, float] | tuple[None, None]:
    here = (book.column("place") == key) & held(book, "opened")
    lat, lon = book.column("lat")[here], book.column("lon")[here]
    shown = (lat != 0) | (lon != 0)
    if not shown.any():
        return None, None
    return float(lat[shown].mean()) / DEGREE, float(lon[shown].mean()) / DEGREE
