"""The figures of a period, counted by the database: the one source for chat, web and paper."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.figures import Figures, Load, Order, Ranking, Rate, Spot, Times, Tops
from models.numbers import DIMENSIONS, NUMBERS, OVERDUE, PLACE, SPANS, Asked, rates
from models.words import Means
from services import daybook, tally
from services.standing import NAMES, Standing, standing
from services.tally import Books

HEADLINES = (
    "opened", "void", "urgent", "closed", "resolved", "came_back", "recurred", "opened_again", "with_means",
    *(means.value for means in Means), "rated", "satisfied", "open_now", "held_now", "overdue_now",
)  # fmt: skip
TOPS, PAGE = 5, 10
REPEATED = 2
WHOLE = ("opened_at", "resolved_at", "closed_at")
"""Of these moments more is wanted than counts."""
C = t.ticket.c
Trend = dict[date, tuple[int, int]]
Grid = tuple[tuple[int, ...], ...]


async def figures(conn: AsyncConnection, asked: Asked, order: Order | None = None) -> Figures:
    """Everything at once; the squads in order where that is asked for."""
    pairs = rates(asked.formulas)
    wanted = {*HEADLINES, *(name for pair in pairs.values() for name in pair)}
    book, earlier = await _books(conn, asked, WHOLE), asked.earlier
    now = await standing(conn, asked)
    past = wanted - set(NAMES)
    found = now.counts(wanted) | await counts(conn, asked, past, book)
    before = await counts(conn, earlier, past, await _books(conn, earlier, ()))
    trend, grid = await _calendar(conn, asked, book)
    return Figures(
        asked.start, asked.end, found, _rates(pairs, found),
        {name: await times(conn, asked, name, book) for name in SPANS},
        before, _rates(pairs, before),
        late=now.tops("overdue_now", "squad"),
        open=now.tops("open_now", "squad"),
        squads=await tops(conn, asked, "opened", "squad", book=book),
        matters=await tops(conn, asked, "opened", "matter", TOPS, book),
        places=await places(conn, asked, TOPS, book),
        officers=await officers(conn, asked, now, book),
        days=trend, hours=grid,
        ranking=await ranking(conn, asked, order) if order else None,
    )  # fmt: skip


async def _books(conn: AsyncConnection, asked: Asked, whole: Collection[str]) -> Books | None:
    """The daybook's pages of a long period, where it has them."""
    return await daybook.books(conn, asked, whole) if daybook.readable(asked) else None


def _rates(pairs: dict[str, tuple[str, str]], found: dict[str, int]) -> dict[str, Rate]:
    return {name: Rate(found[part], found[whole]) for name, (part, whole) in pairs.items()}


async def counts(
    conn: AsyncConnection, asked: Asked, names: Iterable[str], book: Books | None = None
) -> dict[str, int]:
    """Each of these numbers; those of one moment are counted in one pass."""
    passes: dict[Any, list[str]] = defaultdict(list)
    found: dict[str, int] = {}
    for name in sorted(names):
        if (page := tally.book_of(book, name)) is not None:
            found[name] = tally.count(page, name)
        else:
            passes[NUMBERS[name].moment].append(name)
    for together in passes.values():
        of = NUMBERS[together[0]]
        shared = [*of.span(asked), C.same_as.is_(None), *asked.which.conditions()]
        columns = [_counted(asked, name) for name in together]
        row = (await conn.execute(select(*columns).select_from(t.ticket).where(*shared))).one()
        found |= dict(zip(together, row, strict=True))
    return found


def _counted(asked: Asked, name: str) -> ColumnElement[int]:
    also = NUMBERS[name].also(asked)
    return func.count().filter(and_(*also)) if also else func.count()


async def tickets(conn: AsyncConnection, asked: Asked, name: str, page: int = 1, size: int = PAGE) -> list[int]:
    """The tickets behind a number by its very condition, a page of them: the newest, or the longest late, first."""
    order = (C.deadline_at, C.id) if name in OVERDUE else (C.id.desc(),)
    query = select(C.id).where(*NUMBERS[name].conditions(asked)).order_by(*order)
    return list((await conn.execute(query.limit(size).offset((page - 1) * size))).scalars())


