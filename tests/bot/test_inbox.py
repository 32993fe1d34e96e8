"""The inbox: on disk before it is acknowledged, once, and whatever it holds."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import inbox
from bot.bell import Bell
from bot.database import open_engine
from bot.migrate import migrate
from ledger.store import writing
from models import tables as t
from tests.life.bureau import BEGIN, Hands

Raw = dict[str, Any]


class Line:
    """A channel that brings batches, and notes what was on disk when it was asked for the next one."""

    name = account = "line"

    def __init__(self, engine: AsyncEngine, *batches: list[Raw], full: int = 100) -> None:
        self.engine, self.batches, self.full, self.stored = engine, batches, full, [0]

    def number(self, raw: Raw) -> int | None:
        """The update's id."""
        return raw.get("n")

    def mark(self, raw: Raw) -> str:
        """What it is."""
        return str(raw.get("id"))

    def chat_of(self, raw: Raw) -> str:
        """Whose queue."""
        return str(raw.get("chat", "c"))

    def capabilities(self) -> Any:
        """A full batch."""
        return SimpleNamespace(batch=self.full)

    async def fetch(self, after: int | None) -> AsyncIterator[list[Raw]]:
        """From the beginning."""
        assert after is None
        for batch in self.batches:
            yield batch
            self.stored.append(len(await kept(self.engine)))


class Counted(Bell):
    """A bell that knows how often it rang."""

    rung = 0

    def ring(self) -> None:
        """Once more."""
        self.rung += 1


async def kept(engine: AsyncEngine) -> list[Any]:
    """What stands in the inbox."""
    async with engine.execution_options(reads_only=True).connect() as conn:
        return list((await conn.execute(select(t.inbox).order_by(t.inbox.c.seq))).all())


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An empty database."""
    made = open_engine(f"sqlite:///{tmp_path}/q.db")
    await migrate(made)
    yield made
    await made.dispose()


async def test_update_is_kept_as_it_came_and_once(engine: AsyncEngine) -> None:
    """All of the row; the same number again is left as it is, and an empty batch is nothing."""
    line = Line(engine)
    await inbox.store(engine, line, [{"n": 7, "chat": "-1", "text": "好"}], BEGIN)
    await inbox.store(engine, line, [{"n": 7, "text": "again"}, {"n": 8}], BEGIN)
    await inbox.store(engine, line, [], BEGIN)
    first, second = await kept(engine)
    assert (first.channel, first.update_id, first.chat, first.received_at) == ("line", 7, "-1", BEGIN)
    assert json.loads(first.raw) == {"n": 7, "chat": "-1", "text": "好"}
    assert (first.state, first.attempts, first.next_try_at) == ("new", 0, None)
    assert second.update_id == 8


async def test_number_that_another_bears_is_no_reason_to_drop_an_update(engine: AsyncEngine) -> None:
    """In a later batch and within one: each that is another is kept once, however often each is brought."""
    line = Line(engine)
    first = [{"n": 7, "id": "a"}, {"n": 7, "id": "b"}, {"n": 8, "id": "c"}]
    for batch in (first, [{"n": 7, "id": "d"}, {"n": 8, "id": "e"}], first, [{"n": 7, "id": "d"}], first):
        await inbox.store(engine, line, batch, BEGIN)
    rows = await kept(engine)
    assert [json.loads(row.raw)["id"] for row in rows] == ["a", "b", "c", "d", "e"]
    assert len({row.update_id for row in rows}) == 5
    assert {row.state for row in rows} == {"new"}


@pytest.mark.parametrize(("later", "count"), [(timedelta(hours=20), 1), (timedelta(days=3), 2)])
async def test_update_whose_words_were_erased_may_come_again_for_a_day(
    engine: AsyncEngine, later: timedelta, count: int
) -> None:
    """What stood there is gone, so that only its number tells; later the number is another's."""
    line = Line(engine)
    await inbox.store(engine, line, [{"n": 7, "id": "a"}], BEGIN)
    async with writing(engine) as conn:
        await conn.execute(update(t.inbox).values(raw="{}"))
    await inbox.store(engine, line, [{"n": 7, "id": "a"}], BEGIN + later)
    assert len(await kept(engine)) == count


