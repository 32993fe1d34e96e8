"""The machine's clock is put back: what was to be tried again in two seconds must not wait until the old time comes."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from ledger.store import writing
from models import tables as t
from models.clock import Remembering

log = structlog.get_logger()
NOTICED = timedelta(seconds=10)


class Jumps:
    """Looks at the clock now and then."""

    def __init__(self, engine: AsyncEngine, clock: Remembering) -> None:
        self.engine, self.clock = engine, clock
        self._looked = False

    async def look(self) -> None:
        """Where the clock fell back since it told a later time, or while no program ran, nothing waits by that."""
        before = None if self._looked else await self._sent_last()
        self._looked = True
        now = self.clock.now()
        latest = max(before or now, self.clock.latest or now)
        if latest - now > NOTICED:
            self.clock.forget()
            await self._put_right(now, latest - now)

    async def _sent_last(self) -> datetime | None:
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            found: datetime | None = (await conn.execute(select(func.max(t.outbox.c.sent_at)))).scalar()
            return found

    async def _put_right(self, now: datetime, fallen: timedelta) -> None:
        """Everything that waits for another try is tried now: too early does no harm, an hour too late would."""
        log.warning("the clock fell back", seconds=round(fallen.total_seconds()))
        async with writing(self.engine) as conn:
            for table in (t.inbox, t.outbox, t.medium):
                await conn.execute(update(table).where(table.c.next_try_at > now).values(next_try_at=None))
            await conn.execute(update(t.group).where(t.group.c.blocked_until > now).values(blocked_until=None))
