"""The worker: takes the oldest arrivals of the chats, in order, and does them in one transaction."""

from datetime import timedelta

import orjson
import structlog
from sqlalchemy import Row, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.bell import Bell
from bot.logs import fit
from channels.channel import Channel
from handlers.receive import needs_of, receive
from ledger import recurrences
from ledger.needs import Needs, fill
from ledger.store import write, writing
from ledger.work import Rules, Work
from models import tables as t
from models.arrivals import Arrival, Migrated, Seated
from models.clock import Clock

log = structlog.get_logger()
BATCH = 500
ATTEMPTS = 5
IDLE_SECONDS = 1.0


class Worker:
    """Does what is in the inbox."""

    def __init__(self, engine: AsyncEngine, channels: dict[str, Channel], rules: Rules, clock: Clock) -> None:
        self.engine, self.channels, self.rules, self.clock = engine, channels, rules, clock

    async def run(self, bell: Bell, outbox_bell: Bell) -> None:
        """For ever. Who brings more rings the bell: what trickles in meanwhile is done together."""
        while True:
            more = await self.once()
            outbox_bell.ring()
            if not more:
                await bell.wait(IDLE_SECONDS)

    async def once(self) -> bool:
        """One batch; whether more waits. An arrival that fails is tried alone, later, and dies after five tries."""
        try:
            return await self._batch()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one must not stop the others
            log.warning(
                "a batch failed, its arrivals are done one by one", error=f"{type(error).__name__}: {error}"[:300]
            )
        return await self._one_by_one()

    async def _batch(self) -> bool:
        async with writing(self.engine) as conn:
            rows = await self._heads(conn)
            parsed = [(row, arrival) for row in rows if (arrival := await self._parse(conn, row)) is not None]
            taken = _up_to_a_change(parsed)
            if taken:
                await self._do(conn, taken)
            return len(rows) == BATCH or len(taken) < len(parsed)

    async def _heads(self, conn: AsyncConnection, only: int | None = None) -> list[Row[int, str, str]]:
        """The oldest open arrivals, or one of them; a chat whose head waits for another try waits with it."""
        now = self.clock.now()
        earlier = t.inbox.alias("earlier")
        blocked = exists().where(
            earlier.c.chat == t.inbox.c.chat,
            earlier.c.state == "new",
            earlier.c.seq < t.inbox.c.seq,
            earlier.c.next_try_at > now,
        )
        ready = or_(t.inbox.c.next_try_at.is_(None), t.inbox.c.next_try_at <= now)
        columns = (t.inbox.c.seq, t.inbox.c.channel, t.inbox.c.raw)
        query = select(*columns).where(t.inbox.c.state == "new", ready, ~blocked).order_by(t.inbox.c.seq).limit(BATCH)
        if only is not None:
            query = query.where(t.inbox.c.seq == only)
        if conn.dialect.name == "postgresql":
            query = query.with_for_update(of=t.inbox)
        return list((await conn.execute(query)).all())

    async def _parse(self, conn: AsyncConnection, row: Row[int, str, str]) -> Arrival | None:
        try:
            return self.channels[row.channel].parse(orjson.loads(row.raw))
        except Exception as error:  # noqa: BLE001 - poison is kept, named, and passed by
            await self._bury(conn, row.seq, error)
            return None

    async def _do(self, conn: AsyncConnection, taken: list[tuple[Row[int, str, str], Arrival]]) -> None:
        needs = Needs()
        for _, arrival in taken:
            needs_of(arrival, needs)
        ledger = await fill(conn, needs, self.clock.now())
        work = Work(ledger, self.rules)
        for _, arrival in taken:
            receive(work, arrival)
        await recurrences.link(conn, ledger)
        await write(conn, ledger)
        done = (
            update(t.inbox)
            .where(t.inbox.c.seq.in_([row.seq for row, _ in taken]))
            .values(state="done", last_error=None)
        )
        await conn.execute(done)

    async def _one_by_one(self) -> bool:
        async with writing(self.engine) as conn:
            rows = await self._heads(conn)
        for row in rows:
            try:
                async with writing(self.engine) as conn:
                    still = await self._heads(conn, row.seq)
                    arrival = await self._parse(conn, row) if still else None
                    if arrival is not None:
                        await self._do(conn, [(row, arrival)])
            except Exception as error:  # noqa: BLE001 - counted, named, tried again later
                await self._stumble(row.seq, error)
        return len(rows) == BATCH

    async def _stumble(self, seq: int, error: Exception) -> None:
        async with writing(self.engine) as conn:
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
    return fit(f"{type(error).__name__}: {error}".replace("\x00", ""))[:500]


def _up_to_a_change(
    taken: list[tuple[Row[int, str, str], Arrival]],
) -> list[tuple[Row[int, str, str], Arrival]]:
    """A batch ends where a chat itself changes: what follows must be read under its new name."""
    for index, (_, arrival) in enumerate(taken):
        if isinstance(arrival, Migrated | Seated):
            return taken[: index + 1]
    return taken
