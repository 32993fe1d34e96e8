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
    op.create_table(
        "figure_day",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("moment", sa.String(16), nullable=False),
        sa.Column("version", sa.String(48), nullable=False),
        sa.Column("bits", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "moment", name=op.f("pk_figure_day")),
    )
    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


STAMPS = ("opened_at", "resolved_at", "closed_at", "deadline_at")


def triggers(dialect: str) -> list[str]:
    """A ticket that comes, changes or goes takes the pages of its days out of the daybook."""
    if dialect == "postgresql":
        old, new = (
            _days("OLD", "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"),
            _days("NEW", "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"),
        )
        body = (
            f"IF TG_OP <> 'INSERT' THEN {_stale(old)}; END IF; "
            f"IF TG_OP <> 'DELETE' THEN {_stale(new)}; END IF; RETURN NULL;"
        )
        return [
            f"CREATE FUNCTION figure_day_stale() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
            "CREATE TRIGGER figure_day_stale AFTER INSERT OR UPDATE OR DELETE ON ticket "  # noqa: ISC004 - one statement
            "FOR EACH ROW EXECUTE FUNCTION figure_day_stale()",
        ]
    old, new = _days("OLD", "substr({}, 1, 10)"), _days("NEW", "substr({}, 1, 10)")
    told = {"INSERT": new, "UPDATE": f"{old}, {new}", "DELETE": old}
    return [
        f"CREATE TRIGGER figure_day_stale_{verb.lower()} AFTER {verb} ON ticket BEGIN {_stale(days)}; END"
        for verb, days in told.items()
    ]


def _days(row: str, shape: str) -> str:
    return ", ".join(shape.format(f"{row}.{at}") for at in STAMPS)


def _stale(days: str) -> str:
    return f"DELETE FROM figure_day WHERE day IN ({days})"  # noqa: S608 - our own words


def downgrade() -> None:
    """Figures: back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER figure_day_stale ON ticket")
        op.execute("DROP FUNCTION figure_day_stale")
    else:
        for verb in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER figure_day_stale_{verb}")
    op.drop_table("figure_day")
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
