"""What became of the courier's sendings, written into the tables: sent, not sent, unknown, failed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import BindParameter, Row, Select, bindparam, func, select, true, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import safely, veiled
from bot.failpoints import passing
from bot.parcels import Parcel
from ledger.door import Turn
from ledger.store import ask_for_edits, set_aside, writing
from models import tables as t
from models.clock import Clock
from models.outgoing import End, Outcome
from models.words import PostKind, Priority

log = structlog.get_logger()
TRY_PAUSE, LONGEST_PAUSE = 2.0, 60.0
"""Seconds after the first try, doubled with each further one; no longer than the second."""
HOPE = timedelta(days=1)
TRIES = round(HOPE.total_seconds() / LONGEST_PAUSE)
"""What surely did not arrive is tried for so long: a network may be away for hours, and what waits is small. Days in
which the program stood still, or the chat was shut, are none of trying.
"""
PAUSE_SECONDS = 1.0
DOUBTS, DOUBT_PAUSE = 8, 5.0
"""So often a row may be in doubt, by a death or by an answer that was lost; the pause after the second, doubled with
each further one."""
FREE = {PostKind.TOAST}
RESENT = {
    PostKind.CARD, PostKind.ASK, PostKind.TEXT, PostKind.PIN, PostKind.PHOTOS, PostKind.EXPORT,
    PostKind.SUMMARY, PostKind.LISTING, PostKind.MAP, PostKind.SHEET, PostKind.REPORT,
}  # fmt: skip
"""A second copy does little harm: where nobody knows whether it arrived it goes out once more, later each time."""
REPEATABLE = {PostKind.EDIT, PostKind.WITHDRAW, PostKind.LEAVE, PostKind.FASTEN}
"""Done twice is done once: it is repeated until somebody knows."""
BEHIND = "behind another"
UNRECORDED = 4
"""So many sendings of one chat may be ahead of what is on disk: no more can be in doubt after a kill."""


@dataclass(frozen=True, slots=True)
class Result:
    """A row and what became of it; `recorded` is called when that is on disk."""

    row: Row[Any] = field(repr=False)
    parcel: Parcel | None
    outcome: Outcome
    recorded: Callable[[], None]


class Results:
    """Writes results as they come, several in one transaction: what is sent is on disk within milliseconds."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self.engine, self.clock = engine, clock
        self._queue: asyncio.Queue[Result] = asyncio.Queue()
        self._calm = asyncio.Event()
        self._calm.set()

    def put(self, result: Result) -> None:
        """Another result."""
        self._calm.clear()
        self._queue.put_nowait(result)

    async def record(self) -> None:
        """For ever. A database that is away is waited for: what was sent must not be forgotten."""
        while True:
            batch = [await self._queue.get()]
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._write(batch)
            passing("marked")
            for result in batch:
                result.recorded()
            if self._queue.empty():
                self._calm.set()

    async def settle_down(self, seconds: float) -> None:
        """Wait so long until all results are on disk."""
        try:
            async with asyncio.timeout(seconds):
                await self._calm.wait()
        except TimeoutError:
            log.warning("stopped with results not yet on disk")

    async def recover(self) -> None:
        """Rows half sent when the program died."""
        async with writing(self.engine, Turn.SENT) as conn:
            await lapsed(conn, self.clock.now())
        passing("recovered")

    async def _write(self, batch: list[Result]) -> None:
        while True:
            try:
                async with writing(self.engine, Turn.SENT) as conn:
                    await self._sent(conn, [one for one in batch if one.outcome.end is End.SENT])
                    for one in batch:
                        if one.outcome.end is not End.SENT:
                            await self._settle(conn, one)
                    await self._renew(conn, batch)
                    passing("marking")
            except (SQLAlchemyError, OSError) as error:
                log.warning("results not written, trying again", error=safely(error))
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return

    async def _sent(self, conn: AsyncConnection, sent: list[Result]) -> None:
        """What arrived, written together."""
        if not sent:
            return
        now = self.clock.now()
        arrived = [
            {"key": one.row.id, "message": one.outcome.message, "last_error": one.outcome.why[:300] or None}
            for one in sent
        ]
        here = update(t.outbox).where(t.outbox.c.id == bindparam("key"))
        await conn.execute(here.values(state="sent", sent_at=now, **_bound("message", "last_error")), arrived)
        await self._shown(conn, sent, PostKind.CARD, "message", "shown", "pictured")
        await self._shown(conn, sent, PostKind.EDIT, "shown", "pictured")
        for one in sent:
            if one.row.payload.get("pin") and one.outcome.message:
                await self._fasten(conn, one.row.group_id, one.outcome.message)

    async def _fasten(self, conn: AsyncConnection, group_id: int, message: str) -> None:
        """What is to stay at hand is pinned once it stands there."""
        values = {"group_id": group_id, "kind": PostKind.FASTEN, "priority": Priority.UPDATE, "state": "pending"}
        values |= {"payload": {"message": message}, "attempts": 0, "created_at": self.clock.now()}
        await conn.execute(t.outbox.insert().values(**values))

    async def _renew(self, conn: AsyncConnection, batch: list[Result]) -> None:
        """A ticket that moved while its card was under way, to wherever that went, is shown anew."""
        under_way = {
            one.row.ticket_id: one.parcel.version for one in batch if one.row.kind == PostKind.CARD and one.parcel
        }
        if not under_way:
            return
        query = select(t.ticket.c.id, t.ticket.c.version).where(t.ticket.c.id.in_(under_way))
        if moved := [ticket for ticket, version in await conn.execute(query) if version != under_way[ticket]]:
            await ask_for_edits(conn, moved, self.clock.now())

    async def _shown(self, conn: AsyncConnection, sent: list[Result], kind: PostKind, *columns: str) -> None:
        """Remember where cards stand and what they show."""
        given = [
            {
                "key": one.row.card_id,
                "shown": parcel.digest,
                "pictured": parcel.pictured,
                "message": one.outcome.message,
            }
            for one in sent
            if one.row.kind == kind and one.row.card_id is not None and (parcel := one.parcel) is not None
        ]
        if given:
            here = update(t.card).where(t.card.c.id == bindparam("key"))
            await conn.execute(
                here.values(**_bound(*columns)), [{c: values[c] for c in ("key", *columns)} for values in given]
            )

    async def _settle(self, conn: AsyncConnection, one: Result) -> None:
        row, outcome = one.row, one.outcome
        values: dict[str, Any] = {"last_error": outcome.why[:300] or None}
        match outcome.end:
            case End.RETRY | End.UNKNOWN | End.MOVED | End.SHUT:
                values |= await self._later(conn, one)
            case _:
                values["state"] = "failed"
                await self._lost(conn, one)
        await conn.execute(update(t.outbox).where(t.outbox.c.id == row.id).values(**values))

    async def _later(self, conn: AsyncConnection, one: Result) -> dict[str, Any]:
        row, outcome, now = one.row, one.outcome, self.clock.now()
        if outcome.end is End.SHUT:
            log.warning("a chat has shut us out", group=row.group_id, why=veiled(outcome.why))
            await conn.execute(update(t.group).where(t.group.c.id == row.group_id).values(state="left"))
        if outcome.end is End.MOVED and outcome.chat:
            await self._moved(conn, row.group_id, outcome.chat)
        if outcome.end is End.RETRY and outcome.after and "retry" in outcome.why:
            until = now + timedelta(seconds=outcome.after)
            await conn.execute(update(t.group).where(t.group.c.id == row.group_id).values(blocked_until=until))
        unsure = outcome.end is End.UNKNOWN
        if unsure and row.kind not in REPEATABLE and (row.kind not in RESENT or row.doubts >= DOUBTS):
            return {"state": "unknown"}
        free = outcome.why == BEHIND or outcome.end is End.SHUT
        gone = outcome.end is End.SHUT and now - row.created_at > HOPE
        if row.kind in FREE or gone or (row.attempts >= TRIES and not free):
            return {"state": "failed"}
        if row.dedupe and await self._has_twin(conn, row):
            return {"state": "dropped"}
        return {
            "state": "pending",
            "next_try_at": now + timedelta(seconds=max(outcome.after, 0.0 if free else _pause(row, unsure=unsure))),
            "attempts": row.attempts + (not free),
            "doubts": row.doubts + unsure,
            "sent_at": None,
        }

    async def _has_twin(self, conn: AsyncConnection, row: Row[Any]) -> bool:
        """A newer request for the same thing waits already: this one is let go."""
        c = t.outbox.c
        query = select(c.id).where(c.dedupe == row.dedupe, c.state == "pending", c.id != row.id)
        return (await conn.execute(query)).first() is not None

    async def _moved(self, conn: AsyncConnection, group_id: int, chat: str) -> None:
        """Sending told us of a move before the update did."""
        c = t.alias.c
        aliases = (await conn.execute(select(c.chat, c.current).where(c.group_id == group_id))).all()
        if any(known.chat == chat for known in aliases):
            return
        old = next(known.chat for known in aliases if known.current)
        await set_aside(conn, group_id, old, self.clock.now())
        await conn.execute(update(t.alias).where(c.group_id == group_id).values(current=False))
        await conn.execute(t.alias.insert().values(chat=chat, group_id=group_id, current=True))

    async def _lost(self, conn: AsyncConnection, one: Result) -> None:
        """A card that is no more where we thought: forget the place, show it once more."""
        row = one.row
        log.warning("not sent", kind=row.kind, group=row.group_id, ticket=row.ticket_id, why=veiled(one.outcome.why))
        if row.kind != PostKind.EDIT or one.outcome.end is not End.GONE:
            return
        await conn.execute(update(t.card).where(t.card.c.id == row.card_id).values(message=None, shown=None))
        values = {
            "group_id": row.group_id, "kind": PostKind.CARD, "priority": Priority.UPDATE, "card_id": row.card_id,
            "ticket_id": row.ticket_id, "dedupe": None, "payload": {}, "state": "pending", "attempts": 0,
            "created_at": self.clock.now(),
        }  # fmt: skip
        await conn.execute(t.outbox.insert().values(**values))


