"""The right to work on a database: one program holds it, and loses it by its end, whatever ends it.

SQLite: an exclusive transaction in a file beside the database. PostgreSQL: an advisory lock of a connection kept for
that. Both are let go of by the system itself when the process dies, so that a start after a crash need not wait.
"""

import asyncio
import sqlite3
from typing import Any

import structlog

from bot.errors import safely
from bot.weather import outlast
from channels.channel import RivalFound

log = structlog.get_logger()
KEY = 0x71756E6C656173
PATIENCE_SECONDS = 6.0
"""An older program that was told to stop has five; who still holds on after that means to stay."""
LOOK_SECONDS = 0.1
HOLD_SECONDS = 2.0
ALIVE = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
"""A machine that vanished without a word has let go after half a minute."""
RIVAL = "另一个群办正用着这个数据库：一个数据库只能有一个群办在运行，请先停掉另一个"


class Lease:
    """Take it before working, hold it while working, release it at the end."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._held: Any = None

    async def take(self) -> bool:
        """Take it if nobody has it."""
        if self._held is None:
            self._held = await self._lock()
        return self._held is not None

    async def insist(self, seconds: float | None) -> None:
        """Take it, waiting so long for who has it, or for ever. Raises RivalFound."""
        loop = asyncio.get_running_loop()
        end = None if seconds is None else loop.time() + seconds
        waited = False
        while not await self.take():
            if end is not None and loop.time() >= end:
                raise RivalFound(RIVAL)
            if not waited:
                log.info("waiting for another program to stop")
                waited = True
            await asyncio.sleep(LOOK_SECONDS)

    async def hold(self) -> None:
        """For ever. A connection that was cut is made anew. Raises RivalFound where somebody else was quicker."""
        while True:
            await asyncio.sleep(HOLD_SECONDS)
            if self._url.startswith("sqlite"):
                continue
            try:
                await self._held.fetchval("SELECT 1")
            except Exception as error:  # noqa: BLE001 - whatever cut it, the lock went with the connection
                log.warning("the lease was cut off, taking it again", error=safely(error))
                await self.release()
                await outlast(lambda: self.insist(PATIENCE_SECONDS), "lease")

    async def release(self) -> None:
        """Let go of it."""
        held, self._held = self._held, None
        if isinstance(held, sqlite3.Connection):
            held.close()
        elif held is not None:
            held.terminate()

    async def _lock(self) -> Any:
        if self._url.startswith("sqlite"):
            return _lock_file(self._url.removeprefix("sqlite:///") + ".lease")
        return await _lock_session(self._url)


def _lock_file(path: str) -> sqlite3.Connection | None:
    conn = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        conn.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        conn.close()
        if "locked" in str(error):
            return None
        raise
    return conn


async def _lock_session(url: str) -> Any:
    import asyncpg  # noqa: PLC0415 - only where PostgreSQL is used

    conn = await asyncpg.connect(url, server_settings=ALIVE, timeout=10)
    if await conn.fetchval("SELECT pg_try_advisory_lock($1)", KEY):
        return conn
    await conn.close()
    return None
