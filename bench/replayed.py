"""`qunban replay` on a long export: messages a second and peak memory, beside the same export once."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import load
from bench.ground import REPO, WorkNotDoneError, environment

CORPUS = REPO.parent / "shared" / "corpus" / "yuzhou-merchants.export.json"
MESSAGES = 1_000_000
DAY = 86_400
PEOPLE, GENERATED, GENERATED_COMPLAINTS = 60, 1000, 100
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run gave: messages read, tickets found, seconds, peak memory in MB."""

    messages: int
    lines: int
    seconds: float
    megabytes: float


def source() -> tuple[list[Json], Json | None]:
    """The chat that is repeated, and its roster: the corpus where it is there, else one made of the bench's words."""
    if not CORPUS.exists():
        return _generated(), None
    gold = CORPUS.with_name(CORPUS.name.replace(".export.json", ".gold.jsonl"))
    with gold.open(encoding="utf-8") as lines:
        roster: Json = json.loads(next(lines))
    messages: list[Json] = json.loads(CORPUS.read_text(encoding="utf-8"))["messages"]
    return messages, roster


def _generated() -> list[Json]:
    """A chat in Telegram Desktop's form, half a minute between two messages."""
    start = 1_772_404_862
    return [
        {
            "id": number, "type": "message", "date_unixtime": str(start + 30 * number), "from": f"person {line.user}",
            "from_id": f"user{line.user}", "text": line.text,
        }
        for number, line in enumerate(load.talk(GENERATED, GENERATED_COMPLAINTS), 1)
    ]  # fmt: skip


def write(path: Path, messages: list[Json], roster: Json | None, wanted: int) -> int:
    """The chat again and again, each time with later times and higher ids; how many messages, whole chats only."""
    span = int(messages[-1]["date_unixtime"]) - int(messages[0]["date_unixtime"])
    days, ids = span // DAY + 1, messages[-1]["id"]
    copies = max(1, wanted // len(messages))
    with path.open("w", encoding="utf-8") as file:
        file.write('{"name": "bench", "type": "private_supergroup", "id": 1, "messages": [\n')
        for copy in range(copies):
            for number, message in enumerate(messages):
                file.write(",\n" if copy or number else "")
                file.write(json.dumps(_later(message, copy * ids, copy * days * DAY), ensure_ascii=False))
        file.write("\n]}\n")
    if roster is not None:
        path.with_name("chat.roster.json").write_text(json.dumps(roster, ensure_ascii=False), encoding="utf-8")
    return copies * len(messages)


def _later(message: Json, ids: int, seconds: int) -> Json:
    moved = {**message, "id": message["id"] + ids, "date_unixtime": str(int(message["date_unixtime"]) + seconds)}
    if "reply_to_message_id" in message:
        moved["reply_to_message_id"] = message["reply_to_message_id"] + ids
    return moved


def run(path: Path, messages: int) -> Ran:
    """One replay in a process of its own. Raises WorkNotDoneError."""
    with tempfile.TemporaryFile() as lines, tempfile.TemporaryFile() as errors:
        begun = time.monotonic()
        arguments = [sys.executable, "-m", "bot", "replay", str(path), "--json"]
        running = subprocess.Popen(arguments, env=environment(), cwd=path.parent, stdout=lines, stderr=errors)
        _, status, used = os.wait4(running.pid, 0)
        seconds = time.monotonic() - begun
        running.returncode = os.waitstatus_to_exitcode(status)
        lines.seek(0)
        errors.seek(0)
        if running.returncode:
            raise WorkNotDoneError(f"replay ended with {running.returncode}: {errors.read().decode()[-2000:]}")
        unit = 1 if sys.platform == "darwin" else 1024
        return Ran(messages, sum(1 for _ in lines), seconds, used.ru_maxrss * unit / 2**20)


def replays(folder: Path, scale: float) -> tuple[Ran, Ran]:
    """The chat once, and repeated; the tickets must have multiplied with it."""
    messages, roster = source()
    path = folder / "chat.export.json"
    once = run(path, write(path, messages, roster, 1))
    often = run(path, write(path, messages, roster, round(MESSAGES * scale)))
    copies = often.messages // once.messages
    if not once.lines or not 0.9 <= often.lines / (once.lines * copies) <= 1.1:
        raise WorkNotDoneError(f"{once.lines} tickets in one chat, {often.lines} in {copies}")
    return once, often
