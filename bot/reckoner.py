"""What the courier brings of figures is reckoned and painted here, outside every transaction that holds others up."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import looks, pointers
from bot.database import reading
from bot.errors import safely
from bot.listings import listed
from bot.painter import paint
from bot.report import document
from bot.scribe import Scribe
from geo.areas import rings
from ledger.work import Rules
from models import tables as t
from models.clock import Clock
from models.figures import Order
from models.numbers import NUMBERS, Asked, Slice
from models.outgoing import Outgoing, Rows, Sort
from models.words import ENDED, PostKind, Status
from services import figures as counting
from texts import doors, listing, reports, sayings, versus
from texts.chart import chart
from texts.drawing import Sheet
from texts.mapped import Spot, mapped
from texts.page import as_rows
from texts.reports import Heading
from texts.speaking import again, tell
from texts.versus import Side

log = structlog.get_logger()

IN_CHAT = 20_000
"""More tickets than a chat would take as one file."""
POINTS = 3000
"""More on one picture are one blot; the newest are shown."""


class Reckoner:
    """Makes what a row asks for, as things stand when it is sent."""

    def __init__(self, engine: AsyncEngine, rules: Rules, clock: Clock) -> None:
        self._engine, self.engine, self.rules, self.clock = engine, reading(engine), rules, clock
        self.scribe = Scribe(engine)

    async def make(self, row: Row[Any], out: Outgoing) -> Outgoing:
        """The whole of what goes out; `out` names the chat. Raises SQLAlchemyError where the database is away."""
        async with self.engine.connect() as conn:
            if row.kind == PostKind.SUMMARY:
                return await self._summary(conn, row, out)
            if row.kind == PostKind.REPORT:
                return await self._report(conn, row, out)
            payload = await _payload_of(conn, row.payload["of"])
            if payload is None:
                return replace(out, text=sayings.summary_gone())
            payload = one_side(payload, row.payload.get("side", 0))
            asked, head = asked_of(payload, self.rules, self.clock.now()), heading_of(payload, self.rules)
            if row.kind == PostKind.LISTING:
                return await listed(conn, row, out, (asked, head), payload.get("topic", "all"))
            if row.kind == PostKind.MAP:
                return await self._map(conn, out, (asked, head))
            made = await self._workbook(conn, out, (asked, head))
        if made.file:
            await looks.exported(self._engine, asked, row.payload.get("by"), self.clock.now())
        return made

    async def _workbook(self, conn: AsyncConnection, out: Outgoing, told: tuple[Asked, Heading]) -> Outgoing:
        """The tickets opened in the period as a document, or a sentence where it would be too much."""
        asked, head = told
        count = (await counting.counts(conn, asked, ["opened"]))["opened"]
        if count > IN_CHAT:
            return replace(out, text=sayings.too_many())
        with await self.scribe.workbook(conn, NUMBERS["opened"].conditions(asked), asked.zone) as file:
            data = await asyncio.to_thread(file.read)
        name = f"qunban-{asked.start.astimezone(asked.zone):%Y%m%d}.xlsx"
        return replace(out, sort=Sort.DOCUMENT, text=sayings.exported(head.title, count).text, file=data, name=name)

    async def _summary(self, conn: AsyncConnection, row: Row[Any], out: Outgoing) -> Outgoing:
        asked, head = asked_of(row.payload, self.rules, self.clock.now()), heading_of(row.payload, self.rules)
        if row.payload.get("beside"):
            return await self._compared(conn, row, out, (asked, head))
        order = row.payload.get("order")
        counted = await counting.figures(conn, asked, Order(**order) if order else None)
        page = reports.summary(head, counted, row.payload.get("topic", "all"))
        rows = as_rows(listing.under_figures(row.id, wide=counted.numbers["opened"] > 0))
        rows += (
            () if row.payload.get("own") else self._on_the_pages(pointers.at_the_figures, doors.figures_button, asked)
        )
        picture = b"" if row.payload.get("own") else await painted(chart(head, counted, self.rules.zone))
        sort = Sort.PHOTO if picture else Sort.TEXT
        return replace(out, sort=sort, text=page.text, rows=rows, file=picture, name="summary.png")

    async def _compared(
        self, conn: AsyncConnection, row: Row[Any], out: Outgoing, of: tuple[Asked, Heading]
    ) -> Outgoing:
        """Two parts of the same period beside each other, with a way to the list of each."""
        (asked, head), (name, other) = of, row.payload["sides"]
        beside = replace(asked, which=Slice(**row.payload["beside"]))
        both = (
            Side(again(name), await counting.figures(conn, asked)),
            Side(again(other), await counting.figures(conn, beside)),
        )
        page = versus.told(head, both, row.payload.get("topic", "versus"))
        picture = b"" if row.payload.get("own") else await painted(versus.chart(head, both, self.rules.zone))
        rows = as_rows(listing.under_sides(row.id, (both[0].name, both[1].name)))
        rows += () if row.payload.get("own") else self._sides([(both[0].name, asked), (both[1].name, beside)])
        made = replace(out, text=page.text, rows=rows, file=picture, name="versus.png")
        return replace(made, sort=Sort.PHOTO if picture else Sort.TEXT)

    async def _report(self, conn: AsyncConnection, row: Row[Any], out: Outgoing) -> Outgoing:
        asked, head = asked_of(row.payload, self.rules, self.clock.now()), heading_of(row.payload, self.rules)
        made = await asyncio.to_thread(document, head, await counting.figures(conn, asked), asked)
        name = f"report-{asked.start.astimezone(asked.zone):%Y%m%d}.pdf"
        return replace(out, sort=Sort.DOCUMENT, text=sayings.reported(head.title).text, file=made, name=name)

    async def _map(self, conn: AsyncConnection, out: Outgoing, of: tuple[Asked, Heading]) -> Outgoing:
        asked, head = of
        spots = await points(conn, asked)
        if not spots:
            return replace(out, text=sayings.no_points())
        found = await counting.counts(conn, asked, ["opened", "void"])
        total = found["opened"] - found["void"]
        missing = total - len(spots) if total <= POINTS else 0
        outlines = [(area.name, rings(area)) for area in self.rules.atlas.streets]
        picture = await painted(mapped(tell("map-title", title=head.title), spots, outlines, missing))
        made = replace(
            out,
            text=sayings.where(head.title, len(spots)).text,
            rows=self._on_the_pages(pointers.on_the_map, doors.map_button, asked),
        )
        return replace(made, sort=Sort.PHOTO if picture else Sort.TEXT, file=picture, name="map.png")

    def _on_the_pages(self, way: Callable[[str, Asked], str | None], label: Callable[..., str], asked: Asked) -> Rows:
        """A button to the pages, where they are reached from outside: who is not logged in logs in there."""
        address = way(self.rules.pages, asked) if self.rules.pages else None
        days = () if pointers.whole_days(asked) else pointers.days_of(asked)
        return (((label(*days), address),),) if address else ()

    def _sides(self, sides: Sequence[tuple[str, Asked]]) -> Rows:
        """A button to the pages for each of two parts."""
        if not self.rules.pages:
            return ()
        ways = [(doors.side_button(name), pointers.at_the_figures(self.rules.pages, of)) for name, of in sides]
        return tuple(((label, address),) for label, address in ways if address)


async def points(conn: AsyncConnection, asked: Asked) -> list[Spot]:
    """Where the tickets opened in the period lie, the newest first; void ones are nowhere, as on the pages' map."""
    c = t.ticket.c
    query = select(c.lon, c.lat, c.status, c.deadline_at).where(
        *NUMBERS["opened"].conditions(asked), c.lat.is_not(None), c.status != Status.VOID
    )
    rows = (await conn.execute(query.order_by(c.id.desc()).limit(POINTS))).all()
    return [(row.lon, row.lat, _state(row, asked.now)) for row in rows]


