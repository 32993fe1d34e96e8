"""what a second reader is asked, and what came of it"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('new', 'asked')")


def upgrade() -> None:
    """What a second reader is asked: forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "advice",
        sa.Column("id", key, autoincrement=False, nullable=False),
        sa.Column("group_id", key, nullable=False),
        sa.Column("message", sa.String(length=32), nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="new", nullable=False),
        sa.Column("asks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'asked', 'answered', 'refused', 'failed', 'skipped')", name=op.f("ck_advice_state_known")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["chat_group.id"], name=op.f("fk_advice_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_advice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
        sa.UniqueConstraint("group_id", "message", name=op.f("uq_advice_group_id_message")),
    )
    op.create_index("ix_advice_open", "advice", ["made_at"], unique=False, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_advice_asked_at", "advice", ["asked_at"], unique=False)


def downgrade() -> None:
    """What a second reader is asked: back."""
    op.drop_index("ix_advice_asked_at", table_name="advice")
    op.drop_index("ix_advice_open", table_name="advice", sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_table("advice")
