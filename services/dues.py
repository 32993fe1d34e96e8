"""What is done when its time has come: reminders, the silent close, a question nobody answered."""

from typing import Any

from ledger import life, notices
from ledger.work import Work
from models.moves import Action
from models.rows import Post, Ticket
from models.words import PostKind, Priority, Status
from texts import sayings

LATE = {Status.OPENED, Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE}


def remind(work: Work, ticket: Ticket, kind: str) -> None:
    """A word to the squad before the deadline and at it; to the leads when it is long past."""
    if ticket.status not in LATE:
        return
    life.jot(work, ticket, "remind", None, kind=kind)
    if kind == "overdue":
        for group in work.ledger.lead_groups():
            notices.say(work, group, sayings.overdue(ticket, ticket.squad or ""), ticket=ticket)
        return
    page = sayings.soon(ticket) if kind == "soon" else sayings.reminder(ticket)
    notices.tell_squad(work, ticket, page)


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
