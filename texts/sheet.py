"""Tables for spreadsheets: what columns are called, and values that no spreadsheet takes for a formula."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.figures import Figures, Rate
from models.numbers import Asked
from models.terms import rule_from
from models.words import Demand, Means, Status
from texts.histories import facts_told
from texts.page import clean
from texts.reports import RATES, SPANS
from texts.speaking import Named, again, matter, tell
from texts.whereabouts import beside
from texts.words import ACTION, DEMAND, MEANS, STATUS, as_said, joined

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELL = 32_000
"""Signs that a cell holds."""
TICKETS = Named(
    "head",
    (
        "id", "status", "group", "street", "grid", "squad", "officer", "demand", "matter", "matter_name",
        "standard", "also", "urgent", "emergency", "elsewhere", "words", "place", "near", "lat", "lon",
        "radius", "place_source", "outside", "placeless", "raw_lat", "raw_lon", "datum", "party", "means",
        "outcome", "reason", "proofs", "round", "satisfied", "same_as", "recurs", "perhaps", "chasers",
        "opened_at", "dispatched_at", "accepted_at", "arrived_at", "resolved_at", "closed_at",
        "suspended_at", "deadline_at", "rule", "told", "snoozed_until", "snoozed_why", "last_at", "chased_at",
        "accept_minutes", "arrive_minutes", "resolve_minutes", "reporter", "asked", "version", "opens", "part",
        "spans", "surveys", "survey_at", "told_in", "erased_at",
    ),
)  # fmt: skip
"""The first sheet, in this order."""
EVENTS = Named("event", ("number", "at", "action", "who", "before", "after", "told"))
INDICATORS = Named("indicator", ("name", "formula", "part", "whole", "value"))
"""Heads of the second sheet and of the indicators."""
SCOPE = Named("scope", ("first", "last", "part"))
"""Heads that stand behind those of the indicators where they are a file of their own: the days, what they are of."""


def guarded(value: Any) -> Any:
    """What a person wrote, as text that stays text: an apostrophe stands before what would be reckoned."""
    if not isinstance(value, str):
        return value
    text = CONTROL.sub("", value)[:CELL]
    return f"'{text}" if text.lstrip(" \u3000\ufeff").startswith(FORMULA) or text.startswith(FORMULA) else text


def ticket(row: Any, zone: ZoneInfo) -> list[Any]:
    """A ticket's row of the first sheet; words of people are masked as in a group."""
    return [guarded(_cell(name, row, zone)) for name in TICKETS]


def _rule(row: Any) -> str:
    """By what the deadline was reckoned, as on the card."""
    if not row.rule:
        return ""
    rule = rule_from(row.rule)
    put_off = [tell("limit-extended")] if rule.extended else []
    return joined([*(again(part) for part in (rule.told, rule.condition) if part), *put_off])


LISTED: dict[str, Callable[[Any], str]] = {
    "also": lambda row: joined(matter(code) for code in row.also),
    "rule": _rule,
    "spans": lambda row: clean(joined(words for _, words in row.spans)),
    "words": lambda row: clean(as_said(row.words)),
    "near": lambda row: clean(beside(row.near or "")),
    "reason": lambda row: clean(again(row.reason or "")),
    "snoozed_why": lambda row: clean(again(row.snoozed_why or "")),
}
"""What is kept as lists and facts, or in Chinese, in words."""


def _cell(name: str, row: Any, zone: ZoneInfo) -> Any:  # noqa: PLR0911 - one return a kind of cell
    if name in LISTED:
        return LISTED[name](row)
    match name:
        case "matter_name":
            return matter(row.matter) if row.matter else ""
        case "accept_minutes" | "arrive_minutes" | "resolve_minutes":
            seconds = getattr(row, name.replace("minutes", "seconds"))
            return None if seconds is None else round(seconds / 60, 1)
        case "status":
            return STATUS[Status(row.status)]
        case "demand":
            return DEMAND[Demand(row.demand)]
        case "means":
            return MEANS[Means(row.means)] if row.means else ""
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None)
    if isinstance(value, bool):
        return tell("cell-yes" if value else "cell-no")
    return clean(value) if isinstance(value, str) else value


def event(row: Any, zone: ZoneInfo) -> list[Any]:
    """A line of a history, as the second sheet has it."""
    before, after = (STATUS[Status(one)] if one in STATUS else one or "" for one in (row.before, row.after))
    told = clean(" ".join(part for part in facts_told(row.data or {}, zone) if part))
    cells = [row.ticket_id, row.at.astimezone(zone).replace(tzinfo=None), ACTION.get(row.action, row.action)]
    return [guarded(cell) for cell in (*cells, clean(row.name or ""), before, after, told)]


COUNTS = Named(
    "counted",
    (
        "opened", "closed", "resolved", "opened_again", "recurred", "void", "urgent", "open_now", "held_now",
        "overdue_now",
    ),
)  # fmt: skip
"""The indicators, in this order; what each rate is a share of, the settings choose."""


def indicators(counted: Figures, formulas: Any) -> list[list[Any]]:
    """The indicators by the standards' names: name, formula, part, whole, value (percent, minutes)."""
    chosen = {
        "in_time_archive": formulas.on_time_of,
        "in_time_dispose": formulas.on_time_of,
        "rework": formulas.rework_of,
    }
    rows: list[list[Any]] = [
        [name, tell("formula-count"), "", "", counted.numbers[key]] for key, name in COUNTS.items()
    ]
    for key, name in RATES.items():
        rate, of = counted.rates[key], chosen.get(key, formulas.three_of)
        formula = tell(f"formula-{key.replace('_', '-')}-{of}")
        rows.append([name, formula, rate.part, rate.whole, _percent(rate)])
    total = counted.numbers["with_means"]
    for means in Means:
        rate = Rate(counted.numbers[means], total)
        name, formula = tell("indicator-means", means=MEANS[means]), tell("formula-means", means=MEANS[means])
        rows.append([name, formula, rate.part, total, _percent(rate)])
    for key, name in SPANS.items():
        times = counted.times[key]
        for which, value in (("median", times.median), ("ninth", times.ninth)):
            called = tell("indicator-took", what=name, which=tell(which))
            rows.append([called, tell("formula-took", what=name), "", times.count, _minutes(value)])
    return rows


def scope(asked: Asked, part: str) -> list[str]:
    """From when to when, by the bureau's clock, whole days as such; of what, or of all."""
    first, last = asked.start.astimezone(asked.zone), asked.end.astimezone(asked.zone)
    until = last if last.time() != time() else (last - timedelta(days=1)).date()
    since = first if first.time() != time() else first.date()
    shown = [f"{at:%Y-%m-%d %H:%M}" if isinstance(at, datetime) else at.isoformat() for at in (since, until)]
    return [*shown, clean(part) or tell("scope-all")]


def _percent(rate: Rate) -> Any:
    return "" if rate.share is None else round(100 * rate.share, 2)


def _minutes(value: float | None) -> Any:
    return "" if value is None else round(value, 1)