def _not_begun() -> Select[int]:
    """Rows claimed by a lane of a killed program, behind the first few: a chat is served in order, a few at a time."""
    c = t.outbox.c
    place = func.row_number().over(partition_by=c.group_id, order_by=(c.priority, c.id)).label("place")
    lanes = c.group_id.is_not(None) & c.kind.not_in(FREE)
    claimed = select(c.id, place).where(c.state == "sending", lanes).subquery()
    return select(claimed.c.id).where(claimed.c.place > UNRECORDED)


def _pause(row: Row[Any], *, unsure: bool) -> float:
    """Seconds until a row goes out again: longer with every try, and with every doubt where a copy would be seen."""
    if unsure and row.kind not in REPEATABLE:
        return _doubt_pause(row.doubts)
    tries: int = min(row.attempts, 8)
    return min(LONGEST_PAUSE, TRY_PAUSE * 2.0**tries)


def _doubt_pause(doubts: int) -> float:
    """The first time it need not wait."""
    return DOUBT_PAUSE * 2**doubts if doubts else 0.0


def _bound(*names: str) -> dict[str, BindParameter[Any]]:
    """Columns whose values come row by row."""
    return {name: bindparam(name) for name in names}


async def lapsed(conn: AsyncConnection, now: datetime, before: datetime | None = None) -> None:
    """Sendings begun (before a time) that nobody will end: what may go out once more does so; the rest is unknown.

    What stood behind those that may have been under way was surely not begun, and is in no doubt. What was under way at
    an earlier death too waits, longer each time, so that a program that dies again and again does not fill a chat; the
    second time not where its ticket has moved on.
    """
    c = t.outbox.c
    half = (c.state == "sending") & (c.sent_at < before if before else true())
    again = half & (c.kind.in_(REPEATABLE) | (c.kind.in_(RESENT) & (c.doubts < 1)))
    twin = t.outbox.alias("twin")
    waits = select(twin.c.id).where(twin.c.dedupe == c.dedupe, twin.c.state == "pending").exists()
    resent = {"state": "pending", "doubts": c.doubts + 1, "last_error": "resent after a stop"}
    unclaimed = {"state": "pending", "attempts": c.attempts - 1, "sent_at": None}
    moved = select(t.event.c.id).where(t.event.c.ticket_id == c.ticket_id, t.event.c.at >= c.sent_at)
    await conn.execute(update(t.outbox).where(half & waits).values(state="dropped"))
    await conn.execute(update(t.outbox).where(half & c.id.in_(_not_begun())).values(**unclaimed))
    await conn.execute(update(t.outbox).where(again).values(**resent))
    often = half & c.kind.in_(RESENT)
    await conn.execute(update(t.outbox).where(often & (c.doubts == 1) & moved.exists()).values(**resent))
    for doubts in range(1, DOUBTS):
        later = now + timedelta(seconds=_doubt_pause(doubts))
        again_later = often & (c.doubts == doubts)
        await conn.execute(update(t.outbox).where(again_later).values(**resent, next_try_at=later))
    behind = (await conn.execute(select(c.ticket_id).where(half, moved.exists()))).scalars().all()
    await conn.execute(update(t.outbox).where(half).values(state="unknown"))
    await ask_for_edits(conn, behind, now)
