"""A circuit breaker: after some failures in a row nobody is asked for a while, then one try shows how it stands."""

from datetime import datetime, timedelta


class Breaker:
    """Counts what became of the asking; lives in memory, for a fresh start may try afresh."""

    def __init__(self, after: int, rest: timedelta) -> None:
        self.after, self.rest = after, rest
        self.failures = 0
        self._until: datetime | None = None

    def lets(self, now: datetime) -> bool:
        """Whether one may ask now; of those who come after the rest the first may, the others rest once more."""
        if self._until is None:
            return True
        if now < self._until:
            return False
        self._until = now + self.rest
        return True

    def note(self, now: datetime, *, well: bool) -> bool:
        """What became of an asking; True where this opened the breaker, or kept it open."""
        self.failures = 0 if well else self.failures + 1
        self._until = now + self.rest if self.failures >= self.after else None
        return self._until is not None
