"""What somebody wants to see on the board, as the address says it, and as a condition for the tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    ColumnElement,
    String,
    and_,
    cast,
    extract,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.matters import MATTERS
from models.rows import Standing
from models.words import ENDED, Means, Status

OPEN, ENDED_ALL, ALL = "open", "ended", "all"
STATES = (OPEN, *(status.value for status in Status), ENDED_ALL, ALL)
LATE = (Status.OPENED, Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE)
LIVE: ColumnElement[bool] = literal_column("ticket.status NOT IN ('closed', 'void')", Boolean)
"""Written out, so that the indexes of open tickets serve: SQLite does not see through a bound value."""
SPANS = ("opened", "resolved", "closed")
WORDS = ("squad", "street", "place")
LONGEST = 60
DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?")
LOOKS_BACK = timedelta(days=90)
"""A search looks at what is open and at what was opened since; with a span of days it looks there."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Checked values; what an address holds beyond them is let go."""

    state: str = OPEN
    q: str = ""
    squad: str = ""
    street: str = ""
    place: str = ""
    matter: str = ""
    means: str = ""
    overdue: bool = False
    mine: bool = False
    returned: bool = False
    ontime: str = ""
    officer: int | None = None
    group: int | None = None
    hour: int | None = None
    weekday: int | None = None
    opened: str = ""
    resolved: str = ""
    closed: str = ""

    @property
    def query(self) -> str:
        """As an address says it; what is as usual is left out."""
        usual = Filters()
        told = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) != getattr(usual, name)}
        return urlencode({name: 1 if value is True else value for name, value in told.items()})

    def with_place(self, name: str) -> str:
        """The same at one place alone."""
        return replace(self, place=name).query

    @property
    def narrowed(self) -> bool:
        """True where anything is asked for that the form does not show."""
        hidden = ("place", "means", "returned", "ontime", "officer", "group", "hour", "weekday", *SPANS)
        return any(getattr(self, name) not in {"", None, False} for name in hidden)


def filters_of(given: Mapping[str, Any]) -> Filters:
    """The filters of an address; what is not understood counts as not said."""
    words: dict[str, Any] = {name: _words(given, name) for name in ("q", *WORDS)}
    spans: dict[str, Any] = {name: shape for name in SPANS if days_of(shape := str(given.get(name, "")))}
    state, matter = str(given.get("state", OPEN)), str(given.get("matter", ""))
    means, ontime = str(given.get("means", "")), str(given.get("ontime", ""))
    figures: dict[str, Any] = {name: _figure(given, name) for name in ("officer", "group", "hour", "weekday")}
    ticks: dict[str, Any] = {name: str(given.get(name, "")) in {"1", "on"} for name in ("overdue", "mine", "returned")}
    return Filters(
        state=state if state in STATES else OPEN,
        matter=matter if matter in MATTERS or matter == "none" else "",
        means=means if means in set(Means) else "",
        ontime=ontime if ontime in {"yes", "no"} else "",
        **words, **spans, **figures, **ticks,
    )  # fmt: skip


def _words(given: Mapping[str, Any], name: str) -> str:
    return "".join(sign for sign in str(given.get(name, "")).strip()[:LONGEST] if sign.isprintable())


def _figure(given: Mapping[str, Any], name: str) -> int | None:
    words = str(given.get(name, ""))
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 13 else None  # noqa: PLR2004 - as BigId


