"""Told to stop while a sending is under way: what ends soon is ended and written down, what does not is in doubt."""

import asyncio
import time

import pytest
from sqlalchemy import text

from bot.database import open_engine
from playground.server import Playground
from tests.stories.test_leaving import Process, _began, play, process
from tests.town import MERCHANTS, QIU, STALL

__all__ = ["play", "process"]
LEFT = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"


@pytest.mark.parametrize(("seconds", "copies"), [(1, (1, 1)), (10, (1, 2))])
async def test_program_is_told_to_stop_while_a_receipt_is_on_its_way(
    process: Process, play: Playground, seconds: float, copies: tuple[int, int]
) -> None:
    """Within five seconds it has left, with 0. The next sends nothing twice but where nobody heard the answer."""
    running = await process.start()
    await _began(running)
    rule = {"method": "sendMessage", "chat": MERCHANTS, "fault": "delay", "seconds": seconds}
    play.api.faults.add([rule])
    said = play.world.say(QIU, MERCHANTS, STALL)
    [begun] = play.api.faults.rules
    async with asyncio.timeout(30):
        while begun["times"]:  # noqa: ASYNC110 - the line to the bot has no event
            await asyncio.sleep(0.01)
    told = time.monotonic()
    running.terminate()
    await running.communicate()
    assert running.returncode == 0
    assert time.monotonic() - told < 5.5
    await asyncio.sleep(max(0.0, told + seconds - time.monotonic()))  # what acts late has acted
    await _began(await process.start())
    await _rest(process.settings.database)
    receipts = [
        message for message in play.world.chats[MERCHANTS].messages.values()
        if message.get("reply_to_message", {}).get("message_id") == said["message_id"]
    ]  # fmt: skip
    assert copies[0] <= len(receipts) <= copies[1]


async def _rest(database: str) -> None:
    """Wait until all is sent."""
    engine = open_engine(database)
    try:
        async with asyncio.timeout(60):
            while True:
                async with engine.execution_options(reads_only=True).connect() as conn:
                    if not (await conn.execute(text(LEFT))).scalar():
                        return
                await asyncio.sleep(0.05)
    finally:
        await engine.dispose()
