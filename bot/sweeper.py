"""The nightly sweep: what has been kept long enough goes, a little at a time; interrupted, it goes on where it was.

It is a due row (`sweep`) that stays due until a look finds nothing more, so that a bot that was away catches up.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ledger.forgetting import GONE, blank, drop_messages, evidence, rename, wipe
from ledger.needs import take_turn
from ledger.store import writing
from models import tables as t
from models.clock import Clock
from models.digests import next_night
from models.retention import Retention
from models.words import ENDED, GroupKind, Means
from texts.words import ERASED

log = structlog.get_logger()
KEY = KIND = "sweep"
HOUR = time(3)
BATCH = 200
TICKETS = 20
FRESH = timedelta(days=1)
"""A file without a row may be one that the keeper is just writing down."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Rows whose time is over, the columns of their key (all that the query gives), what is done with them."""

    query: Select[Any]
    keys: Sequence[ColumnElement[Any]]
    drop: Callable[[AsyncConnection, list[Any]], Awaitable[None]]

    def among(self, rows: Sequence[Any]) -> Select[Any]:
        """Those of these rows whose time is over now."""
        if len(self.keys) == 1:
            return self.query.where(self.keys[0].in_([row[0] for row in rows]))
        return self.query.where(tuple_(*self.keys).in_([tuple(row) for row in rows]))


class Sweeper:
    """Erases what has been kept long enough."""

    def __init__(self, engine: AsyncEngine, kept: Retention, zone: ZoneInfo, media: Path, clock: Clock) -> None:
        self.engine, self.kept, self.zone, self.media, self.clock = engine, kept, zone, media, clock

    async def appoint(self) -> None:
        """The row is there from the first start on; one that is due already stays due."""
        async with writing(self.engine) as conn:
            if (await conn.execute(select(t.job.c.key).where(t.job.c.key == KEY))).first() is None:
                due = next_night(self.clock.now(), HOUR, self.zone)
                await conn.execute(insert(t.job).values(key=KEY, kind=KIND, due_at=due, payload={}, state="waiting"))

    async def step(self) -> None:
        """A little; when nothing is left, the files, and the next night.

        What is looked for may take a while and holds up nobody; what is found is looked at again by whoever erases it.
        """
        now = self.clock.now()
        for stage in self._stages(now):
            async with self.engine.execution_options(reads_only=True).connect() as conn:
                found = (await conn.execute(stage.query)).all()
            if found:
                async with writing(self.engine) as conn:
                    await take_turn(conn)
                    still = (await conn.execute(stage.among(found))).all()
                    await stage.drop(conn, list(still))
                return
        await self._files()
        later = {"due_at": next_night(now, HOUR, self.zone), "attempts": 0, "last_error": None}
        async with writing(self.engine) as conn:
            await conn.execute(update(t.job).where(t.job.c.key == KEY).values(**later))

    # --- what goes -----------------------------------------------------------------------------------------------

    def _stages(self, now: datetime) -> list[Stage]:
        """In this order: what others hang on comes last."""
        alone = [_rows(table, old) for table, old in self._old(now)]
        return [*alone, self._talk(now), self._tickets(now), *_left(), _chats(), self._people(now)]

    def _old(self, now: datetime) -> list[tuple[Table, ColumnElement[bool]]]:
        """Rows that stand in one table alone, by table."""

        def before(kind: str) -> datetime:
            return self.kept.before(kind, now)

        ended = t.ticket.c.erased_at.is_not(None), t.ticket.c.closed_at < before("history")
        done = t.job.c.state.in_(("done", "dead")) & (t.job.c.due_at < before("outbox"))
        return [
            (t.inbox, (t.inbox.c.state == "done") & (t.inbox.c.received_at < before("raw"))),
            (t.inbox, (t.inbox.c.state == "dead") & (t.inbox.c.received_at < before("dead"))),
            (t.outbox, t.outbox.c.state.not_in(("pending", "sending")) & (t.outbox.c.created_at < before("outbox"))),
            (t.job, done),
            (t.advice, t.advice.c.state.not_in(("new", "asked")) & (t.advice.c.made_at < before("advice"))),
            (t.answer, t.answer.c.at < before("answer")),
            (t.audit, t.audit.c.at < before("history")),
            (t.web_link, t.web_link.c.ends_at < before("outbox")),
            (t.web_session, t.web_session.c.ends_at < before("outbox")),
            (t.event, t.event.c.ticket_id.in_(select(t.ticket.c.id).where(*ended))),
        ]

    def _talk(self, now: datetime) -> Stage:
        """Messages that became no part of a ticket."""
        m, tied = t.message.c, t.link.c
        linked = exists().where(tied.group_id == m.group_id, tied.message == m.message)
        query = select(m.group_id, m.message).where(m.at < self.kept.before("talk", now), ~linked)
        return Stage(query.limit(BATCH), (m.group_id, m.message), _drop_lines)

    def _tickets(self, now: datetime) -> Stage:
        """Words and media of tickets that ended long ago; what was merged into another waits for that one."""
        c, head = t.ticket.c, t.ticket.alias("head")
        usual, case = self.kept.before("ticket", now), self.kept.before("case", now)
        own = (c.closed_at < case) | ((func.coalesce(c.means, "") != Means.ENFORCEMENT) & (c.closed_at < usual))
        in_case = (func.coalesce(head.c.means, "") == Means.ENFORCEMENT) & (head.c.closed_at >= case)
        late = or_(head.c.status.not_in(ENDED), head.c.closed_at >= usual, in_case)
        waits = exists().where(head.c.id == c.same_as, late)
        query = select(c.id).where(c.erased_at.is_(None), c.status.in_(ENDED), own, ~waits)

        async def drop(conn: AsyncConnection, rows: list[Any]) -> None:
            await wipe(conn, [row.id for row in rows], now)

        return Stage(query.limit(TICKETS), (c.id,), drop)

    def _people(self, now: datetime) -> Stage:
        """Whoever has nothing left here is forgotten: no role, no shop, no words, no ticket with words."""
        p, k = t.person.c, t.ticket.c
        told = select(t.reporter.c.ticket_id).join(t.ticket, k.id == t.reporter.c.ticket_id)
        bonds = (
            exists().where(t.role.c.person_id == p.id, or_(t.role.c.until.is_(None), t.role.c.until > now)),
            exists().where(t.shop.c.person_id == p.id),
            exists().where(t.message.c.person_id == p.id),
            exists().where(or_(k.reporter_id == p.id, k.officer_id == p.id), k.erased_at.is_(None)),
            told.where(t.reporter.c.person_id == p.id, k.erased_at.is_(None)).exists(),
        )
        unseen = or_(p.seen_at.is_(None), p.seen_at < self.kept.before("talk", now))

        async def drop(conn: AsyncConnection, rows: list[Any]) -> None:
            await rename(conn, [row.id for row in rows])

        query = select(p.id).where(~p.user.startswith(GONE), unseen, ~or_(*bonds))
        return Stage(query.limit(BATCH), (p.id,), drop)

    async def _files(self) -> None:
        """Files of which no row knows any more."""
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            known = set((await conn.execute(select(t.medium.c.sha256).where(t.medium.c.sha256.is_not(None)))).scalars())
        gone = await asyncio.to_thread(self._unlink, known, (self.clock.now() - FRESH).timestamp())
        log.info("swept", files=gone)

    def _unlink(self, known: set[Any], before: float) -> int:
        lost = [f for f in self.media.glob("??/*") if f.name not in known and f.stat().st_mtime < before]
        for file in lost:
            file.unlink(missing_ok=True)
        return len(lost)