def days_of(words: str) -> tuple[date, date] | None:
    """First and last day of a span; None where they are none."""
    shape = DAYS.fullmatch(words)
    try:
        first, last = (date.fromisoformat(day) for day in (shape[1], shape[2] or shape[1])) if shape else (None, None)
    except ValueError:
        return None
    return (first, last) if first and last and first <= last else None


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, when, and by which clock."""

    person: int
    standing: Standing
    now: datetime
    zone: ZoneInfo


def seen_by(standing: Standing) -> list[ColumnElement[bool]]:
    """The tickets that the pages show somebody: the same as ledger.life.sees says of one."""
    c = t.ticket.c
    return [or_(c.squad.is_(None), c.squad == "", c.squad == standing.squad)] if standing.squad else []


async def conditions(conn: AsyncConnection, wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    """The tickets that are wanted, of those that she may see."""
    found = [*seen_by(looker.standing), *_state(wanted), *_plain(wanted), *_spans(wanted, looker)]
    found += _ticks(wanted, looker)
    if wanted.q:
        found += await _search(conn, wanted, looker)
    if wanted.hour is not None or wanted.weekday is not None:
        found += _moments(conn.dialect.name, wanted, looker)
    return found


def _state(wanted: Filters) -> list[ColumnElement[bool]]:
    c = t.ticket.c
    if wanted.state == OPEN:
        return [LIVE]
    if wanted.state == ENDED_ALL:
        return [c.status.in_(ENDED)]
    return [] if wanted.state == ALL else [c.status == wanted.state]


def _plain(wanted: Filters) -> list[ColumnElement[bool]]:
    c = t.ticket.c
    same = {"squad": c.squad, "street": c.street, "means": c.means, "officer": c.officer_id, "group": c.group_id}
    found = [
        column == getattr(wanted, name) for name, column in same.items() if getattr(wanted, name) not in {"", None}
    ]
    if wanted.matter:
        found.append(c.matter.is_(None) if wanted.matter == "none" else c.matter == wanted.matter)
    if wanted.place:
        found.append(or_(c.near == wanted.place, c.place == wanted.place))
    return found


def _ticks(wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    c, found = t.ticket.c, []
    if wanted.overdue:
        found += [c.deadline_at < looker.now, c.status.in_(LATE)]
    if wanted.mine:
        found.append(c.officer_id == looker.person)
    if wanted.returned:
        found.append(c.round > 1)
    if wanted.ontime:
        kept = or_(c.deadline_at.is_(None), c.resolved_at <= c.deadline_at)
        found += [c.resolved_at.is_not(None), kept if wanted.ontime == "yes" else not_(kept)]
    if wanted.state == ALL or any(getattr(wanted, name) for name in SPANS):
        found.append(c.same_as.is_(None))
    return found


def _spans(wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    found = []
    for name in SPANS:
        days = days_of(getattr(wanted, name))
        if days is not None:
            column = t.ticket.c[f"{name}_at"]
            start = datetime.combine(days[0], time(), looker.zone)
            found.append(
                and_(column >= start, column < datetime.combine(days[1] + timedelta(days=1), time(), looker.zone))
            )
    return found


async def _search(conn: AsyncConnection, wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    """By number, words, place, party, and by the name of who told of it."""
    c, words = t.ticket.c, wanted.q.lstrip("#＃")
    shapes = [column.contains(words, autoescape=True) for column in (c.words, c.place, c.near, c.party)]
    named = select(t.person.c.id).where(t.person.c.name.contains(words, autoescape=True)).limit(200)
    people = list((await conn.execute(named)).scalars())
    either = or_(*shapes, c.reporter_id.in_(people) if people else false())
    if words.isascii() and words.isdecimal() and len(words) < 13:  # noqa: PLR2004 - as BigId
        return [or_(c.id == int(words), either)] if len(words) > 3 else [c.id == int(words)]  # noqa: PLR2004 - a year, a house number
    if any(getattr(wanted, name) for name in SPANS) or wanted.state == OPEN:
        return [either]
    return [either, or_(LIVE, c.opened_at > looker.now - LOOKS_BACK)]


def _moments(dialect: str, wanted: Filters, looker: Looker) -> list[ColumnElement[bool]]:
    """Hour and weekday of the opening by the bureau's clock; its distance from UTC is taken as it is now."""
    column, away = t.ticket.c.opened_at, looker.now.astimezone(looker.zone).utcoffset() or timedelta()
    if dialect == "sqlite":
        local: Any = func.datetime(cast(column, String), f"{int(away.total_seconds())} seconds")
        hour, weekday = func.strftime("%H", local), func.strftime("%w", local)
        wants = {"hour": f"{wanted.hour or 0:02d}", "weekday": str(((wanted.weekday or 0) + 1) % 7)}
        shown: dict[str, Any] = {"hour": hour, "weekday": weekday}
    else:
        local = func.timezone(looker.zone.key, column)
        shown = {"hour": extract("hour", local), "weekday": extract("isodow", local) - 1}
        wants = {"hour": wanted.hour, "weekday": wanted.weekday}  # type: ignore[dict-item]
    return [shown[name] == wants[name] for name in wants if getattr(wanted, name) is not None]
