"""What a ticket is about in a few words."""

from models.matters import matter_name
from models.rows import Ticket
from models.words import Demand
from texts.words import DEMAND


def title(ticket: Ticket) -> str:
    """The matter, or the kind of demand where there is none."""
    return matter_name(ticket.matter) if ticket.matter else DEMAND[Demand(ticket.demand)]
