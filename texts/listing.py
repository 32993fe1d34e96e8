"""The tickets behind a number, a page at a time, and the buttons under figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.numbers import IN_TIME_OF, OVERDUE, Formulas, rates
from models.presses import Behind, Press
from models.rows import Ticket
from models.words import Means, Status
from texts.drawing import wide
from texts.headings import title
from texts.page import Button, Page, bold, plain, quote
from texts.reports import lasting
from texts.speaking import Named, tell
from texts.whereabouts import near
from texts.words import STATUS, joined, short

PARTS = 6
"""So many parts of a number are offered."""
SHORT = 24
"""UTF-16 units of a place in a list."""
HANDS_LONG = 16
"""Of a squad's or an officer's name."""
ROW, SIGNS = 4, 20
"""Buttons side by side at most, and so many Chinese signs' width of words on them."""
PLAIN = ("opened", "closed", "resolved", "open_now", "overdue_now", "came_back", "opened_again", "recurred")
ANSWERED = ("rated_answered", "closed_answered", "rated_at_once", "closed_at_once")
HANDS = ("held_now", "backlog")
TABS = Named("tab", (*PLAIN, *IN_TIME_OF, "satisfied", "rated", *ANSWERED, *HANDS, *Means))
"""The numbers that an answer may name."""
CHOSEN = ("in_time_archive", "in_time_dispose", "satisfaction")
"""The rates of every answer: which numbers they are made of, the settings say."""
THREE = ("response", "resolution")
"""The other two of the three rates: named where satisfaction was asked about."""
UNDER = Named("tab", ("list", "map", "sheet"))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a list says of a ticket that its row does not hold: by which clock and zone, and who the officers are."""

    now: datetime
    zone: ZoneInfo
    officers: Mapping[int, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Paged:
    """Which page of how many, and how many tickets all have."""

    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a number: the squad, officer, matter or place, its name, how many, and how a button says it."""

    key: Any
    name: str = field(repr=False)
    count: int
    mark: str


def under_figures(number: int, *, wide: bool) -> tuple[tuple[Button, ...], ...]:
    """明细 · 地图 · 导出. `number` is the row of the outbox that brought the figures; a map where there is anything."""
    verbs = ("list", "map", "sheet") if wide else ("list", "sheet")
    return (tuple(Button(UNDER[verb], Press(verb, number).data()) for verb in verbs),)


def under_sides(number: int, names: tuple[str, str]) -> tuple[tuple[Button, ...], ...]:
    """The list of each of two parts that stand beside each other."""
    one, other = (
        Button(
            tell("list-of", name=plain(name, HANDS_LONG)),
            Press("list", number, 1, Behind("opened", side).given()).data(),
        )
        for side, name in enumerate(names, 1)
    )
    return ((one, other),) if _holds((one, other)) else ((one,), (other,))


def numbers(formulas: Formulas, topic: str = "all") -> list[str]:
    """The numbers of an answer to what was asked about, in the order of its buttons."""
    of = rates(formulas)
    named = (*CHOSEN, *THREE) if topic == "satisfaction" else CHOSEN
    rated = dict.fromkeys(name for rate in named for name in of[rate])
    return list(dict.fromkeys([*PLAIN, *rated, *(HANDS if topic == "load" else ()), *Means]))


def listing(  # noqa: PLR0913 - one page of a list
    head: str, tickets: Sequence[Ticket], beside: Beside, *, of: int, where: Behind, paged: Paged,
    formulas: Formulas, topic: str = "all", parts: Sequence[Part] = (),
) -> Page:  # fmt: skip
    """One page of the tickets behind a number, with the ways to its parts and to the other numbers."""
    number = where.number
    told = _late if number in OVERDUE else _opened
    rows = [f"#{t.id} {quote(title(t), 20)} · {_place(t)} · {told(t, beside)}" for t in tickets]
    shown = tell("list-head", head=bold(head), tab=TABS.get(number) or UNDER["list"], n=paged.total)
    turned = [tell("list-page", page=paged.page, pages=paged.pages)] if paged.pages > 1 else []
    lines = [joined([shown, *turned]), *(rows or [tell("list-none")]), tell("list-see")]
    named = (name for name in numbers(formulas, topic) if where.part or name != number)
    ways = [(TABS[name], Behind(name, where.side)) for name in named]
    into = _into(parts, where, paged)
    return Page("\n".join(lines), (*_turning(of, where, paged), *_rows(of, into), *_rows(of, ways)))


def _into(parts: Sequence[Part], where: Behind, paged: Paged) -> list[tuple[str, Behind]]:
    """The ways to the parts of a number, but to the one that it is all of, or where one is already."""
    return [
        (f"{plain(part.name, HANDS_LONG)} {part.count}", replace(where, part=part.mark))
        for part in parts[:PARTS]
        if part.mark != where.part and (where.part or part.count != paged.total)
    ]


def _opened(ticket: Ticket, beside: Beside) -> str:
    return f"{STATUS[Status(ticket.status)]} {short(ticket.opened_at, beside.zone, beside.now)}"


def _late(ticket: Ticket, beside: Beside) -> str:
    """By how much, and in whose hands it is."""
    over = beside.now - (ticket.deadline_at or beside.now)
    squad = quote(ticket.squad or "", HANDS_LONG) or tell("no-squad")
    officer = quote(beside.officers.get(ticket.officer_id or 0, ""), HANDS_LONG)
    hands = f"{squad} {officer}".rstrip()
    late = tell("list-late", by=lasting(over / timedelta(minutes=1)))
    return f"{late} · {hands} · {STATUS[Status(ticket.status)]}"


def _place(ticket: Ticket) -> str:
    return near(ticket, SHORT) or quote(ticket.place or "", SHORT) or tell("no-place")


def _turning(of: int, where: Behind, paged: Paged) -> tuple[tuple[Button, ...], ...]:
    page = paged.page
    ways = [(tell("before"), page - 1)] * (page > 1) + [(tell("after"), page + 1)] * (page < paged.pages)
    return (tuple(Button(text, Press("page", of, to, where.given()).data()) for text, to in ways),) if ways else ()


def _rows(of: int, ways: Sequence[tuple[str, Behind]]) -> list[tuple[Button, ...]]:
    """Ways to other lists, as many side by side as a phone shows."""
    rows: list[tuple[Button, ...]] = []
    for text, where in ways:
        way = Button(text, Press("page", of, 1, where.given()).data())
        longer = (*(rows.pop() if rows else ()), way)
        rows += [longer] if _holds(longer) else [longer[:-1], longer[-1:]]
    return rows


def _holds(row: Sequence[Button]) -> bool:
    """Whether a phone shows the words of these: all are as wide as the widest."""
    return len(row) <= ROW and len(row) * max(wide(button.text, 1) for button in row) <= SIGNS
