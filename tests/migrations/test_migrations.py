"""Migrations: the same schema as the models on both databases, and the way back with data in the tables."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, DateTime, Float, Integer, Table, inspect, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database import changing_tables, open_engine
from bot.migrate import SchemaRefused, config, downgrade, migrate, revision_of, upgrade
from models.tables import metadata
from models.types import Json, UTCDateTime

NOW = datetime(2026, 3, 2, 11, 41, tzinfo=UTC)
WORDS = {
    "kind": {"chat_group": "merchants", "medium": "photo", "card": "receipt", "outbox": "text", "due_job": "due"},
    "state": {
        "chat_group": "active",
        "medium": "wanted",
        "inbox": "new",
        "outbox": "pending",
        "due_job": "waiting",
        "advice": "new",
        "role_code": "open",
        "web_link": "open",
    },
    "role": {"person_role": "officer", "role_code": "officer", "role_event": "officer"},
    "source": {"person_role": "code"},
    "action": {"role_event": "bound"},
    "status": {"ticket": "void", "canned_reply": "opened"},
    "demand": {"ticket": "report"},
    "means": {"ticket": "service"},
    "menu": {"card": "means"},
    "what": {"audit": "words"},
}


def sample(table: Table) -> dict[str, Any]:
    """A row that fits every column of a table."""
    return {column.name: _value(table, column) for column in table.columns}


def _value(table: Table, column: Any) -> Any:
    if column.name in WORDS and table.name in WORDS[column.name]:
        return WORDS[column.name][table.name]
    kind = column.type
    if isinstance(kind, UTCDateTime | DateTime):
        return NOW
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Json):
        return {}
    if isinstance(kind, Float):
        return 34.5
    return 1 if isinstance(kind, Integer) else "1"


def shape(conn: Connection) -> dict[str, Any]:
    """All that a database says of its tables: columns, keys, CHECKs, indexes with their conditions."""
    if conn.dialect.name == "sqlite":
        rows = conn.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))
        return {name: sorted(_parts(sql)) for name, sql in rows if not name.startswith("alembic")}
    columns = text(
        "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length "
        "FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version' "
        "ORDER BY 1, 2"
    )
    checks = text(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid::regclass::text <> 'alembic_version' AND connamespace = 'public'::regnamespace ORDER BY 1, 2"
    )
    indexes = text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
    return {
        "columns": [tuple(row) for row in conn.execute(columns)],
        "checks": [tuple(row) for row in conn.execute(checks)],
        "indexes": [tuple(row) for row in conn.execute(indexes) if "alembic" not in row[0]],
    }


def _parts(sql: str) -> list[str]:
    """What a CREATE statement lists, however it is laid out: SQLite writes added columns in one line at the end."""
    head, _, body = sql.replace('"', "").partition("(")
    flat = " ".join(body.rstrip().removesuffix(")").split())
    return [head.strip(), *(part.strip() for part in re.split(r",(?![^(]*\))", flat))]


async def test_migrations_build_the_very_schema_of_the_models(database: str) -> None:
    """Columns, keys, CHECKs and partial indexes are the same by migration as by the models."""
    engine = open_engine(database)
    try:
        await migrate(engine)
        async with changing_tables(engine) as conn:
            differences = await conn.run_sync(
                lambda c: compare_metadata(MigrationContext.configure(c, opts={"compare_type": True}), metadata)
            )
            migrated = await conn.run_sync(shape)
            await conn.run_sync(lambda c: downgrade(c, "base"))
            await conn.run_sync(metadata.create_all)
            modelled = await conn.run_sync(shape)
    finally:
        await engine.dispose()
    assert differences == []
    assert migrated == modelled
    assert len(str(migrated)) > 2000


async def test_populated_tables_go_up_down_and_up_again(database: str) -> None:
    """Every revision takes a full database forward and back; at the base nothing is left behind."""
    engine = open_engine(database)
    revisions = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()][::-1]
    try:
        for revision in revisions:
            async with changing_tables(engine) as conn:
                await conn.run_sync(lambda c, to=revision: upgrade(c, to))
        async with engine.begin() as conn:
            for table in metadata.sorted_tables:
                await conn.execute(table.insert().values(**sample(table)))
        for to in [*revisions[:-1][::-1], "base"]:
            async with changing_tables(engine) as conn:
                await conn.run_sync(lambda c, to=to: downgrade(c, to))
        async with engine.begin() as conn:
            left = await conn.run_sync(lambda c: inspect(c).get_table_names())
            assert left == ["alembic_version"]
        await migrate(engine)
        async with engine.begin() as conn:
            assert await conn.run_sync(revision_of) == revisions[-1]
            for table in metadata.sorted_tables:
                await conn.execute(table.insert().values(**sample(table)))
    finally:
        await engine.dispose()


async def test_database_of_a_newer_program_is_refused_in_one_sentence(database: str) -> None:
    """A schema that this program does not know is left alone."""
    engine = open_engine(database)
    try:
        await migrate(engine)
        async with engine.begin() as conn:
            await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(SchemaRefused, match="9999 比这个程序新"):
            await migrate(engine)
    finally:
        await engine.dispose()


@pytest.mark.parametrize(
    ("table", "column", "wrong"),
    [
        ("ticket", "status", "flying"),
        ("ticket", "round", 0),
        ("ticket", "lat", None),
        ("ticket", "status", "closed"),
        ("chat_group", "kind", "party"),
        ("person_role", "role", "king"),
        ("person_role", "source", "rumour"),
        ("role_code", "role", "king"),
        ("role_code", "state", "lost"),
        ("role_event", "action", "guessed"),
        ("role_event", "role", "king"),
        ("outbox", "state", "lost"),
        ("web_link", "state", "lost"),
        ("canned_reply", "status", "flying"),
        ("audit", "what", "gossip"),
    ],
)
async def test_tables_refuse_what_the_trade_does_not_know(database: str, table: str, column: str, wrong: Any) -> None:
    """The CHECKs hold on both databases."""
    engine = open_engine(database)
    try:
        await migrate(engine)
        with pytest.raises(IntegrityError):
            await _fill(engine, table, {column: wrong})
    finally:
        await engine.dispose()


async def _fill(engine: AsyncEngine, wrong_table: str, wrong: dict[str, Any]) -> None:
    async with engine.begin() as conn:
        for table in metadata.sorted_tables:
            changed = wrong if table.name == wrong_table else {}
            await conn.execute(table.insert().values(**{**sample(table), **changed}))


async def test_naive_times_never_reach_a_table(database: str) -> None:
    """A time without a zone is refused where it is written."""
    engine = open_engine(database)
    person = metadata.tables["person"]
    try:
        await migrate(engine)
        async with engine.begin() as conn:
            with pytest.raises(StatementError, match="without a zone"):
                await conn.execute(person.insert().values(**{**sample(person), "seen_at": NOW.replace(tzinfo=None)}))
        async with engine.begin() as conn:
            await conn.execute(person.insert().values(**{**sample(person), "seen_at": NOW}))
            assert (await conn.execute(person.select())).one().seen_at == NOW
    finally:
        await engine.dispose()
