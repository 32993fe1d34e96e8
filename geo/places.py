"""Where something is: a pin first, then her own shop, then a place that the atlas knows, else only words."""

from dataclasses import dataclass

from geo.atlas import Atlas
from geo.datums import to_wgs84
from models.said import Point


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is known: WGS-84 degrees, radius in metres, where the knowledge comes from."""

    text: str
    lat: float | None = None
    lon: float | None = None
    datum: str = "WGS-84"
    radius: float | None = None
    source: str = "none"
    street: str | None = None
    grid: str | None = None
    near: str | None = None


def locate(  # noqa: PLR0913 - the facts that may say where
    *,
    text: str,
    point: Point | None,
    own_place: bool,
    atlas: Atlas,
    shop_name: str | None = None,
    shop_address: str | None = None,
    shop_point: Point | None = None,
) -> Place:
    """The best knowledge of a place from a pin, words and the reporter's shop."""
    if point is not None:
        return _at(to_wgs84(point), text, point.shown_by, point.radius or 30, atlas)
    if own_place and (shop_point or shop_address):
        words = text or shop_address or shop_name or ""
        if shop_point is None:
            return Place(words, source="shop", near=shop_address)
        known = _at(shop_point, words, "shop", 30, atlas)
        return Place(
            words, known.lat, known.lon, "WGS-84", 30, "shop", known.street, known.grid, shop_address or known.near
        )
    found = next((hit for part in text.split("，") if (hit := atlas.look_up(part))), None)
    if found is not None:
        return _at(found[1], text, "gazetteer", 80, atlas)
    return Place(text)


def _at(point: Point, text: str, source: str, radius: float, atlas: Atlas) -> Place:
    near = atlas.nearest_road(point)
    return Place(
        text, point.lat, point.lon, "WGS-84", radius, source,
        atlas.street_at(point), atlas.grid_at(point), f"{near}附近" if near else None,
    )  # fmt: skip
