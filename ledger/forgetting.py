"""Erasing: words, places, pictures and names go, tickets, their states and their times stay."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.words import ENDED, Means
from texts.words import ERASED

DIGITS = 3
"""Of a point so many decimals stay, about 100 m: enough for the map of a year, too little for a door."""
TOLD = {"words", "reason", "officer", "near", "lat", "lon", "raw_lat", "raw_lon", "before", "message"}
"""What of a line of history may tell of somebody."""
GONE = "gone:"
"""A person who is nobody any more has this and her key in place of her id in the channel."""
Keys = Collection[tuple[int, str]]


def evidence() -> ColumnElement[bool]:
    """Tickets that must stand as they are: open ones, those of enforcement, and what was merged into such a one."""
    head = t.ticket.alias("head")
    over = select(head.c.id).where(head.c.id == t.ticket.c.same_as, _stands(head.c))
    return or_(_stands(t.ticket.c), over.exists())


def _stands(c: Any) -> ColumnElement[bool]:
    return or_(c.status.not_in(ENDED), func.coalesce(c.means, "") == Means.ENFORCEMENT)


async def drop_messages(conn: AsyncConnection, keys: Keys) -> None:
    """Lines of the journal, and what hung on them; their files lose their last row and go with the next sweep."""
    if keys:
        await conn.execute(delete(t.medium).where(tuple_(t.medium.c.group_id, t.medium.c.message).in_(keys)))
        await conn.execute(delete(t.message).where(tuple_(t.message.c.group_id, t.message.c.message).in_(keys)))


async def blank(conn: AsyncConnection, numbers: Collection[int], **more: Any) -> None:
    """The words of these tickets, wherever they stand: ticket, history, what was sent."""
    c = t.ticket.c
    if not numbers:
        return
    rows = (await conn.execute(select(c.id, c.lat, c.lon, c.raw_lat, c.raw_lon).where(c.id.in_(numbers)))).all()
    points = [
        {"key": row.id} | {f"{n}_": _near(getattr(row, n)) for n in ("lat", "lon", "raw_lat", "raw_lon")}
        for row in rows
    ]
    rough: dict[str, Any] = {name: bindparam(f"{name}_") for name in ("lat", "lon", "raw_lat", "raw_lon")}
    values: dict[str, Any] = {
        "words": ERASED,
        "place": "",
        "spans": [],
        "party": None,
        "near": None,
        "outcome": None,
        "reason": None,
        "snoozed_why": None,
    }
    values |= {"survey_at": None, **more}
    await conn.execute(update(t.ticket).where(c.id == bindparam("key")).values(**values, **rough), points)
    e = t.event.c
    told = (await conn.execute(select(e.id, e.data).where(e.ticket_id.in_(numbers)))).all()
    lines = [
        {"key": r.id, "data_": {k: v for k, v in r.data.items() if k not in TOLD}} for r in told if TOLD & set(r.data)
    ]
    if lines:
        await conn.execute(update(t.event).where(e.id == bindparam("key")).values(data=bindparam("data_")), lines)
    await conn.execute(delete(t.memo).where(t.memo.c.ticket_id.in_(numbers)))
    await unsay(conn, t.outbox.c.ticket_id.in_(numbers))


async def unsay(conn: AsyncConnection, which: ColumnElement[bool]) -> None:
    """What was sent says nothing any more; what is still to be sent stays."""
    sent = t.outbox.c.state.not_in(("pending", "sending"))
    await conn.execute(update(t.outbox).where(and_(sent, which)).values(payload={}))


async def wipe(conn: AsyncConnection, numbers: Collection[int], now: datetime) -> None:
    """The time of these tickets is over: words, messages and pictures go, the figures stand."""
    other = t.link.alias("other")
    needed = (
        select(other.c.ticket_id)
        .join(t.ticket, t.ticket.c.id == other.c.ticket_id)
        .where(
            other.c.group_id == t.link.c.group_id, other.c.message == t.link.c.message,
            other.c.ticket_id.not_in(numbers), t.ticket.c.erased_at.is_(None),
        )
    )  # fmt: skip
    mine = select(t.link.c.group_id, t.link.c.message).where(t.link.c.ticket_id.in_(numbers), ~needed.exists())
    await drop_messages(conn, [(group, message) for group, message in (await conn.execute(mine)).all()])
    await blank(conn, numbers, erased_at=now)


async def rename(conn: AsyncConnection, people: Collection[int]) -> None:
    """They are nobody any more: no name, no id that leads to them, no choice of theirs."""
    key = t.person.c.id
    values = [{"key": person, "user_": f"{GONE}{person}"} for person in people]
    if values:
        here = update(t.person).where(key == bindparam("key"))
        await conn.execute(here.values(user=bindparam("user_"), name="", language=None), values)


def _near(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
