"""tickets that may be the same are found by an index: every change of a ticket asks for them"""

from alembic import op
from sqlalchemy import text

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
ALIKE = text("perhaps IS NOT NULL")


def upgrade() -> None:
    """Index of what may be the same: forward."""
    op.create_index("ix_ticket_perhaps", "ticket", ["perhaps"], sqlite_where=ALIKE, postgresql_where=ALIKE)


def downgrade() -> None:
    """Index of what may be the same: back."""
    op.drop_index("ix_ticket_perhaps", "ticket")
