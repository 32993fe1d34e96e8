"""What can drift apart between the table of media and the folder of photos."""

import asyncio
import time
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.archive import digest_of
from bot.drift import Finding
from ledger.store import writing
from models import tables as t

FRESH_SECONDS = 3600
"""A file so young may belong to a row that is just being written."""


async def findings(engine: AsyncEngine, folder: Path, *, repair: bool) -> list[Finding]:
    """Rows without their file, files without a row; mended: fetched anew, removed."""
    query = select(t.medium.c.sha256).where(t.medium.c.state == "kept", t.medium.c.sha256.is_not(None))
    async with engine.execution_options(reads_only=True).connect() as conn:
        names = set((await conn.execute(query)).scalars())
    gone = await asyncio.to_thread(_gone, folder, names)
    stray = await asyncio.to_thread(_stray, folder, names)
    if repair and gone:
        wanted = {"state": "wanted", "sha256": None, "attempts": 0, "next_try_at": None}
        async with writing(engine) as conn:
            await conn.execute(update(t.medium).where(t.medium.c.sha256.in_(gone)).values(**wanted))
    if repair:
        damaged = [folder / name[:2] / name for name in gone]
        await asyncio.to_thread(_remove, [*damaged, *stray])
    told = [Finding(f"有{len(gone)}张照片的文件不在或坏了，要重新取", repair)] if gone else []
    return told + ([Finding(f"有{len(stray)}个照片文件没有人认领，可以删去", repair)] if stray else [])


def _remove(files: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)


def _gone(folder: Path, names: set[str]) -> list[str]:
    def whole(name: str) -> bool:
        path = folder / name[:2] / name
        return path.is_file() and digest_of(path) == name

    return sorted(name for name in names if not whole(name))


def _stray(folder: Path, names: set[str]) -> list[Path]:
    if not folder.is_dir():
        return []
    young = time.time() - FRESH_SECONDS
    files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime < young]
    return sorted(path for path in files if path.name not in names)
