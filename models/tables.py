"""The tables. Rows of the same names are in models/rows.py; alembic's migrations must equal these (a test holds it)."""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.event import listen

from models.stale import triggers
from models.types import BigId, Json, UTCDateTime
from models.words import CardKind, Demand, GroupKind, Looked, Means, Menu, Role, Status

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

inbox = Table(
    "inbox",
    metadata,
    Column("seq", BigId, primary_key=True, autoincrement=True),
    Column("channel", String(32), nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat", String(64), nullable=False),
    Column("raw", Text, nullable=False),
    Column("received_at", UTCDateTime, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try_at", UTCDateTime),
    Column("last_error", Text),
    UniqueConstraint("channel", "update_id"),
    one_of("state", INBOX_STATES),
)
Index("ix_inbox_open", inbox.c.seq, sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'"))
Index("ix_inbox_dead", inbox.c.seq, sqlite_where=text("state = 'dead'"), postgresql_where=text("state = 'dead'"))

group = Table(
    "chat_group",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("street", Text),
    Column("squad", Text),
    Column("state", String(16), nullable=False, server_default="active"),
    Column("known", Boolean, nullable=False, server_default=text("false")),
    Column("blocked_until", UTCDateTime),
    Column("datum", String(8), nullable=False, server_default="WGS-84"),
    Column("noticed_at", UTCDateTime),
    Column("language", String(2), nullable=False, server_default="zh"),
    one_of("kind", GroupKind),
    one_of("state", ("active", "muted", "left")),
)
alias = Table(
    "chat_alias",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("group_id", BigId, ForeignKey("chat_group.id"), nullable=False),
    Column("current", Boolean, nullable=False, server_default=text("true")),
)
Index("ix_chat_alias_group_id", alias.c.group_id)

person = Table(
    "person",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("user", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("seen_at", UTCDateTime),
    Column("language", String(2)),
)
role = Table(
    "person_role",
    metadata,
    Column("person_id", BigId, ForeignKey("person.id"), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("squad", Text),
    Column("since", UTCDateTime, nullable=False),
    Column("until", UTCDateTime),
    Column("source", String(8), nullable=False, server_default="config"),
    one_of("role", Role),
    one_of("source", ("config", "code")),
)
Index("ix_person_role_until", role.c.until)
code = Table(
    "role_code",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("squad", Text),
    Column("made_at", UTCDateTime, nullable=False),
    Column("ends_at", UTCDateTime, nullable=False),
    Column("made_by", BigId, ForeignKey("person.id")),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("post_id", BigInteger),
    one_of("role", Role),
    one_of("state", CODE_STATES),
)
Index("ix_role_code_post_id", code.c.post_id)
role_event = Table(
    "role_event",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("at", UTCDateTime, nullable=False),
    Column("action", String(8), nullable=False),
    Column("person_id", BigId, ForeignKey("person.id")),
    Column("actor_id", BigId, ForeignKey("person.id")),
    Column("role", String(16)),
    Column("squad", Text),
    one_of("action", ROLE_ACTIONS),
    one_of("role", Role, or_null=True),
)
Index("ix_role_event_actor_id", role_event.c.actor_id, role_event.c.at)
shop = Table(
    "shop",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("address", Text),
    Column("lat", Float),
    Column("lon", Float),
)

message = Table(
    "message",
    metadata,
    Column("group_id", BigId, ForeignKey("chat_group.id"), primary_key=True),
    Column("message", String(32), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("reply_to", String(32)),
    Column("lat", Float),
    Column("lon", Float),
    Column("venue", Text),
    Column("album", String(64)),
    Column("pictured", Boolean, nullable=False),
    Column("spoken", Boolean, nullable=False),
    Column("forwarded", Boolean, nullable=False),
    Column("edited_at", UTCDateTime),
    Column("datum", String(8)),
    Column("radius", Float),
    Column("shown_by", String(8)),
)
Index("ix_message_recent", message.c.group_id, message.c.at)
Index("ix_message_person_id", message.c.person_id)

medium = Table(
    "medium",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("group_id", BigId, ForeignKey("chat_group.id"), nullable=False),
    Column("message", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("handle", Text, nullable=False),
    Column("size", BigInteger),
    Column("sha256", String(64)),
    Column("mime", String(64)),
    Column("state", String(8), nullable=False, server_default="wanted"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try_at", UTCDateTime),
    Column("last_error", Text),
    one_of("state", MEDIUM_STATES),
)
Index("ix_medium_message", medium.c.group_id, medium.c.message)
Index("ix_medium_wanted", medium.c.id, sqlite_where=text("state = 'wanted'"), postgresql_where=text("state = 'wanted'"))

ticket = Table(
    "ticket",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("status", String(16), nullable=False),
    Column("group_id", BigId, ForeignKey("chat_group.id"), nullable=False),
    Column("opens", String(32), nullable=False),
    Column("part", Integer, nullable=False, server_default="0"),
    Column("reporter_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("asked", Boolean, nullable=False, server_default=text("false")),
    Column("demand", String(16), nullable=False),
    Column("matter", String(8)),
    Column("standard", String(32), nullable=False),
    Column("also", Json, nullable=False),
    Column("party", Text),
    Column("urgent", Boolean, nullable=False),
    Column("emergency", String(8)),
    Column("elsewhere", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("spans", Json, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("raw_lat", Float),
    Column("raw_lon", Float),
    Column("datum", String(8), nullable=False, server_default="WGS-84"),
    Column("radius", Float),
    Column("place_source", String(16), nullable=False),
    Column("near", Text),
    Column("street", Text),
    Column("grid", Text),
    Column("squad", Text),
    Column("officer_id", BigId, ForeignKey("person.id")),
    Column("means", String(16)),
    Column("outcome", Text),
    Column("reason", Text),
    Column("proofs", Integer, nullable=False, server_default="0"),
    Column("chasers", Integer, nullable=False, server_default="0"),
    Column("chased_at", UTCDateTime),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("same_as", BigId, ForeignKey("ticket.id")),
    Column("perhaps", BigId, ForeignKey("ticket.id")),
    Column("recurs", BigId, ForeignKey("ticket.id")),
    Column("satisfied", Boolean),
    Column("opened_at", UTCDateTime, nullable=False),
    Column("dispatched_at", UTCDateTime),
    Column("accepted_at", UTCDateTime),
    Column("arrived_at", UTCDateTime),
    Column("resolved_at", UTCDateTime),
    Column("closed_at", UTCDateTime),
    Column("suspended_at", UTCDateTime),
    Column("deadline_at", UTCDateTime),
    Column("last_at", UTCDateTime, nullable=False),
    Column("outside", Boolean, nullable=False, server_default=text("false")),
    Column("placeless", Boolean, nullable=False, server_default=text("false")),
    Column("survey_at", UTCDateTime),
    Column("surveys", Integer, nullable=False, server_default="0"),
    Column("told_in", BigId, ForeignKey("ticket.id")),
    Column("erased_at", UTCDateTime),
    Column("rule", Json),
    Column("told", Integer, nullable=False, server_default="0"),
    Column("snoozed_until", UTCDateTime),
    Column("snoozed_why", Text),
    Column("accept_seconds", Integer),
    Column("arrive_seconds", Integer),
    Column("resolve_seconds", Integer),
    UniqueConstraint("group_id", "opens", "part"),
    one_of("status", Status),
    one_of("demand", Demand),
    one_of("means", Means, or_null=True),
    CheckConstraint("round >= 1", name="round_counts"),
    CheckConstraint("status NOT IN ('accepted', 'on_site') OR officer_id IS NOT NULL", name="officer_named"),
    CheckConstraint("same_as IS NULL OR status = 'void'", name="merged_is_void"),
    CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="point_whole"),
)
OPEN_ONLY = text("status NOT IN ('closed', 'void')")
Index("ix_ticket_open", ticket.c.group_id, ticket.c.last_at, sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY)
Index("ix_ticket_recent", ticket.c.group_id, ticket.c.last_at)
Index("ix_ticket_opened_at", ticket.c.opened_at)
Index("ix_ticket_resolved_at", ticket.c.resolved_at, ticket.c.resolve_seconds)
Index("ix_ticket_closed_at", ticket.c.closed_at)
Index("ix_ticket_deadline_at", ticket.c.deadline_at)
STANDING = ("deadline_at", "status", "squad", "officer_id", "group_id", "street", "grid", "matter")
"""What the board sorts by, and all that figures ask of the open tickets: SQLite need not look at the tickets then."""
Index("ix_ticket_standing", *(ticket.c[name] for name in STANDING), sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY)
Index("ix_ticket_officer", ticket.c.officer_id, sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY)
Index("ix_ticket_reporter_id", ticket.c.reporter_id)
MERGED = text("same_as IS NOT NULL")
Index("ix_ticket_same_as", ticket.c.same_as, sqlite_where=MERGED, postgresql_where=MERGED)
Index("ix_ticket_told_in", ticket.c.told_in)
TO_SURVEY = text("survey_at IS NOT NULL")
Index("ix_ticket_survey", ticket.c.survey_at, sqlite_where=TO_SURVEY, postgresql_where=TO_SURVEY)

figure_day = Table(
    "figure_day",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("moment", String(16), primary_key=True),
    Column("version", String(48), nullable=False),
    Column("bits", Text, nullable=False),
    Column("keys", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""The daybook (services/daybook.py). Triggers of the database take a page out when a ticket of its day changes."""
for _dialect in ("sqlite", "postgresql"):
    for _statement in triggers(_dialect):
        listen(metadata, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]

reporter = Table(
    "ticket_reporter",
    metadata,
    Column("ticket_id", BigId, ForeignKey("ticket.id"), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id"), primary_key=True),
    Column("via", BigId, ForeignKey("ticket.id")),
)
link = Table(
    "ticket_message",
    metadata,
    Column("ticket_id", BigId, ForeignKey("ticket.id"), primary_key=True),
    Column("group_id", BigId, primary_key=True),
    Column("message", String(32), primary_key=True),
    Column("act", String(16), nullable=False),
)
Index("ix_ticket_message_message", link.c.group_id, link.c.message)

event = Table(
    "ticket_event",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("ticket_id", BigId, ForeignKey("ticket.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("action", String(24), nullable=False),
    Column("actor_id", BigId, ForeignKey("person.id")),
    Column("before", String(16)),
    Column("after", String(16), nullable=False),
    Column("data", Json, nullable=False),
)
Index("ix_ticket_event_ticket_id", event.c.ticket_id, event.c.id)

card = Table(
    "card",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("ticket_id", BigId, ForeignKey("ticket.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("group_id", BigId, ForeignKey("chat_group.id"), nullable=False),
    Column("message", String(32)),
    Column("shown", String(64)),
    Column("menu", String(16)),
    Column("pictured", Boolean, nullable=False, server_default=text("false")),
    Column("chosen", String(16)),
    UniqueConstraint("ticket_id", "kind", "round", "group_id"),
    one_of("kind", CardKind),
    one_of("menu", Menu, or_null=True),
)
Index("ix_card_message", card.c.group_id, card.c.message)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("group_id", BigId, ForeignKey("chat_group.id")),
    Column("kind", String(16), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("card_id", BigId, ForeignKey("card.id")),
    Column("ticket_id", BigId, ForeignKey("ticket.id")),
    Column("dedupe", String(96)),
    Column("payload", Json, nullable=False),
    Column("state", String(8), nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("created_at", UTCDateTime, nullable=False),
    Column("next_try_at", UTCDateTime),
    Column("sent_at", UTCDateTime),
    Column("message", String(32)),
    Column("last_error", Text),
    one_of("state", OUTBOX_STATES),
)
WAITING = text("state = 'pending'")
UNFINISHED = text("state IN ('pending', 'sending')")
Index("ix_outbox_waiting", outbox.c.priority, outbox.c.id, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)
Index("ix_outbox_sent_at", outbox.c.sent_at)
Index("uq_outbox_dedupe", outbox.c.dedupe, unique=True, sqlite_where=WAITING, postgresql_where=WAITING)

job = Table(
    "due_job",
    metadata,
    Column("key", String(96), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("ticket_id", BigId, ForeignKey("ticket.id")),
    Column("payload", Json, nullable=False),
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    one_of("state", JOB_STATES),
)
JOBS_WAITING = text("state = 'waiting'")
Index("ix_due_job_due_at", job.c.due_at, sqlite_where=JOBS_WAITING, postgresql_where=JOBS_WAITING)

advice = Table(
    "advice",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("group_id", BigId, ForeignKey("chat_group.id"), nullable=False),
    Column("message", String(32), nullable=False),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("body", Json, nullable=False),
    Column("keys", Json, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("asks", Integer, nullable=False, server_default="0"),
    Column("asked_at", UTCDateTime),
    Column("ended_at", UTCDateTime),
    Column("answer", Json),
    Column("error", Text),
    UniqueConstraint("group_id", "message"),
    one_of("state", ADVICE_STATES),
)
ADVICE_OPEN = text("state IN ('new', 'asked')")
Index("ix_advice_open", advice.c.made_at, sqlite_where=ADVICE_OPEN, postgresql_where=ADVICE_OPEN)
Index("ix_advice_asked_at", advice.c.asked_at)
geocoder = Table(
    "geocoder",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("asked", Integer, nullable=False, server_default="0"),
    Column("faults", Integer, nullable=False, server_default="0"),
    Column("shut_until", UTCDateTime),
)
answer = Table(
    "geocoder_answer",
    metadata,
    Column("geocoder", String(16), primary_key=True),
    Column("asked", String(200), primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("found", Boolean, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("datum", String(8)),
    Column("radius", Float),
    Column("name", Text),
    CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="point_whole"),
)
Index("ix_geocoder_answer_at", answer.c.at)
audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("at", UTCDateTime, nullable=False),
    Column("actor_id", BigId, ForeignKey("person.id")),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("ticket_id", BigId, ForeignKey("ticket.id")),
    Column("what", String(16), nullable=False),
    one_of("what", Looked),
)
Index("ix_audit_at", audit.c.at)
Index("ix_audit_person_id", audit.c.person_id, audit.c.at)
calendar = Table(
    "work_calendar",
    metadata,
    Column("mark", String(16), primary_key=True),
    Column("body", Json, nullable=False),
    Column("since", UTCDateTime, nullable=False),
)
web_link = Table(
    "web_link",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("ends_at", UTCDateTime, nullable=False),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("post_id", BigInteger),
    one_of("state", LINK_STATES),
)
Index("ix_web_link_person_id", web_link.c.person_id)
web_session = Table(
    "web_session",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("seen_at", UTCDateTime, nullable=False),
    Column("ends_at", UTCDateTime, nullable=False),
    Column("ended_at", UTCDateTime),
    Column("agent", String(80), nullable=False),
)
Index("ix_web_session_person_id", web_session.c.person_id)
web_view = Table(
    "web_view",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("name", String(40), nullable=False),
    Column("query", Text, nullable=False),
    UniqueConstraint("person_id", "name"),
)
memo = Table(
    "ticket_memo",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("ticket_id", BigId, ForeignKey("ticket.id"), nullable=False),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("words", Text, nullable=False),
)
Index("ix_ticket_memo_ticket_id", memo.c.ticket_id, memo.c.id)
canned = Table(
    "canned_reply",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("matter", String(8)),
    Column("status", String(16)),
    Column("words", Text, nullable=False),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    one_of("status", Status, or_null=True),
)
