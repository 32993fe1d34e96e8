"""The queue of updates: numbered, kept until confirmed, handed to one long poll or to a webhook."""

import asyncio
from collections import deque
from typing import Any

Json = dict[str, Any]
NEVER_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
RIVAL = "terminated by other getUpdates request; make sure that only one bot instance is running"


class UpdateQueue:
    """Updates that the bot has not confirmed."""

    def __init__(self) -> None:
        self.pending: deque[Json] = deque()
        self.next_id = 500_000_001
        self.allowed: list[str] = []
        self.webhook: Json | None = None
        self.arrived = asyncio.Event()
        self._turn = 0
        self._replaced = asyncio.Event()
        self.why = RIVAL

    def put(self, kind: str, content: Any) -> None:
        """A new update, unless the bot does not want its kind."""
        if not self.wants(kind):
            return
        self.pending.append({"update_id": self.next_id, kind: content})
        self.next_id += 1
        self.arrived.set()

    def wants(self, kind: str) -> bool:
        """True where the bot asked for this kind; before it asked, for all but a few."""
        return kind in self.allowed if self.allowed else kind not in NEVER_BY_DEFAULT

    def allow(self, kinds: Any) -> None:
        """What the bot wants from now on; an empty list is the usual kinds, anything but a list changes nothing."""
        if isinstance(kinds, list):
            self.allowed = [str(kind) for kind in kinds]

    def confirm(self, offset: int) -> None:
        """Forget what lies before the offset; a negative one keeps so many of the last."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
            return
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()

    def take_turn(self, why: str = RIVAL) -> int:
        """A new poller, or a webhook: the elder poller is told why it must go."""
        self._turn += 1
        self.why = why
        self._replaced.set()
        self._replaced = asyncio.Event()
        return self._turn

    def mine(self, turn: int) -> bool:
        """True while no younger poller came."""
        return turn == self._turn

    async def wait(self, turn: int, seconds: float) -> bool:
        """Wait for updates; False where a younger poller took over."""
        if self.pending or seconds <= 0:
            return self.mine(turn)
        self.arrived.clear()
        bells = (self.arrived, self._replaced)
        waits = [asyncio.ensure_future(bell.wait()) for bell in bells]  # noqa: TID251 - both end here
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return self.mine(turn)
