"""A bureau without Telegram: the real tables, inbox, worker and alarm, and arrivals that come from nowhere."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import closing
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, event, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.alarm import Alarm
from bot.courier import Courier
from bot.database import open_engine
from bot.inbox import store
from bot.migrate import migrate
from bot.rules import rules_of
from bot.seed import seed
from bot.settings import Settings, build
from bot.views import views
from bot.worker import Worker
from handlers.receive import needs_of, receive
from ledger import recurrences
from ledger.life import Refused
from ledger.needs import Needs, fill
from ledger.store import write, writing
from ledger.work import Rules, Work
from models import tables as t
from models.arrivals import Arrival, Pressed, Spoken
from models.clock import Remembering
from models.rows import Person, Ticket
from models.said import Said
from models.words import Role
from tests.life.nowhere import Died, Nowhere
from tests.town import town_config
from texts.cards import render
from texts.page import Button

OURS, THEIRS, SECOND = "三中队", "二中队", -1002002
LEAD, BAI, SUN, MA, FORMER, CHIEF, SWEEPER = 5001, 5002, 5003, 5201, 5202, 5203, 5204
QIU, JING, STRANGER = 7001, 7002, 9001
BEGIN = datetime(2026, 3, 2, 2, tzinfo=UTC)
KEPT: dict[str, Table] = {
    "tickets": t.ticket, "events": t.event, "reporters": t.reporter, "links": t.link, "cards": t.card, "jobs": t.job,
    "roles": t.role, "record": t.role_event, "posts": t.outbox, "people": t.person, "groups": t.group, "inbox": t.inbox,
    "aliases": t.alias,
}  # fmt: skip
Row = Any
Deed = Callable[[Work, Ticket, Person, Ticket | None], None]
"""What the pages do with a ticket; the last is another one that is named."""


@dataclass(slots=True)
class Hands:
    """A clock that stands until it is turned."""

    at: datetime = BEGIN

    def now(self) -> datetime:
        """The bureau's time."""
        return self.at


@dataclass(slots=True)
class Tables:
    """All that stands in the tables, and the buttons of every card as the courier would show it now."""

    tickets: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    reporters: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    cards: list[Row] = field(default_factory=list)
    jobs: list[Row] = field(default_factory=list)
    roles: list[Row] = field(default_factory=list)
    record: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    inbox: list[Row] = field(default_factory=list)
    aliases: list[Row] = field(default_factory=list)
    buttons: dict[int, list[Button]] = field(default_factory=dict)

    def user_of(self, key: int | None) -> int | None:
        """The channel's number of a person."""
        return next((int(row.user) for row in self.people if row.id == key), None)

    def key_of(self, user: int) -> int | None:
        """Our number of a person."""
        return next((row.id for row in self.people if row.user == str(user)), None)

    def told_by(self, number: int) -> set[int]:
        """Keys of who told of a ticket."""
        return {row.person_id for row in self.reporters if row.ticket_id == number}

    def standing(self) -> list[Any]:
        """What a refusal may not change: all but answers to presses, and where a copy of a card turned up."""
        cards = [(c.id, c.round, c.menu, c.kind) for c in self.cards]
        posts = [(p.kind, p.group_id, p.card_id, p.payload) for p in self.posts if p.kind not in {"toast", "leave"}]
        jobs = [(j.key, j.due_at, j.state) for j in self.jobs]
        return [self.tickets, self.events, self.reporters, self.links, cards, posts, jobs, self.roles, self.record]


@cache
def settings(*, struck: int | None = None) -> Settings:
    """The demonstration with 二中队 beside 三中队; `struck` is somebody whom the file names no more."""
    found = town_config()
    found["groups"].append({"chat": SECOND, "name": THEIRS, "kind": "squad", "squad": THEIRS})
    found["people"] += [
        {"user": MA, "name": "马力", "role": "officer", "squad": THEIRS},
        {"user": CHIEF, "name": "局里", "role": "admin"}, {"user": SWEEPER, "name": "环卫", "role": "worker"},
    ]  # fmt: skip
    found["people"] = [one for one in found["people"] if one["user"] != struck]
    return build(found)


@cache
def rules() -> Rules:
    """Made once: the map and the reader are not light."""
    return rules_of(settings())


