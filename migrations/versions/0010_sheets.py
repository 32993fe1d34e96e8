"""who had tickets written into a file; a lead's menus for the condition of a deadline and for voiding"""

from alembic import op

from migrations.remake import remake, with_words

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LOOKED = ("words", "history", "export", "erase")
MENUS = ("means", "pass_on", "give_back", "suspend", "judge", "matter", "extend", "extend_why", "snooze", "snooze_why")
NEW_LOOKED = (*LOOKED, "sheet")
NEW_MENUS = (*MENUS, "condition", "void")


def upgrade() -> None:
    """Sheets: forward."""
    _let("audit", "what", LOOKED, NEW_LOOKED)
    _let("card", "menu", MENUS, NEW_MENUS, nullable=True)


def _let(table: str, column: str, old: tuple[str, ...], new: tuple[str, ...], *, nullable: bool = False) -> None:
    """Let a column hold these words."""
    before, after = with_words(column, old, nullable=nullable), with_words(column, new, nullable=nullable)
    if op.get_bind().dialect.name == "sqlite":
        remake(table, lambda made: made.replace(before, after))
        return
    name = op.f(f"ck_{table}_{column}_known")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, after)


def downgrade() -> None:
    """Sheets: back."""
    op.execute("DELETE FROM audit WHERE what = 'sheet'")
    op.execute("UPDATE card SET menu = NULL WHERE menu IN ('condition', 'void')")
    _let("audit", "what", NEW_LOOKED, LOOKED)
    _let("card", "menu", NEW_MENUS, MENUS, nullable=True)
