"""The daybook (日账): what of a past day figures need, packed, so that a year is read in a moment and is still exact.

A page holds the tickets of which one moment (opening, resolving, closing, deadline) falls in one day of UTC: their few
columns, and which numbers they count for, as the database itself judged by the conditions of models/numbers.py.
Whatever changes a ticket throws its pages away (a trigger of the database does it, in the same transaction); they are
written anew later, and until then those days are counted from the tickets.
"""

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.matters import MATTERS
from models.numbers import NUMBERS, PLACE, Asked, Formulas, Slice, bits
from models.words import Means
from services.pages import KEYS, NAMES, REST, SPOTS, WORDS, Book, Page, columns_of, kind_of, marks_of

C, P = t.ticket.c, t.figure_day.c
LEAST_DAYS = 14
"""Shorter periods are counted from the tickets: that is as quick."""
SETTLED = timedelta(days=2)
"""Younger days still change every minute."""
A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)
MEANS = [None, *(means.value for means in Means)]
NONE, DEGREE = -1, 1e6
DAWN, LATER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9990, 1, 1, tzinfo=UTC)


@cache
def moments() -> dict[str, tuple[str, ...]]:
    """The moments by which pages are kept, and the numbers of each in the order of their bits."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, number in NUMBERS.items():
        if number.moment is not None:
            found[number.moment.name].append(name)
    return {moment: tuple(sorted(names)) for moment, names in found.items()}


def version(formulas: Formulas) -> str:
    """Pages judged by other conditions are not read: the numbers' names, and what a setting puts into them."""
    names = ",".join(name for names in moments().values() for name in names)
    return f"7:{zlib.crc32(names.encode()):x}:{formulas.respond_minutes:g}"


# --- writing ---------------------------------------------------------------------------------------------------------


async def write_missing(conn: AsyncConnection, asked: Asked, days: int) -> int:
    """Write the pages of at most so many of the past days that lack one, the newest first; how many were written."""
    last = (asked.now - SETTLED).astimezone(UTC).date()
    first = (await conn.execute(select(func.min(C.opened_at)))).scalar()
    if first is None:
        return 0
    query = select(P.day, func.count()).where(P.version == version(asked.formulas)).group_by(P.day)
    whole = {day for day, count in (await conn.execute(query)).all() if count == len(moments())}
    length = (last - first.astimezone(UTC).date()).days + 1
    missing = [day for n in range(length) if str(day := last - timedelta(days=n)) not in whole][:days]
    if missing and conn.dialect.name == "postgresql":
        await conn.exec_driver_sql("LOCK TABLE ticket IN SHARE MODE")  # nobody changes what is being written down
    for day in missing:
        await _write(conn, asked.formulas, day)
    return len(missing)


async def _write(conn: AsyncConnection, formulas: Formulas, day: date) -> None:
    start = _midnight(day)
    await conn.execute(t.figure_day.delete().where(P.day == str(day)))
    asked = Asked(start, start + A_DAY, LATER, UTC, Slice(), formulas)  # type: ignore[arg-type]  # no zone is asked
    kept = {"day": str(day), "version": version(formulas)}
    pages = [kept | {"moment": moment} | await _told(conn, asked, moment) for moment in moments()]
    await conn.execute(t.figure_day.insert(), pages)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


async def _told(conn: AsyncConnection, asked: Asked, moment: str) -> dict[str, str]:
    """The tickets of a stretch, from the tickets themselves, as the texts of a page."""
    rows = (await conn.execute(_query(asked, moment))).all()
    columns = ("bits", *KEYS, *REST[moment], *SPOTS)
    listed: dict[str, Sequence[Any]] = dict(
        zip(columns, zip(*rows, strict=True) if rows else [()] * len(columns), strict=True)
    )
    words = {"names": _words(listed, NAMES), "places": _words(listed, SPOTS)}
    numbered = {kind: {word: at for at, word in enumerate(known, 1)} | {None: 0} for kind, known in words.items()}
    packed = {name: _packed(name, values, numbered) for name, values in listed.items()}
    return {
        "bits": marks_of(np.array(listed["bits"])),
        "keys": columns_of(KEYS, packed, words["names"]),
        "words": orjson.dumps(words["names"]).decode(),
        "body": columns_of(REST[moment], packed),
        "spots": columns_of(SPOTS, packed, words["places"]),
        "places": orjson.dumps(words["places"]).decode(),
    }


def _words(listed: dict[str, Sequence[Any]], columns: Iterable[str]) -> list[str]:
    """The words of these columns, each once, in order."""
    return sorted({word for name in columns for word in listed.get(name, ())} - {None})


