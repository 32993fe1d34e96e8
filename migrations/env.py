"""Alembic's environment: one connection handed in by bot.migrate, both databases, whole or not at all."""

from alembic import context
from sqlalchemy import Connection, text

from models.tables import metadata


def run(connection: Connection) -> None:
    """Run the migrations on this connection."""
    context.configure(
        connection=connection, target_metadata=metadata, transactional_ddl=True, compare_type=True,
        compare_server_default=True,
    )  # fmt: skip
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7291)"))
    context.run_migrations()


run(context.config.attributes["connection"])
