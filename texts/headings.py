"""What a ticket is about in a few words."""

from models.rows import Ticket
from models.words import Demand
from texts.speaking import matter
from texts.words import DEMAND


def title(ticket: Ticket) -> str:
    """The matter, or the kind of demand where there is none."""
    return matter(ticket.matter) if ticket.matter else DEMAND[Demand(ticket.demand)]
