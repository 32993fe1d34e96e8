"""What leads do about a deadline: put it off (延期), or let nobody be reminded for a while (先不催)."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from ledger import life, notices
from ledger.life import Given, Refused
from ledger.work import Work
from models.moves import Action, allowed
from models.rows import Card, Person, Ticket
from models.words import CardKind, Menu
from models.worktime import Limit, due, parse_limit
from texts import sayings, watching
from texts.words import EXTEND_BY, EXTEND_REASONS, SNOOZE_FOR, SNOOZE_REASONS

VERBS = frozenset({"extend", "snooze"})
BACK, OFF, WHY = "back", "off", "w"
LONGEST = timedelta(days=366)
MORNING = time(8)
REASON_KEPT = 300
AMOUNT = r"\d+(?:\.\d+)?\s*(?:紧急工作时|紧急小时|分钟|紧急工作日|自然日|工作时|小时|工作日|天|日)"
EXTEND_SAID = re.compile(rf"^延期?\s*[:：]?\s*({AMOUNT})?\s*[,，。;；:：]?\s*(.*)$", re.DOTALL)
SNOOZE_SAID = re.compile(rf"^先不催\s*[:：]?\s*({AMOUNT}|到?明[早天])?\s*[,，。;；:：]?\s*(.*)$", re.DOTALL)
BARE = re.compile(r"(?:延期|先不催)(?:$|[\s:：,，])|(?:extend|snooze)$", re.IGNORECASE)
SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(分钟|小时|天|日)")
MENUS = {Menu.EXTEND_WHY: "extend", Menu.SNOOZE_WHY: "snooze"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reply asks for: the verb, how much, and why."""

    verb: str
    amount: str
    reason: str = field(repr=False)


# --- the verbs ---------------------------------------------------------------------------------------------------


def extend(work: Work, ticket: Ticket, person: Person, amount: str, reason: str | None) -> None:
    """The deadline is later by so much, by the calendar of the ticket's own rule. Raises Refused."""
    rule = work.rules.time.rule_of(ticket)
    if ticket.deadline_at is None:
        raise Refused("late", status=ticket.status)
    if not reason:
        raise Refused("reason")
    until = due(ticket.deadline_at, _limit(work, amount), work.rules.time.calendar_of(rule))
    if until <= work.now:
        raise Refused("too_little")
    if until > work.now + LONGEST:
        raise Refused("too_much")
    facts = {"by": amount, "until": until.isoformat()}
    life.move(work, ticket, Action.EXTEND, person, Given(reason=reason, facts=facts))
    ticket.deadline_at, ticket.rule = until, replace(rule, extended=True).kept()
    notices.start_clock(work, ticket)
    notices.tell_squad(work, ticket, watching.extended(ticket, work.rules.zone, reason))


def _limit(work: Work, amount: str) -> Limit:
    try:
        limit = parse_limit(amount, work.rules.time.hours_a_day)
    except ValueError:
        raise Refused("amount") from None
    if limit.hours <= 0:
        raise Refused("amount")
    return limit


def snooze(work: Work, ticket: Ticket, person: Person, amount: str, reason: str | None) -> None:
    """Nobody of the squad and the leads is reminded until then; the deadline stays. Raises Refused."""
    _may_snooze(work, ticket, person)
    until = _until(work, amount)
    if not reason:
        raise Refused("reason")
    if not work.now < until <= work.now + LONGEST:
        raise Refused("amount")
    ticket.snoozed_until, ticket.snoozed_why = until, reason
    life.jot(work, ticket, "snooze", person, reason=reason, until=until.isoformat())


def wake(work: Work, ticket: Ticket, person: Person) -> None:
    """Reminding goes on; what was to be said meanwhile is said now. Raises Refused."""
    _may_snooze(work, ticket, person)
    if ticket.snoozed_until is None:
        raise Refused("awake")
    ticket.snoozed_until = ticket.snoozed_why = None
    life.jot(work, ticket, "calm", person)
    notices.start_clock(work, ticket)


def _may_snooze(work: Work, ticket: Ticket, person: Person) -> None:
    if not life.may(work, person, "snooze", ticket):
        raise Refused("not_you")
    if allowed(ticket.status, Action.EXTEND) is None:
        raise Refused("late", status=ticket.status)


def _until(work: Work, amount: str) -> datetime:
    """「2小时」, 「3天」, 「明早」 from now; these are hours of the clock, not of work."""
    if amount.removeprefix("到").startswith("明"):
        local = work.now.astimezone(work.rules.zone)
        return datetime.combine(local.date() + timedelta(days=1), MORNING, work.rules.zone)
    shape = SPAN.fullmatch(amount)
    if shape is None:
        raise Refused("amount")
    unit = {"分钟": timedelta(minutes=1), "小时": timedelta(hours=1)}.get(shape[2], timedelta(days=1))
    return work.now + float(shape[1]) * unit if float(shape[1]) < LONGEST.days * 24 * 60 else work.now + 2 * LONGEST


# --- buttons -----------------------------------------------------------------------------------------------------


def press(work: Work, ticket: Ticket, card: Card, person: Person, pressed: tuple[str, str]) -> str:
    """A button of the leads' card: a verb opens its menu, an amount asks for the reason, a reason does it."""
    verb, given = pressed
    _may_press(work, ticket, person)
    if given in {"", BACK}:
        menu = Menu(verb) if not given else None
        return _turn(work, card, ticket, menu, None)
    if given == OFF and verb == "snooze":
        wake(work, ticket, person)
        return sayings.DONE["calm"]
    if given.isdecimal():
        if int(given) >= len(_amounts(work, ticket, verb)):
            raise Refused("amount")
        return _turn(work, card, ticket, Menu(f"{verb}_why"), given)
    reason = _reason(verb, given)
    if card.chosen is None or reason is None:
        raise Refused("amount")
    _do(work, ticket, person, Wish(verb, _amounts(work, ticket, verb)[int(card.chosen)], reason))
    return sayings.DONE[verb]


