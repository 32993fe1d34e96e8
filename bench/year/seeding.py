"""A city's years of tickets and events, written fast: seasons as in the demonstration, busy squads, repeated places."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import repeat
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.schema import CreateIndex

from bot.demo import bulk, seasons
from bot.demo.seasons import Numbers, often
from models import tables as t
from models.matters import MATTERS
from models.stale import triggers
from texts.city import phrases

LAST = datetime(2026, 11, 1, tzinfo=UTC)
A_DAY = 913
"""Tickets a day: a million in three years. More tickets mean more years, as in a city that goes on."""
CHUNK = 50_000
GROUPS, SQUADS, STREETS, GRIDS, OFFICERS, PLACES, PEOPLE = 60, 12, 18, 320, 150, 20_000, 5_000
SHARES = (0.72, 0.2, 0.08)
MEANS = np.array(["service", "management", "enforcement"], dtype=object)
STATUS = np.array(["dispatched", "accepted", "on_site", "resolved", "closed"], dtype=object)
HELD_UP = 0.015
"""So many of the last three years are still in hand."""
HELD_UP_DAYS = 1100
"""What is older came to an end somehow: a city's backlog does not grow with the years that it has behind it."""
VERBS = ("open", "dispatch", "accept", "arrive", "resolve", "confirm", "close", "photo", "words")
FILED, SOON = 600, 2
"""Seconds until what ends at once has ended, and until a squad has it."""
Told = Callable[[int], None]
Columns = dict[str, Any]


def _opened(dice: np.random.Generator, count: int, a_day: int) -> Numbers:
    """Seconds since 1970, sorted."""
    days = max(1, round(count / a_day))
    first = (LAST - timedelta(days=days)).date()
    book = seasons.almanac(dice, first, days)
    weights = sum(one.weight * book.weights(one.hours, one.months, one.rain) for one in phrases().themes)
    found = seasons.moments(dice, first, seasons.chosen(dice, np.asarray(weights), count), ZoneInfo("Asia/Shanghai"))
    return np.sort(np.minimum(found, int(LAST.timestamp()) - 1))


