"""Map links that people share: the point is read from the address itself, nothing is ever fetched.

What each service puts where, and in which datum, is in docs/decisions/0009-places.md.
"""

import re
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from geo import mercator
from geo.coordinates import in_order, on_earth, typed
from models.said import Point

MARKED, VIEWED = 50.0, 200.0
"""Metres of doubt: of a marked point, and of the middle of what somebody looked at."""
HOSTS = (
    "amap.com", "gaode.com", "map.baidu.com", "map.qq.com", "maps.google.com", "google.com/maps", "google.cn/maps",
    "maps.app.goo.gl", "goo.gl/maps", "maps.apple.com", "maps.apple", "openstreetmap.org", "osm.org",
)  # fmt: skip
HOST = "|".join(re.escape(host) for host in HOSTS)
SCHEMES = "androidamap|iosamap|amapuri|baidumap|bdapp|qqmap"
TAIL = r"[!-~]*(?:(?<=[=:;,|])[\u4e00-\u9fff][^\s，。！？；、]*)?"
LINK = re.compile(
    rf"(?<![\w.@])(?:(?:https?://)?(?:[\w-]{{1,40}}\.){{0,6}}(?:{HOST})(?![\w-])(?:[/?#]{TAIL})?|(?:{SCHEMES})://{TAIL}|geo:[-\d.,;=\w?]+)",
    re.IGNORECASE,
)
NUMBER = r"-?\d{1,3}(?:\.\d{1,15})?"
PAIR = re.compile(rf"(?<![\w.])({NUMBER})\s*[,，/]\s*({NUMBER})(?![\d.])")
LIKELY = re.compile(r"/|\.com|geo:|\d\.\d{3}|[°º度]|[北南]纬", re.IGNORECASE)
LEFT_OVER = re.compile(
    r"[\s\[\]【】（）()<>《》「」:：,，。.、;；|~-]|(?:我的|共享|实时)?(?:位置|定位|坐标)|(?:高德|百度|腾讯|苹果|谷歌)?地图|"
    r"发?给?你|来自|分享|点击|查看|链接|[我在这里]{1,3}|看"
)
"""What apps and people put around a link without saying anything."""
GCJ, BD, WGS = "GCJ-02", "BD-09", "WGS-84"


@dataclass(frozen=True, slots=True)
class Link:
    """An address taken to pieces; all of it unquoted."""

    host: str
    path: str
    query: dict[str, str]
    fragment: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What a text shows of where: the point, if any, and the words that are left without links and coordinates."""

    point: Point | None
    words: str = field(repr=False)


def shared(text: str) -> Shared:
    """The first point that a text's links or coordinates hold, and the rest of its words. Never raises."""
    if not LIKELY.search(text):
        return Shared(None, text)
    links = list(LINK.finditer(text))
    point = next((at for found in links if (at := _point_of(found.group()))), None)
    pieces = [(found.start(), found.end()) for found in links]
    plain = LINK.sub(lambda found: " " * len(found.group()), text)
    coordinates = typed(plain)
    if coordinates is not None:
        pieces.append((coordinates.start, coordinates.end))
    if not pieces:
        return Shared(None, text)
    return Shared(point or (coordinates.point if coordinates else None), _without(text, pieces))


def _without(text: str, pieces: list[tuple[int, int]]) -> str:
    """The words around the pieces; none where they say nothing."""
    kept, at = [], 0
    for start, end in sorted(pieces):
        kept.append(text[at:start])
        at = end
    words = " ".join([*kept, text[at:]]).strip()
    return words if LEFT_OVER.sub("", words) else ""


def _point_of(address: str) -> Point | None:
    try:
        link = _taken_apart(address)
    except ValueError:
        return None
    service = next((find for ends, find in SERVICES if link.host.endswith(ends)), None)
    return service(link) if service else None


def _taken_apart(address: str) -> Link:
    """Raises ValueError for what is no address."""
    if address.lower().startswith("geo:"):
        return Link("geo:", address[4:], {}, "")
    parts = urlsplit(address if "://" in address else f"https://{address}")
    scheme = "" if parts.scheme in {"http", "https"} else parts.scheme
    query = {key.lower(): value for key, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=60)}
    return Link(scheme or (parts.hostname or ""), unquote(parts.path), query, unquote(parts.fragment))


def _of(words: str, datum: str, *, lon_first: bool = False, radius: float = MARKED) -> Point | None:
    """A point from the first pair of numbers in words."""
    found = PAIR.search(words)
    pair = in_order(float(found[1]), float(found[2]), lon_first=lon_first) if found else None
    return Point(*pair, datum, radius, "link") if pair else None


def _named(link: Link, keys: str, datum: str, *, lon_first: bool = False, radius: float = MARKED) -> Point | None:
    """A point from the first of these query keys that holds one."""
    values = (link.query[key] for key in keys.split() if key in link.query)
    return next((p for v in values if (p := _of(v, datum, lon_first=lon_first, radius=radius))), None)


