"""Groups, people, what they may, and their shops."""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, String, Table, Text, text

from models.tables.base import CODE_STATES, ROLE_ACTIONS, metadata, one_of
from models.types import BigId, UTCDateTime
from models.words import GroupKind, Role

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
