"""Counting on the pages of the daybook: the same numbers as by the database, of rows that it has judged already."""

from collections import Counter
from datetime import datetime, timedelta
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.figures import Spot, Times, Tops
from models.numbers import NUMBERS, SPANS
from services.daybook import DAWN, DEGREE, MEANS, NONE, WORDS, Book, Rows, moments

Books = dict[str, Book]
TIES = 500
"""So many places that were told of equally often are put in order by their names."""
COLUMNS = {"to_accept": "accept", "to_arrive": "arrive", "to_resolve": "resolve"}


def book_of(books: Books | None, name: str) -> Book | None:
    """Where a number can be counted; None for what only the tickets tell."""
    moment = NUMBERS[name].moment
    return None if books is None or moment is None else books[moment.name]


def held(book: Book, name: str) -> NDArray[np.bool_]:
    """Which rows a number counts."""
    moment: Any = NUMBERS[name].moment
    bit = moments()[moment.name].index(name)
    return (book.rows["bits"] >> bit & 1).astype(np.bool_)


def count(book: Book, name: str) -> int:
    """A number."""
    return int(held(book, name).sum())


def tops(book: Book, name: str, by: str, limit: int | None) -> Tops:
    """A number by squad, matter, …: the most first, and of as many the one whose name comes first."""
    keys, many = np.unique(book.rows[by][held(book, name)], return_counts=True)
    words = book.words(by, {int(key) for key in keys if key}) if by in WORDS else {}
    found = [(_key(words, by, int(key)), int(n)) for key, n in zip(keys, many, strict=True)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0] is None, str(one[0])))[:limit])


def _key(words: dict[int, str], by: str, key: int) -> Any:
    if by in WORDS:
        return words.get(key)
    if by == "means":
        return MEANS[key]
    return None if key == NONE else key


def times(book: Book, name: str) -> Times:
    """Median and ninth tenth by nearest rank."""
    seconds = book.rows[COLUMNS[name]][held(book, SPANS[name].number)]
    seconds = seconds[seconds != NONE]
    if not len(seconds):
        return Times()
    ranks = [ceil(part * len(seconds)) - 1 for part in (0.5, 0.9)]
    sorted_ = np.partition(seconds, ranks)
    return Times(len(seconds), *(float(sorted_[rank]) / 60 for rank in ranks))


def by_hour(book: Book, name: str, step: int = 3600) -> Counter[datetime]:
    """A number by the hour, or by steps of so many seconds, which is as fine as a zone needs."""
    parts, many = np.unique(book.rows["at"][held(book, name)] // step, return_counts=True)
    return Counter({DAWN + timedelta(seconds=int(at) * step): int(n) for at, n in zip(parts, many, strict=True)})


def places(book: Book, least: int, limit: int) -> tuple[Spot, ...]:
    """Places told of so often, with the middle of their points; of as many, those whose names come first."""
    rows: Rows = book.rows[held(book, "opened")]
    keys, many = np.unique(rows["place"][rows["place"] != 0], return_counts=True)
    if not len(keys):
        return ()
    bar = max(least, int(np.sort(many)[-limit:][0]))
    best = {int(key): int(n) for key, n in zip(keys[many >= bar], many[many >= bar], strict=True)}
    named = book.words("place", set(list(best)[:TIES]))
    chosen = sorted(named, key=lambda key: (-best[key], named[key]))[:limit]
    return tuple(Spot(named[key], best[key], *_middle(rows[rows["place"] == key])) for key in chosen)


def _middle(rows: Rows) -> tuple[float, float] | tuple[None, None]:
    shown = rows[(rows["lat"] != 0) | (rows["lon"] != 0)]
    return (float(shown["lat"].mean()) / DEGREE, float(shown["lon"].mean()) / DEGREE) if len(shown) else (None, None)
