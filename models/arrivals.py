"""What can arrive from a channel, as values that no channel owns. Ids are opaque strings; times are aware UTC."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.said import Said


@dataclass(frozen=True, slots=True)
class Spoken:
    """Someone said something. `title` is the chat's name, `private` true for a chat with the bot alone."""

    said: Said
    title: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """Someone changed what she said, or her live position moved."""

    said: Said
    title: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """Someone pressed a button; `message` may be gone, `pictured` says that it is a photo's caption."""

    query: str
    chat: str
    message: str
    user: str = field(repr=False)
    name: str = field(repr=False)
    data: str
    at: datetime
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Migrated:
    """A group became a supergroup and has a new id."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Seated:
    """The bot's own place in a chat: `active`, `muted` or `left`; `came` where it was not in it before.

    `pins` where it may pin messages; `private` for a chat with one person.
    """

    chat: str
    title: str
    state: str
    came: bool = False
    pins: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """Someone joined a chat."""

    chat: str
    user: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Left:
    """Someone left a chat."""

    chat: str
    user: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Titled:
    """A chat was renamed."""

    chat: str
    title: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Known, but nothing to do."""

    what: str = ""


Arrival = Spoken | Edited | Pressed | Migrated | Seated | Came | Left | Titled | Nothing

HEAD = 4000
"""Letters that are kept of what cannot be read."""


def unreadable(body: bytes, why: str) -> dict[str, Any]:
    """What stands in place of an update that cannot be read: its beginning, for a person to look at."""
    return {"unreadable": body[:HEAD].decode("utf-8", "replace"), "why": why}
