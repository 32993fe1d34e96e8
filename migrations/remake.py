"""Changes what SQLite cannot alter: the table is made anew from its own words, edited; rows, indexes, triggers stay."""

from collections.abc import Callable

from alembic import op
from sqlalchemy import text


def remake(table: str, edit: Callable[[str], str]) -> None:
    """Make a SQLite table anew; `edit` changes its CREATE statement. Columns of both keep their values."""
    conn = op.get_bind()
    made = conn.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :t"), {"t": table}).scalar()
    found = "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = :t AND sql IS NOT NULL"
    indexes = conn.execute(text(found), {"t": table}).scalars().all()
    before = _columns(table)
    op.execute(edit(str(made)).replace(f"CREATE TABLE {table}", "CREATE TABLE remade", 1).replace(
        f'CREATE TABLE "{table}"', "CREATE TABLE remade", 1))  # fmt: skip
    kept = ", ".join(f'"{name}"' for name in _columns("remade") if name in before)
    op.execute(f"INSERT INTO remade ({kept}) SELECT {kept} FROM {table}")  # noqa: S608 - names of our own tables
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE remade RENAME TO {table}")
    for index in indexes:
        op.execute(index)


def _columns(table: str) -> list[str]:
    rows = op.get_bind().execute(text(f'PRAGMA table_info("{table}")'))
    return [row[1] for row in rows]


def with_words(column: str, words: tuple[str, ...], *, nullable: bool = False) -> str:
    """The condition of a `…_known` CHECK."""
    spare = f"{column} IS NULL OR " if nullable else ""
    return f"{spare}{column} IN ({', '.join(repr(word) for word in words)})"
