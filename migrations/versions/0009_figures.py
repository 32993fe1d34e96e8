"""how long it took until somebody took it, was there, was done; indexes by which periods are counted

The times of tickets that are there already come from their history.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
INDEXES = {
    "resolved_at": ["resolved_at", "resolve_seconds"],
    "closed_at": ["closed_at"],
    "deadline_at": ["deadline_at"],
}
FIRST = {"accept_seconds": "accept", "arrive_seconds": "arrive"}


def upgrade() -> None:
    """Figures: forward."""
    for name in (*FIRST, "resolve_seconds"):
        op.add_column("ticket", sa.Column(name, sa.Integer()))
    for column, action in FIRST.items():
        first = f"(SELECT min(e.at) FROM ticket_event e WHERE e.ticket_id = ticket.id AND e.action = '{action}')"  # noqa: S608 - our own words
        op.execute(f"UPDATE ticket SET {column} = {_seconds(first)} WHERE {first} IS NOT NULL")  # noqa: S608 - as above
    op.execute(f"UPDATE ticket SET resolve_seconds = {_seconds('resolved_at')} WHERE resolved_at IS NOT NULL")  # noqa: S608 - as above
    merged = sa.text("same_as IS NOT NULL")  # a full index seems to SQLite a short way to all that were not merged
    op.drop_index("ix_ticket_same_as", "ticket")
    op.create_index("ix_ticket_same_as", "ticket", ["same_as"], sqlite_where=merged, postgresql_where=merged)
    for name, columns in INDEXES.items():
        op.create_index(f"ix_ticket_{name}", "ticket", columns)
    going = sa.text("status NOT IN ('closed', 'void')")
    op.create_index("ix_ticket_late", "ticket", ["deadline_at"], sqlite_where=going, postgresql_where=going)


def downgrade() -> None:
    """Figures: back."""
    op.drop_index("ix_ticket_late", "ticket")
    op.drop_index("ix_ticket_same_as", "ticket")
    op.create_index("ix_ticket_same_as", "ticket", ["same_as"])
    for name in INDEXES:
        op.drop_index(f"ix_ticket_{name}", "ticket")
    for name in (*FIRST, "resolve_seconds"):
        op.drop_column("ticket", name)


def _seconds(at: str) -> str:
    """Whole seconds from opening to a moment."""
    if op.get_bind().dialect.name == "postgresql":
        return f"CAST(floor(extract(epoch FROM {at} - opened_at)) AS integer)"
    return f"strftime('%s', {at}) - strftime('%s', opened_at)"
