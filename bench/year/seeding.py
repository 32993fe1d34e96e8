"""A city's years of tickets and events, written fast: seasons, weekdays, hours, busy squads, repeated places."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from models import tables as t
from models.matters import MATTERS

LAST = datetime(2026, 11, 1, tzinfo=UTC)
A_DAY = 913
"""Tickets a day: a million in three years. More tickets mean more years, as in a city that goes on."""
CHUNK = 20_000
HOURS = np.array([1, 1, 1, 1, 1, 2, 5, 9, 12, 12, 11, 9, 7, 7, 9, 10, 10, 11, 12, 13, 12, 8, 4, 2], dtype=float)
"""How the complaints of a day lie, by the bureau's clock."""
WEEK = np.array([1.1, 1.0, 1.0, 1.0, 1.05, 0.95, 0.8])
GROUPS, SQUADS, STREETS, GRIDS, OFFICERS, PLACES, PEOPLE = 60, 12, 18, 320, 150, 20_000, 5_000
SHARES = (0.72, 0.2, 0.08)
MEANS = ("service", "management", "enforcement")
VERBS = ("open", "dispatch", "accept", "arrive", "resolve", "confirm", "close", "photo", "words")
Told = Callable[[int], None]
Numbers = NDArray[Any]


def _zipf(dice: np.random.Generator, size: int, many: int, steep: float = 1.0) -> Numbers:
    """Numbers from 0, the small ones often."""
    weights = 1 / np.arange(1, size + 1) ** steep
    return dice.choice(size, many, p=weights / weights.sum())


def _opened(dice: np.random.Generator, count: int) -> Numbers:
    """Seconds since 1970, sorted."""
    days = max(1, round(count / A_DAY))
    first = int((LAST - timedelta(days=days)).timestamp())
    day = np.arange(days)
    season = 1 + 0.35 * np.sin(2 * np.pi * (day - 100) / 365) + 0.05 * dice.standard_normal(days)
    weights = np.clip(season, 0.2, None) * WEEK[day % 7]
    chosen = dice.choice(days, count, p=weights / weights.sum())
    hour = dice.choice(24, count, p=HOURS / HOURS.sum())
    seconds = dice.integers(0, 3600, count)
    return np.sort(first + chosen * 86400 + ((hour - 8) % 24) * 3600 + seconds)


