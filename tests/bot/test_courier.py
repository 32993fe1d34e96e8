"""The courier's choice and its lanes: what goes first, how much a minute, who waits behind whom."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.bell import Bell
from bot.claiming import CLAIM_A_GROUP, RESERVE
from bot.courier import Courier
from bot.database import open_engine
from bot.results import LONGEST_PAUSE, REPEATABLE, TRIES, _pause
from channels.channel import Channel
from ledger.store import writing
from models import tables as t
from models.outgoing import End, Outcome, Outgoing
from models.words import PostKind, Priority
from tests.life.bureau import BEGIN, Hands, found, rules

TEXT, TOAST = PostKind.TEXT, PostKind.TOAST


class Wire:
    """Notes what is sent, in order; a chat may answer something else, or hang."""

    name = "wire"

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.answers: dict[str, Outcome] = {}
        self.hangs: dict[str, asyncio.Event] = {}

    async def send(self, outgoing: Outgoing) -> Outcome:
        """It arrived, unless the test says otherwise."""
        self.sent.append(outgoing.text)
        if outgoing.text in self.hangs:
            await self.hangs[outgoing.text].wait()
        return self.answers.get(outgoing.text, Outcome(End.SENT, f"{len(self.sent)}"))


class Post:
    """An outbox, its courier, and the wire."""

    def __init__(self, path: Path) -> None:
        self.clock, self.wire, self.media = Hands(), Wire(), path.parent
        self.engine = open_engine(f"sqlite:///{path}")
        self.courier = self.employ(0)

    def employ(self, a_minute: int) -> Courier:
        """A courier of that pace."""
        channel: Channel = self.wire  # type: ignore[assignment]
        self.courier = Courier(self.engine, channel, rules(), self.clock, a_minute, self.media)
        return self.courier

    async def puts(self, *names: str, group: int = 1, kind: str = TEXT, **more: Any) -> None:
        """Rows of these texts."""
        values = {"group_id": group, "kind": kind, "priority": Priority.UPDATE, "created_at": BEGIN, **more}
        async with writing(self.engine) as conn:
            for name in names:
                payload = {"text": name, "rows": [], "query": name}
                await conn.execute(t.outbox.insert().values(**values, payload=payload))

    async def claims(self) -> list[str]:
        """The texts that are claimed now, in order."""
        return [row.payload["text"] for row, _ in await self.courier._claim()]

    async def rows(self) -> dict[str, Any]:
        """The outbox by text."""
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            return {r.payload["text"]: r for r in (await conn.execute(select(t.outbox).order_by(t.outbox.c.id))).all()}

    async def group(self, key: int, **values: Any) -> None:
        """A group is changed."""
        async with writing(self.engine) as conn:
            await conn.execute(update(t.group).where(t.group.c.id == key).values(**values))

    async def until(self, state: str, *names: str) -> None:
        """Wait until these rows are in a state."""
        async with asyncio.timeout(10):
            while {(await self.rows())[name].state for name in names} != {state}:  # noqa: ASYNC110 - a table has no event
                await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once."""
    path = tmp_path_factory.mktemp("ground") / "q.db"
    asyncio.run(found(f"sqlite:///{path}"))
    return path


@pytest.fixture
async def post(ground: Path, tmp_path: Path) -> AsyncIterator[Post]:
    """An empty outbox with the demonstration's groups."""
    shutil.copy(ground, tmp_path / "q.db")
    made = Post(tmp_path / "q.db")
    yield made
    await made.engine.dispose()


async def test_what_is_claimed_is_noted_before_it_is_sent(post: Post) -> None:
    """Presses before dispatches before updates; each is claimed once, with the moment and one try more."""
    await post.puts("summary", priority=Priority.SUMMARY)
    await post.puts("update")
    await post.puts("card", priority=Priority.DISPATCH)
    await post.puts("toast", kind=TOAST, priority=Priority.PRESS)
    assert await post.claims() == ["toast", "card", "update", "summary"]
    assert {(r.state, r.attempts, r.sent_at) for r in (await post.rows()).values()} == {("sending", 1, BEGIN)}
    assert await post.claims() == []


LATER, EARLIER = BEGIN + timedelta(seconds=1), BEGIN - timedelta(seconds=1)


@pytest.mark.parametrize(("state", "until", "goes"), [
    ("active", None, True), ("active", EARLIER, True), ("active", BEGIN, True), ("active", LATER, False),
    ("muted", None, False), ("left", None, False), ("left", EARLIER, False),
])  # fmt: skip
async def test_chat_that_is_shut_or_flooded_waits_alone(
    post: Post, state: str, until: datetime | None, goes: bool
) -> None:
    """Another chat goes on; an answer to a press asks nothing of the chat's state, but waits out a flood."""
    await post.group(1, state=state, blocked_until=until)
    await post.puts("here")
    await post.puts("there", group=2)
    await post.puts("toast", kind=TOAST)
    await post.puts("private", kind=TOAST, group=None)  # type: ignore[arg-type]
    toast = ["toast"] if until != LATER else []
    assert sorted(await post.claims()) == sorted([*(["here"] if goes else []), "private", "there", *toast])


