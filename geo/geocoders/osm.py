"""What answers of Nominatim and Photon are worth: both tell OpenStreetMap's things, WGS-84."""

from typing import Any

from models.metres import metres
from models.said import Point

SMALLEST, WIDEST = 50.0, 1000.0
AREAS = {"city", "county", "state", "country", "district", "region", "province", "municipality", "town", "suburb"}
"""Types that are areas of the administration: no answer, however small they are drawn."""
TYPES = {"house": 50.0, "street": 800.0, "locality": 600.0, "other": 150.0}


def nominatim_radius(raw: dict[str, Any]) -> float | None:
    """Half the diagonal of what was found; None for an area of the administration or what is wider than a kilometre."""
    if (raw.get("addresstype") or raw.get("type")) in AREAS or raw.get("class") == "boundary":
        return None
    south, north, west, east = (float(edge) for edge in raw["boundingbox"])
    half = metres(Point(south, west), Point(north, east)) / 2
    return max(SMALLEST, half) if half <= WIDEST else None


def photon_radius(raw: dict[str, Any]) -> float | None:
    """By the type of what was found."""
    return TYPES.get((raw.get("properties") or {}).get("type") or "")


def nominatim_name(raw: dict[str, Any]) -> str:
    """The road and house number of a named point."""
    parts = raw.get("address") or {}
    return f"{parts.get('road') or ''}{_number(parts.get('house_number'))}"


def photon_name(raw: dict[str, Any]) -> str:
    """The street and house number, else the name, of a named point."""
    parts = raw.get("properties") or {}
    return f"{parts.get('street') or parts.get('name') or ''}{_number(parts.get('housenumber'))}"


def _number(number: Any) -> str:
    return f"{number}号" if number and str(number).isdecimal() else str(number or "")
