"""Telegram's walls: 20 messages a minute in a group, 30 a second over all."""

import math
from collections import defaultdict, deque

from playground.errors import Refusal

A_MINUTE, A_SECOND = 20, 30


class Pace:
    """Counts what was sent."""

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self._chats: dict[int, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()

    def spend(self, chat: int, now: float, *, group: bool, count: int = 1) -> None:
        """So many messages or edits more. Raises Refusal 429 where they do not all fit."""
        if not self.on:
            return
        if group:
            _fit(self._chats[chat], count, A_MINUTE, 60, now)
        _fit(self._all, count, A_SECOND, 1, now)
        if group:
            self._chats[chat].extend([now] * count)
        self._all.extend([now] * count)


def _fit(sent: deque[float], count: int, limit: int, seconds: float, now: float) -> None:
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    over = len(sent) + count - limit
    if over > 0:
        after = max(1, math.ceil(sent[min(over, len(sent)) - 1] + seconds - now))
        raise Refusal(429, f"Too Many Requests: retry after {after}", retry_after=after)
