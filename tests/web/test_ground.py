"""Streets, grids and tickets as the map's script fetches them, in the datum of the tiles."""

import json
from collections.abc import Iterator
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Point, shape

from bot.settings import SECRETS, Settings, build
from geo.atlas import Atlas
from tests.browser.desk import MAP
from tests.town import LEAD, QIU, STALL, Town
from tests.web.conftest import Enters
from web import ground

DATUMS = ("WGS-84", "GCJ-02", "BD-09")
SHIFT = {"WGS-84": (0, 1), "GCJ-02": (300, 900), "BD-09": (600, 1800)}
"""By how many metres a datum stands aside in this city, at least and at most."""
STREET, GRID = "郁洲街道", "320706003001001"


def apart(one: Any, other: Any) -> float:
    """Metres between two points of degrees."""
    return hypot((one.x - other.x) * cos(radians(one.y)), one.y - other.y) * 111_320


@pytest.fixture(params=DATUMS[:2])
def datum(request: pytest.FixtureRequest) -> str:
    """Those that tiles are cut by as the map's script asks for them."""
    return str(request.param)


@pytest.fixture
def settings(settings: Settings, datum: str, tmp_path: Path) -> Settings:
    """The demonstration with a map of its own and tiles in that datum."""
    (tmp_path / "map.geojson").write_text(json.dumps(MAP), encoding="utf-8")
    found: dict[str, Any] = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    found["web"]["tiles"] = {"url": "https://tiles.example.org/{z}/{x}/{y}.png", "datum": datum}
    return build(found | {"map": [str(tmp_path / "map.geojson")]})


async def test_areas_and_tickets_move_together(town: Town, enters: Enters, datum: str) -> None:
    """The ticket stays in its street and its grid, and all stand where that datum has them."""
    town.says(QIU, STALL)
    town.pins(QIU)
    [held] = await town.sees_rows("SELECT lat, lon, grid, street FROM ticket WHERE lat IS NOT NULL")
    await town.quiet()
    assert (held["street"], held["grid"]) == (STREET, GRID)
    one = await enters(LEAD)
    [[number, lat, lon, *_]] = json.loads(await one.opens("/map/points.json"))
    features = json.loads(await one.opens("/map/areas.json"))["features"]
    kinds = {feature["properties"]["kind"]: shape(feature["geometry"]) for feature in features}
    assert number == 1
    for kind, area in kinds.items():
        assert area.contains(Point(lon, lat)), kind
    least, most = SHIFT[datum]
    assert least <= apart(Point(held["lon"], held["lat"]), Point(lon, lat)) <= most
    for now, before in zip(kinds.values(), plain(), strict=True):
        assert least <= apart(before.centroid, now.centroid) <= most


def plain() -> Iterator[Any]:
    """The areas as the file has them."""
    return (shape(feature["geometry"]) for feature in MAP["features"])


@pytest.mark.parametrize("datum", DATUMS)
def test_every_datum_moves_areas_and_points_alike(datum: str) -> None:
    """A point at the middle of each area stays there."""
    for feature, before in zip(ground.collection(Atlas.from_geojson(MAP), datum)["features"], plain(), strict=True):
        lat, lon = ground.moved(before.centroid.y, before.centroid.x, datum)
        bend = apart(shape(feature["geometry"]).centroid, Point(lon, lat))
        assert bend < 30, "over a whole street a datum bends by some metres"
        least, most = SHIFT[datum]
        assert least <= apart(before.centroid, Point(lon, lat)) <= most
