"""Logins to the pages, saved views, internal notes, canned replies."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from models.tables.base import LINK_STATES, metadata, one_of
from models.types import BigId, UTCDateTime
from models.words import Status

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
