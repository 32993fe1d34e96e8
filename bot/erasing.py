"""删除我的资料: one person's words, pictures and name go at once; what is evidence stays, and she is told which."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.forgetting import blank, drop_messages, evidence, rename, unsay
from ledger.notices import payload_of
from ledger.store import ask_for_edits
from models import tables as t
from models.rows import Job
from models.words import PostKind, Priority
from texts import privacy

SOON = timedelta(minutes=2)
"""Until the last answer has reached her; then the sweep takes the private chat and the files."""


async def erase(conn: AsyncConnection, job: Job, now: datetime) -> None:
    """All of it in the caller's transaction; done twice it does nothing more."""
    person, group = job.payload["person"], job.payload["group"]
    user: str = (await conn.execute(select(t.person.c.user).where(t.person.c.id == person))).scalar_one()
    held = await _held(conn, person)
    await drop_messages(conn, await _spare(conn, person, group))
    ended = select(t.ticket.c.id).where(t.ticket.c.reporter_id == person, ~evidence())
    numbers = set((await conn.execute(ended)).scalars())
    await blank(conn, numbers)
    await ask_for_edits(conn, numbers, now)
    await unsay(conn, t.outbox.c.group_id == group)
    await conn.execute(
        delete(t.advice).where(t.advice.c.person_id == person, t.advice.c.state.not_in(("new", "asked")))
    )
    for table in (t.web_link, t.web_session, t.web_view):
        await conn.execute(delete(table).where(table.c.person_id == person))
    await conn.execute(delete(t.shop).where(t.shop.c.person_id == person))
    await conn.execute(update(t.role).where(t.role.c.person_id == person).values(until=now))
    await _raw(conn, user)
    await rename(conn, [person])
    await conn.execute(update(t.group).where(t.group.c.id == group).values(name=""))
    spoken: str = (await conn.execute(select(t.group.c.language).where(t.group.c.id == group))).scalar_one()
    payload = payload_of(privacy.gone(held), spoken)
    row = {"group_id": group, "kind": PostKind.TEXT, "priority": Priority.DISPATCH, "payload": payload}
    await conn.execute(insert(t.outbox).values(**row, state="pending", attempts=0, created_at=now))
    await conn.execute(update(t.job).where(t.job.c.key == "sweep").values(due_at=now + SOON))


async def _held(conn: AsyncConnection, person: int) -> list[int]:
    """Tickets that must stand as they are, in which she has a part."""
    c = t.ticket.c
    told = exists().where(t.reporter.c.ticket_id == c.id, t.reporter.c.person_id == person)
    said = exists().where(t.link.c.ticket_id == c.id, *_hers(person))
    return list((await conn.execute(select(c.id).where(evidence(), or_(told, said)).order_by(c.id))).scalars())


def _hers(person: int) -> tuple[Any, ...]:
    m, tied = t.message.c, t.link.c
    return (m.group_id == tied.group_id, m.message == tied.message, m.person_id == person)


async def _spare(conn: AsyncConnection, person: int, group: int) -> list[tuple[int, str]]:
    """Her messages that are no evidence, and all of the private chat."""
    m, tied = t.message.c, t.link.c
    needed = select(tied.ticket_id).join(t.ticket, t.ticket.c.id == tied.ticket_id).where(evidence())
    here = needed.where(tied.group_id == m.group_id, tied.message == m.message)
    query = select(m.group_id, m.message).where(or_(m.group_id == group, (m.person_id == person) & ~here.exists()))
    return [(row.group_id, row.message) for row in (await conn.execute(query)).all()]


async def _raw(conn: AsyncConnection, user: str) -> None:
    """Raw updates that came from her, as far as they are through; that they came stays, lest they come twice."""
    c = t.inbox.c
    hers = c.raw.like(f'%"from":{{"id":{user},%')
    await conn.execute(update(t.inbox).where(c.state != "new", hers).values(raw="{}"))
