"""How long a shopkeeper waits: from her message's arrival at the playground to the call that sends her receipt."""

import asyncio
import time

from bench import load
from bench.figures import at_part
from bench.ground import Ground, Said, ground
from bench.load import Line
from bench.subjects import Subject, bot

A_SECOND = 20
MESSAGES, COMPLAINTS = 400, 200


async def gentle(subject: Subject, scale: float) -> tuple[float, float]:
    """Milliseconds that half, and 99 of a hundred, wait at most at 20 messages a second, half of them complaints."""
    first, *lines = load.talk(round(MESSAGES * scale), round(COMPLAINTS * scale), seed=12345)
    async with ground() as (play, folder), bot(subject, play, folder) as running:
        said = await play.say_all([first])
        await running.handled(1, len(said))
        at_once = set(said)
        said |= await in_time(play, lines)
        await running.handled(len(lines) + 1, len(said))
        sent = await running.told(said)
    waits = sorted((sent[where] - at) * 1000 for where, at in said.items() if where not in at_once)
    return at_part(waits, 0.5), at_part(waits, 0.99)


async def in_time(play: Ground, lines: list[Line]) -> Said:
    """One message after another, by the clock and not by the answers."""
    begun, said = time.monotonic(), {}

    async def at_its_time(number: int, line: Line) -> None:
        await asyncio.sleep(begun + number / A_SECOND - time.monotonic())
        where, at = await play.say(line)
        if line.complains:
            said[where] = at

    async with asyncio.TaskGroup() as tasks:
        for number, line in enumerate(lines):
            tasks.create_task(at_its_time(number, line))
    return said
