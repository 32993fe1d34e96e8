"""What people say in a chat, as plain values that no channel owns."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the earth: degrees, the datum it was given in, the radius of doubt in metres, and what showed it.

    `shown_by` is `pin` (a location, a position in a photo) or `link` (a map link, coordinates in the words).
    """

    lat: float = field(repr=False)
    lon: float = field(repr=False)
    datum: str = "WGS-84"
    radius: float | None = None
    shown_by: str = "pin"


class MediumKind(StrEnum):
    """What hangs on a message besides its words."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    DOCUMENT = "document"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class Medium:
    """A file that hangs on a message; `handle` is what the channel needs to fetch or resend it."""

    kind: MediumKind
    handle: str = field(repr=False)
    unique: str = ""
    size: int | None = None
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """One message. Ids are opaque strings of the channel; `at` is aware UTC.

    `to_bot` marks an answer to what a bot had said, `nameless` an anonymous administrator or a
    channel: they may complain, but never command.
    """

    chat: str
    id: str
    at: datetime
    sender: str
    name: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    reply_to: str | None = None
    point: Point | None = None
    venue: str | None = field(default=None, repr=False)
    media: tuple[Medium, ...] = ()
    album: str | None = None
    thread: str | None = None
    forwarded: bool = False
    nameless: bool = False
    live: bool = False
    typed: str | None = None
    to_bot: bool = False

    @property
    def whole(self) -> str:
        """The words as they were typed; `text` may lack the letters of links and coordinates."""
        return self.text if self.typed is None else self.typed

    @property
    def spoken(self) -> bool:
        """True for a voice note."""
        return any(medium.kind is MediumKind.VOICE for medium in self.media)

    @property
    def pictured(self) -> bool:
        """True where a photo or film hangs on it."""
        return any(medium.kind in {MediumKind.PHOTO, MediumKind.VIDEO} for medium in self.media)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is talking: the opaque id, the role, and her shop where she has one."""

    id: str
    role: str = "merchant"
    name: str = field(default="", repr=False)
    shop: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    point: Point | None = None


def storable(words: str) -> str:
    """Words that every database takes: no NUL, no lone surrogates."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
