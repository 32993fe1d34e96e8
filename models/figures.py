"""The figures of a period, as plain values that chat, web and paper show alike."""

from dataclasses import dataclass, field
from datetime import date, datetime

Tops = tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a whole; None where there is no whole."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """From 0 to 1."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Times:
    """Minutes from opening on, of so many tickets: the middle one, and the one that nine of ten do not pass."""

    count: int = 0
    median: float | None = None
    ninth: float | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """What an officer has: taken and not done, done in the period, past its deadline."""

    officer: int
    name: str = field(repr=False)
    held: int
    resolved: int
    backlog: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that was told of more than once; WGS-84, the middle of its points."""

    name: str
    count: int
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a period. `numbers` and `rates` bear the names of models/numbers.py."""

    start: datetime
    end: datetime
    numbers: dict[str, int]
    rates: dict[str, Rate]
    times: dict[str, Times]
    before: dict[str, int] = field(default_factory=dict)
    rates_before: dict[str, Rate] = field(default_factory=dict)
    late: Tops = ()
    squads: Tops = ()
    matters: Tops = ()
    places: tuple[Spot, ...] = ()
    officers: tuple[Load, ...] = ()
    days: dict[date, tuple[int, int]] = field(default_factory=dict)
    """Opened and closed by day of the bureau."""
    hours: tuple[tuple[int, ...], ...] = ()
    """Opened, Monday to Sunday, each by hour of the day."""
