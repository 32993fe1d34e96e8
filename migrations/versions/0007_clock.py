"""the rule and calendar of each deadline, what was said of it, snoozing; the leads' card"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from migrations.remake import remake, with_words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = ("receipt", "dispatch", "triage", "result", "twin")
MENUS = ("means", "pass_on", "give_back", "suspend", "judge", "matter")
NEW_KINDS = (*KINDS, "watch")
NEW_MENUS = (*MENUS, "extend", "extend_why", "snooze", "snooze_why")


def upgrade() -> None:
    """The clock: forward."""
    op.create_table(
        "work_calendar",
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_work_calendar")),
    )
    op.add_column("ticket", sa.Column("rule", sa.Text()))
    op.add_column("ticket", sa.Column("told", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("ticket", sa.Column("snoozed_until", sa.DateTime(timezone=True)))
    op.add_column("ticket", sa.Column("snoozed_why", sa.Text()))
    op.add_column("card", sa.Column("chosen", sa.String(16)))
    _let((KINDS, MENUS), (NEW_KINDS, NEW_MENUS))


def _let(old: tuple[tuple[str, ...], ...], new: tuple[tuple[str, ...], ...]) -> None:
    """Let a card be of these kinds and show these menus."""
    pairs = (("kind", old[0], new[0], False), ("menu", old[1], new[1], True))
    if op.get_bind().dialect.name == "sqlite":
        remake("card", _other_words(pairs))
        return
    for column, _, words, spare in pairs:
        op.drop_constraint(op.f(f"ck_card_{column}_known"), "card", type_="check")
        op.create_check_constraint(op.f(f"ck_card_{column}_known"), "card", with_words(column, words, nullable=spare))


def _other_words(pairs: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...]) -> Callable[[str], str]:
    def edit(made: str) -> str:
        for column, old, new, spare in pairs:
            made = made.replace(with_words(column, old, nullable=spare), with_words(column, new, nullable=spare))
        return made

    return edit


def downgrade() -> None:
    """The clock: back."""
    op.execute("DELETE FROM outbox WHERE card_id IN (SELECT id FROM card WHERE kind = 'watch')")
    op.execute("DELETE FROM card WHERE kind = 'watch'")
    op.execute("UPDATE card SET menu = NULL WHERE menu IN ('extend', 'extend_why', 'snooze', 'snooze_why')")
    _let((NEW_KINDS, NEW_MENUS), (KINDS, MENUS))
    op.drop_column("card", "chosen")
    for column in ("snoozed_why", "snoozed_until", "told", "rule"):
        op.drop_column("ticket", column)
    op.drop_table("work_calendar")
