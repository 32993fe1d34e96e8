"""The atlas of a district: streets and grids (areas), roads (lines), places and shops (points), from GeoJSON."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process
from shapely import STRtree
from shapely.errors import ShapelyError
from shapely.geometry import Point as Spot
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from models.said import Point

DEGREE = 111_320.0
ALIKE = 85
NUMBERED = re.compile(r"(\S+?(?:路|街|大道|巷))(\d{1,4})号")


@dataclass(frozen=True, slots=True)
class Named:
    """A named thing on the map."""

    name: str
    geometry: BaseGeometry


@dataclass(slots=True)
class Atlas:
    """What lies where. Names are unique among places; the first of two wins."""

    streets: list[Named] = field(default_factory=list)
    grids: list[Named] = field(default_factory=list)
    roads: list[Named] = field(default_factory=list)
    spots: dict[str, Point] = field(default_factory=dict)
    _road_tree: STRtree | None = None

    @classmethod
    def from_geojson(cls, collection: dict[str, Any]) -> "Atlas":
        """Build from a FeatureCollection; properties: kind street|grid|road|place, name, aliases."""
        atlas = cls()
        for number, feature in enumerate(collection.get("features", []), 1):
            atlas._enter(feature, number)
        atlas._road_tree = STRtree([road.geometry for road in atlas.roads]) if atlas.roads else None
        return atlas

    def _enter(self, feature: dict[str, Any], number: int) -> None:
        facts = feature.get("properties") or {}
        kind, name = facts.get("kind"), facts.get("name")
        try:
            geometry = shape(feature["geometry"])
        except (KeyError, TypeError, ValueError, AttributeError, ShapelyError) as error:
            raise ValueError(f"地图第{number}个要素“{name}”的坐标不对，请检查 geometry") from error
        shelf = {"street": self.streets, "grid": self.grids, "road": self.roads}.get(str(kind))
        if shelf is not None:
            shelf.append(Named(str(name), geometry))
        elif kind == "place" and isinstance(geometry, Spot):
            for called in (name, *facts.get("aliases", [])):
                self.spots.setdefault(str(called), Point(geometry.y, geometry.x))

    def add_spots(self, named: Iterable[tuple[str, Point]]) -> None:
        """Shops and other places with their points."""
        for name, point in named:
            self.spots.setdefault(name, point)

    def street_at(self, point: Point) -> str | None:
        """The street (街道) whose area holds the point."""
        return _holder(self.streets, point)

    def grid_at(self, point: Point) -> str | None:
        """The grid (单元网格) whose area holds the point."""
        return _holder(self.grids, point)

    def nearest_road(self, point: Point, within: float = 120) -> str | None:
        """The nearest road within so many metres."""
        if self._road_tree is None:
            return None
        spot = Spot(point.lon, point.lat)
        road = self.roads[int(self._road_tree.nearest(spot))]
        return road.name if road.geometry.distance(spot) * DEGREE <= within else None

    def look_up(self, text: str) -> tuple[str, Point] | None:
        """A known place named in a few words already cut out of a message."""
        if text in self.spots:
            return text, self.spots[text]
        inside = [name for name in self.spots if len(name) >= 3 and name in text]  # noqa: PLR2004 - two signs name anything
        if inside:
            best = max(inside, key=len)
            return best, self.spots[best]
        close = process.extractOne(text, self.spots.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE) if text else None
        return (close[0], self.spots[close[0]]) if close else None


def _holder(areas: list[Named], point: Point) -> str | None:
    spot = Spot(point.lon, point.lat)
    return next((area.name for area in areas if area.geometry.covers(spot)), None)