async def tops(  # noqa: PLR0913, PLR0917 - a number, by what, how many
    conn: AsyncConnection, asked: Asked, name: str, by: str, limit: int | None = None, book: Books | None = None
) -> Tops:
    """A number by squad, matter, … (models.numbers.DIMENSIONS), the most first; None where a ticket has none."""
    if (page := tally.book_of(book, name)) is not None:
        return tally.tops(page, name, by, limit)
    key, many = DIMENSIONS[by], func.count()
    query = (
        select(key, many)
        .where(*NUMBERS[name].conditions(asked))
        .group_by(key)
        .order_by(many.desc(), key.is_(None), key)
    )
    return tuple((row[0], row[1]) for row in (await conn.execute(query.limit(limit))).all())


async def ranking(conn: AsyncConnection, asked: Asked, order: Order) -> Ranking:
    """Squads by a rate; of as many the one that had more to do stands first. What has no squad is in no order."""
    part, whole = rates(asked.formulas)[order.rate]
    moments = {moment.name for name in (part, whole) if (moment := NUMBERS[name].moment) is not None}
    book = await _books(conn, asked, moments)
    parts, wholes = [dict(await tops(conn, asked, name, "squad", book=book)) for name in (part, whole)]
    found = [(squad, Rate(parts.get(squad, 0), n)) for squad, n in wholes.items() if squad is not None]
    turn = 1 if order.lowest else -1
    found.sort(key=lambda one: (turn * one[1].part / one[1].whole, -one[1].whole, one[0]))
    return Ranking(order.rate, order.lowest, tuple(found))


async def parts(conn: AsyncConnection, asked: Asked, name: str, by: str, limit: int) -> Tops:
    """A number by what its tickets have, the most first; of places those that were told of more than once."""
    book = await _books(conn, asked, WHOLE)
    if by == "place":
        return tuple((spot.name, spot.count) for spot in await places(conn, asked, limit, book))
    return tuple(row for row in await tops(conn, asked, name, by, limit, book) if row[0] is not None)


async def times(conn: AsyncConnection, asked: Asked, name: str, book: Books | None = None) -> Times:
    """Median and ninth tenth of a time (models.numbers.SPANS): of the sorted values, the nearest rank."""
    span = SPANS[name]
    if (page := tally.book_of(book, span.number)) is not None:
        return tally.times(page, name)
    shown = span.seconds.is_not(None)
    query = select(span.seconds).where(*NUMBERS[span.number].conditions(asked), shown)
    if conn.dialect.name == "postgresql":
        held = query.subquery()
        ranks = [func.percentile_disc(part).within_group(held.c[0]) for part in (0.5, 0.9)]
        count, *found = (await conn.execute(select(func.count(), *ranks).select_from(held))).one()
    else:
        sorted_ = list((await conn.execute(query.order_by(span.seconds))).scalars())
        count = len(sorted_)
        found = [sorted_[ceil(part * count) - 1] for part in (0.5, 0.9)] if count else [None, None]
    return Times(count, *(None if value is None else value / 60 for value in found))


async def places(conn: AsyncConnection, asked: Asked, limit: int = TOPS, book: Books | None = None) -> tuple[Spot, ...]:
    """Places that were told of more than once, the most first."""
    if (page := tally.book_of(book, "opened")) is not None:
        return tally.places(page, REPEATED, limit)
    many = func.count()
    query = (
        select(PLACE, many, func.avg(C.lat), func.avg(C.lon))
        .where(*NUMBERS["opened"].conditions(asked), PLACE.is_not(None))
        .group_by(PLACE)
        .having(many >= REPEATED)
    )
    rows = (await conn.execute(query.order_by(many.desc(), PLACE).limit(limit))).all()
    return tuple(Spot(*row) for row in rows)


