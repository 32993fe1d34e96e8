"""Who says much at once is heard as ever, and answered in one line: receipts and questions are counted."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ledger import notices
from ledger.work import Heard, Work
from models.rows import Group, Job, Person, Ticket
from models.words import CardKind
from texts.speaking import Words


@dataclass(frozen=True, slots=True)
class Spent:
    """Answers of the last minutes: to one person, and in her whole group."""

    person: int
    group: int


def spent(work: Work, group: Group, person: Person, span: timedelta) -> Spent:
    """Receipts of their own and questions that still stand; a ticket that a tally tells of has had no answer."""
    told = [t.reporter_id for t in _lately(work, group, span) if t.told_in in {None, t.id}]
    asked = [job.payload.get("person", 0) for job in work.ledger.questions(group.id)]
    both = [*told, *asked]
    return Spent(both.count(person.id), len(both))


def full(work: Work, group: Group, person: Person) -> bool:
    """Whether she, or her group, was answered as often as the bureau wants within a few minutes."""
    manners = work.rules.manners
    if manners is None:
        return False
    now = spent(work, group, person, manners.span)
    return now.person >= manners.a_person or now.group >= manners.a_group


def tally(work: Work, heard: Heard, ticket: Ticket) -> None:
    """One line for many: the receipt of the first that gets none of its own tells of all that follow, and is edited."""
    head = _standing(work, heard.group, heard.person)
    ticket.told_in = head.id if head else ticket.id
    if head is None:
        notices.show(work, ticket, CardKind.RECEIPT, heard.group, heard.said.id)


def _standing(work: Work, group: Group, person: Person) -> Ticket | None:
    """Her own line; where the whole group is loud, anybody's."""
    manners = work.rules.manners
    if manners is None:
        return None
    lines = [t for t in _lately(work, group, manners.span) if t.told_in == t.id]
    loud = spent(work, group, person, manners.span).group >= manners.a_group
    return next((t for t in reversed(lines) if loud or t.reporter_id == person.id), None)


def _lately(work: Work, group: Group, span: timedelta) -> list[Ticket]:
    return [ticket for ticket in work.ledger.tickets_in(group.id) if ticket.opened_at > work.now - span]


def hush(work: Work, heard: Heard, words: Words) -> None:
    """Said once in these minutes to a person in a chat; what else she says is heard without a word."""
    manners, key = work.rules.manners, f"hush:{heard.group.id}:{heard.person.user}"
    if manners is None or work.ledger.waits(key):
        return
    payload: dict[str, Any] = {}
    work.ledger.schedule(Job(key, "hush", work.now + manners.span, None, payload))
    notices.say(work, heard.group, words, reply_to=heard.said.id)