async def found(database: str) -> None:
    """A database with all tables and people, and an officer who was bound by a code."""
    engine = open_engine(database)
    await migrate(engine)
    await seed(engine, settings(), copy(rules()), BEGIN)
    async with writing(engine) as conn:
        key = len((await conn.execute(select(t.person.c.id))).all()) + 1
        await conn.execute(t.person.insert(), {"id": key, "user": str(FORMER), "name": "原队员", "seen_at": BEGIN})
        row = {"person_id": key, "role": Role.OFFICER, "squad": OURS, "since": BEGIN, "source": "code"}
        await conn.execute(t.role.insert(), row)
    await engine.dispose()
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Bureau:
    """Workers on one database, as so many processes would be; what arrives is done before a call comes back."""

    def __init__(self, database: str, workers: int = 2) -> None:
        self.database, self.size, self.struck = database, workers, None
        self.clock, self.channel = Hands(), Nowhere()
        self.rules = rules()
        self.failing = self.armed = False
        self._begin()

    def _begin(self) -> None:
        """All that a program holds in its memory."""
        self.engines = [self._engine(self.database) for _ in range(self.size)]
        channels: Any = {"nowhere": self.channel}
        self.workers = [Worker(engine, channels, self.rules, self.clock) for engine in self.engines]
        self.alarm = Alarm(self.engines[1], self.rules, Remembering(self.clock))
        self.courier = Courier(self.engines[0], channels["nowhere"], self.rules, self.clock, 0, Path("nowhere"))

    def _engine(self, database: str) -> AsyncEngine:
        engine = open_engine(database)
        if engine.dialect.name == "sqlite":
            event.listen(engine.sync_engine, "connect", _hurry)
        event.listen(engine.sync_engine, "commit", self._fail)
        return engine

    def _fail(self, _conn: Any) -> None:
        """The power goes a moment before the unit of work is on disk."""
        if self.failing:
            self.failing = False
            raise OSError("the disk is gone for a moment")

    # --- what arrives ------------------------------------------------------------------------------------------------

    def lay(self, chat: int, make: Callable[[str], Arrival]) -> dict[str, Any]:
        """An arrival made with a number of its own; the raw update."""
        number = next(self.channel.numbers)
        self.channel.ready[number] = (str(chat), make(str(number)))
        return {"n": number}

    def says(self, who: int, chat: int, words: str, **more: Any) -> dict[str, Any]:
        """Somebody says something, or sends what `more` names."""

        def said(number: str) -> Arrival:
            return Spoken(Said(str(chat), number, self.clock.at, str(who), f"人{who}", words, **more))

        return self.lay(chat, said)

    def presses(self, who: int, chat: int, message: str, data: str) -> dict[str, Any]:
        """Somebody presses a button, or says that she did."""
        return self.lay(chat, lambda n: Pressed(n, str(chat), message, str(who), f"人{who}", data, self.clock.at))

    async def arrive(self, *raws: dict[str, Any]) -> None:
        """All of it is in the inbox, and nobody has looked at it."""
        await store(self.engines[0], self.channel, list(raws), self.clock.at)  # type: ignore[arg-type]

    async def receives(self, *raws: dict[str, Any], together: bool = False) -> None:
        """All of it is in the inbox at once; done by one worker, or by both and the alarm at the same time.

        Then it is brought once more, as Telegram does where it did not hear that we have it.
        """
        await self.arrive(*raws)
        self.failing, self.armed = self.armed, False
        if together:
            await asyncio.gather(*(worker.once() for worker in self.workers), self.alarm.once())
        if self.failing:
            with pytest.raises(OSError, match="the disk is gone"):
                await self.workers[0].once()
        for _ in raws:
            await self.workers[0].once()
        assert not self.failing
        await self.arrive(*raws)
        await self.workers[0].once()

    async def overtaken(self, late: dict[str, Any], first: dict[str, Any]) -> None:
        """A unit of work reads, another is done meanwhile: whether its own may be written is for the tables to say."""
        unit = await self.begun(late)
        await self.receives(first)
        try:
            await self.ends(unit)
        except Exception:  # noqa: BLE001 - whatever the tables say to it: it is done again, as the worker would
            await self.receives(late)

    async def begun(self, raw: dict[str, Any]) -> Work:
        """A unit of work that has read and done its arrival, and has not written yet."""
        arrival, needs = self.channel.ready[raw["n"]][1], Needs()
        needs_of(arrival, needs)
        async with self.engines[-1].execution_options(reads_only=True).connect() as conn:
            unit = Work(await fill(conn, needs, self.clock.at), self.rules)
        receive(unit, arrival)
        return unit

    async def ends(self, unit: Work) -> None:
        """It writes what it did. Raises Overtaken where another one has moved the ticket meanwhile."""
        async with writing(self.engines[-1]) as conn:
            await recurrences.link(conn, unit.ledger)
            await write(conn, unit.ledger)

    async def at_desk(self, who: int, deed: Deed, number: int, other: int) -> str:
        """Somebody does something on the pages, in a unit of work as theirs is; why it was refused, or nothing."""
        async with writing(self.engines[0]) as conn:
            needs = Needs(tickets={number, other}, users={str(who)})
            unit = Work(await fill(conn, needs, self.clock.at), self.rules)
            held = unit.ledger.tickets.rows
            try:
                deed(unit, held[number,], unit.ledger.person(str(who), f"人{who}"), held.get((other,)))
            except Refused as refused:
                return refused.why
            await write(conn, unit.ledger)
        return ""

    async def later(self, span: timedelta) -> None:
        """Time passes, and what is then due is done."""
        self.clock.at += span
        while await self.alarm.once():
            pass

    async def strikes(self, who: int | None) -> None:
        """The bot starts again with a file that names everybody, or everybody but one."""
        self.struck = who
        await seed(self.engines[0], settings(struck=who), self.rules, self.clock.at)

    async def restarts(self) -> None:
        """The program is killed and starts again: what it held in memory is gone, what was half sent is looked at."""
        for engine in self.engines:
            await engine.dispose()
        self._begin()
        await self.strikes(self.struck)
        await self.courier.results.recover()

    async def delivers(self, *weather: str) -> None:
        """The courier brings what may go now; so goes one sending after the other, and the rest goes well."""
        self.channel.weather = deque(weather)
        recorder = asyncio.ensure_future(self.courier.results.record())  # noqa: TID251 - ended below
        died = False
        try:
            while loads := await self.courier._claim():
                async with asyncio.TaskGroup() as lanes:
                    for lane in self.courier._in_lanes(loads):
                        lanes.create_task(self.courier._drive(lane))
        except* Died:
            died = True
        finally:
            await self._lets_go(recorder)
        self.channel.weather.clear()
        if died:
            await self.restarts()

    async def _lets_go(self, recorder: asyncio.Future[None]) -> None:
        """A transaction that is under way is on disk or it is not: it is not cut in this process."""
        pool: Any = self.engines[0].pool
        while pool.checkedout():  # noqa: ASYNC110 - a pool has no event
            await asyncio.sleep(0)
        recorder.cancel()
        await asyncio.gather(recorder, return_exceptions=True)

    async def comes_round(self) -> None:
        """The courier comes until every card stands somewhere, or nobody knows where."""
        await self.delivers()
        c = t.outbox.c
        query = select(func.max(c.next_try_at)).where(c.state == "pending")
        while True:
            async with self.engines[0].execution_options(reads_only=True).connect() as conn:
                later = (await conn.execute(query)).scalar()
            if later is None:
                return
            self.clock.at = max(self.clock.at, later)
            await self.delivers()

    # --- what stands there -------------------------------------------------------------------------------------------

    async def look(self) -> Tables:
        """All tables, and every card as it would be shown."""
        async with self.engines[0].execution_options(reads_only=True).connect() as conn:
            rows = {n: list((await conn.execute(select(k).order_by(*k.primary_key.columns))).all())
                    for n, k in KEPT.items()}  # fmt: skip
            shown = await views(conn, [card.id for card in rows["cards"]], self.rules)
        pages = {key: render(view) for key, view in shown.items()}
        return Tables(**rows, buttons={key: [b for row in page.rows for b in row] for key, page in pages.items()})

    async def close(self) -> None:
        """Every row points at a row, and the files are let go."""
        if self.engines[0].dialect.name == "sqlite":
            async with self.engines[0].connect() as conn:
                assert not (await conn.exec_driver_sql("PRAGMA foreign_key_check")).all()
                assert (await conn.exec_driver_sql("PRAGMA integrity_check")).scalar() == "ok"
        for engine in self.engines:
            await engine.dispose()


def _hurry(connection: Any, _record: Any) -> None:
    """No power is cut here but by `failing`: nothing waits for the disk."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()
