"""who looked at whose data, what was erased, which groups were told"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Privacy: forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("chat_group", sa.Column("noticed_at", sa.DateTime(timezone=True)))
    op.add_column("ticket", sa.Column("erased_at", sa.DateTime(timezone=True)))
    op.create_table(
        "audit",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("ticket_id", key, nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.CheckConstraint("what IN ('words', 'history', 'export', 'erase')", name=op.f("ck_audit_what_known")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_audit_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_audit_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_person_id", "audit", ["person_id", "at"])
    op.create_index("ix_message_person_id", "message", ["person_id"])


def downgrade() -> None:
    """Privacy: back."""
    op.drop_index("ix_message_person_id", "message")
    op.drop_table("audit")
    op.drop_column("ticket", "erased_at")
    op.drop_column("chat_group", "noticed_at")
