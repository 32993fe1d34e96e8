"""Who is measured: our bot and the baseline, each started as its own process on a fresh SQLite database."""

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import load
from bench.ground import TOKEN, Ground, Said, WorkNotDoneError, process

PATIENCE_SECONDS = 20
LOOK_SECONDS = 0.03
COUNTS = "SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM ticket)"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A bot: its name and how it is started with a configuration and a database."""

    name: str
    arguments: Callable[[Path, Path], list[str]]


QUNBAN = Subject("qunban", lambda config, _database: ["-m", "bot", "run", "--config", str(config)])
BASELINE = Subject("baseline", lambda config, database: ["-m", "bench.baseline", str(config), str(database)])
SUBJECTS = (QUNBAN, BASELINE)


class Running:
    """A bot at work, seen from outside: its tables, and what the playground heard of it."""

    def __init__(self, ground: Ground, database: Path, bot: asyncio.subprocess.Process, errors: Path) -> None:
        self.ground, self.database, self.bot, self.errors = ground, database, bot, errors

    def rows(self) -> tuple[int, int]:
        """Messages and tickets in its tables."""
        if not self.database.exists():
            return (0, 0)
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as conn:
                messages, tickets = conn.execute(COUNTS).fetchone()
        except sqlite3.OperationalError:
            return (0, 0)
        return (messages, tickets)

    async def until(self, true: Callable[[], Awaitable[bool]], what: str) -> float:
        """Wait for something; the moment when it was seen. Raises WorkNotDoneError where nothing moves any more."""
        stood, since = self._stand(), time.time()
        while not await true():
            if self.bot.returncode is not None:
                raise WorkNotDoneError(f"the bot ended by itself: {self.errors.read_text()[-2000:]}")
            if self._stand() != stood:
                stood, since = self._stand(), time.time()
            if time.time() - since > PATIENCE_SECONDS:
                raise WorkNotDoneError(f"waited in vain for {what}; there stand {self.rows()} messages and tickets")
            await asyncio.sleep(LOOK_SECONDS)
        return time.time()

    def _stand(self) -> tuple[tuple[int, int], int]:
        return self.rows(), self.ground.heard

    async def handled(self, messages: int, tickets: int) -> float:
        """When so many messages and tickets stood in the tables."""

        async def there() -> bool:
            found = self.rows()
            return found[0] >= messages and found[1] >= tickets

        return await self.until(there, f"{messages} messages and {tickets} tickets")

    async def told(self, said: Said) -> dict[tuple[int, int], float]:
        """When each complaint's receipt was sent, once every receipt and card is out. Raises WorkNotDoneError."""

        async def all_out() -> bool:
            calls = await self.ground.calls()
            return len(receipts(calls)) >= len(said) and len(cards(calls)) >= len(said)

        await self.until(all_out, f"{len(said)} receipts and cards")
        found = receipts(await self.ground.calls())
        if set(found) != set(said) or any(len(times) > 1 for times in found.values()):
            raise WorkNotDoneError("receipts went to the wrong messages, or twice")
        return {where: times[0] for where, times in found.items()}

    async def first_asked(self) -> float:
        """When it asked for updates the first time and got some."""
        times = (call["at"] for call in await self.ground.calls() if call["method"].lower() == "getupdates")
        return float(next(times))


def receipts(calls: list[Json]) -> dict[tuple[int, int], list[float]]:
    """When a reply with a ticket's number was sent, by chat and message that it replies to."""
    found: dict[tuple[int, int], list[float]] = {}
    for call in _sent(calls):
        reply = call["params"].get("reply_parameters")
        reply = json.loads(reply) if isinstance(reply, str) else reply
        if reply and int(call["params"]["chat_id"]) not in load.squad_chats():
            where = (int(call["params"]["chat_id"]), int(reply["message_id"]))
            found.setdefault(where, []).append(call["at"])
    return found


def cards(calls: list[Json]) -> dict[str, float]:
    """When the squads were given each ticket's card with buttons, by the ticket's number."""
    return {
        call["params"]["text"].partition("#")[2].split()[0]: call["at"]
        for call in _sent(calls)
        if int(call["params"]["chat_id"]) in load.squad_chats() and "接单" in str(_keys(call))
    }


def _keys(call: Json) -> Any:
    keys = call["params"].get("reply_markup")
    return json.loads(keys) if isinstance(keys, str) else keys


def _sent(calls: list[Json]) -> list[Json]:
    return [
        call
        for call in calls
        if call["ok"] and call["method"].lower() == "sendmessage" and "#" in call["params"]["text"]
    ]


@asynccontextmanager
async def bot(subject: Subject, ground: Ground, folder: Path, address: str | None = None) -> AsyncIterator[Running]:
    """The subject at work until the end of the block, on a fresh database or the one at an address."""
    config, database = folder / "config.json", folder / "bot.db"
    told = load.config() | {"database": address or f"sqlite:///{database}", "data": str(folder / "data")}
    config.write_text(json.dumps(told), encoding="utf-8")
    arguments = subject.arguments(config, database)
    variables = {"QUNBAN_TELEGRAM_TOKEN": TOKEN, "QUNBAN_TELEGRAM_API": ground.url}
    async with process(arguments, folder, **variables) as running:
        yield Running(ground, database, running, folder / f"{arguments[1]}.err")
