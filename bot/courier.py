"""The courier: brings what the outbox holds to the chats, paced, tried again, never doubled needlessly."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Row, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.bell import Bell
from bot.parcels import Parcel, pack
from channels.channel import Channel
from ledger.store import ask_for_edits
from ledger.work import Rules
from models import tables as t
from models.clock import Clock
from models.outgoing import End, Outcome
from models.words import PostKind, Priority

log = structlog.get_logger()
CLAIM = 64
CLAIM_A_GROUP = 8
IDLE_SECONDS = 1.0
ATTEMPTS = 8
RESENT_ONCE = {PostKind.CARD, PostKind.ASK, PostKind.TEXT, PostKind.PIN, PostKind.PHOTOS, PostKind.EDIT}
FREE = {PostKind.TOAST}
RESERVE = 4
"""Of a chat's messages a minute, so many beyond the plan are kept for receipts and dispatch cards."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A row and what became of it."""

    row: Row[Any]
    parcel: Parcel | None
    outcome: Outcome


class Courier:
    """Sends for one channel."""

    def __init__(self, engine: AsyncEngine, channel: Channel, rules: Rules, clock: Clock, a_minute: int) -> None:
        self.engine, self.channel, self.rules, self.clock, self.a_minute = engine, channel, rules, clock, a_minute

    async def run(self, bell: Bell) -> None:
        """For ever. What a killed program left half sent is looked at first."""
        await self.recover()
        while True:
            if not await self.once():
                await bell.wait(IDLE_SECONDS)

    async def recover(self) -> None:
        """Rows half sent when the program died: what bears a number goes out once more, the rest is unknown."""
        async with self.engine.begin() as conn:
            half = t.outbox.c.state == "sending"
            again = half & t.outbox.c.kind.in_(RESENT_ONCE) & (t.outbox.c.attempts < ATTEMPTS)
            twin = t.outbox.alias("twin")
            waits = select(twin.c.id).where(twin.c.dedupe == t.outbox.c.dedupe, twin.c.state == "pending").exists()
            await conn.execute(update(t.outbox).where(half & waits).values(state="dropped"))
            await conn.execute(
                update(t.outbox).where(again & ~waits).values(state="pending", last_error="resent after a stop")
            )
            await conn.execute(update(t.outbox).where(half).values(state="unknown"))

    async def once(self) -> int:
        """One round: claim, send, record. How many rows it took."""
        parcels = await self._claim()
        if not parcels:
            return 0
        lanes: dict[int | None, list[tuple[Row[Any], Parcel | None]]] = defaultdict(list)
        for row, parcel in parcels:
            lanes[None if row.kind in FREE else row.group_id].append((row, parcel))
        settled: asyncio.Queue[Settled | None] = asyncio.Queue()
        writer = asyncio.gather(self._record(settled), self._send_all(list(lanes.values()), settled))
        await writer
        return len(parcels)

    async def _send_all(
        self, lanes: list[list[tuple[Row[Any], Parcel | None]]], settled: asyncio.Queue[Settled | None]
    ) -> None:
        try:
            await asyncio.gather(*(self._lane(lane, settled) for lane in lanes))
        finally:
            settled.put_nowait(None)

    async def _lane(self, lane: list[tuple[Row[Any], Parcel | None]], settled: asyncio.Queue[Settled | None]) -> None:
        """One chat, in order; after a fault the rest of its lane waits."""
        known: dict[int, str] = {}
        stopped: Outcome | None = None
        for row, parcel in lane:
            if stopped is not None and row.kind not in FREE:
                settled.put_nowait(Settled(row, parcel, Outcome(End.RETRY, after=stopped.after, why="behind another")))
                continue
            outcome = await self._send(parcel.with_card(known) if parcel else None)
            if outcome.message and row.kind == PostKind.CARD and row.card_id:
                known[row.ticket_id] = outcome.message
            if outcome.end in {End.RETRY, End.SHUT, End.MOVED}:
                stopped = outcome
            settled.put_nowait(Settled(row, parcel, outcome))

    async def _send(self, parcel: Parcel | None) -> Outcome:
        if parcel is None:
            return Outcome(End.SENT, why="nothing to show")
        return await self.channel.send(parcel.outgoing)

    # --- claiming --------------------------------------------------------------------------------------------------

    async def _claim(self) -> list[tuple[Row[Any], Parcel | None]]:
        now = self.clock.now()
        async with self.engine.begin() as conn:
            rows = await self._due(conn)
            chosen = await self._within_pace(conn, rows)
            if not chosen:
                return []
            ids = [row.id for row in chosen]
            sending = update(t.outbox).where(t.outbox.c.id.in_(ids), t.outbox.c.state == "pending")
            await conn.execute(sending.values(state="sending", attempts=t.outbox.c.attempts + 1, sent_at=now))
            return await pack(conn, chosen, self.rules)

    async def _due(self, conn: AsyncConnection) -> list[Row[Any]]:
        now = self.clock.now()
        c = t.outbox.c
        ready = or_(c.next_try_at.is_(None), c.next_try_at <= now)
        silent = and_(t.group.c.state != "active", c.kind.not_in(FREE))
        blocked = or_(and_(t.group.c.blocked_until.is_not(None), t.group.c.blocked_until > now), silent)
        place = (
            func.row_number()
            .over(partition_by=(c.group_id, c.kind == PostKind.TOAST), order_by=(c.priority, c.id))
            .label("place")
        )
        inner = select(c.id, place).where(c.state == "pending", ready).subquery()
        query = (
            select(t.outbox)
            .join(inner, inner.c.id == c.id)
            .outerjoin(t.group, t.group.c.id == c.group_id)
            .where(inner.c.place <= CLAIM_A_GROUP, or_(t.group.c.id.is_(None), ~blocked))
            .order_by(c.priority, c.id)
            .limit(CLAIM)
        )
        if conn.dialect.name == "postgresql":
            query = query.with_for_update(of=t.outbox, skip_locked=True)
        return list((await conn.execute(query)).all())

    async def _within_pace(self, conn: AsyncConnection, rows: list[Row[Any]]) -> list[Row[Any]]:
        """Those that their chat's budget of the last minute allows; presses are free."""
        if not self.a_minute or not rows:
            return rows
        since = self.clock.now() - timedelta(seconds=60)
        c = t.outbox.c
        query = (
            select(c.group_id, func.count())
            .where(c.sent_at > since, c.kind.not_in(FREE), c.state != "pending")
            .group_by(c.group_id)
        )
        spent: dict[int | None, int] = defaultdict(int, dict((await conn.execute(query)).all()))
        chosen = []
        for row in rows:
            limit = self.a_minute + (RESERVE if row.priority <= Priority.DISPATCH else 0)
            if row.kind in FREE or spent[row.group_id] < limit:
                chosen.append(row)
                spent[row.group_id] += row.kind not in FREE
        return chosen

    # --- recording -------------------------------------------------------------------------------------------------

    async def _record(self, settled: asyncio.Queue[Settled | None]) -> None:
        """Write results as they come, several together: what is sent is on disk within milliseconds."""
        ended = False
        while not ended:
            batch = [await settled.get()]
            while not settled.empty():
                batch.append(settled.get_nowait())
            ended = None in batch
            done = [one for one in batch if one is not None]
            if done:
                async with self.engine.begin() as conn:
                    for one in done:
                        await self._settle(conn, one)

    async def _settle(self, conn: AsyncConnection, one: Settled) -> None:
        row, outcome = one.row, one.outcome
        values: dict[str, Any] = {"last_error": outcome.why[:300] or None}
        match outcome.end:
            case End.SENT:
                values |= {"state": "sent", "message": outcome.message, "sent_at": self.clock.now()}
                await self._shown(conn, one)
            case End.RETRY | End.UNKNOWN | End.MOVED | End.SHUT:
                values |= await self._later(conn, one)
            case _:
                values["state"] = "failed"
                await self._lost(conn, one)
        await conn.execute(update(t.outbox).where(t.outbox.c.id == row.id).values(**values))

    async def _shown(self, conn: AsyncConnection, one: Settled) -> None:
        """Remember where a card stands and what it shows; a ticket that moved meanwhile is shown anew."""
        parcel = one.parcel
        if parcel is None or one.row.card_id is None or one.row.kind not in {PostKind.CARD, PostKind.EDIT}:
            return
        values: dict[str, Any] = {"shown": parcel.digest, "pictured": parcel.pictured}
        if one.row.kind == PostKind.CARD:
            values["message"] = one.outcome.message
        await conn.execute(update(t.card).where(t.card.c.id == one.row.card_id).values(**values))
        query = select(t.ticket.c.version).where(t.ticket.c.id == one.row.ticket_id)
        if one.row.kind == PostKind.CARD and (await conn.execute(query)).scalar() != parcel.version:
            await ask_for_edits(conn, [one.row.ticket_id], self.clock.now())

    async def _later(self, conn: AsyncConnection, one: Settled) -> dict[str, Any]:
        row, outcome, now = one.row, one.outcome, self.clock.now()
        if outcome.end is End.SHUT:
            log.warning("a chat has shut us out", group=row.group_id, why=outcome.why)
            await conn.execute(update(t.group).where(t.group.c.id == row.group_id).values(state="left"))
        if outcome.end is End.MOVED and outcome.chat:
            await self._moved(conn, row.group_id, outcome.chat)
        if outcome.end is End.RETRY and outcome.after and "retry" in outcome.why:
            until = now + timedelta(seconds=outcome.after)
            await conn.execute(update(t.group).where(t.group.c.id == row.group_id).values(blocked_until=until))
        if outcome.end is End.UNKNOWN and (row.kind not in RESENT_ONCE or row.attempts >= 1):
            return {"state": "unknown"}
        if row.kind in FREE or (
            outcome.end is not End.SHUT and row.attempts >= ATTEMPTS and outcome.why != "behind another"
        ):
            return {"state": "failed"}
        if row.dedupe and await self._has_twin(conn, row):
            return {"state": "dropped"}
        spent = 0 if outcome.why == "behind another" or outcome.end is End.SHUT else 1
        return {
            "state": "pending",
            "next_try_at": now + timedelta(seconds=outcome.after),
            "attempts": row.attempts + spent,
            "sent_at": None,
        }

    async def _has_twin(self, conn: AsyncConnection, row: Row[Any]) -> bool:
        """A newer request for the same thing waits already: this one is let go."""
        c = t.outbox.c
        query = select(c.id).where(c.dedupe == row.dedupe, c.state == "pending", c.id != row.id)
        return (await conn.execute(query)).first() is not None

    async def _moved(self, conn: AsyncConnection, group_id: int, chat: str) -> None:
        """Sending told us of a move before the update did."""
        held = (await conn.execute(select(t.alias.c.chat).where(t.alias.c.chat == chat))).first()
        if held is None:
            await conn.execute(update(t.alias).where(t.alias.c.group_id == group_id).values(current=False))
            await conn.execute(t.alias.insert().values(chat=chat, group_id=group_id, current=True))

    async def _lost(self, conn: AsyncConnection, one: Settled) -> None:
        """A card that is no more where we thought: forget the place, show it once more."""
        row = one.row
        log.warning("not sent", kind=row.kind, ticket=row.ticket_id, why=one.outcome.why)
        if row.kind != PostKind.EDIT or one.outcome.end is not End.GONE:
            return
        await conn.execute(update(t.card).where(t.card.c.id == row.card_id).values(message=None, shown=None))
        values = {
            "group_id": row.group_id, "kind": PostKind.CARD, "priority": Priority.UPDATE, "card_id": row.card_id,
            "ticket_id": row.ticket_id, "dedupe": None, "payload": {}, "state": "pending", "attempts": 0,
            "created_at": self.clock.now(),
        }  # fmt: skip
        await conn.execute(t.outbox.insert().values(**values))
