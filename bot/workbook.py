"""Exports: a workbook of tickets and their histories, streamed from the database; indicators as CSV."""

import asyncio
import csv
import io
from array import array
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.figures import Figures
from models.numbers import NUMBERS, Asked
from services import figures as counting
from texts import sheet
from texts.speaking import tell

CHUNK = 500
ROWS = 1_000_000
"""A sheet holds little more; what is beyond goes onto a further one."""
Told = Callable[[int], None]


async def write(conn: AsyncConnection, asked: Asked, file: Path, told: Told = lambda _: None) -> None:
    """The tickets opened in the period: as `write_found`."""
    await write_found(conn, NUMBERS["opened"].conditions(asked), asked.zone, file, told)


async def write_found(
    conn: AsyncConnection, which: Sequence[ColumnElement[bool]], zone: ZoneInfo, file: Path,
    told: Told = lambda _: None,
) -> None:  # fmt: skip
    """The tickets that are so: as `write_listed`."""
    await write_listed(conn, await found(conn, which), zone, file, told)


async def found(conn: AsyncConnection, which: Sequence[ColumnElement[bool]]) -> "array[int]":
    """The numbers of the tickets that are so, in order, eight bytes each."""
    await _one_processor(conn)
    numbers = array("q")
    query = select(t.ticket.c.id).where(*which).order_by(t.ticket.c.id)
    async with conn.stream(query.execution_options(yield_per=CHUNK)) as rows:
        async for part in rows.scalars().partitions(CHUNK):
            numbers.extend(part)
    return numbers


async def write_listed(
    conn: AsyncConnection, numbers: Sequence[int], zone: ZoneInfo, file: Path, told: Told = lambda _: None
) -> None:
    """A row a ticket, a second sheet of events; memory stays flat. `told` hears how many rows were written."""
    book = Workbook(write_only=True)
    some: BindParameter[int] = bindparam("some", expanding=True)
    tickets = select(
        t.ticket, t.group.c.name.label("group"), _name(t.ticket.c.officer_id, "officer"),
        _name(t.ticket.c.reporter_id, "reporter"),
    ).join(t.group, t.group.c.id == t.ticket.c.group_id)  # fmt: skip
    tickets = tickets.where(t.ticket.c.id.in_(some)).order_by(t.ticket.c.id)
    e = t.event.c
    events = select(e.ticket_id, e.at, e.action, e.before, e.after, e.data, _name(e.actor_id, "name"))
    events = events.where(e.ticket_id.in_(some)).order_by(e.ticket_id, e.id)
    for name, heads, query, made in (
        ("sheet-tickets", sheet.TICKETS, tickets, sheet.ticket),
        ("sheet-events", sheet.EVENTS, events, sheet.event),
    ):
        cells = _cells(conn, query, numbers, partial(made, zone=zone))
        await _fill(book, tell(name), list(heads.values()), cells, told)
    await asyncio.to_thread(book.save, file)


async def _one_processor(conn: AsyncConnection) -> None:
    """PostgreSQL would put all processors to a long count or sort; whoever waits for a receipt needs one."""
    if conn.dialect.name == "postgresql":
        await conn.exec_driver_sql("SET LOCAL max_parallel_workers_per_gather = 0")


def _name(key: Any, called: str) -> Any:
    """A person's name, looked up row by row."""
    who = t.person.alias()
    return select(who.c.name).where(who.c.id == key).scalar_subquery().label(called)


async def _cells(
    conn: AsyncConnection, query: Select[Any], numbers: Sequence[int], made: Callable[[Any], list[Any]]
) -> AsyncIterator[list[list[Any]]]:
    """What is asked of these tickets, so many of them at a time."""
    for at in range(0, len(numbers), CHUNK):
        rows = (await conn.execute(query, {"some": list(numbers[at : at + CHUNK])})).all()
        yield [made(row) for row in rows]


async def _fill(book: Any, name: str, heads: list[str], parts: AsyncIterator[list[list[Any]]], told: Told) -> None:
    count, page, number = ROWS, None, 0
    async for rows in parts:
        if count + len(rows) > ROWS or page is None:
            number, count = number + 1, 0
            page = _page(book, name if number == 1 else f"{name}{number}", heads)
        for row in rows:
            page.append(row)
        count += len(rows)
        told(len(rows))
    if page is None:
        _page(book, name, heads)


def _page(book: Any, name: str, heads: list[str]) -> Any:
    page = book.create_sheet(name)
    page.freeze_panes = "B2"
    page.append(heads)
    return page


async def size(conn: AsyncConnection, asked: Asked) -> int:
    """Rows that `write` will write."""
    await _one_processor(conn)
    here = select(t.ticket.c.id).where(*NUMBERS["opened"].conditions(asked))
    events = select(func.count()).select_from(t.event).where(t.event.c.ticket_id.in_(here))
    tickets = (await counting.counts(conn, asked, ["opened"]))["opened"]
    return tickets + int((await conn.execute(events)).scalar_one())


async def write_indicators(conn: AsyncConnection, asked: Asked, part: str, file: Path) -> None:
    """The indicators with their formulas, as CSV that a spreadsheet opens in the right letters."""
    made = indicators(await counting.figures(conn, asked), asked, part)
    await asyncio.to_thread(file.write_bytes, made)


def indicators(counted: Figures, asked: Asked, part: str) -> bytes:
    """The same as they stand in the file; each row says of which days it is, and of what (nothing: of all)."""
    out, scope = io.StringIO(newline=""), sheet.scope(asked, part)
    heads = [*sheet.INDICATORS.values(), *sheet.SCOPE.values()]
    rows = [heads, *([*row, *scope] for row in sheet.indicators(counted, asked.formulas))]
    csv.writer(out).writerows([sheet.guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
