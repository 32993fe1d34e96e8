"""looks at pictures, searches by name and files of tickets are on record too, also of who has no name: the command line

Whatever words the column knew before are among those that it knows now.
"""

import re

from alembic import op

from migrations.remake import remake, with_words

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = ("words", "history", "export", "erase", "sheet")
NOW = (*BEFORE, "picture", "search")
NAME = "ck_audit_what_known"


def upgrade() -> None:
    """Looks: forward."""
    _let(NOW, nameless=True)


def _let(words: tuple[str, ...], *, nameless: bool) -> None:
    after = with_words("what", words)
    if op.get_bind().dialect.name == "sqlite":
        remake("audit", lambda made: _actor(re.sub(r"what IN \([^)]*\)", after, made), nameless=nameless))
        return
    op.alter_column("audit", "actor_id", nullable=nameless)
    op.drop_constraint(op.f(NAME), "audit", type_="check")
    op.create_check_constraint(op.f(NAME), "audit", after)


def _actor(made: str, *, nameless: bool) -> str:
    """The column of who looked, as SQLite has it written."""
    return re.sub(r"(actor_id \w+)( NOT NULL)?", r"\1" if nameless else r"\1 NOT NULL", made, count=1)


def downgrade() -> None:
    """Looks: back."""
    op.execute("DELETE FROM audit WHERE actor_id IS NULL OR what IN ('picture', 'search')")
    _let(BEFORE, nameless=False)