DEEP: Any = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "poison", [{"n": 2**70}, {"n": -1}, {"n": None}, {}, {"n": "x"}, {"n": 5, "deep": DEEP}, [], None, "words"],
    ids=lambda poison: str(poison)[:9] if poison is None or "deep" not in poison else "deep",
)  # fmt: skip
async def test_poison_is_dead_and_named_and_the_good_beside_it_are_kept(engine: AsyncEngine, poison: Any) -> None:
    """Whatever it is, once: nothing of its batch is lost, and what follows comes."""
    line = Line(engine, [{"n": 1}, poison, {"n": 2}], [poison, {"n": 3}])
    await inbox.receive(engine, line, Hands(), Counted())
    rows = await kept(engine)
    assert [row.update_id for row in rows if row.state == "new"] == [1, 2, 3]
    [dead] = [row for row in rows if row.state == "dead"]
    assert dead.last_error
    assert dead.update_id < 0


@pytest.mark.parametrize(("text", "read"), [
    ("a\x00b", "ab"),
    (r"C:\u0000", r"C:\u0000"), ("\\\x00", "\\"),
    ("\ud83d坏", "?坏"), (2**70, 2**70), ("\U0001f34e", "\U0001f34e"), (BEGIN, BEGIN.isoformat()),
])  # fmt: skip
async def test_update_of_any_letters_is_kept(engine: AsyncEngine, text: Any, read: Any) -> None:
    """NULs, half letters, numbers beyond 64 bits, and what JSON does not know."""
    await inbox.store(engine, Line(engine), [{"n": 1, "text": text}], BEGIN)
    [row] = await kept(engine)
    raw = json.loads(row.raw)["text"]
    assert str(raw).replace("\\ud83d", "?") == str(read) or raw == read
    assert "\x00" not in str(raw)


async def test_next_batch_is_asked_for_when_the_last_is_on_disk(engine: AsyncEngine) -> None:
    """Asking acknowledges: each batch stands there first, and the worker is called each time."""
    line, bell = Line(engine, [{"n": 1}], [{"n": 2}, {"n": 3}], []), Counted()
    await inbox.receive(engine, line, Hands(), bell)
    assert line.stored == [0, 1, 3, 3]
    assert bell.rung == 2


@pytest.mark.parametrize(("batches", "full", "rings"), [(4, 10, 0), (50, 10, 1), (100, 10, 2), (3, 11, 3)])
async def test_worker_is_called_once_for_several_full_batches(
    engine: AsyncEngine, batches: int, full: int, rings: int
) -> None:
    """Of a backlog every five hundred; a batch that is not full says that no more waits."""
    line = Line(engine, *([{"n": 10 * b + i} for i in range(10)] for b in range(batches)), full=full)
    bell = Counted()
    await inbox.receive(engine, line, Hands(), bell)
    assert bell.rung == rings
    assert len(await kept(engine)) == batches * 10


async def test_nothing_is_acknowledged_while_the_disk_is_full(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again, each time after twice the pause and at most half a minute, until it stands there."""
    line, bell, left, pauses = Line(engine, [{"n": 1}], [{"n": 2}]), Counted(), [8], []

    def fail(_conn: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise OSError("no space left on device")

    async def sleep(seconds: float) -> None:
        assert line.stored == [0]
        pauses.append(seconds)

    event.listen(engine.sync_engine, "commit", fail)
    monkeypatch.setattr(inbox, "asyncio", SimpleNamespace(sleep=sleep))
    await inbox.receive(engine, line, Hands(), bell)
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert line.stored == [0, 1, 2]
    assert bell.rung == 2


async def test_two_who_store_the_same_update_store_it_once(engine: AsyncEngine) -> None:
    """The old program fades out while the new one begins."""
    line = Line(engine)
    await asyncio.gather(*(inbox.store(engine, line, [{"n": 5}], BEGIN) for _ in range(5)))
    assert len(await kept(engine)) == 1
    async with writing(engine) as conn:
        assert conn.in_transaction()
