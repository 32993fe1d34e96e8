"""The courier: brings what the outbox holds to the chats, paced, tried again, never doubled needlessly."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import meter
from bot.bell import Bell
from bot.claiming import claim
from bot.errors import safely
from bot.failpoints import passing
from bot.parcels import Parcel, pack
from bot.reckoner import Reckoner
from bot.results import BEHIND, FREE, UNRECORDED, Result, Results
from bot.spare import SHOWN, Spare
from bot.weather import outlast
from channels.channel import Channel
from ledger.door import Turn
from ledger.store import writing
from ledger.work import Rules
from models.clock import Clock
from models.outgoing import End, Outcome
from models.words import PostKind
from texts.speaking import speaking

IDLE_SECONDS = 1.0
RECKONED_AGAIN = 5.0
"""Seconds until figures are reckoned again that a database would not give."""

Load = tuple[Row[Any], Parcel | None]


class Courier:
    """Sends for one channel: each chat is a lane of its own, in order; a chat that hangs holds up no other."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that it works with
        self, engine: AsyncEngine, channel: Channel, rules: Rules, clock: Clock, a_minute: int, media: Path
    ) -> None:
        self.engine, self.channel, self.rules, self.clock, self.a_minute = engine, channel, rules, clock, a_minute
        self.results, self.spare = Results(engine, clock), Spare(engine, channel, media)
        self.reckoner = Reckoner(engine, rules, clock)
        self._busy: set[int] = set()
        self._lanes: set[asyncio.Task[None]] = set()
        self._closing = False

    async def run(self, bell: Bell) -> None:
        """For ever. What a killed program left half sent is looked at first."""
        await outlast(self.results.recover, "courier")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.results.record())
            while True:
                loads = [] if self._closing else await outlast(self._claim, "courier")
                if loads:
                    passing("claimed")
                for lane in self._in_lanes(loads):
                    self._start(tasks, lane, bell)
                if not loads:
                    await bell.wait(IDLE_SECONDS)

    async def finish(self, seconds: float) -> None:
        """Begin nothing new; wait so long for what is under way."""
        self._closing = True
        if self._lanes:
            await asyncio.wait(self._lanes, timeout=seconds)
        await self.results.settle_down(seconds)

    def _in_lanes(self, loads: list[Load]) -> list[list[Load]]:
        """A lane for each chat; answers to presses wait for nobody."""
        lanes: dict[Any, list[Load]] = defaultdict(list)
        for row, parcel in loads:
            lanes[f"toast {row.id}" if row.kind in FREE else row.group_id].append((row, parcel))
        return list(lanes.values())

    def _start(self, tasks: asyncio.TaskGroup, lane: list[Load], bell: Bell) -> None:
        busy = {row.group_id for row, _ in lane if row.kind not in FREE}
        self._busy |= busy
        task = tasks.create_task(self._drive(lane))
        self._lanes.add(task)

        def over(done: asyncio.Task[None]) -> None:
            self._lanes.discard(done)
            self._busy -= busy
            bell.ring()

        task.add_done_callback(over)

    async def _drive(self, lane: list[Load]) -> None:
        """One chat, in order; after a fault the rest of its lane waits. Ends when all of it is on disk."""
        known: dict[int, str] = {}
        stopped: Outcome | None = None
        ahead = asyncio.Semaphore(UNRECORDED)
        for row, parcel in lane:
            await ahead.acquire()
            if stopped is not None:
                outcome = Outcome(End.RETRY, after=stopped.after, why=BEHIND)
            else:
                outcome = await self._send(row, parcel.with_card(known) if parcel else None)
                parcel = replace(parcel, pictured=False) if parcel and outcome.plain else parcel  # noqa: PLW2901 - as it stands there
                if parcel is not None:
                    meter.ended(row, parcel.outgoing, outcome, self.clock.now())
            if outcome.message and row.kind == PostKind.CARD and row.card_id:
                known[row.ticket_id] = outcome.message
            if stopped is None and outcome.end in {End.RETRY, End.SHUT, End.MOVED}:
                stopped = outcome
            self.results.put(Result(row, parcel, outcome, ahead.release))
        for _ in range(UNRECORDED):
            await ahead.acquire()

    async def _send(self, row: Row[Any], parcel: Parcel | None) -> Outcome:
        if parcel is None:
            return Outcome(End.SENT, why="nothing to show")
        try:
            with speaking(parcel.language):
                whole = await self.reckoner.make(row, parcel.outgoing) if parcel.reckoned else parcel.outgoing
        except (SQLAlchemyError, OSError) as error:
            return Outcome(End.RETRY, after=RECKONED_AGAIN, why=safely(error))
        outcome = await self.channel.send(whole)
        if outcome.end is End.FAILED and whole.sort in SHOWN:
            with speaking(parcel.language):
                outcome = await self.spare.send(whole, outcome)
        passing("sent")
        return outcome

    async def _claim(self) -> list[Load]:
        now = self.clock.now()
        async with writing(self.engine, Turn.SENT) as conn:
            rows = await claim(conn, now, self._busy, self.a_minute)
            return await pack(conn, rows, self.rules, now) if rows else []
