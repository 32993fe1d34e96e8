"""The playground in a process of its own, without pacing, and what the benches do there over HTTP."""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bench import load
from bench.load import Line

REPO = Path(__file__).parent.parent
TOKEN = "8721:bench"  # noqa: S105 - the playground's
STOP_SECONDS = 10
Json = dict[str, Any]
Said = dict[tuple[int, int], float]
"""When a complaint was handed to the playground, by chat and message."""


class WorkNotDoneError(Exception):
    """A figure would be of work that was not done."""


def environment(**more: str) -> dict[str, str]:
    """The machine's variables without proxies and without settings of ours."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("QUNBAN_") and not k.lower().endswith("_proxy")}
    return {**kept, "PYTHONPATH": str(REPO), **more}


@asynccontextmanager
async def process(arguments: list[str], folder: Path, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process that is ended with the block; what it complains of goes to a file."""
    with (folder / f"{arguments[1]}.err").open("wb") as errors:
        running = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=folder, env=environment(**variables),
            stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        try:
            yield running
        finally:
            await _end(running)


async def _end(running: asyncio.subprocess.Process) -> None:
    if running.returncode is None:
        running.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await running.communicate()
    except TimeoutError:
        running.kill()
        await running.communicate()


class Ground:
    """A playground that runs."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url
        self._calls: list[Json] = []

    @property
    def heard(self) -> int:
        """How many calls are known."""
        return len(self._calls)

    async def say(self, line: Line) -> tuple[tuple[int, int], float]:
        """A person says it; chat and message, and the moment before it was handed over."""
        given = {"as": line.user, "chat": line.chat, "text": line.text}
        at = time.time()
        async with self.session.post(f"{self.url}/play/say", json=given) as answer:
            found = await answer.json()
        if "message_id" not in found:
            raise WorkNotDoneError(f"the playground refused a message: {found}")
        return (line.chat, found["message_id"]), at

    async def say_all(self, lines: list[Line]) -> Said:
        """All of it as fast as it goes, in order in each chat; gives back the complaints."""
        by_chat: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            by_chat[line.chat].append(line)
        said: Said = {}

        async def chat(part: list[Line]) -> None:
            for line in part:
                where, at = await self.say(line)
                if line.complains:
                    said[where] = at

        async with asyncio.TaskGroup() as tasks:
            for part in by_chat.values():
                tasks.create_task(chat(part))
        return said

    async def calls(self) -> list[Json]:
        """All that the bot called so far, by the playground's own log."""
        since = self._calls[-1]["n"] + 1 if self._calls else 0
        async with self.session.get(f"{self.url}/play/calls", params={"since": since}) as answer:
            self._calls += (await answer.json())["calls"]
        return self._calls


@asynccontextmanager
async def ground() -> AsyncIterator[tuple[Ground, Path]]:
    """A fresh playground and a fresh folder."""
    with tempfile.TemporaryDirectory(prefix="qunban-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        world = folder / "world.json"
        world.write_text(json.dumps(load.world()), encoding="utf-8")
        arguments = ["-m", "playground", "--world", str(world), "--port", "0", "--token", TOKEN, "--no-pacing"]
        async with process(arguments, folder) as running, aiohttp.ClientSession() as session:
            first = (await running.stdout.readline()).decode() if running.stdout else ""
            address = next((word for word in first.split() if word.startswith("http")), None)
            if address is None:
                raise WorkNotDoneError(f"the playground did not start: {(folder / 'playground.err').read_text()}")
            yield Ground(session, address.rstrip("/")), folder
