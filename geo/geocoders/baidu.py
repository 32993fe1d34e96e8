"""百度 (Baidu) in geopy's form: geocoding v3, BD-09 in and out. geopy's own class for it does not work."""

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

DAILY = {4, 301, 302}
HASTY = {401, 402}
NOTHING = {1}
DENIED = (3, 5, 101, 102, 200, 201, 202, 203, 210, 211, 220, 230, 240, 250, 251, 252, 260, 261)
"""`status`: the quota is used up, too many at once, nothing found, the key may not."""
RADII = ((100, 20.0), (90, 50.0), (80, 100.0), (75, 200.0), (70, 300.0), (60, 500.0), (50, 1000.0))
"""Metres of doubt by `confidence`, as Baidu tells them; less confident answers are none."""
WIDE = {"国家", "省", "城市", "区县", "乡镇", "UNKNOWN"}


class Baidu(Geocoder):  # type: ignore[misc]
    """Geocoder of api.map.baidu.com."""

    def __init__(self, api_key: str, *, city: str = "", domain: str = "api.map.baidu.com", **more: Any) -> None:
        super().__init__(**more)
        self._key, self.city = api_key, city
        self.root = f"{self.scheme}://{domain.strip('/')}"

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:  # noqa: ARG002 - geopy's form
        """A location by its address, or None. Raises geopy's errors."""
        facts = {"ak": self._key, "address": query, "output": "json", **({"city": self.city} if self.city else {})}
        return self._call_geocoder(f"{self.root}/geocoding/v3/?{urlencode(facts)}", _place, timeout=timeout)

    def reverse(self, query: tuple[float, float], *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:  # noqa: ARG002 - geopy's form
        """What is at (latitude, longitude), or None. Raises geopy's errors."""
        facts = {"ak": self._key, "location": f"{query[0]:.6f},{query[1]:.6f}", "output": "json"}
        return self._call_geocoder(f"{self.root}/reverse_geocoding/v3/?{urlencode(facts)}", _name, timeout=timeout)


def _place(answer: dict[str, Any]) -> Location | None:
    found = _checked(answer)
    if not found.get("location"):
        return None
    at = found["location"]
    return Location(str(found.get("level") or ""), (float(at["lat"]), float(at["lng"])), found)


def _name(answer: dict[str, Any]) -> Location | None:
    found = _checked(answer)
    named = found.get("formatted_address")
    return Location(str(named), (0.0, 0.0), found) if named else None


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    """Errors come with HTTP 200 and a `status` other than 0."""
    status = int(answer["status"])
    if status in {0, *NOTHING}:
        result = answer.get("result") if status == 0 else None
        return result if isinstance(result, dict) else {}
    if status in DAILY:
        raise GeocoderQuotaExceeded(f"status {status}")
    if status in HASTY:
        raise GeocoderRateLimited(f"status {status}")
    if status in DENIED:
        raise GeocoderAuthenticationFailure(f"status {status}")
    raise GeocoderServiceError(f"status {status}")


def radius(raw: dict[str, Any]) -> float | None:
    """Metres of doubt of an answer; None for one that is no answer."""
    if raw.get("level") in WIDE:
        return None
    confidence = float(raw.get("confidence") or 0)
    return next((metres for least, metres in RADII if confidence >= least), None)


def street_name(raw: dict[str, Any]) -> str:
    """The street and house number of a named point."""
    parts = raw.get("addressComponent") or {}
    return f"{parts.get('street') or ''}{parts.get('street_number') or ''}"
