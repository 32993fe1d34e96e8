"""What somebody wants to see on the board, as the address says it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from models.matters import MATTERS
from models.numbers import NUMBERS
from models.words import Means, Status

OPEN, WORKING, ENDED_ALL, ALL, NONE = "open", "working", "ended", "all", "none"
STATES = (OPEN, WORKING, *(status.value for status in Status), ENDED_ALL, ALL)
WORDS = ("squad", "street", "grid", "place", "road", "major", "about")
FIGURES = ("officer", "group", "hour", "weekday")
SLICED = ("group", "street", "grid", "squad", "officer", "matter", "means", "place", "road", "major", "about")
"""What figures can be of, as models.numbers.Slice has it."""
LONGEST, DIGITS = 60, 12
DAY = re.compile(r"2[01]\d{2}-\d{2}-\d{2}")
LOOKS_BACK = timedelta(days=90)
"""A search looks at what is open and at what was opened since; behind a number of the figures it looks at that."""
ASKED_BY_NUMBER = re.compile(rf"(?P<sign>工单\s*[#＃]?|[#＃])?\s*(?P<number>[0-9]{{1,{DIGITS}}})")
SHORT = 3
"""Longer figures may also be a year, a house, a plate."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Checked values; what an address holds beyond them is let go.

    `number` is one of models.numbers.NUMBERS: the tickets behind it, of the days `since` to `until`, both counted, or
    with `earlier` of those that they are compared with; of any state, where none is said.
    """

    state: str = OPEN
    q: str = field(default="", repr=False)
    squad: str = ""
    street: str = ""
    grid: str = ""
    place: str = field(default="", repr=False)
    road: str = ""
    major: str = ""
    about: str = ""
    matter: str = ""
    means: str = ""
    overdue: bool = False
    mine: bool = False
    officer: int | None = None
    group: int | None = None
    hour: int | None = None
    weekday: int | None = None
    number: str = ""
    since: str = ""
    until: str = ""
    earlier: bool = False

    @property
    def query(self) -> str:
        """As an address says it; what is as usual is left out."""
        usual = Filters(state=ALL if self.number else OPEN)
        told = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) != getattr(usual, name)}
        return urlencode({name: 1 if value is True else value for name, value in told.items()})

    def but(self, **other: Any) -> str:
        """The same with something else, as an address says it."""
        if other.get("number") and not self.number:
            other = {"state": ALL, **other}
        return replace(self, **other).query

    @property
    def words(self) -> str:
        """What is searched for, as tickets and names may hold it."""
        return self.q.lstrip("#＃")

    @property
    def numbered(self) -> int | None:
        """The one ticket that is asked for: #1234, 工单1234, 127; longer figures alone may be words of one."""
        asked = ASKED_BY_NUMBER.fullmatch(self.q)
        return int(asked["number"]) if asked and (asked["sign"] or len(asked["number"]) <= SHORT) else None

    @property
    def looks_back(self) -> int:
        """So many days back the search looks at what has ended; 0 where it passes nothing by."""
        passing = self.q and self.numbered is None and not self.number and self.state not in {OPEN, WORKING}
        return LOOKS_BACK.days if passing else 0

    @property
    def unseen(self) -> dict[str, Any]:
        """What is asked for and the form does not show."""
        hidden = ("place", "road", "major", "about", "grid", "means", *FIGURES, "number", "since", "until")
        told = {name: value for name in hidden if (value := getattr(self, name)) not in {"", None}}
        return told | {"earlier": 1} if self.earlier else told


def filters_of(given: Mapping[str, Any]) -> Filters:
    """The filters of an address; what is not understood counts as not said."""
    known: dict[str, Any] = {name: _words(given, name) for name in ("q", *WORDS)}
    known |= {name: _figure(given, name) for name in FIGURES}
    known |= {name: str(given.get(name, "")) in {"1", "on"} for name in ("overdue", "mine", "earlier")}
    known |= {name: day.isoformat() for name in ("since", "until") if (day := day_of(str(given.get(name, ""))))}
    number = _one_of(given, "number", NUMBERS)
    return Filters(
        state=_one_of(given, "state", STATES) or (ALL if number else OPEN), means=_one_of(given, "means", set(Means)),
        matter=_one_of(given, "matter", {*MATTERS, NONE}), number=number, **known,
    )  # fmt: skip


def _words(given: Mapping[str, Any], name: str) -> str:
    """What can be read of it; blanks beside what cannot are no words either."""
    return "".join(sign for sign in str(given.get(name, "")) if sign.isprintable()).strip()[:LONGEST].rstrip()


def _figure(given: Mapping[str, Any], name: str) -> int | None:
    words = str(given.get(name, ""))
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= DIGITS else None


def _one_of(given: Mapping[str, Any], name: str, known: Any) -> str:
    words = str(given.get(name, ""))
    return words if words in known else ""


def day_of(words: str) -> date | None:
    """A day of this century or the next; None where the words are none."""
    try:
        return date.fromisoformat(words) if DAY.fullmatch(words) else None
    except ValueError:
        return None


def sliced(wanted: Filters) -> dict[str, Any]:
    """Which tickets figures are of."""
    return {name: value for name in SLICED if (value := getattr(wanted, name)) not in {"", None, NONE}}