class Years:
    """So many tickets as columns."""

    def __init__(self, count: int, seed: int = 721, a_day: int = A_DAY) -> None:
        dice = np.random.default_rng(seed)
        self.count = count
        self.opened = _opened(dice, count, a_day)
        self.group = often(dice, GROUPS, count, 0.7) + 1
        self.squad, self.street = (self.group * 7) % SQUADS, (self.group * 5) % STREETS
        self.grid, self.place = often(dice, GRIDS, count, 0.5), often(dice, PLACES, count, 0.8)
        self.matter = often(dice, len(MATTERS), count, 1.1)
        self.officer = (self.squad * (OFFICERS // SQUADS)) + often(dice, OFFICERS // SQUADS, count, 0.6) + 1
        self.accept = dice.lognormal(5.7, 1.0, count).astype(np.int64) + 5
        self.arrive = self.accept + dice.lognormal(6.8, 0.7, count).astype(np.int64)
        self.resolve = self.arrive + dice.lognormal(7.5, 1.2, count).astype(np.int64)
        self.close = self.resolve + np.minimum(dice.lognormal(8.5, 1.5, count).astype(np.int64), 86400)
        self.limit = dice.choice([7200, 14400, 3 * 86400], count, p=[0.5, 0.3, 0.2])
        again = 1 + (dice.random(count) < 0.04)
        self.means = dice.choice(3, count, p=SHARES)
        rated, glad = dice.random(count) < 0.4, dice.random(count) < 0.93
        void, self.merged, self.recurs = (dice.random(count) < part for part in (0.03, 0.04, 0.03))
        self.merged[0] = self.recurs[0] = False
        self.ended = void | self.merged
        age = int(LAST.timestamp()) - self.opened
        spans = [age > self.close, age > self.resolve, age > self.arrive, age > self.accept]
        stage = np.select(spans, [4, 3, 2, 1])
        held_up = (dice.random(count) < HELD_UP) & (age < HELD_UP_DAYS * 86400)
        self.stage = np.where(self.ended, 0, np.where(held_up, np.minimum(stage, 1), stage))
        self.round = np.where(self.stage > 0, again, 1)
        self.satisfied = np.where((self.stage == 4) & rated, glad.astype(object), None)

    def tickets(self, stamp: "Stamp") -> Iterator[Columns]:
        """Columns, chunk by chunk."""
        codes = np.array(sorted(MATTERS), dtype=object)
        for start in range(0, self.count, CHUNK):
            part = slice(start, min(self.count, start + CHUNK))
            yield self._life(part, stamp) | self._matter(part, codes)

    def _matter(self, part: slice, codes: Numbers) -> Columns:
        n = np.arange(part.start, part.stop)
        place = self.place[part]
        return {
            "id": n + 1, "version": 1, "group_id": self.group[part], "opens": [f"{one:09d}" for one in n], "part": 0,
            "reporter_id": OFFICERS + 1 + n % PEOPLE, "asked": False, "demand": "complaint",
            "matter": codes[self.matter[part]], "standard": "GB/T 47678.5-2026", "also": "[]", "urgent": n % 9 == 0,
            "elsewhere": False, "words": "门口有货车路边卖水果，把小路堵了，能不能过来管理一下，谢谢", "spans": "[]",
            "place": [f"凤鸣路{one}号" for one in place.tolist()], "lat": 34.59 + place / 4e5,
            "lon": 119.22 + n % 977 / 2e4, "datum": "WGS-84", "place_source": "pin",
            "street": [f"街道{one}" for one in self.street[part].tolist()],
            "grid": [f"网格{one}" for one in self.grid[part].tolist()],
            "squad": [f"{one}中队" for one in self.squad[part].tolist()], "chasers": 0, "round": self.round[part],
            "same_as": np.where(self.merged[part], n.astype(object), None),
            "recurs": np.where(self.recurs[part], n.astype(object), None), "satisfied": self.satisfied[part],
            "outside": False, "placeless": False, "surveys": 0, "told": 0,
        }  # fmt: skip

    def _life(self, part: slice, stamp: "Stamp") -> Columns:
        opened, stage, ended = self.opened[part], self.stage[part], self.ended[part]
        spans = {"accept": self.accept[part], "arrive": self.arrive[part], "resolve": self.resolve[part]}
        reached = {name: stage > at for at, name in enumerate(spans)}
        closed = opened + np.where(ended, FILED, self.close[part])
        stamps = {"accept": "accepted_at", "arrive": "arrived_at", "resolve": "resolved_at"}
        return {
            "status": np.where(ended, "void", STATUS[stage]),
            "officer_id": np.where(stage > 0, self.officer[part].astype(object), None),
            "means": np.where(stage > 2, MEANS[self.means[part]], None), "proofs": (stage > 2).astype(int),
            "opened_at": stamp(opened), "dispatched_at": stamp(opened + SOON), "last_at": stamp(closed),
            "closed_at": stamp(closed, ended | (stage == 4)), "deadline_at": stamp(opened + self.limit[part]),
            **{stamps[name]: stamp(opened + span, reached[name]) for name, span in spans.items()},
            **{
                f"{name}_seconds": np.where(reached[name], span.astype(object), None) for name, span in spans.items()
            },
        }  # fmt: skip

    def events(self, each: int, stamp: "Stamp") -> Iterator[Columns]:
        """So many a ticket."""
        for start in range(0, self.count if each else 0, CHUNK):
            part = slice(start, min(self.count, start + CHUNK))
            opened, zero = self.opened[part], np.zeros(part.stop - part.start, dtype=np.int64)
            spans = [zero, zero + SOON, self.accept[part], self.arrive[part], self.resolve[part], self.close[part]]
            at = np.stack([opened + spans[min(verb, 5)] for verb in range(each)], axis=1).ravel()
            officer = np.repeat(self.officer[part].astype(object), each)
            officer[np.tile(np.arange(each) < 2, part.stop - part.start)] = None
            yield {
                "ticket_id": np.repeat(np.arange(part.start + 1, part.stop + 1), each), "at": stamp(at),
                "action": [VERBS[verb % len(VERBS)] for verb in range(each)] * (part.stop - part.start),
                "actor_id": officer, "after": "closed", "data": "{}",
            }  # fmt: skip


class Stamp:
    """Seconds as moments: for SQLite the text that it keeps."""

    def __init__(self, dialect: str) -> None:
        self.text = dialect == "sqlite"

    def __call__(self, seconds: Numbers, known: Numbers | None = None) -> list[Any]:
        """None where it is not known."""
        if self.text:
            words = np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()
            made: list[Any] = [f"{word[:10]} {word[11:]}.000000" for word in words]
        else:
            made = [datetime.fromtimestamp(one, UTC) for one in seconds.tolist()]
        if known is None:
            return made
        return [one if there else None for one, there in zip(made, known.tolist(), strict=True)]


async def seed(engine: AsyncEngine, count: int, each: int, told: Told, a_day: int = A_DAY) -> None:
    """Fill an empty database; `told` hears how many rows were written."""
    years, stamp = Years(count, a_day=a_day), Stamp(engine.dialect.name)
    people = [{"id": n, "user": f"s{n}", "name": f"人{n}"} for n in range(1, OFFICERS + PEOPLE + 1)]
    groups = [{"id": n, "name": f"群{n}", "kind": "merchants"} for n in range(1, GROUPS + 1)]
    async with engine.begin() as conn:
        await bulk.write_dicts(conn, t.person, people)
        await bulk.write_dicts(conn, t.group, groups)
    for table, chunks in ((t.ticket, years.tickets(stamp)), (t.event, years.events(each, stamp))):
        async with _bare(engine, table) as conn:
            for columns in chunks:
                told(await _write(conn, table, columns))
    await bulk.analyse(engine)


@asynccontextmanager
async def _bare(engine: AsyncEngine, table: Table) -> AsyncIterator[AsyncConnection]:
    """A connection on which a table has neither indexes nor checks of its keys meanwhile; they are made at the end."""
    indexes = sorted(table.indexes, key=lambda one: str(one.name))
    lite = engine.dialect.name == "sqlite"
    async with engine.connect() as conn:
        quick = ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-1000000", "temp_store=MEMORY")
        for words in [f"PRAGMA {one}" for one in quick] if lite else ["SET session_replication_role = replica"]:
            await (await conn.get_raw_connection()).driver_connection.execute(words)  # type: ignore[union-attr]
        for index in indexes:
            await conn.exec_driver_sql(f'DROP INDEX "{index.name}"')
        if lite and table is t.ticket:
            await conn.exec_driver_sql("DROP TRIGGER figure_day_stale_insert")
        yield conn
        for index in indexes:
            await conn.execute(CreateIndex(index))
        if lite and table is t.ticket:
            await conn.exec_driver_sql(triggers("sqlite")[0])
        await conn.commit()
        await conn.invalidate()


async def _write(conn: AsyncConnection, table: Table, columns: Columns) -> int:
    """Columns as rows; a single value stands in each of them."""
    lists = {name: one.tolist() if isinstance(one, np.ndarray) else one for name, one in columns.items()}
    count = next(len(one) for one in lists.values() if isinstance(one, list))
    flat = [one if isinstance(one, list) else repeat(one, count) for one in lists.values()]
    await bulk.write(conn, table, list(lists), zip(*flat, strict=True))
    return count