class Years:
    """So many tickets as columns."""

    def __init__(self, count: int, seed: int = 721) -> None:
        dice = np.random.default_rng(seed)
        self.count = count
        self.opened = _opened(dice, count)
        self.group = _zipf(dice, GROUPS, count, 0.7) + 1
        self.squad, self.street = (self.group * 7) % SQUADS, (self.group * 5) % STREETS
        self.grid, self.place = _zipf(dice, GRIDS, count, 0.5), _zipf(dice, PLACES, count, 0.8)
        self.matter = _zipf(dice, len(MATTERS), count, 1.1)
        self.officer = (self.squad * (OFFICERS // SQUADS)) + _zipf(dice, OFFICERS // SQUADS, count, 0.6) + 1
        self.accept = dice.lognormal(5.7, 1.0, count).astype(int) + 5
        self.arrive = self.accept + dice.lognormal(6.8, 0.7, count).astype(int)
        self.resolve = self.arrive + dice.lognormal(7.5, 1.2, count).astype(int)
        self.close = self.resolve + np.minimum(dice.lognormal(8.5, 1.5, count).astype(int), 86400)
        self.limit = dice.choice([7200, 14400, 3 * 86400], count, p=[0.5, 0.3, 0.2])
        self.round = 1 + (dice.random(count) < 0.04)
        self.means = dice.choice(3, count, p=SHARES)
        self.rated, self.glad = dice.random(count) < 0.4, dice.random(count) < 0.93
        self.void, self.merged = dice.random(count) < 0.03, dice.random(count) < 0.04
        self.recurs = dice.random(count) < 0.03
        age = int(LAST.timestamp()) - self.opened
        self.stage = np.select(
            [age > self.close, age > self.resolve, age > self.arrive, age > self.accept], [4, 3, 2, 1]
        )

    def tickets(self) -> Iterator[list[dict[str, Any]]]:
        """Rows, chunk by chunk."""
        codes = sorted(MATTERS)
        for start in range(0, self.count, CHUNK):
            yield [self._ticket(n, codes) for n in range(start, min(self.count, start + CHUNK))]

    def _ticket(self, n: int, codes: list[str]) -> dict[str, Any]:
        opened = int(self.opened[n])
        ended = bool(self.void[n] or (self.merged[n] and n))
        stage = 0 if ended else int(self.stage[n])
        status = "void" if ended else ("dispatched", "accepted", "on_site", "resolved", "closed")[stage]
        spans = (int(self.accept[n]), int(self.arrive[n]), int(self.resolve[n]))
        accept, arrive, resolve = (span if stage > at else None for at, span in enumerate(spans))
        closed = opened + (600 if ended else int(self.close[n]))
        return {
            "id": n + 1, "version": 1, "status": status, "group_id": int(self.group[n]), "opens": str(n), "part": 0,
            "reporter_id": OFFICERS + 1 + n % PEOPLE, "asked": False, "demand": "complaint",
            "matter": codes[self.matter[n]], "standard": "GB/T 47678.5-2026", "also": "[]", "urgent": bool(n % 9 == 0),
            "elsewhere": False, "words": "门口有货车路边卖水果，把小路堵了，能不能过来管理一下，谢谢", "spans": "[]",
            "place": f"凤鸣路{self.place[n]}号", "lat": 34.59 + int(self.place[n]) / 4e5, "lon": 119.22 + n % 977 / 2e4,
            "datum": "WGS-84", "place_source": "pin", "street": f"街道{self.street[n]}", "grid": f"网格{self.grid[n]}",
            "squad": f"{self.squad[n]}中队", "officer_id": int(self.officer[n]) if stage else None,
            "means": MEANS[self.means[n]] if stage > 2 else None, "proofs": 1 if stage > 2 else 0, "chasers": 0,
            "round": int(self.round[n]) if stage else 1, "same_as": n if self.merged[n] and n else None,
            "recurs": n if self.recurs[n] and n else None,
            "satisfied": bool(self.glad[n]) if stage == 4 and self.rated[n] else None,
            "opened_at": _at(opened), "dispatched_at": _at(opened + 2),
            "accepted_at": _at(opened + accept) if accept else None,
            "arrived_at": _at(opened + arrive) if arrive else None,
            "resolved_at": _at(opened + resolve) if resolve else None,
            "closed_at": _at(closed) if ended or stage == 4 else None, "deadline_at": _at(opened + int(self.limit[n])),
            "last_at": _at(closed), "outside": False, "placeless": False, "surveys": 0,
            "accept_seconds": accept, "arrive_seconds": arrive, "resolve_seconds": resolve,
        }  # fmt: skip

    def events(self, each: int) -> Iterator[list[dict[str, Any]]]:
        """So many a ticket."""
        for start in range(0, self.count, CHUNK):
            rows = range(start, min(self.count, start + CHUNK)) if each else ()
            yield [self._event(n, verb) for n in rows for verb in range(each)]

    def _event(self, n: int, verb: int) -> dict[str, Any]:
        spans = (0, 2, self.accept[n], self.arrive[n], self.resolve[n], self.close[n])
        at = int(self.opened[n]) + int(spans[min(verb, 5)])
        actor = int(self.officer[n]) if verb > 1 else None
        action = VERBS[verb % len(VERBS)]
        return {"ticket_id": n + 1, "at": _at(at), "action": action, "actor_id": actor, "after": "closed", "data": "{}"}


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


async def seed(engine: AsyncEngine, count: int, each: int, told: Told) -> None:
    """Fill an empty database; `told` hears how many rows were written."""
    years = Years(count)
    people = [{"id": n, "user": f"s{n}", "name": f"人{n}"} for n in range(1, OFFICERS + PEOPLE + 1)]
    groups = [{"id": n, "name": f"群{n}", "kind": "merchants"} for n in range(1, GROUPS + 1)]
    async with engine.begin() as conn:
        await _write(conn, t.person, people)
        await _write(conn, t.group, groups)
    for table, chunks in ((t.ticket, years.tickets()), (t.event, years.events(each))):
        for rows in chunks:
            async with engine.begin() as conn:
                await _write(conn, table, rows)
            told(len(rows))
    await analyse(engine)


async def analyse(engine: AsyncEngine) -> None:
    """What the planner wants to know."""
    async with engine.connect() as conn:
        await conn.exec_driver_sql("ANALYZE")
        await conn.commit()


async def _write(conn: AsyncConnection, table: Table, rows: list[dict[str, Any]]) -> None:
    """By the driver itself: SQLite's executemany, PostgreSQL's COPY."""
    if not rows:
        return
    names = list(rows[0])
    values = [tuple(row.values()) for row in rows]
    raw: Any = (await conn.get_raw_connection()).driver_connection
    if conn.dialect.name == "postgresql":
        await raw.copy_records_to_table(table.name, records=values, columns=names)
        return
    marks = ", ".join("?" * len(names))
    insert = f'INSERT INTO "{table.name}" ({", ".join(names)}) VALUES ({marks})'  # noqa: S608 - names of our own tables
    flat = [tuple(_plain(value) for value in row) for row in values]
    await raw.executemany(insert, flat)


def _plain(value: Any) -> Any:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value
