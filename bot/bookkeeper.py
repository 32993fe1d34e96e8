"""Writes the daybook's missing pages, a day at a time, so that long periods are read quickly (services/daybook.py)."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bell import Bell
from bot.weather import outlast
from ledger.store import writing
from ledger.work import Rules
from models.clock import Clock
from models.numbers import Asked
from services import daybook

BETWEEN, LOOK_SECONDS = 1.0, 600.0
"""Seconds between two days while some are missing, and between two looks."""


class Bookkeeper:
    """Nobody waits for it: what has no page yet is counted from the tickets."""

    def __init__(self, engine: AsyncEngine, rules: Rules, clock: Clock) -> None:
        self.engine, self.rules, self.clock = engine, rules, clock

    async def run(self, bell: Bell) -> None:
        """For ever."""
        while True:
            await bell.wait(BETWEEN if await outlast(self.once, "bookkeeper") else LOOK_SECONDS)

    async def once(self) -> int:
        """One day's pages, the newest missing first; how many days were written."""
        now = self.clock.now()
        asked = Asked(now, now, now, self.rules.zone, formulas=self.rules.formulas)
        async with writing(self.engine) as conn:
            return await daybook.write_missing(conn, asked, 1)
