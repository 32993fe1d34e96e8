"""places: datums, the street's edge, geocoders"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FALSE = sa.text("false")
TO_SURVEY = sa.text("survey_at IS NOT NULL")


def added() -> list[tuple[str, sa.Column[Any]]]:
    """The new columns of tables that are there."""
    return [
        ("chat_group", sa.Column("datum", sa.String(8), nullable=False, server_default="WGS-84")),
        ("message", sa.Column("datum", sa.String(8))),
        ("message", sa.Column("radius", sa.Float())),
        ("message", sa.Column("shown_by", sa.String(8))),
        ("ticket", sa.Column("outside", sa.Boolean(), nullable=False, server_default=FALSE)),
        ("ticket", sa.Column("placeless", sa.Boolean(), nullable=False, server_default=FALSE)),
        ("ticket", sa.Column("survey_at", sa.DateTime(timezone=True))),
        ("ticket", sa.Column("surveys", sa.Integer(), nullable=False, server_default="0")),
    ]


def upgrade() -> None:
    """Places: forward."""
    for table, column in added():
        op.add_column(table, column)
    op.create_index("ix_ticket_survey", "ticket", ["survey_at"], sqlite_where=TO_SURVEY, postgresql_where=TO_SURVEY)
    op.create_table(
        "geocoder",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("asked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("faults", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shut_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_geocoder")),
    )
    op.create_table(
        "geocoder_answer",
        sa.Column("geocoder", sa.String(16), nullable=False),
        sa.Column("asked", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("datum", sa.String(8)),
        sa.Column("radius", sa.Float()),
        sa.Column("name", sa.Text()),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_geocoder_answer_point_whole")),
        sa.PrimaryKeyConstraint("geocoder", "asked", name=op.f("pk_geocoder_answer")),
    )
    op.create_index("ix_geocoder_answer_at", "geocoder_answer", ["at"])


def downgrade() -> None:
    """Places: back."""
    op.drop_table("geocoder_answer")
    op.drop_table("geocoder")
    op.drop_index("ix_ticket_survey", "ticket")
    for table, column in added():
        op.drop_column(table, column.name)
