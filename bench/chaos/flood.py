"""One group is flooded with a thousand messages a minute; another goes on as if nothing were."""

import asyncio
import json
import time
from collections.abc import Callable
from random import Random

from bench import load
from bench.chaos.audit import Audit
from bench.chaos.crowd import FIRST_PERSON, Crowd
from bench.chaos.ground import Ground, ground
from bench.figures import at_part

A_MINUTE = 1000
COMPLAINT_SECONDS = 0.5
FLOODERS = 30
FLOODED = 0
WITHIN = 2.0
NOTICED = 0.1
"""Seconds that nobody notices: below that, twice as long is not slower."""
Told = Callable[[str], None]


async def flood(database: str, seconds: float, seed: int, told: Told) -> Audit:
    """So many seconds of quiet, then as many of the flood; the wait for a receipt in the other groups in both."""
    async with ground(database) as at:
        await at.start()
        await at.alive()
        chance = Random(seed)
        crowd = Crowd(at, chance, spared={FLOODED})
        told("quiet")
        await _complaints(crowd, 5)
        quiet = await _waits(at, crowd, seconds)
        told("flood")
        pouring = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_pour(at, chance, pouring))
            loud = await _waits(at, crowd, seconds)
            pouring.set()
        return _figures(quiet, loud, len(at.world.chats[load.chat_of(FLOODED)].messages))


async def _waits(at: Ground, crowd: Crowd, seconds: float) -> list[float]:
    """Seconds from word to receipt, sorted."""
    before = set(crowd.said.complaints)
    await _complaints(crowd, seconds)
    await asyncio.sleep(2)
    asked = {where: when for where, when in crowd.said.complaints.items() if where not in before}
    sent = first_receipts(at)
    return sorted(sent.get(where, time.time()) - when for where, when in asked.items())


async def _complaints(crowd: Crowd, seconds: float) -> None:
    end = time.monotonic() + seconds
    async with asyncio.TaskGroup() as tasks:
        while time.monotonic() < end:
            tasks.create_task(crowd.complain())
            await asyncio.sleep(COMPLAINT_SECONDS)


async def _pour(at: Ground, chance: Random, over: asyncio.Event) -> None:
    """Whatever comes to mind: complaints, the same again, rubbish, long lines."""
    room = at.world.chats[load.chat_of(FLOODED)]
    people = [FIRST_PERSON * 2 + n for n in range(FLOODERS)]
    for user in people:
        at.world.add_person(user, f"水军{user}")
        room.members.add(user)
    begun, said = time.monotonic(), 0
    while not over.is_set():
        at.world.say(chance.choice(people), room.id, _noise(chance))
        said += 1
        await asyncio.sleep(max(0.0, begun + said * 60 / A_MINUTE - time.monotonic()))


def _noise(chance: Random) -> str:
    words = load.words()
    kinds = (
        lambda: f"{chance.choice(words['streets'])}{chance.randrange(999)}号{chance.choice(words['complaints'])}",
        lambda: f"{words['streets'][0]}1号{words['complaints'][0]}",
        lambda: chance.choice(words["chatter"]),
        lambda: "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(chance.randrange(1, 4000))),
    )
    return chance.choices(kinds, weights=(3, 3, 3, 1))[0]()


def first_receipts(at: Ground) -> dict[tuple[int, int], float]:
    """When the first receipt of each complaint was sent, by chat and message."""
    found: dict[tuple[int, int], float] = {}
    for call in at.world.calls:
        reply = call["params"].get("reply_parameters") if call["ok"] else None
        if reply and call["method"].lower() == "sendmessage":
            told = reply if isinstance(reply, dict) else json.loads(reply)
            found.setdefault((int(call["params"]["chat_id"]), int(told["message_id"])), float(call["at"]))
    return found


def _figures(quiet: list[float], loud: list[float], poured: int) -> Audit:
    made = Audit()
    made.figures |= {"messages of the flood": poured, "complaints beside it": len(loud)}
    for name, waits in (("quiet", quiet), ("flood", loud)):
        for part in (0.5, 0.99):
            made.figures[f"word to receipt, {name}, p{part * 100:.0f}, ms"] = at_part(waits, part) * 1000
    if at_part(loud, 0.99) > max(WITHIN * at_part(quiet, 0.99), NOTICED):
        made.broken.append(f"p99 beside the flood is more than {WITHIN:g} times that of quiet")
    return made
