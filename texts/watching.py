"""Deadlines in words: as they near and pass, put off, left alone for a while; and the leads' card."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.digests import Digest
from models.limits import Chosen
from models.moves import Action, allowed
from models.presses import Press
from models.rows import Card, Ticket
from models.terms import BUREAU_AT, STEPS, rule_from
from models.words import ENDED, Menu, Status
from models.worktime import LimitUnit
from texts.headings import title
from texts.page import TEXT_LIMIT, Button, Page, bold, plain, quote, units
from texts.speaking import Choice, Named, again, kept, later, tell
from texts.whereabouts import where
from texts.words import EXTEND_BY, EXTEND_REASONS, SNOOZE_FOR, SNOOZE_REASONS, STATUS, VOID_REASONS, joined, moment

SAID = Named("late", ("soon", "due", "overdue"))
LINES, SPARE = 40, 200
SHORT, LONG = 20, 20
"""UTF-16 units of a title in a list, of a part of a limit."""
USUAL = kept("usual")
"""What no condition is called where there are some."""
RUNNING = frozenset({Status.OPENED, Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE})


def said(kind: str, times: float) -> str:
    """How a deadline stands; `times` is at how many times the limit the bureau hears of it."""
    return tell("late-bureau", times=f"{times:g}") if kind == "bureau" else str(SAID.get(kind, ""))


@later
def word(ticket: Ticket, kind: str, officer: str, times: float) -> Page:
    """One word about one deadline."""
    who = [quote(officer, 20)] if officer and kind in {"soon", "due"} else []
    squad = [_squad(ticket)] if kind in {"overdue", "bureau"} else []
    told = joined([*who, f"{_called(ticket)} {said(kind, times)}", *squad])
    lines = [tell("late-left-alone", reason=_why(ticket, 120))] if kind == "bureau" and ticket.snoozed_why else []
    return Page("\n".join([tell("late-stands", told=told, status=_status(ticket)), *lines]))


def _called(ticket: Ticket) -> str:
    return f"#{ticket.id} {bold(title(ticket))}"


def _squad(ticket: Ticket, limit: int = 120) -> str:
    return quote(ticket.squad or "", limit) or tell("no-squad")


def _why(ticket: Ticket, limit: int) -> str:
    """Why nobody is reminded."""
    return quote(again(ticket.snoozed_why or ""), limit)


@later
def gathered(words: Sequence[tuple[Ticket, str]], zone: ZoneInfo, times: float) -> Page:
    """Several in one message, a line each, the latest first; of very many only how many more there are."""
    latest = sorted(words, key=lambda one: -STEPS.index(one[1]))
    lines, room = [tell("late-many", n=len(words))], TEXT_LIMIT - SPARE
    for ticket, kind in latest[:LINES]:
        line = _line(ticket, kind, zone, times)
        room -= units(line) + 1
        if room < 0:
            break
        lines.append(line)
    left_out = len(words) - len(lines) + 1
    lines += [tell("late-more", n=left_out)] if left_out else []
    lines.append(tell("late-see", number=str(latest[0][0].id)))
    return Page("\n".join(lines))


def _line(ticket: Ticket, kind: str, zone: ZoneInfo, times: float) -> str:
    at = f" {moment(ticket.deadline_at, zone)}" if ticket.deadline_at else ""
    squad = f" {_squad(ticket, 20)}" if kind in {"overdue", "bureau"} else ""
    head = f"#{ticket.id} {quote(title(ticket), SHORT)} {said(kind, times)}"
    return tell("late-line", head=head, at=at, squad=squad, status=_status(ticket))


def _status(ticket: Ticket) -> str:
    return STATUS[Status(ticket.status)]


@later
def extended(ticket: Ticket, zone: ZoneInfo, reason: str) -> Page:
    """The squad hears of a later deadline."""
    until = moment(ticket.deadline_at, zone) if ticket.deadline_at else ""
    return Page(tell("late-extended", head=_called(ticket), until=until, reason=quote(again(reason), 200)))


def called(chosen: Chosen) -> str:
    """「沉陷 5天」, 「一般 3工作日」: a condition and its limit, as the tables keep it."""
    return f"{chosen.condition or USUAL} {chosen.words}"


def condition(kept_so: str) -> str:
    """The same in the language spoken."""
    return " ".join(again(part) for part in kept_so.rsplit(" ", 1))


@later
def held(ticket: Ticket, zone: ZoneInfo, chosen: Chosen) -> Page:
    """The squad hears that another condition holds."""
    until = moment(ticket.deadline_at, zone) if ticket.deadline_at else ""
    told = quote(condition(called(chosen)), 40)
    return Page(tell("late-held", head=_called(ticket), condition=told, until=until))


@later
def pleaded(ticket: Ticket, officer: str, amount: str, reason: str) -> Page:
    """An officer asks the leads for more time."""
    number, by, why = str(ticket.id), quote(again(amount), SHORT), again(reason)
    asked = tell("late-pleaded", number=number, who=quote(officer, 20), amount=by, reason=quote(why, 200))
    return Page(f"{asked}\n{tell('late-agree', number=number, amount=by, reason=quote(why, 40))}")


@later
def pleading(ticket: Ticket) -> Page:
    """The squad reads that the leads were asked."""
    return Page(tell("late-pleading", number=str(ticket.id)))


@later
def ordered(ticket: Ticket, lead: str, words: str) -> Page:
    """What a lead wrote under her card, for the squad."""
    return Page(tell("late-ordered", number=str(ticket.id), who=quote(lead, 20), words=quote(words, 400)))


BEFORE = {
    Digest.DAILY: kept("day-earlier"), Digest.WEEKLY: kept("week-earlier"), Digest.MONTHLY: kept("last-month"),
}  # fmt: skip
"""What a digest is compared with."""


def digest_name(kind: Digest, start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """「昨天18:00到今天18:00」 by dates, last week, last month."""
    first, last = start.astimezone(zone), (end - timedelta(microseconds=1)).astimezone(zone)
    if kind is Digest.MONTHLY:
        return tell("digest-month", year=first.year, month=first.month)
    if kind is Digest.WEEKLY:
        return tell("digest-week", first=_date(first), last=_date(last))
    return tell("digest-day", first=moment(start, zone), last=moment(end, zone))


def _date(at: datetime) -> str:
    return tell("date", month=at.month, day=at.day)


# --- the leads' card ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sight:
    """What the leads' card shows beside the ticket: who has it, what it may be, and when the bureau hears of it."""

    officer: str = field(default="", repr=False)
    conditions: tuple[str, ...] = ()
    times: float = BUREAU_AT