def _may_press(work: Work, ticket: Ticket, person: Person) -> None:
    edge = allowed(ticket.status, Action.EXTEND)
    if not life.may(work, person, "snooze", ticket):
        raise Refused("not_you")
    if edge is None:
        raise Refused("late", status=ticket.status, officer=life.name_of(work, ticket.officer_id))


def _turn(work: Work, card: Card, ticket: Ticket, menu: Menu | None, chosen: str | None) -> str:
    card.menu, card.chosen = menu, chosen
    work.ledger.refreshed.add(ticket.id)
    return sayings.DONE["menu" if menu is None else "amount" if chosen is None else "choose"]


def _amounts(work: Work, ticket: Ticket, verb: str) -> tuple[str, ...]:
    choices = EXTEND_BY[work.rules.time.rule_of(ticket).unit] if verb == "extend" else SNOOZE_FOR
    return tuple(choice.kept for choice in choices)


def _reason(verb: str, given: str) -> str | None:
    reasons = EXTEND_REASONS if verb == "extend" else SNOOZE_REASONS
    number = given.removeprefix(WHY)
    known = given.startswith(WHY) and number.isdecimal() and int(number) < len(reasons)
    return reasons[int(number)].kept if known else None


def _do(work: Work, ticket: Ticket, person: Person, wish: Wish) -> None:
    (extend if wish.verb == "extend" else snooze)(work, ticket, person, wish.amount, wish.reason or None)
    for card in work.ledger.cards_of(ticket.id, CardKind.WATCH):
        card.menu = card.chosen = None


# --- replies -----------------------------------------------------------------------------------------------------


def by_reply(work: Work, ticket: Ticket, card: Card, person: Person, words: str) -> bool:
    """A lead's reply to a card: 「延期 2工作日 等配件」, 「先不催 明早 已约好」, the reason asked for, an order.

    True where it was taken: ordinary words in reply to any other card are none. Raises Refused.
    """
    wish = wished(words)
    if wish is not None:
        if not wish.amount:
            raise Refused("amount")
        decides = life.may(work, person, "snooze", ticket)
        (_do if decides else _plead)(work, ticket, person, wish)
        return True
    if card.kind != CardKind.WATCH:
        return False
    verb = MENUS.get(Menu(card.menu)) if card.menu else None
    if verb and card.chosen:
        _may_press(work, ticket, person)
        _do(work, ticket, person, Wish(verb, _amounts(work, ticket, verb)[int(card.chosen)], words[:REASON_KEPT]))
    else:
        _order(work, ticket, person, words[:REASON_KEPT])
    return True


ENGLISH = re.compile(
    r"^(extend|snooze)(?:\s+(?:by|until|for))?\s+"
    r"(tomorrow(?:\s+morning)?|(\d+(?:\.\d+)?)\s*((?:working|calendar)\s+)?(minute|hour|day)s?(,\s*nights\s+too)?)"
    r"(?!\w)\s*[,.;:]?\s*(.*)$",
    re.DOTALL | re.IGNORECASE,
)
UNITS = {
    ("", "minute"): "分钟", ("", "hour"): "小时", ("", "day"): "天", ("working", "hour"): "工作时",
    ("working", "day"): "工作日", ("calendar", "day"): "自然日",
}  # fmt: skip


def _from_english(words: str) -> Wish | None:
    """「extend 1 working day waiting for parts」, as the cards say it in English."""
    said = ENGLISH.match(words)
    if said is None:
        return None
    unit = UNITS.get(((said[4] or "").strip().lower(), (said[5] or "").lower()), "")
    amount = f"{said[3]}{'紧急工作时' if said[6] else unit}" if said[3] else "明早"
    return Wish(said[1].lower(), amount, said[7].strip()[:REASON_KEPT])


def wished(words: str) -> Wish | None:
    """What a reply asks for in so many words; None for any other."""
    if english := _from_english(words.strip()):
        return english
    if BARE.fullmatch(words.strip()) and words.strip().isascii():
        return Wish(words.strip().lower(), "", "")
    for verb, shape in (("extend", EXTEND_SAID), ("snooze", SNOOZE_SAID)):
        said = shape.match(words.strip())
        if said is not None and (said[1] or BARE.match(words.strip())):
            return Wish(verb, re.sub(r"\s", "", said[1] or ""), said[2].strip()[:REASON_KEPT])
    return None


def _plead(work: Work, ticket: Ticket, person: Person, wish: Wish) -> None:
    """An officer asks for more time: the leads read it, with the card on which they decide. Raises Refused."""
    if wish.verb != "extend":
        raise Refused("leads_only")
    if not wish.reason:
        raise Refused("reason")
    if allowed(ticket.status, Action.EXTEND) is None:
        raise Refused("late", status=ticket.status)
    _limit(work, wish.amount)
    life.jot(work, ticket, "plea", person, reason=wish.reason, by=wish.amount)
    page = watching.pleaded(ticket, person.name, wish.amount, wish.reason)
    for group in notices.leads(work):
        if not any(card.group_id == group.id for card in work.ledger.cards_of(ticket.id, CardKind.WATCH)):
            notices.watch(work, ticket, group)
        notices.say(work, group, page, ticket=ticket)
    notices.tell_squad(work, ticket, watching.pleading(ticket))


def _order(work: Work, ticket: Ticket, person: Person, words: str) -> None:
    """What a lead writes under her card is for the squad, and for nobody else."""
    life.jot(work, ticket, "order", person, words=words)
    notices.tell_squad(work, ticket, watching.ordered(ticket, person.name, words))
