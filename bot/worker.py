"""The worker: takes the oldest arrivals of the chats, in order, and does them in one transaction."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson
import structlog
from sqlalchemy import Row, Select, bindparam, exists, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from structlog.contextvars import bound_contextvars

from bot import meter, trail
from bot.bell import Bell
from bot.errors import safely
from bot.failpoints import passing
from bot.weather import outlast, unwell
from channels.channel import Channel
from handlers.receive import needs_of, receive
from ledger import recurrences
from ledger.door import Turn
from ledger.ledger import Ledger
from ledger.needs import Needs, fill
from ledger.store import write, writing
from ledger.work import Rules, Work
from models import tables as t
from models.arrivals import Arrival, Migrated, Seated
from models.clock import Clock

log = structlog.get_logger()
Head = Row[int, str, str, datetime, str]
"""Number, channel, raw update, time of receipt, chat."""
BATCH = 500
ATTEMPTS = 5
IDLE_SECONDS = 1.0
LITTLE = 3
"""Who says so few things waits for nobody who says more."""
REST_SECONDS, FEW = 0.2, 20
"""A chat of which fewer messages than that were just done is looked at again only after that: what a flood of it brings
meanwhile is done together, and other chats do not wait for it.
"""


def _heads() -> Select[int, str, str, datetime, str]:
    """The oldest open arrivals but of chats that rest; a chat whose head waits for another try waits with it."""
    c, earlier = t.inbox.c, t.inbox.alias("earlier").c
    blocked = exists().where(
        earlier.chat == c.chat, earlier.state == "new", earlier.seq < c.seq, earlier.next_try_at > bindparam("now")
    )
    ready = or_(c.next_try_at.is_(None), c.next_try_at <= bindparam("now"))
    resting = c.chat.in_(bindparam("resting", expanding=True))
    columns = (c.seq, c.channel, c.raw, c.received_at, c.chat)
    return select(*columns).where(c.state == "new", ready, ~blocked, ~resting).order_by(c.seq).limit(BATCH)


HEADS = _heads()
LOCKED = HEADS.with_for_update(of=t.inbox)
DONE = (
    update(t.inbox)
    .where(t.inbox.c.seq.in_(bindparam("done", expanding=True)))
    .values(state=literal_column("'done'"), last_error=None)
)


class Worker:
    """Does what is in the inbox."""

    def __init__(self, engine: AsyncEngine, channels: dict[str, Channel], rules: Rules, clock: Clock) -> None:
        self.engine, self.channels, self.rules, self.clock = engine, channels, rules, clock
        self._rests: dict[str, float] = {}
        self._put_off = False

    async def run(self, bell: Bell, outbox_bell: Bell) -> None:
        """For ever. Who brings more rings the bell: what trickles in meanwhile is done together."""
        while True:
            passed_by = self.resting()
            more = await outlast(lambda: self.once(passed_by), "worker")  # noqa: B023 - awaited here
            passing("committed")
            outbox_bell.ring()
            await asyncio.sleep(0)  # the courier stands at the database's door before the next batch does
            if not more:
                await bell.wait(self._until_rested(passed_by))

    def _until_rested(self, passed_by: Sequence[str]) -> float:
        """Seconds until the first chat has rested (it may have meanwhile), or until the next look in any case."""
        now = time.monotonic()
        left = [self._rests.get(chat, now) - now for chat in {*passed_by, *self._rests}]
        return max(0.001, min(left, default=IDLE_SECONDS))

    async def once(self, resting: Sequence[str] = ()) -> bool:
        """One batch, but of chats that rest; whether more waits.

        An arrival that fails is tried alone, later, and dies after five tries. A database that is unwell is no fault of
        an arrival: that is raised.
        """
        try:
            return await self._batch(resting)
        except Exception as error:
            if unwell(error):
                raise
            log.warning("a batch failed, its arrivals are done one by one", error=safely(error))
        return await self._one_by_one()

    async def _batch(self, resting: Sequence[str]) -> bool:
        async with writing(self.engine, Turn.DONE) as conn:
            rows = await self._heads(conn, resting=resting)
            parsed = [(row, arrival) for row in rows if (arrival := await self._parse(conn, row)) is not None]
            taken = self._whose_turn(_up_to_a_change(parsed))
            if resting and taken and isinstance(taken[-1][1], Migrated | Seated):
                self._rests.clear()
                return True
            ledger = await self._do(conn, taken) if taken else None
        if ledger is not None:
            self._rest([row for row, _ in taken])
            trail.told(ledger)
        return len(rows) == BATCH or len(taken) < len(parsed)

    def _whose_turn(self, taken: list[tuple[Head, Arrival]]) -> list[tuple[Head, Arrival]]:
        """Of chats that brought little, and others that brought much, only the first: the others are next.

        Nobody is put off twice, and not in a backlog, where all is late.
        """
        many = Counter(row.chat for row, _ in taken)
        quiet = {chat for chat, n in many.items() if n <= LITTLE}
        mixed = 0 < len(quiet) < len(many) and not isinstance(taken[-1][1], Migrated | Seated)
        self._put_off = mixed and not self._put_off and len(taken) < FEW
        return [(row, arrival) for row, arrival in taken if row.chat in quiet] if self._put_off else taken

    def resting(self) -> list[str]:
        """The chats that rest now, for something of them was just done."""
        now = time.monotonic()
        self._rests = {chat: until for chat, until in self._rests.items() if until > now}
        return list(self._rests)

    def _rest(self, rows: list[Head]) -> None:
        """Of these something was done. Where a chat itself changes nobody rests: that is done in its order."""
        until = time.monotonic() + REST_SECONDS
        self._rests |= {chat: until for chat, many in Counter(row.chat for row in rows).items() if many < FEW}

    async def _heads(self, conn: AsyncConnection, only: int | None = None, resting: Sequence[str] = ()) -> list[Head]:
        """The oldest open arrivals, or this one."""
        question = LOCKED if conn.dialect.name == "postgresql" else HEADS
        if only is not None:
            question = question.where(t.inbox.c.seq == only)
        return list((await conn.execute(question, {"now": self.clock.now(), "resting": list(resting)})).all())

    async def _parse(self, conn: AsyncConnection, row: Head) -> Arrival | None:
        try:
            return self.channels[row.channel.partition(":")[0]].parse(orjson.loads(row.raw))
        except Exception as error:  # noqa: BLE001 - poison is kept, named, and passed by
            with bound_contextvars(chat=row.chat):
                await self._bury(conn, row.seq, error)
            return None

    async def _do(self, conn: AsyncConnection, taken: list[tuple[Head, Arrival]]) -> Ledger:
        needs = Needs()
        for _, arrival in taken:
            needs_of(arrival, needs)
        ledger = await fill(conn, needs, self.clock.now())
        work = Work(ledger, self.rules)
        for _, arrival in taken:
            receive(work, arrival)
            passing("working")
        await recurrences.link(conn, ledger)
        await write(conn, ledger)
        await conn.execute(DONE, {"done": [row.seq for row, _ in taken]})
        passing("written")
        meter.worked(ledger.now, (row.received_at for row, _ in taken))
        return ledger

    async def _one_by_one(self) -> bool:
        async with writing(self.engine, Turn.DONE) as conn:
            rows = await self._heads(conn)
        for row in rows:
            with bound_contextvars(chat=row.chat):
                await self._alone(row)
        return len(rows) == BATCH

    async def _alone(self, row: Head) -> None:
        try:
            async with writing(self.engine, Turn.DONE) as conn:
                still = await self._heads(conn, row.seq)
                arrival = await self._parse(conn, row) if still else None
                ledger = await self._do(conn, [(row, arrival)]) if arrival is not None else None
        except Exception as error:  # noqa: BLE001 - counted, named, tried again later
            meter.FAILURES.labels("worker").inc()
            await self._stumble(row.seq, error)
        else:
            if ledger is not None:
                trail.told(ledger)

    async def _stumble(self, seq: int, error: Exception) -> None:
        async with writing(self.engine, Turn.DONE) as conn:
            tried = (await conn.execute(select(t.inbox.c.attempts).where(t.inbox.c.seq == seq))).scalar_one() + 1
            if tried >= ATTEMPTS:
                await self._bury(conn, seq, error)
                return
            later = self.clock.now() + timedelta(seconds=2**tried)
            values = {"attempts": tried, "next_try_at": later, "last_error": _named(error)}
            await conn.execute(update(t.inbox).where(t.inbox.c.seq == seq).values(**values))

    async def _bury(self, conn: AsyncConnection, seq: int, error: Exception) -> None:
        log.error("an update is dead", seq=seq, error=_named(error))
        await conn.execute(update(t.inbox).where(t.inbox.c.seq == seq).values(state="dead", last_error=_named(error)))


def _named(error: Exception) -> str:
    return safely(error, 500)


def _up_to_a_change(
    taken: list[tuple[Head, Arrival]],
) -> list[tuple[Head, Arrival]]:
    """A batch ends where a chat itself changes: what follows must be read under its new name."""
    for index, (_, arrival) in enumerate(taken):
        if isinstance(arrival, Migrated | Seated):
            return taken[: index + 1]
    return taken
