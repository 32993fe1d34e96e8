"""Who of the staff looks at whose data on the pages: written down before it is shown."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.store import writing
from models import tables as t
from models.words import STAFF, Looked
from web.conditions import Looker, conditions, named
from web.filters import Filters
from web.house import House

ONCE_IN = timedelta(hours=1)
"""Who looks at the same again and again is noted once an hour."""


async def note(house: House, actor: int, people: Iterable[int], what: Looked, ticket: int | None = None) -> None:
    """A row for each of these people; not of what is her own."""
    whose, now = sorted({*people} - {actor}), house.clock.now()
    c = t.audit.c
    same = (c.actor_id == actor, c.what == what, c.ticket_id == ticket, c.at > now - ONCE_IN)
    query = select(c.person_id).where(c.person_id.in_(whose), *same)
    async with house.reading() as conn:
        if not await _unknown(conn, whose, query):
            return
    async with writing(house.engine) as conn:
        rows = [
            {"at": now, "actor_id": actor, "person_id": one, "ticket_id": ticket, "what": what}
            for one in await _unknown(conn, whose, query)
        ]
        if rows:
            await conn.execute(insert(t.audit), rows)


async def _unknown(conn: AsyncConnection, whose: list[int], query: Select[int]) -> list[int]:
    known = set((await conn.execute(query)).scalars())
    return [one for one in whose if one not in known]


async def people_of(conn: AsyncConnection, number: int) -> set[int]:
    """Those whose data a ticket's page shows: who told of it, and who of the street said anything to it."""
    m, tied, held = t.message.c, t.link.c, t.role.c
    told = select(t.reporter.c.person_id).where(t.reporter.c.ticket_id == number)
    first = select(t.ticket.c.reporter_id).where(t.ticket.c.id == number)
    staff = select(held.person_id).where(held.person_id == m.person_id, held.role.in_(STAFF))
    said = (
        select(m.person_id)
        .join(t.link, (tied.group_id == m.group_id) & (tied.message == m.message))
        .where(tied.ticket_id == number, ~staff.exists())
    )
    found = set()
    for query in (told, first, said):
        found |= set((await conn.execute(query)).scalars())
    return found - {None}


async def searched(house: House, wanted: Filters, looker: Looker) -> None:
    """Somebody looks for people by their names: each whose tickets are found is noted."""
    if not wanted.q:
        return
    async with house.reading() as conn:
        people = await named(conn, wanted)
        if not people:
            return
        c = t.ticket.c
        query = select(c.reporter_id).where(c.reporter_id.in_(people), *await conditions(conn, wanted, looker))
        found = (await conn.execute(query.distinct())).scalars().all()
    await note(house, looker.person, found, Looked.SEARCH)
