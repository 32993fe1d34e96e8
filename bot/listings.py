"""Lists of the tickets behind a number of an answer, a page at a time; all of it or one part: a squad, a place."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.shelf import Shelf
from models import tables as t
from models.numbers import ASKED_PARTS, NUMBERS, PARTS, Asked
from models.outgoing import Outgoing, Sort
from models.presses import Behind, mark
from models.rows import Ticket
from services import figures as counting
from texts import listing
from texts.page import as_rows
from texts.reports import Heading, of_matter
from texts.speaking import tell
from texts.whereabouts import beside

KNOWN = 50
"""So many parts of a number are looked through for the one that was pressed."""


async def listed(
    conn: AsyncConnection, row: Row[Any], out: Outgoing, of: tuple[Asked, Heading], topic: str
) -> Outgoing:
    """What a row of the outbox asks for, as a message or, where a page was turned, in place of the one before."""
    (asked, head), name = of, row.payload["number"]
    if NUMBERS[name].moment is None:
        head = replace(head, name=tell("list-now"))
    where = Behind(name, row.payload.get("side", 0), row.payload.get("part", ""))
    by = ASKED_PARTS.get((topic, name), PARTS.get(name))
    parts = await _parts(conn, asked, name, by) if by else []
    part = next((one for one in parts if one.mark == where.part), None)
    if by and part is not None:
        asked = counting.narrowed(asked, by, part.key)
        head = replace(head, chosen="·".join(filter(None, (head.chosen, part.name))))
    elif where.part:
        where = replace(where, part="")
    total = (await counting.counts(conn, asked, [name]))[name]
    pages = max(1, -(-total // counting.PAGE))
    page = min(row.payload["page"], pages)
    numbers = await counting.tickets(conn, asked, name, page)
    found = (await conn.execute(select(t.ticket).where(t.ticket.c.id.in_(numbers)))).all()
    tickets = sorted(Shelf(t.ticket, Ticket).read(found), key=lambda one: numbers.index(one.id))
    officers = await _officers(conn, (one.officer_id for one in tickets))
    told = listing.listing(
        head.title, tickets, listing.Beside(asked.now, asked.zone, officers), of=row.payload["of"], where=where,
        paged=listing.Paged(page, pages, total), formulas=asked.formulas, topic=topic, parts=parts,
    )  # fmt: skip
    made = replace(out, sort=Sort.TEXT, text=told.text, rows=as_rows(told.rows))
    edit = row.payload.get("edit")
    return replace(made, sort=Sort.EDIT, message=edit, reply_to=None) if edit else made


async def _parts(conn: AsyncConnection, asked: Asked, name: str, by: str) -> list[listing.Part]:
    """The parts of a number, the largest first, each by its name."""
    found = await counting.parts(conn, asked, name, by, KNOWN)
    names: dict[Any, str] = await _officers(conn, (key for key, _ in found)) if by == "officer" else {}
    said = {"matter": of_matter, "place": beside}.get(by, str)
    return [listing.Part(key, names.get(key) or said(key), many, mark(key)) for key, many in found if key is not None]


async def _officers(conn: AsyncConnection, numbers: Iterable[Any]) -> dict[int, str]:
    """People by their number."""
    p = t.person.c
    held = {number for number in numbers if number is not None}
    return {row.id: row.name for row in await conn.execute(select(p.id, p.name).where(p.id.in_(held)))}
