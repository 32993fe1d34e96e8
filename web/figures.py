"""The figures of a span of days; every number leads to the tickets behind it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from models.figures import Figures
from models.numbers import rates
from models.words import Means
from reading import calendar
from reading.registers import grid
from services import figures as counting
from texts.reports import dated
from texts.seven import TARGET
from texts.speaking import again, tell
from web import assets, behind, charts, lists
from web.board import looker
from web.conditions import Looker, asked_of
from web.filters import NONE, Filters, filters_of, sliced
from web.visits import Visit

HEADLINES = ("opened", "closed", "came_back", "urgent", "open_now", "overdue_now")
PICKED = ("squad", "street", "grid", "matter")
SHOWN = {*PICKED, "group", "officer"}
"""What the form of the page asks for; the rest goes on unseen."""
ORDER = ("squad", "officer", "street", "grid", "group", "matter")
MONTH = timedelta(days=31)
LONGEST = timedelta(days=366 * 3)
NOW = {"open_now", "held_now", "overdue_now", "backlog"}


async def show(visit: Visit) -> web.Response:
    """The page."""
    who = looker(visit)
    wanted = wanted_of(visit.request.query, who)
    asked = asked_of(wanted, who)
    async with visit.house.reading() as conn:
        found = await counting.figures(conn, asked)
        picks, of = await _picks(visit, conn, who, wanted), await behind.part(visit, conn, wanted)
    return visit.show(
        "figures.html", wanted=wanted, found=found, picks=picks, spans=dict(spans_of(who.today)),
        headlines=HEADLINES, now=NOW, parts=rates(asked.formulas), seven=_seven(found),
        trend=charts.trend(found.days), shades=charts.shades(found.hours), drawn=assets.installed("echarts.js"),
        data=_data(visit, found), without=NONE, span=_span, part=of,
        before=visit.span(asked.earlier.start, asked.earlier.end) if asked.earlier.start < asked.earlier.end else "",
        narrowed=any(name not in lists.OFFERED for name in sliced(wanted)),
        hidden={name: value for name, value in sliced(wanted).items() if name not in SHOWN},
    )  # fmt: skip


async def _picks(
    visit: Visit, conn: AsyncConnection, who: Looker, wanted: Filters
) -> list[tuple[str, list[tuple[str | int, str]]]]:
    """The choices of the form: each with what there is to choose, as an address says it and as people do."""
    says: dict[str, Callable[[str], str]] = {"matter": visit.matter, "grid": lambda code: again(grid(code))}
    found = await lists.choices(conn, who, wanted, PICKED)
    by_name = {name: [(one, says.get(name, str)(one)) for one in held] for name, held in found.items()}
    by_number = await lists.named(conn, who, wanted)
    return [(name, [*by_name.get(name, []), *by_number.get(name, [])]) for name in ORDER]


def wanted_of(query: Mapping[str, str], who: Looker) -> Filters:
    """The month that runs where nothing is said; never more than three years."""
    given = filters_of(query)
    if not (given.since or given.until):
        since, until = dict(spans_of(who.today))["month"]
        given = replace(given, since=since, until=until)
    asked = asked_of(given, who)
    first = asked.start.astimezone(who.zone).date()
    last = min((asked.end - timedelta(seconds=1)).astimezone(who.zone).date(), first + LONGEST)
    return Filters(**sliced(given), since=first.isoformat(), until=last.isoformat())


def spans_of(today: date) -> Iterator[tuple[str, tuple[str, str]]]:
    """Spans that are a press away: whole ones, so that what is not over is compared as the chat does it."""
    for name, days in (
        ("today", calendar.today_only(today)), ("week", calendar.week_of(today)),
        ("last-week", calendar.last_week(today)),
        ("month", calendar.month_of(today)), ("last-month", calendar.last_month(today)),
        ("year", calendar.whole_months(today.replace(month=1, day=1), 12, "", "")),
    ):  # fmt: skip
        yield name, (days.first.isoformat(), days.last.isoformat())


def called(visit: Visit, wanted: Filters) -> str:
    """Today, this week, a month by its name; other days by their dates."""
    first, last = (date.fromisoformat(at) for at in (wanted.since, wanted.until))
    for name, span in spans_of(looker(visit).today):
        if span == (wanted.since, wanted.until):
            return visit.say(f"span-{name}")
    if first.day == 1 and last == (first + MONTH).replace(day=1) - timedelta(days=1):
        return tell("digest-month", year=first.year, month=first.month)
    return dated(first, last)


def _seven(found: Figures) -> list[tuple[str, int, float | None, int]]:
    """Each means: its name, how many, its share of those with means, and what the bureau aims at."""
    whole = found.numbers["with_means"]
    return [(one.value, n, 100 * n / whole if whole else None, TARGET[one]) for one in Means
            if (n := found.numbers[one.value]) is not None]  # fmt: skip


def _span(visit: Visit, minutes: float | None) -> str:
    """A time in words."""
    if minutes is None:
        return visit.say("nothing-yet")
    if minutes < 60:  # noqa: PLR2004 - an hour
        return visit.say("span-minutes", n=round(minutes))
    if minutes < 48 * 60:
        return visit.say("span-hours", n=round(minutes / 60, 1))
    return visit.say("span-days", n=round(minutes / 60 / 24, 1))


def _data(visit: Visit, found: Figures) -> dict[str, Any]:
    """What the script draws."""
    return {
        "days": [day.isoformat() for day in found.days],
        "opened": [opened for opened, _ in found.days.values()],
        "closed": [closed for _, closed in found.days.values()],
        "names": {"opened": visit.say("number-opened"), "closed": visit.say("number-closed")},
    }
