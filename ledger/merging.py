"""Two tickets that are one matter: the later stands under the earlier, and can be taken out again."""

from ledger import life, notices
from ledger.work import Work
from models.moves import Action
from models.rows import Person, Ticket


def merge(work: Work, ticket: Ticket, into: Ticket, actor: Person | None) -> None:
    """Put a ticket under another; all who told of it hear of that one. Raises Refused."""
    if into.ended or work.ledger.head(into.id) == ticket.id:
        raise life.Refused("late", status=into.status)
    life.move(work, ticket, Action.MERGE, actor)
    ticket.same_as, ticket.perhaps = into.id, None
    work.ledger.turn_lines(ticket.id)
    for above in _above(work, ticket):
        for person in sorted(work.ledger.reporters_of(ticket.id)):
            work.ledger.add_reporter(above.id, person, via=ticket.id)
    notices.stop_clock(work, ticket)
    life.jot(work, into, "join", actor or work.ledger.person_by_id(ticket.reporter_id), number=ticket.id)
    told = [link.message for link in work.ledger.linked(ticket.id)]
    notices.pictures(work, into, told)


def split(work: Work, ticket: Ticket, actor: Person | None) -> None:
    """Take a ticket out from under another: it goes its own way from here, with its own reporters. Raises Refused."""
    above = _above(work, ticket)
    life.move(work, ticket, Action.SPLIT, actor)
    work.ledger.turn_lines(ticket.id)
    for other in above:
        work.ledger.drop_reporters(other.id, via=ticket.id)
        _bring_again(work, other)
        life.jot(work, other, "part", actor, number=ticket.id)
    set_out(work, ticket)


def keep_apart(work: Work, ticket: Ticket, actor: Person | None) -> None:
    """They are two matters after all."""
    life.jot(work, ticket, "apart", actor, number=ticket.perhaps)
    ticket.perhaps = None


def set_out(work: Work, ticket: Ticket) -> None:
    """The clock starts and the squad hears of it; without a squad the leads decide."""
    ticket.deadline_at = work.rules.deadline(ticket, work.now)
    notices.start_clock(work, ticket)
    if ticket.squad and work.ledger.squad_group(ticket.squad):
        life.move(work, ticket, Action.DISPATCH, None)
    notices.send_out(work, ticket)


def _above(work: Work, ticket: Ticket) -> list[Ticket]:
    """The tickets that it stands under, the nearest first."""
    found = []
    while ticket.same_as is not None and (over := work.ledger.tickets.get(ticket.same_as)) is not None:
        found.append(over)
        ticket = over
    return found


def _bring_again(work: Work, ticket: Ticket) -> None:
    """Whom another merged ticket tells of too is still a reporter."""
    for other in work.ledger.merged_into(ticket.id):
        for person in sorted(work.ledger.reporters_of(other.id)):
            work.ledger.add_reporter(ticket.id, person, via=other.id)
