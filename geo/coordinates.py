"""Coordinates that somebody typed: decimal or with minutes and seconds, named or bare, in either order."""

import re
from dataclasses import dataclass

from geo.datums import in_china
from models.said import Point

EXACT = 50.0
ROUGH = 120.0
"""Metres of doubt: of four decimals and more, and of three."""
MARK = "北纬|南纬|东经|西经|纬度?|经度?|latitude|longitude|lat|lng|lon|[nsew]"
LATITUDES, SOUTH_OR_WEST = ("北", "南", "纬", "n", "s", "lat"), ("南", "西", "s", "w")


def _angle(number: int) -> str:
    """A pattern for one angle, its groups numbered."""
    minutes = rf"(?P<min{number}>\d{{1,2}}(?:\.\d{{1,9}})?)\s{{0,3}}['′’‘分]"
    seconds = rf"\s{{0,3}}(?:(?P<sec{number}>\d{{1,2}}(?:\.\d{{1,9}})?)\s{{0,3}}(?:''|[\"″”“秒])?)?"
    return (
        rf"(?P<mark{number}>{MARK})?\s{{0,3}}[:：=]?\s{{0,3}}(?P<deg{number}>-?\d{{1,3}}(?:\.(?P<dec{number}>\d{{1,15}}))?)"
        rf"\s{{0,3}}(?:[°º度]\s{{0,3}}(?:{minutes}{seconds})?)?\s{{0,3}}(?P<tail{number}>[nsew](?![a-z]))?"
    )


PAIR = re.compile(rf"(?<![\w.\-])(?=\S){_angle(1)}[\s,，、;；/]{{0,6}}{_angle(2)}(?![\d.])", re.IGNORECASE | re.ASCII)
GCJ_WORDS = re.compile(r"gcj|火星|高德|腾讯", re.IGNORECASE)
BD_WORDS = re.compile(r"bd-?09|百度", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """Coordinates and where in the text they stand."""

    point: Point
    start: int
    end: int


def typed(text: str) -> Typed | None:
    """The first coordinates in a text. Bare pairs count only inside China's box, with three decimals or more."""
    for found in PAIR.finditer(text):
        pair = _pair(found)
        if pair is not None:
            decimals = min((len(found[f"dec{n}"] or "") for n in (1, 2)), default=0)
            rough = decimals == 3 and not found["min1"]  # noqa: PLR2004 - a hundred metres
            point = Point(*pair, datum_named(text), ROUGH if rough else EXACT, "link")
            return Typed(point, found.start(), found.end())
    return None


def datum_named(text: str) -> str:
    """The datum that words name; without a name what a compass shows, WGS-84."""
    if GCJ_WORDS.search(text):
        return "GCJ-02"
    return "BD-09" if BD_WORDS.search(text) else "WGS-84"


def _pair(found: re.Match[str]) -> tuple[float, float] | None:
    if not all(found[f"min{n}"] or len(found[f"dec{n}"] or "") >= 3 for n in (1, 2)):  # noqa: PLR2004 - else it is a price
        return None
    first, second = _degrees(found, 1), _degrees(found, 2)
    marks = [(found[f"mark{n}"] or found[f"tail{n}"] or "").lower() for n in (1, 2)]
    if all(marks):
        lat_first = marks[0].startswith(LATITUDES)
        if lat_first == marks[1].startswith(LATITUDES):
            return None
        return on_earth(*((first, second) if lat_first else (second, first)))
    return in_order(first, second) if in_china(first, second) or in_china(second, first) else None


def _degrees(found: re.Match[str], number: int) -> float:
    value = abs(float(found[f"deg{number}"]))
    value += float(found[f"min{number}"] or 0) / 60 + float(found[f"sec{number}"] or 0) / 3600
    mark = (found[f"mark{number}"] or found[f"tail{number}"] or "").lower()
    minus = found[f"deg{number}"].startswith("-") or (mark.startswith(SOUTH_OR_WEST) and mark not in {"纬", "经"})
    return -value if minus else value


def in_order(first: float, second: float, *, lon_first: bool = False) -> tuple[float, float] | None:
    """Latitude, longitude of two numbers. In China no latitude is a longitude, so there the range decides the order."""
    given = (second, first) if lon_first else (first, second)
    if not in_china(*given) and in_china(given[1], given[0]):
        return given[1], given[0]
    return on_earth(*given)


def on_earth(lat: float, lon: float) -> tuple[float, float] | None:
    """The pair, where it is on the earth and not the empty (0, 0)."""
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon) else None  # noqa: PLR2004 - the earth
