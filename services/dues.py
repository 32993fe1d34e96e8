"""What is done when its time has come: words about deadlines, the silent close, a question nobody answered."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ledger import life, notices
from ledger.work import Work
from models.moves import Action
from models.rows import Group, Job, Post, Ticket
from models.terms import STEPS
from models.words import CardKind, PostKind, Priority, Status
from texts import watching

LATE = {Status.OPENED, Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE}
TO_SQUAD = frozenset({"soon", "due"})


def remind(work: Work, words: Iterable[tuple[Ticket, str]]) -> None:
    """What fell due together is said together: the latest word of each ticket to a group, one message a group.

    To the squad before the deadline and at it, to the leads and to the bureau at as many times the limit as the
    settings say. At night only what is urgent; the rest is put off until the morning, and so is a ticket that is left
    alone for a while.
    """
    said: dict[int, dict[int, str]] = defaultdict(dict)
    for ticket, kind in sorted(words, key=lambda word: STEPS.index(word[1])):
        if ticket.status not in LATE or ticket.told > STEPS.index(kind):
            continue
        until = _put_off(work, ticket, kind)
        if until is not None:
            work.ledger.schedule(Job(f"{kind}:{ticket.id}", kind, until, ticket.id, {"held": True}))
            continue
        ticket.told = STEPS.index(kind) + 1
        for group in _heard_by(work, ticket, kind):
            said[group.id][ticket.id] = kind
    for group_id, lines in said.items():
        _tell(work, work.ledger.groups.rows[group_id,], lines)
    spoken = {word for lines in said.values() for word in lines.items()}
    for number, kind in sorted(spoken, key=lambda word: (word[0], STEPS.index(word[1]))):
        facts = {"times": work.rules.time.bureau_at} if kind == "bureau" else {}
        life.jot(work, work.ledger.tickets.rows[number,], "remind", None, kind=kind, **facts)


def _put_off(work: Work, ticket: Ticket, kind: str) -> datetime | None:
    """Until when a word waits. The bureau hears of what is very late even where a lead has it left alone."""
    night = work.rules.time.quiet_until(work.now, ticket.squad if kind in TO_SQUAD else None)
    waits = [] if night is None or ticket.urgent or ticket.emergency else [night]
    if ticket.snoozed_until and ticket.snoozed_until > work.now and kind != "bureau":
        waits.append(ticket.snoozed_until)
    return max(waits, default=None)


def _heard_by(work: Work, ticket: Ticket, kind: str) -> list[Group]:
    """Who hears of it; what no squad has is the leads' from the beginning."""
    squad = work.ledger.squad_group(ticket.squad)
    if kind in TO_SQUAD and squad is not None:
        return [squad]
    return notices.bureau(work) if kind == "bureau" else notices.leads(work)


def _tell(work: Work, group: Group, lines: dict[int, str]) -> None:
    tickets = [(ticket, kind) for number, kind in lines.items() if (ticket := work.ledger.tickets.get(number))]
    if len(tickets) == 1:
        _tell_one(work, group, *tickets[0])
        return
    notices.say(work, group, watching.gathered(tickets, work.rules.zone, work.rules.time.bureau_at))


def _tell_one(work: Work, group: Group, ticket: Ticket, kind: str) -> None:
    page = watching.word(ticket, kind, life.name_of(work, ticket.officer_id), work.rules.time.bureau_at)
    if kind not in TO_SQUAD:
        notices.watch(work, ticket, group, page)
    elif group is work.ledger.squad_group(ticket.squad):
        notices.tell_squad(work, ticket, page)
    else:
        card = next((c for c in work.ledger.cards_of(ticket.id, CardKind.TRIAGE) if c.group_id == group.id), None)
        notices.say(work, group, page, reply_to=card.message if card else None, ticket=ticket)


def close_in_silence(work: Work, ticket: Ticket, round_: int) -> None:
    """Nobody said anything for a day: the ticket is closed."""
    if ticket.status == Status.RESOLVED and ticket.round == round_:
        life.move(work, ticket, Action.CLOSE, None)


def withdraw(work: Work, payload: dict[str, Any]) -> None:
    """Take back a question that was ignored."""
    key = f"question:{payload['group']}:{payload['message']}"
    work.ledger.post(
        Post(
            PostKind.WITHDRAW,
            Priority.UPDATE,
            work.now,
            payload["group"],
            None,
            None,
            f"withdraw:{key}",
            {"dedupe": key},
        )
    )
