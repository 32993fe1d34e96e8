"""tickets that are one matter, and those that came back"""

import sqlalchemy as sa
from alembic import op

from migrations.remake import remake, with_words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = ("receipt", "dispatch", "triage", "result")
MENUS = ("means", "pass_on", "give_back", "suspend", "judge")
MERGED = "same_as IS NULL OR status = 'void'"
OTHERS = ("perhaps", "recurs")


def upgrade() -> None:
    """Merging, likely twins, recurrences: forward."""
    _words_of_cards((KINDS, (*KINDS, "twin")), (MENUS, (*MENUS, "matter")))
    if op.get_bind().dialect.name == "sqlite":
        remake("ticket", _with_others)
        remake("ticket_reporter", _with_via)
    else:
        for name in OTHERS:
            op.add_column("ticket", sa.Column(name, sa.BigInteger()))
            op.create_foreign_key(op.f(f"fk_ticket_{name}"), "ticket", "ticket", [name], ["id"])
        op.create_check_constraint(op.f("ck_ticket_merged_is_void"), "ticket", MERGED)
        op.add_column("ticket_reporter", sa.Column("via", sa.BigInteger()))
        op.create_foreign_key(op.f("fk_ticket_reporter_via"), "ticket_reporter", "ticket", ["via"], ["id"])
    op.create_index("ix_ticket_same_as", "ticket", ["same_as"])


def downgrade() -> None:
    """Merging, likely twins, recurrences: back; tickets that were merged stay void."""
    op.drop_index("ix_ticket_same_as", table_name="ticket")
    op.execute("UPDATE outbox SET card_id = NULL WHERE card_id IN (SELECT id FROM card WHERE kind = 'twin')")
    op.execute("DELETE FROM card WHERE kind = 'twin'")
    op.execute("UPDATE card SET menu = NULL WHERE menu = 'matter'")
    _words_of_cards(((*KINDS, "twin"), KINDS), ((*MENUS, "matter"), MENUS))
    if op.get_bind().dialect.name == "sqlite":
        remake("ticket_reporter", lambda sql: _without(sql, "via"))
        remake("ticket", lambda sql: _without(sql, *OTHERS, "ck_ticket_merged_is_void"))
        return
    op.drop_column("ticket_reporter", "via")
    op.drop_constraint(op.f("ck_ticket_merged_is_void"), "ticket")
    for name in OTHERS:
        op.drop_column("ticket", name)


def _words_of_cards(kinds: tuple[tuple[str, ...], ...], menus: tuple[tuple[str, ...], ...]) -> None:
    changes = [
        (column, with_words(column, old, nullable=empty), with_words(column, new, nullable=empty))
        for column, (old, new), empty in (("kind", kinds, False), ("menu", menus, True))
    ]
    if op.get_bind().dialect.name == "sqlite":
        remake("card", lambda sql: sql.replace(changes[0][1], changes[0][2]).replace(changes[1][1], changes[1][2]))
        return
    for column, _, new in changes:
        op.drop_constraint(op.f(f"ck_card_{column}_known"), "card")
        op.create_check_constraint(op.f(f"ck_card_{column}_known"), "card", new)


def _with_others(sql: str) -> str:
    columns = "".join(f"\t{name} INTEGER, \n" for name in OTHERS)
    keys = "".join(f"\tCONSTRAINT fk_ticket_{n} FOREIGN KEY({n}) REFERENCES ticket (id), \n" for n in OTHERS)
    check = f"\tCONSTRAINT ck_ticket_merged_is_void CHECK ({MERGED}), \n"
    return _before_constraints(sql, columns, keys + check)


def _with_via(sql: str) -> str:
    key = "\tCONSTRAINT fk_ticket_reporter_via FOREIGN KEY(via) REFERENCES ticket (id), \n"
    return _before_constraints(sql, "\tvia INTEGER, \n", key)


def _before_constraints(sql: str, columns: str, constraints: str) -> str:
    at = sql.index("\tCONSTRAINT ")
    return sql[:at] + columns + constraints + sql[at:]


def _without(sql: str, *names: str) -> str:
    lines = [line for line in sql.split("\n") if not any(_tells_of(line, name) for name in names)]
    return "\n".join(lines)


def _tells_of(line: str, name: str) -> bool:
    words = line.replace("(", " ").replace(")", " ").split()
    return words[:1] == [name] or words[1:2] in ([name], [f"fk_ticket_{name}"], [f"fk_ticket_reporter_{name}"])
