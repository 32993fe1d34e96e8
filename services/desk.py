"""What leads do with a ticket at a desk, by the same moves as in the chat; the cards there follow."""

from ledger import life, merging, notices
from ledger.life import Given, Refused
from ledger.work import Work
from models.moves import Action, allowed
from models.rows import Person, Ticket
from models.words import CardKind
from services import squad
from texts import sayings

KEPT = 300


def assign(work: Work, ticket: Ticket, person: Person, name: str, reason: str = "") -> None:
    """Send it to a squad: for the first time, or to another than has it. Raises Refused."""
    if name not in work.rules.squads:
        raise Refused("squad")
    if ticket.squad == name and allowed(ticket.status, Action.DISPATCH) is None:
        raise Refused("same_squad")
    if allowed(ticket.status, Action.PASS_ON) is not None:
        _do(work, ticket, person, Action.PASS_ON, Given(squad=name))
        return
    for action in (Action.RELEASE, Action.GIVE_BACK):
        if allowed(ticket.status, action) is not None:
            life.move(work, ticket, action, person, Given(reason=reason[:KEPT] or sayings.SENT_ON))
    _do(work, ticket, person, Action.DISPATCH, Given(squad=name))
    notices.start_clock(work, ticket)


def void(work: Work, ticket: Ticket, person: Person, reason: str) -> None:
    """It was none, or is no business of the bureau's; what stands under it goes on by itself. Raises Refused."""
    _do(work, ticket, person, Action.VOID, Given(reason=reason[:KEPT]))
    merging.hand_over(work, ticket)


def merge(work: Work, ticket: Ticket, into: Ticket | None, person: Person) -> None:
    """It is the same as another that is open. Raises Refused."""
    head = work.ledger.tickets.get(work.ledger.head(into.id)) if into else None
    if head is None or head.id == ticket.id or not life.sees(work.ledger.standing(person), head.squad):
        raise Refused("number")
    merging.merge(work, ticket, head, person)


def split(work: Work, ticket: Ticket, person: Person) -> None:
    """It is another matter after all than the one that it stands under. Raises Refused."""
    merging.split(work, ticket, person)


def answer(work: Work, ticket: Ticket, person: Person, words: str) -> None:
    """Words for who told of it, said by the bot under hers, with the officer's name. Raises Refused."""
    if not life.may(work, person, "answer", ticket):
        raise Refused("not_you")
    home = work.ledger.groups.get(ticket.group_id)
    if not words.strip() or home is None:
        raise Refused("words")
    life.jot(work, ticket, "note", person, words=words[:KEPT])
    notices.say(work, home, sayings.relayed(ticket, person.name, words), reply_to=ticket.opens, ticket=ticket)


def _do(work: Work, ticket: Ticket, person: Person, action: Action, given: Given) -> None:
    """The move, and what it brings with it, as when its button is pressed."""
    life.move(work, ticket, action, person, given)
    squad.follow(work, ticket, action)
    for card in work.ledger.cards_of(ticket.id, CardKind.RECEIPT):
        card.menu = None
