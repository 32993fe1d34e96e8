"""the daybook's places stand by themselves, so that a year of a road is read from its pages too"""

from alembic import op
from sqlalchemy import Column, Text

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Places: forward. Pages of before are of another version and are written anew in the background."""
    for name in ("spots", "places"):
        op.add_column("figure_day", Column(name, Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Places: back."""
    for name in ("places", "spots"):
        op.drop_column("figure_day", name)