def _state(row: Any, now: datetime) -> str:
    if row.status in {*ENDED, Status.RESOLVED}:
        return "done"
    late = row.deadline_at is not None and row.deadline_at < now and row.status != Status.SUSPENDED
    return "late" if late else "open"


async def painted(sheet: Sheet) -> bytes:
    """The picture, made beside the loop; nothing where it cannot be made: the words still go out."""
    try:
        return await asyncio.to_thread(paint, sheet)
    except (OSError, ValueError) as error:
        log.warning("no picture", error=safely(error))
        return b""


async def _payload_of(conn: AsyncConnection, number: int) -> dict[str, Any] | None:
    query = select(t.outbox.c.payload).where(t.outbox.c.id == number, t.outbox.c.kind == PostKind.SUMMARY)
    found: dict[str, Any] | None = (await conn.execute(query)).scalar()
    return found


def asked_of(payload: dict[str, Any], rules: Rules, now: datetime) -> Asked:
    """The question that an outbox row keeps."""
    start, end, *before = (datetime.fromisoformat(at) for at in (payload["from"], payload["to"], *payload["before"]))
    return Asked(start, end, now, rules.zone, Slice(**payload["which"]), rules.formulas, (before[0], before[1]))


def one_side(payload: dict[str, Any], side: int) -> dict[str, Any]:
    """The question about one of two parts alone (1, 2), as that part would have been asked for; 0: as it is."""
    if not side:
        return payload
    which, called, own = payload["which" if side == 1 else "beside"], payload["called"], bool(payload["own"])
    return payload | {"which": which, "called": [*called[:own], payload["sides"][side - 1], *called[own:]], "sides": ()}


def heading_of(payload: dict[str, Any], rules: Rules) -> Heading:
    """What stands above its answer."""
    return reports.heading(payload, rules.zone, rules.bureau)
