"""The same trouble on another day: a new ticket is linked to the ended one whose trouble is back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.ledger import Ledger
from models import tables as t
from models.metres import metres
from models.rows import Event, Ticket
from models.said import Point
from models.words import Status
from reading.places import names_of, numbers_of

BACK_WITHIN = timedelta(days=30)
NEAR_METRES = 150
LOOKED_AT = 500


async def link(conn: AsyncConnection, ledger: Ledger) -> None:
    """Link the tickets that this unit of work opens to what their groups had before."""
    opened = [ticket for ticket in ledger.opened() if ticket.matter and ticket.same_as is None and not ticket.recurs]
    if not opened:
        return
    ended = await _ended(conn, ledger, opened)
    for ticket in opened:
        earlier = next((row.id for row in ended if _is_back(ticket, row)), None)
        if earlier is not None:
            ticket.recurs = earlier
            ledger.note(Event(ticket.id, ledger.now, "recur", None, ticket.status, ticket.status, {"number": earlier}))


async def _ended(conn: AsyncConnection, ledger: Ledger, opened: list[Ticket]) -> Sequence[Any]:
    """What these groups had of these matters, the latest first."""
    c = t.ticket.c
    query = select(c.id, c.group_id, c.matter, c.lat, c.lon, c.place, c.party, c.reporter_id).where(
        or_(*{c.group_id == ticket.group_id for ticket in opened}),
        c.matter.in_({code for ticket in opened for code in _matters(ticket)}),
        c.status == Status.CLOSED,
        c.last_at > ledger.now - BACK_WITHIN,
    )
    return (await conn.execute(query.order_by(c.last_at.desc()).limit(LOOKED_AT))).all()


def _matters(ticket: Ticket) -> set[str]:
    """Its matter and the next likely one: a stall is called 占道经营 one day and 游商 the other."""
    return {code for code in (ticket.matter, *ticket.also[:1]) if code}


def _is_back(ticket: Ticket, row: Any) -> bool:
    """Of one matter, and at one place, of one party, or told of by the same person without another place."""
    if row.group_id != ticket.group_id or row.matter not in _matters(ticket):
        return False
    if ticket.party and ticket.party == row.party:
        return True
    if ticket.lat is not None and ticket.lon is not None and row.lat is not None:
        return metres(Point(ticket.lat, ticket.lon), Point(row.lat, row.lon)) <= NEAR_METRES
    numbers = numbers_of(ticket.place), numbers_of(row.place)
    if names_of(ticket.place) & names_of(row.place):
        return not all(numbers) or bool(numbers[0] & numbers[1])
    return row.reporter_id == ticket.reporter_id and not (names_of(ticket.place) or numbers[0])
