"""The bot is killed, round after round: at a failpoint or at any instant, while people complain and officers press."""

import asyncio
from collections import Counter
from collections.abc import Callable
from random import Random

from bench.chaos.audit import Audit, audit
from bench.chaos.crowd import Crowd
from bench.chaos.ground import Ground, ground
from bot.failpoints import PLACES

COMPLAINT_SECONDS, PRESS_SECONDS = 0.5, 0.4
"""On the average."""
MOST = {"working": 8, "sent": 6, "marked": 4, "marking": 4, "claimed": 4, "committed": 4, "stored": 4, "fetched": 3}
"""Up to which passing of a place it may die; at the first where nothing is said."""
START_SECONDS, LIFE_SECONDS, STRIKE_SECONDS = 2.0, 2.0, 5.0
ANY_INSTANT, EVERY = "any instant", 20
Told = Callable[[str], None]


class Killer:
    """One story of many rounds on one database."""

    def __init__(self, at: Ground, seed: int, told: Told) -> None:
        self.ground, self.chance, self.told = at, Random(seed), told
        self.crowd = Crowd(at, self.chance)
        self.deaths: Counter[str] = Counter()
        self._left: list[str] = []
        self._over = False

    async def rounds(self, count: int) -> Audit:
        """So many deaths; at rest now and then everything is compared."""
        for first in range(0, count, EVERY):
            self._over = False
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._complain())
                tasks.create_task(self._press())
                for number in range(first, min(first + EVERY, count)):
                    self.told(f"round {number + 1} of {count}")
                    await self._round("migrating" if number == 0 else self._choice())
                self._over = True
            found = await self._compare()
            if found.broken:
                break
        return found

    def _choice(self) -> str:
        """Every place as often as any other, in a new order each time; any instant as often as half the places."""
        if not self._left:
            self._left = [*PLACES, *[ANY_INSTANT] * (len(PLACES) // 2)]
            self.chance.shuffle(self._left)
        return self._left.pop()

    async def _complain(self) -> None:
        while not self._over:
            await asyncio.sleep(self.chance.uniform(0, 2 * COMPLAINT_SECONDS))
            await self.crowd.complain()

    async def _press(self) -> None:
        while not self._over:
            await asyncio.sleep(self.chance.uniform(0, 2 * PRESS_SECONDS))
            self.crowd.press()

    async def _round(self, place: str) -> None:
        at = self.ground
        if place == "packed":
            await at.wants_backup()
        await at.start("" if place == ANY_INSTANT else f"{place}:{self.chance.randint(1, MOST.get(place, 1))}")
        struck = False
        if place != ANY_INSTANT:
            struck = not await at.alive() or await at.dies(STRIKE_SECONDS)
        elif self.chance.random() < 1 / 3:
            await at.dies(self.chance.uniform(0, START_SECONDS))
        else:
            await at.alive()
            await at.dies(self.chance.uniform(0, LIFE_SECONDS))
        self.deaths[place if struck else ANY_INSTANT] += 1
        await at.kill()

    async def _compare(self) -> Audit:
        await self.ground.wants_backup()
        await self.ground.start()
        await self.ground.alive()
        await self.ground.rest()
        self.crowd.press_copies()
        await self.ground.rest()
        found = await audit(self.ground, self.crowd.said)
        code = await self.ground.stop()
        if code != 0:
            found.broken.append(f"SIGTERM ended it with {code}")
        found.figures["deaths"] = sum(self.deaths.values())
        found.figures["deaths by place"] = ", ".join(f"{name} {n}" for name, n in sorted(self.deaths.items()))
        return found


async def kills(database: str, rounds: int, seed: int, told: Told) -> Audit:
    """So many rounds on a fresh database. Raises NoRestError."""
    async with ground(database) as at:
        return await Killer(at, seed, told).rounds(rounds)
