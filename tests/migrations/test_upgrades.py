"""From every schema that ever was, with rows in every table, to the present one: no row and no value is lost."""

import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, DateTime, Float, Integer, MetaData, Numeric, Table, select

from bot.backup import reflected
from bot.database import changing_tables, open_engine
from bot.failpoints import VARIABLE
from bot.migrate import config, migrate, revision_of, upgrade
from bot.settings import Settings
from tests.migrations.test_migrations import WORDS
from tests.stories.test_leaving import Process

REVISIONS = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()][::-1]
ROWS = 3
Rows = dict[str, list[dict[str, Any]]]


def row(table: Table, number: int) -> dict[str, Any]:
    """The nth row of a table: other values in each, and in the second none where none may be."""
    return {column.name: _value(table, column, number) for column in table.columns}


def _value(table: Table, column: Any, number: int) -> Any:
    known = WORDS.get(column.name, {}).get(table.name)
    if known is not None:
        return known
    points = bool(column.foreign_keys)
    if column.nullable and number == (1 if points else 2):
        return None
    return number if points or column.name == "id" else _plain(column.type, number)


def _plain(kind: Any, number: int) -> Any:
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, DateTime):
        return datetime(2026, 3, number, 11, 41, 5, 123456, tzinfo=UTC)
    if isinstance(kind, Boolean):
        return number % 2 == 0
    return 34.5 + number / 7 if isinstance(kind, Float | Numeric) else str(number)


def fill(connection: Connection, tables: MetaData) -> None:
    """Three rows in every table."""
    for table in tables.sorted_tables:
        connection.execute(table.insert(), [row(table, number) for number in range(1, ROWS + 1)])


def held(connection: Connection) -> Rows:
    """All rows of all tables; SQLite's moments are UTC."""
    found: Rows = {}
    for table in reflected(connection).tables.values():
        rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
        found[table.name] = [{name: _utc(value) for name, value in one.items()} for one in rows]
    return found


def _utc(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


@pytest.mark.parametrize("revision", REVISIONS)
async def test_full_database_of_every_revision_comes_up_without_loss(database: str, revision: str) -> None:
    """Every table of that schema, every row, every value of every column that is still there."""
    engine = open_engine(database)
    try:
        async with changing_tables(engine) as conn:
            await conn.run_sync(upgrade, revision)
        async with changing_tables(engine) as conn:
            await conn.run_sync(lambda c: fill(c, reflected(c)))
            before = await conn.run_sync(held)
        async with changing_tables(engine) as conn:
            await conn.run_sync(upgrade)
        async with changing_tables(engine) as conn:
            after = await conn.run_sync(held)
    finally:
        await engine.dispose()
    assert len(before) > 10
    assert all(len(rows) == ROWS for rows in before.values())
    assert set(before) <= set(after)
    for table, rows in before.items():
        kept = [{name: one[name] for name in rows[0]} for one in after[table]]
        assert kept == rows, table


@pytest.mark.parametrize("revision", [REVISIONS[0], REVISIONS[-2]])
async def test_full_database_survives_a_death_in_mid_migration(
    settings: Settings, tmp_path: Path, revision: str
) -> None:
    """Killed with the schema changed and nothing committed: all is as it was; then it comes up whole."""
    engine = open_engine(settings.database)
    process = Process(settings, tmp_path, "http://127.0.0.1:9")
    try:
        async with changing_tables(engine) as conn:
            await conn.run_sync(upgrade, revision)
            await conn.run_sync(lambda c: fill(c, reflected(c)))
            before = await conn.run_sync(held)
        dying = await process.start(**{VARIABLE: "migrating"})
        assert await dying.wait() == -signal.SIGKILL
        async with changing_tables(engine) as conn:
            assert await conn.run_sync(revision_of) == revision
            assert await conn.run_sync(held) == before
        await migrate(engine)
        async with changing_tables(engine) as conn:
            assert await conn.run_sync(revision_of) == REVISIONS[-1]
            after = await conn.run_sync(held)
    finally:
        await process.end()
        await engine.dispose()
    for table, rows in before.items():
        assert [{name: one[name] for name in rows[0]} for one in after[table]] == rows, table


def test_there_is_more_than_one_schema_to_come_from() -> None:
    """The list is not empty by accident."""
    assert len(REVISIONS) > 3
    assert REVISIONS[0] == "0001"
