"""The map's ground as the pages draw it: streets, grids and roads of our GeoJSON, in the datum of the tiles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon, transform
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.atlas import Atlas
from geo.datums import from_wgs84
from models.said import Point
from web.bubbles import TRIES, Spot, names, spots

NEARLY = 0.00002
"""Degrees, about two metres: what a screen does not show is left out."""
WIDE, HIGH, EDGE, PAD = 960, 600, 20, 44


def moved(lat: float, lon: float, datum: str) -> tuple[float, float]:
    """A WGS-84 point in a datum, as latitude and longitude with six decimals."""
    point = Point(lat, lon) if datum == "WGS-84" else from_wgs84(Point(lat, lon), datum)
    return round(point.lat, 6), round(point.lon, 6)


def shapes(atlas: Atlas) -> Iterator[tuple[str, str, BaseGeometry]]:
    """Kind, name and geometry of all that is drawn, the large first."""
    for area in reversed(list(atlas.streets)):
        yield "street", area.name, area.geometry
    for area in reversed(list(atlas.grids)):
        yield "grid", area.name, area.geometry
    for name, line in atlas.lines:
        yield "road", name, line


def collection(atlas: Atlas, datum: str) -> dict[str, Any]:
    """A FeatureCollection in that datum."""
    features = [
        {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": mapping(_in(geometry, datum))}
        for kind, name, geometry in shapes(atlas)
    ]
    return {"type": "FeatureCollection", "features": features}


def _in(geometry: BaseGeometry, datum: str) -> BaseGeometry:
    thin = geometry.simplify(NEARLY)

    def turn(pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([moved(lat, lon, datum)[::-1] for lon, lat in pairs])

    return transform(thin, turn)


# --- drawn by the server -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as SVG has it: paths by kind, names at points, spots."""

    paths: list[tuple[str, str]]
    names: list[tuple[float, float, str]]
    spots: list[Spot]
    box: str = f"{-PAD} {-PAD} {WIDE + 2 * PAD} {HIGH + 2 * PAD}"
    """What is seen: so much more that no bubble at the edge is cut off."""


def drawing(atlas: Atlas, rows: Iterable[Any]) -> Drawing:
    """Our streets, grids and roads, and on them the tickets; WGS-84, flat, north up."""
    held, drawn = list(rows), list(shapes(atlas))
    frame = _frame(drawn, held)
    paths = [(kind, _path(geometry, frame)) for kind, _, geometry in drawn]
    crowds, order = spots(_placed(held, frame)), ("street", "road")
    middles = [
        (*_at(frame, spot.x, spot.y), name, TRIES if kind == "street" else 0)
        for wanted in order
        for kind, name, geometry in drawn
        if kind == wanted and (spot := geometry.representative_point() if kind == "street" else geometry.centroid)
    ]
    return Drawing(paths, names(middles, crowds, WIDE), crowds)


Frame = tuple[float, float, float, float]
"""West, north, and how many points a degree of longitude and of latitude are."""


def _frame(drawn: list[tuple[str, str, BaseGeometry]], rows: list[Any]) -> Frame:
    boxes = [geometry.bounds for _, _, geometry in drawn] or [(r.lon, r.lat, r.lon, r.lat) for r in rows]
    if not boxes:
        return 0.0, 0.0, 1.0, 1.0
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    narrow = cos(radians((south + north) / 2))
    scale = min((WIDE - 2 * EDGE) / max((east - west) * narrow, 1e-4), (HIGH - 2 * EDGE) / max(north - south, 1e-4))
    spare = WIDE - 2 * EDGE - (east - west) * narrow * scale
    return west - spare / 2 / (scale * narrow), north, scale * narrow, scale


def _at(frame: Frame, lon: float, lat: float) -> tuple[float, float]:
    return round(EDGE + (lon - frame[0]) * frame[2], 1), round(EDGE + (frame[1] - lat) * frame[3], 1)


def _path(geometry: BaseGeometry, frame: Frame) -> str:
    """The geometry as the d of a path."""
    if hasattr(geometry, "geoms"):
        return "".join(_path(part, frame) for part in geometry.geoms)
    closed = isinstance(geometry, Polygon)
    rings = [geometry.exterior, *geometry.interiors] if isinstance(geometry, Polygon) else [geometry]
    lines = ("L".join("{},{}".format(*_at(frame, lon, lat)) for lon, lat, *_ in ring.coords) for ring in rings)
    return "".join(f"M{line}{'Z' if closed else ''}" for line in lines)


def _placed(rows: list[Any], frame: Frame) -> Iterator[tuple[float, float, Any]]:
    """Where each ticket stands on the drawing; what is far outside of it is left out."""
    for row in rows:
        x, y = _at(frame, row.lon, row.lat)
        if 0 <= x <= WIDE and 0 <= y <= HIGH:
            yield x, y, row
