"""What came in, what is to go out, what is due, who is to be asked; the calendar and the audit."""

from sqlalchemy import (
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

from models.tables.base import ADVICE_STATES, INBOX_STATES, JOB_STATES, OUTBOX_STATES, metadata, one_of
from models.types import BigId, Json, UTCDateTime
from models.words import Looked

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
