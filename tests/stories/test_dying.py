"""A task that dies takes the program down: each that is spawned, with a code that a service manager restarts."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
import typer

from bot.__main__ import DIED, run
from bot.adviser import Adviser
from bot.alarm import Alarm
from bot.bookkeeper import Bookkeeper
from bot.courier import Courier
from bot.keeper import Keeper
from bot.lease import Lease
from bot.nightly import Nightly
from bot.settings import SECRETS, build
from bot.surveyor import Surveyor
from bot.worker import Worker
from channels.telegram.channel import TelegramChannel
from tests.conftest import REPO
from tests.town import town_config

TASKS: dict[str, tuple[type, str]] = {
    "lease": (Lease, "hold"),
    "commands": (TelegramChannel, "introduce"),
    "receive": (TelegramChannel, "_get"),
    "worker": (Worker, "once"),
    "alarm": (Alarm, "once"),
    "courier": (Courier, "_claim"),
    "keeper": (Keeper, "once"),
    "bookkeeper": (Bookkeeper, "once"),
    "adviser": (Adviser, "_next"),
    "nightly": (Nightly, "once"),
    "surveyor": (Surveyor, "once"),
}
"""Each task, and the step of its own work in which it dies here."""
NOBODY = "http://127.0.0.1:9"


class DiedHereError(Exception):
    """What no task is prepared for."""


async def dies(*_: Any) -> None:
    """A step that cannot be taken."""
    raise DiedHereError


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A program in which every task has something to live for: a backup, a second reader, a geocoder."""
    wanted = {
        "database": f"sqlite:///{tmp_path}/q.db", "data": str(tmp_path / "data"), "playground": {"port": 0},
        "backup": {"directory": str(tmp_path / "nightly")}, "second_reader": {"url": NOBODY, "model": "m"},
        "geocoding": {"providers": [{"name": "nominatim", "url": NOBODY}], "box": [34.0, 118.4, 35.2, 119.9]},
    }  # fmt: skip
    file = tmp_path / "config.json"
    settings = build({**town_config(), **wanted})
    file.write_text(json.dumps(settings.model_dump(mode="json", exclude=set(SECRETS.values()))), "utf-8")
    return file


@pytest.fixture
def _logs() -> Iterator[None]:
    """The program sets up the logs of its process."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def test_every_task_that_is_spawned_is_killed_here() -> None:
    """A new one has to be added."""
    words = (REPO / "bot" / "program.py").read_text(encoding="utf-8")
    assert set(re.findall(r'spawn\(\s*"(\w+)"', words)) == set(TASKS)
    assert words.count("spawn(") == len(TASKS)


@pytest.mark.usefixtures("_logs")
@pytest.mark.parametrize("task", TASKS)
def test_task_dies_and_the_program_with_it(
    config: Path, task: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit code 70, and one line that says which task it was and what it died of."""
    monkeypatch.setattr(*TASKS[task], dies)
    with pytest.raises(typer.Exit) as left:
        run(config)
    assert left.value.exit_code == DIED == 70
    told = capfd.readouterr().err
    [died] = [line for line in told.splitlines() if "task died" in line]
    assert re.search(rf"\b{task}\b", died)
    assert "DiedHere" in died
