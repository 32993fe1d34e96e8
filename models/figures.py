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
class Order:
    """Squads are put in order by a rate (models.numbers.rates), the highest or the lowest first."""

    rate: str
    lowest: bool = False


@dataclass(frozen=True, slots=True)
class Ranking(Order):
    """In that order, each squad that there is something to divide of."""

    squads: tuple[tuple[str, Rate], ...] = ()


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

    @property
    def load(self) -> int:
        """What the period gave to do: done, or in hand."""
        return self.held + self.resolved


@dataclass(frozen=True, slots=True)
class OfSquad:
    """What came to a squad in the period, and what it has open and overdue now; None is what has no squad yet."""

    squad: str | None
    opened: int
    open: int
    late: int


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
    open: Tops = ()
    matters: Tops = ()
    places: tuple[Spot, ...] = ()
    officers: tuple[Load, ...] = ()
    days: dict[date, tuple[int, int]] = field(default_factory=dict)
    """Opened and closed by day of the bureau."""
    hours: tuple[tuple[int, ...], ...] = ()
    """Opened, Monday to Sunday, each by hour of the day."""
    ranking: Ranking | None = None
    """Where it was asked for."""

    @property
    def by_squad(self) -> list[OfSquad]:
        """Squad by squad, the busiest first."""
        opened, standing, late = dict(self.squads), dict(self.open), dict(self.late)
        names = sorted({*opened, *standing, *late}, key=lambda name: (-opened.get(name, 0), name is None, name or ""))
        return [OfSquad(name, opened.get(name, 0), standing.get(name, 0), late.get(name, 0)) for name in names]
