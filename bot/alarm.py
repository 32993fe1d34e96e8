"""Due jobs: rows with a time; done once, also after a pause."""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from structlog.contextvars import bound_contextvars

from bot import erasing, meter, own, sweeper, trail
from bot.bell import Bell
from bot.errors import safely
from bot.failpoints import passing
from bot.jumps import Jumps
from bot.sweeper import Sweeper
from bot.weather import outlast
from handlers.receive import fall_due
from ledger.ledger import Ledger
from ledger.needs import Needs, fill, take_turn
from ledger.store import write, writing
from ledger.work import Rules, Work
from models import tables as t
from models.clock import Remembering
from models.rows import Job
from models.terms import STEPS
from models.words import CHORES, Looked

log = structlog.get_logger()
LOOK_SECONDS = 1.0
BATCH = 50
WORDS = 300
"""So many words about deadlines in one unit of work: those of a night, or of a pause, come together."""
ATTEMPTS = 5
PAUSE = timedelta(minutes=10)
"""A sweep that failed is tried again after so long, for ever: nobody asks for it anew."""
OWN_DATA = {Looked.EXPORT, Looked.ERASE}


class Alarm:
    """Does what has become due."""

    def __init__(self, engine: AsyncEngine, rules: Rules, clock: Remembering, sweeper: Sweeper | None = None) -> None:
        self.engine, self.rules, self.clock, self.sweeper = engine, rules, clock, sweeper
        self._jumps = Jumps(engine, clock)

    async def run(self, bell: Bell, outbox_bell: Bell) -> None:
        """For ever."""
        while True:
            if await outlast(self.once, "alarm"):
                outbox_bell.ring()
            else:
                await bell.wait(LOOK_SECONDS)

    async def once(self) -> int:
        """What is due now, one unit of work a job; how many were done."""
        await self._jumps.look()
        now = self.clock.now()
        done = await self._deadlines()
        query = select(t.job.c.key, t.job.c.ticket_id).where(
            t.job.c.state == "waiting", t.job.c.due_at <= now, t.job.c.kind.not_in((*CHORES, *STEPS))
        )
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            keys = (await conn.execute(query.order_by(t.job.c.due_at).limit(BATCH))).all()
        for key, ticket in keys:
            with bound_contextvars(ticket=ticket):
                await self._one(key)
        return done + len(keys)

    async def _deadlines(self) -> int:
        """What is to be said about deadlines now, in one unit of work; where that fails, one by one."""
        due = (t.job.c.state == "waiting") & (t.job.c.due_at <= self.clock.now()) & t.job.c.kind.in_(STEPS)
        query = select(t.job.c.key).where(due).order_by(t.job.c.due_at).limit(WORDS)
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            keys = (await conn.execute(query)).scalars().all()
        try:
            await self._say(keys)
        except Exception as error:  # noqa: BLE001 - one ticket must not hold up the words about others
            log.warning("words about deadlines failed together", error=safely(error))
            for key in keys:
                await self._one(key)
        return len(keys)

    async def _say(self, keys: Sequence[str]) -> None:
        if not keys:
            return
        async with writing(self.engine) as conn:
            await take_turn(conn)
            now = self.clock.now()
            mine = (t.job.c.key.in_(keys), t.job.c.state == "waiting", t.job.c.due_at <= now)
            columns = (t.job.c.key, t.job.c.kind, t.job.c.due_at, t.job.c.ticket_id, t.job.c.payload)
            rows = (await conn.execute(update(t.job).where(*mine).values(state="done").returning(*columns))).all()
            ledger = await self._carry_out(conn, [Job(*row) for row in rows])
        trail.told(ledger)

    async def _carry_out(self, conn: AsyncConnection, jobs: list[Job]) -> Ledger:
        """One unit of work."""
        needs = Needs(tickets={job.ticket_id for job in jobs if job.ticket_id})
        ledger = await fill(conn, needs, self.clock.now())
        fall_due(Work(ledger, self.rules), jobs)
        await write(conn, ledger)
        passing("due")
        return ledger

    async def _one(self, key: str) -> None:
        try:
            await self._do(key)
        except Exception as error:  # noqa: BLE001 - one job that fails must not hold up the others
            await self._stumble(key, error)

    async def _do(self, key: str) -> None:
        if key == sweeper.KEY and self.sweeper is not None:
            await self.sweeper.step()
            return
        async with writing(self.engine) as conn:
            claim = (
                update(t.job)
                .where(t.job.c.key == key, t.job.c.state == "waiting", t.job.c.due_at <= self.clock.now())
                .values(state="done")
                .returning(t.job.c.kind, t.job.c.due_at, t.job.c.ticket_id, t.job.c.payload)
            )
            found = (await conn.execute(claim)).one_or_none()
            if found is None:
                return
            job = Job(key, found.kind, found.due_at, found.ticket_id, found.payload)
            if found.kind in OWN_DATA:
                await self._own_data(conn, job)
                return
            ledger = await self._carry_out(conn, [job])
        trail.told(ledger)

    async def _own_data(self, conn: AsyncConnection, job: Job) -> None:
        """What a person asked about her own data."""
        await take_turn(conn)
        if job.kind == Looked.ERASE:
            await erasing.erase(conn, job, self.clock.now())
        else:
            await own.due(conn, job, self.clock.now())

    async def _stumble(self, key: str, error: Exception) -> None:
        meter.FAILURES.labels("alarm").inc()
        log.error("a due job failed", key=key, error=safely(error))
        async with self.engine.begin() as conn:
            tried = t.job.c.attempts + 1
            await conn.execute(
                update(t.job).where(t.job.c.key == key).values(attempts=tried, last_error=safely(error, 500))
            )
            if key == sweeper.KEY:
                await conn.execute(update(t.job).where(t.job.c.key == key).values(due_at=self.clock.now() + PAUSE))
                return
            await conn.execute(
                update(t.job).where(t.job.c.key == key, t.job.c.attempts >= ATTEMPTS).values(state="dead")
            )
