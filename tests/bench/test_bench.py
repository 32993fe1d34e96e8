"""The benches at a tiny size, so that they do not rot; and that no figure is given of work that was not done."""

import asyncio
import json
import re
import sys
from pathlib import Path

import pytest

from bench import load, replayed, subjects
from bench.figures import Figure, at_part
from bench.floods import burst
from bench.ground import WorkNotDoneError, environment
from bench.subjects import Subject

ROWS = {
    "chatter": {"90 % chatter": 2},
    "burst": {"burst of complaints": 2},
    "latency": {"message to receipt, p50": 2, "message to receipt, p99": 2},
    "replay": {"replay of a long export": 1, "replay, peak memory": 1, "the same chat once, peak memory": 1},
}
THREE = re.compile(r"[\d,.]+ / [\d,.]+ / [\d,.]+")


async def _bench(*arguments: str) -> tuple[int | None, str]:
    """What `python -m bench …` says."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench", *arguments, env=environment(), cwd=Path(__file__).parent.parent.parent,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await running.communicate()
    return running.returncode, said.decode()


@pytest.mark.parametrize("name", ROWS)
async def test_bench_run_once_at_a_hundredth_gives_figures_for_all_who_are_measured(name: str) -> None:
    """Each bench starts what it measures, checks the work, and prints minimum, median and maximum."""
    code, said = await _bench("--rounds", "1", "--scale", "0.01", "--only", name)
    assert code == 0, said
    for row, subjects_measured in ROWS[name].items():
        line = next(line for line in said.splitlines() if line.startswith(row))
        ratios = subjects_measured - 1
        assert len(THREE.findall(line)) == subjects_measured + ratios, line


async def test_somebody_who_asks_for_help_reads_the_options() -> None:
    """`--help` names them."""
    code, said = await _bench("--help")
    assert code == 0
    assert all(option in said for option in ("--rounds", "--only", "--scale"))


@pytest.mark.parametrize(
    ("program", "why"),
    [("import time; time.sleep(60)", "waited in vain for 10 messages"), ("raise SystemExit(3)", "ended by itself")],
)
async def test_bot_that_does_nothing_gets_no_figure(program: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a bot that sleeps nor one that ends is fast."""
    monkeypatch.setattr(subjects, "PATIENCE_SECONDS", 1)
    with pytest.raises(WorkNotDoneError, match=why):
        await burst(Subject("idle", lambda _config, _database: ["-c", program]), 0.01)


def test_load_gives_every_complaint_its_own_person_and_place() -> None:
    """Nothing in the load is a matter that may be joined to another, so that the tickets can be counted."""
    lines = load.talk(5000, 1000)
    complaints = [line for line in lines if line.complains]
    assert (len(lines), len(complaints)) == (5000, 1000)
    assert len({line.user for line in complaints}) == 1000
    assert len({line.text.partition("号")[0] for line in complaints}) == 1000
    assert lines == load.talk(5000, 1000)


def test_repeated_chat_has_rising_ids_and_times_and_replies_within_its_own_copy(tmp_path: Path) -> None:
    """Copies do not overlap."""
    chat = [
        {"id": 5, "type": "message", "date_unixtime": "1000", "text": "a"},
        {"id": 9, "type": "message", "date_unixtime": "90000", "text": "b", "reply_to_message_id": 5},
    ]
    path = tmp_path / "chat.export.json"
    assert replayed.write(path, chat, None, 6) == 6
    messages = json.loads(path.read_text(encoding="utf-8"))["messages"]
    assert [m["id"] for m in messages] == [5, 9, 14, 18, 23, 27]
    assert [m.get("reply_to_message_id") for m in messages] == [None, 5, None, 14, None, 23]
    times = [int(m["date_unixtime"]) for m in messages]
    assert times == sorted(set(times))


def test_replay_that_drops_tickets_gets_no_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the chat and as many tickets as once: something was not read."""
    monkeypatch.setattr(replayed, "source", lambda: (replayed._generated(), None))
    monkeypatch.setattr(replayed, "run", lambda _path, messages: replayed.Ran(messages, 40, 1.0, 50.0))
    with pytest.raises(WorkNotDoneError, match="40 tickets in one chat, 40 in 2"):
        replayed.replays(tmp_path, 2000 / replayed.MESSAGES)


def test_figures_compare_round_by_round_and_less_is_better_for_time() -> None:
    """Ratios are taken within a round; the rank is the nearest."""
    assert Figure("a", "b", ours=[10, 30], theirs=[5, 10]).ratios() == [2, 3]
    assert Figure("a", "ms", less_is_better=True, ours=[10], theirs=[5]).ratios() == [0.5]
    assert (at_part([1, 2, 3, 4], 0.5), at_part([1, 2, 3, 4], 0.99), at_part([7], 0.5)) == (2, 4, 7)


async def test_years_are_written_and_measured(tmp_path: Path) -> None:
    """A small city: as many tickets and events as were asked for, and figures of all that is measured."""
    database = f"sqlite:///{tmp_path}/y.db"
    for words in (("seed", database, "--tickets", "3000", "--events", "2"), ("measure", database, "--rounds", "2")):
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.year", *words, env=environment(), cwd=Path(__file__).parent.parent.parent,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await running.communicate()
        assert running.returncode == 0, said.decode()
    for name in ("month, whole", "month, sliced", "year, whole", "year, sliced", "tickets behind a number"):
        assert name in said.decode()
