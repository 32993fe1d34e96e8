"""Where a ticket is, in words: on every card, and the question on the receipt of one that nobody can find."""

from models.rows import Ticket
from models.words import Demand, Status
from texts.page import quote

ROUGH = 150
"""Metres of doubt from which on a card says so."""
ASKS = "还不知道在哪里：请在这条下回复，或发个定位。"


def where(ticket: Ticket) -> str:
    """The place in her words, what it is near, how exact it is."""
    known = quote(ticket.place) or quote(ticket.near or "")
    if known and ticket.near and ticket.near not in ticket.place:
        known = f"{known}（{quote(ticket.near)}）"
    if known and ticket.doubt > ROUGH:
        known += f"，约{round(ticket.doubt, -2):.0f}米内"
    return known or quote(ticket.street or "") or "地点待核实"


def area(ticket: Ticket) -> list[str]:
    """Lines for the squad: the grid, and that the point lies in no street of the map."""
    lines = [f"网格：{quote(ticket.street or '')} {quote(ticket.grid)}"] if ticket.grid else []
    if ticket.outside:
        lines.append(f"定位不在地图的街道范围内，暂按{quote(ticket.street or '本群')}派单")
    return lines


def asked(ticket: Ticket) -> list[str]:
    """The question, until an officer is there; an inquiry, a wish, another department's business need no place."""
    wants_nobody = ticket.demand in {Demand.INQUIRY, Demand.SUGGESTION} or ticket.elsewhere
    waiting = ticket.status in {Status.OPENED, Status.DISPATCHED, Status.ACCEPTED}
    return [ASKS] if ticket.placeless and waiting and not wants_nobody else []
