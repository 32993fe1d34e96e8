"""The nightly backup: a due row of its own kind, done outside a unit of work and moved to the next night."""

import asyncio
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.archive import ArchiveRefused
from bot.backup import Source, backup, rotate
from bot.bell import Bell
from bot.blocks import Backup
from ledger.store import writing
from models import tables as t
from models.clock import Clock
from models.digests import next_night

log = structlog.get_logger()
LOOK_SECONDS = 30.0
AGAIN = timedelta(hours=1)
KEY = "backup"


class Nightly:
    """Makes a backup when its row is due; one that fails is tried again in an hour."""

    def __init__(self, source: Source, block: Backup, zone: ZoneInfo, clock: Clock) -> None:
        self.source, self.block, self.zone, self.clock = source, block, zone, clock
        self._one_at_a_time = asyncio.Lock()

    @property
    def engine(self) -> AsyncEngine:
        """Where the due row is."""
        return self.source.engine

    async def plan(self) -> None:
        """Write the row at the start, or take it away where backups are off; one that was missed stays due."""
        key, next_at = t.job.c.key == KEY, next_night(self.clock.now(), time.fromisoformat(self.block.at), self.zone)
        async with writing(self.engine) as conn:
            if not self.block.directory:
                await conn.execute(delete(t.job).where(key))
                return
            found = (await conn.execute(select(t.job.c.due_at).where(key))).scalar()
            if found is None:
                await conn.execute(insert(t.job).values(key=KEY, kind=KEY, due_at=next_at, payload={}))
            elif found > self.clock.now():
                await conn.execute(update(t.job).where(key).values(due_at=next_at))

    async def run(self, bell: Bell) -> None:
        """For ever."""
        while True:
            await self.once()
            await bell.wait(LOOK_SECONDS)

    async def once(self) -> bool:
        """Make the backup if it is due; whether it was. Never two at a time."""
        async with self._one_at_a_time:
            return await self._once()

    async def _once(self) -> bool:
        query = select(t.job).where(t.job.c.key == KEY, t.job.c.due_at <= self.clock.now())
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            row = (await conn.execute(query)).one_or_none()
        if row is None:
            return False
        await self._note(await self._make(row))
        return True

    async def _make(self, row: Row[Any]) -> dict[str, Any]:
        folder, now = Path(self.block.directory), self.clock.now()
        try:
            file, manifest = await backup(self.source, folder, now)
            await asyncio.to_thread(rotate, folder, self.block.keep)
        except (ArchiveRefused, OSError) as error:
            log.error("a backup failed", error=str(error)[:300], tries=row.attempts + 1)  # noqa: TRY400 - one line says it
            return {"attempts": row.attempts + 1, "due_at": now + AGAIN, "last_error": str(error)[:500]}
        log.info("backed up", file=file.name, rows=manifest.rows, photos=len(manifest.media))
        made = {"made_at": now.isoformat(), "file": file.name}
        next_at = next_night(now, time.fromisoformat(self.block.at), self.zone)
        return {"attempts": 0, "due_at": next_at, "last_error": None, "payload": made}

    async def _note(self, values: dict[str, Any]) -> None:
        async with writing(self.engine) as conn:
            await conn.execute(update(t.job).where(t.job.c.key == KEY).values(**values))
