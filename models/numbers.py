"""The numbers of the trade: what is counted by which condition. A count and the tickets behind it share one condition.

A number is a moment of a ticket's life that falls in [start, end), and what else must hold; a number of `now` has no
such moment. Merged tickets (`same_as`) never count: their matter counts once, where it went.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, literal, or_, select, true

from models import tables as t
from models.matters import MATTERS
from models.words import HELD, Means, Status

Condition = ColumnElement[bool]
C = t.ticket.c
LATE = (Status.OPENED, Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE)
"""Where the clock of a ticket runs."""
PLACE = func.coalesce(func.nullif(C.near, ""), func.nullif(C.place, ""))
"""What a ticket's place is called: the road or door that was found, else the words that were said."""
DIMENSIONS: dict[str, ColumnElement[Any]] = {
    "group": C.group_id, "street": C.street, "grid": C.grid, "squad": C.squad, "officer": C.officer_id,
    "matter": C.matter, "means": C.means, "place": PLACE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slice:
    """Which tickets: those of a group, street, grid, squad, officer, matter, major class, place, reporter, or all."""

    group: int | None = None
    street: str | None = None
    grid: str | None = None
    squad: str | None = None
    officer: int | None = None
    matter: str | None = None
    major: str | None = None
    about: str | None = None
    """What the matter's name has in it."""
    means: str | None = None
    place: str | None = field(default=None, repr=False)
    road: str | None = None
    """What the place has in it, as it was found or as it was said."""
    reporter: int | None = None
    """A person: the tickets that she told of."""

    @property
    def named(self) -> dict[str, Any]:
        """What was chosen."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}

    def conditions(self) -> list[Condition]:
        """What must hold of a ticket."""
        found = [DIMENSIONS[name] == value for name, value in self.named.items() if name in DIMENSIONS]
        if self.major is not None:
            found.append(C.matter.in_([code for code, matter in MATTERS.items() if matter.major == self.major]))
        if self.about is not None:
            found.append(C.matter.in_([code for code, matter in MATTERS.items() if self.about in matter.name]))
        if self.road is not None:
            found.append(or_(*(column.icontains(self.road, autoescape=True) for column in (C.near, C.place))))
        if self.reporter is not None:
            r = t.reporter.c
            found.append(C.id.in_(select(r.ticket_id).where(r.person_id == self.reporter)))
        return found


@dataclass(frozen=True, slots=True)
class Formulas:
    """What rates are reckoned of (config.yaml, `figures`): the standards leave it to the city."""

    on_time_of: Literal["due", "done"] = "due"
    """`due`: what was to be closed in the period (its deadline falls there); `done`: what was closed in it."""
    rework_of: Literal["resolved", "opened"] = "resolved"
    three_of: Literal["rated", "closed"] = "rated"
    respond_minutes: float = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a period (aware, end not counted), which tickets, and by which formulas."""

    start: datetime
    end: datetime
    now: datetime
    zone: ZoneInfo
    which: Slice = field(default_factory=Slice)
    formulas: Formulas = field(default_factory=Formulas)
    before: tuple[datetime, datetime] | None = None
    """The period to compare with; else the one of the same length just before."""

    @property
    def earlier(self) -> "Asked":
        """The same question about the period before."""
        start, end = self.before or (self.start - (self.end - self.start), self.start)
        return replace(self, start=start, end=end, before=None)


@dataclass(frozen=True, slots=True)
class Number:
    """A thing that can be counted: the moment that must fall in the period (None: as things stand now), and more."""

    moment: ColumnElement[datetime] | None
    also: Callable[[Asked], list[Condition]] = lambda _: []

    def conditions(self, asked: Asked) -> list[Condition]:
        """All that must hold of a ticket."""
        return [*self.span(asked), *self.here(asked)]

    def span(self, asked: Asked) -> list[Condition]:
        """What bounds the tickets: the period, or that they are not ended."""
        if self.moment is None:
            return [t.OPEN_ONLY]  # type: ignore[list-item]  # words that a partial index is known by
        return [self.moment >= asked.start, self.moment < asked.end]

    def here(self, asked: Asked) -> list[Condition]:
        """What else must hold."""
        return [C.same_as.is_(None), *asked.which.conditions(), *self.also(asked)]


def _number(moment: ColumnElement[datetime] | None, *also: Condition) -> Number:
    return Number(moment, lambda _: list(also))


IN_TIME = or_(C.deadline_at.is_(None), C.resolved_at <= C.deadline_at)
DUE = (C.status.not_in((Status.VOID, Status.SUSPENDED)),)
RATED = (C.status == Status.CLOSED, C.satisfied.is_not(None))
SHUT = (C.status == Status.CLOSED,)


def _due(*also: Condition) -> Number:
    """Deadlines that have passed; what is suspended or void was not to be done."""
    return Number(C.deadline_at, lambda asked: [C.deadline_at <= asked.now, *DUE, *also])


def _answered(*also: Condition) -> Number:
    def quickly(asked: Asked) -> list[Condition]:
        return [*also, C.accept_seconds <= timedelta(minutes=asked.formulas.respond_minutes).total_seconds()]

    return Number(C.closed_at, quickly)


def _late(*also: Condition) -> Number:
    return Number(None, lambda asked: [C.status.in_(LATE), C.deadline_at < asked.now, *also])


NUMBERS: dict[str, Number] = {
    "opened": _number(C.opened_at),
    "void": _number(C.opened_at, C.status == Status.VOID),
    "urgent": _number(C.opened_at, C.urgent.is_(True)),
    "opened_again": _number(C.opened_at, C.round > 1),
    "recurred": _number(C.opened_at, C.recurs.is_not(None)),
    "came_back": _number(C.opened_at, or_(C.round > 1, C.recurs.is_not(None))),
    "accepted": _number(C.opened_at, C.accept_seconds.is_not(None)),
    "arrived": _number(C.opened_at, C.arrive_seconds.is_not(None)),
    "resolved": _number(C.resolved_at),
    "resolved_in_time": _number(C.resolved_at, IN_TIME),
    "resolved_again": _number(C.resolved_at, C.round > 1),
    "with_means": _number(C.resolved_at, C.means.is_not(None)),
    **{means.value: _number(C.resolved_at, C.means == means) for means in Means},
    "closed": _number(C.closed_at, *SHUT),
    "closed_in_time": _number(C.closed_at, *SHUT, IN_TIME),
    "closed_at_once": _number(C.closed_at, *SHUT, C.round == 1),
    "closed_answered": _answered(*SHUT),
    "rated": _number(C.closed_at, *RATED),
    "satisfied": _number(C.closed_at, *RATED, C.satisfied.is_(True)),
    "rated_at_once": _number(C.closed_at, *RATED, C.round == 1),
    "rated_answered": _answered(*RATED),
    "due": _due(),
    "due_resolved": _due(C.resolved_at <= C.deadline_at),
    "due_to_close": _due(C.status != Status.RESOLVED),
    "due_closed": _due(*SHUT, C.resolved_at <= C.deadline_at),
    "open_now": _number(None, C.status != Status.RESOLVED),
    "held_now": _number(None, C.status.in_(HELD)),
    "overdue_now": _late(),
    "backlog": _late(C.officer_id.is_not(None)),
}
"""Every number by its name; docs/figures.md says the same in words."""
PARTS = {
    "opened": "place", "open_now": "squad", "overdue_now": "squad", "held_now": "officer", "backlog": "officer",
    "resolved": "officer",
}  # fmt: skip
IN_TIME_OF = ("due_closed", "closed_in_time", "due_to_close", "due_resolved", "resolved_in_time", "due")
ASKED_PARTS = {
    ("squads", "opened"): "squad", ("matters", "opened"): "matter",
    **{("in_time", name): "squad" for name in IN_TIME_OF},
    ("satisfaction", "rated"): "squad", ("satisfaction", "satisfied"): "squad",
}  # fmt: skip
"""By what an answer tells the parts of a number (DIMENSIONS); another where it was asked about."""
OVERDUE = frozenset({"overdue_now", "backlog"})
"""Of whose tickets it matters most how late they are."""


def bits(names: Iterable[str], asked: Asked) -> ColumnElement[int]:
    """For which of these numbers a ticket counts by what must hold beside the moment: a bit each, in this order."""
    found: Any = literal(0)
    for at, name in enumerate(names):
        found = found + case((and_(true(), *NUMBERS[name].also(asked)), 1 << at), else_=0)
    return cast(found, Integer).label("bits")


@dataclass(frozen=True, slots=True)
class Span:
    """A time from opening on that is measured: the number whose tickets it is taken of, and the column of seconds."""

    number: str
    seconds: ColumnElement[int | None]


SPANS = {
    "to_accept": Span("accepted", C.accept_seconds),
    "to_arrive": Span("arrived", C.arrive_seconds),
    "to_resolve": Span("resolved", C.resolve_seconds),
}


def rates(formulas: Formulas) -> dict[str, tuple[str, str]]:
    """Each rate as two numbers: the part and the whole."""
    three = formulas.three_of
    closing = {"due": ("due_closed", "due_to_close"), "done": ("closed_in_time", "closed")}
    disposing = {"due": ("due_resolved", "due"), "done": ("resolved_in_time", "resolved")}
    rework = {"resolved": ("resolved_again", "resolved"), "opened": ("opened_again", "opened")}
    return {
        "in_time_archive": closing[formulas.on_time_of],
        "in_time_dispose": disposing[formulas.on_time_of],
        "rework": rework[formulas.rework_of],
        "response": (f"{three}_answered", three),
        "resolution": (f"{three}_at_once", three),
        "satisfaction": ("satisfied", three),
    }
