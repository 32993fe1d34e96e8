"""Reads a ticket's history and its pictures, at the moment they are sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.work import Rules
from models import tables as t
from models.reading import Act
from texts import histories
from texts.page import Page

ALBUM = 10
INNER = frozenset({"order", "plea", "snooze", "calm", "remind"})
PICTURES = ("photo", "video")


async def history(conn: AsyncConnection, number: int, rules: Rules, now: datetime, *, inner: bool) -> Page:
    """Its lines (with `inner` also those of the bureau's own business), and the numbers of what was merged into it."""
    ticket = (await conn.execute(select(t.ticket).where(t.ticket.c.id == number))).one()
    c, e = t.ticket.c, t.event.c
    merged = (await conn.execute(select(c.id).where(c.same_as == number).order_by(c.id))).scalars().all()
    query = select(e.at, e.action, t.person.c.name, e.data).outerjoin(t.person, t.person.c.id == e.actor_id)
    rows = (await conn.execute(query.where(e.ticket_id == number).order_by(e.id))).all()
    events = [(at, action, name or "", data) for at, action, name, data in rows if inner or action not in INNER]
    return histories.history(ticket, events, rules.zone, now, merged)  # type: ignore[arg-type]


async def pictures(conn: AsyncConnection, number: int, *, before: bool) -> Sequence[tuple[str, str]]:
    """Kinds and handles: what people showed (of the merged tickets too), or the officers' proofs; the newest ten."""
    m, tied, c = t.medium.c, t.link.c, t.ticket.c
    whole = select(c.id).where(or_(c.id == number, c.same_as == number))
    stage = tied.act != Act.DONE if before else tied.act == Act.DONE
    query = (
        select(m.id, m.kind, m.handle)
        .join(t.link, (tied.group_id == m.group_id) & (tied.message == m.message))
        .where(tied.ticket_id.in_(whole), stage, m.kind.in_(PICTURES))
        .order_by(m.id.desc())
        .distinct()
        .limit(ALBUM)
    )
    return [(kind, handle) for _, kind, handle in reversed((await conn.execute(query)).all())]
