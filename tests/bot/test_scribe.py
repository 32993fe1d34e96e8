"""The process that writes workbooks: it ends with whoever asked, and says what went wrong without anybody's words."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database import address, open_engine, reading
from bot.migrate import migrate
from bot.scribe import NotWrittenError, Scribe
from models import tables as t
from models.rows import Event, Group, Person, Ticket
from models.words import GroupKind

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
HERE = ZoneInfo("Asia/Shanghai")
MOMENT = 0.2
"""Seconds in which a process begins but cannot have ended: what it needs takes longer to load."""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for what is kept for a moment; nothing stays in it."""
    folder = tmp_path / "moment"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


async def _with_a_ticket(database: str) -> AsyncEngine:
    engine = open_engine(database)
    await migrate(engine)
    async with engine.begin() as conn:
        await conn.execute(t.group.insert(), asdict(Group(1, "三中队", GroupKind.SQUAD)))
        await conn.execute(t.person.insert(), asdict(Person(1, "5", "小裘")))
        await conn.execute(t.ticket.insert(), asdict(Ticket(7, 1, "1", 1, NOW, NOW, words="路口有烂菜叶")))
        await conn.execute(t.event.insert(), asdict(Event(7, NOW, "opened", None, None, "opened")))
    return engine


def _children() -> set[str]:
    return {child for file in Path("/proc/self/task").glob("*/children") for child in file.read_text().split()}


async def test_workbook_is_written_elsewhere_and_has_no_name_any_more(database: str, kept: Path) -> None:
    """Both sheets; on PostgreSQL too, whose address travels whole."""
    engine = await _with_a_ticket(database)
    async with reading(engine).connect() as conn:
        with await Scribe(engine).workbook(conn, [t.ticket.c.id == 7], HERE) as file:
            left = os.listdir(kept)  # noqa: PTH208 - a moment's look
            book = openpyxl.load_workbook(file)
    await engine.dispose()
    assert left == []
    assert [[row[0].value for row in page.iter_rows(min_row=2)] for page in book.worksheets] == [[7], [7]]


async def test_whoever_gives_up_takes_the_process_along(database: str, kept: Path) -> None:
    """A page that was closed, a program that is told to stop."""
    engine = await _with_a_ticket(database)
    before, seen = _children(), list[set[str]]()
    async with asyncio.TaskGroup() as tasks, reading(engine).connect() as conn:
        during = tasks.create_task(asyncio.sleep(MOMENT / 2))
        during.add_done_callback(lambda _: seen.append(_children()))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(MOMENT):
                await Scribe(engine).workbook(conn, [], HERE)
    await engine.dispose()
    assert seen != [before]
    assert _children() == before


async def test_what_goes_wrong_there_is_told_here_without_address_or_words(database: str, kept: Path) -> None:
    """Nothing is left of it, and nobody's words are in it."""
    engine = await _with_a_ticket(database)
    async with engine.begin() as conn:
        await conn.execute(text("DROP TABLE ticket_event"))
    async with reading(engine).connect() as conn:
        with pytest.raises(NotWrittenError) as wrong:
            await Scribe(engine).workbook(conn, [], HERE)
    told = str(wrong.value)
    assert told.startswith(("OperationalError: ", "ProgrammingError: "))
    assert address(engine) not in told
    assert "烂菜叶" not in told
    await engine.dispose()
