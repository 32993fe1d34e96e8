"""Asks the geocoders: what is known already first, then one after the other, within each one's quota."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
)
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import meter
from bot.blocks import GeocoderEntry, Geocoding
from bot.settings import Settings
from geo.datums import to_wgs84
from geo.geocoders.provider import Answer, Provider, provider
from ledger.store import writing
from ledger.surveying import Question
from models import tables as t
from models.clock import Clock
from models.said import Point

log = structlog.get_logger()
REFUSED = (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges)
A_MOMENT, A_WHILE = timedelta(minutes=1), timedelta(hours=1)
"""How long one is left alone that was asked too fast, and one that refuses the key."""


class Later(Exception):  # noqa: N818 - an outcome, the caller comes again
    """None found it, and not all could be asked."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A geocoder and what the settings say of it."""

    provider: Provider
    entry: GeocoderEntry


def desks_of(settings: Settings) -> list[Desk]:
    """The geocoders of the settings, in their order."""
    block = settings.geocoding
    box = block.bounds
    keys = settings.geocoder_keys
    return [
        Desk(
            provider(
                entry.name, key=keys.get(entry.name, ""), url=entry.url or "", city=block.city, box=box,
                timeout=entry.timeout_seconds, agent=block.agent,
            ),
            entry,
        )
        for entry in block.providers
    ] if box else []  # fmt: skip


