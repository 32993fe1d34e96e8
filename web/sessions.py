"""Who is logged in: one-time links spent, sessions begun, found and ended; the tables know only hashes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.ledger import WEIGHT
from ledger.store import writing
from models import tables as t
from models.links import digest_of, fresh_secret
from models.rows import Standing
from models.words import STAFF, Role
from web.house import House

A_LOOK = timedelta(minutes=1)
"""The last moment of use is written down no oftener."""
AGENT = 80


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the pages, as she stands at this request; `token` is what her forms must bring."""

    session: int
    person: int
    user: str = field(repr=False)
    name: str = field(repr=False)
    standing: Standing
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stay:
    """A session as its owner sees it."""

    id: int
    made_at: datetime
    seen_at: datetime
    agent: str


async def spend(house: House, secret: str, agent: str) -> str | None:
    """Begin a session by a link that still holds, once; the session's secret. None where the link opens nothing."""
    now, c = house.clock.now(), t.web_link.c
    async with writing(house.engine) as conn:
        here = (c.hash == digest_of(secret), c.state == "open", c.ends_at > now)
        spent = update(t.web_link).where(*here).values(state="used").returning(c.person_id)
        person = (await conn.execute(spent)).scalar_one_or_none()
        if person is None or (await standing(conn, person, now)).role not in STAFF:
            return None
        fresh = fresh_secret()
        row = {"hash": digest_of(fresh), "person_id": person, "agent": agent[:AGENT]}
        moments = {"made_at": now, "seen_at": now, "ends_at": now + house.stays.whole}
        await conn.execute(insert(t.web_session).values(**row, **moments))
    return fresh


async def holds(house: House, secret: str) -> bool:
    """Whether a link would still open; looking does not spend it."""
    c = t.web_link.c
    query = select(c.hash).where(c.hash == digest_of(secret), c.state == "open", c.ends_at > house.clock.now())
    async with house.reading() as conn:
        return (await conn.execute(query)).first() is not None


async def seat(house: House, secret: str, token: str) -> Seat | None:
    """Who sits behind a cookie, with the role of this moment; None where the session or the role is over."""
    now, c = house.clock.now(), t.web_session.c
    query = select(c.id, c.person_id, c.seen_at, t.person.c.user, t.person.c.name).join(t.person)
    live = (c.hash == digest_of(secret), c.ended_at.is_(None), c.ends_at > now, c.seen_at > now - house.stays.idle)
    async with house.reading() as conn:
        row = (await conn.execute(query.where(*live))).one_or_none()
        held = await standing(conn, row.person_id, now) if row else Standing()
    if row is None or held.role not in STAFF:
        return None
    if row.seen_at < now - A_LOOK:
        async with writing(house.engine) as conn:
            await conn.execute(update(t.web_session).where(c.id == row.id).values(seen_at=now))
    return Seat(row.id, row.person_id, row.user, row.name, held, token)


async def standing(conn: AsyncConnection, person: int, now: datetime) -> Standing:
    """What somebody may act as now: the weightiest role that holds."""
    c = t.role.c
    query = select(c.role, c.squad).where(c.person_id == person, or_(c.until.is_(None), c.until > now))
    held = (await conn.execute(query)).all()
    best = max(held, key=lambda row: WEIGHT[Role(row.role)], default=None)
    return Standing(Role(best.role), best.squad) if best else Standing()


async def stays(house: House, person: int) -> list[Stay]:
    """Her sessions that hold, the newest first."""
    now, c = house.clock.now(), t.web_session.c
    live = (c.ended_at.is_(None), c.ends_at > now, c.seen_at > now - house.stays.idle)
    query = select(c.id, c.made_at, c.seen_at, c.agent).where(c.person_id == person, *live).order_by(c.id.desc())
    async with house.reading() as conn:
        return [Stay(*row) for row in (await conn.execute(query)).all()]


async def end(house: House, person: int, session: int | None = None) -> None:
    """End one of her sessions, or all; links that wait open nothing more."""
    c = t.web_session.c
    mine: list[Any] = [c.person_id == person, c.ended_at.is_(None)]
    if session is not None:
        mine.append(c.id == session)
    async with writing(house.engine) as conn:
        await conn.execute(update(t.web_session).where(*mine).values(ended_at=house.clock.now()))
        if session is None:
            waiting = update(t.web_link).where(t.web_link.c.person_id == person, t.web_link.c.state == "open")
            await conn.execute(waiting.values(state="void"))
