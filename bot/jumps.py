"""The machine's clock is put back: what was to be tried again in two seconds must not wait until the old time comes."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from ledger.store import writing
from models import tables as t

log = structlog.get_logger()
NOTICED = timedelta(seconds=10)


class Jumps:
    """Looks at the clock now and then."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._latest: datetime | None = None

    async def look(self, now: datetime) -> None:
        """Where the clock fell back since the last look, or while no program ran, nothing waits by the old time."""
        latest, self._latest = self._latest or await self._sent_last() or now, now
        if latest - now > NOTICED:
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
