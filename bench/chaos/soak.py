"""A long time at a high rate with faults all the while: what is lost or doubled, who waits how long, what it holds."""

import asyncio
import time
from collections.abc import Callable
from random import Random

from bench.chaos.audit import Audit, audit
from bench.chaos.crowd import Crowd
from bench.chaos.flood import first_receipts
from bench.chaos.ground import Ground, ground
from bench.figures import at_part

COMPLAINING = 0.1
"""Of the messages; the pin that follows each counts too."""
PRESS_SECONDS, FAULT_SECONDS = 0.5, 1.0
WARM_SECONDS = 30.0
"""After so long the memory of the start is read."""
METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "sendLocation", "getUpdates")
KINDS = ("drop", "half", "close", "delay", "status", "status")
STATUSES = (429, 500, 502)
Told = Callable[[str], None]


class Soak:
    """People, officers and faults, each in a rhythm of its own."""

    def __init__(self, at: Ground, rate: float, seed: int) -> None:
        self.ground, self.rate = at, rate
        self.crowd = Crowd(at, Random(seed))
        self.chance = Random(seed + 1)
        self.memory: list[float] = []
        self.faults, self._over = 0, False

    async def live(self, seconds: float, told: Told) -> None:
        """So long."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._speak())
            running = [tasks.create_task(one) for one in (self._press(), self._break(), self._watch(told))]
            await asyncio.sleep(min(WARM_SECONDS, seconds / 4))
            self.memory.append(self.ground.megabytes())
            await asyncio.sleep(seconds - min(WARM_SECONDS, seconds / 4))
            self.memory.append(self.ground.megabytes())
            self._over = True
            for task in running:
                task.cancel()
        self.ground.play.api.faults.rules.clear()

    async def _speak(self) -> None:
        begun = time.monotonic()
        async with asyncio.TaskGroup() as tasks:
            while not self._over:
                while self.crowd.said.messages < (time.monotonic() - begun) * self.rate:
                    if self.chance.random() < COMPLAINING:
                        tasks.create_task(self.crowd.complain())
                        await asyncio.sleep(0)
                    else:
                        self.crowd.chatter()
                await asyncio.sleep(0.01)

    async def _press(self) -> None:
        while True:
            await asyncio.sleep(PRESS_SECONDS)
            self.crowd.press()

    async def _break(self) -> None:
        """A fault a second; what struck nothing in its second and the next is over and does not pile up."""
        rules = self.ground.play.api.faults.rules
        while True:
            self.ground.play.api.faults.add([_fault(self.chance)])
            await asyncio.sleep(FAULT_SECONDS)
            self.faults += sum(not rule["times"] for rule in rules)
            rules[:] = [rule for rule in rules[-1:] if rule["times"]]

    async def _watch(self, told: Told) -> None:
        while True:
            waiting = len(self.ground.world.updates.pending)
            told(f"{self.crowd.said.messages} messages, {waiting} not fetched, {self.ground.megabytes():.0f} MB")
            await asyncio.sleep(60)


async def soak(database: str, seconds: float, rate: float, seed: int, told: Told) -> Audit:
    """So many seconds at so many messages a second. Raises NoRestError."""
    async with ground(database) as at:
        await at.start()
        await at.alive()
        soaking = Soak(at, rate, seed)
        await soaking.live(seconds, told)
        told("coming to rest")
        await at.rest()
        soaking.crowd.press_copies()
        await at.rest()
        found = await audit(at, soaking.crowd.said)
        _add(found, soaking)
        return found


def _add(found: Audit, soaking: Soak) -> None:
    sent = first_receipts(soaking.ground)
    waits = sorted(sent[where] - when for where, when in soaking.crowd.said.complaints.items() if where in sent)
    found.figures["faults that struck"] = soaking.faults
    for part in (0.5, 0.99):
        found.figures[f"word to receipt, p{part * 100:.0f}, ms"] = at_part(waits, part) * 1000
    for name, held in zip(("after the start", "at the end"), soaking.memory, strict=True):
        found.figures[f"memory {name}, MB"] = held


def _fault(chance: Random) -> dict[str, object]:
    kind = chance.choice(KINDS)
    rule: dict[str, object] = {"method": chance.choice(METHODS), "fault": kind}
    if kind == "status":
        rule |= {"status": chance.choice(STATUSES), "retry_after": 1}
        if rule["status"] != STATUSES[0]:
            rule.pop("retry_after")
            rule["before"] = chance.random() < 0.5
    if kind == "delay":
        rule["seconds"] = chance.uniform(0.1, 2)
    return rule
