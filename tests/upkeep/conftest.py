"""Empty databases beside the town's own, and comparisons of what stands in two."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.database import open_engine
from models.tables import metadata
from tests.conftest import _fresh_postgres

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Awaitable[str]]:
    """Makes an empty database of a kind."""

    async def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/fresh/q.db"
        return await _fresh_postgres(request.getfixturevalue("postgres"))

    return make


async def all_rows(database: str) -> Rows:
    """Every row of every table, by table."""
    engine = open_engine(database)
    try:
        async with engine.execution_options(reads_only=True).connect() as conn:
            return {
                table.name: [tuple(r) for r in (await conn.execute(select(table).order_by(*table.primary_key.columns)))]
                for table in metadata.sorted_tables
            }
    finally:
        await engine.dispose()
