"""links and sessions of the pages, saved views, internal notes, canned replies"""

import sqlalchemy as sa
from alembic import op

from migrations.remake import with_words

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATUSES = ("opened", "dispatched", "accepted", "on_site", "suspended", "resolved", "closed", "void")
OPEN_ONLY = sa.text("status NOT IN ('closed', 'void')")


def upgrade() -> None:
    """The pages: forward."""
    _doors()
    _desk()
    op.create_index("ix_ticket_due", "ticket", ["deadline_at"], sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY)


def _doors() -> None:
    op.create_table(
        "web_link",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(8), server_default="open", nullable=False),
        sa.Column("post_id", sa.BigInteger()),
        sa.CheckConstraint(with_words("state", ("open", "used", "void")), name=op.f("ck_web_link_state_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_link_person_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_web_link")),
    )
    op.create_index("ix_web_link_person_id", "web_link", ["person_id"])
    op.create_table(
        "web_session",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("agent", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("hash", name=op.f("uq_web_session_hash")),
    )
    op.create_index("ix_web_session_person_id", "web_session", ["person_id"])
    op.create_table(
        "web_view",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_view_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_view")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_web_view_person_id_name")),
    )


def _desk() -> None:
    op.create_table(
        "ticket_memo",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("ticket_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_memo_ticket_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_memo_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_memo")),
    )
    op.create_index("ix_ticket_memo_ticket_id", "ticket_memo", ["ticket_id", "id"])
    op.create_table(
        "canned_reply",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("matter", sa.String(8)),
        sa.Column("status", sa.String(16)),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(with_words("status", STATUSES, nullable=True), name=op.f("ck_canned_reply_status_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_canned_reply_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_reply")),
    )


def downgrade() -> None:
    """The pages: back."""
    op.drop_index("ix_ticket_due", "ticket")
    for table in ("canned_reply", "ticket_memo", "web_view", "web_session", "web_link"):
        op.drop_table(table)
