"""The one clock: everything asks here what time it is, so that tests can say it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may ask the machine


class Remembering:
    """A clock that knows the latest time it has told: what was put off by that waits until it comes again."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.latest: datetime | None = None

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        now = self.clock.now()
        self.latest = now if self.latest is None else max(self.latest, now)
        return now

    def forget(self) -> None:
        """What was told before is of no account any more."""
        self.latest = None


def aware(moment: datetime) -> datetime:
    """The same moment in UTC; naive times are refused with ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone was given: {moment!r}")
    return moment.astimezone(UTC)
