"""`qunban backup`: all tables as they stood at one moment, the photos and config.yaml, in one verified file.

Rows are read in one transaction that sees one moment of either database, so the bot goes on meanwhile; they are kept
as JSON lines, so that what was SQLite can be restored into PostgreSQL, and back.
"""

import asyncio
import fcntl
import gzip
import os
import shutil
import tarfile
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.archive import (
    CONFIG,
    MANIFEST,
    NAMED,
    Archive,
    ArchiveRefused,
    Manifest,
    Piece,
    Step,
    TablePiece,
    add,
    digest_of,
    name_of,
    place_of,
    silent,
)
from bot.failpoints import passing
from bot.migrate import revision_of

BATCH = 1000
PART, HELD = ("qunban-", ".part"), "held"
VERSION_TABLE = "alembic_version"
KEPT = text("SELECT DISTINCT sha256 FROM medium WHERE state = 'kept' AND sha256 IS NOT NULL ORDER BY sha256")


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up: a database, the folder `data`, the file of settings (None: there is none)."""

    engine: AsyncEngine
    data: Path
    config: Path | None = None


@dataclass(slots=True)
class Snapshot:
    """The tables of one moment, packed into a folder, and which photos belong to them."""

    revision: str
    tables: dict[str, TablePiece] = field(default_factory=dict)
    photos: list[str] = field(default_factory=list)


async def backup(source: Source, folder: Path, now: datetime, step: Step = silent) -> tuple[Path, Manifest]:
    """Write a backup into the folder and read it back; where it is, and what is in it. Raises ArchiveRefused."""
    target = folder / name_of(now)
    try:
        await asyncio.to_thread(_make_room, target)
        with _scratch(folder) as scratch:
            packed = scratch / target.name
            snapshot = await _tables(source.engine, scratch, step)
            await asyncio.to_thread(_pack, source, snapshot, packed, step, now)
            passing("packed")
            manifest = await asyncio.to_thread(_read_back, packed, step)
            packed.replace(target)
    except OSError as error:
        raise ArchiveRefused(
            f"备份写不进 {folder}（{error.strerror or type(error).__name__}）：请检查磁盘和权限"
        ) from None
    return target, manifest


def _make_room(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise ArchiveRefused(f"备份 {target.name} 已经有了：请过一秒再来")


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A place of one's own for what is not whole yet; what a killed backup left in the folder goes first."""
    for held in folder.glob(f"{PART[0]}*{PART[1]}/{HELD}"):
        with held.open() as lock, suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(held.parent)
    with tempfile.TemporaryDirectory(prefix=PART[0], suffix=PART[1], dir=folder) as name:
        scratch = Path(name)
        with (scratch / HELD).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield scratch


def rotate(folder: Path, keep: int) -> list[Path]:
    """Remove the oldest backups of a folder, so that `keep` are left; which went."""
    old = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))[:-keep]
    for path in old:
        path.unlink()
    return old


@asynccontextmanager
async def one_moment(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that only reads, and all of whose reads are of one moment."""
    if engine.dialect.name == "sqlite":
        async with engine.execution_options(reads_only=True).connect() as conn:
            yield conn
        return
    async with engine.connect() as conn:
        await conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield conn


def reflected(connection: Connection) -> MetaData:
    """The tables as they are in the database, whatever its revision."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != VERSION_TABLE)
    return found


async def _tables(engine: AsyncEngine, folder: Path, step: Step) -> Snapshot:
    async with one_moment(engine) as conn:
        revision = await conn.run_sync(revision_of)
        if revision is None:
            raise ArchiveRefused("数据库还是空的，没有可备份的：请先用 qunban check 看看 database 写得对不对")
        snapshot = Snapshot(revision)
        tables = list((await conn.run_sync(reflected)).tables.values())
        whole = sum([(await conn.execute(select(func.count()).select_from(table))).scalar_one() for table in tables])
        done = 0
        for table in tables:
            async for piece, rows in _dump(conn, table, folder / f"{table.name}.jsonl.gz"):
                step("读表", done + rows, whole)
                snapshot.tables[table.name] = piece or snapshot.tables.get(table.name) or _NOTHING
            done += snapshot.tables[table.name].rows
        snapshot.photos = list((await conn.execute(KEPT)).scalars())
    return snapshot


_NOTHING = TablePiece(sha256="0" * 64, size=0, rows=0, plain=0, columns=[])


async def _dump(conn: AsyncConnection, table: Table, file: Path) -> AsyncIterator[tuple[TablePiece | None, int]]:
    """Pack a table; rows so far after each batch, and at the end what is in the file."""
    columns = [column.name for column in table.columns]
    rows, plain = 0, 0
    with gzip.open(file, "wb", compresslevel=6) as out:
        plain += out.write(orjson.dumps(columns) + b"\n")
        query = select(*table.columns).order_by(*table.primary_key.columns)
        result = await conn.stream(query)
        async for batch in result.partitions(BATCH):
            lines = await asyncio.to_thread(_lines, batch)
            plain += await asyncio.to_thread(out.write, lines)
            rows += len(batch)
            yield None, rows
    size, digest = await asyncio.to_thread(lambda: (file.stat().st_size, digest_of(file)))
    yield TablePiece(sha256=digest, size=size, rows=rows, plain=plain, columns=columns), rows


def _lines(batch: Any) -> bytes:
    """Rows as JSON lines; SQLite's moments, which have no zone, are UTC."""
    return b"".join(orjson.dumps(list(row), option=orjson.OPT_NAIVE_UTC | orjson.OPT_APPEND_NEWLINE) for row in batch)


def _pack(source: Source, snapshot: Snapshot, target: Path, step: Step, now: datetime) -> None:
    sound, missing = _photos(source.data, snapshot.photos)
    config = source.config if source.config and source.config.is_file() else None
    piece = Piece(sha256=digest_of(config), size=config.stat().st_size) if config else None
    with target.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name in snapshot.tables:
                add(tar, f"tables/{name}.jsonl.gz", target.parent / f"{name}.jsonl.gz")
            if config:
                add(tar, CONFIG, config)
            for number, name in enumerate(sound, 1):
                add(tar, place_of(name), source.data / place_of(name))
                step("收照片", number, len(sound))
            manifest = Manifest(
                made_at=now, revision=snapshot.revision, database=_kind(source.engine), tables=snapshot.tables,
                config=piece, media=sound, missing=missing,
            )  # fmt: skip
            written = target.parent / MANIFEST
            written.write_bytes(manifest.model_dump_json().encode())
            add(tar, MANIFEST, written)
        file.flush()
        os.fsync(file.fileno())


def _kind(engine: AsyncEngine) -> Any:
    return engine.dialect.name


def _photos(data: Path, names: list[str]) -> tuple[dict[str, int], list[str]]:
    """Sizes of the photos that are whole, and those that are gone or damaged."""
    sound: dict[str, int] = {}
    for name in names:
        path = data / place_of(name)
        if path.is_file() and digest_of(path) == name:
            sound[name] = path.stat().st_size
    return sound, [name for name in names if name not in sound]


def _read_back(file: Path, step: Step) -> Manifest:
    with Archive(file) as archive:
        return archive.verify(step)
