"""The town is backed up while it talks, everything is lost, and it goes on from the backup."""

import asyncio
import shutil
import tarfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot import backup as backup_module
from bot.archive import NAMED, Archive, ArchiveRefused, Step, name_of, place_of, silent
from bot.backup import Snapshot, Source, _scratch, backup, rotate
from bot.database import open_engine
from bot.failpoints import VARIABLE
from bot.migrate import migrate
from bot.nightly import Nightly
from bot.restore import config_of, restore
from bot.settings import Settings
from ledger.store import writing
from models import tables as t
from tests.stories.test_killed import MortalTown
from tests.town import BAI, JING, QIU, SQUAD, STALL, Town
from tests.upkeep.conftest import all_rows

Fresh = Callable[[str], Awaitable[str]]
RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"


def kind_of(settings: Settings) -> str:
    """Sqlite or postgresql."""
    return settings.database.partition(":")[0]


async def backed_up(settings: Settings, folder: Path, **more: Path) -> Path:
    """A backup made from outside, as the command does."""
    engine = open_engine(settings.database)
    try:
        file, _ = await backup(Source(engine, Path(settings.data), **more), folder, datetime.now(UTC))  # noqa: TID251 - a name
    finally:
        await engine.dispose()
    return file


async def solved_with_photo(town: Town) -> None:
    """A ticket with a photo that is kept, and one that is open."""
    town.says(QIU, STALL)
    town.shows(QIU)
    await town.solved()
    town.says(JING, RUBBISH)
    await town.sees("#2 ")
    await town.sees_rows("SELECT count(*) FROM medium WHERE state = 'kept' GROUP BY state HAVING count(*) = 2")
    await town.quiet()


async def test_town_is_backed_up_while_it_talks_loses_everything_and_goes_on(
    town: Town, tmp_path: Path, fresh: Fresh
) -> None:
    """What stood there when the backup began is there again to the last row and photo; presses and numbers go on."""
    await solved_with_photo(town)
    before = await all_rows(town.settings.database)
    talking = True

    async def talk() -> None:
        number = 0
        while talking:
            number += 1
            town.says(QIU, f"今天天气不错 {number}")
            await asyncio.sleep(0.005)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(talk())
        file = await backed_up(town.settings, tmp_path / "backups")
        talking = False
    await town.quiet()
    await town.stop_bot()
    data = Path(town.settings.data)
    shutil.rmtree(data)
    database = await fresh(kind_of(town.settings))
    town.settings = town.settings.model_copy(update={"database": database})
    await restore(file, town.settings)
    after = await all_rows(database)
    for table in ("ticket", "ticket_event", "ticket_message", "ticket_reporter", "card", "due_job", "person", "medium"):
        assert after[table] == before[table]
    for table in ("message", "outbox", "inbox"):
        assert set(map(repr, before[table])) <= set(map(repr, after[table]))
    for row in before["medium"]:
        sha = row[6]
        assert sha
        assert (data / place_of(sha)).is_file()

    await town.start_bot()
    result = await town.button("满意", -1001001)
    assert await town.clicks(QIU, result, "满意") == "谢谢您"
    await town.taken(BAI, SQUAD)
    town.says(6001, "苍梧路9号门口路灯坏了好几天，晚上黑漆漆的，麻烦来修一下", chat=-1001002)
    await town.sees("#3 ", -1001002)
    await town.quiet()
    assert [row["status"] for row in await town.tickets()] == ["closed", "accepted", "dispatched"]


