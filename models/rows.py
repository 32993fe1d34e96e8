"""The rows of the tables as mutable values; field names are column names (models/tables/)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.reading import InHand, Line
from models.said import Point
from models.words import ENDED, Demand, GroupKind, Role, Status


@dataclass(slots=True)
class Group:
    """A chat; its id is ours, the channel's ids are aliases."""

    id: int
    name: str
    kind: str
    street: str | None = None
    squad: str | None = None
    state: str = "active"
    known: bool = False
    blocked_until: datetime | None = None
    datum: str = "WGS-84"
    """The datum of pins that its members send."""
    noticed_at: datetime | None = None
    """When it was told who listens here, and what is kept."""
    language: str = "zh"
    """What the bot speaks in it; in private as of her last word there."""

    @property
    def hears_complaints(self) -> bool:
        """True where merchants or site people speak."""
        return self.kind in {GroupKind.MERCHANTS, GroupKind.SITES}


@dataclass(slots=True)
class Alias:
    """One of a chat's ids in its channel; a group that becomes a supergroup has two, one of them current."""

    chat: str
    group_id: int
    current: bool = True


@dataclass(slots=True)
class Person:
    """Someone in a chat."""

    id: int
    user: str = field(repr=False)
    name: str = field(repr=False)
    seen_at: datetime | None = None
    language: str | None = None
    """What she chose for her private talk with the bot; None: as in her group."""


@dataclass(slots=True)
class RoleRow:
    """A role that a person holds, or held until."""

    person_id: int
    role: str
    since: datetime
    squad: str | None = None
    until: datetime | None = None
    source: str = "config"
    """Who gave it: `config` the file, `code` a one-time code."""


@dataclass(slots=True)
class RoleCode:
    """A one-time code for a role; only its hash is known. `made_by` is None for the command line."""

    hash: str
    role: str
    made_at: datetime
    ends_at: datetime
    squad: str | None = None
    made_by: int | None = None
    state: str = "open"
    post_id: int | None = None
    """The outbox row that carries it: tried again it carries another code."""


@dataclass(slots=True)
class RoleEvent:
    """One line of the record of roles, only ever added: whom it is about, and who did it (None: file or keyboard)."""

    at: datetime
    action: str
    person_id: int | None = None
    actor_id: int | None = None
    role: str | None = None
    squad: str | None = None


