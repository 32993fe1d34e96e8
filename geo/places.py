"""Where something is: a pin first, then her own shop, then a place that the atlas knows, else only words."""

import re
from dataclasses import dataclass, field

from geo.atlas import Atlas
from geo.datums import to_wgs84
from geo.finding import Hit
from models.said import Point

PIN_RADIUS = SHOP_RADIUS = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is known: WGS-84 degrees, radius in metres, where the knowledge comes from.

    `outside` is true where a point lies in none of the streets that the map has.
    """

    text: str = field(repr=False)
    lat: float | None = field(default=None, repr=False)
    lon: float | None = field(default=None, repr=False)
    datum: str = "WGS-84"
    radius: float | None = None
    source: str = "none"
    street: str | None = None
    grid: str | None = None
    near: str | None = None
    outside: bool = False


NUMBER = r"\d{1,4}(?:-\d{1,3})?号"
BARE_NUMBER = re.compile(rf"(?:我们?|咱们?|俺们?)?这?({NUMBER})")


@dataclass(frozen=True, slots=True)
class Own:
    """The shop of who speaks."""

    name: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    point: Point | None = None

    def numbered(self, text: str) -> bool:
        """True where the words name no other house number than hers, and no road before it: 「206号门口」."""
        said = set(re.findall(NUMBER, text))
        bare = any(BARE_NUMBER.match(piece) for piece in text.split("，"))
        return bare and said == set(re.findall(NUMBER, self.address or ""))


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
        return at(to_wgs84(point), text, point.shown_by, atlas)
    own = Own(shop_name, shop_address, shop_point)
    if (own_place or own.numbered(text)) and (shop_point or shop_address):
        other = _first(text, atlas, sure=True)
        if other is None or other.name in {shop_name, shop_address}:
            return _at_her_own(text or shop_address or shop_name or "", own, atlas)
    found = _first(text, atlas)
    if found is None:
        return Place(text)
    if found.point is None:
        return Place(text, street=found.street)
    return at(found.point, text, "gazetteer", atlas)


def _first(text: str, atlas: Atlas, *, sure: bool = False) -> Hit | None:
    """The whole of the words, for two roads may be named in two pieces; then piece by piece, the first with a point."""
    pieces = [text, *text.split("，")] if "，" in text else [text]
    hits = [hit for piece in pieces if piece and (hit := atlas.find(piece, sure=sure))]
    return min(hits, key=lambda hit: hit.point.radius or 0.0 if hit.point else float("inf"), default=None)


def _at_her_own(words: str, own: Own, atlas: Atlas) -> Place:
    if own.point is None:
        return Place(words, source="shop", near=own.address)
    known = at(own.point, words, "shop", atlas)
    return Place(
        words, known.lat, known.lon, "WGS-84", SHOP_RADIUS, "shop", known.street, known.grid, own.address or known.near,
        known.outside,
    )  # fmt: skip


def at(point: Point, text: str, source: str, atlas: Atlas) -> Place:
    """A place at a WGS-84 point: its street, its grid, what it is near."""
    near = atlas.nearest_name(point)
    street = atlas.street_at(point)
    return Place(
        text, point.lat, point.lon, "WGS-84", point.radius or PIN_RADIUS, source,
        street, atlas.grid_at(point), f"{near}附近" if near else None, street is None and len(atlas.streets) > 0,
    )  # fmt: skip
