"""Where a ticket is, in words: on every card, and the question on the receipt of one that nobody can find."""

from models.rows import Ticket
from models.words import Demand, Status
from texts import catalogue
from texts.page import quote
from texts.speaking import tell

ROUGH = 150
"""Metres of doubt from which on a card says so."""


def where(ticket: Ticket) -> str:
    """The place in her words, what it is near, how exact it is."""
    known = quote(ticket.place) or near(ticket)
    if known and ticket.near and ticket.near not in ticket.place:
        known = tell("where-near", place=known, near=near(ticket))
    if known and ticket.doubt > ROUGH:
        known = tell("where-rough", place=known, metres=int(round(ticket.doubt, -2)))
    return known or quote(ticket.street or "") or tell("no-place")


def near(ticket: Ticket, limit: int = 120) -> str:
    """What it is near."""
    return quote(beside(ticket.near or ""), limit)


def beside(known: str) -> str:
    """What tickets are near, in the language spoken: a road that the tables keep as 「…附近」, or an address."""
    by = catalogue.say(catalogue.DEFAULT, "near-by", name="")
    return tell("near-by", name=known.removesuffix(by)) if known.endswith(by) else known


def area(ticket: Ticket) -> list[str]:
    """Lines for the squad: the grid, and that the point lies in no street of the map."""
    street = quote(ticket.street or "")
    lines = [tell("card-grid", street=street, grid=quote(ticket.grid))] if ticket.grid else []
    if ticket.outside:
        lines.append(tell("card-outside", street=street or tell("card-this-group")))
    return lines


def asked(ticket: Ticket) -> list[str]:
    """The question, until an officer is there; an inquiry, a wish, another department's business need no place."""
    wants_nobody = ticket.demand in {Demand.INQUIRY, Demand.SUGGESTION} or ticket.elsewhere
    waiting = ticket.status in {Status.OPENED, Status.DISPATCHED, Status.ACCEPTED}
    return [tell("where-asks")] if ticket.placeless and waiting and not wants_nobody else []
