"""Writes workbooks for the running program in a process of their own (`python -m bot.scribe`).

Cells are made by the hundred thousand. A bot in the same process heard nothing beside that: people waited 27 seconds
for their receipts. Whoever waits for one goes first on the machine, too.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import workbook
from bot.database import address, open_engine, reading
from bot.errors import safely
from texts.speaking import speaking, spoken

BEHIND = 15
"""How far a long export stands back for the machine's other work (nice)."""
Task = dict[str, Any]
"""database, zone, language, file, numbers (of the tickets)."""


class NotWrittenError(Exception):
    """The process that should have written a workbook ended without one; its last words."""


class Scribe:
    """Has workbooks written."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.database = address(engine)

    async def workbook(self, conn: AsyncConnection, which: Sequence[ColumnElement[bool]], zone: ZoneInfo) -> IO[bytes]:
        """The workbook of the tickets that are so, in the language spoken, as an open file that has no name any more.

        Raises NotWrittenError.
        """
        numbers = await workbook.found(conn, which)
        with tempfile.TemporaryDirectory(prefix="qunban-") as folder:
            file = Path(folder) / "export.xlsx"
            task = {"database": self.database, "zone": zone.key, "language": spoken(), "file": str(file)}
            await _in_a_process(orjson.dumps(task | {"numbers": numbers.tolist()}))
            return file.open("rb")


async def _in_a_process(task: bytes) -> None:
    """By pipe, for a database's address may hold a password and a command line is seen by all."""
    pipe = asyncio.subprocess.PIPE
    words = (sys.executable, "-m", "bot.scribe")
    process = await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=asyncio.subprocess.DEVNULL, stderr=pipe)
    try:
        _, wrong = await process.communicate(task)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise NotWrittenError(wrong.decode(errors="replace").strip() or f"code {process.returncode}")


@contextmanager
def behind_others() -> Iterator[None]:
    """Who waits for a receipt goes first: on a machine with few cores a year's export takes one for minutes."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, max(before, BEHIND))
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, before)


async def _write(task: Task) -> None:
    engine = open_engine(task["database"])
    try:
        async with reading(engine).connect() as conn:
            await workbook.write_listed(conn, task["numbers"], ZoneInfo(task["zone"]), Path(task["file"]))
    finally:
        await engine.dispose()


def main() -> int:
    """Do what standard input says; 0, or 1 with what went wrong on standard error."""
    task = orjson.loads(sys.stdin.buffer.read())
    try:
        with behind_others(), speaking(task["language"]):
            asyncio.run(_write(task))
    except Exception as error:  # noqa: BLE001 - told to the program, which tells it on
        sys.stderr.write(safely(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
