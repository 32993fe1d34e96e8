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

    def spend(self, chat: int, now: float, *, group: bool) -> None:
        """One more message or edit. Raises Refusal 429."""
        if not self.on:
            return
        if group:
            self._count(self._chats[chat], A_MINUTE, 60, now)
        self._count(self._all, A_SECOND, 1, now)
        if group:
            self._chats[chat].append(now)
        self._all.append(now)

    @staticmethod
    def _count(sent: deque[float], limit: int, seconds: float, now: float) -> None:
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        if len(sent) >= limit:
            after = max(1, math.ceil(sent[0] + seconds - now))
            raise Refusal(429, f"Too Many Requests: retry after {after}", retry_after=after)
