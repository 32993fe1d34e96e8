"""The backup of every night: a due row, caught up, read back, rotated; what fails says so."""

import asyncio
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot import backup as backup_module
from bot.archive import NAMED, ArchiveRefused, Step, name_of
from bot.backup import Snapshot, Source, backup, rotate
from bot.database import open_engine
from bot.migrate import migrate
from bot.nightly import Nightly
from bot.settings import Settings
from ledger.store import writing
from models import tables as t
from tests.town import QIU, STALL, Town


def test_only_the_newest_backups_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    """Rotation knows its own files by their whole name."""
    start = datetime(2026, 3, 1, 3, 30, tzinfo=UTC)
    names = [name_of(start + timedelta(days=n)) for n in range(20)]
    others = ["qunban-old.tar", "notes.txt", "qunban-20260301T033000Z.tar.gpg"]
    for name in names + others:
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in rotate(tmp_path, 14)] == names[:6]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[6:] + others)


async def test_nightly_backup_is_a_due_row_that_is_caught_up_and_moves_on(town: Town, tmp_path: Path) -> None:
    """Missed while the bot was away, made when it is back, then due the next night; one that fails says so."""
    assert town.program is not None
    engine = town.program.engine
    folder = tmp_path / "nightly"
    block = town.settings.backup.model_copy(update={"directory": str(folder), "keep": 2})
    nightly = Nightly(Source(engine, Path(town.settings.data)), block, town.settings.zone, town.clock)
    await nightly.plan()
    [row] = await town.rows("SELECT * FROM due_job WHERE kind = 'backup'")
    assert row["state"] == "waiting"
    assert not await nightly.once()
    for _ in range(3):
        town.turn(days=2)
        await nightly.plan()
        assert await nightly.once()
        assert not await nightly.once()
    assert len(list(folder.iterdir())) == 2
    town.turn(days=1)
    shutil.rmtree(folder)
    folder.write_bytes(b"a file stands where the folder was")
    assert await nightly.once()
    [row] = await town.rows("SELECT * FROM due_job WHERE kind = 'backup'")
    assert row["attempts"] == 1
    assert "备份写不进" in row["last_error"]
    off = Nightly(nightly.source, town.settings.backup, town.settings.zone, town.clock)
    await off.plan()
    assert not await town.rows("SELECT 1 FROM due_job WHERE kind = 'backup'")


async def test_backup_that_is_not_what_was_written_is_thrown_away_and_told(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte turns over on the disk: it is read back before it has its name, so nothing stands there that is none."""
    pack = backup_module._pack

    def damaged(source: Source, snapshot: Snapshot, packed: Path, step: Step, now: datetime) -> None:
        pack(source, snapshot, packed, step, now)
        with tarfile.open(packed) as tar:
            largest = max(tar, key=lambda member: member.size)
        whole = bytearray(packed.read_bytes())
        whole[largest.offset_data + largest.size // 2] ^= 1
        packed.write_bytes(whole)

    monkeypatch.setattr(backup_module, "_pack", damaged)
    town.says(QIU, STALL)
    await town.quiet()
    assert town.program is not None
    source, folder = Source(town.program.engine, Path(town.settings.data)), tmp_path / "nightly"
    with pytest.raises(ArchiveRefused):
        await backup(source, folder, town.clock.now())
    assert list(folder.iterdir()) == []
    block = town.settings.backup.model_copy(update={"directory": str(folder)})
    nightly = Nightly(source, block, town.settings.zone, town.clock)
    await nightly.plan()
    town.turn(days=1)
    assert await nightly.once()
    [row] = await town.rows("SELECT * FROM due_job WHERE kind = 'backup'")
    assert row["attempts"] == 1
    assert row["last_error"]
    assert list(folder.iterdir()) == []


async def test_bot_with_a_directory_plans_its_backup_and_the_alarm_leaves_it_alone(town: Town, tmp_path: Path) -> None:
    """The row is there after the start; what is due otherwise is done, the backup by who makes backups."""
    await town.stop_bot()
    block = town.settings.backup.model_copy(update={"directory": str(tmp_path / "nightly")})
    town.settings = town.settings.model_copy(update={"backup": block})
    await town.start_bot()
    assert town.program is not None
    await town.later(hours=25)
    [row] = await town.rows("SELECT state FROM due_job WHERE kind = 'backup'")
    assert row["state"] == "waiting"
    await town.program.nightly.once()
    [file] = await asyncio.to_thread(lambda: list((tmp_path / "nightly").iterdir()))
    assert NAMED.fullmatch(file.name)


class DoubledHour:
    """Berlin, when its clock shows two to three for the second time."""

    at = datetime(2026, 10, 25, 1, 5, tzinfo=UTC)

    def now(self) -> datetime:
        """The time."""
        return self.at


async def test_backup_is_made_once_in_a_night_that_shows_its_hour_twice(settings: Settings, tmp_path: Path) -> None:
    """02:30 was over when 02:05 came for the second time: the row moves to the next night, not back into this one."""
    block = settings.backup.model_copy(update={"directory": str(tmp_path / "nightly"), "at": "02:30", "keep": 3})
    engine, clock = open_engine(settings.database), DoubledHour()
    try:
        await migrate(engine)
        nightly = Nightly(Source(engine, Path(settings.data), None), block, ZoneInfo("Europe/Berlin"), clock)
        await nightly.plan()
        assert await nightly.once() is False
        async with writing(engine) as conn:
            await conn.execute(update(t.job).where(t.job.c.key == "backup").values(due_at=clock.at))
        looks = [await nightly.once() for _ in range(3)]
    finally:
        await engine.dispose()
    assert looks == [True, False, False]
