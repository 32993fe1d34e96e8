"""The adviser: asks the second reader about messages that wait for it, and has done what follows, once each.

A question is a row (`advice`) until something became of it. Nothing is asked inside a transaction: one claims the row,
another does what the answer says and closes it. Killed in between, the row is asked about again at the next start, or,
when it is too old by then, judged by the local reader.
"""

import asyncio
from datetime import datetime, time, timedelta
from functools import partial

import structlog
from sqlalchemy import Row, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from structlog.contextvars import bound_contextvars

from bot import meter, trail
from bot.bell import Bell
from bot.breaker import Breaker
from bot.errors import safely
from bot.llm import Answers, Reply
from bot.settings_second import SecondReader
from bot.weather import outlast
from handlers.advice import needs_of, settle
from ledger import recurrences
from ledger.needs import fill
from ledger.store import write, writing
from ledger.work import Rules, Work
from models import tables as t
from models.clock import Clock
from models.question import Question
from models.rows import Advice

log = structlog.get_logger()
IDLE_SECONDS = 1.0
ATTEMPTS = 3
PAUSE_SECONDS = 0.5
c = t.advice.c


class Adviser:
    """Asks, at most a few questions at once; one person's in the order she spoke."""

    def __init__(
        self, engine: AsyncEngine, server: Answers | None, rules: Rules, clock: Clock, settings: SecondReader
    ) -> None:
        self.engine, self.server, self.rules, self.clock, self.settings = engine, server, rules, clock, settings
        self.breaker = Breaker(settings.rest_after, timedelta(seconds=settings.rest_seconds))
        self._busy: set[tuple[int, int]] = set()

    async def run(self, bell: Bell, outbox_bell: Bell) -> None:
        """For ever, or, where nobody is asked any more, until what still waited is done."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                rows = await outlast(self._next, "adviser")
                if self.server is None and not rows and not self._busy:
                    return
                for row in rows:
                    self._start(tasks, row, bell, outbox_bell)
                if not rows:
                    await bell.wait(IDLE_SECONDS)

    async def prepare(self) -> None:
        """What a killed program was asking is asked again, and the names of all who ever spoke are known.

        Both before anything is heard: no question of today is taken for one of a killed program's, and a name is
        masked also where its bearer says nothing today.
        """
        async with writing(self.engine) as conn:
            await conn.execute(update(t.advice).where(c.state == "asked").values(state="new"))
        if self.server is None:
            return
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            self.rules.members.update((await conn.execute(select(t.person.c.name))).scalars())

    def _start(self, tasks: asyncio.TaskGroup, row: Row[tuple[object, ...]], bell: Bell, outbox_bell: Bell) -> None:
        person = (row.group_id, row.person_id)
        self._busy.add(person)
        with bound_contextvars(group=row.group_id, person=row.person_id, advice=row.id):
            task = tasks.create_task(self._one(row))

        def over(_done: asyncio.Task[None]) -> None:
            self._busy.discard(person)
            outbox_bell.ring()
            bell.ring()

        task.add_done_callback(over)

    async def _next(self) -> list[Row[tuple[object, ...]]]:
        """The oldest open question of each person whom nobody is asking about, as many as may be asked at once."""
        free = self.settings.at_once - len(self._busy)
        if free <= 0:
            return []
        query = select(c.id, c.group_id, c.person_id).where(c.state == "new").order_by(c.id)
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            rows = (await conn.execute(query.limit(200))).all()
        heads = {(row.group_id, row.person_id): row for row in reversed(rows)}
        return [row for row in rows if heads[row.group_id, row.person_id] is row and self._idle(row)][:free]

    def _idle(self, row: Row[tuple[object, ...]]) -> bool:
        return (row.group_id, row.person_id) not in self._busy

    # --- one question ----------------------------------------------------------------------------------------------

    async def _one(self, row: Row[tuple[object, ...]]) -> None:
        """Claim, ask, do what follows. Whatever fails at the last is tried again, and then let be."""
        reply, state = Reply(None), "failed"
        for attempt in range(1, ATTEMPTS + 1):
            try:
                if attempt == 1:
                    reply, state = await self._ask(row)
                elif attempt == ATTEMPTS:
                    reply, state = Reply(None, "the answer could not be followed"), "failed"
                await outlast(partial(self._settle, row, reply, state), "adviser")
            except Exception as error:  # noqa: BLE001 - one that fails must not hold up the others
                log.error("a second reading failed", error=safely(error))  # noqa: TRY400 - one line says it
                await asyncio.sleep(PAUSE_SECONDS * attempt)
            else:
                return
        await outlast(partial(self._bury, row), "adviser")

    async def _ask(self, row: Row[tuple[object, ...]]) -> tuple[Reply, str]:
        """What was answered, or why nobody was asked; and the state that comes of it."""
        question, why = await self._claim(row)
        if question is None or self.server is None:
            return Reply(None, why or "switched off"), "skipped"
        reply = await self.server.ask(question)
        resting = self.breaker.note(self.clock.now(), well=reply.answer is not None)
        if reply.answer is None:
            log.warning("the second reader gave no answer", error=reply.error, resting=resting)
        return reply, "answered" if reply.answer is not None else "failed"

    async def _claim(self, row: Row[tuple[object, ...]]) -> tuple[Question | None, str | None]:
        """The question, counted as asked; or why it is not to be asked."""
        now = self.clock.now()
        async with writing(self.engine) as conn:
            found = (await conn.execute(select(t.advice).where(c.id == row.id, c.state == "new"))).one_or_none()
            if found is None or self.server is None:
                return None, "switched off"
            if now - found.made_at > timedelta(seconds=self.settings.wait_seconds):
                return None, "too late"
            if await self._spent(conn, now) >= self.settings.budget_a_day:
                return None, "the day's budget is spent"
            if not self.breaker.lets(now):
                return None, "the second reader rests"
            asked = update(t.advice).where(c.id == row.id).values(state="asked", asks=c.asks + 1, asked_at=now)
            await conn.execute(asked)
            return Question(found.hash, found.body, found.keys), None

    async def _spent(self, conn: AsyncConnection, now: datetime) -> int:
        """Questions asked since midnight of the bureau."""
        zone = self.rules.zone
        midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
        query = select(func.coalesce(func.sum(c.asks), 0)).where(c.asked_at >= midnight)
        spent: int = (await conn.execute(query)).scalar_one()
        return spent

    async def _settle(self, row: Row[tuple[object, ...]], reply: Reply, state: str) -> None:
        """One unit of work: what follows, and the row is closed."""
        async with writing(self.engine) as conn:
            found = (
                await conn.execute(select(t.advice).where(c.id == row.id, c.state.in_(("new", "asked"))))
            ).one_or_none()
            if found is None:
                return
            advice = Advice(**found._mapping)  # noqa: SLF001 - its columns by name
            ledger = await fill(conn, needs_of(advice, *await _heard(conn, advice)), self.clock.now())
            same = or_(
                c.id == row.id, and_(c.group_id == found.group_id, c.person_id == found.person_id, c.state == "new")
            )
            ledger.advice.read((await conn.execute(select(t.advice).where(same))).all())
            held = ledger.advice.get(found.id)
            if held is not None:
                settle(Work(ledger, self.rules), held, reply.answer, state, reply.error)
            await recurrences.link(conn, ledger)
            await write(conn, ledger)
        meter.SECOND.labels(held.state if held is not None else state).inc()
        trail.told(ledger)

    async def _bury(self, row: Row[tuple[object, ...]]) -> None:
        async with writing(self.engine) as conn:
            closed = {"state": "failed", "error": "it could not be done", "ended_at": self.clock.now()}
            await conn.execute(update(t.advice).where(c.id == row.id, c.state.in_(("new", "asked"))).values(**closed))


async def _heard(conn: AsyncConnection, row: Advice) -> tuple[str, str, str | None]:
    """The chat, the sender and what the message replies to, as the channel names them."""
    chat = select(t.alias.c.chat).where(t.alias.c.group_id == row.group_id, t.alias.c.current)
    user = select(t.person.c.user).where(t.person.c.id == row.person_id)
    reply = select(t.message.c.reply_to).where(t.message.c.group_id == row.group_id, t.message.c.message == row.message)
    found = [(await conn.execute(query)).scalar() for query in (chat, user, reply)]
    return found[0] or "", found[1] or "", found[2]
