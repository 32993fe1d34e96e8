"""Files of what a page shows: the tickets that were found, a period's tickets, its indicators, its report."""

import asyncio
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.numbers import NUMBERS
from models.words import Looked
from services import figures as counting
from texts.reports import Heading
from web import behind, figures, looks
from web.board import looker
from web.conditions import asked_of, conditions
from web.filters import Filters, filters_of
from web.visits import Visit

MOST = 100_000
"""More tickets in one file are the command line's business: a browser would wait for minutes."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}
Which = list[ColumnElement[bool]]


async def _query(visit: Visit) -> dict[str, str]:
    """The filters of the page whose button was pressed."""
    return dict(parse_qsl(str((await visit.request.post()).get("query", ""))[:2000]))


async def found(visit: Visit) -> web.StreamResponse:
    """The workbook of what the board shows: what is found is what is in it."""
    wanted, who = filters_of(await _query(visit)), looker(visit)
    async with visit.house.paper.one, visit.house.reading() as conn:
        return await _workbook(visit, conn, await conditions(conn, wanted, who), f"{who.today:%Y%m%d}")


async def of_period(visit: Visit) -> web.StreamResponse:
    """What the page of the figures shows: its tickets as a workbook, its indicators, its report."""
    who = looker(visit)
    wanted = figures.wanted_of(await _query(visit), who)
    asked, kind = asked_of(wanted, who), visit.request.match_info["kind"]
    name = "-".join(day.replace("-", "") for day in (wanted.since, wanted.until))
    async with visit.house.paper.one, visit.house.reading() as conn:
        if kind == "xlsx":
            return await _workbook(visit, conn, NUMBERS["opened"].conditions(asked), name)
        counted = await counting.figures(conn, asked)
        if kind == "csv":
            made = visit.house.paper.indicators(counted, asked, await behind.part(visit, conn, wanted))
        else:
            head = await _heading(visit, conn, wanted)
            made = await asyncio.to_thread(visit.house.paper.report, head, counted, asked)
    return _sent(made, name, kind)


async def _workbook(visit: Visit, conn: AsyncConnection, which: Which, name: str) -> web.StreamResponse:
    """Sent from a file that has no name: memory stays flat."""
    some = select(t.ticket.c.id).where(*which).limit(MOST + 1).subquery()
    if (await conn.execute(select(func.count()).select_from(some))).scalar_one() > MOST:
        return visit.show("trouble.html", 413, about="trouble-many")
    file = await visit.house.paper.workbook(conn, which, visit.house.rules.zone)
    try:
        await _note(visit, conn, which)
    except BaseException:
        file.close()
        raise
    return _sent(file, name, "xlsx")


def _sent(body: Any, name: str, kind: str) -> web.Response:
    headers = {
        "Content-Disposition": f'attachment; filename="qunban-{name}.{kind}"', "Cache-Control": "no-store",
        "Content-Type": MIMES[kind],
    }  # fmt: skip
    return web.Response(body=body, headers=headers)


async def _note(visit: Visit, conn: AsyncConnection, which: Which) -> None:
    """Whose tickets are taken out of the house is written down, as in the chat; figures alone are nobody's."""
    c = t.ticket.c
    told = select(t.reporter.c.person_id).where(t.reporter.c.ticket_id.in_(select(c.id).where(*which)))
    people = set((await conn.execute(select(c.reporter_id).where(*which).union(told))).scalars())
    await looks.note(visit.house, visit.who.person, people - {None}, Looked.SHEET)


async def _heading(visit: Visit, conn: AsyncConnection, wanted: Filters) -> Heading:
    """What stands above the report."""
    of = await behind.part(visit, conn, wanted)
    return Heading(figures.called(visit, wanted), of, visit.house.rules.bureau, visit.say("before-that"))
