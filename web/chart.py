"""The map: where the tickets of the filters stand, in clusters and as heat, on our own streets and grids."""

import json
from collections import Counter
from typing import Any

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.numbers import LATE, PLACE
from models.words import Status
from texts.page import clean
from texts.whereabouts import beside
from web import assets, behind, ground, lists, looks
from web.board import looker
from web.conditions import Looker, conditions
from web.filters import STATES, Filters, filters_of
from web.visits import Visit, number

SHOWN = 3000
"""More are not drawn: the newest are."""
PLACES = 12
Places = list[tuple[str, int | None]]
"""Each with how many are there, if that is known."""
NEEDED = ("leaflet.js", "leaflet.css", "cluster.js", "cluster.css", "heat.js")


async def show(visit: Visit) -> web.Response:
    """The page; the drawing on it is what stays where there is no script, or no Leaflet."""
    wanted, who = filters_of(visit.request.query), looker(visit)
    await looks.searched(visit.house, wanted, who)
    async with visit.house.reading() as conn:
        rows = await _points(conn, wanted, who)
        facts: dict[str, Any] = {
            "places": await _places(conn, wanted, who, rows), "choices": await lists.choices(conn, who, wanted),
            "behind": await behind.told(visit, conn, wanted, who),
        }  # fmt: skip
    drawn = ground.drawing(visit.house.rules.atlas, rows)
    return visit.show(
        "map.html", wanted=wanted, drawn=drawn, count=len(rows), newest=len(rows) >= SHOWN, states=STATES,
        whole=assets.installed(*NEEDED),
        tiles=visit.house.tiles, one=number(visit.request.query, "ticket"), **facts,
    )  # fmt: skip


async def points(visit: Visit) -> web.Response:
    """The tickets as the script wants them, in the datum of the tiles."""
    wanted, datum, who = filters_of(visit.request.query), visit.house.tiles.datum, looker(visit)
    await looks.searched(visit.house, wanted, who)
    async with visit.house.reading() as conn:
        rows = await _points(conn, wanted, who)
    found = [
        [row.id, *ground.moved(row.lat, row.lon, datum), _title(visit, row), row.status, int(row.late)] for row in rows
    ]
    return _json(found)


async def areas(visit: Visit) -> web.Response:
    """Streets, grids and roads in the datum of the tiles."""
    return _json(ground.collection(visit.house.rules.atlas, visit.house.tiles.datum))


def _json(found: Any) -> web.Response:
    words = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    response = web.Response(text=words, content_type="application/json", headers={"Cache-Control": "no-store"})
    response.enable_compression()
    return response


def _title(visit: Visit, row: Any) -> str:
    name = visit.matter(row.matter) if row.matter else visit.say(f"demand-{row.demand}")
    return f"{name} {clean(row.place or beside(row.near or ''))[:30]}".strip()


async def _points(conn: AsyncConnection, wanted: Filters, who: Looker) -> list[Any]:
    c = t.ticket.c
    late = ((c.deadline_at < who.now) & c.status.in_(LATE)).label("late")
    columns = (c.id, c.lat, c.lon, c.matter, c.demand, c.status, c.place, c.near, late)
    query = select(*columns).where(c.lat.is_not(None), c.status != Status.VOID, *await conditions(conn, wanted, who))
    return list((await conn.execute(query.order_by(c.id.desc()).limit(SHOWN))).all())


async def _places(conn: AsyncConnection, wanted: Filters, who: Looker, rows: list[Any]) -> Places:
    """Where most of them are, in words: for who does not see the map. Each with as many as its list has.

    Where not all are drawn that is not known: the names stand alone.
    """
    if len(rows) >= SHOWN:
        return [(name, None) for name, _ in Counter(row.near for row in rows if row.near).most_common(PLACES)]
    many = func.count()
    query = select(PLACE, many).where(PLACE.is_not(None), *await conditions(conn, wanted, who)).group_by(PLACE)
    return [tuple(row) for row in (await conn.execute(query.order_by(many.desc(), PLACE).limit(PLACES))).all()]
