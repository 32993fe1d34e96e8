"""The tickets behind a number, a page at a time, and the buttons under figures."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from models.presses import Press
from models.rows import Ticket
from models.words import Status
from texts.headings import title
from texts.page import Button, Page, bold, quote
from texts.words import STATUS

TABS = {"opened": "新开", "resolved": "办结", "overdue_now": "超期", "came_back": "返工复发", "open_now": "在办"}


def under_figures(number: int, *, wide: bool) -> tuple[tuple[Button, ...], ...]:
    """明细 · 地图 · 导出. `number` is the row of the outbox that brought the figures; a map where there is anything."""
    shown = [("list", "明细"), *([("map", "地图")] if wide else []), ("sheet", "导出")]
    return (tuple(Button(text, Press(verb, number).data()) for verb, text in shown),)


def listing(  # noqa: PLR0913 - one page of a list
    head: str, tickets: Sequence[Ticket], zone: ZoneInfo, *, of: int, number: str, page: int, pages: int, total: int
) -> Page:
    """One page of the tickets behind a number, with the ways to the others."""
    rows = [
        f"#{t.id} {quote(title(t), 20)} · {quote(t.near or t.place or '', 24) or '地点待核实'} · "
        f"{STATUS[Status(t.status)]} {t.opened_at.astimezone(zone):%m-%d %H:%M}"
        for t in tickets
    ]
    shown = f"{bold(head)} {TABS.get(number, '明细')} {total} 件" + (f"，第 {page}/{pages} 页" if pages > 1 else "")
    lines = [shown, *(rows or ["没有工单"]), "看一件的全过程请说：工单 号码"]
    return Page("\n".join(lines), (*_turning(of, number, page, pages), _tabs(of, number)))


def _turning(of: int, number: str, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    ways = [("上一页", page - 1)] * (page > 1) + [("下一页", page + 1)] * (page < pages)
    return (tuple(Button(text, Press("page", of, to, number).data()) for text, to in ways),) if ways else ()


def _tabs(of: int, number: str) -> tuple[Button, ...]:
    return tuple(Button(text, Press("page", of, 1, name).data()) for name, text in TABS.items() if name != number)
