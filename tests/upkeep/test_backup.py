"""The town is backed up while it talks, everything is lost, and it goes on from the backup."""

import asyncio
import shutil
import tarfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.archive import Archive, ArchiveRefused, place_of, silent
from bot.backup import Source, _scratch, backup
from bot.database import open_engine
from bot.failpoints import VARIABLE
from bot.migrate import migrate
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
