"""Roads: their lines, the house numbers known on them, where two of them meet."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from shapely import STRtree, line_merge, transform, union_all
from shapely.geometry import Point as Spot
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geo.plane import Plane
from models.metres import metres
from models.said import Point

KINDS = "大道|大街|路|街|巷|弄"
ROAD = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9]{{1,10}}?(?:{KINDS})")
NUMBERED = re.compile(rf"(?P<road>[\u4e00-\u9fffA-Za-z0-9]{{1,12}}?(?:{KINDS}))(?P<number>\d{{1,4}})(?:-\d{{1,3}})?号")
MEETS = 60.0
"""Metres by which two lines may miss each other where the roads meet."""
BEYOND = 12
"""House numbers past the last known one that are still near it."""
A_NUMBER = 6.0
"""Metres of doubt for each house number away from a known one."""


class Roads:
    """The roads of the map and of addresses, by name."""

    def __init__(self, lines: Iterable[tuple[str, BaseGeometry]] = ()) -> None:
        lines = list(lines)
        latitude = lines[0][1].centroid.y if lines else 34.6
        self.plane = Plane(latitude)
        parts: dict[str, list[BaseGeometry]] = defaultdict(list)
        for name, line in lines:
            parts[name].append(transform(line, self.plane.flat))
        self._lines = {name: _joined(pieces) for name, pieces in parts.items()}
        self._names = list(self._lines)
        self._tree = STRtree(list(self._lines.values()))
        self._numbers: dict[str, dict[int, Point]] = defaultdict(dict)

    def number(self, address: str, point: Point) -> None:
        """A house of which it is known where it stands; the first word counts."""
        found = NUMBERED.search(address)
        if found:
            self._numbers[found["road"]].setdefault(int(found["number"]), point)

    def names(self) -> set[str]:
        """Every road that can be found."""
        return {*self._lines, *self._numbers}

    def known(self, words: str) -> str | None:
        """The road that words end in: 「海州区凤鸣路」 is 凤鸣路."""
        return next((words[at:] for at in range(len(words)) if self.has(words[at:])), None)

    def has(self, name: str) -> bool:
        """True for a road that can be found."""
        return name in self._lines or name in self._numbers

    def nearest(self, point: Point, within: float) -> str | None:
        """The nearest road within so many metres."""
        if not self._names:
            return None
        spot = Spot(self.plane.xy(point))
        index = int(self._tree.nearest(spot))
        return self._names[index] if self._lines[self._names[index]].distance(spot) <= within else None

    def foot(self, point: Point, within: float) -> Point | None:
        """The nearest point on any road within so many metres."""
        name = self.nearest(point, within)
        if name is None:
            return None
        on_line, _ = nearest_points(self._lines[name], Spot(self.plane.xy(point)))
        return self.plane.back(on_line.x, on_line.y)

    def meet(self, one: str, other: str) -> Point | None:
        """Where two roads meet; None where either has no line or they stay apart."""
        first, second = self._lines.get(one), self._lines.get(other)
        if first is None or second is None or first.distance(second) > MEETS:
            return None
        a, b = nearest_points(first, second)
        crossing = first.intersection(second)
        spread = crossing.length + 2 * crossing.centroid.hausdorff_distance(crossing) if not crossing.is_empty else 0.0
        middle = crossing.centroid if not crossing.is_empty else Spot((a.x + b.x) / 2, (a.y + b.y) / 2)
        return self.plane.back(middle.x, middle.y, 40 + spread / 2 + a.distance(b))

    def whole(self, name: str) -> Point | None:
        """A road as a place: its middle, with half its length as radius."""
        line = self._lines.get(name)
        if line is None:
            return None
        middle = line.interpolate(0.5, normalized=True) if line.geom_type == "LineString" else line.centroid
        return self.plane.back(middle.x, middle.y, max(50.0, middle.hausdorff_distance(line)))

    def house(self, road: str, number: int) -> Point | None:
        """Where a house number should stand, between the known ones of its side, else of both sides."""
        known = self._numbers.get(road, {})
        if number in known:
            return Point(known[number].lat, known[number].lon, radius=30)
        side = {n: p for n, p in known.items() if n % 2 == number % 2}
        return _between(side, number) or _between(known, number) or _past(known, number)


def _joined(pieces: list[BaseGeometry]) -> BaseGeometry:
    whole = union_all(pieces)
    return line_merge(whole) if whole.geom_type == "MultiLineString" else whole


def _between(known: dict[int, Point], number: int) -> Point | None:
    for low, high in pairwise(sorted(known)):
        if low < number < high:
            a, b, share = known[low], known[high], (number - low) / (high - low)
            doubt = 30 + A_NUMBER * min(number - low, high - number)
            lat, lon = a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share
            return Point(lat, lon, radius=min(doubt, 30 + metres(a, b) / 2))
    return None


def _past(known: dict[int, Point], number: int) -> Point | None:
    near = min(known, key=lambda n: abs(n - number), default=None)
    if near is None or abs(near - number) > BEYOND:
        return None
    return Point(known[near].lat, known[near].lon, radius=40 + 2 * A_NUMBER * abs(near - number))
