"""Months and years, whole and sliced: our figures, and the plain GROUP BY on the raw table, in the same run."""

import random
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from sqlalchemy import Integer, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bench.figures import at_part
from bench.year.seeding import GROUPS, LAST, OFFICERS, PEOPLE, PLACES, SQUADS, STREETS
from bot.database import open_engine
from models import tables as t
from models.matters import MATTERS
from models.numbers import Asked, Slice
from models.words import Means
from services import daybook
from services.figures import figures, tickets

ZONE = ZoneInfo("Asia/Shanghai")
SPANS = {"month": 30, "year": 365}
PLAIN = 3
"""So often the plain count is asked: it looks at everything."""
Once = Callable[[AsyncConnection, Asked], Awaitable[object]]


async def plain(conn: AsyncConnection, asked: Asked) -> object:
    """What one would write first: the period's tickets by squad, one look at every row."""
    c = t.ticket.c

    def within(column: object) -> object:
        return func.sum(case(((column >= asked.start) & (column < asked.end), 1), else_=0))  # type: ignore[operator]

    stamps = (c.opened_at, c.resolved_at, c.closed_at, c.deadline_at)
    mean = func.avg(cast(c.resolve_seconds, Integer))
    query = select(c.squad, *(within(stamp) for stamp in stamps), mean)  # type: ignore[arg-type]
    return (await conn.execute(query.where(c.same_as.is_(None), *asked.which.conditions()).group_by(c.squad))).all()


async def behind(conn: AsyncConnection, asked: Asked) -> object:
    """The first page of tickets behind a number."""
    return await tickets(conn, asked, "resolved")


def slices(dice: random.Random) -> list[Slice]:
    """One of each kind."""
    return [
        Slice(group=dice.randint(1, GROUPS)), Slice(street=f"街道{dice.randrange(STREETS)}"),
        Slice(squad=f"{dice.randrange(SQUADS)}中队"), Slice(officer=dice.randint(1, OFFICERS)),
        Slice(matter=dice.choice(sorted(MATTERS))), Slice(major="街面秩序类"), Slice(grid=f"网格{dice.randrange(200)}"),
        Slice(squad=f"{dice.randrange(SQUADS)}中队", matter=dice.choice(sorted(MATTERS))),
        Slice(about="占道"), Slice(means=Means.SERVICE), Slice(reporter=OFFICERS + dice.randint(1, PEOPLE)),
    ]  # fmt: skip


def spots(dice: random.Random) -> list[Slice]:
    """One door, and the doors of one road: about one ticket in so many hundred."""
    door = dice.randrange(100, PLACES)
    return [Slice(place=f"凤鸣路{door}号"), Slice(road=f"凤鸣路{door}")]


async def measured(database: str, rounds: int, days_written: int | None, spans: Iterable[str], out: Console) -> None:
    """Print p50 and p95 of each, and the ratio to the plain count; pages are written of so many days at most."""
    engine = open_engine(database)
    dice = random.Random(721)
    shown = Table("asked", "ours p50", "ours p95", "plain p50", "plain p95", "times better (p50)",
                  "processor", box=None)  # fmt: skip
    try:
        out.print(f"pages of the daybook written: {await _written(engine, days_written)} days")
        async with engine.execution_options(reads_only=True).connect() as conn:
            for name in spans:
                for kind, made in KINDS.items():
                    shown.add_row(f"{name}, {kind}", *await _row(conn, dice, SPANS[name], rounds, made))
            asked = asked_of(dice, 365)
            pages = sorted([await timed(conn, behind, asked) for _ in range(rounds)])
            shown.add_row("tickets behind a number, year", ms(at_part(pages, 0.5)), ms(at_part(pages, 0.95)))
    finally:
        await engine.dispose()
    out.print(shown)


async def _written(engine: AsyncEngine, most: int | None) -> int:
    """What the program does in the background: the daybook's missing pages, the newest first."""
    asked, days = Asked(LAST, LAST, LAST + timedelta(days=3), ZONE), 0
    while most is None or days < most:
        async with engine.begin() as conn:
            found = await daybook.write_missing(conn, asked, 20)
        days += found
        if not found:
            break
    return days


def asked_of(dice: random.Random, days: int) -> Asked:
    """So many days, that end within the last month."""
    end = LAST - timedelta(days=dice.randint(0, 30))
    return Asked(end - timedelta(days=days), end, LAST, ZONE)


KINDS: dict[str, Callable[[random.Random], list[Slice]]] = {
    "whole": lambda _: [Slice()], "sliced": slices, "a place": spots,
}  # fmt: skip


async def _row(
    conn: AsyncConnection, dice: random.Random, days: int, rounds: int, made: Callable[[random.Random], list[Slice]]
) -> list[str]:
    ours, theirs, worked = [], [], 0.0
    for number in range(rounds):
        kinds = made(dice)
        which = kinds[number % len(kinds)]
        asked = replace(asked_of(dice, days), which=which)
        before = time.process_time()
        ours.append(await timed(conn, figures, asked))
        worked += (time.process_time() - before) * 1000
        if number < PLAIN:
            theirs.append(await timed(conn, plain, asked))
    ours, theirs = sorted(ours), sorted(theirs)
    ratio = at_part(theirs, 0.5) / at_part(ours, 0.5)
    parts = [ms(at_part(held, part)) for held in (ours, theirs) for part in (0.5, 0.95)]
    return [*parts, f"{ratio:.2f}", ms(worked / rounds)]


async def timed(conn: AsyncConnection, what: Once, asked: Asked) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    await what(conn, asked)
    return (time.perf_counter() - start) * 1000


def ms(value: float) -> str:
    """As the tables show it."""
    return f"{value:,.0f} ms"
