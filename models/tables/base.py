"""What all tables share: how constraints are named, columns that hold words, the words of states."""

from sqlalchemy import CheckConstraint, MetaData

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


def one_of(column: str, words: object, *, or_null: bool = False) -> CheckConstraint:
    """A CHECK that the column holds one of the enum's words."""
    listed = ", ".join(f"'{word}'" for word in words)  # type: ignore[attr-defined]
    spare = f"{column} IS NULL OR " if or_null else ""
    return CheckConstraint(f"{spare}{column} IN ({listed})", name=f"{column}_known")


INBOX_STATES = ("new", "done", "dead")
OUTBOX_STATES = ("pending", "sending", "sent", "unknown", "failed", "dropped")
JOB_STATES = ("waiting", "done", "dead")
MEDIUM_STATES = ("wanted", "kept", "refused")
CODE_STATES = ("open", "used", "void")
LINK_STATES = ("open", "used", "void")
ROLE_ACTIONS = ("named", "ended", "made", "bound", "wrong", "spoilt", "revoked", "restored")
ADVICE_STATES = ("new", "asked", "answered", "refused", "failed", "skipped")
