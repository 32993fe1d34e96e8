"""The tickets behind a number, a page at a time, and the buttons under figures."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from models.presses import Press
from models.rows import Ticket
from models.words import Status
from texts.headings import title
from texts.page import Button, Page, bold, quote
from texts.speaking import Named, tell
from texts.whereabouts import near
from texts.words import STATUS, joined

SHORT = 24
"""UTF-16 units of a place in a list."""
TABS = Named("tab", ("opened", "resolved", "overdue_now", "came_back", "open_now"))
UNDER = Named("tab", ("list", "map", "sheet"))


def under_figures(number: int, *, wide: bool) -> tuple[tuple[Button, ...], ...]:
    """明细 · 地图 · 导出. `number` is the row of the outbox that brought the figures; a map where there is anything."""
    verbs = ("list", "map", "sheet") if wide else ("list", "sheet")
    return (tuple(Button(UNDER[verb], Press(verb, number).data()) for verb in verbs),)


def listing(  # noqa: PLR0913 - one page of a list
    head: str, tickets: Sequence[Ticket], zone: ZoneInfo, *, of: int, number: str, page: int, pages: int, total: int
) -> Page:
    """One page of the tickets behind a number, with the ways to the others."""
    rows = [
        f"#{t.id} {quote(title(t), 20)} · {_place(t)} · "
        f"{STATUS[Status(t.status)]} {t.opened_at.astimezone(zone):%m-%d %H:%M}"
        for t in tickets
    ]
    shown = tell("list-head", head=bold(head), tab=TABS.get(number) or UNDER["list"], n=total)
    paged = [tell("list-page", page=page, pages=pages)] if pages > 1 else []
    lines = [joined([shown, *paged]), *(rows or [tell("list-none")]), tell("list-see")]
    return Page("\n".join(lines), (*_turning(of, number, page, pages), _tabs(of, number)))


def _place(ticket: Ticket) -> str:
    return near(ticket, SHORT) or quote(ticket.place or "", SHORT) or tell("no-place")


def _turning(of: int, number: str, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    ways = [(tell("before"), page - 1)] * (page > 1) + [(tell("after"), page + 1)] * (page < pages)
    return (tuple(Button(text, Press("page", of, to, number).data()) for text, to in ways),) if ways else ()


def _tabs(of: int, number: str) -> tuple[Button, ...]:
    return tuple(Button(text, Press("page", of, 1, name).data()) for name, text in TABS.items() if name != number)
