"""A geocoder as the bot asks it: words to a WGS-84 point with a radius, a point to a name, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from geopy.geocoders import Nominatim, Photon

from geo.datums import from_wgs84
from geo.geocoders import amap, baidu, osm, tianditu
from geo.geocoders.adapter import Adapter
from geo.geocoders.amap import Amap
from geo.geocoders.baidu import Baidu
from geo.geocoders.tianditu import Tianditu
from models.said import Point

KEYED = ("amap", "baidu", "tianditu")
NAMES = ("nominatim", "photon", *KEYED)
Box = tuple[float, float, float, float]
"""South, west, north, east: degrees, WGS-84."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a geocoder found: a point in its own datum with its radius, or the name of one that was asked for."""

    point: Point | None = None
    name: str = ""


@dataclass(frozen=True)
class Provider:
    """One service. `city` stands before what is asked unless the words name it."""

    name: str
    geocoder: Any
    datum: str
    radius: Callable[[dict[str, Any]], float | None]
    street_name: Callable[[dict[str, Any]], str]
    city: str = ""
    place_more: tuple[tuple[str, Any], ...] = ()
    name_more: tuple[tuple[str, Any], ...] = ()

    async def place(self, words: str) -> Answer | None:
        """Where the words are; None where it knows no more than the town. Raises geopy's errors, and others on junk."""
        asked = words if not self.city or self.city.rstrip("市") in words else f"{self.city}{words}"
        found = await self.geocoder.geocode(asked, **dict(self.place_more))
        radius = self.radius(found.raw) if found else None
        if found is None or radius is None:
            return None
        return Answer(Point(found.latitude, found.longitude, self.datum, radius), found.address[:120])

    async def called(self, point: Point) -> Answer | None:
        """What a WGS-84 point is called; None where it does not know a street. Raises as `place` does."""
        there = from_wgs84(point, self.datum)
        found = await self.geocoder.reverse((there.lat, there.lon), **dict(self.name_more))
        name = self.street_name(found.raw) if found else ""
        return Answer(name=name[:60]) if name else None

    async def close(self) -> None:
        """Let the connections go."""
        await self.geocoder.adapter.__aexit__(None, None, None)


def provider(  # noqa: PLR0913 - what a service needs
    name: str, *, key: str = "", url: str = "", city: str = "", box: Box, timeout: float = 5.0, agent: str = "qunban"
) -> Provider:
    """A service by its name. `url` is another server's address for it; `timeout` in seconds."""
    parts = urlsplit(url)
    domain: dict[str, Any] = {"domain": f"{parts.netloc}{parts.path}".rstrip("/")} if url else {}
    more: dict[str, Any] = {
        "scheme": parts.scheme or "https",
        "timeout": timeout,
        "user_agent": agent,
        "adapter_factory": Adapter,
    }
    south, west, north, east = box
    match name:
        case "amap":
            made = Amap(key, city=city, **domain, **more)
            return Provider(name, made, "GCJ-02", amap.radius, amap.street_name, city)
        case "baidu":
            made = Baidu(key, city=city, **domain, **more)
            return Provider(name, made, "BD-09", baidu.radius, baidu.street_name, city)
        case "tianditu":
            return Provider(
                name, Tianditu(key, **domain, **more), "WGS-84", tianditu.radius, tianditu.street_name, city
            )
        case "photon":
            bounds: tuple[tuple[str, Any], ...] = (("bbox", [(south, west), (north, east)]), ("limit", 1))
            return Provider(name, Photon(**domain, **more), "WGS-84", osm.photon_radius, osm.photon_name, city, bounds)
        case "nominatim":
            bounds = (("viewbox", [(south, west), (north, east)]), ("bounded", True), ("language", "zh"))
            return Provider(
                name, Nominatim(**domain, **more), "WGS-84", osm.nominatim_radius, osm.nominatim_name, city, bounds,
                (("language", "zh"), ("zoom", 18)),
            )  # fmt: skip
        case _:
            raise ValueError(f"地理编码服务“{name}”不认识，可以写 {'、'.join(NAMES)}")
