"""Due jobs: rows with a time; done once, also after a pause."""

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bell import Bell
from bot.logs import fit
from handlers.receive import fall_due
from ledger.needs import Needs, fill
from ledger.store import write
from ledger.work import Rules, Work
from models import tables as t
from models.clock import Clock
from models.rows import Job

log = structlog.get_logger()
LOOK_SECONDS = 1.0
BATCH = 50
ATTEMPTS = 5


class Alarm:
    """Does what has become due."""

    def __init__(self, engine: AsyncEngine, rules: Rules, clock: Clock) -> None:
        self.engine, self.rules, self.clock = engine, rules, clock

    async def run(self, bell: Bell, outbox_bell: Bell) -> None:
        """For ever."""
        while True:
            if await self.once():
                outbox_bell.ring()
            else:
                await bell.wait(LOOK_SECONDS)

    async def once(self) -> int:
        """What is due now, one unit of work a job; how many were done."""
        query = select(t.job.c.key).where(t.job.c.state == "waiting", t.job.c.due_at <= self.clock.now())
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            keys = list((await conn.execute(query.order_by(t.job.c.due_at).limit(BATCH))).scalars())
        for key in keys:
            try:
                await self._do(key)
            except Exception as error:  # noqa: BLE001 - one job that fails must not hold up the others
                await self._stumble(key, error)
        return len(keys)

    async def _do(self, key: str) -> None:
        async with self.engine.begin() as conn:
            claim = (
                update(t.job)
                .where(t.job.c.key == key, t.job.c.state == "waiting", t.job.c.due_at <= self.clock.now())
                .values(state="done")
                .returning(t.job.c.kind, t.job.c.due_at, t.job.c.ticket_id, t.job.c.payload)
            )
            found = (await conn.execute(claim)).one_or_none()
            if found is None:
                return
            needs = Needs(tickets={found.ticket_id} if found.ticket_id else set())
            ledger = await fill(conn, needs, self.clock.now())
            fall_due(Work(ledger, self.rules), Job(key, found.kind, found.due_at, found.ticket_id, found.payload))
            await write(conn, ledger)

    async def _stumble(self, key: str, error: Exception) -> None:
        log.error("a due job failed", key=key, error=f"{type(error).__name__}: {error}"[:300])
        async with self.engine.begin() as conn:
            tried = t.job.c.attempts + 1
            await conn.execute(
                update(t.job).where(t.job.c.key == key).values(attempts=tried, last_error=fit(str(error))[:500])
            )
            await conn.execute(
                update(t.job).where(t.job.c.key == key, t.job.c.attempts >= ATTEMPTS).values(state="dead")
            )