@pytest.mark.parametrize(("at", "goes"), [(None, True), (EARLIER, True), (BEGIN, True), (LATER, False)])
async def test_row_that_is_to_be_tried_later_waits(post: Post, at: datetime | None, goes: bool) -> None:
    """Until its moment, and not longer."""
    await post.puts("again", next_try_at=at)
    assert await post.claims() == (["again"] if goes else [])


async def test_chat_gets_no_more_than_its_pace_within_a_minute(post: Post) -> None:
    """Receipts and dispatch cards have a few in reserve, presses are free, another chat has its own budget."""
    post.employ(3)
    await post.puts(*(f"u{n}" for n in range(5)))
    await post.puts(*(f"t{n}" for n in range(9)), kind=TOAST, priority=Priority.PRESS)
    await post.puts("other", group=2)
    assert await post.claims() == [*(f"t{n}" for n in range(9)), "u0", "u1", "u2", "other"]
    await post.puts(*(f"d{n}" for n in range(6)), priority=Priority.DISPATCH)
    assert await post.claims() == [f"d{n}" for n in range(RESERVE)]
    post.clock.at += timedelta(seconds=59)
    assert await post.claims() == []
    post.clock.at += timedelta(seconds=1)
    assert await post.claims() == ["d4", "d5", "u3"]


async def test_pace_is_not_held_by_what_was_sent_before_the_clock_fell_back(post: Post) -> None:
    """Sent at a time that is yet to come again: it counts for no minute."""
    post.employ(3)
    await post.puts(*(f"u{n}" for n in range(5)))
    assert await post.claims() == ["u0", "u1", "u2"]
    post.clock.at -= timedelta(hours=1)
    assert await post.claims() == ["u3", "u4"]


async def test_flood_of_one_chat_leaves_room_for_the_others(post: Post) -> None:
    """So many of one chat at a time; without a pace all the same. Presses are counted beside them."""
    await post.puts(*(f"a{n:02}" for n in range(CLAIM_A_GROUP + 5)))
    await post.puts("b", group=2)
    await post.puts("toast", kind=TOAST)
    claimed = await post.claims()
    assert sorted(claimed) == [*(f"a{n:02}" for n in range(CLAIM_A_GROUP)), "b", "toast"]


async def test_all_is_sent_in_order_and_noted(post: Post) -> None:
    """Through the wire and on disk, each chat in its order."""
    names = [f"n{n}" for n in range(9)]
    await post.puts(*names)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(post.courier.run(Bell()))
        await post.until("sent", *names)
        running.cancel()
    assert post.wire.sent == names
    assert [row.message for row in (await post.rows()).values()] == [f"{n}" for n in range(1, 10)]


@pytest.mark.parametrize(("end", "sent"), [
    (End.RETRY, ["a", "b"]), (End.SHUT, ["a", "b"]), (End.MOVED, ["a", "b"]),
    (End.UNKNOWN, ["a", "b", "c", "d"]), (End.FAILED, ["a", "b", "c", "d"]), (End.GONE, ["a", "b", "c", "d"]),
])  # fmt: skip
async def test_after_a_fault_the_rest_of_the_chat_waits_behind_it(post: Post, end: End, sent: list[str]) -> None:
    """What surely was not sent stops its chat, and counts no try for those behind; another chat goes on."""
    post.wire.answers["b"] = Outcome(end, after=7, chat="-5" if end is End.MOVED else None, why="as the test says")
    await post.puts("a", "b", "c", "d")
    await post.puts("toast", kind=TOAST)
    loads = await post.courier._claim()
    lanes = post.courier._in_lanes(loads)
    assert sorted(len(lane) for lane in lanes) == [1, 4]
    results: list[Any] = []
    post.courier.results.put = lambda result: (results.append(result), result.recorded())  # type: ignore[method-assign, assignment]
    for lane in lanes:
        await post.courier._drive(lane)
    assert [name for name in post.wire.sent if name != "toast"] == sent
    told = {r.row.payload["text"]: r.outcome for r in results}
    behind = [name for name in "cd" if name not in sent]
    assert {(told[name].end, told[name].after, told[name].why) for name in behind} <= {(End.RETRY, 7, "behind another")}
    assert told["toast"].end is End.SENT


async def test_chat_that_hangs_holds_up_no_other_and_is_not_begun_twice(post: Post) -> None:
    """Its next message waits for the first; a press in the same chat does not."""
    post.wire.hangs["slow"] = asyncio.Event()
    bell = Bell()
    await post.puts("slow")
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(post.courier.run(bell))
        await post.until("sending", "slow")
        await post.puts("behind")
        await post.puts("elsewhere", group=2)
        await post.puts("toast", kind=TOAST)
        bell.ring()
        await post.until("sent", "elsewhere", "toast")
        assert (await post.rows())["behind"].state == "pending"
        post.wire.hangs["slow"].set()
        await post.until("sent", "slow", "behind")
        running.cancel()
    assert post.wire.sent.index("slow") < post.wire.sent.index("behind")


