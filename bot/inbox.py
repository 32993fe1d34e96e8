"""The inbox: raw updates are on disk before they are acknowledged."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import meter
from bot.bell import Bell
from bot.entries import entry, tell_apart
from bot.errors import safely
from bot.failpoints import passing
from channels.channel import Channel, Raw
from ledger.door import Turn
from ledger.store import writing
from models import tables as t
from models.clock import Clock

log = structlog.get_logger()
AHEAD = 500
"""So many updates of a backlog are fetched before the worker is called."""


async def store(engine: AsyncEngine, channel: Channel, batch: list[Raw], now: datetime) -> None:
    """One transaction; an update that is here already is left as it is, another one that bears its number is kept."""
    rows = [entry(channel, raw, now) for raw in batch]
    if not rows:
        return
    dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(t.inbox).on_conflict_do_nothing(index_elements=["channel", "update_id"])
    async with writing(engine, Turn.HEARD) as conn:
        await tell_apart(conn, channel, rows, now)
        stored = (await conn.execute(statement, rows)).rowcount
    passing("stored")
    meter.RECEIVED.inc(stored if stored >= 0 else len(rows))


async def adopt(engine: AsyncEngine, channel: Channel) -> None:
    """What was kept before bots were told apart is this bot's: Telegram may bring it once more, and it is here."""
    c = t.inbox.c
    mine = select(c.update_id).where(c.channel == channel.account)
    nameless = update(t.inbox).where(c.channel == channel.name, c.update_id.not_in(mine))
    async with writing(engine) as conn:
        await conn.execute(nameless.values(channel=channel.account))


async def receive(
    engine: AsyncEngine, channel: Channel, clock: Clock, bell: Bell, fetched: Callable[[], None] = lambda: None
) -> None:
    """Fetch for ever: store, commit, and only then ask for what comes after; `fetched` is called for each answer.

    A full batch says that more waits: the worker is called once for several, for it looks around once for all it does.
    """
    full, uncalled = channel.capabilities().batch, 0
    async for batch in channel.fetch(None):
        fetched()
        if batch:
            passing("fetched")
        pause = 0.5
        uncalled += len(batch)
        while batch:
            try:
                await store(engine, channel, batch, clock.now())
            except Exception as error:  # noqa: BLE001 - a full disk or a database that is away: nothing is acknowledged meanwhile
                log.error("inbox not written, trying again", error=safely(error))  # noqa: TRY400 - as above
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)
            else:
                if len(batch) < full or uncalled >= AHEAD:
                    bell.ring()
                    uncalled = 0
                break
