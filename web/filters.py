"""What somebody wants to see on the board, as the address says it, and as a condition for the tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, cast, extract, false, func, or_, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger import life
from models import tables as t
from models.matters import MATTERS
from models.numbers import LATE, NUMBERS, Asked, Formulas, Slice
from models.rows import Standing
from models.words import ENDED, Means, Status
from reading import calendar

OPEN, WORKING, ENDED_ALL, ALL, NONE = "open", "working", "ended", "all", "none"
STATES = (OPEN, WORKING, *(status.value for status in Status), ENDED_ALL, ALL)
LIVE: Any = text("ticket.status NOT IN ('closed', 'void')")
"""未结案: in hand, or waiting for the reporter's word. Written out, so that the indexes of open tickets serve: SQLite
does not see through a bound value."""
IN_HAND = (LIVE, t.ticket.c.status != Status.RESOLVED)
"""在办, as the figures count it (models.numbers: open_now)."""
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


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, when, by which clock, and by which formulas her figures are reckoned."""

    person: int
    standing: Standing
    now: datetime
    zone: ZoneInfo
    formulas: Formulas = field(default_factory=Formulas)

    @property
    def today(self) -> date:
        """The day of the bureau."""
        return self.now.astimezone(self.zone).date()


def seen_by(standing: Standing) -> list[ColumnElement[bool]]:
    """The tickets that the pages show somebody: the same as ledger.life.sees says of one."""
    c = t.ticket.c
    own = life.bound(standing)
    return [or_(c.squad.is_(None), c.squad == "", c.squad == own)] if own else []


def asked_of(wanted: Filters, looker: Looker) -> Asked:
    """The question to the figures: a span of days or those before it, as the chat compares them, and which tickets."""
    first = day_of(wanted.since) or looker.today.replace(day=1)
    last = max(day_of(wanted.until) or looker.today, first)
    start, end, *before = calendar.nameless(first, last).moments(looker.zone, looker.now)
    asked = Asked(start, end, looker.now, looker.zone, _slice(wanted), looker.formulas, (before[0], before[1]))
    return asked.earlier if wanted.earlier else asked


def _slice(wanted: Filters) -> Slice:
    return Slice(**sliced(wanted))


def sliced(wanted: Filters) -> dict[str, Any]:
    """Which tickets figures are of."""
    return {name: value for name in SLICED if (value := getattr(wanted, name)) not in {"", None, NONE}}


async def conditions(conn: AsyncConnection, wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    """The tickets that are wanted, of those that she may see."""
    found = [*seen_by(looker.standing), *_without(wanted), *_ticks(wanted, looker)]
    if wanted.number:
        found += NUMBERS[wanted.number].conditions(asked_of(wanted, looker))
    else:
        found += _slice(wanted).conditions()
    found += await _search(conn, wanted, looker) if wanted.q else _state(wanted)
    if wanted.hour is not None or wanted.weekday is not None:
        found += _moments(conn.dialect.name, wanted, looker)
    return found


def _state(wanted: Filters) -> list[ColumnElement[bool]]:
    c = t.ticket.c
    if wanted.state in {OPEN, WORKING}:
        return [LIVE] if wanted.state == OPEN else [*IN_HAND]
    if wanted.state == ENDED_ALL:
        return [c.status.in_(ENDED)]
    return [] if wanted.state == ALL else [c.status == wanted.state]


def _without(wanted: Filters) -> list[ColumnElement[bool]]:
    """No squad, no matter: 未派中队, and what is no matter of the standard."""
    return [t.ticket.c[name].is_(None) for name in ("squad", "matter") if getattr(wanted, name) == NONE]


def _ticks(wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    c, found = t.ticket.c, []
    if wanted.overdue:
        found += [c.deadline_at < looker.now, c.status.in_(LATE)]
    if wanted.mine:
        found.append(c.officer_id == looker.person)
    return found


async def named(conn: AsyncConnection, wanted: Filters) -> list[int]:
    """The people whose names hold what is searched for."""
    query = select(t.person.c.id).where(t.person.c.name.contains(wanted.words, autoescape=True)).limit(200)
    return list((await conn.execute(query)).scalars())


async def _search(conn: AsyncConnection, wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    """By number, in whatever state; by words, place, party, and the name of who told of it, in the state wanted."""
    c, words = t.ticket.c, wanted.words
    if wanted.numbered is not None:
        return [c.id == wanted.numbered]
    shapes = [column.contains(words, autoescape=True) for column in (c.words, c.place, c.near, c.party)]
    people = await named(conn, wanted)
    either = or_(*shapes, c.reporter_id.in_(people) if people else false())
    found = [either, *_state(wanted)]
    if wanted.looks_back:
        found.append(or_(LIVE, c.opened_at > looker.now - LOOKS_BACK))
    if not (words.isascii() and words.isdecimal() and len(words) <= DIGITS):
        return found
    if wanted.looks_back:
        return [or_(c.id == int(words), and_(*found))]
    return [c.id.in_(union_all(select(c.id).where(c.id == int(words)), select(c.id).where(*found)))]


def _moments(dialect: str, wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    """Hour and weekday of the opening by the bureau's clock; on SQLite its distance from UTC is taken as it is now."""
    column, away = t.ticket.c.opened_at, looker.now.astimezone(looker.zone).utcoffset() or timedelta()
    wants: dict[str, Any]
    shown: dict[str, Any]
    if dialect == "sqlite":
        local: Any = func.datetime(cast(column, String), f"{int(away.total_seconds())} seconds")
        shown = {"hour": func.strftime("%H", local), "weekday": func.strftime("%w", local)}
        wants = {"hour": f"{wanted.hour or 0:02d}", "weekday": str(((wanted.weekday or 0) + 1) % 7)}
    else:
        local = func.timezone(looker.zone.key, column)
        shown = {"hour": extract("hour", local), "weekday": extract("isodow", local) - 1}
        wants = {"hour": wanted.hour, "weekday": wanted.weekday}
    return [shown[name] == wants[name] for name in wants if getattr(wanted, name) is not None]
