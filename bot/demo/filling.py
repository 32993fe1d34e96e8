"""`qunban demo --year`: fills an empty database with a believable year of the configured city."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.database import open_engine
from bot.demo import bulk, pictures
from bot.demo.calendar import DAYS, Report, reports
from bot.demo.cast import Beat, beats, people_of
from bot.demo.tale import Ground, Seen, Tale
from bot.errors import SettingsRefused
from bot.migrate import migrate
from bot.rules import rules_of
from bot.seed import seed
from bot.settings import Settings
from ledger.ledger import Ledger
from ledger.needs import Needs, fill
from ledger.store import writing
from ledger.work import Work
from models import tables as t
from models.words import PostKind, Priority
from texts.city import phrases

Told = Callable[[int], None]
TALK_DAYS, TALK_SHARE = 6, 2.0
"""Ordinary talk is kept for a week (retention.talk_days), and there is this much of it to a report."""
IN_ORDER = (t.person, t.shop, t.ticket, t.reporter, t.message, t.link, t.medium, t.event, t.card, t.outbox, t.job)
"""What points at something comes after it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How many tickets, from which seed, and until when."""

    tickets: int
    seed: int
    now: datetime


async def fill_year(settings: Settings, wish: Wish, told: Told) -> dict[str, int]:
    """Fill it; how many rows of each table. `told` hears how many tickets are ready. Raises SettingsRefused."""
    if settings.token is not None:
        raise SettingsRefused("设了令牌（QUNBAN_TELEGRAM_TOKEN），这是真的机器人：演示城市请另用一个没有令牌的环境来填")
    engine = open_engine(settings.database)
    try:
        await migrate(engine)
        await _refuse_unless_empty(engine)
        return await _fill(engine, settings, wish, told)
    finally:
        await engine.dispose()


async def _refuse_unless_empty(engine: AsyncEngine) -> None:
    async with engine.execution_options(reads_only=True).connect() as conn:
        for table in t.metadata.sorted_tables:
            if (await conn.execute(select(table).limit(1))).first() is not None:
                raise SettingsRefused(
                    "数据库里已经有东西了，演示城市只填进空的：请换一个，"
                    "例如 QUNBAN_DATABASE=sqlite:///data/city.db qunban demo --year"
                )


async def _fill(engine: AsyncEngine, settings: Settings, wish: Wish, told: Told) -> dict[str, int]:
    rules, dice, since = rules_of(settings), np.random.default_rng(wish.seed), wish.now - timedelta(days=DAYS + 2)
    await seed(engine, settings, rules, wish.now)
    async with writing(engine) as conn:
        ledger = await fill(conn, Needs(staff=True, users={str(shop.user) for shop in settings.shops}), wish.now)
        ground = Ground(ledger, rules, since, wish.now, dice, Seen(), beats(ledger, rules, dice))
        rows = Rows(wish.now)
        _gather(ground, wish)
        _act(ground, wish, rows, told)
        rows.take_people(ledger)
        rows.by_table[t.medium] = await pictures.hang(ground.seen.pictures, Path(settings.data) / "media")
        for table in IN_ORDER:
            await bulk.write_dicts(conn, table, rows.of(table))
        await _settle(conn, since)
    await bulk.analyse(engine)
    return {table.name: len(rows.by_table[table]) for table in IN_ORDER}


def _gather(ground: Ground, wish: Wish) -> None:
    if not ground.cast:
        raise SettingsRefused("配置里没有能演示的城市：要有商户群、它的中队群和中队的队长，见 examples/city.yaml")
    for beat in ground.cast:
        people_of(Work(ground.ledger, ground.rules), beat, wish.tickets // len(ground.cast), ground.dice)


def _act(ground: Ground, wish: Wish, rows: "Rows", told: Told) -> None:
    """All tales, in the order in which they begin."""
    cast = ground.cast
    listed = reports(ground.dice, cast, wish.tickets, wish.now, ground.rules.zone)
    again: dict[int, list[Report]] = defaultdict(list)
    for report in listed:
        if report.of is not None:
            again[report.of].append(report)
    for report in listed:
        if report.of is None:
            tale = Tale(ground, cast[report.beat], report, again[report.number])
            rows.take(tale.run(), tale)
            _remember(ground.seen, tale)
            told(1 + len(again[report.number]))
    for beat in cast:
        rows.by_table[t.message] += _talk(ground, beat, wish)


def _remember(seen: Seen, tale: Tale) -> None:
    for ticket in tale.ledger.tickets:
        if ticket.status == "closed" and ticket.closed_at is not None:
            seen.closed[ticket.group_id, ticket.matter, ticket.place] = ticket.id, ticket.closed_at


def _talk(ground: Ground, beat: Beat, wish: Wish) -> Iterator[dict[str, Any]]:
    """What people say to each other: the last days of it."""
    dice, words = ground.dice, phrases().talk
    many = int(TALK_SHARE * wish.tickets / DAYS * TALK_DAYS / 10) + 5
    for ago in np.sort(dice.uniform(60, TALK_DAYS * 86400, many))[::-1]:
        at = wish.now - timedelta(seconds=float(ago))
        person = beat.people[int(dice.integers(len(beat.people)))]
        number = ground.seen.message(beat.group, at, ground.since)
        yield {
            **dict.fromkeys(column.name for column in t.message.columns), "group_id": beat.group.id, "message": number,
            "person_id": person.id, "at": at, "text": words[int(dice.integers(len(words)))], "pictured": False,
            "spoken": False, "forwarded": False,
        }  # fmt: skip


class Rows:
    """What goes into the tables."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.by_table: dict[Table, list[dict[str, Any]]] = defaultdict(list)

    def take(self, ledger: Ledger, tale: Tale) -> None:
        """What happened in one matter. Cards that still stand go out when the program starts; other words are past."""
        for shelf in (ledger.tickets, ledger.reporters, ledger.messages, ledger.links):
            self.by_table[shelf.table] += shelf.added()
        self.by_table[t.event] += [{f.name: getattr(one, f.name) for f in fields(one)} for one in ledger.events]
        living = {ticket.id: ticket for ticket in ledger.tickets if not ticket.ended}
        for card in ledger.cards:
            ticket = living.get(card.ticket_id)
            if ticket is not None and (card.round == ticket.round or card.kind == "receipt"):
                self.by_table[t.card].append(asdict(card))
                self.by_table[t.outbox].append(self._post(card))
        jobs = [(job, "waiting") for job in ledger.jobs.values()]
        jobs += [(job, "done") for key, job in tale.done.items() if job.ticket_id in living and key not in ledger.jobs]
        self.by_table[t.job] += [asdict(job) | {"state": state} for job, state in jobs]

    def _post(self, card: Any) -> dict[str, Any]:
        return {
            "group_id": card.group_id, "kind": PostKind.CARD, "priority": Priority.DISPATCH, "card_id": card.id,
            "ticket_id": card.ticket_id, "dedupe": f"card:{card.id}", "payload": {}, "created_at": self.now,
        }  # fmt: skip

    def take_people(self, ledger: Ledger) -> None:
        """Who came into the city."""
        for shelf in (ledger.persons, ledger.shops):
            self.by_table[shelf.table] += shelf.added()

    def of(self, table: Table) -> list[dict[str, Any]]:
        """The rows of a table, in the order in which they came about."""
        found = self.by_table[table]
        by = {t.ticket: "id", t.event: "at", t.card: "id"}.get(table)
        return sorted(found, key=lambda row: row[by]) if by else found


async def _settle(conn: AsyncConnection, since: datetime) -> None:
    """Who holds a role held it all the year, and was seen."""
    await conn.execute(update(t.role).values(since=since))
    last = select(func.max(t.message.c.at)).where(t.message.c.person_id == t.person.c.id).scalar_subquery()
    await conn.execute(update(t.person).values(seen_at=last))
