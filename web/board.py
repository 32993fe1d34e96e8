"""The board: what is open now, by deadline; filters, search, saved views; it keeps itself fresh."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from sqlalchemy import delete, insert, select, update

from ledger.store import writing
from models import tables as t
from models.numbers import LATE
from web import behind, lists, looks
from web.conditions import Looker
from web.filters import STATES, filters_of
from web.visits import Visit, number

VIEWS = 30
NAME = 40


def looker(visit: Visit) -> Looker:
    """Who looks."""
    return Looker(visit.who.person, visit.who.standing, visit.house.clock.now(), visit.house.rules.zone,
                  visit.house.rules.formulas)  # fmt: skip


async def board(visit: Visit) -> web.Response:
    """The whole page."""
    wanted, page = filters_of(visit.request.query), max(number(visit.request.query, "page") or 1, 1)
    who = looker(visit)
    await looks.searched(visit.house, wanted, who)
    async with visit.house.reading() as conn:
        facts: dict[str, Any] = {
            "stamp": await lists.stamp(conn, who.now), "listed": await lists.listed(conn, wanted, who, page),
            "tallies": await lists.tallies(conn, who), "choices": await lists.choices(conn, who, wanted),
            "views": await _views(conn, who.person), "behind": await behind.told(visit, conn, wanted, who),
        }  # fmt: skip
    return visit.show(
        "board.html", wanted=wanted, page=page, states=STATES, now=who.now, left=_left, late=LATE, **facts
    )


async def live(visit: Visit) -> web.Response:
    """The list alone, where it may look different from what the browser has; else nothing."""
    who = looker(visit)
    async with visit.house.reading() as conn:
        stamp = await lists.stamp(conn, who.now)
        if visit.request.query.get("stamp") == stamp:
            return web.Response(status=204)
        wanted, page = filters_of(visit.request.query), max(number(visit.request.query, "page") or 1, 1)
        facts: dict[str, Any] = {
            "listed": await lists.listed(conn, wanted, who, page),
            "tallies": await lists.tallies(conn, who),
        }
    await looks.searched(visit.house, wanted, who)
    return visit.show(
        "board_list.html", wanted=wanted, page=page, stamp=stamp, now=who.now, left=_left, late=LATE, **facts
    )


def _left(visit: Visit, deadline: datetime | None, now: datetime) -> tuple[str, str]:
    """How the deadline stands in words, and how grave that is."""
    if deadline is None:
        return "", ""
    minutes = int((deadline - now).total_seconds() // 60)
    late, minutes = minutes < 0, abs(minutes)
    if minutes < 60:  # noqa: PLR2004 - an hour
        span = visit.say("span-minutes", n=minutes)
    elif minutes < 48 * 60:
        span = visit.say("span-hours", n=minutes // 60)
    else:
        span = visit.say("span-days", n=minutes // (24 * 60))
    grave = "late" if late else "soon" if minutes < 60 else ""  # noqa: PLR2004 - an hour
    return visit.say("late-by" if late else "left-still", span=span), grave


# --- saved views -----------------------------------------------------------------------------------------------------


async def _views(conn: Any, person: int) -> list[Any]:
    c = t.web_view.c
    query = select(c.id, c.name, c.query).where(c.person_id == person).order_by(c.name)
    return list((await conn.execute(query)).all())


async def keep_view(visit: Visit) -> web.Response:
    """Keep these filters under a name; the same name again means the new filters."""
    given, person, c = await visit.request.post(), visit.who.person, t.web_view.c
    name = " ".join(str(given.get("name", "")).split())[:NAME]
    query = filters_of(dict(parse_qsl(str(given.get("query", ""))[:2000]))).query
    if name:
        async with writing(visit.house.engine) as conn:
            known = update(t.web_view).where(c.person_id == person, c.name == name).values(query=query)
            if (await conn.execute(known)).rowcount == 0 and len(await _views(conn, person)) < VIEWS:
                await conn.execute(insert(t.web_view).values(person_id=person, name=name, query=query))
    return web.Response(status=303, headers={"Location": f"/?{query}"})


async def drop_view(visit: Visit) -> web.Response:
    """Let a saved view of one's own go."""
    chosen = number(await visit.request.post(), "view")
    c = t.web_view.c
    async with writing(visit.house.engine) as conn:
        await conn.execute(delete(t.web_view).where(c.id == chosen, c.person_id == visit.who.person))
    return web.Response(status=303, headers={"Location": "/"})
