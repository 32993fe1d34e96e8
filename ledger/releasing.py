"""What an officer has in hand goes back to its squad when it is no longer hers to do."""

from ledger import life, notices
from ledger.life import Given, held
from ledger.work import Work
from models.moves import Action
from models.rows import Group, Person, Ticket
from models.words import STAFF, CardKind, Role
from texts import sayings


def not_hers(work: Work, person: Person) -> list[Ticket]:
    """Tickets in her hand that she may no longer work on: she is no officer any more, or one of another squad."""
    standing = work.ledger.standing(person)
    away = standing.role is Role.OFFICER and standing.squad
    return [t for t in _in_hand(work, person) if standing.role not in STAFF or (away and standing.squad != t.squad)]


def out_of_sight(work: Work, person: Person, group: Group) -> list[Ticket]:
    """Tickets in her hand whose cards stand in a squad's chat that she has left."""
    return [ticket for ticket in _in_hand(work, person) if work.ledger.squad_group(ticket.squad) is group]


def _in_hand(work: Work, person: Person) -> list[Ticket]:
    return [ticket for ticket in work.ledger.tickets if ticket.officer_id == person.id and held(ticket)]


def release(work: Work, person: Person, tickets: list[Ticket], actor: Person | None) -> int:
    """Each goes back to its squad, whose card bears 接单 again, with a word under it; how many they were."""
    for ticket in tickets:
        life.move(work, ticket, Action.RELEASE, actor, Given(officer=person))
        for card in work.ledger.cards_of(ticket.id, CardKind.DISPATCH):
            card.menu = None
        notices.start_clock(work, ticket)
        notices.send_out(work, ticket, again=sayings.released(ticket, person.name))
    return len(tickets)
