"""what the bot speaks in each chat, and what a person chose for her private talk with it"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Languages: forward."""
    op.add_column("chat_group", sa.Column("language", sa.String(2), nullable=False, server_default="zh"))
    op.add_column("person", sa.Column("language", sa.String(2)))


def downgrade() -> None:
    """Languages: back."""
    op.drop_column("person", "language")
    op.drop_column("chat_group", "language")
