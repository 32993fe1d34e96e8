"""The daybook (日账): what of a past day figures need, packed, so that a year is read in a moment and is still exact.

A page holds the tickets of which one moment (opening, resolving, closing, deadline) falls in one day of UTC: their few
columns, and which numbers they count for, as the database itself judged by the conditions of models/numbers.py.
Whatever changes a ticket throws its pages away (a trigger of the database does it, in the same transaction); they are
written anew later, and until then those days are counted from the tickets.
"""

import base64
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import numpy as np
import orjson
import xxhash
from numpy.typing import NDArray
from sqlalchemy import Integer, Select, and_, case, cast, func, literal, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.matters import MATTERS
from models.numbers import NUMBERS, PLACE, Asked, Formulas, Slice
from models.words import Means

C, P = t.ticket.c, t.figure_day.c
LEAST_DAYS = 14
"""Shorter periods are counted from the tickets: that is as quick."""
SETTLED = timedelta(days=2)
"""Younger days still change every minute."""
MEANS = [None, *(means.value for means in Means)]
WORDS = ("street", "grid", "squad", "matter", "place")
"""Columns of words: they stand as 64 bits of hash, 0 is none; a page has its words beside the rows."""
COMMON = [
    ("group", "i4"), ("officer", "i4"), ("means", "i1"), *((name, "u8") for name in WORDS[:4]), ("bits", "u4"),
]  # fmt: skip
ROWS = {
    "opened_at": np.dtype([*COMMON, ("at", "u4"), ("accept", "i4"), ("arrive", "i4"), ("place", "u8"),
                           ("lat", "i4"), ("lon", "i4")]),
    "resolved_at": np.dtype([*COMMON, ("resolve", "i4")]),
    "closed_at": np.dtype([*COMMON, ("at", "u4")]),
    "deadline_at": np.dtype(COMMON),
}  # fmt: skip
"""What a page of each moment holds."""
NONE, DEGREE = -1, 1e6
Rows = NDArray[Any]
DAWN, LATER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9990, 1, 1, tzinfo=UTC)


def hashed(word: str | None) -> int:
    """A word as 64 bits; never 0, which is none."""
    return 0 if word is None else xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass")) | 1


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
    return f"4:{zlib.crc32(names.encode()):x}:{formulas.respond_minutes:g}"


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of one moment in a period; all of them, before a slice was chosen, and the words of each page."""

    rows: Rows
    whole: Rows
    told: Sequence[tuple[int, str]]
    """Where the rows of each page begin, and its words as JSON."""

    def words(self, column: str, wanted: set[int]) -> dict[int, str]:
        """The words of these hashes: of each that is not known yet, one page that has it is read."""
        found: dict[int, str] = {}
        starts = [start for start, _ in self.told]
        for one in wanted:
            if one not in found:
                page = self.told[bisect_right(starts, int(np.argmax(self.whole[column] == one))) - 1][1]
                found |= {hashed(word): word for word in orjson.loads(page)}
        return {one: found[one] for one in wanted}


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
    start = datetime.combine(day, time(), UTC)
    end = start + timedelta(days=1)
    await conn.execute(t.figure_day.delete().where(P.day == str(day)))
    pages = []
    asked = Asked(start, end, LATER, UTC, Slice(), formulas)  # type: ignore[arg-type]  # no zone is asked
    for moment in moments():
        rows, words = await _read(conn, asked, moment)
        page = {"moment": moment, "day": str(day), "version": version(formulas), "words": words}
        pages.append(page | {"bits": _text(rows["bits"]), "body": _text(rows)})
    await conn.execute(t.figure_day.insert(), pages)


def _text(rows: Rows) -> str:
    return base64.b64encode(rows.tobytes()).decode()


async def _read(conn: AsyncConnection, asked: Asked, moment: str) -> tuple[Rows, str]:
    """The rows of a stretch from the tickets themselves, and their words as JSON."""
    found = (await conn.execute(_query(asked, moment))).all()
    rows = np.zeros(len(found), ROWS[moment])
    names = rows.dtype.names or ()
    for name in names:
        rows[name] = [_packed(name, getattr(row, f"{name}_")) for row in found]
    words = {getattr(row, f"{name}_") for row in found for name in WORDS if name in names} - {None}
    return rows, orjson.dumps(sorted(words)).decode()


def _packed(name: str, value: Any) -> int:
    """A value as the number that stands in a page."""
    if name in WORDS:
        return hashed(value)
    match name:
        case "at":
            return int((_aware(value) - DAWN) / timedelta(seconds=1))
        case "means":
            return MEANS.index(value)
        case "lat" | "lon":
            return 0 if value is None else round(value * DEGREE)
        case _:
            return NONE if value is None else int(value)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _query(asked: Asked, moment: str) -> Select[Any]:
    names = moments()[moment]
    bits: Any = literal(0)
    for at, name in enumerate(names):
        also = NUMBERS[name].also(asked)
        bits = bits + case((and_(true(), *also), 1 << at), else_=0)
    columns = {
        "at": C[moment], "group": C.group_id, "officer": C.officer_id, "means": C.means, "street": C.street,
        "grid": C.grid, "squad": C.squad, "matter": C.matter, "place": PLACE, "bits": cast(bits, Integer),
        "accept": C.accept_seconds, "arrive": C.arrive_seconds, "resolve": C.resolve_seconds,
        "lat": C.lat, "lon": C.lon,
    }  # fmt: skip
    span = [C[moment] >= asked.start, C[moment] < asked.end, C.same_as.is_(None)]
    return select(*(column.label(f"{name}_") for name, column in columns.items())).where(*span)


# --- reading ---------------------------------------------------------------------------------------------------------


def readable(asked: Asked) -> bool:
    """Long enough, and of a slice that pages know: neither one person's tickets nor those of a place."""
    known = not {"reporter", "place", "road"} & asked.which.named.keys()
    return known and asked.end - asked.start >= timedelta(days=LEAST_DAYS)


