"""How the program ends: told to, by a fault of its own, by a rival; each with a code that a service manager reads."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.database import open_engine
from bot.failpoints import PLACES, VARIABLE, Failpoint, Struck
from bot.settings import SECRETS, Settings
from playground.server import Playground
from tests.listening import LISTENER
from tests.stories.test_killed import MortalTown
from tests.town import QIU, STALL, TOKEN, town_config

REPO = Path(__file__).parent.parent.parent


class Process:
    """`qunban run` on its own."""

    def __init__(self, settings: Settings, folder: Path, api: str) -> None:
        self.settings, self.folder, self.api = settings, folder, api
        self.running: list[asyncio.subprocess.Process] = []

    async def start(self, program: str = "", **variables: str) -> asyncio.subprocess.Process:
        """Another one, with the same configuration; `program`: this one in its place."""
        file = self.folder / "config.json"
        file.write_text(json.dumps(self.settings.model_dump(mode="json", exclude=set(SECRETS.values()))), "utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QUNBAN_")}
        ours = {"QUNBAN_TELEGRAM_TOKEN": TOKEN, "QUNBAN_TELEGRAM_API": self.api, "PYTHONPATH": str(REPO)}
        which = ("-c", program) if program else ("-m", "bot")
        made = await asyncio.create_subprocess_exec(
            sys.executable, *which, "run", "--config", str(file), env={**kept, **ours, **variables},
            cwd=self.folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self.running.append(made)
        return made

    async def end(self) -> None:
        """Whatever still runs is killed."""
        for one in self.running:
            if one.returncode is None:
                one.kill()
            await one.communicate()


@pytest.fixture
async def play() -> AsyncIterator[Playground]:
    """A playground alone."""
    made = Playground(town_config(), TOKEN, pacing=False)
    await made.start(port=0)
    yield made
    await made.stop()


@pytest.fixture
async def process(settings: Settings, tmp_path: Path, play: Playground) -> AsyncIterator[Process]:
    """Starts programs in that playground."""
    made = Process(settings, tmp_path, play.url)
    yield made
    await made.end()


async def _asked(play: Playground, method: str, times: int = 1) -> None:
    """Wait until a method was called so often."""
    for _ in range(1500):
        if sum(call["method"].lower() == method for call in play.world.calls) >= times:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{method} was not called {times} times")


async def _began(running: asyncio.subprocess.Process) -> None:
    """Wait for the sentence that it runs."""
    assert running.stdout is not None
    async with asyncio.timeout(30):
        told = await running.stdout.readline()
    LISTENER.hear(told)
    assert "在运行" in told.decode()


async def test_second_program_on_the_same_database_says_so_and_leaves(process: Process) -> None:
    """One sentence, exit code 75, and the first goes on; when that is gone another start finds the place free."""
    first = await process.start()
    await _began(first)
    second = await process.start()
    async with asyncio.timeout(30):
        _, said = await second.communicate()
    assert second.returncode == 75
    assert "另一个群办正用着这个数据库" in said.decode()
    assert first.returncode is None
    first.kill()
    await first.communicate()
    third = await process.start()
    await _began(third)


@pytest.mark.parametrize("signed", [signal.SIGTERM, signal.SIGINT])
async def test_program_is_told_to_stop_and_has_left_within_five_seconds(process: Process, signed: int) -> None:
    """Exit code 0."""
    running = await process.start()
    await _began(running)
    begun = time.monotonic()
    running.send_signal(signed)
    await running.communicate()
    assert running.returncode == 0
    assert time.monotonic() - begun < 5


async def test_program_is_told_to_stop_before_telegram_answered(process: Process) -> None:
    """Nobody is there at the other end, and it would wait for ever: it leaves all the same, with 0."""
    asked = asyncio.Event()

    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        asked.set()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as nobody:
        process.api = f"http://127.0.0.1:{nobody.sockets[0].getsockname()[1]}"
        running = await process.start()
        async with asyncio.timeout(30):
            await asked.wait()
        begun = time.monotonic()
        running.terminate()
        await running.communicate()
        assert running.returncode == 0
        assert time.monotonic() - begun < 5


@asynccontextmanager
async def shut(database: str) -> AsyncIterator[None]:
    """Somebody else is in the database, and nobody writes meanwhile."""
    if database.startswith("sqlite"):
        file = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
        with closing(file) as conn:
            await asyncio.to_thread(conn.execute, "BEGIN IMMEDIATE")
            yield
        return
    engine = open_engine(database)
    try:
        async with engine.begin() as held:
            await held.execute(text("LOCK TABLE inbox, outbox, due_job IN ACCESS EXCLUSIVE MODE"))
            yield
    finally:
        await engine.dispose()


async def test_program_is_told_to_stop_while_another_holds_the_database(process: Process, play: Playground) -> None:
    """The door is shut by somebody else, and something waits to be stored: it does not wait the thirty seconds."""
    running = await process.start()
    await _began(running)
    async with shut(process.settings.database):
        fetches = sum(call["method"].lower() == "getupdates" for call in play.world.calls)
        play.world.say(QIU, -1001001, STALL)
        await _asked(play, "getupdates", fetches + 1)
        begun = time.monotonic()
        running.terminate()
        await running.communicate()
        assert running.returncode == 0
        assert time.monotonic() - begun < 5.5


@pytest.mark.parametrize("place", ["committed", "claimed", "fetched"])
async def test_task_that_dies_ends_the_program_with_seventy(process: Process, play: Playground, place: str) -> None:
    """Worker, courier and receiver: any of them takes the program down, with one line that says which."""
    running = await process.start(**{VARIABLE: f"{place}:1:raise"})
    play.world.say(QIU, -1001001, STALL)
    async with asyncio.timeout(30):
        _, said = await running.communicate()
    lines = said.decode()
    assert running.returncode == 70
    assert "task died" in lines
    assert f"Struck: {place}" in lines


QUICK = """
from channels.telegram import rivalry
rivalry.PAUSE_SECONDS, rivalry.YOUNG_SECONDS = 0.3, 2.0
from bot.__main__ import app
app()
"""
"""The program, whose times of a conflict are a fraction of what they are; all else is as it is."""


async def test_second_program_with_the_same_token_on_another_database_says_so_and_leaves(
    process: Process, play: Playground, tmp_path: Path
) -> None:
    """The newcomer leaves with 75 and a sentence, though the first began but now, and though people talk meanwhile."""
    first = await process.start(QUICK)
    await _began(first)
    await _asked(play, "getupdates")
    await asyncio.sleep(2.1)  # undisturbed for longer than any rival would leave it
    (tmp_path / "elsewhere").mkdir()
    elsewhere = {"database": f"sqlite:///{tmp_path}/elsewhere/q.db", "data": f"{tmp_path}/elsewhere"}
    other = Process(process.settings.model_copy(update=elsewhere), tmp_path / "elsewhere", play.url)
    talk = asyncio.get_running_loop().create_task(_talk(play))
    try:
        second = await other.start(QUICK)
        async with asyncio.timeout(80):
            _, said = await second.communicate()
        assert second.returncode == 75
        assert "一个令牌只能有一个程序收" in said.decode()
        await asyncio.sleep(0.5)
        assert first.returncode is None
    finally:
        talk.cancel()
        await asyncio.gather(talk, return_exceptions=True)
        await other.end()
    play.world.say(QIU, -1001001, STALL)
    await _asked(play, "sendmessage")


async def _talk(play: Playground) -> None:
    while True:
        play.world.say(QIU, -1001001, "早上好")
        await asyncio.sleep(0.5)


# --- failpoints ------------------------------------------------------------------------------------------------------


def _places(source: Iterable[Path]) -> list[str]:
    found = []
    for file in source:
        words = file.read_text(encoding="utf-8").split('passing("')[1:]
        found += [word.partition('"')[0] for word in words]
    return found


def test_every_failpoint_that_has_a_name_has_a_place() -> None:
    """And no place is passed that has no name."""
    assert sorted(_places((REPO / "bot").glob("*.py"))) == sorted(PLACES)


@pytest.mark.parametrize("armed", ["nowhere", "sent:x", "sent:1:explode", "sent:-1"])
def test_failpoint_that_is_not_understood_is_refused(armed: str) -> None:
    """A harness that misspells a place would prove nothing."""
    with pytest.raises(ValueError, match="places: "):
        Failpoint(armed)


def test_failpoint_strikes_at_the_nth_passing_and_nowhere_else() -> None:
    """Counted at its own place only; unarmed it never does anything."""
    armed = Failpoint("sent:2:raise")
    armed.passing("claimed")
    armed.passing("sent")
    with pytest.raises(Struck):
        armed.passing("sent")
    passing: Callable[[str], None] = Failpoint().passing
    for place in PLACES:
        passing(place)


async def test_program_killed_in_mid_migration_migrates_at_the_next_start(settings: Settings, tmp_path: Path) -> None:
    """The schema is changed whole or not at all: after two deaths the third start has it, and works."""
    town = MortalTown(settings, tmp_path)
    await town.play.start(port=0)
    try:
        for _ in range(2):
            await town.start_bot(**{VARIABLE: "migrating"})
            assert await town.killed()
        await town.start_bot()
        town.says(QIU, STALL)
        await town.sees("#1 ", seconds=60)
    finally:
        await town.shut()