def watch(ticket: Ticket, card: Card, zone: ZoneInfo, sight: Sight) -> Page:
    """What leads see of a ticket that is late, or that they asked about: how it stands, and what they can do."""
    lines = [_head(ticket, sight), tell("card-place", place=where(ticket)), *_deadline(ticket, zone)]
    if card.round != ticket.round:
        lines.append(tell("watch-new-round", round=ticket.round))
        return Page("\n".join(lines))
    if ticket.snoozed_until and ticket.snoozed_why:
        lines.append(tell("watch-left-alone", until=moment(ticket.snoozed_until, zone), reason=_why(ticket, 100)))
    if allowed(ticket.status, Action.VOID) is None:
        return Page("\n".join(lines))
    if ticket.status not in RUNNING and card.menu != Menu.VOID:
        card = replace(card, menu=None)
    if asked := ASKS.get(Menu(card.menu)) if card.menu else None:
        lines.append(tell(asked))
    return Page("\n".join(lines), _buttons(ticket, card, sight))


def _head(ticket: Ticket, sight: Sight) -> str:
    officer = sight.officer
    late = f" {said(STEPS[ticket.told - 1], sight.times)}" if ticket.told and ticket.status in RUNNING else ""
    hand = [tell("watch-in-hand", who=quote(officer, 20))] if officer and ticket.status not in ENDED else []
    told = joined([f"{_called(ticket)}{late}", _squad(ticket), *hand])
    return tell("late-stands", told=told, status=_status(ticket))


def _deadline(ticket: Ticket, zone: ZoneInfo) -> list[str]:
    if ticket.deadline_at is None:
        return []
    return [tell("card-deadline", at=moment(ticket.deadline_at, zone), limit=limit_of(ticket))]


def limit_of(ticket: Ticket) -> str:
    """「（2紧急工作时，井盖缺失，按夜班）」: by what the deadline was reckoned, and that it was put off since."""
    if not ticket.rule:
        return ""
    rule = rule_from(ticket.rule)
    shift = tell("limit-by-shift", shift=rule.shift) if rule.shift and rule.unit is LimitUnit.WORKING else ""
    put_off = tell("limit-extended") if rule.extended else ""
    parts = [quote(part, LONG) for part in (again(rule.told), again(rule.condition), shift, put_off) if part]
    return tell("limit-in-brackets", limit=joined(parts))


ASKS = {
    Menu.EXTEND: "watch-extend", Menu.EXTEND_WHY: "watch-extend-why",
    Menu.SNOOZE: "watch-snooze", Menu.SNOOZE_WHY: "watch-snooze-why",
    Menu.CONDITION: "watch-condition", Menu.VOID: "watch-void",
}  # fmt: skip
PRESS = Named("press", ("extend", "snooze", "calm", "condition", "void", "menu"))


def _buttons(ticket: Ticket, card: Card, sight: Sight) -> tuple[tuple[Button, ...], ...]:
    if card.menu and (asked := _choices(ticket, sight).get(Menu(card.menu))):
        texts, verb, sign = asked
        made = [_button(ticket, plain(text, 40), verb, f"{sign}{n}") for n, text in enumerate(texts)]
        rows = [tuple(made[n : n + 2]) for n in range(0, len(made), 2)]
        return (*rows, (_button(ticket, PRESS["menu"], verb, "back"),))
    void = _button(ticket, PRESS["void"], "void")
    if ticket.status not in RUNNING:
        return ((void,),)
    off = (PRESS["calm"], "snooze", "off") if ticket.snoozed_until else (PRESS["snooze"], "snooze", "")
    other = (_button(ticket, PRESS["condition"], "condition"),) if sight.conditions else ()
    return ((_button(ticket, PRESS["extend"], "extend"), _button(ticket, *off)), (*other, void))


def _button(ticket: Ticket, text: str, verb: str, given: str = "") -> Button:
    return Button(text, Press(verb, ticket.id, ticket.round, given).data())


def _choices(ticket: Ticket, sight: Sight) -> dict[Menu, tuple[Sequence[str], str, str]]:
    """What each menu offers: the texts, the verb, and the sign before a choice that is a reason."""
    unit = rule_from(ticket.rule).unit if ticket.rule else LimitUnit.RUNNING
    return {
        Menu.EXTEND: (_labels(EXTEND_BY[unit]), "extend", ""),
        Menu.EXTEND_WHY: (_labels(EXTEND_REASONS), "extend", "w"),
        Menu.SNOOZE: (_labels(SNOOZE_FOR), "snooze", ""), Menu.SNOOZE_WHY: (_labels(SNOOZE_REASONS), "snooze", "w"),
        Menu.CONDITION: ([condition(one) for one in sight.conditions], "condition", ""),
        Menu.VOID: (_labels(VOID_REASONS), "void", "w"),
    }  # fmt: skip


def _labels(choices: Sequence[Choice]) -> list[str]:
    return [choice.label for choice in choices]
