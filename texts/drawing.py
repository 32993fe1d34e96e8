"""Drawings as plain values: what is written where, in which colour. Whoever paints them needs nothing else."""

from dataclasses import dataclass, field

INK, SOFT, FAINT, LINE, PAPER, CARD = "#1d2733", "#5b6775", "#8a95a3", "#e3e8ee", "#f4f6f9", "#ffffff"
BLUE, SKY, GREEN, AMBER, RED = "#2563c9", "#a9c6f2", "#1f9d6b", "#e0921a", "#d13c3c"
MEANS_COLOURS = {"service": GREEN, "management": BLUE, "enforcement": AMBER}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners; pixels from the upper left."""

    x: float
    y: float
    w: float
    h: float
    fill: str
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text: `anchor` l, m or r says which end of it stands at x; y is its middle; `rim` sets it off."""

    x: float
    y: float
    text: str
    size: int
    fill: str = INK
    anchor: str = "l"
    bold: bool = False
    rim: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A line through points, closed and filled where `fill` is given."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 2
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle with a rim."""

    x: float
    y: float
    radius: float
    fill: str
    rim: str = CARD


Shape = Box | Words | Trace | Dot


@dataclass(slots=True)
class Sheet:
    """A picture to be painted."""

    width: int
    height: int
    shapes: list[Shape] = field(default_factory=list)

    def put(self, *shapes: Shape) -> None:
        """Add to the picture, on top of what is there."""
        self.shapes.extend(shapes)

    @property
    def texts(self) -> list[str]:
        """All that is written, in order."""
        return [shape.text for shape in self.shapes if isinstance(shape, Words)]


def wide(text: str, size: float) -> float:
    """About how wide a text stands: a Chinese sign is as wide as it is high."""
    return sum(size if sign > "\u2e7f" else size * (0.3 if sign in " .,:·/()" else 0.58) for sign in text)


def fitted(text: str, size: float, room: float) -> str:
    """The text, cut with … where there is no room."""
    if wide(text, size) <= room:
        return text
    while text and wide(text, size) + size > room:
        text = text[:-1]
    return text + "…"
