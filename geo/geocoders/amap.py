"""高德 (Amap) in geopy's form: web service API v3, GCJ-02 in and out, longitude first."""

from typing import Any
from urllib.parse import urlencode

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
)
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

DAILY = {"10003", "10044", "10045"}
HASTY = {"10004", "10014", "10015", "10019", "10020", "10021", "10022", "10029"}
KEYS = {"10001", "10002", "10005", "10006", "10007", "10008", "10009", "10010", "10012", "10013", "10026", "40000"}
NOTHING = {"30001", "20800", "20801"}
"""infocodes: the day's quota, too many a second, a key that may not, an address that it cannot make sense of."""
RADII = {
    "门牌号": 40.0,
    "单元号": 40.0,
    "兴趣点": 80.0,
    "公交站台、地铁站": 80.0,
    "公交地铁站点": 80.0,
    "道路交叉路口": 80.0,
    "热点商圈": 500.0,
    "村庄": 600.0,
    "道路": 800.0,
}
"""Metres of doubt by `level`; other levels (区县, 市, 乡镇 …) say nothing of where."""


class Amap(Geocoder):  # type: ignore[misc]
    """Geocoder of restapi.amap.com."""

    def __init__(self, api_key: str, *, city: str = "", domain: str = "restapi.amap.com", **more: Any) -> None:
        super().__init__(**more)
        self._key, self.city = api_key, city
        self.root = f"{self.scheme}://{domain.strip('/')}/v3/geocode"

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:  # noqa: ARG002 - geopy's form
        """A location by its address, or None. Raises geopy's errors."""
        facts = {"key": self._key, "address": query, "output": "JSON", **({"city": self.city} if self.city else {})}
        return self._call_geocoder(f"{self.root}/geo?{urlencode(facts)}", self._place, timeout=timeout)

    def reverse(self, query: tuple[float, float], *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:  # noqa: ARG002 - geopy's form
        """What is at (latitude, longitude), or None. Raises geopy's errors."""
        facts = {"key": self._key, "location": f"{query[1]:.6f},{query[0]:.6f}", "radius": 200, "output": "JSON"}
        return self._call_geocoder(f"{self.root}/regeo?{urlencode(facts)}", self._name, timeout=timeout)

    def _place(self, answer: dict[str, Any]) -> Location | None:
        found = (_checked(answer).get("geocodes") or [None])[0]
        if found is None or not found.get("location"):
            return None
        lon, lat = (float(part) for part in found["location"].split(","))
        return Location(found.get("formatted_address") or "", (lat, lon), found)

    def _name(self, answer: dict[str, Any]) -> Location | None:
        found = _checked(answer).get("regeocode")
        if not found or not found.get("formatted_address"):
            return None
        return Location(found["formatted_address"], (0.0, 0.0), found)


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    """Errors come with HTTP 200 and `status` 0."""
    if str(answer["status"]) == "1":
        return answer
    code = str(answer.get("infocode"))
    if code in NOTHING:
        return {}
    for codes, error in (
        (DAILY, GeocoderQuotaExceeded),
        (HASTY, GeocoderRateLimited),
        (KEYS, GeocoderAuthenticationFailure),
    ):
        if code in codes:
            raise error(f"infocode {code}")
    raise GeocoderServiceError(f"infocode {code}")


def radius(raw: dict[str, Any]) -> float | None:
    """Metres of doubt of an answer; None for one that is no answer."""
    return RADII.get(raw.get("level") or "")


def street_name(raw: dict[str, Any]) -> str:
    """The street and house number of a named point."""
    number = (raw.get("addressComponent") or {}).get("streetNumber") or {}
    return "".join(part for part in (number.get("street"), number.get("number")) if isinstance(part, str))
