"""Two programs poll with one token, each puts the other out in turn, and Telegram tells both: which one has to go.

Neither sees the other. But who came second is put out within moments of its first question, for the first one comes
back after its pause; who was there before has asked undisturbed for longer. The longest such time is a program's rank,
and by its rank it bears more conflicts, so that the newcomer leaves first.
"""

import time
from collections import deque

PAUSE_SECONDS = 3.0
"""After a conflict."""
YOUNG_SECONDS = 6.0
"""A rival that is there already comes back within its pause; so long undisturbed means that nobody was."""
OLD_SECONDS = 60.0
WINDOW_SECONDS = 240.0
"""Conflicts of that time count: a busy chat answers now and then between them, and a passing one is forgotten."""
YOUNGS, ELDERS, OLDS = 3, 12, 24


class Rivalry:
    """What one program knows of it."""

    def __init__(self) -> None:
        self._conflicts: deque[float] = deque()
        self._since: float | None = None
        self._rank = 0.0

    def asks(self) -> None:
        """It begins to ask, or goes on."""
        if self._since is None:
            self._since = time.monotonic()

    def cut_off(self) -> None:
        """The network is away: that is no time in which it was heard."""
        self._since = None

    def put_out(self) -> bool:
        """Another one asks; whether it is ours to go."""
        now = time.monotonic()
        self._rank = max(self._rank, now - (self._since or now))
        self._since = None
        self._conflicts.append(now)
        while now - self._conflicts[0] > WINDOW_SECONDS:
            self._conflicts.popleft()
        return len(self._conflicts) > self._patience()

    def _patience(self) -> int:
        if self._rank > OLD_SECONDS:
            return OLDS
        return ELDERS if self._rank > YOUNG_SECONDS else YOUNGS