async def test_courier_who_closes_ends_what_is_under_way_and_begins_nothing(post: Post) -> None:
    """What comes in meanwhile stays for the next start."""
    post.wire.hangs["slow"] = asyncio.Event()
    bell = Bell()
    await post.puts("slow")
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(post.courier.run(bell))
        await post.until("sending", "slow")
        closing = tasks.create_task(post.courier.finish(5))
        await asyncio.sleep(0)
        await post.puts("late", group=2)
        bell.ring()
        post.wire.hangs["slow"].set()
        await closing
        running.cancel()
    rows = await post.rows()
    assert (rows["slow"].state, rows["late"].state) == ("sent", "pending")
    assert post.wire.sent == ["slow"]


@pytest.mark.parametrize(
    ("outcome", "tries"),
    [
        pytest.param(Outcome(End.RETRY, after=2.0, why="ClientConnectorError"), 40, id="no network"),
        pytest.param(Outcome(End.RETRY, after=1.0, why="retry after 1"), 40, id="flood control"),
        pytest.param(Outcome(End.UNKNOWN, after=2.0, why="the answer was lost"), 8, id="answers lost"),
    ],
)
async def test_what_does_not_arrive_is_tried_again_and_again_later_each_time(
    post: Post, outcome: Outcome, tries: int
) -> None:
    """A network away for half an hour loses no card: it goes out in the minute in which the line is back."""
    await post.puts("card", kind=PostKind.TEXT)
    post.wire.answers["card"] = outcome
    pauses = []
    for _ in range(tries):
        pauses.append(await _tried(post))
        post.clock.at += pauses[-1]
    assert pauses == sorted(pauses)
    if outcome.end is End.RETRY:
        assert pauses[-1] == timedelta(minutes=1)
    del post.wire.answers["card"]
    await post.group(1, blocked_until=None)
    async with _working(post):
        await post.until("sent", "card")


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome(End.RETRY, after=2.0, why="no network"), "failed"), (Outcome(End.UNKNOWN, after=2.0), "unknown")],
)
async def test_what_waits_for_a_day_or_is_in_doubt_nine_times_is_laid_aside(
    post: Post, outcome: Outcome, state: str
) -> None:
    """Then a person decides (`qunban dead`): nobody wants yesterday's words in the morning."""
    more = {"doubts": 8} if state == "unknown" else {"attempts": TRIES, "created_at": BEGIN - timedelta(days=1)}
    await post.puts("card", **more)
    post.wire.answers["card"] = outcome
    async with _working(post):
        await post.until(state, "card")


@pytest.mark.parametrize("shut", [False, True])
async def test_what_lay_there_while_the_program_stood_still_is_tried_as_what_is_new(post: Post, *, shut: bool) -> None:
    """After a weekend without power the network comes a moment later than the bot: nothing is laid aside for that.

    Only where the chat has shut us out nobody waits for it any more.
    """
    await post.puts("card", created_at=BEGIN - timedelta(days=3))
    post.wire.answers["card"] = Outcome(End.SHUT if shut else End.RETRY, after=2.0, why="no network")
    async with _working(post):
        async with asyncio.timeout(10):
            while not post.wire.sent:  # noqa: ASYNC110 - the wire has no event
                await asyncio.sleep(0.01)
        await post.until("failed" if shut else "pending", "card")
        if not shut:
            post.wire.answers["card"] = Outcome(End.SENT, "1")
            post.clock.at += timedelta(seconds=3)
            await post.until("sent", "card")


@pytest.mark.parametrize("kind", sorted(REPEATABLE))
def test_what_is_harmless_twice_waits_no_longer_than_a_minute_however_often_in_doubt(kind: PostKind) -> None:
    """A card is edited in the minute in which answers arrive again."""
    row: Any = SimpleNamespace(kind=kind, attempts=100, doubts=100)
    assert _pause(row, unsure=True) == LONGEST_PAUSE


@asynccontextmanager
async def _working(post: Post) -> AsyncIterator[None]:
    """The courier at work."""
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(post.courier.run(Bell()))
        yield
        work.cancel()


async def _tried(post: Post) -> timedelta:
    """One try; how long the row waits for the next."""
    await post.group(1, blocked_until=None)
    async with _working(post):
        await post.until("pending", "card")
        row = (await post.rows())["card"]
        while row.next_try_at is None or row.next_try_at <= post.clock.at:
            await asyncio.sleep(0.01)
            row = (await post.rows())["card"]
    return row.next_try_at - post.clock.at