def _apart(link: Link, lat: str, lon: str, datum: str) -> Point | None:
    """A point from two query keys."""
    try:
        pair = on_earth(float(link.query[lat]), float(link.query[lon]))
    except (KeyError, ValueError):
        return None
    return Point(*pair, datum, MARKED, "link") if pair else None


def _amap(link: Link) -> Point | None:
    wgs = link.query.get("coordinate") == "wgs84" or link.query.get("dev") == "1"
    datum = WGS if wgs else GCJ
    return (
        _named(link, "position to dest markers location lnglat", datum, lon_first=True)
        or _named(link, "q p", datum)
        or _apart(link, "lat", "lng", datum)
        or _apart(link, "lat", "lon", datum)
        or _apart(link, "dlat", "dlon", datum)
        or _named(link, "from center", datum, lon_first=True, radius=VIEWED)
        or _of(link.path.partition("lnglat=")[2], datum, lon_first=True)
    )


METRES = re.compile(r"(-?\d{4,8}(?:\.\d+)?)\s*,\s*(-?\d{4,8}(?:\.\d+)?)")


def _baidu(link: Link) -> Point | None:
    datum = {"gcj02": GCJ, "gcj02ll": GCJ, "wgs84": WGS, "wgs84ll": WGS}.get(link.query.get("coord_type", ""), BD)
    given = " ".join(link.query.get(key, "") for key in ("location", "latlng", "destination", "c", "center"))
    metres = METRES.search(f"{given} {link.path} {link.fragment}")
    if metres:
        pair = mercator.to_degrees(float(metres[1]), float(metres[2]))
        return Point(*pair, BD, MARKED if METRES.search(given) else VIEWED, "link") if pair else None
    return _named(link, "location latlng destination", datum) or _named(link, "center", datum, radius=VIEWED)


def _tencent(link: Link) -> Point | None:
    datum = WGS if link.query.get("coord_type") == "1" else GCJ
    return (
        _named(link, "marker coord tocoord eventcoord coords", datum)
        or _apart(link, "pointy", "pointx", datum)
        or _apart(link, "lat", "lng", datum)
        or _named(link, "fromcoord center", datum, radius=VIEWED)
    )


PLACED = re.compile(rf"!3d({NUMBER})!4d({NUMBER})")


def _google(link: Link) -> Point | None:
    placed = PLACED.search(link.path)
    if placed:
        return _of(f"{placed[1]},{placed[2]}", GCJ)
    named = _named(link, "q query ll destination daddr", GCJ)
    before, at, view = link.path.partition("@")
    place = typed(f"{link.query.get('q', '')} {before.replace('+', ' ')}")
    if named or not (place or at):
        return named
    return Point(place.point.lat, place.point.lon, GCJ, MARKED, "link") if place else _of(view, GCJ, radius=VIEWED)


def _apple(link: Link) -> Point | None:
    return _named(link, "coordinate ll q daddr address", GCJ) or _named(link, "center sll", GCJ, radius=VIEWED)


SHORT = re.compile(r"/go/([\w~@]{4,20})", re.ASCII)
SIXTY_FOUR = string.ascii_uppercase + string.ascii_lowercase + string.digits + "_~"
"""The signs of OpenStreetMap's short links (its wiki, Shortlink): each halves the world thrice in either direction."""


def _osm(link: Link) -> Point | None:
    view = link.fragment.partition("map=")[2].partition("/")[2]
    return (
        _apart(link, "mlat", "mlon", WGS)
        or _apart(link, "lat", "lon", WGS)
        or _of(view, WGS, radius=VIEWED)
        or _short(link)
    )


def _short(link: Link) -> Point | None:
    """A short link's point: its bits are of the longitude and the latitude in turn."""
    code = SHORT.match(link.path)
    if code is None:
        return None
    bits = "".join(f"{SIXTY_FOUR.index(sign):06b}" for sign in code[1].replace("@", "~"))
    lon, lat = (int(half, 2) + 0.5 for half in (bits[::2], bits[1::2]))
    cells = 2 ** (len(bits) // 2)
    marked = "m" in link.query
    return Point(lat / cells * 180 - 90, lon / cells * 360 - 180, WGS, MARKED if marked else VIEWED, "link")


def _geo(link: Link) -> Point | None:
    named = re.search(r"q=([^(]*)", link.path)
    return (_of(named[1], WGS) if named else None) or _of(link.path, WGS)


SERVICES: tuple[tuple[tuple[str, ...], Callable[[Link], Point | None]], ...] = (
    (("amap.com", "gaode.com", "androidamap", "iosamap", "amapuri"), _amap),
    (("baidu.com", "baidumap", "bdapp"), _baidu),
    (("qq.com", "qqmap"), _tencent),
    (("google.com", "google.cn"), _google),
    (("apple.com", "maps.apple"), _apple),
    (("openstreetmap.org", "osm.org"), _osm),
    (("geo:",), _geo),
)
