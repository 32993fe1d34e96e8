"""Writes many rows fast, by the driver itself: SQLite's executemany, PostgreSQL's COPY."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import DateTime, Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from models.clock import aware

STAMP = "%Y-%m-%d %H:%M:%S.%f"
"""As SQLite keeps moments."""


async def write(conn: AsyncConnection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows whose values are as the driver takes them: JSON as text, moments aware (for SQLite as text)."""
    raw: Any = (await conn.get_raw_connection()).driver_connection
    if conn.dialect.name == "postgresql":
        await raw.copy_records_to_table(table.name, records=rows, columns=names)
        return
    marks, columns = ", ".join("?" * len(names)), ", ".join(f'"{name}"' for name in names)
    await raw.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', rows)  # noqa: S608 - own names


async def write_dicts(conn: AsyncConnection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Rows as the program holds them: each value is made what the column keeps."""
    if not rows:
        return
    names = list(rows[0])
    kept = [_kept(table, name, conn.dialect) for name in names]
    await write(conn, table, names, [[make(row[name]) for name, make in zip(names, kept, strict=True)] for row in rows])


def _kept(table: Table, name: str, dialect: Any) -> Any:
    kind = table.c[name].type
    if dialect.name == "sqlite" and isinstance(getattr(kind, "impl", kind), DateTime):
        return lambda at: None if at is None else aware(at).strftime(STAMP)
    bind = getattr(kind, "process_bind_param", None)
    return (lambda value: bind(value, dialect)) if bind else lambda value: value


async def analyse(engine: AsyncEngine) -> None:
    """What the planner wants to know."""
    async with engine.connect() as conn:
        await conn.exec_driver_sql("ANALYZE")
        await conn.commit()
