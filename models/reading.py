"""What the reader makes of words, as plain values (the reader itself is reading/)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from models.said import Point, Speaker
from models.words import Demand, Scope, Status

STANDARD = "GB/T 47678.5-2026"


class Act(StrEnum):
    """What a message does in the talk."""

    OPENING = "opening"  # wants something: a ticket
    HALF = "half"  # 在吗, or a pin, photo, voice note alone: may become one
    DETAIL = "detail"  # says more of something already said: where, who, which
    CHASER = "chaser"  # asks after it: 怎么还没来
    THANKS = "thanks"  # 谢谢, 处理好了
    DISPUTE = "dispute"  # 没解决, 又来了
    TAKING = "taking"  # officer: 收到 马上到
    ARRIVING = "arriving"  # officer: 到了
    DONE = "done"  # officer: 已劝离, 已处理
    ANSWER = "answer"  # officer or another member answers a question or asks back
    GONE = "gone"  # 走了, 不用来了: whoever told of it thinks that nobody need come
    NOTHING = "nothing"  # 我就随口说说: it was never meant as a report
    TALK = "talk"  # everything else


class Remark(StrEnum):
    """What a short remark says about a matter told before."""

    GONE = "gone"  # 已经走了, 清理干净了
    THANKED = "thanked"  # 谢谢, and nothing else
    AGAIN = "again"  # 就是上次那个
    MOVED = "moved"  # 不是凤鸣路 是凤凰路
    MEANT = "meant"  # another says it for her: 她说的是幼儿园后门那个
    NOTHING = "nothing"  # 不是投诉 我就说说


@dataclass(frozen=True, slots=True)
class Found:
    """One matter that a message tells of."""

    demand: Demand = Demand.REPORT
    matter: str | None = None
    also: tuple[str, ...] = ()
    party: str | None = field(default=None, repr=False)
    plates: tuple[str, ...] = field(default=(), repr=False)
    urgent: bool = False
    emergency: str | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says. `places` are exact substrings of it; `why` names the words and rules for people.

    `score` is how much the rules think that a clerk would open a ticket: 0 … 1. `kinds` is what the trained model makes
    of the text alone, as log-odds of talk, part and opening; `topic` is the matter that the lexicon hears first.
    `remark` is what it says of a matter told before; what it takes back is `wrong`, and its places are not in
    `places`.
    `founds` holds the first matter, and a second where the message tells of two.
    """

    act: Act = Act.TALK
    scope: Scope = Scope.NONE
    founds: tuple[Found, ...] = ()
    places: tuple[str, ...] = field(default=(), repr=False)
    own_place: bool = False
    score: float = 0.0
    why: tuple[str, ...] = field(default=(), repr=False)
    kinds: tuple[float, ...] = (0.0, 0.0, 0.0)
    topic: str | None = None
    remark: Remark | None = None
    wrong: str = field(default="", repr=False)

    @property
    def found(self) -> Found | None:
        """The first matter told of."""
        return self.founds[0] if self.founds else None


@dataclass(frozen=True, slots=True)
class Kinds:
    """How likely a message is talk, part of a matter told already, or the opening of one; they sum to 1."""

    talk: float
    part: float
    opening: float


@dataclass(frozen=True, slots=True)
class Line:
    """A message of the recent talk, read: what pairing looks back at. `tickets` are those it belongs to."""

    id: str
    at: datetime
    speaker: Speaker
    text: str = field(default="", repr=False)
    reading: Reading = field(default_factory=Reading)
    reply_to: str | None = None
    point: Point | None = None
    pictured: bool = False
    spoken: bool = False
    album: str | None = None
    tickets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class InHand:
    """A ticket of the group as pairing sees it: open, or ended within the last days.

    `place` is what was said of where, `address` that of the shop where only her shop says it.
    """

    id: int
    status: Status
    reporters: tuple[str, ...] = field(repr=False)
    officer: str | None = field(repr=False)
    found: Found
    place: str = field(repr=False)
    point: Point | None
    pinned: bool
    opened_at: datetime
    last_at: datetime
    asked: bool = False
    address: str = field(default="", repr=False)
    worded: bool = False
    """True where its point was only found by the words of its place."""
    words: str = field(default="", repr=False)
    """What was said of it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What pairing may look at: the last lines of this chat (oldest first, without the new one) and its tickets.

    `patience` is how long a half waits for the rest of it.
    """

    lines: tuple[Line, ...] = ()
    tickets: tuple[InHand, ...] = ()
    patience: timedelta = timedelta(minutes=10)


class Step(StrEnum):
    """What becomes of a message."""

    TALK = "talk"  # nothing: it is not for the bot
    WAIT = "wait"  # a half: kept, silently, for up to ten minutes
    OPEN = "open"  # a new ticket (one a `founds` entry)
    ASK = "ask"  # unsure: two buttons, shown to the sender once
    ADD = "add"  # belongs to `ticket`


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message, decided by pairing.

    OPEN, ASK: `founds` (one ticket each), `gather` (ids of earlier lines that belong to it), `places`
    ([message id, exact substring]), `own_place` true where only her own shop says where,
    `same_as` the earlier ticket that it repeats, `perhaps` one that it may repeat.
    ADD: `ticket`, and `act` says as what; `gather` may bring earlier lines along; `places` and `party` add to it, or
    with `moved` say where it is instead.
    """

    step: Step
    act: Act = Act.TALK
    ticket: int | None = None
    founds: tuple[Found, ...] = ()
    gather: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    own_place: bool = False
    point: Point | None = None
    party: str | None = field(default=None, repr=False)
    same_as: int | None = None
    perhaps: int | None = None
    moved: bool = False
    tickets: tuple[int, ...] = ()
    why: tuple[str, ...] = field(default=(), repr=False)
