"""The surveyor: asks the geocoders about tickets whose place is only words, or whose pin has no name."""

from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.contextvars import bound_contextvars

from bot.asking import Asking, Later
from bot.bell import Bell
from bot.weather import outlast
from geo.geocoders.provider import Answer
from ledger import placing, surveying
from ledger.needs import Needs, fill
from ledger.store import Overtaken, write, writing
from ledger.surveying import Question
from ledger.work import Rules, Work
from models import tables as t
from models.clock import Clock
from models.rows import Ticket
from models.words import ENDED

log = structlog.get_logger()
LOOK_SECONDS = 2.0
BATCH = 8
ATTEMPTS = 10
PATIENCE = timedelta(days=2)
"""A ticket older than that is no longer worth a question."""


class Surveyor:
    """Asks after the ticket is there and never in its way; what it learns is one unit of work."""

    def __init__(self, engine: AsyncEngine, asking: Asking, rules: Rules, clock: Clock, *, naming: bool = True) -> None:
        self.engine, self.asking, self.rules, self.clock, self.naming = engine, asking, rules, clock, naming

    async def run(self, bell: Bell, outbox_bell: Bell) -> None:
        """For ever."""
        try:
            while True:
                if await outlast(self.once, "surveyor"):
                    outbox_bell.ring()
                else:
                    await bell.wait(LOOK_SECONDS)
        finally:
            await self.asking.close()

    async def once(self) -> int:
        """A few tickets that are due; how many were looked at."""
        c, now = t.ticket.c, self.clock.now()
        due = (c.survey_at <= now) & c.status.not_in(ENDED) & (c.opened_at > now - PATIENCE)
        query = select(t.ticket).where(due).order_by(c.survey_at, c.id).limit(BATCH)
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            rows = (await conn.execute(query)).all()
        for row in rows:
            with bound_contextvars(ticket=row.id, group=row.group_id):
                await self._look_into(row)
        return len(rows)

    async def _look_into(self, row: Row[Any]) -> None:
        question = surveying.question(Ticket(**row._mapping))  # noqa: SLF001 - SQLAlchemy's public name for it
        if question is None or (question.point is not None and not self.naming):
            await self._put_off(row, None)
            return
        try:
            answer = await self.asking.ask(question)
        except Later:
            over = row.surveys + 1 >= ATTEMPTS
            await self._put_off(row, None if over else timedelta(minutes=min(2**row.surveys, 60)))
            return
        await self._settle(row.id, question, answer)

    async def _settle(self, number: int, question: Question, answer: Answer | None) -> None:
        """Killed before this, the same is asked again and found among the answers that are kept."""
        try:
            async with writing(self.engine) as conn:
                ledger = await fill(conn, Needs(tickets={number}), self.clock.now())
                ticket = ledger.tickets.get(number)
                if ticket is not None:
                    placing.answered(Work(ledger, self.rules), ticket, question, answer)
                    await write(conn, ledger)
        except Overtaken:
            log.info("a ticket moved while it was surveyed")

    async def _put_off(self, row: Row[Any], pause: timedelta | None) -> None:
        c = t.ticket.c
        due = self.clock.now() + pause if pause else None
        same = (c.id == row.id) & (c.version == row.version)
        async with writing(self.engine) as conn:
            await conn.execute(update(t.ticket).where(same).values(survey_at=due, surveys=row.surveys + 1))
