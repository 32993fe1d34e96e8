"""Reads what a card shows, at the moment it is sent."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.work import Rules
from models import tables as t
from models.reading import Act
from models.rows import Card, Ticket
from texts.cards import View
from texts.watching import called


async def views(conn: AsyncConnection, card_ids: Iterable[int], rules: Rules) -> dict[int, View]:
    """Everything around these cards, by card."""
    keys = set(card_ids)
    if not keys:
        return {}
    cards = [_row(Card, r) for r in (await conn.execute(select(t.card).where(t.card.c.id.in_(keys)))).all()]
    numbers = {card.ticket_id for card in cards}
    tickets = {
        r.id: _row(Ticket, r) for r in (await conn.execute(select(t.ticket).where(t.ticket.c.id.in_(numbers)))).all()
    }
    others = await _others(conn, tickets.values())
    people = {p for ticket in tickets.values() for p in (ticket.reporter_id, ticket.officer_id) if p}
    names = await _names(conn, t.person.c.id, t.person.c.name, people)
    shops = await _names(conn, t.shop.c.person_id, t.shop.c.name, people)
    groups = await _names(conn, t.group.c.id, t.group.c.name, {ticket.group_id for ticket in tickets.values()})
    squads = await _names(conn, t.group.c.id, t.group.c.squad, {card.group_id for card in cards})
    told = await _reporters(conn, numbers)
    tallied = await _tallied(conn, tickets.values())
    return {
        card.id: View(
            ticket, card, rules.zone, groups.get(ticket.group_id, ""), names.get(ticket.reporter_id, ""),
            shops.get(ticket.reporter_id, ""), names.get(ticket.officer_id, ""), rules.squads, tuple(told[ticket.id]),
            squads.get(card.group_id), others.get(ticket.same_as or ticket.perhaps), others.get(ticket.recurs),
            tuple(tallied.get(ticket.id, ())), tuple(map(called, rules.time.choices(ticket))), rules.time.bureau_at,
        )
        for card in cards
        if (ticket := tickets[card.ticket_id])
    }  # fmt: skip


def _row(kind: type[Any], record: Any) -> Any:
    return kind(**{f.name: getattr(record, f.name) for f in fields(kind) if f.metadata.get("column", True)})


async def _others(conn: AsyncConnection, tickets: Iterable[Ticket]) -> dict[int | None, Ticket]:
    """The tickets that these are, may be, or come back from."""
    numbers = {n for ticket in tickets for n in (ticket.same_as, ticket.perhaps, ticket.recurs) if n}
    if not numbers:
        return {}
    rows = (await conn.execute(select(t.ticket).where(t.ticket.c.id.in_(numbers)))).all()
    return {row.id: _row(Ticket, row) for row in rows}


async def _tallied(conn: AsyncConnection, tickets: Iterable[Ticket]) -> dict[int, list[tuple[int, str]]]:
    """Numbers and statuses of the tickets that the receipts of these tell of."""
    heads = {ticket.id for ticket in tickets if ticket.told_in == ticket.id}
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if heads:
        c = t.ticket.c
        query = select(c.told_in, c.id, c.status).where(c.told_in.in_(heads)).order_by(c.id)
        for head, number, status in (await conn.execute(query)).all():
            found[head].append((number, status))
    return found


async def _reporters(conn: AsyncConnection, numbers: set[int]) -> dict[int, list[str]]:
    """Names of all who told of each ticket, the first to tell first."""
    found: dict[int, list[str]] = defaultdict(list)
    query = (
        select(t.reporter.c.ticket_id, t.person.c.name)
        .join(t.person, t.person.c.id == t.reporter.c.person_id)
        .join(t.ticket, t.ticket.c.id == t.reporter.c.ticket_id)
        .where(t.reporter.c.ticket_id.in_(numbers))
        .order_by(t.person.c.id != t.ticket.c.reporter_id, t.person.c.id)
    )
    for number, name in (await conn.execute(query)).all():
        found[number].append(name)
    return found


async def _names(conn: AsyncConnection, key: Any, name: Any, keys: set[int]) -> dict[int | None, str]:
    if not keys:
        return {}
    return dict((await conn.execute(select(key, name).where(key.in_(keys)))).all())


async def handles(conn: AsyncConnection, group_id: int, messages: list[str]) -> list[tuple[str, str]]:
    """Kinds and handles of the media that hang on these messages, in order."""
    keys = [(group_id, message) for message in messages]
    query = select(t.medium.c.kind, t.medium.c.handle).where(tuple_(t.medium.c.group_id, t.medium.c.message).in_(keys))
    return [(kind, handle) for kind, handle in (await conn.execute(query.order_by(t.medium.c.id))).all()]


async def proof_of(conn: AsyncConnection, ticket_id: int) -> tuple[str, str] | None:
    """The last picture that an officer gave as proof: its kind and handle."""
    query = (
        select(t.medium.c.kind, t.medium.c.handle)
        .join(t.link, (t.link.c.group_id == t.medium.c.group_id) & (t.link.c.message == t.medium.c.message))
        .where(t.link.c.ticket_id == ticket_id, t.link.c.act == Act.DONE, t.medium.c.kind.in_(("photo", "video")))
        .order_by(t.medium.c.id.desc())
        .limit(1)
    )
    found = (await conn.execute(query)).one_or_none()
    return (found[0], found[1]) if found else None
