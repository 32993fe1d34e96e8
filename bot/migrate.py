"""Brings the database to this program's schema; refuses one that is newer."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database import changing_tables, reading
from bot.errors import SettingsRefused
from bot.failpoints import passing

MIGRATIONS = Path(__file__).parent.parent / "migrations"


class SchemaRefused(SettingsRefused):
    """The database belongs to a newer program."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def revision_of(connection: Connection) -> str | None:
    """The schema's revision, None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision of this program's schema."""
    return ScriptDirectory.from_config(config()).get_current_head()


def outdated(connection: Connection) -> bool:
    """Whether the schema is older than this program's. Raises SchemaRefused where it is newer."""
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    now = revision_of(connection)
    if now is not None and now not in known:
        raise SchemaRefused(f"数据库的版本 {now} 比这个程序新：请用新版程序，或恢复旧的备份")
    return now != head()


def upgrade(connection: Connection, to: str = "head") -> None:
    """Upgrade inside the connection's transaction. Raises SchemaRefused."""
    outdated(connection)
    command.upgrade(config(connection), to)


def downgrade(connection: Connection, to: str) -> None:
    """Go back inside the connection's transaction."""
    command.downgrade(config(connection), to)


async def migrate(engine: AsyncEngine) -> None:
    """Upgrade to this program's schema, in one transaction; where it is that already, the tables are not looked at.

    On SQLite every row is looked at after an upgrade, which takes a minute with millions of them.
    """
    async with engine.execution_options(reads_only=True).connect() as conn:
        if await conn.run_sync(revision_of) == head():
            return
    async with changing_tables(engine) as conn:
        await conn.run_sync(upgrade)
        passing("migrating")


async def waits(engine: AsyncEngine) -> bool:
    """Whether `migrate` would change anything: who does that works alone. Raises SchemaRefused."""
    async with reading(engine).connect() as conn:
        return await conn.run_sync(outdated)
