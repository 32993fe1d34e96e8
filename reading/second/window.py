"""What a second reader is shown of a talk: her fragments, a few neighbours' messages, tickets that it may be about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from models.matters import matter_name
from models.metres import metres
from models.reading import InHand, Line, Scene
from models.said import Said, Speaker
from models.words import ENDED, Status
from reading.second.masking import Masked, Masker

FRAGMENT_AGE = timedelta(minutes=20)
NEIGHBOUR_AGE = timedelta(minutes=30)
NEAR_AGE = timedelta(hours=12)
NEAR_METRES = 300
FRAGMENTS, NEIGHBOURS, HERS, NEAR = 6, 6, 4, 4
ASKED_SHOWN, LINE_SHOWN = 600, 160
"""Signs of the message asked about, and of each other, that are shown."""
ROLES = {
    "merchant": "商户",
    "worker": "环卫或工地人员",
    "officer": "城管队员",
    "lead": "城管队长",
    "admin": "管理员",
    "bot": "群办",
}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Window:
    """`shown` may leave the house (masked, short names), `keys` lead back (models/question.py)."""

    shown: Json = field(repr=False)
    keys: Json


def window(said: Said, speaker: Speaker, scene: Scene, names: Iterable[str]) -> Window:
    """The window of a message. Pure: the same message, scene and names always give the same."""
    lines = [*_chosen(said, speaker, scene), _as_line(said, speaker)]
    tickets = _tickets(said, speaker, scene)
    masker = Masker([*names, *(line.speaker.name for line in (*scene.lines, *lines))])
    short = {line.id: f"m{number}" for number, line in enumerate(lines, 1)}
    numbers = {ticket.id: f"T{number}" for number, ticket in enumerate(tickets, 1)}
    masked = {line.id: masker.mask(line.text) for line in _after_names(masker, lines)}
    shown = {
        "asked": short[said.id],
        "messages": [_shown(line, said, masked[line.id], masker, (short, numbers)) for line in lines],
        "tickets": [_ticket(ticket, speaker, said.at, masker, numbers[ticket.id]) for ticket in tickets],
    }
    keys = {
        "asked": short[said.id],
        "messages": {
            short[line.id]: {"id": line.id, "cuts": _cuts(masked[line.id]), "hers": _hers(line, said, speaker)}
            for line in lines
        },
        "tickets": {short_: number for number, short_ in numbers.items()},
    }
    return Window(shown, keys)


def shown_text(masked: Masked, *, asked: bool) -> str:
    """As much of a masked text as a window shows; a mark is shown whole or not at all."""
    limit = ASKED_SHOWN if asked else LINE_SHOWN
    return masked.text if len(masked.text) <= limit else masked.head(limit)


def _after_names(masker: Masker, lines: list[Line]) -> list[Line]:
    """Speakers are numbered in the order they are shown, before anybody whom they only mention."""
    for line in lines:
        masker.person(line.speaker.id, line.speaker.name)
    return lines


def _as_line(said: Said, speaker: Speaker) -> Line:
    return Line(
        said.id, said.at, speaker, said.text, reply_to=said.reply_to, point=said.point, pictured=said.pictured,
        spoken=said.spoken,
    )  # fmt: skip


# --- what is chosen --------------------------------------------------------------------------------------------------


def _chosen(said: Said, speaker: Speaker, scene: Scene) -> list[Line]:
    """Her lines of the last minutes, the last of others, and what she answers to; oldest first."""
    before = [line for line in scene.lines if line.at <= said.at and line.id != said.id]
    hers = [n for n, line in enumerate(before) if line.speaker.id == speaker.id and said.at - line.at <= FRAGMENT_AGE]
    others = [n for n, line in enumerate(before) if line.speaker.id != speaker.id]
    near = [n for n in others if said.at - before[n].at <= NEIGHBOUR_AGE]
    replied = [n for n, line in enumerate(before) if line.id == said.reply_to]
    return [before[n] for n in sorted({*hers[-FRAGMENTS:], *near[-NEIGHBOURS:], *replied})]


def _hers(line: Line, said: Said, speaker: Speaker) -> bool:
    """Hers, and of no ticket yet: it may be gathered."""
    return line.id == said.id or (
        line.speaker.id == speaker.id and not line.tickets and said.at - line.at <= FRAGMENT_AGE
    )


def _tickets(said: Said, speaker: Speaker, scene: Scene) -> list[InHand]:
    """Her live tickets, then others' that are near by or were talked of lately; those talked of last go first."""
    live = [t for t in sorted(scene.tickets, key=_heard, reverse=True) if t.status not in ENDED]
    hers = [ticket for ticket in live if speaker.id in ticket.reporters]
    others = [t for t in live if speaker.id not in t.reporters and _near(said, speaker, t)]
    return [*hers[:HERS], *others[:NEAR]]


def _heard(ticket: InHand) -> tuple[datetime, int]:
    return ticket.last_at, ticket.id


def _near(said: Said, speaker: Speaker, ticket: InHand) -> bool:
    here = said.point or speaker.point
    close = here is not None and ticket.point is not None and metres(here, ticket.point) <= NEAR_METRES
    return ticket.status is not Status.RESOLVED and (close or said.at - ticket.last_at <= NEAR_AGE)


# --- how it is shown -------------------------------------------------------------------------------------------------


def _shown(
    line: Line, said: Said, masked: Masked, masker: Masker, short: tuple[dict[str, str], dict[int, str]]
) -> Json:
    messages, tickets = short
    things = (("定位", line.point), ("照片", line.pictured), ("语音", line.spoken))
    return {
        "id": messages[line.id],
        "who": masker.person(line.speaker.id, line.speaker.name),
        "role": ROLES.get(line.speaker.role, ROLES["merchant"]),
        "minutes_ago": _minutes(said.at, line.at),
        "text": shown_text(masked, asked=line.id == said.id),
        "with": [name for name, there in things if there],
        "replies_to": messages.get(line.reply_to or ""),
        "tickets": [tickets[number] for number in line.tickets if number in tickets],
    }


def _ticket(ticket: InHand, speaker: Speaker, now: datetime, masker: Masker, short: str) -> Json:
    return {
        "id": short,
        "by_asked_person": speaker.id in ticket.reporters,
        "matter": ticket.found.matter,
        "name": matter_name(ticket.found.matter),
        "place": masker.mask(ticket.place).text,
        "status": ticket.status.value,
        "opened_minutes_ago": _minutes(now, ticket.opened_at),
        "heard_minutes_ago": _minutes(now, ticket.last_at),
    }


def _minutes(now: datetime, then: datetime) -> int:
    return max(0, round((now - then).total_seconds() / 60))


def _cuts(masked: Masked) -> list[list[Any]]:
    return [[cut.start, cut.end, cut.mark] for cut in masked.cuts]
