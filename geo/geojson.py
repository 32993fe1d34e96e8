"""Reads maps: GeoJSON collections of streets, grids, roads and places, in any of the three datums."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, transform
from shapely.errors import ShapelyError
from shapely.geometry import Point as Dot
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.areas import Area, fault
from geo.datums import to_wgs84
from geo.spots import Spot
from models.said import Point

PLACE_RADIUS = 80.0
Pairs = NDArray[np.float64]


@dataclass(slots=True)
class Sheet:
    """What one map holds, WGS-84. `spots` are with their other names."""

    streets: list[Area] = field(default_factory=list)
    grids: list[Area] = field(default_factory=list)
    roads: list[tuple[str, BaseGeometry]] = field(default_factory=list)
    spots: list[tuple[Spot, tuple[str, ...]]] = field(default_factory=list)


def sheet(collection: Any, datum: str = "WGS-84") -> Sheet:
    """A FeatureCollection; properties: kind street|grid|road|place, name, squad, aliases, radius. Raises ValueError."""
    found = Sheet()
    for number, feature in enumerate(_features(collection), 1):
        _enter(found, feature, number, datum)
    return found


def _features(collection: Any) -> Iterator[dict[str, Any]]:
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise ValueError("不是 GeoJSON 的 FeatureCollection，请用制图软件另存为 GeoJSON")
    return iter(features)


def _enter(found: Sheet, feature: dict[str, Any], number: int, datum: str) -> None:
    facts = feature.get("properties") or {}
    kind, name = facts.get("kind"), facts.get("name")
    called = f"地图第{number}个要素“{name}”"
    if kind not in {"street", "grid", "road", "place"}:
        return
    if not name:
        raise ValueError(f"地图第{number}个要素没有名字，请在 properties 里写 name")
    geometry = _geometry(feature, called, datum)
    if kind in {"street", "grid"}:
        if wrong := fault(geometry):
            raise ValueError(f"{called}{wrong}")
        squad = str(facts["squad"]) if facts.get("squad") else None
        (found.streets if kind == "street" else found.grids).append(Area(str(name), geometry, squad))
    elif kind == "road":
        if not isinstance(geometry, LineString | MultiLineString):
            raise ValueError(f"{called}要画成线（LineString 或 MultiLineString）")
        found.roads.append((str(name), geometry))
    else:
        found.spots.append(_place(str(name), geometry, facts))


def _geometry(feature: dict[str, Any], called: str, datum: str) -> BaseGeometry:
    try:
        geometry = shape(feature["geometry"])
        geometry = geometry if datum == "WGS-84" else transform(geometry, lambda pairs: _in_wgs84(pairs, datum))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ShapelyError) as error:
        raise ValueError(f"{called}的坐标不对，请检查 geometry") from error
    if geometry.is_empty or not all(abs(edge) <= 180 for edge in geometry.bounds):  # noqa: PLR2004 - the earth
        raise ValueError(f"{called}的坐标不对，请检查 geometry")
    return geometry


def _in_wgs84(pairs: Pairs, datum: str) -> Pairs:
    points = (to_wgs84(Point(lat, lon, datum)) for lon, lat in pairs)
    return np.array([(point.lon, point.lat) for point in points])


def _place(name: str, geometry: BaseGeometry, facts: dict[str, Any]) -> tuple[Spot, tuple[str, ...]]:
    middle = geometry if isinstance(geometry, Dot) else geometry.representative_point()
    radius = facts.get("radius")
    wide = float(radius) if isinstance(radius, int | float) and radius > 0 else PLACE_RADIUS
    aliases = facts.get("aliases") or []
    names = tuple(map(str, aliases)) if isinstance(aliases, list) else (str(aliases),)
    return Spot(name, Point(middle.y, middle.x, radius=wide)), names
