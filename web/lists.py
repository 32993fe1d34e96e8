"""Rows for the pages: tickets that fit the filters, with the names beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.numbers import LATE
from models.words import ENDED, STAFF, GroupKind, Status
from web.conditions import LIVE, Looker, conditions, seen_by
from web.filters import OPEN, WORKING, Filters

A_PAGE = 50
COUNTED = 1000
"""Beyond that the board says 999+: nobody reads so many, and counting them all takes longer than showing fifty."""
CHOICES = 60
CREW = 500
OFFERED = ("squad", "street", "matter")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the board; `more` where there is another."""

    rows: list[Any] = field(repr=False)
    count: int
    more: bool


def columns() -> list[Any]:
    """What a line of the board shows."""
    c = t.ticket.c
    return [
        c.id, c.status, c.matter, c.demand, c.words, c.place, c.near, c.street, c.squad, c.deadline_at, c.opened_at,
        c.urgent, c.emergency, c.round, c.chasers, c.same_as, c.lat, c.lon, t.person.c.name.label("officer"),
    ]  # fmt: skip


async def listed(conn: AsyncConnection, wanted: Filters, looker: Looker, page: int = 1) -> Listed:
    """One page: open ones by their deadline, those for which nobody waits last, others the newest first."""
    c, fits = t.ticket.c, await conditions(conn, wanted, looker)
    order = (
        [c.status.not_in(LATE), c.deadline_at.is_(None), c.deadline_at, c.id]
        if wanted.state in {OPEN, WORKING} and not wanted.number
        else [c.id.desc()]
    )
    query = select(*columns()).outerjoin(t.person, t.person.c.id == c.officer_id).where(*fits).order_by(*order)
    rows = (await conn.execute(query.limit(A_PAGE + 1).offset((page - 1) * A_PAGE))).all()
    more, before = len(rows) > A_PAGE, (page - 1) * A_PAGE
    beyond = page > 1 and not rows
    return Listed(list(rows[:A_PAGE]), await _count(conn, fits) if more or beyond else before + len(rows), more)


async def _count(conn: AsyncConnection, fits: list[Any]) -> int:
    """How many fit, up to a thousand."""
    some = select(t.ticket.c.id).where(*fits).limit(COUNTED).subquery()
    count: int = (await conn.execute(select(func.count()).select_from(some))).scalar_one()
    return count


async def stamp(conn: AsyncConnection, now: datetime) -> str:
    """What changes whenever the board may look different: the last line of any history, and the minute."""
    last = (await conn.execute(select(func.max(t.event.c.id)))).scalar()
    return f"{last or 0}-{int(now.timestamp() // 60)}"


async def choices(
    conn: AsyncConnection, looker: Looker, wanted: Filters, names: Sequence[str] = OFFERED
) -> dict[str, list[str]]:
    """What the filters offer: the squads, streets and matters of what is open and of what is asked for."""
    found = {}
    for name in names:
        column = t.ticket.c[name]
        query = select(column).where(LIVE, column.is_not(None), *seen_by(looker.standing)).distinct()
        there = set((await conn.execute(query.limit(CHOICES))).scalars())
        found[name] = sorted(there | ({getattr(wanted, name)} - {""}))
    return found


async def named(conn: AsyncConnection, looker: Looker, wanted: Filters) -> dict[str, list[tuple[int, str]]]:
    """Groups where things are told and staff by their numbers, with what they are called; who is asked for is there."""
    g, p, held = t.group.c, t.person.c, t.role.c
    streets = g.kind.in_((GroupKind.MERCHANTS, GroupKind.SITES)) & g.known
    groups = select(g.id, g.name).where(or_(streets, g.id == wanted.group)).order_by(g.name)
    now = or_(held.until.is_(None), held.until > looker.now)
    staff = select(held.person_id).where(held.role.in_(STAFF), now)
    officers = select(p.id, p.name).where(or_(p.id.in_(staff), p.id == wanted.officer)).order_by(p.name)
    return {
        name: [(row[0], row[1]) for row in (await conn.execute(query.limit(CREW))).all()]
        for name, query in (("group", groups), ("officer", officers))
    }


async def tallies(conn: AsyncConnection, looker: Looker) -> dict[str, int]:
    """How many are not closed in each state, how many of them are in hand (在办) and how many are late."""
    c = t.ticket.c
    here = [LIVE, *seen_by(looker.standing)]
    rows = (await conn.execute(select(c.status, func.count()).where(*here).group_by(c.status))).all()
    late = select(func.count()).where(*here, c.deadline_at < looker.now, c.status.in_(LATE))
    counts = {status.value: 0 for status in Status} | dict(rows)
    working = sum(counts[status] for status in Status if status not in {*ENDED, Status.RESOLVED})
    return counts | {WORKING: working, "overdue": (await conn.execute(late)).scalar_one()}
