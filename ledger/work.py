"""A unit of work: the ledger it sees and the rules of the bureau that it works by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from geo.atlas import Atlas
from ledger.ledger import Ledger
from ledger.timetable import Timetable
from models.numbers import Formulas
from models.question import Question
from models.reading import Reading, Scene, Verdict
from models.retention import Retention
from models.rows import Group, Person
from models.said import Said, Speaker
from reading.register import Register


class Reads(Protocol):
    """What reads words and decides what becomes of them (reading/)."""

    def read(self, text: str, speaker: Speaker) -> Reading:
        """What one text says."""
        ...

    def judge(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> Verdict:
        """What becomes of a message."""
        ...

    def opening(self, said: Said, speaker: Speaker, scene: Scene) -> Verdict:
        """The ticket that a message would open if it opened one (its sender said yes, or it was edited)."""
        ...


class Asks(Reads, Protocol):
    """A reader that knows where it is unsure, and can judge by what a second reader answered (reading/second/)."""

    @property
    def asks(self) -> bool:
        """True where a second reader is connected."""
        ...

    def question(  # noqa: PLR0913, PLR0917 - all that the verdict came from
        self, said: Said, speaker: Speaker, reading: Reading, scene: Scene, verdict: Verdict, names: Iterable[str]
    ) -> Question | None:
        """What a second reader is asked about a message; None where this one is sure, or there is no other."""
        ...

    def advised(self, question: Question, answer: Any) -> Reads:
        """The same reader with an answer to a question; its `judge` raises Refused where that may not be used."""
        ...


@dataclass(frozen=True, slots=True)
class Manners:
    """How often a person, and a group, is answered within a span before many answers become one."""

    a_person: int
    a_group: int
    span: timedelta


@dataclass(frozen=True, slots=True)
class Rules:
    """What a bureau has settled (config.yaml), in the form that the work needs."""

    reader: Asks
    atlas: Atlas
    time: Timetable
    zone: ZoneInfo
    bureau: str = ""
    contact: str = ""
    language: str = "zh"
    """What chats speak of which nothing else is known."""
    pages: str = ""
    """The address of the pages, without a stroke at its end; nothing where only this machine reaches them."""
    kept: Retention = field(default_factory=Retention)
    pairing: timedelta = timedelta(minutes=10)
    silence: timedelta = timedelta(days=1)
    squads: tuple[str, ...] = ()
    register: Register = field(default_factory=Register)
    members: set[str] = field(default_factory=set)
    """Names of all who were heard: they are masked before anything leaves the house."""
    formulas: Formulas = field(default_factory=Formulas)
    manners: Manners | None = None
    """None: each is answered, however many there are (a replay says nothing anyway)."""


@dataclass(slots=True)
class Work:
    """A ledger and the rules; every verb of services/ takes one first."""

    ledger: Ledger
    rules: Rules

    @property
    def now(self) -> datetime:
        """The moment that this unit of work counts as its own, aware UTC."""
        return self.ledger.now


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, the group it was said in, and who said it."""

    group: Group
    said: Said
    person: Person
