"""A ticket's whole history in one message: what it is, by when, and who did what when."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from models.rows import Ticket
from models.terms import BUREAU_AT
from models.words import Demand, Means, Status
from texts.headings import title
from texts.page import TEXT_LIMIT, Page, bold, quote, units
from texts.speaking import again, tell
from texts.watching import condition, limit_of, said
from texts.whereabouts import near
from texts.words import ACTION, DEMAND, MEANS, STATUS, as_said, joined, moment, short

Told = tuple[datetime, str, str, dict[str, Any]]
"""When, what, who, facts."""
FIRST = 6
SPARE = 200
AGAIN = frozenset({"photo", "add", "remind", "chaser"})
"""Several of these in a row are one line."""


def history(ticket: Ticket, events: Sequence[Told], zone: ZoneInfo, now: datetime, merged: Sequence[int] = ()) -> Page:
    """All of it; of a very long one the beginning and as much of the end as a message holds."""
    head = _head(ticket, zone, now, merged)
    lines = [_line(list(alike), zone, now) for _, alike in groupby(enumerate(events), key=_alike)]
    room = TEXT_LIMIT - SPARE - sum(units(line) + 1 for line in (*head, *lines[:FIRST]))
    kept: list[str] = []
    for line in reversed(lines[FIRST:]):
        room -= units(line) + 1
        if room < 0:
            break
        kept.insert(0, line)
    left_out = len(lines) - len(lines[:FIRST]) - len(kept)
    gap = [tell("history-gap", n=left_out)] if left_out else []
    return Page("\n".join([*head, *lines[:FIRST], *gap, *kept]))


def _head(ticket: Ticket, zone: ZoneInfo, now: datetime, merged: Sequence[int]) -> list[str]:
    round_ = f" · {tell('round', n=ticket.round)}" if ticket.round > 1 else ""
    kind = DEMAND[Demand(ticket.demand)]
    lines = [f"{bold(f'#{ticket.id} {title(ticket)}')} {STATUS[Status(ticket.status)]} · {kind}{round_}"]
    lines.append(f"“{quote(as_said(ticket.words), 200)}”")
    if ticket.place or ticket.near:
        lines.append(tell("card-place", place=quote(ticket.place) or near(ticket)))
    if ticket.deadline_at:
        said = tell("card-deadline", at=moment(ticket.deadline_at, zone, now), limit=limit_of(ticket))
        lines.append(joined([said, *_kept(ticket)]))
    if ticket.same_as is not None:
        lines.append(tell("history-merged", number=str(ticket.same_as)))
    if merged:
        numbers = " ".join(f"#{number}" for number in merged[:10])
        lines.append(tell("history-together", numbers=tell("and-more", names=numbers) if merged[10:] else numbers))
    return lines


def _kept(ticket: Ticket) -> list[str]:
    """Whether it was done in time, once it is done."""
    if ticket.resolved_at is None or ticket.deadline_at is None:
        return []
    return [tell("history-in-time" if ticket.resolved_at <= ticket.deadline_at else "history-late")]


def _alike(numbered: tuple[int, Told]) -> tuple[Any, ...]:
    number, (_, action, who, facts) = numbered
    return (action, who, facts.get("kind")) if action in AGAIN else (number,)


def _line(alike: list[tuple[int, Told]], zone: ZoneInfo, now: datetime) -> str:
    at, action, who, facts = alike[0][1]
    times = f"×{len(alike)}" if len(alike) > 1 else ""
    parts = (
        short(at, zone, now),
        f"{ACTION.get(action, action)}{times}",
        quote(who, 20),
        *(quote(part, 60) for part in facts_told(facts, zone, now) if part),
    )
    return " ".join(part for part in parts if part)


def facts_told(facts: dict[str, Any], zone: ZoneInfo, now: datetime | None = None) -> tuple[str, ...]:
    """What a line says beside who did what, as plain words: by what means, what reminder, why, by how much, when."""
    means = MEANS[Means(facts["means"])] if facts.get("means") else ""
    return (means, _reminder(facts), _told(facts), _by(facts), _until(facts, zone, now))


def measured(facts: dict[str, Any], zone: ZoneInfo, now: datetime) -> tuple[str, ...]:
    """Of that, what a page shows beside the verb: what reminder, by how much or by what it was found, until when."""
    return tuple(filter(None, (_reminder(facts), _by(facts), _until(facts, zone, now))))


def _reminder(facts: dict[str, Any]) -> str:
    """Which of the words about a deadline: 快到时限, 到时限了, 已超期."""
    return said(facts["kind"], facts.get("times", BUREAU_AT)) if facts.get("kind") else ""


def _by(facts: dict[str, Any]) -> str:
    """By how much a deadline was moved, or that a pin, a photo or a link showed the place."""
    return tell("history-point") if "point" in facts else again(str(facts.get("by") or ""))


def _told(facts: dict[str, Any]) -> str:
    number = f"#{facts['number']}" if facts.get("number") else ""
    told = str(facts.get("reason") or facts.get("words") or facts.get("squad") or number or "")
    return condition(told) if "condition" in facts else again(told)


def _until(facts: dict[str, Any], zone: ZoneInfo, now: datetime | None) -> str:
    until = facts.get("until")
    return tell("history-until", at=moment(datetime.fromisoformat(until), zone, now)) if until else ""


def album(number: int, count: int, *, before: bool = True) -> Page:
    """What stands under an album of a ticket's pictures."""
    return Page(tell("album-before" if before else "album-after", number=str(number), n=count))
