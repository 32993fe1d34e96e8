"""The atlas of a district: what lies where, put together from maps, gazetteers and the register of shops."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.areas import Area, Areas
from geo.finding import Hit, beside_it, find
from geo.gazetteer import Entry
from geo.geojson import sheet
from geo.phrases import Phrase, beside
from geo.roads import NUMBERED, Roads
from geo.spots import Spot, Spots
from models.plain import plain, simplified
from models.said import Point

NEAR_ROAD, NEAR_SPOT = 120.0, 60.0


@dataclass
class Atlas:
    """What lies where, WGS-84. Add everything first; the trees are made when the first question comes."""

    squads: dict[str, str] = field(default_factory=dict)
    """Whose beat a street is, where its area on the map does not say."""
    spots: Spots = field(default_factory=Spots)
    _streets: list[Area] = field(default_factory=list)
    _grids: list[Area] = field(default_factory=list)
    _lines: list[tuple[str, BaseGeometry]] = field(default_factory=list)
    _houses: list[tuple[str, Point]] = field(default_factory=list)
    _made: tuple[Areas, Areas, Roads] | None = None

    @classmethod
    def from_geojson(cls, collection: Any, datum: str = "WGS-84") -> "Atlas":
        """Build from one FeatureCollection. Raises ValueError."""
        atlas = cls()
        atlas.add_map(collection, datum)
        return atlas

    # --- putting together --------------------------------------------------------------------------------------------

    def add_map(self, collection: Any, datum: str = "WGS-84") -> None:
        """Streets, grids, roads and places of a FeatureCollection. Raises ValueError."""
        found = sheet(collection, datum)
        self._streets += found.streets
        self._grids += found.grids
        self._lines += found.roads
        self.spots.reserve(name for name, _ in found.roads)
        self.add_entries(found.spots)
        self._made = None

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Places with their other names."""
        for spot, names in entries:
            self.spots.add(spot, names)
            self._note_house(spot.name, spot.point)

    def add_spots(self, named: Iterable[tuple[str, Point]]) -> None:
        """Shops and their addresses with their points."""
        for name, point in named:
            self.spots.add(Spot(name, point, "house" if NUMBERED.search(plain(name)) else "shop"))
            self._note_house(name, point)

    def _note_house(self, name: str, point: Point) -> None:
        address = plain(name)
        if NUMBERED.search(address):
            self._houses.append((address, point))
            self._made = None

    def _all(self) -> tuple[Areas, Areas, Roads]:
        if self._made is None:
            roads = Roads(self._lines)
            for address, point in self._houses:
                roads.number(address, point)
            self._made = Areas(self._streets), Areas(self._grids), roads
        return self._made

    # --- asking ------------------------------------------------------------------------------------------------------

    @property
    def streets(self) -> Areas:
        """The streets (街道)."""
        return self._all()[0]

    @property
    def grids(self) -> Areas:
        """The grids (单元网格)."""
        return self._all()[1]

    @property
    def lines(self) -> list[tuple[str, BaseGeometry]]:
        """The lines of the roads, by name."""
        return self._lines

    @property
    def roads(self) -> Roads:
        """The roads."""
        return self._all()[2]

    def street_at(self, point: Point) -> str | None:
        """The street (街道) whose area holds the point."""
        found = self.streets.at(point)
        return found.name if found else None

    def grid_at(self, point: Point) -> str | None:
        """The grid (单元网格) whose area holds the point."""
        found = self.grids.at(point)
        return found.name if found else None

    def nearest_road(self, point: Point, within: float = NEAR_ROAD) -> str | None:
        """The nearest road within so many metres."""
        return self.roads.nearest(point, within)

    def nearest_name(self, point: Point) -> str | None:
        """What a point is near: a road, else a named place."""
        spot = None if (road := self.nearest_road(point)) else self.spots.near(point, NEAR_SPOT)
        return road or (spot.name if spot else None)

    def find(self, words: str, *, sure: bool = False) -> Hit | None:
        """Where the words of a place are; with `sure` only by a name that stands there as it is.

        Looked up in simplified signs and figures, then as they are written: so may the map be.
        """
        hits = (find(form, self.roads, self.spots, sure=sure) for form in dict.fromkeys((plain(words), words)))
        return next((hit for hit in hits if hit is not None), None)

    def beside(self, point: Point, phrase: Phrase) -> Point:
        """The point that a phrase says to be so far from another."""
        return beside_it(point, phrase, self.roads)

    def mention(self, words: str) -> str:
        """The known place that a whole message names, with what says how far from it; empty if it names none."""
        forms = dict.fromkeys((simplified(words), words))
        return next((words[a:b] for form in forms for a, b in self._mentioned(form)), "")

    def _mentioned(self, form: str) -> Iterator[tuple[int, int]]:
        name = self.spots.inside(form)
        if name is not None and not name.wide and name.kind != "road" and (start := form.find(name.name)) >= 0:
            end = start + len(name.name)
            yield start, end + len(beside(simplified(form[end:])))

    def look_up(self, text: str) -> tuple[str, Point] | None:
        """A known place named in a few words already cut out of a message."""
        hit = self.find(text)
        return (hit.name, hit.point) if hit and hit.point else None