async def officers(conn: AsyncConnection, asked: Asked, now: Standing, book: Books | None = None) -> tuple[Load, ...]:
    """Who has what, the heaviest backlog first."""
    loads: dict[int, dict[str, int]] = defaultdict(dict)
    told = {name: now.tops(name, "officer") for name in ("held_now", "backlog")}
    told["resolved"] = await tops(conn, asked, "resolved", "officer", book=book)
    for name, tops_ in told.items():
        for officer, count in tops_:
            if officer is not None:
                loads[int(officer)][name] = count
    query = select(t.person.c.id, t.person.c.name).where(t.person.c.id.in_(loads))
    names = {row.id: row.name for row in (await conn.execute(query)).all()}
    found = [
        Load(who, names.get(who, ""), of.get("held_now", 0), of.get("resolved", 0), of.get("backlog", 0))
        for who, of in loads.items()
    ]
    return tuple(sorted(found, key=lambda load: (-load.backlog, -load.held, -load.resolved, load.officer)))


async def _by_hour(
    conn: AsyncConnection, asked: Asked, name: str, book: Books | None
) -> Iterable[tuple[date, int, int]]:
    """Counted by the hour of UTC in the database, told by the bureau's; by the minute where its zone needs that."""
    page = tally.book_of(book, name)
    if page is not None:
        return tally.by_hour(page, name, asked.zone)
    local = [(at.astimezone(asked.zone), many) for at, many in await _moments(conn, asked, name)]
    return [(at.date(), at.hour, many) for at, many in local]


def _whole_hours(asked: Asked) -> bool:
    """The bureau's clock is whole hours from UTC."""
    return not (asked.start.astimezone(asked.zone).utcoffset() or timedelta()) % timedelta(hours=1)


async def _moments(conn: AsyncConnection, asked: Asked, name: str) -> Iterable[tuple[datetime, int]]:
    moment = NUMBERS[name].moment
    assert moment is not None  # noqa: S101 - only what has a moment goes through days
    signs, unit = (13, "hour") if _whole_hours(asked) else (16, "minute")
    bucket: ColumnElement[Any] = (
        func.date_trunc(unit, moment, "UTC")
        if conn.dialect.name == "postgresql"
        else func.substr(cast(moment, Text), 1, signs)
    )
    query = select(bucket, func.count()).where(*NUMBERS[name].conditions(asked)).group_by(bucket)
    return [(_moment(at), count) for at, count in (await conn.execute(query)).all()]


def _moment(at: datetime | str) -> datetime:
    """SQLite gives the first signs of what it keeps."""
    if isinstance(at, str):
        at = datetime.fromisoformat(at if ":" in at else f"{at}:00")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


async def _calendar(conn: AsyncConnection, asked: Asked, book: Books | None = None) -> tuple[Trend, Grid]:
    """Opened and closed day by day, days without any too but for those to come; opened by weekday and hour."""
    opened, closed = [await _by_hour(conn, asked, name, book) for name in ("opened", "closed")]
    first = asked.start.astimezone(asked.zone).date()
    last = (asked.end - timedelta(microseconds=1)).astimezone(asked.zone).date()
    known = max(first, min(last, asked.now.astimezone(asked.zone).date()))
    trend = defaultdict(lambda: [0, 0], {first + timedelta(days=n): [0, 0] for n in range((known - first).days + 1)})
    grid = [[0] * 24 for _ in range(7)]
    for day, hour, count in opened:
        trend[day][0] += count
        grid[day.weekday()][hour] += count
    for day, _, count in closed:
        trend[day][1] += count
    return {day: (both[0], both[1]) for day, both in sorted(trend.items())}, tuple(map(tuple, grid))


async def days(conn: AsyncConnection, asked: Asked) -> Trend:
    """Opened and closed, day by day."""
    return (await _calendar(conn, asked))[0]


async def hours(conn: AsyncConnection, asked: Asked) -> Grid:
    """Opened, by weekday and hour."""
    return (await _calendar(conn, asked))[1]


def narrowed(asked: Asked, by: str, key: Any) -> Asked:
    """The same question about one row of `tops`."""
    return replace(asked, which=replace(asked.which, **{by: key}))
