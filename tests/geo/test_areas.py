"""Streets and grids: which area holds a point, and what is said of one that is drawn wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import datums
from geo.areas import Area, Areas
from geo.atlas import Atlas
from geo.geojson import sheet
from models.said import Point

Ring = list[list[float]]


def ring(west: float, south: float, east: float, north: float, *, clockwise: bool = False) -> Ring:
    """A rectangle's outline."""
    found = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return found[::-1] if clockwise else found


def feature(kind: str, name: str, geometry: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One feature."""
    return {"type": "Feature", "properties": {"kind": kind, "name": name, **more}, "geometry": geometry}


def area(name: str, *rings: Ring, kind: str = "street", **more: Any) -> dict[str, Any]:
    """An area with its outline and its holes."""
    return feature(kind, name, {"type": "Polygon", "coordinates": list(rings)}, **more)


def atlas(*features: dict[str, Any], datum: str = "WGS-84") -> Atlas:
    """An atlas of these."""
    return Atlas.from_geojson({"type": "FeatureCollection", "features": list(features)}, datum)


BIG, SMALL = ring(119.1, 34.5, 119.3, 34.7), ring(119.18, 34.58, 119.22, 34.62)


def test_hole_belongs_to_nobody_and_its_edge_to_the_area() -> None:
    """What is cut out is cut out."""
    drawn = atlas(area("郁洲街道", BIG, SMALL))
    assert drawn.street_at(Point(34.6, 119.2)) is None
    assert drawn.street_at(Point(34.55, 119.15)) == "郁洲街道"
    assert drawn.street_at(Point(34.6, 119.18)) == "郁洲街道"


@pytest.mark.parametrize("clockwise", [True, False])
def test_winding_does_not_matter(clockwise: bool) -> None:
    """Tools differ in which way round they draw, holes included."""
    drawn = atlas(area("郁洲街道", ring(119.1, 34.5, 119.3, 34.7, clockwise=clockwise), SMALL))
    assert drawn.street_at(Point(34.55, 119.15)) == "郁洲街道"
    assert drawn.street_at(Point(34.6, 119.2)) is None


def test_area_in_several_parts_is_one_area() -> None:
    """An island belongs to its street."""
    parts = {
        "type": "MultiPolygon",
        "coordinates": [[ring(119.1, 34.5, 119.2, 34.6)], [ring(119.4, 34.7, 119.5, 34.8)]],
    }
    drawn = atlas(feature("street", "连岛街道", parts))
    assert drawn.street_at(Point(34.55, 119.15)) == drawn.street_at(Point(34.75, 119.45)) == "连岛街道"
    assert drawn.street_at(Point(34.65, 119.3)) is None


@pytest.mark.parametrize("order", [1, -1])
def test_of_areas_that_overlap_the_smallest_holds(order: int) -> None:
    """Whichever stands first in the file."""
    drawn = atlas(*[area("大街道", BIG), area("小街道", SMALL)][::order])
    assert drawn.street_at(Point(34.6, 119.2)) == "小街道"
    assert drawn.street_at(Point(34.51, 119.11)) == "大街道"


@pytest.mark.parametrize("datum", ["WGS-84", "GCJ-02", "BD-09"])
def test_map_in_another_datum_lies_where_it_belongs(datum: str) -> None:
    """A street of four hundred metres, drawn in each datum: the middle is inside, what the mix-up would give is not."""
    west, south, east, north = 119.218, 34.595, 119.222, 34.599
    corners = [datums.from_wgs84(Point(lat, lon), datum) for lon, lat in ring(west, south, east, north)]
    drawn = atlas(area("郁洲街道", [[p.lon, p.lat] for p in corners]), datum=datum)
    assert drawn.street_at(Point(34.597, 119.220)) == "郁洲街道"
    assert drawn.street_at(Point(34.597, 119.2165)) is None
    assert drawn.street_at(Point(34.597, 119.2235)) is None


def test_grid_is_found_by_its_fifteen_digits() -> None:
    """Streets and grids are looked up apart."""
    drawn = atlas(area("郁洲街道", BIG), area("320706001001001", SMALL, kind="grid"))
    assert drawn.grid_at(Point(34.6, 119.2)) == "320706001001001"
    assert drawn.grid_at(Point(34.51, 119.11)) is None


BOWTIE = [[119.1, 34.5], [119.3, 34.7], [119.3, 34.5], [119.1, 34.7], [119.1, 34.5]]


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        (area("甲街道", BOWTIE), "第1个要素“甲街道”的边界自己交叉了"),
        (area("甲街道", [[34.5, 119.1], [34.7, 119.1], [34.7, 119.3], [34.5, 119.1]]), "的经度和纬度写反了"),
        (feature("street", "甲街道", {"type": "Point", "coordinates": [119.1, 34.5]}), "要画成面"),
        (feature("road", "甲路", {"type": "Point", "coordinates": [119.1, 34.5]}), "要画成线"),
        (feature("street", "", {"type": "Polygon", "coordinates": [BIG]}), "请在 properties 里写 name"),
        (feature("street", "甲街道", {"type": "Polygon", "coordinates": []}), "的坐标不对"),
        (
            feature("street", "甲街道", {"type": "Polygon", "coordinates": [[[1e300, 2e300], [3, 4], [5, 6]]]}),
            "坐标不对",
        ),
        (area("甲街道", [[119.1, 34.5], [119.3, 34.5]]), "的坐标不对"),
        ({"properties": {"kind": "street", "name": "甲街道"}}, "的坐标不对"),
    ],
)
def test_area_that_is_drawn_wrong_is_refused_in_a_sentence(drawn: dict[str, Any], sentence: str) -> None:
    """Which one, and what to do."""
    with pytest.raises(ValueError, match="地图第1个要素") as refused:
        atlas(drawn)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("wrong", [[], {}, {"features": 5}, {"features": ["x"]}, "x", None])
def test_file_that_is_no_collection_is_refused(wrong: Any) -> None:
    """Some other JSON."""
    with pytest.raises(ValueError, match="FeatureCollection"):
        sheet(wrong)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_at_most_the_smallest_of_those_that_cover_a_point(lat: float, lon: float) -> None:
    """The tree says what asking one by one says."""
    areas = Areas(Area(one.name, one.geometry) for one in atlas(area("大", BIG), area("小", SMALL)).streets)
    from shapely.geometry import Point as Dot  # noqa: PLC0415 - only the check by hand needs it

    held = [one for one in areas if one.geometry.covers(Dot(lon, lat))]
    found = areas.at(Point(lat, lon))
    assert (found.name if found else None) == (held[0].name if held else None)