async def books(conn: AsyncConnection, asked: Asked, whole: Iterable[str]) -> dict[str, Book] | None:
    """The rows of each moment, of the slice that is asked for; None where too few days have pages.

    All columns of the moments in `whole`; of the others, where no slice is chosen, only which numbers they count for.
    """
    days = await _days(conn, asked)
    length = (asked.end - asked.start) / timedelta(days=1)
    if len(days) <= length / 2:
        return None
    wide = set(moments()) if asked.which.named else set(whole)
    return {moment: await (_book if moment in wide else _bits)(conn, asked, moment, days) for moment in moments()}


async def _days(conn: AsyncConnection, asked: Asked) -> list[date]:
    """The days within the period that are over and have all their pages."""
    first = (asked.start - timedelta(microseconds=1)).astimezone(UTC).date() + timedelta(days=1)
    last = min(asked.end, asked.now).astimezone(UTC).date() - timedelta(days=1)
    query = select(P.day, func.count()).where(
        P.day >= str(first), P.day <= str(last), P.version == version(asked.formulas)
    )
    found = (await conn.execute(query.group_by(P.day).order_by(P.day))).all()
    return [date.fromisoformat(day) for day, count in found if count == len(moments())]


async def _book(conn: AsyncConnection, asked: Asked, moment: str, days: list[date]) -> Book:
    query = select(P.words, P.body).where(
        P.moment == moment, P.day >= str(days[0]), P.day <= str(days[-1]), P.version == version(asked.formulas)
    )
    held, told, count = [], [], 0
    for words, packed in (await conn.execute(query)).all():
        held.append(np.frombuffer(base64.b64decode(packed), ROWS[moment]))
        told.append((count, words))
        count += len(held[-1])
    for start, end in _gaps(asked, days):
        rows, words = await _read(conn, replace(asked, start=start, end=end, which=Slice()), moment)
        held.append(rows)
        told.append((count, words))
        count += len(rows)
    whole = np.concatenate(held) if held else np.zeros(0, ROWS[moment])
    return Book(whole[_chosen(whole, asked.which)] if asked.which.named else whole, whole, told)


async def _bits(conn: AsyncConnection, asked: Asked, moment: str, days: list[date]) -> Book:
    """Only which numbers the rows count for."""
    query = select(P.bits).where(
        P.moment == moment, P.day >= str(days[0]), P.day <= str(days[-1]), P.version == version(asked.formulas)
    )
    kind = np.dtype([("bits", "u4")])
    held = [np.frombuffer(base64.b64decode(bits), kind) for bits in (await conn.execute(query)).scalars()]
    for start, end in _gaps(asked, days):
        rows, _ = await _read(conn, replace(asked, start=start, end=end, which=Slice()), moment)
        held.append(rows[["bits"]].astype(kind))
    whole = np.concatenate(held)
    return Book(whole, whole, ())


def _gaps(asked: Asked, days: list[date]) -> list[tuple[datetime, datetime]]:
    """The stretches of the period that no page covers."""
    found, at = [], asked.start
    for day in days:
        start = datetime.combine(day, time(), UTC)
        if start > at:
            found.append((at, start))
        at = start + timedelta(days=1)
    return [*found, (at, asked.end)] if at < asked.end else found


def _chosen(rows: Rows, which: Slice) -> NDArray[np.bool_]:
    """Which rows belong to a slice."""
    kept = np.ones(len(rows), np.bool_)
    for name, value in which.named.items():
        match name:
            case "group" | "officer":
                kept &= rows[name] == value
            case "means":
                kept &= rows[name] == MEANS.index(value)
            case "major" | "about":
                codes = [code for code, one in MATTERS.items() if value in (one.major, one.name)[name == "about"]]
                kept &= np.isin(rows["matter"], np.array([hashed(code) for code in codes], "u8"))
            case _:
                kept &= rows[name] == np.uint64(hashed(value))
    return kept
