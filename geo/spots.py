"""Names of the city and where they are: estates, schools, stops, shops; found by name, nickname, or with a slip."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

import ahocorasick
from rapidfuzz import fuzz, process
from shapely import STRtree
from shapely.geometry import Point as Dot

from geo.plane import Plane
from models.metres import metres
from models.said import Point
from models.trades import stem as stem_of

ALIKE = 85
APART = 120.0
"""Metres by which two places of one name may differ and still be one."""
SHORTEST = 3
"""Signs of a name that may stand inside other words."""
TELLING = set("0123456789东西南北中一二三四五六七八九十上下左右前后新老大小内外甲乙丙丁AB")
"""Signs that tell two neighbours apart: a slip is never among them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A named place, WGS-84, radius of doubt in metres. A wide one (a district, a 街道) says nothing of where in it."""

    name: str
    point: Point
    kind: str = "place"

    @property
    def wide(self) -> bool:
        """True where it is an area of the administration rather than a place."""
        return self.kind in {"district", "street"}


class Spots:
    """All names. What is ambiguous is not found."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Spot]] = defaultdict(list)
        self._nicks: dict[str, set[str]] = {}
        self._by_edge: dict[tuple[int, str], list[str]] = {}
        self._inside: Any = None
        self._reserved: set[str] = set()
        self._tree, self._dots, self._plane = STRtree([]), list[Spot](), Plane()

    def __len__(self) -> int:
        return len(self._by_name)

    def add(self, spot: Spot, names: Iterable[str] = ()) -> None:
        """A place, under its name and others."""
        for name in dict.fromkeys((spot.name, *names)):
            if name:
                self._by_name[name].append(spot)
        self._inside = None

    def reserve(self, names: Iterable[str]) -> None:
        """Names of roads: what begins one of them is nobody's nickname."""
        self._reserved.update(names)
        self._inside = None

    def _index(self) -> None:
        """Made when the first name is looked up after names were added."""
        nicks: dict[str, set[str]] = defaultdict(set)
        edges: dict[tuple[int, str], list[str]] = defaultdict(list)
        inside = ahocorasick.Automaton()
        for name, spots in self._by_name.items():
            stem = stem_of(name)
            if len(stem) > 1 and stem != name and spots[0].kind == "shop":
                nicks[stem].add(name)
            for edge in _edges(name):
                edges[len(name), edge].append(name)
            if len(name) >= SHORTEST:
                inside.add_word(name, name)
        if len(inside):
            inside.make_automaton()
        every = sorted({*self._by_name, *self._reserved})
        self._nicks = {nick: names for nick, names in nicks.items() if not _begins_another(nick, names, every)}
        self._by_edge, self._inside = edges, inside
        self._dots = [spots[0] for spots in self._by_name.values() if not spots[0].wide]
        self._plane = Plane(self._dots[0].point.lat) if self._dots else Plane()
        self._tree = STRtree([Dot(self._plane.xy(spot.point)) for spot in self._dots])

    def exact(self, words: str) -> Spot | None:
        """The one place of that name or alias."""
        return _one(self._by_name.get(words, ()))

    def nick(self, words: str) -> Spot | None:
        """The one shop that people call so: 邱记 for 邱记便利店."""
        self._ready()
        names = self._nicks.get(words, set())
        return _one([spot for name in names for spot in self._by_name[name]])

    def inside(self, words: str) -> Spot | None:
        """The longest name that stands somewhere in the words; a wide one only where no other does."""
        self._ready()
        if not len(self._inside):
            return None
        names = {name for _, name in self._inside.iter(words)}
        hits = [(len(name), spot) for name in names if (spot := self.exact(name))]
        return max(hits, key=lambda hit: (not hit[1].wide, hit[0]), default=(0, None))[1]

    def alike(self, words: str) -> Spot | None:
        """The one name that differs by a slip of the pen; the first or the last sign is right."""
        self._ready()
        lengths = range(len(words) - 1, len(words) + 2)
        near = {name for n in lengths for edge in _edges(words) for name in self._by_edge.get((n, edge), ())}
        hits = process.extract(words, near, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3) if words else []
        best = [name for name, score, _ in hits if score == hits[0][1] and not _told_apart(words, name)]
        return _one([spot for name in best for spot in self._by_name[name]])

    def near(self, point: Point, within: float) -> Spot | None:
        """The nearest place within so many metres that is not wide."""
        self._ready()
        if not self._dots:
            return None
        spot = self._dots[int(self._tree.nearest(Dot(self._plane.xy(point))))]
        return spot if metres(point, spot.point) <= within else None

    def _ready(self) -> None:
        if self._inside is None:
            self._index()


def _one(spots: Iterable[Spot]) -> Spot | None:
    """The first of places that are all at one place; None where they are not."""
    held = list(spots)
    if not held or any(metres(held[0].point, spot.point) > APART for spot in held[1:]):
        return None
    return held[0]


def _edges(name: str) -> tuple[str, ...]:
    return (f"^{name[0]}", f"{name[-1]}$") if name else ()


def _begins_another(nick: str, names: set[str], every: list[str]) -> bool:
    """「凤鸣」 may be the shop or the road: then it is neither."""
    at = bisect_left(every, nick)
    begun = takewhile(lambda name: name.startswith(nick), islice(every, at, None))
    return any(name not in names for name in begun)


def _told_apart(words: str, name: str) -> bool:
    mine, theirs = Counter(words), Counter(name)
    return bool(((mine - theirs) + (theirs - mine)).keys() & TELLING)
