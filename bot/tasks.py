"""The one spawner of tasks: a task that dies takes the program down with it, and says why."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.faults import named

log = structlog.get_logger()


class Tasks:
    """The program's tasks, each with a name."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self.ended = asyncio.Event()
        self.error: BaseException | None = None

    def spawn(self, name: str, work: Coroutine[Any, Any, Any], *, may_end: bool = False) -> asyncio.Task[Any]:
        """Start a task. Its death, and its end unless it may end, ends the program."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - the one place
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._done(done, may_end=may_end))
        return task

    def _done(self, task: asyncio.Task[Any], *, may_end: bool) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self.error = self.error or error
            log.error("task died", task=task.get_name(), error=named(error))
        if error is not None or not may_end:
            self.ended.set()

    async def stop(self) -> None:
        """Cancel what still runs and wait for it."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
