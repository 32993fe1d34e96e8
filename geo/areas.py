"""Areas of the map: streets (街道) and grids (单元网格), and which of them holds a point."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shapely import MultiPolygon, Polygon, STRtree, prepare
from shapely.geometry import Point as Spot
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from models.said import Point


@dataclass(frozen=True, slots=True)
class Area:
    """A named area, WGS-84; `squad` is whose beat the map says it is."""

    name: str
    geometry: BaseGeometry
    squad: str | None = None


class Areas:
    """Areas that may overlap: the smallest one that holds a point is the one that is meant."""

    def __init__(self, areas: Iterable[Area] = ()) -> None:
        self._areas = sorted(areas, key=lambda area: area.geometry.area)
        for area in self._areas:
            prepare(area.geometry)
        self._tree = STRtree([area.geometry for area in self._areas])

    def __len__(self) -> int:
        return len(self._areas)

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas)

    def at(self, point: Point) -> Area | None:
        """The smallest area that covers a WGS-84 point; its edge belongs to it, its holes do not."""
        if not self._areas:
            return None
        held = self._tree.query(Spot(point.lon, point.lat), predicate="intersects")
        return self._areas[int(held.min())] if len(held) else None

    def named(self, name: str) -> Area | None:
        """The area of that name."""
        return next((area for area in self._areas if area.name == name), None)


def fault(geometry: BaseGeometry) -> str | None:
    """What is wrong with the outline of an area, in a few words; None where nothing is."""
    if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty:
        return "要画成面（Polygon 或 MultiPolygon）"
    west, south, east, north = geometry.bounds
    if south >= 70 and north <= 140 and west >= 0 and east <= 60:  # noqa: PLR2004 - China's longitudes where latitudes belong
        return "的经度和纬度写反了，请写成 [经度, 纬度]"
    if not geometry.is_valid:
        return f"的边界自己交叉了（{explain_validity(geometry)}），请在制图软件里修好"
    return None


def rings(area: Area) -> list[list[tuple[float, float]]]:
    """The outer rings of an area as longitudes and latitudes, for drawing."""
    shape = area.geometry
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return [[(x, y) for x, y, *_ in part.exterior.coords] for part in parts if isinstance(part, Polygon)]
