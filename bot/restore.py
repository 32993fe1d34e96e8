"""`qunban restore`: a verified backup into an empty place, of either database, and on to this program's schema."""

import asyncio
import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, DateTime, MetaData, Table, bindparam, func, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.archive import Archive, ArchiveRefused, Manifest, Step, place_of, silent
from bot.backup import BATCH, reflected
from bot.database import changing_tables, open_engine
from bot.migrate import config as schemas
from bot.migrate import downgrade, revision_of, upgrade
from bot.settings import Settings

Row = dict[str, Any]


async def restore(file: Path, settings: Settings, step: Step = silent) -> Manifest:
    """Put it all back, or nothing of it. Raises ArchiveRefused with a sentence that says what to do."""
    with Archive(file) as archive:
        manifest = await asyncio.to_thread(archive.verify, step)
        _check_revision(manifest)
        data = Path(settings.data)
        await asyncio.to_thread(_check_photos, data, manifest)
        engine = open_engine(settings.database)
        try:
            async with changing_tables(engine) as conn:
                await conn.run_sync(_check_empty)
                await conn.run_sync(_fill, archive, step)
                await asyncio.to_thread(_put_photos, archive, data, step)
        except (SQLAlchemyError, OverflowError, TypeError, ValueError) as error:
            why = f"备份 {file.name} 放不进数据库（{type(error).__name__}）"
            raise ArchiveRefused(f"{why}：请检查 database 的地址、口令和磁盘，什么都没有写") from None
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise ArchiveRefused(f"恢复时写不进 {data}（{why}）：请检查磁盘和权限，再来一次") from None
        finally:
            await engine.dispose()
    return manifest


def config_of(file: Path) -> bytes | None:
    """The file of settings that is in a backup. Raises ArchiveRefused."""
    with Archive(file) as archive:
        manifest = archive.verify()
        return archive.open("config.yaml").read() if manifest.config else None


def _check_revision(manifest: Manifest) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(schemas()).walk_revisions()}
    if manifest.revision not in known:
        raise ArchiveRefused(f"备份的版本 {manifest.revision} 比这个程序新：请用做备份的那个程序，或更新的")


def _check_photos(data: Path, manifest: Manifest) -> None:
    folder = data / "media"
    there = {path.name for path in folder.rglob("*") if path.is_file()} if folder.is_dir() else set()
    if there - set(manifest.media):
        raise ArchiveRefused(f"{folder} 里已经有别的照片：请把这个文件夹移开，再恢复")


def _check_empty(connection: Connection) -> None:
    """Tables without a row are no loss; anything else is."""
    if revision_of(connection) is None:
        if reflected(connection).tables:
            raise ArchiveRefused("这个数据库里有别的程序的表：请给 database 写一个空的数据库，再恢复")
        return
    for table in reflected(connection).tables.values():
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise ArchiveRefused(
                "数据库里已经有内容：请停掉程序，把旧的数据库移开"
                "（SQLite 移走 qunban.db 等三个文件，PostgreSQL 另建一个空库），再恢复"
            )
    downgrade(connection, "base")


def _fill(connection: Connection, archive: Archive, step: Step) -> None:
    """Tables of the backup's revision, its rows, and then on to this program's schema."""
    upgrade(connection, archive.manifest.revision)
    tables = reflected(connection)
    if set(tables.tables) != set(archive.manifest.tables):
        raise ArchiveRefused(f"备份 {archive.file.name} 的表和它的版本对不上；请换一份备份")
    _load_all(connection, tables, archive, step)
    if connection.dialect.name == "postgresql":
        _set_counters(connection, tables)
    upgrade(connection)


def _load_all(connection: Connection, tables: MetaData, archive: Archive, step: Step) -> None:
    done = 0
    for table in tables.sorted_tables:
        for rows in _batches(table, archive):
            _insert(connection, table, rows)
            done += len(rows)
            step("写表", done, archive.manifest.rows)
    for table in tables.sorted_tables:
        if _own_kin(table):
            for rows in _batches(table, archive):
                _tie(connection, table, rows)


def _batches(table: Table, archive: Archive) -> Iterator[list[Row]]:
    """Rows as the table takes them, many at a time."""
    lines = archive.lines(table.name)
    names = next(lines)
    if set(names) != {column.name for column in table.columns}:
        raise ArchiveRefused(f"备份 {archive.file.name} 的表 {table.name} 和它的版本对不上；请换一份备份")
    columns = [table.c[name] for name in names]
    while batch := list(islice(lines, BATCH)):
        yield [{c.name: _value(c, value) for c, value in zip(columns, line, strict=True)} for line in batch]


def _value(column: Column[Any], value: Any) -> Any:
    if value is None or not isinstance(column.type, DateTime):
        return value
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ArchiveRefused(f"备份里 {column.table.name}.{column.name} 有读不懂的时间；请换一份备份") from None


def _own_kin(table: Table) -> list[str]:
    """Columns that point at rows of the same table: they are filled when all of them are there."""
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    later = dict.fromkeys(_own_kin(table))
    connection.execute(table.insert(), [{**row, **later} for row in rows])


def _tie(connection: Connection, table: Table, rows: list[Row]) -> None:
    for name in _own_kin(table):
        [key] = table.primary_key.columns
        pointing = [{"row": row[key.name], "goal": row[name]} for row in rows if row[name] is not None]
        if pointing:
            here = update(table).where(key == bindparam("row")).values({name: bindparam("goal")})
            connection.execute(here, pointing)


def _set_counters(connection: Connection, tables: MetaData) -> None:
    """PostgreSQL numbers rows by itself from a counter that knows nothing of the rows just brought."""
    for table in tables.sorted_tables:
        for column in table.primary_key.columns:
            named = {"table": f'"{table.name}"', "column": column.name}
            counter = connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), named).scalar()
            top = connection.execute(select(func.max(column))).scalar() if counter else None
            if top is not None:
                connection.execute(text("SELECT setval(:counter, :top)"), {"counter": counter, "top": top})


def _put_photos(archive: Archive, data: Path, step: Step) -> None:
    """Photos bear the digest of their bytes as name: what is there already is the same."""
    names = list(archive.manifest.media)
    for number, name in enumerate(names, 1):
        path = data / place_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        with archive.open(place_of(name)) as packed, fresh.open("wb") as out:
            shutil.copyfileobj(packed, out)
        fresh.replace(path)
        step("放照片", number, len(names))
