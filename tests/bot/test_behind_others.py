"""A long export stands back: whoever waits for a receipt meanwhile has the machine first."""

import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import scribe, workbook
from bot.database import open_engine, reading
from bot.migrate import migrate
from models.numbers import Asked

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
HERE = ZoneInfo("Asia/Shanghai")
HELPERS = text("SELECT setting::int FROM pg_settings WHERE name = 'max_parallel_workers_per_gather'")


def test_process_of_an_export_is_the_machines_last_while_it_writes() -> None:
    """And as it was before when that is over, where the machine lets it."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    with scribe.behind_others():
        assert os.getpriority(os.PRIO_PROCESS, 0) == max(before, scribe.BEHIND)
    assert os.getpriority(os.PRIO_PROCESS, 0) in {before, max(before, scribe.BEHIND)}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_postgresql_counts_and_sorts_for_it_on_one_processor_and_for_others_as_before(
    database: str, tmp_path: Path
) -> None:
    """The count of a year and its sort took both of two before, and receipts waited a second."""
    engine = open_engine(database)
    await migrate(engine)
    asked = Asked(NOW, NOW, NOW, HERE)
    async with reading(engine).connect() as conn:
        others = await _helpers(conn)
        await conn.rollback()
        await workbook.size(conn, asked)
        counting = await _helpers(conn)
        await conn.rollback()
        await workbook.write_found(conn, [], HERE, tmp_path / "all.xlsx")
        writing = await _helpers(conn)
        await conn.rollback()
        after = await _helpers(conn)
    await engine.dispose()
    assert others > 0
    assert (counting, writing, after) == (0, 0, others)


async def _helpers(conn: AsyncConnection) -> int:
    return int((await conn.execute(HELPERS)).scalar_one())
