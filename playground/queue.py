"""The queue of updates: numbered, kept until confirmed, handed to one long poll or to a webhook."""

import asyncio
from collections import deque
from typing import Any

Json = dict[str, Any]
NEVER_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class UpdateQueue:
    """Updates that the bot has not confirmed."""

    def __init__(self) -> None:
        self.pending: deque[Json] = deque()
        self.next_id = 500_000_001
        self.allowed: list[str] = []
        self.webhook: Json | None = None
        self.arrived = asyncio.Event()
        self._turn = 0
        self.replaced = asyncio.Event()

    def put(self, kind: str, content: Any) -> None:
        """A new update, unless the bot does not want its kind."""
        if kind not in self.allowed if self.allowed else kind in NEVER_BY_DEFAULT:
            return
        self.pending.append({"update_id": self.next_id, kind: content})
        self.next_id += 1
        self.arrived.set()

    def confirm(self, offset: int) -> None:
        """Forget what lies before the offset; a negative one keeps so many of the last."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
            return
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()

    def take_turn(self) -> int:
        """A new poller: the elder one is told to go."""
        self._turn += 1
        self.replaced.set()
        self.replaced = asyncio.Event()
        return self._turn

    def mine(self, turn: int) -> bool:
        """True while no younger poller came."""
        return turn == self._turn

    async def wait(self, turn: int, seconds: float) -> bool:
        """Wait for updates; False where a younger poller took over."""
        if self.pending or seconds <= 0:
            return self.mine(turn)
        self.arrived.clear()
        gone = self.replaced
        waits = [asyncio.ensure_future(event.wait()) for event in (self.arrived, gone)]  # noqa: TID251 - both end here
        _, left = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in left:
            wait.cancel()
        return self.mine(turn)