def _rows(table: Table, old: ColumnElement[bool]) -> Stage:
    """Rows on which nothing hangs."""
    keys = list(table.primary_key.columns)

    async def drop(conn: AsyncConnection, rows: list[Any]) -> None:
        which = [and_(*(key == value for key, value in zip(keys, row, strict=True))) for row in rows]
        await conn.execute(delete(table).where(or_(false(), *which)))

    return Stage(select(*keys).where(old).order_by(*keys).limit(BATCH), keys, drop)


async def _drop_lines(conn: AsyncConnection, rows: list[Any]) -> None:
    await drop_messages(conn, [(row.group_id, row.message) for row in rows])


def _left() -> list[Stage]:
    """What had to stay as evidence when its sender had herself erased, and is evidence no more."""
    c, m, tied = t.ticket.c, t.message.c, t.link.c
    gone = t.person.c.user.startswith(GONE)
    hers = select(c.id).join(t.person, t.person.c.id == c.reporter_id).where(gone, c.words != ERASED, ~evidence())
    needed = select(tied.ticket_id).join(t.ticket, c.id == tied.ticket_id).where(evidence())
    proof = needed.where(tied.group_id == m.group_id, tied.message == m.message).exists()
    lines = select(m.group_id, m.message).join(t.person, t.person.c.id == m.person_id).where(gone, ~proof)

    async def drop(conn: AsyncConnection, rows: list[Any]) -> None:
        await blank(conn, [row.id for row in rows])

    return [
        Stage(hers.limit(TICKETS), (c.id,), drop),
        Stage(lines.limit(BATCH), (m.group_id, m.message), _drop_lines),
    ]


def _chats() -> Stage:
    """A private chat of which nothing is left leads to nobody any more."""
    g, a = t.group.c, t.alias.c
    said = exists().where(t.message.c.group_id == g.id)
    owed = exists().where(t.outbox.c.group_id == g.id, t.outbox.c.state.in_(("pending", "sending")))
    query = select(g.id).join(t.alias, a.group_id == g.id).where(g.kind == GroupKind.PRIVATE, ~said, ~owed)

    async def drop(conn: AsyncConnection, rows: list[Any]) -> None:
        found = [row.id for row in rows]
        await conn.execute(delete(t.alias).where(a.group_id.in_(found)))
        await conn.execute(update(t.group).where(g.id.in_(found)).values(name="", state="left"))

    return Stage(query.limit(BATCH), (g.id,), drop)
