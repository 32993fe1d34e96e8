"""The bot is killed (kill -9) in the middle of its work, again and again: nothing is lost, nothing is done twice."""

import asyncio
import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.__main__ import DIED, RIVAL
from bot.database import open_engine
from bot.settings import SECRETS, Settings
from tests.listening import LISTENER
from tests.sights import buttons
from tests.town import BAI, MERCHANTS, QIU, SQUAD, STALL, TOKEN, Town

REPO = Path(__file__).parent.parent.parent
STREETS = ["凤鸣路", "苍梧路", "科苑路", "瀛洲路", "学院路", "巨龙南路", "花果山大道", "海连东路", "朝阳中路", "郁洲路"]
RESTART_SECONDS = 0.2
STANDING = "SELECT state, count(*) AS n FROM outbox GROUP BY state"
Step = Callable[[], Awaitable[Any]]


class MortalTown(Town):
    """The playground here, the bot in a process of its own that can be killed."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        super().__init__(settings)
        self.folder = folder
        self.process: asyncio.subprocess.Process | None = None
        self.engine = open_engine(settings.database)
        self.deaths = 0
        self.watch: asyncio.Task[None] | None = None

    async def start_bot(self, **more: str) -> None:
        """Start the process, with more variables; it goes on where the last one was killed."""
        await self._spawn(more)
        self.watch = asyncio.create_task(self._watch(more))  # noqa: TID251 - ends with the process

    async def _watch(self, more: dict[str, str]) -> None:
        """As systemd does (deploy/qunban.service): who gives up because of what is around it is started again.

        A killed program's session with PostgreSQL may hold the lease for longer than the next one waits for it, on a
        machine where everything is slow.
        """
        while self.process is not None and await self.process.wait() in {RIVAL, DIED}:
            await asyncio.sleep(RESTART_SECONDS)
            await self._spawn(more)

    async def _spawn(self, more: dict[str, str]) -> None:
        file = self.folder / "config.json"
        file.write_text(json.dumps(self.settings.model_dump(mode="json", exclude=set(SECRETS.values()))), "utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QUNBAN_")}
        variables = {
            "QUNBAN_TELEGRAM_TOKEN": TOKEN,
            "QUNBAN_TELEGRAM_API": self.play.url,
            "PYTHONPATH": str(REPO),
            **more,
        }
        with (self.folder / "said.txt").open("ab") as said:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--config", str(file), env={**kept, **variables}, cwd=self.folder,
                stdout=said, stderr=said,
            )  # fmt: skip

    async def killed(self) -> bool:
        """Wait until it ends for good; whether a SIGKILL ended it."""
        assert self.watch is not None
        assert self.process is not None
        await self.watch
        return self.process.returncode == -signal.SIGKILL

    async def stop_bot(self) -> None:
        """Kill it."""
        if self.watch is not None:
            self.watch.cancel()
            await asyncio.wait([self.watch])
            self.watch = None
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()
        self.process = None

    async def dies(self, after: float) -> None:
        """Killed in a moment, started again."""
        await asyncio.sleep(after)
        await self.stop_bot()
        self.deaths += 1
        await self.start_bot()

    def newcomer(self, user: int, name: str) -> int:
        """Somebody who joins the merchants' group."""
        self.world.join(MERCHANTS, user, name)
        return user

    async def until(self, look: Callable[[], Any], what: str, seconds: float = 15) -> Any:
        """Wait until `look` finds something; in vain, what the bot last said is told."""
        try:
            return await super().until(look, what, seconds)
        except AssertionError as vain:
            said = (self.folder / "said.txt").read_text("utf-8", "replace")
            raise AssertionError(f"{vain}; the bot's last words: {said[-3000:]}") from None

    async def until_rows(self, query: str, seconds: float = 60) -> None:
        """Wait until a query finds something."""
        for _ in range(int(seconds * 20)):
            if await self.rows(query):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"waited in vain for {query}; there stands: {await self.rows(STANDING)}")

    async def shut(self) -> None:
        """Everything ends, and what the processes said is looked through."""
        await super().shut()
        await self.engine.dispose()
        said = self.folder / "said.txt"
        LISTENER.read(said)
        assert "task died" not in said.read_text("utf-8", "replace"), "it was started again, but not for what is around"

    async def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """What stands in the tables."""
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            return [dict(row) for row in (await conn.execute(text(query), values)).mappings()]


