"""what figures ask of the open tickets stands in one index, in place of two that were the same; keys of the daybook"""

from alembic import op
from sqlalchemy import Column, Text, text

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OPEN_ONLY = text("status NOT IN ('closed', 'void')")
COLUMNS = ["deadline_at", "status", "squad", "officer_id", "group_id", "street", "grid", "matter"]


def upgrade() -> None:
    """Standing: forward."""
    op.drop_index("ix_ticket_late", "ticket")
    op.drop_index("ix_ticket_due", "ticket")
    op.create_index("ix_ticket_standing", "ticket", COLUMNS, sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY)
    op.add_column("figure_day", Column("keys", Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Standing: back."""
    op.drop_column("figure_day", "keys")
    op.drop_index("ix_ticket_standing", "ticket")
    for name in ("ix_ticket_due", "ix_ticket_late"):
        op.create_index(name, "ticket", ["deadline_at"], sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY)
