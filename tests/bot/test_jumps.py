"""The clock is put back: what waits by the time before is tried at once, and only that."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.database import open_engine
from bot.jumps import NOTICED, Jumps
from bot.migrate import migrate
from ledger.store import writing
from models import tables as t
from models.clock import Remembering
from tests.life.bureau import BEGIN, Hands

HOUR, MOMENT = timedelta(hours=1), timedelta(seconds=2)


async def test_clock_that_goes_ahead_and_back_between_two_looks_is_noticed(database: str) -> None:
    """Whoever asked it meanwhile put something off by an hour; what Telegram asks us to wait stays."""
    engine, hands = open_engine(database), Hands()
    clock = Remembering(hands)
    jumps = Jumps(engine, clock)
    await migrate(engine)

    async def waits(until: datetime | None) -> datetime | None:
        async with writing(engine) as conn:
            await conn.execute(t.inbox.delete())
            row = {"channel": "telegram:1", "raw": "{}", "chat": "1", "received_at": BEGIN, "state": "new"}
            await conn.execute(t.inbox.insert().values(**row, update_id=1, next_try_at=until))
        await jumps.look()
        async with engine.connect() as conn:
            found: datetime | None = (await conn.execute(select(t.inbox.c.next_try_at))).scalar_one()
            return found

    try:
        assert await waits(BEGIN + MOMENT) == BEGIN + MOMENT
        hands.at += HOUR
        put_off = clock.now() + MOMENT
        hands.at -= HOUR - MOMENT
        assert await waits(put_off) is None
        assert await waits(hands.at + HOUR) == hands.at + HOUR
        hands.at += NOTICED
        clock.now()
        hands.at -= NOTICED
        assert await waits(hands.at + HOUR) == hands.at + HOUR
    finally:
        await engine.dispose()
