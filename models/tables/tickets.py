"""What was said, the tickets that came of it, who told of them, their histories and cards; the daybook."""

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
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.event import listen

from models.stale import triggers
from models.tables.base import MEDIUM_STATES, metadata, one_of
from models.types import BigId, Json, UTCDateTime
from models.words import CardKind, Demand, Means, Menu, Status

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
ALIKE = text("perhaps IS NOT NULL")
Index("ix_ticket_perhaps", ticket.c.perhaps, sqlite_where=ALIKE, postgresql_where=ALIKE)
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
    Column("spots", Text, nullable=False, server_default=""),
    Column("places", Text, nullable=False, server_default=""),
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
