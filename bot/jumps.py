"""The machine's clock is put back: what was to be tried again in two seconds must not wait until the old time comes."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from ledger.store import writing
from models import tables as t

log = structlog.get_logger()
NOTICED = timedelta(seconds=10)


class Jumps:
    """Looks at the clock now and then."""

    def __init__(self) -> None:
        self._latest: datetime | None = None

    def back(self, now: datetime) -> timedelta | None:
        """How far the clock fell back since the last look; None where it did not."""
        latest, self._latest = self._latest, now
        return latest - now if latest is not None and latest - now > NOTICED else None


async def put_right(engine: AsyncEngine, now: datetime, fallen: timedelta) -> None:
    """Everything that waits for another try is tried now: too early does no harm, an hour too late would."""
    log.warning("the clock fell back", seconds=round(fallen.total_seconds()))
    async with writing(engine) as conn:
        for table in (t.inbox, t.outbox, t.medium):
            await conn.execute(update(table).where(table.c.next_try_at > now).values(next_try_at=None))
        await conn.execute(update(t.group).where(t.group.c.blocked_until > now).values(blocked_until=None))