@pytest.mark.parametrize("goal", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def test_backup_of_one_kind_of_database_is_restored_into_the_other(
    town: Town, tmp_path: Path, fresh: Fresh, goal: str
) -> None:
    """Every row of every table is the same, and both count on from there."""
    await solved_with_photo(town)
    await town.stop_bot()
    file = await backed_up(town.settings, tmp_path / "backups")
    moved = town.settings.model_copy(update={"database": await fresh(goal), "data": str(tmp_path / "elsewhere")})
    manifest = await restore(file, moved)
    before, after = await all_rows(town.settings.database), await all_rows(moved.database)
    assert after == before
    assert manifest.rows == sum(map(len, before.values()))
    town.settings = moved
    await town.start_bot()
    town.says(QIU, "怎么还没来人？")
    await town.quiet()
    assert len(await town.rows("SELECT 1 FROM inbox")) == len(before["inbox"]) + 1


async def test_restore_goes_into_an_empty_place_only(town: Town, tmp_path: Path, fresh: Fresh) -> None:
    """A database with anything in it, or other photos, are left as they are; tables without rows are no hindrance."""
    await solved_with_photo(town)
    file = await backed_up(town.settings, tmp_path / "backups")
    before = await all_rows(town.settings.database)
    with pytest.raises(ArchiveRefused, match="数据库里已经有内容：请停掉程序，把旧的数据库移开"):
        await restore(file, town.settings)
    await town.quiet()
    assert (await all_rows(town.settings.database))["ticket"] == before["ticket"]
    other = tmp_path / "other"
    (other / "media" / "ab").mkdir(parents=True)
    (other / "media" / "ab" / "abc").write_bytes(b"somebody else's")
    empty = town.settings.model_copy(update={"database": await fresh(kind_of(town.settings)), "data": str(other)})
    with pytest.raises(ArchiveRefused, match="已经有别的照片"):
        await restore(file, empty)
    (other / "media" / "ab" / "abc").unlink()
    from bot.migrate import migrate  # noqa: PLC0415 - only here

    engine = open_engine(empty.database)
    await migrate(engine)
    await engine.dispose()
    await restore(file, empty)
    assert (await all_rows(empty.database))["ticket"] == before["ticket"]


async def test_photo_that_is_gone_or_damaged_does_not_stop_the_backup_and_is_told(town: Town, tmp_path: Path) -> None:
    """The rest is packed; the manifest says what is missing."""
    await solved_with_photo(town)
    [first, *_] = await town.rows("SELECT sha256 FROM medium WHERE state = 'kept' ORDER BY id")
    (Path(town.settings.data) / place_of(first["sha256"])).write_bytes(b"not what it was")
    file = await backed_up(town.settings, tmp_path / "backups")
    with Archive(file) as archive:
        manifest = archive.verify()
    assert manifest.missing == [first["sha256"]]
    assert first["sha256"] not in manifest.media


async def test_backup_holds_the_configuration_and_nobody_else_may_read_it(town: Town, tmp_path: Path) -> None:
    """config.yaml comes back byte by byte; the file is for its owner alone."""
    config = tmp_path / "config.yaml"
    config.write_text("groups: []\n", encoding="utf-8")
    file = await backed_up(town.settings, tmp_path / "backups", config=config)
    assert config_of(file) == b"groups: []\n"
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        assert {(m.uname, m.uid, m.mtime) for m in tar} == {("", 0, 0)}


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


async def test_backup_that_is_killed_is_made_at_the_next_start_and_leaves_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    """Half a backup is never taken for one; whoever makes the next clears it away, and nobody else's."""
    folder = tmp_path / "nightly"
    block = settings.backup.model_copy(update={"directory": str(folder)})
    town = MortalTown(settings.model_copy(update={"backup": block}), tmp_path)
    await town.play.start(port=0)
    try:
        await town.start_bot()
        town.says(QIU, STALL)
        await town.sees("#1 ", seconds=60)
        await town.stop_bot()
        async with writing(town.engine) as conn:
            await conn.execute(
                update(t.job).where(t.job.c.key == "backup").values(due_at=datetime(2026, 1, 1, tzinfo=UTC))
            )
        await town.start_bot(**{VARIABLE: "packed"})
        assert await town.killed()
        [left] = await asyncio.to_thread(lambda: list(folder.iterdir()))
        assert left.suffix == ".part"

        with _scratch(folder) as others:
            assert not left.exists()
            await town.start_bot()
            await town.until_rows("SELECT 1 FROM due_job WHERE key = 'backup' AND due_at > '2026-02-01'")
            assert others.exists()
        [made] = await asyncio.to_thread(lambda: list(folder.iterdir()))
        with Archive(made) as archive:
            archive.verify(silent)
    finally:
        await town.shut()


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
