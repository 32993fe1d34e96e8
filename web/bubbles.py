"""The server's drawing of the map: which tickets are one bubble, and where names stand so that both can be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot, log2
from typing import Any

CELL = 70
"""As wide as a bubble of many."""
ALONE, GAP, HIGH_LINE, SIGN = 9.0, 2, 17, 14
TRIES = 9
"""So many lines above or below its middle the name of a street's area may stand, where bubbles leave no room."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Tickets that stand together on the drawing; `number` is the one where there is one alone."""

    x: float
    y: float
    count: int
    number: int
    late: bool

    @property
    def radius(self) -> float:
        """Room for its number; of many a little more."""
        return ALONE if self.count == 1 else round(14 + 2.4 * log2(self.count), 1)

    def with_(self, other: "Spot") -> "Spot":
        """Both as one, at the middle of all their tickets."""
        count = self.count + other.count
        x, y = ((a * self.count + b * other.count) / count for a, b in ((self.x, other.x), (self.y, other.y)))
        return Spot(round(x, 1), round(y, 1), count, self.number, self.late or other.late)

    def meets(self, other: "Spot") -> bool:
        """Whether one lies on the other."""
        return hypot(self.x - other.x, self.y - other.y) < self.radius + other.radius + GAP


def spots(points: Iterable[tuple[float, float, Any]]) -> list[Spot]:
    """Tickets as bubbles, none on another: by the cells of a grid, and what still meets is one."""
    cells: dict[tuple[int, int], Spot] = {}
    for x, y, row in points:
        one, key = Spot(x, y, 1, row.id, bool(row.late)), (int(x // CELL), int(y // CELL))
        cells[key] = cells[key].with_(one) if key in cells else one
    apart: list[Spot] = []
    for spot in cells.values():
        merged = spot
        while (other := next((one for one in apart if one.meets(merged)), None)) is not None:
            apart.remove(other)
            merged = merged.with_(other)
        apart.append(merged)
    return apart


Name = tuple[float, float, str]
Wanted = tuple[float, float, str, int]
"""A name, where it belongs, and by how many lines it may stand aside."""
Box = tuple[float, float, float, float]


def names(wanted: Iterable[Wanted], bubbles: list[Spot], wide: float) -> list[Name]:
    """Each name where it belongs, else on the nearest line that no bubble and no name lies on, else not at all."""
    taken: list[Box] = []
    found: list[Name] = []
    for x, y, name, tries in wanted:
        half = len(name) * SIGN / 2
        inside = min(max(x, half), max(wide - half, half))
        for line in _lines(y, tries):
            box = (inside - half, line - SIGN, inside + half, line + GAP)
            if not any(_covers(one, box) for one in bubbles) and not any(_cross(box, one) for one in taken):
                taken.append(box)
                found.append((round(inside, 1), round(line, 1), name))
                break
    return found


def _lines(y: float, tries: int) -> Iterator[float]:
    yield y
    for step in range(1, tries + 1):
        yield y + step * HIGH_LINE
        yield y - step * HIGH_LINE


def _covers(spot: Spot, box: Box) -> bool:
    x, y = min(max(spot.x, box[0]), box[2]), min(max(spot.y, box[1]), box[3])
    return hypot(spot.x - x, spot.y - y) < spot.radius


def _cross(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
