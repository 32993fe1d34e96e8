"""The harness of faults at a small size: its figures hold on both databases, and it sees what is broken."""

import asyncio
import sys
import time
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update

from bench import load
from bench.chaos.audit import _excused, audit
from bench.chaos.crowd import Crowd
from bench.chaos.ground import LONG_AGO, Ground, ground
from bench.chaos.kills import Killer, kills
from bench.ground import environment
from bot.failpoints import PLACES
from ledger.store import writing
from models import tables as t
from models.terms import STEPS

ROUNDS = 5


def _silent(_words: str) -> None:
    """Nobody watches."""


@pytest.mark.timeout(300)
async def test_bot_killed_a_few_times_under_load_keeps_every_promise(database: str) -> None:
    """Each complaint one ticket, one receipt, one card; a copy only where an answer was lost; every press once."""
    found = await kills(database, ROUNDS, 7, _silent)
    assert found.broken == []
    assert found.figures["deaths"] == ROUNDS
    assert int(found.figures["tickets"]) == int(found.figures["complaints said"]) > 0


@pytest.mark.timeout(300)
async def test_bot_dies_at_every_place_in_turn_and_keeps_every_promise(database: str) -> None:
    """Each numbered failpoint once, in the order in which they are listed; what was under way goes on each time."""
    async with ground(database) as at:
        crowd = Crowd(at, Random(3))
        for place in PLACES:
            if place in {"due", "packed"}:
                await _have_due(at, place)
            await at.start(place)
            await crowd.complain(0)
            assert await at.dies(30), place
            await at.kill()
        await at.start()
        await at.rest()
        crowd.press_copies()
        await at.rest()
        found = await audit(at, crowd.said)
    assert found.broken == []
    assert found.figures["tickets"] == found.figures["complaints said"] == len(PLACES)


async def _have_due(at: Ground, place: str) -> None:
    """Tonight's backup, or a word about a deadline."""
    keys = t.job.c.key == "backup" if place == "packed" else t.job.c.kind.in_(STEPS)
    async with writing(at.engine) as conn:
        assert (await conn.execute(update(t.job).where(keys).values(due_at=LONG_AGO))).rowcount


def test_every_place_is_tried_as_often_as_any_other() -> None:
    """In two dozen rounds each failpoint has had its turn."""
    killer = Killer.__new__(Killer)
    killer.chance, killer._left = Random(1), []
    tried = [killer._choice() for _ in range(len(PLACES) * 3 // 2)]
    assert {place: tried.count(place) for place in PLACES} == dict.fromkeys(PLACES, 1)


@pytest.mark.timeout(180)
async def test_harness_sees_what_was_lost_and_what_was_doubled(tmp_path: Path) -> None:
    """A complaint that the bot never heard, a receipt that it never sent, a second card: each is named."""
    async with ground(f"sqlite:///{tmp_path}/q.db") as at:
        crowd = Crowd(at, Random(1))
        await at.start()
        assert await at.alive()
        for _ in range(3):
            await crowd.complain(0)
        await at.rest()
        assert (await audit(at, crowd.said)).broken == []
        crowd.said.complaints[load.chat_of(0), 999_999] = time.time()
        sent = next(
            c for c in at.world.calls if c["ok"] and c["method"] == "sendMessage" and "接单" in str(c["params"])
        )
        at.world.calls.append(sent)
        told = (await audit(at, crowd.said)).broken
    assert any(sentence.startswith("complaints lost: 1") for sentence in told)
    assert any(sentence.startswith("cards doubled: 1") for sentence in told)


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (["flood", "--seconds", "3"], ["messages of the flood", "word to receipt, flood, p99, ms"]),
        (["soak", "--minutes", "0.1", "--rate", "20"], ["complaints lost", "p99, ms", "memory at the end, MB"]),
    ],
    ids=["flood", "soak"],
)  # fmt: skip
async def test_command_prints_its_figures(words: list[str], rows: list[str]) -> None:
    """A short one of each; what took how long is not judged here, what was lost is."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.chaos", *words, env=environment(), cwd=Path(__file__).parent.parent.parent,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said = (await running.communicate())[0].decode()
    assert all(row in said for row in rows), said
    assert not [line for line in said.splitlines() if line.startswith("broken") and "p99" not in line], said


@pytest.mark.parametrize(
    ("times", "deaths", "excused"),
    [
        ([(1.0, False)], [], True),
        ([(1.0, True), (2.0, False)], [], True),
        ([(1.0, False), (2.0, False)], [1.5], True),
        ([(1.0, False), (2.0, False)], [0.5, 2.5], False),
        ([(1.0, False), (2.0, True)], [], False),
        ([(1.0, True), (2.0, False), (3.0, False)], [], False),
        ([(1.0, True), (2.0, False), (3.0, False)], [2.5], True),
    ],
)
def test_second_sending_is_excused_by_a_lost_answer_before_it(
    times: list[tuple[float, bool]], deaths: list[float], excused: bool
) -> None:
    """On the line, or by a death between the two: one more for each, and never one without."""
    assert _excused(times, deaths) is excused
