"""What the page is told: one stream of numbered events, replayable for a while."""

import asyncio
from collections import deque
from typing import Any

KEPT = 2000


class Events:
    """Numbered events and who listens to them."""

    def __init__(self) -> None:
        self.kept: deque[tuple[int, dict[str, Any]]] = deque(maxlen=KEPT)
        self.number = 0
        self._bells: set[asyncio.Event] = set()

    def tell(self, event: dict[str, Any]) -> None:
        """A new event, to all who listen."""
        self.number += 1
        self.kept.append((self.number, event))
        for bell in self._bells:
            bell.set()

    def since(self, number: int) -> list[tuple[int, dict[str, Any]]]:
        """What came after that number."""
        return [pair for pair in self.kept if pair[0] > number]

    def listen(self) -> asyncio.Event:
        """A bell that rings at every event."""
        bell = asyncio.Event()
        self._bells.add(bell)
        return bell

    def leave(self, bell: asyncio.Event) -> None:
        """Listen no more."""
        self._bells.discard(bell)
