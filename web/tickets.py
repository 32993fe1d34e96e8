"""One ticket as the pages show it: all that was said, shown and done about it, read in one go."""

from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger import life
from models import tables as t
from models.reading import Act
from models.rows import Ticket
from models.words import Role
from web.sessions import Seat

MESSAGES = 200
EVENTS = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ticket and what hangs on it."""

    ticket: Ticket
    group: str
    reporters: list[Any] = field(repr=False)
    officer: str = field(repr=False)
    under: list[int]
    messages: list[Any] = field(repr=False)
    before: list[Any]
    after: list[Any]
    events: list[Any] = field(repr=False)
    memos: list[Any] = field(repr=False)
    replies: list[Any]

    @property
    def last(self) -> int:
        """The last line of its history: what came later is news."""
        return self.events[-1].id if self.events else 0


async def find(conn: AsyncConnection, number: int, seat: Seat) -> Ticket | None:
    """The ticket of that number, if the pages show it to her."""
    row = (await conn.execute(select(t.ticket).where(t.ticket.c.id == number))).one_or_none()
    if row is None or not life.sees(seat.standing, row.squad):
        return None
    return Ticket(**{f.name: getattr(row, f.name) for f in fields(Ticket) if f.metadata.get("column", True)})


async def sheet(conn: AsyncConnection, ticket: Ticket) -> Sheet:
    """All of it."""
    group = select(t.group.c.name).where(t.group.c.id == ticket.group_id)
    officer = select(t.person.c.name).where(t.person.c.id == ticket.officer_id)
    under = select(t.ticket.c.id).where(t.ticket.c.same_as == ticket.id).order_by(t.ticket.c.id)
    media = await _media(conn, ticket.id)
    before, after = [m for m in media if m.act != Act.DONE], [m for m in media if m.act == Act.DONE]
    return Sheet(
        ticket, (await conn.execute(group)).scalar() or "", await _reporters(conn, ticket.id),
        (await conn.execute(officer)).scalar() or "", list((await conn.execute(under)).scalars()),
        await _messages(conn, ticket.id), before, after,
        await events(conn, ticket.id), await _memos(conn, ticket.id), await replies(conn, ticket),
    )  # fmt: skip


async def _reporters(conn: AsyncConnection, number: int) -> list[Any]:
    query = select(t.person.c.name, t.shop.c.name.label("shop")).join(
        t.reporter, t.reporter.c.person_id == t.person.c.id
    )
    query = query.outerjoin(t.shop, t.shop.c.person_id == t.person.c.id)
    return list((await conn.execute(query.where(t.reporter.c.ticket_id == number).order_by(t.person.c.id))).all())


def _staff(person: Any) -> Any:
    """Whether somebody is, or was, of the staff: their names are not masked."""
    c = t.role.c
    held = select(c.person_id).where(c.person_id == person, c.role.in_((Role.OFFICER, Role.LEAD, Role.ADMIN)))
    return held.exists().label("staff")


async def _messages(conn: AsyncConnection, number: int) -> list[Any]:
    """What was said, oldest first; `staff` where an officer or a lead said it."""
    m, tied = t.message.c, t.link.c
    query = (
        select(m.at, m.text, m.lat, m.pictured, m.spoken, tied.act, t.person.c.name, _staff(m.person_id))
        .join(t.link, (tied.group_id == m.group_id) & (tied.message == m.message))
        .join(t.person, t.person.c.id == m.person_id)
        .where(tied.ticket_id == number)
        .order_by(m.at, m.message)
    )
    return list((await conn.execute(query.limit(MESSAGES))).all())


async def _media(conn: AsyncConnection, number: int) -> list[Any]:
    f, tied = t.medium.c, t.link.c
    query = select(f.id, f.kind, f.mime, f.state, tied.act).join(
        t.link, (tied.group_id == f.group_id) & (tied.message == f.message)
    )
    return list((await conn.execute(query.where(tied.ticket_id == number).order_by(f.id).limit(MESSAGES))).all())


async def events(conn: AsyncConnection, number: int, after: int = 0) -> list[Any]:
    """Its history, or what came after a line of it."""
    c = t.event.c
    query = select(c.id, c.at, c.action, c.before, c.after, c.data, t.person.c.name, _staff(c.actor_id)).outerjoin(
        t.person, t.person.c.id == c.actor_id
    )
    query = query.where(c.ticket_id == number, c.id > after).order_by(c.id.desc()).limit(EVENTS)
    return list((await conn.execute(query)).all())[::-1]


async def _memos(conn: AsyncConnection, number: int) -> list[Any]:
    c = t.memo.c
    query = select(c.id, c.at, c.words, t.person.c.name).join(t.person, t.person.c.id == c.person_id)
    return list((await conn.execute(query.where(c.ticket_id == number).order_by(c.id))).all())


async def replies(conn: AsyncConnection, ticket: Ticket) -> list[Any]:
    """The canned replies that fit: for its matter or any, for its state or any; the closest first."""
    c = t.canned.c
    fits = (or_(c.matter.is_(None), c.matter == ticket.matter), or_(c.status.is_(None), c.status == ticket.status))
    query = select(c.id, c.words).where(*fits).order_by(c.matter.is_(None), c.status.is_(None), c.id)
    return list((await conn.execute(query.limit(40))).all())


async def all_replies(conn: AsyncConnection) -> list[Any]:
    """Every canned reply: what is for all first, then by matter and state."""
    c = t.canned.c
    query = select(c.id, c.matter, c.status, c.words, t.person.c.name).join(t.person, t.person.c.id == c.person_id)
    return list((await conn.execute(query.order_by(c.matter, c.status, c.id))).all())