@dataclass(slots=True)
class Shop:
    """A shop of the street and who keeps it."""

    id: int
    person_id: int
    name: str = field(repr=False)
    address: str | None = field(default=None, repr=False)
    lat: float | None = field(default=None, repr=False)
    lon: float | None = field(default=None, repr=False)

    @property
    def point(self) -> Point | None:
        """Where it stands, WGS-84."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)


@dataclass(slots=True)
class Message:
    """A line of the journal."""

    group_id: int
    message: str
    person_id: int
    at: datetime
    text: str = field(default="", repr=False)
    reply_to: str | None = None
    lat: float | None = field(default=None, repr=False)
    lon: float | None = field(default=None, repr=False)
    venue: str | None = field(default=None, repr=False)
    album: str | None = None
    pictured: bool = False
    spoken: bool = False
    forwarded: bool = False
    edited_at: datetime | None = None
    datum: str | None = None
    radius: float | None = None
    shown_by: str | None = None
    line: Line | None = field(default=None, compare=False, metadata={"column": False})

    @property
    def point(self) -> Point | None:
        """The point that came with it, as it was given."""
        if self.lat is None or self.lon is None:
            return None
        return Point(self.lat, self.lon, self.datum or "WGS-84", self.radius, self.shown_by or "pin")


@dataclass(slots=True)
class MediumRow:
    """A file that hangs on a message; bytes are kept under its sha256."""

    id: int
    group_id: int
    message: str
    kind: str
    handle: str = field(repr=False)
    size: int | None = None
    sha256: str | None = None
    mime: str | None = None
    state: str = "wanted"
    attempts: int = 0
    next_try_at: datetime | None = None
    last_error: str | None = None


@dataclass(slots=True)
class Ticket:
    """One matter at one place. Times are aware UTC; lat/lon WGS-84, raw_* as given in `datum`."""

    id: int
    group_id: int
    opens: str
    reporter_id: int
    opened_at: datetime
    last_at: datetime
    status: str = Status.OPENED
    version: int = 1
    part: int = 0
    asked: bool = False
    demand: str = Demand.REPORT
    matter: str | None = None
    standard: str = ""
    also: list[str] = field(default_factory=list)
    party: str | None = field(default=None, repr=False)
    urgent: bool = False
    emergency: str | None = None
    elsewhere: bool = False
    words: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    spans: list[list[str]] = field(default_factory=list, repr=False)
    lat: float | None = field(default=None, repr=False)
    lon: float | None = field(default=None, repr=False)
    raw_lat: float | None = field(default=None, repr=False)
    raw_lon: float | None = field(default=None, repr=False)
    datum: str = "WGS-84"
    radius: float | None = None
    place_source: str = "none"
    near: str | None = field(default=None, repr=False)
    street: str | None = None
    grid: str | None = None
    squad: str | None = None
    officer_id: int | None = None
    means: str | None = None
    outcome: str | None = field(default=None, repr=False)
    reason: str | None = field(default=None, repr=False)
    proofs: int = 0
    chasers: int = 0
    chased_at: datetime | None = None
    round: int = 1
    same_as: int | None = None
    perhaps: int | None = None
    recurs: int | None = None
    satisfied: bool | None = None
    dispatched_at: datetime | None = None
    accepted_at: datetime | None = None
    arrived_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    suspended_at: datetime | None = None
    deadline_at: datetime | None = None
    outside: bool = False
    """True where its point lies in none of the map's streets: `street` is then the group's."""
    placeless: bool = False
    """True while nobody could find where it is: the receipt asks for a pin."""
    survey_at: datetime | None = None
    """When the geocoders may be asked about it; None where they need not be."""
    surveys: int = 0
    told_in: int | None = None
    """The ticket whose tally tells of this one too, where many came at once."""
    erased_at: datetime | None = None
    """When its words, places and pictures were erased because their time was over."""
    rule: dict[str, Any] | None = None
    """The rule that gave its deadline (models.terms.Rule), as it was then."""
    told: int = 0
    """How many of the words about this deadline (models.terms.STEPS) were said."""
    snoozed_until: datetime | None = None
    snoozed_why: str | None = field(default=None, repr=False)
    accept_seconds: int | None = None
    arrive_seconds: int | None = None
    """From opening to the first time that somebody took it, and was there; whole seconds."""
    resolve_seconds: int | None = None
    """From opening to the resolving that holds."""
    hand: tuple[tuple[Any, ...], InHand] | None = field(default=None, compare=False, metadata={"column": False})

    @property
    def ended(self) -> bool:
        """True once closed or void."""
        return self.status in ENDED

    @property
    def point(self) -> Point | None:
        """Where it is, WGS-84."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon, radius=self.radius)

    @property
    def doubt(self) -> float:
        """Metres by which a place found by its words may be off; what somebody showed is taken as it is."""
        return 0.0 if self.place_source in {"pin", "link"} else self.radius or 0.0

    @property
    def raw(self) -> Point | None:
        """Where it is, as it was given."""
        return None if self.raw_lat is None or self.raw_lon is None else Point(self.raw_lat, self.raw_lon, self.datum)


@dataclass(slots=True)
class Reporter:
    """A person who told of a ticket's matter; `via` is the ticket merged into it that brought her."""

    ticket_id: int
    person_id: int
    via: int | None = None


@dataclass(slots=True)
class Link:
    """A message that belongs to a ticket, and as what."""

    ticket_id: int
    group_id: int
    message: str
    act: str


@dataclass(slots=True)
class Event:
    """One line of a ticket's history; only ever added."""

    ticket_id: int
    at: datetime
    action: str
    actor_id: int | None
    before: str | None
    after: str
    data: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Audit:
    """Somebody looked at a person's data."""

    at: datetime
    actor_id: int | None
    person_id: int
    what: str
    ticket_id: int | None = None


@dataclass(slots=True)
class Card:
    """A message of the bot that it keeps up to date; `message` is the channel's id once it was sent."""

    id: int
    ticket_id: int
    kind: str
    group_id: int
    round: int = 1
    message: str | None = None
    shown: str | None = None
    menu: str | None = None
    pictured: bool = False
    chosen: str | None = None
    """What was picked in a menu that asks for something more."""


@dataclass(slots=True)
class Post:
    """An outbox row: something that the courier is to bring to a chat."""

    kind: str
    priority: int
    created_at: datetime
    group_id: int | None = None
    card_id: int | None = None
    ticket_id: int | None = None
    dedupe: str | None = None
    payload: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Job:
    """Something that is due at a time; one waits under each key."""

    key: str
    kind: str
    due_at: datetime
    ticket_id: int | None = None
    payload: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Advice:
    """What a second reader is asked about a message, and what came of it; only masked words are in `body`."""

    id: int
    group_id: int
    message: str
    person_id: int
    made_at: datetime
    hash: str
    body: dict[str, Any] = field(repr=False)
    keys: dict[str, Any] = field(repr=False)
    state: str = "new"
    asks: int = 0
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    answer: dict[str, Any] | None = field(default=None, repr=False)
    error: str | None = None

    @property
    def open(self) -> bool:
        """True until something became of the message."""
        return self.state in {"new", "asked"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person may act as now: the weightiest role that holds, and her squad."""

    role: Role = Role.MERCHANT
    squad: str | None = None
