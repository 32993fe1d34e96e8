"""The worker: a chat that was just looked at rests, so that a flood of it holds up nobody else."""

import time
from datetime import UTC, datetime
from types import SimpleNamespace

import orjson
import pytest

from bot import worker as working
from bot.database import open_engine
from bot.migrate import migrate
from bot.rules import rules_of
from bot.settings import build
from bot.worker import FEW, Worker
from channels.telegram.channel import TelegramChannel
from ledger.store import writing
from models import tables as t
from models.clock import SystemClock

LOUD, OTHER = -1001001, -1001002


async def _worker(database: str) -> Worker:
    settings = build({"groups": [], "database": database})
    engine = open_engine(database)
    await migrate(engine)
    channel = TelegramChannel("1:a", "http://127.0.0.1:9")
    return Worker(engine, {channel.name.partition(":")[0]: channel}, rules_of(settings), SystemClock())


async def _hears(worker: Worker, chat: int, *numbers: int) -> None:
    """Words in a chat, as they stand in the inbox."""
    rows = [
        {
            "channel": "telegram:1", "update_id": number, "state": "new", "chat": str(chat), "attempts": 0,
            "received_at": datetime.now(UTC),  # noqa: TID251 - as the channel took it in
            "raw": orjson.dumps({
                "update_id": number,
                "message": {
                    "message_id": number, "date": 1790000000 + number, "text": "早",
                    "chat": {"id": chat, "type": "supergroup", "title": "一条街"},
                    "from": {"id": 5, "is_bot": False, "first_name": "小裘"},
                },
            }).decode(),
        }
        for number in numbers
    ]  # fmt: skip
    async with writing(worker.engine) as conn:
        await conn.execute(t.inbox.insert(), rows)


async def _waiting(worker: Worker) -> list[str]:
    async with worker.engine.connect() as conn:
        query = t.inbox.select().where(t.inbox.c.state == "new").order_by(t.inbox.c.seq)
        return [row.chat for row in (await conn.execute(query)).all()]


async def test_a_chat_that_was_just_looked_at_rests_and_others_do_not_wait_for_it(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a flood brings meanwhile is done together, when the chat has rested; nothing of it is lost."""
    monkeypatch.setattr(working, "REST_SECONDS", 30.0)
    worker = await _worker(database)
    await _hears(worker, LOUD, 1)
    await worker.once(worker.resting())
    await _hears(worker, LOUD, 2, 3)
    await _hears(worker, OTHER, 4)
    await worker.once(worker.resting())
    assert await _waiting(worker) == [str(LOUD), str(LOUD)]
    monkeypatch.setattr(working, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + 31))
    await worker.once(worker.resting())
    assert await _waiting(worker) == []
    await worker.engine.dispose()


async def test_a_chat_with_much_to_do_does_not_rest(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a pause of the network there is much at once: that is done without a rest."""
    monkeypatch.setattr(working, "REST_SECONDS", 30.0)
    worker = await _worker(database)
    await _hears(worker, LOUD, *range(1, FEW + 1))
    await worker.once(worker.resting())
    await _hears(worker, LOUD, FEW + 1)
    await worker.once(worker.resting())
    assert await _waiting(worker) == []
    await worker.engine.dispose()


async def test_who_said_little_waits_for_nobody_who_said_much(database: str) -> None:
    """What both brought in one moment is two batches: first hers, then at once the flood's."""
    worker = await _worker(database)
    await _hears(worker, LOUD, *range(1, 8))
    await _hears(worker, OTHER, 8)
    assert await worker.once(), "more waits"
    assert await _waiting(worker) == [str(LOUD)] * 7
    await worker.once()
    assert await _waiting(worker) == []
    await worker.engine.dispose()


async def test_who_said_much_is_not_put_off_twice_and_not_in_a_backlog(database: str) -> None:
    """However many others say a word meanwhile; where there is much of all, it is done as it came."""
    worker = await _worker(database)
    await _hears(worker, LOUD, *range(10, 15))
    for number in (1, 2):
        await _hears(worker, OTHER - number, number)
        await worker.once()
    assert await _waiting(worker) == []
    await _hears(worker, LOUD, *range(20, 20 + FEW))
    for number in range(20 + FEW, 30 + FEW):
        await _hears(worker, OTHER - number, number)
    await worker.once()
    assert await _waiting(worker) == []
    await worker.engine.dispose()
