"""The door to a database that one writer at a time may enter: who is waited for goes first, nobody waits for ever."""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum


class Turn(float, Enum):
    """Whose turn it is to write: so many seconds each lets others go first who come after it.

    What was heard must be on disk before more is fetched, and takes two milliseconds; then receipts are waited for.
    """

    HEARD = 0.0
    SENT = 0.005
    DONE = 0.01
    LATER = 0.25


class Door:
    """Lets in one at a time: of those who wait the one whose patience ends first."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._came = 0

    @asynccontextmanager
    async def entered(self, turn: Turn = Turn.LATER) -> AsyncIterator[None]:
        """Inside, alone."""
        await self._enter(turn)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, turn: Turn) -> None:
        if not self._taken:
            self._taken = True
            return
        loop = asyncio.get_running_loop()
        opened = loop.create_future()
        self._came += 1
        heapq.heappush(self._waiting, (loop.time() + turn.value, self._came, opened))
        try:
            await opened
        except asyncio.CancelledError:
            if opened.done() and not opened.cancelled():
                self._leave()
            raise

    def _leave(self) -> None:
        while self._waiting:
            _, _, opened = heapq.heappop(self._waiting)
            if not opened.done():
                opened.set_result(None)
                return
        self._taken = False
