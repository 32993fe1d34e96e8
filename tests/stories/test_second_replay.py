"""What a second reader is worth is measured on an export, and measured again without any server."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import ANY

import pytest

from tests.bot.test_replay import export, line
from tests.llm import Json, Llm, answer, asked, opening

REPO = Path(__file__).parent.parent.parent
KEY = "sk-very-secret-key"
HINT = "对面灯不怎么亮"
TALK = [
    line(1, "静姐", "早上好，今天风真大"),
    line(2, "邱女士", HINT, 1),
    line(3, "邱女士", "", 2, location_information={"latitude": 34.5937, "longitude": 119.2213}),
    line(4, "老张", "门口井盖没了，太危险，快来修", 3),
    line(5, "静姐", "邱女士电话13912345678多少来着", 4),
]


@pytest.fixture
async def llm() -> AsyncIterator[Llm]:
    """A server that hears what the first reader does not."""
    made = Llm()
    made.mind = lambda data: (
        opening(data, "01038", places=[{"message": data["asked"], "text": "对面"}])
        if HINT in asked(data)["text"]
        else (opening(data, "01002") if "井盖" in asked(data)["text"] else answer())
    )
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """The export, and settings by which nothing is sure."""
    config = {
        "groups": [],
        "talk": {"open_at": 0.4, "ask_at": 0.39},
        "second_reader": {"unsure_from": 0, "unsure_to": 1},
    }
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return export(tmp_path, TALK)


async def qunban(street: Path, *words: str) -> tuple[int, list[Json], str]:
    """`qunban replay` in a process of its own: exit code, tickets, what the person is told."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUNBAN_")}
    command = [sys.executable, "-m", "bot", "replay", str(street), "--json", "--config", "config.json", *words]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=street.parent, env={**kept, "PYTHONPATH": str(REPO), "QUNBAN_LLM_KEY": KEY, "COLUMNS": "200"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode or 0, [json.loads(row) for row in out.decode().splitlines()], err.decode()


def lines(path: Path) -> list[Json]:
    """The lines of a file."""
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


async def test_questions_are_written_and_answers_made_by_hand_show_their_gain(street: Path) -> None:
    """Nobody is asked; with a hand's answers there is a ticket more, with its matter, place and pin."""
    code, before, told = await qunban(street, "--llm-questions", "questions.jsonl")
    assert (code, [ticket["opens"] for ticket in before]) == (0, [4])
    questions = lines(street.parent / "questions.jsonl")
    assert f"拿不准的 {len(questions)} 条" in told
    assert all(set(row) == {"hash", "question", "answer", "error", "seconds"} for row in questions)
    assert "13912345678" not in (street.parent / "questions.jsonl").read_text(encoding="utf-8")
    [hint] = [row for row in questions if HINT in asked(_data(row))["text"]]
    data = _data(hint)
    made = opening(data, "01038", places=[{"message": data["asked"], "text": "对面"}])
    (street.parent / "answers.jsonl").write_text(
        json.dumps({"hash": hint["hash"], "answer": made}) + "\n", encoding="utf-8"
    )
    code, after, told = await qunban(street, "--llm-answers", "answers.jsonl")
    assert (code, [ticket["opens"] for ticket in after]) == (0, [2, 4])
    [gain] = [ticket for ticket in after if ticket["opens"] == 2]
    assert (gain["matter"], gain["messages"], gain["place"]["spans"]) == ("01038", [2, 3], [[2, "对面"]])
    assert (gain["place"]["source"], gain["sure"]) == ("pin", True)
    assert "答了 1 条" in told
    assert f"文件里没有 {len(questions) - 1} 条" in told


async def test_answers_change_what_is_asked_after_them_and_the_rest_is_written(street: Path, llm: Llm) -> None:
    """Round by round, until nothing is missing: the same tickets as with the server itself."""
    asking = ("--llm", llm.url, "--llm-model", "qwen", "--llm-record", "record.jsonl")
    _, live, _ = await qunban(street, *asking)
    await qunban(street, "--llm-questions", "missing.jsonl")
    for _ in TALK:
        with (street.parent / "answers.jsonl").open("a", encoding="utf-8") as file:
            for row in lines(street.parent / "missing.jsonl"):
                made = llm.mind(_data(row))
                file.write(json.dumps({"hash": row["hash"], "answer": made}) + "\n")
        both = ("--llm-answers", "answers.jsonl", "--llm-questions", "missing.jsonl")
        _, tickets, _ = await qunban(street, *both)
        if not lines(street.parent / "missing.jsonl"):
            break
    assert tickets == live
    assert lines(street.parent / "missing.jsonl") == []


def _data(row: Json) -> Json:
    found: Json = json.loads(row["question"]["messages"][1]["content"])
    return found


async def test_what_was_recorded_replays_the_same_without_a_server(street: Path, llm: Llm) -> None:
    """The same lines, though the server is gone; a second recording asks the very same questions."""
    asking = ("--llm", llm.url, "--llm-model", "qwen", "--llm-record", "record.jsonl")
    code, live, told = await qunban(street, *asking)
    assert (code, [ticket["opens"] for ticket in live]) == (0, [2, 4])
    assert KEY not in told
    kept = (street.parent / "record.jsonl").read_text(encoding="utf-8")
    assert KEY not in kept
    assert len(llm.bodies) == len(kept.splitlines())
    assert [
        json.dumps(row, sort_keys=True, ensure_ascii=False) for row in lines(street.parent / "record.jsonl")
    ] == kept.splitlines()
    await llm.stop()
    code, again, _ = await qunban(street, "--llm-answers", "record.jsonl")
    assert (code, again) == (0, live)


async def test_second_recording_asks_the_same_questions(street: Path, llm: Llm) -> None:
    """Hashes do not change from one run to the next; an answer is kept though a later run got none."""
    asking = ("--llm", llm.url, "--llm-model", "qwen", "--llm-record", "record.jsonl")
    _, live, _ = await qunban(street, *asking)
    first = [row["hash"] for row in lines(street.parent / "record.jsonl")]
    assert await qunban(street, *asking) == (0, live, ANY)
    assert [row["hash"] for row in lines(street.parent / "record.jsonl")] == first * 2
    llm.mood = "error500"
    _, without, told = await qunban(street, *asking)
    assert [ticket["opens"] for ticket in without] == [4]
    assert "答了 0 条" in told
    assert lines(street.parent / "record.jsonl")[-1]["error"] == "status 500"
    _, again, _ = await qunban(street, "--llm-answers", "record.jsonl")
    assert again == live


async def test_answers_that_may_not_be_used_leave_the_local_decision(street: Path) -> None:
    """A foreign matter, prose, nothing at all: the tickets are those of the first reader alone."""
    await qunban(street, "--llm-questions", "questions.jsonl")
    odd = [opening({"asked": "m1"}, "99999"), "好的，已开单", None]
    rows = lines(street.parent / "questions.jsonl")
    with (street.parent / "answers.jsonl").open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            file.write(json.dumps({"hash": row["hash"], "answer": odd[number % 3]}) + "\n")
    code, tickets, told = await qunban(street, "--llm-answers", "answers.jsonl")
    assert (code, [ticket["opens"] for ticket in tickets]) == (0, [4])
    assert "答了 0 条" in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--llm", "http://127.0.0.1:9/v1", "--llm-answers", "a.jsonl"], "--llm 不能和"),
        (["--llm", "http://127.0.0.1:9/v1", "--llm-questions", "q.jsonl"], "--llm 不能和"),
        (["--llm-record", "r.jsonl"], "--llm-record 要和 --llm 一起用"),
        (["--llm-answers", "a.jsonl", "--llm-model", "qwen"], "--llm-model 要和 --llm 一起用"),
        (["--llm", "http://127.0.0.1:9/v1"], "请用 --llm-model"),
        (["--llm", "127.0.0.1:9", "--llm-model", "qwen"], "--llm 的地址不完整"),
        (["--llm", "http://me:secret@127.0.0.1:9/v1", "--llm-model", "qwen"], "QUNBAN_LLM_KEY"),
        (["--llm-answers", "nothing.jsonl"], "打不开 nothing.jsonl"),
        (["--llm-answers", "broken.jsonl"], "broken.jsonl 第2行"),
        (["--llm-questions", "no/such/folder.jsonl"], "写不了 folder.jsonl"),
    ],
)
async def test_options_that_make_no_sense_are_one_plain_sentence(street: Path, words: list[str], sentence: str) -> None:
    """Exit 1, nothing asked, nothing printed but what is wrong."""
    (street.parent / "broken.jsonl").write_text('{"hash": "x", "answer": null}\n{"hash": "y"}\n', encoding="utf-8")
    code, tickets, told = await qunban(street, *words)
    assert (code, tickets) == (1, [])
    assert sentence in " ".join(told.split())
    assert "Traceback" not in told
