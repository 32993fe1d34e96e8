"""The door of the writers: one at a time, who is waited for first, nobody for ever; who gives up holds up nobody."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.door import Door, Turn


class Queue:
    """Some who stand at a door, and the order in which they went in."""

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self.door, self.tasks = Door(), tasks
        self.order: list[str] = []
        self.inside = 0

    async def comes(self, name: str, turn: Turn) -> asyncio.Task[None]:
        """Another one."""
        task = self.tasks.create_task(self._enter(name, turn))
        await asyncio.sleep(0)
        return task

    async def _enter(self, name: str, turn: Turn) -> None:
        async with self.door.entered(turn):
            self.inside += 1
            assert self.inside == 1, "two are inside"
            self.order.append(name)
            try:
                await asyncio.sleep(0)
            finally:
                self.inside -= 1


async def test_who_is_waited_for_goes_first_and_of_the_same_who_came_first() -> None:
    """Behind one who is inside the others go by their turn, not by when they came."""
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        queue = Queue(tasks)
        async with queue.door.entered():
            for name, turn in (
                ("alarm", Turn.LATER), ("work", Turn.DONE), ("more work", Turn.DONE), ("claim", Turn.SENT),
                ("heard", Turn.HEARD), ("another alarm", Turn.LATER),
            ):  # fmt: skip
                await queue.comes(name, turn)
            assert queue.order == []
    assert queue.order == ["heard", "claim", "work", "more work", "alarm", "another alarm"]


async def test_who_waited_long_is_let_in_before_who_just_came() -> None:
    """An alarm's patience is a quarter of a second; then it goes before what is heard."""
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        queue = Queue(tasks)
        async with queue.door.entered():
            await queue.comes("alarm", Turn.LATER)
            await asyncio.sleep(Turn.LATER.value + 0.01)
            await queue.comes("heard", Turn.HEARD)
    assert queue.order == ["alarm", "heard"]


@pytest.mark.parametrize("when", ["waiting", "let in"])
async def test_who_gives_up_does_not_keep_the_door(when: str) -> None:
    """Whether it still waited or was just let in."""
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        queue = Queue(tasks)
        async with queue.door.entered():
            gone = await queue.comes("gone", Turn.HEARD)
            await queue.comes("next", Turn.LATER)
            if when == "waiting":
                gone.cancel()
                await asyncio.sleep(0)
        if when == "let in":
            gone.cancel()
        await asyncio.wait([gone])
        await queue.comes("last", Turn.LATER)
    assert queue.order == ["next", "last"]


@given(st.lists(st.tuples(st.sampled_from(Turn), st.booleans()), max_size=12))
def test_everybody_who_stays_gets_in_once(crowd: list[tuple[Turn, bool]]) -> None:
    """Whoever gives up when, the door is free in the end."""

    async def story() -> None:
        async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
            queue, stay = Queue(tasks), []
            for number, (turn, gives_up) in enumerate(crowd):
                task = await queue.comes(str(number), turn)
                if gives_up:
                    task.cancel()
                else:
                    stay.append(str(number))
        assert set(stay) <= set(queue.order)
        assert len(queue.order) == len(set(queue.order))
        async with asyncio.timeout(1), queue.door.entered():
            pass

    asyncio.run(story())