@pytest.fixture
async def mortal(settings: Settings, tmp_path: Path) -> AsyncIterator[MortalTown]:
    """A town whose bot can be killed, and answers each of many complaints by itself."""
    loud = settings.talk.model_copy(update={"answers_a_person": 1000, "answers_a_group": 10000})
    made = MortalTown(settings.model_copy(update={"talk": loud}), tmp_path)
    await made.open()
    try:
        yield made
    finally:
        await made.shut()


@pytest.mark.timeout(180)
async def test_bot_killed_after_every_step_finishes_the_newspapers_case(mortal: MortalTown) -> None:
    """Killed after each thing that anyone does: one ticket, one history, everybody sees the end."""
    chance = random.Random(721)

    async def press(who: int, label: str, chat: int) -> None:
        mortal.presses(who, await mortal.button(label, chat, 60), label)

    async def photo() -> None:
        card = await mortal.button("办结", SQUAD, 60)
        mortal.shows(BAI, SQUAD, reply_to=card["message_id"])

    async def resolve() -> None:
        await mortal.until_rows("SELECT 1 FROM ticket WHERE proofs = 1")
        await press(BAI, "办结", SQUAD)

    steps: list[Step] = [
        lambda: _now(mortal.says, QIU, STALL),
        lambda: _now(mortal.pins, QIU),
        lambda: press(BAI, "接单", SQUAD),
        lambda: press(BAI, "到场", SQUAD),
        photo,
        resolve,
        lambda: press(BAI, "管理", SQUAD),
        lambda: press(QIU, "满意", MERCHANTS),
    ]
    for step in steps:
        await step()
        await mortal.dies(after=chance.uniform(0, 0.15))
    await mortal.sees("谢谢您的评价", seconds=60)

    assert mortal.deaths == len(steps)
    [ticket] = await mortal.tickets()
    assert (ticket["status"], ticket["means"], ticket["round"]) == ("closed", "management", 1)
    moves = [
        r["action"] for r in await mortal.rows('SELECT action FROM ticket_event WHERE "before" <> after ORDER BY id')
    ]
    assert moves == ["dispatch", "accept", "arrive", "resolve", "confirm"]
    assert Counter(r["kind"] for r in await mortal.rows("SELECT kind FROM card")) == {
        "receipt": 1,
        "dispatch": 1,
        "result": 1,
    }


@pytest.mark.timeout(180)
async def test_bot_killed_under_a_burst_opens_one_ticket_for_each_complaint(mortal: MortalTown) -> None:
    """Sixty complaints while it dies six times: sixty tickets; a copy only where the answer of a sending was lost."""
    chance = random.Random(12345)
    people = [mortal.newcomer(8000 + n, f"路人{n}") for n in range(60)]
    said = {}
    for number, who in enumerate(people):
        words = f"{STREETS[number % 10]}{100 + number}号门口井盖没了，太危险，快来修"
        said[mortal.says(who, words)["message_id"]] = words
        if number == 0:
            await mortal.sees("#1 ", seconds=60)
        if number % 10 == 9:
            await mortal.dies(after=chance.uniform(0.0, 0.2))
            await asyncio.sleep(chance.uniform(0.5, 1.5))
    await mortal.until_rows("SELECT 1 WHERE (SELECT count(*) FROM ticket) = 60")
    await mortal.until_rows("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE state IN ('pending', 'sending'))")

    tickets = await mortal.tickets()
    assert {int(ticket["opens"]) for ticket in tickets} == set(said)
    assert len(tickets) == 60
    assert {row["state"] for row in await mortal.rows("SELECT state FROM inbox")} == {"done"}
    copies = Counter(m["reply_to_message"]["message_id"] for m in mortal.by_bot() if "reply_to_message" in m)
    assert set(copies) == set(said)
    assert max(copies.values()) <= 2
    cards = [m for m in mortal.by_bot(SQUAD) if buttons(m)]
    assert len({m["text"].split()[0] for m in cards}) == 60


async def _now(do: Callable[..., Any], *given: Any) -> None:
    do(*given)
