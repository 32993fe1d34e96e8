"""The database: one engine for SQLite or PostgreSQL, with what each needs to be safe."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

BUSY_SECONDS = 30


def async_url(url: str) -> str:
    """The address with the asynchronous driver named."""
    if url.startswith("sqlite:///"):
        return url.replace("sqlite:///", "sqlite+aiosqlite:///", 1)
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)


def open_engine(url: str) -> AsyncEngine:
    """An engine; a SQLite file's folder is made. Its errors do not show what rows hold."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(async_url(url), hide_parameters=True, pool_size=5, max_overflow=5)
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    return create_async_engine(async_url(url), hide_parameters=True, pool_size=8, max_overflow=4, pool_pre_ping=True)


def address(engine: AsyncEngine) -> str:
    """Where it leads, as `open_engine` takes it; a password in it is a secret."""
    return engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(hide_password=False)


def _prepare(connection: Any, _record: Any) -> None:
    """WAL, foreign keys, patience; and our own BEGIN, for the driver's would come too late."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    """Writers queue at the door (BEGIN IMMEDIATE); those who only read do not wait.

    Who changes tables on SQLite makes them anew under the feet of the rows that point at them.
    """
    options = connection.get_execution_options()
    if options.get("changes_tables"):
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN" if options.get("reads_only") else "BEGIN IMMEDIATE")


@asynccontextmanager
async def changing_tables(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that may change tables; every row still points at a row when it ends, or nothing has happened."""
    async with engine.connect() as conn:
        if engine.dialect.name == "sqlite":
            await conn.execution_options(changes_tables=True)
        async with conn.begin():
            yield conn
            if engine.dialect.name == "sqlite" and (await conn.execute(text("PRAGMA foreign_key_check"))).first():
                raise RuntimeError("a migration left rows that point at nothing")
        await conn.invalidate()


def reading(engine: AsyncEngine) -> AsyncEngine:
    """The same engine for units that only read."""
    return engine.execution_options(reads_only=True)
