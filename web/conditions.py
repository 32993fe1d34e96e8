"""What is wanted, and of that what somebody may see, as a condition for the tables."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, cast, extract, false, func, or_, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger import life
from models import tables as t
from models.numbers import LATE, NUMBERS, Asked, Formulas, Slice
from models.rows import Standing
from models.words import ENDED, Status
from reading import calendar
from web.filters import ALL, DIGITS, ENDED_ALL, LOOKS_BACK, NONE, OPEN, WORKING, Filters, day_of, sliced

LIVE: Any = text("ticket.status NOT IN ('closed', 'void')")
"""未结案: in hand, or waiting for the reporter's word. Written out, so that the indexes of open tickets serve: SQLite
does not see through a bound value."""
IN_HAND = (LIVE, t.ticket.c.status != Status.RESOLVED)
"""在办, as the figures count it (models.numbers: open_now)."""


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