def _packed(name: str, values: Sequence[Any], numbered: dict[str, dict[str | None, int]]) -> list[int]:
    """Values as the numbers that stand in a page."""
    if name in WORDS:
        return [numbered[kind_of(name)][value] for value in values]
    match name:
        case "at":
            return [(_aware(value) - DAWN) // A_SECOND for value in values]
        case "means":
            return [MEANS.index(value) for value in values]
        case "lat" | "lon":
            return [0 if value is None else round(value * DEGREE) for value in values]
        case _:
            return [NONE if value is None else int(value) for value in values]


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _query(asked: Asked, moment: str) -> Select[Any]:
    columns = {
        "at": C[moment], "group": C.group_id, "officer": C.officer_id, "means": C.means, "street": C.street,
        "grid": C.grid, "squad": C.squad, "matter": C.matter, "place": PLACE, "accept": C.accept_seconds,
        "arrive": C.arrive_seconds, "resolve": C.resolve_seconds, "lat": C.lat, "lon": C.lon,
        "said": case((func.nullif(C.place, "") != PLACE, C.place)),
    }  # fmt: skip
    span = [C[moment] >= asked.start, C[moment] < asked.end, C.same_as.is_(None)]
    judged = bits(moments()[moment], asked)
    return select(judged, *(columns[name] for name in (*KEYS, *REST[moment], *SPOTS))).where(*span)


# --- reading ---------------------------------------------------------------------------------------------------------


def readable(asked: Asked) -> bool:
    """Long enough, and of a slice that pages know: not one person's tickets, which are few."""
    return asked.which.reporter is None and asked.end - asked.start >= timedelta(days=LEAST_DAYS)


async def books(conn: AsyncConnection, asked: Asked, whole: Collection[str]) -> dict[str, Book] | None:
    """The rows of each moment, of the slice that is asked for; None where too few days have pages.

    All columns of the moments in `whole`; of the others, which numbers they count for and what a slice is chosen by.
    """
    days = await _days(conn, asked)
    if len(days) * A_DAY <= (asked.end - asked.start) / 2:
        return None
    return {moment: await _book(conn, asked, moment, days, wide=moment in whole) for moment in moments()}


async def _days(conn: AsyncConnection, asked: Asked) -> list[date]:
    """The days that are over and have all their pages; also those of which the period cuts off a part by the second."""
    start, end = (at.astimezone(UTC) for at in (asked.start, min(asked.end, asked.now)))
    first = start.date() if not start.microsecond else start.date() + A_DAY
    last = end.date() - A_DAY
    if asked.end < asked.now and not end.microsecond and end.time() != time():
        last = end.date() if _midnight(end.date()) + A_DAY <= asked.now else last
    query = select(P.day, func.count()).where(
        P.day >= str(first), P.day <= str(last), P.version == version(asked.formulas)
    )
    found = (await conn.execute(query.group_by(P.day).order_by(P.day))).all()
    return [date.fromisoformat(day) for day, count in found if count == len(moments())]


async def _book(conn: AsyncConnection, asked: Asked, moment: str, days: list[date], *, wide: bool) -> Book:
    cut = {day for day in (days[0], days[-1]) if not _within(asked, day)}
    columns = _columns(asked.which, [str(day) for day in cut], wide=wide, placed=wide and C.opened_at.name == moment)
    query = select(P.day, P.bits, *(column.label(name) for name, column in columns.items())).where(
        P.moment == moment, P.day >= str(days[0]), P.day <= str(days[-1]), P.version == version(asked.formulas)
    )
    known, pages = set(map(str, days)), []
    for row in (await conn.execute(query)).mappings():
        if row["day"] in known:
            pages.append(page := Page.read(moment, dict(row)))
            if date.fromisoformat(row["day"]) in cut:
                page.cut(asked.start.timestamp(), asked.end.timestamp())
    for start, end in _gaps(asked, days):
        told = await _told(conn, replace(asked, start=start, end=end, which=Slice()), moment)
        pages.append(Page.read(moment, told))
    book = Book(pages)
    if asked.which.named:
        book.choose(_chosen(book, asked.which))
    return book


def _columns(which: Slice, cut: list[str], *, wide: bool, placed: bool) -> dict[str, ColumnElement[str]]:
    """As much of each page as is looked at; of the days that are cut, the moments too."""
    nothing = literal("")
    return {
        "body": P.body if wide else case((P.day.in_(cut), P.body), else_=""),
        "keys": P["keys"] if wide or which.named else nothing,
        "words": P.words if wide else nothing,
        "spots": P.spots if placed or {"place", "road"} & which.named.keys() else nothing,
        "places": P.places if placed or which.road is not None else nothing,
    }


def _within(asked: Asked, day: date) -> bool:
    return asked.start <= _midnight(day) and _midnight(day) + A_DAY <= asked.end


def _gaps(asked: Asked, days: list[date]) -> list[tuple[datetime, datetime]]:
    """The stretches of the period that no page covers."""
    found, at = [], asked.start
    for day in days:
        start = _midnight(day)
        if start > at:
            found.append((at, start))
        at = start + A_DAY
    return [*found, (at, asked.end)] if at < asked.end else found


def _chosen(book: Book, which: Slice) -> NDArray[np.bool_]:
    """Which rows belong to a slice."""
    kept = np.ones(len(book.column("bits")), np.bool_)
    for name, value in which.named.items():
        match name:
            case "group" | "officer":
                kept &= book.column(name) == value
            case "means":
                kept &= book.column(name) == MEANS.index(value)
            case "major" | "about":
                whole = name == "major"
                codes = [code for code, one in MATTERS.items() if (one.major == value if whole else value in one.name)]
                kept &= book.among("matter", codes)
            case "road":
                kept &= book.around(value)
            case _:
                kept &= book.among(name, [value])
    return kept
