"""/readyz of a program in which one part stands still: 503, and the sentence names that part and how long it waits."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from bot.alarm import Alarm
from bot.courier import Courier
from bot.settings import Settings
from bot.worker import Worker
from tests.town import JING, QIU, STALL, Town
from tests.upkeep.test_figures import asked

HUNG: dict[str, tuple[type, str, str, str]] = {
    "worker": (Worker, "once", "SELECT 1 FROM inbox WHERE state = 'new'", "有消息等了{}分钟还没办"),
    "courier": (Courier, "_claim", "SELECT 1 FROM outbox WHERE state = 'pending'", "有回复等了{}分钟还没发出"),
    "alarm": (Alarm, "once", "SELECT 1 FROM due_job WHERE kind = 'due'", "有到时该办的事过了{}分钟还没办"),
}


async def _hangs(*_given: Any) -> None:
    """It neither ends nor dies."""
    await asyncio.Event().wait()


@pytest.mark.parametrize("part", list(HUNG))
async def test_part_that_hangs_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Worker, courier, alarm: what waits is nobody's fault for two minutes, and then it is told with its age."""
    kind, name, waits, words = HUNG[part]
    monkeypatch.setattr(kind, name, _hangs)
    town = Town(settings)
    await town.open()
    try:
        town.says(QIU, STALL)
        await town.sees_rows(waits)
        assert (await asked(town, "/readyz"))[0] == 200
        town.turn(days=30 if part == "alarm" else 0, minutes=3)
        status, page = await asked(town, "/readyz")
    finally:
        await town.shut()
    told = [line for line in page.splitlines() if re.search(words.format(r"(\d+)"), line)]
    assert status == 503
    assert len(told) == 1
    assert part == "alarm" or words.format(3) in page


async def test_telegram_that_is_silent_is_named_until_it_answers(town: Town) -> None:
    """GetUpdates fails for eleven minutes: 503 says how long; the first that is answered ends it."""
    assert town.program is not None
    town.play.api.faults.add([{"method": "getUpdates", "fault": "status", "status": 502, "times": -1}])
    town.says(QIU, STALL)  # the fetch that is under way is answered; the next fails
    await town.until(lambda: _failed(town), "getUpdates to fail")
    town.program._fetched_at -= 11 * 60
    status, page = await asked(town, "/readyz")
    assert status == 503
    assert "已有11分钟没能从 Telegram 收消息：请检查网络" in page
    town.play.api.faults.rules.clear()
    town.says(JING, STALL)
    await town.until(lambda: town.program is not None and (town.program._fetch_age() or 0) < 60, "updates", seconds=30)
    assert (await asked(town, "/readyz"))[0] == 200


def _failed(town: Town) -> bool:
    return any(call["method"].lower() == "getupdates" and not call["ok"] for call in town.world.calls)


async def test_backup_that_failed_in_the_night_is_named(town: Town, tmp_path: Path) -> None:
    """A file stands where the folder should be: the reason is told until a night's backup is made."""
    assert town.program is not None
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    nightly = town.program.nightly
    nightly.block = town.settings.backup.model_copy(update={"directory": str(tmp_path / "taken")})
    await nightly.plan()
    assert (await asked(town, "/readyz"))[0] == 200
    town.turn(days=1)
    assert await nightly.once()
    status, page = await asked(town, "/readyz")
    assert status == 503
    assert re.search(r"夜里的备份没有做成：.*taken", page)
    (tmp_path / "taken").unlink()
    town.turn(hours=2)
    assert await nightly.once()
    assert "夜里的备份" not in (await asked(town, "/readyz"))[1]
