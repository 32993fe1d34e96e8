"""Exports: a workbook of tickets and their histories, streamed from the database; indicators as CSV."""

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.figures import Figures
from models.numbers import NUMBERS, Asked, Formulas
from models.outgoing import Outgoing, Sort
from services import figures as counting
from texts import sayings, sheet
from texts.reports import Heading
from texts.speaking import tell

CHUNK = 500
IN_CHAT = 20_000
"""More tickets than a chat would take as one file."""
ROWS = 1_000_000
"""A sheet holds little more; what is beyond goes onto a further one."""
Told = Callable[[int], None]


async def parcel(conn: AsyncConnection, asked: Asked, head: Heading, out: Outgoing) -> Outgoing:
    """The workbook of the tickets opened in the period as a document, or a sentence where it would be too much."""
    count = (await counting.counts(conn, asked, ["opened"]))["opened"]
    if count > IN_CHAT:
        return replace(out, text=sayings.too_many())
    with tempfile.TemporaryDirectory(prefix="qunban-") as folder:
        file = Path(folder) / "export.xlsx"
        await write(conn, asked, file)
        data = await asyncio.to_thread(file.read_bytes)
    name = f"qunban-{asked.start.astimezone(asked.zone):%Y%m%d}.xlsx"
    return replace(out, sort=Sort.DOCUMENT, text=sayings.exported(head.title, count).text, file=data, name=name)


async def write(conn: AsyncConnection, asked: Asked, file: Path, told: Told = lambda _: None) -> None:
    """The tickets opened in the period: as `write_found`."""
    await write_found(conn, NUMBERS["opened"].conditions(asked), asked.zone, file, told)


async def write_found(
    conn: AsyncConnection, which: Sequence[ColumnElement[bool]], zone: ZoneInfo, file: Path | IO[bytes],
    told: Told = lambda _: None,
) -> None:  # fmt: skip
    """A row a ticket, a second sheet of events; memory stays flat. `told` hears how many rows were written."""
    await _one_processor(conn)
    book = Workbook(write_only=True)
    tickets = select(
        t.ticket, t.group.c.name.label("group"), _name(t.ticket.c.officer_id, "officer"),
        _name(t.ticket.c.reporter_id, "reporter"),
    ).join(t.group, t.group.c.id == t.ticket.c.group_id).where(*which)  # fmt: skip
    await _fill(
        conn,
        book,
        tell("sheet-tickets"),
        list(sheet.TICKETS.values()),
        _cells(conn, tickets.order_by(t.ticket.c.id), zone, told),
    )
    e = t.event.c
    here = select(t.ticket.c.id).where(*which)
    events = select(e.ticket_id, e.at, e.action, e.before, e.after, e.data, _name(e.actor_id, "name"))
    events = events.where(e.ticket_id.in_(here)).order_by(e.ticket_id, e.id)
    await _fill(conn, book, tell("sheet-events"), list(sheet.EVENTS.values()), _cells(conn, events, zone, told))
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
    conn: AsyncConnection, query: Select[Any], zone: ZoneInfo, told: Told
) -> AsyncIterator[list[list[Any]]]:
    made = sheet.event if "action" in query.selected_columns else sheet.ticket
    async with conn.stream(query.execution_options(yield_per=CHUNK)) as rows:
        async for part in rows.partitions(CHUNK):
            yield await asyncio.to_thread(lambda part=part: [made(row, zone) for row in part])  # type: ignore[misc]
            told(len(part))


async def _fill(
    _conn: AsyncConnection, book: Any, name: str, heads: list[str], parts: AsyncIterator[list[list[Any]]]
) -> None:
    count, page, number = ROWS, None, 0
    async for rows in parts:
        if count + len(rows) > ROWS or page is None:
            number, count = number + 1, 0
            page = _page(book, name if number == 1 else f"{name}{number}", heads)
        await asyncio.to_thread(_append, page, rows)
        count += len(rows)
    if page is None:
        _page(book, name, heads)


def _page(book: Any, name: str, heads: list[str]) -> Any:
    page = book.create_sheet(name)
    page.freeze_panes = "B2"
    page.append(heads)
    return page


def _append(page: Any, rows: list[list[Any]]) -> None:
    for row in rows:
        page.append(row)


async def size(conn: AsyncConnection, asked: Asked) -> int:
    """Rows that `write` will write."""
    await _one_processor(conn)
    here = select(t.ticket.c.id).where(*NUMBERS["opened"].conditions(asked))
    events = select(func.count()).select_from(t.event).where(t.event.c.ticket_id.in_(here))
    tickets = (await counting.counts(conn, asked, ["opened"]))["opened"]
    return tickets + int((await conn.execute(events)).scalar_one())


async def write_indicators(conn: AsyncConnection, asked: Asked, file: Path) -> None:
    """The indicators with their formulas, as CSV that a spreadsheet opens in the right letters."""
    made = indicators(await counting.figures(conn, asked), asked.formulas)
    await asyncio.to_thread(file.write_bytes, made)


def indicators(counted: Figures, formulas: Formulas) -> bytes:
    """The same as they stand in the file."""
    out = io.StringIO(newline="")
    rows = [list(sheet.INDICATORS.values()), *sheet.indicators(counted, formulas)]
    csv.writer(out).writerows([sheet.guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
