"""天地图 in geopy's form: CGCS2000, which is WGS-84 to a few centimetres; questions are JSON inside the address."""

import json
from typing import Any
from urllib.parse import urlencode

from geopy.exc import GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

OKAY, NOTHING = "0", {"101", "1"}
RADII = {"门址": 50.0, "门牌号": 50.0, "兴趣点": 100.0, "地名": 200.0, "道路": 800.0}
WIDE = {"国家", "省", "市", "城市", "区县", "县", "乡镇", "街道", "行政区"}
SURE = 90
"""`score` from which on an answer of a level that is not listed counts."""


class Tianditu(Geocoder):  # type: ignore[misc]
    """Geocoder of api.tianditu.gov.cn. A key that may not, and a quota used up, come as HTTP 403 and 429."""

    def __init__(self, api_key: str, *, domain: str = "api.tianditu.gov.cn", **more: Any) -> None:
        super().__init__(**more)
        self._key = api_key
        self.root = f"{self.scheme}://{domain.strip('/')}/geocoder"

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:  # noqa: ARG002 - geopy's form
        """A location by its address, or None. Raises geopy's errors."""
        facts = {"ds": json.dumps({"keyWord": query}, ensure_ascii=False), "tk": self._key}
        return self._call_geocoder(f"{self.root}?{urlencode(facts)}", _place, timeout=timeout)

    def reverse(self, query: tuple[float, float], *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:  # noqa: ARG002 - geopy's form
        """What is at (latitude, longitude), or None. Raises geopy's errors."""
        where = json.dumps({"lon": round(query[1], 6), "lat": round(query[0], 6), "ver": 1})
        facts = {"postStr": where, "type": "geocode", "tk": self._key}
        return self._call_geocoder(f"{self.root}?{urlencode(facts)}", _name, timeout=timeout)


def _place(answer: dict[str, Any]) -> Location | None:
    found = _checked(answer, "location")
    if not found.get("lon"):
        return None
    return Location(str(found.get("keyWord") or ""), (float(found["lat"]), float(found["lon"])), found)


def _name(answer: dict[str, Any]) -> Location | None:
    found = _checked(answer, "result")
    named = found.get("formatted_address")
    return Location(str(named), (0.0, 0.0), found) if named else None


def _checked(answer: dict[str, Any], key: str) -> dict[str, Any]:
    """`status` 0 is an answer, 101 none, anything else (404) an error inside HTTP 200."""
    status = str(answer["status"])
    if status in NOTHING:
        return {}
    if status != OKAY:
        raise GeocoderServiceError(f"status {status}")
    found = answer.get(key)
    return found if isinstance(found, dict) else {}


def radius(raw: dict[str, Any]) -> float | None:
    """Metres of doubt of an answer; None for one that is no answer."""
    level = str(raw.get("level") or "")
    if level in WIDE:
        return None
    return RADII.get(level) or (150.0 if float(raw.get("score") or 0) >= SURE else None)


def street_name(raw: dict[str, Any]) -> str:
    """The road, else the nearest address, of a named point."""
    parts = raw.get("addressComponent") or {}
    return str(parts.get("road") or parts.get("address") or parts.get("poi") or "")
