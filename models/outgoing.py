"""What goes out through a channel, and what became of it, as values that no channel owns."""

from dataclasses import dataclass, field
from enum import StrEnum

Rows = tuple[tuple[tuple[str, str], ...], ...]


def link(data: str) -> bool:
    """Whether a button opens an address; what else it says is a press (models.presses)."""
    return data.startswith(("https://", "http://"))


class Sort(StrEnum):
    """What a channel can be asked to do."""

    TEXT = "text"
    PHOTO = "photo"
    PHOTOS = "photos"
    DOCUMENT = "document"
    PIN = "pin"
    EDIT = "edit"
    CAPTION = "caption"
    STRIP = "strip"
    DELETE = "delete"
    TOAST = "toast"
    FASTEN = "fasten"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing for a chat. Text is small HTML; rows are buttons as (text, data); handles are media of this channel.

    A button whose data is an address (`link`) opens it.
    """

    sort: Sort
    chat: str
    text: str = field(default="", repr=False)
    rows: Rows = field(default=(), repr=False)
    reply_to: str | None = None
    message: str | None = None
    handles: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    lat: float = field(default=0.0, repr=False)
    lon: float = field(default=0.0, repr=False)
    query: str = ""
    alert: bool = False
    file: bytes = field(default=b"", repr=False)
    """A picture or a document that we made, to be sent under `name`."""
    name: str = ""
    kept: tuple[bytes, ...] = field(default=(), repr=False)
    """The bytes behind the handles, where these are known no more; one that is empty is left out."""


class End(StrEnum):
    """The four ends of sending, and the three that change what we know of a chat."""

    SENT = "sent"
    RETRY = "retry"  # surely not sent
    UNKNOWN = "unknown"  # it may have been sent
    FAILED = "failed"  # never will be
    GONE = "gone"  # the message to edit, or the question to answer, is no more
    SHUT = "shut"  # the chat has shut us out
    MOVED = "moved"  # the chat has a new id


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it; `after` seconds until another try makes sense, `chat` the new id of a chat that moved.

    `plain`: of something with a picture only the words went out.
    """

    end: End
    message: str | None = None
    after: float = 0.0
    chat: str | None = None
    why: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do, as data; a fetched batch of `batch` updates says that more wait."""

    hears_all: bool
    brings_pins: bool
    edits_cards: bool
    a_minute: int
    batch: int
