"""What a ticket is about, as it was read or as people put it right."""

from models.reading import STANDARD, Found
from models.rows import Ticket
from models.said import storable
from models.words import Demand

PARTY_KEPT = 120


def take_for(ticket: Ticket, found: Found) -> None:
    """Take a ticket for what was found."""
    ticket.matter, ticket.standard, ticket.demand, ticket.also = found.matter, STANDARD, found.demand, list(found.also)
    ticket.party = storable(found.party)[:PARTY_KEPT] if found.party else None
    ticket.urgent, ticket.emergency, ticket.elsewhere = found.urgent, found.emergency, found.elsewhere


def found_of(ticket: Ticket) -> Found:
    """What a ticket is taken for."""
    return Found(
        Demand(ticket.demand), ticket.matter, tuple(ticket.also), ticket.party,
        urgent=ticket.urgent, emergency=ticket.emergency, elsewhere=ticket.elsewhere,
    )  # fmt: skip