class Asking:
    """Puts a question to the geocoders. No transaction is open while one thinks."""

    def __init__(self, engine: AsyncEngine, settings: Settings, clock: Clock) -> None:
        self.engine, self.clock = engine, clock
        self.block: Geocoding = settings.geocoding
        self.zone: ZoneInfo = settings.zone
        self.desks = desks_of(settings)
        self._asked_at: dict[str, float] = {}

    async def ask(self, question: Question) -> Answer | None:
        """The first answer; None where all say that they know none. Raises Later where one could not be asked."""
        missed = False
        for desk in self.desks:
            known = await self._known(desk.provider.name, question)
            if known is None and not await self._admit(desk):
                _count(desk, "not asked")
                missed = True
                continue
            try:
                answer = known[0] if known else await self._put(desk, question)
                _count(desk, "known" if known else "found" if answer else "none")
            except Exception as error:  # noqa: BLE001 - whatever a server sends must not stop the others
                _count(desk, "fault")
                await self._stumble(desk, error)
                missed = True
                continue
            if answer is not None:
                return answer
        if missed:
            raise Later
        return None

    async def close(self) -> None:
        """Let the connections go."""
        for desk in self.desks:
            await desk.provider.close()

    async def _put(self, desk: Desk, question: Question) -> Answer | None:
        await self._pace(desk)
        service = desk.provider
        if question.point is not None:
            answer = await service.called(question.point)
        else:
            answer = self._inside(await service.place(question.words))
        await self._remember(service.name, question, answer)
        return answer

    async def _pace(self, desk: Desk) -> None:
        """So many seconds between two questions to one service."""
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, self._asked_at.get(desk.entry.name, 0.0) + desk.entry.pause_seconds - now))
        self._asked_at[desk.entry.name] = asyncio.get_running_loop().time()

    def _inside(self, answer: Answer | None) -> Answer | None:
        """An answer outside the bureau's box is another town's street of that name."""
        if answer is None or answer.point is None or self.block.bounds is None:
            return None
        south, west, north, east = self.block.bounds
        there = to_wgs84(answer.point)
        return answer if south <= there.lat <= north and west <= there.lon <= east else None

    # --- what is known already ---------------------------------------------------------------------------------------

    async def _known(self, name: str, question: Question) -> tuple[Answer | None] | None:
        c, now = t.answer.c, self.clock.now()
        query = select(t.answer).where(c.geocoder == name, c.asked == _key(question))
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            row = (await conn.execute(query)).one_or_none()
        age = timedelta(days=self.block.hits_days if row and row.found else self.block.misses_days)
        if row is None or row.at < now - age:
            return None
        if not row.found:
            return (None,)
        point = None if row.lat is None else Point(row.lat, row.lon, row.datum, row.radius)
        return (Answer(point, row.name or ""),)

    async def _remember(self, name: str, question: Question, answer: Answer | None) -> None:
        point = answer.point if answer else None
        values = {
            "geocoder": name, "asked": _key(question), "at": self.clock.now(), "found": answer is not None,
            "lat": point.lat if point else None, "lon": point.lon if point else None,
            "datum": point.datum if point else None, "radius": point.radius if point else None,
            "name": answer.name if answer else None,
        }  # fmt: skip
        async with writing(self.engine) as conn:
            c = t.answer.c
            old = c.at < self.clock.now() - timedelta(days=max(self.block.hits_days, self.block.misses_days))
            await conn.execute(delete(t.answer).where(old | ((c.geocoder == name) & (c.asked == values["asked"]))))
            await conn.execute(insert(t.answer).values(**values))
            await conn.execute(update(t.geocoder).where(t.geocoder.c.name == name).values(faults=0, shut_until=None))

    # --- quota and faults --------------------------------------------------------------------------------------------

    async def _admit(self, desk: Desk) -> bool:
        """Whether one may be asked now; it is counted before it is asked, so that a kill hides no question."""
        name, now = desk.entry.name, self.clock.now()
        today = now.astimezone(self.zone).date().isoformat()
        async with writing(self.engine) as conn:
            row = await self._row(conn, name, today)
            if row.shut_until is not None and row.shut_until > now:
                return False
            asked = row.asked if row.day == today else 0
            if asked >= desk.entry.a_day:
                return False
            await self._change(conn, name, day=today, asked=asked + 1)
        return True

    async def _row(self, conn: AsyncConnection, name: str, today: str) -> Any:
        query = select(t.geocoder).where(t.geocoder.c.name == name)
        row = (await conn.execute(query)).one_or_none()
        if row is None:
            await conn.execute(insert(t.geocoder).values(name=name, day=today))
            row = (await conn.execute(query)).one()
        return row

    async def _change(self, conn: AsyncConnection, name: str, **values: Any) -> None:
        await conn.execute(update(t.geocoder).where(t.geocoder.c.name == name).values(**values))

    async def _stumble(self, desk: Desk, error: Exception) -> None:
        """Only the kind of fault is told: addresses hold the key."""
        name, now = desk.entry.name, self.clock.now()
        async with writing(self.engine) as conn:
            row = await self._row(conn, name, "")
            until = self._rest(error, now, row.faults + 1)
            await self._change(conn, name, faults=row.faults + 1, shut_until=until or row.shut_until)
        log.warning("a geocoder did not answer", geocoder=name, error=type(error).__name__)

    def _rest(self, error: Exception, now: datetime, faults: int) -> datetime | None:
        """Until when it is left alone: its own word, tomorrow, an hour, or a few minutes after several faults."""
        if isinstance(error, GeocoderRateLimited):
            return now + (timedelta(seconds=error.retry_after) if error.retry_after else A_MOMENT)
        if isinstance(error, GeocoderQuotaExceeded):
            here = now.astimezone(self.zone)
            return (here + timedelta(days=1)).replace(hour=0, minute=0, second=5, microsecond=0)
        if isinstance(error, REFUSED):
            return now + A_WHILE
        return now + timedelta(minutes=self.block.rest_minutes) if faults >= self.block.faults else None


def _count(desk: Desk, outcome: str) -> None:
    meter.GEOCODED.labels(desk.entry.name, outcome).inc()


def _key(question: Question) -> str:
    """The question as the table keeps it."""
    if question.point is not None:
        return f"name:{question.point.lat:.5f},{question.point.lon:.5f}"
    return f"place:{question.words}"[:200]
