"""roles by one-time code and their record; one line for many tickets"""

import sqlalchemy as sa
from alembic import op

from migrations.remake import remake, with_words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROLES = ("merchant", "worker", "officer", "lead", "admin")
SOURCES = ("config", "code")
STATES = ("open", "used", "void")
ACTIONS = ("named", "ended", "made", "bound", "wrong", "spoilt", "revoked", "restored")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Roles by code: forward."""
    if op.get_bind().dialect.name == "sqlite":
        remake("person_role", _with_source)
        remake("ticket", _with_told_in)
    else:
        op.add_column("person_role", sa.Column("source", sa.String(8), nullable=False, server_default="config"))
        op.create_check_constraint(op.f("ck_person_role_source_known"), "person_role", with_words("source", SOURCES))
        op.add_column("ticket", sa.Column("told_in", sa.BigInteger()))
        op.create_foreign_key(op.f("fk_ticket_told_in"), "ticket", "ticket", ["told_in"], ["id"])
    op.create_index("ix_person_role_until", "person_role", ["until"])
    op.create_index("ix_ticket_told_in", "ticket", ["told_in"])
    _make_codes()
    _make_record()


def _make_codes() -> None:
    op.create_table(
        "role_code",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("squad", sa.Text()),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", KEY),
        sa.Column("state", sa.String(8), server_default="open", nullable=False),
        sa.Column("post_id", sa.BigInteger()),
        sa.CheckConstraint(with_words("role", ROLES), name=op.f("ck_role_code_role_known")),
        sa.CheckConstraint(with_words("state", STATES), name=op.f("ck_role_code_state_known")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_role_code_made_by")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_role_code")),
    )
    op.create_index("ix_role_code_post_id", "role_code", ["post_id"])


def _make_record() -> None:
    op.create_table(
        "role_event",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(8), nullable=False),
        sa.Column("person_id", KEY),
        sa.Column("actor_id", KEY),
        sa.Column("role", sa.String(16)),
        sa.Column("squad", sa.Text()),
        sa.CheckConstraint(with_words("action", ACTIONS), name=op.f("ck_role_event_action_known")),
        sa.CheckConstraint(with_words("role", ROLES, nullable=True), name=op.f("ck_role_event_role_known")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_role_event_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_event_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_event")),
    )
    op.create_index("ix_role_event_actor_id", "role_event", ["actor_id", "at"])


def downgrade() -> None:
    """Roles by code: back; whoever was bound by a code loses the role, for the older program knows only the file's."""
    op.drop_table("role_event")
    op.drop_table("role_code")
    op.drop_index("ix_ticket_told_in", "ticket")
    op.drop_index("ix_person_role_until", "person_role")
    op.execute("DELETE FROM person_role WHERE source = 'code'")
    if op.get_bind().dialect.name == "sqlite":
        remake("ticket", lambda sql: _without(sql, "told_in"))
        remake("person_role", lambda sql: _without(sql, "source"))
        return
    op.drop_column("ticket", "told_in")
    op.drop_constraint(op.f("ck_person_role_source_known"), "person_role")
    op.drop_column("person_role", "source")


def _with_source(sql: str) -> str:
    column = "\tsource VARCHAR(8) DEFAULT 'config' NOT NULL, \n"
    check = f"\tCONSTRAINT ck_person_role_source_known CHECK ({with_words('source', SOURCES)}), \n"
    return _before_constraints(sql, column + check)


def _with_told_in(sql: str) -> str:
    key = "\tCONSTRAINT fk_ticket_told_in FOREIGN KEY(told_in) REFERENCES ticket (id), \n"
    return _before_constraints(sql, "\ttold_in INTEGER, \n" + key)


def _before_constraints(sql: str, lines: str) -> str:
    at = sql.index("\tCONSTRAINT ")
    return sql[:at] + lines + sql[at:]


def _without(sql: str, name: str) -> str:
    return "\n".join(line for line in sql.split("\n") if f"{name} " not in line.strip() and f"({name})" not in line)
