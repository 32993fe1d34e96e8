"""Carries an officer's reply to a card to the person who told of it, and keeps her photos as proof."""

from ledger import life, notices
from ledger.work import Work
from models.reading import Act
from models.rows import Group, Link, Message, Person, Ticket
from texts import sayings

OUTCOME_KEPT = 300


def proof(work: Work, ticket: Ticket, group: Group, message: Message, person: Person) -> None:
    """A photo in reply to the card: proof for 办结."""
    ticket.proofs += 1
    work.ledger.tie(Link(ticket.id, group.id, message.message, Act.DONE))
    life.jot(work, ticket, "photo", person, message=message.message)


def words(work: Work, ticket: Ticket, group: Group, message: Message, person: Person) -> None:
    """Words in reply to the card: a written account (a question is none), and an answer to the person who asked."""
    said = message.text.strip()[:OUTCOME_KEPT]
    if not said.endswith(("?", "？")):
        ticket.outcome = said
    work.ledger.tie(Link(ticket.id, group.id, message.message, Act.ANSWER))
    life.jot(work, ticket, "note", person, words=said)
    home = work.ledger.groups.get(ticket.group_id)
    if home is not None:
        notices.say(
            work, home, sayings.relayed(ticket, person.name, message.text), reply_to=ticket.opens, ticket=ticket
        )


def may_speak(work: Work, ticket: Ticket, person: Person) -> bool:
    """Only staff who may have the ticket in hand speak for the squad."""
    return life.may(work, person, "reply", ticket)
