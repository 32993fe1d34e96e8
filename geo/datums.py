"""WGS-84, GCJ-02 and BD-09: the three datums met in China. Constants as in the public description of the offsets."""

import math
from dataclasses import replace

from models.said import Point

AXIS = 6378245.0
ECCENTRICITY = 0.00669342162296594323
BAIDU = math.pi * 3000.0 / 180.0
CHINA = (0.8293, 55.8271, 72.004, 137.8347)
CLOSE = 1e-9


def in_china(lat: float, lon: float) -> bool:
    """True inside the box where the offsets are applied."""
    south, north, west, east = CHINA
    return south <= lat <= north and west <= lon <= east


def _waves(value: float, first: float, second: float) -> float:
    return (20.0 * math.sin(value * math.pi) + first * math.sin(value / 3.0 * math.pi) + second) * 2.0 / 3.0


def _common(x: float) -> float:
    return (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0


def _north(x: float, y: float) -> float:
    shift = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + _common(x)
    shift += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    return shift + (160.0 * math.sin(y / 12.0 * math.pi) + 320 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0


def _east(x: float, y: float) -> float:
    shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + _common(x)
    shift += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    return shift + (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0


def wgs_to_gcj(lat: float, lon: float) -> tuple[float, float]:
    """WGS-84 degrees to GCJ-02 degrees; unchanged outside China."""
    if not in_china(lat, lon):
        return lat, lon
    x, y, radians = lon - 105.0, lat - 35.0, math.radians(lat)
    magic = 1 - ECCENTRICITY * math.sin(radians) ** 2
    root = math.sqrt(magic)
    north = _north(x, y) * 180.0 / ((AXIS * (1 - ECCENTRICITY)) / (magic * root) * math.pi)
    east = _east(x, y) * 180.0 / (AXIS / root * math.cos(radians) * math.pi)
    return lat + north, lon + east


def gcj_to_wgs(lat: float, lon: float) -> tuple[float, float]:
    """GCJ-02 degrees to WGS-84 degrees, by iteration."""
    if not in_china(lat, lon):
        return lat, lon
    guess_lat, guess_lon = lat, lon
    for _ in range(30):
        there_lat, there_lon = wgs_to_gcj(guess_lat, guess_lon)
        step_lat, step_lon = lat - there_lat, lon - there_lon
        guess_lat, guess_lon = guess_lat + step_lat, guess_lon + step_lon
        if abs(step_lat) < CLOSE and abs(step_lon) < CLOSE:
            break
    return guess_lat, guess_lon


def gcj_to_bd(lat: float, lon: float) -> tuple[float, float]:
    """GCJ-02 degrees to BD-09 degrees."""
    z = math.hypot(lon, lat) + 0.00002 * math.sin(lat * BAIDU)
    theta = math.atan2(lat, lon) + 0.000003 * math.cos(lon * BAIDU)
    return z * math.sin(theta) + 0.006, z * math.cos(theta) + 0.0065


def bd_to_gcj(lat: float, lon: float) -> tuple[float, float]:
    """BD-09 degrees to GCJ-02 degrees, by iteration."""
    guess_lat, guess_lon = lat - 0.006, lon - 0.0065
    for _ in range(30):
        there_lat, there_lon = gcj_to_bd(guess_lat, guess_lon)
        step_lat, step_lon = lat - there_lat, lon - there_lon
        guess_lat, guess_lon = guess_lat + step_lat, guess_lon + step_lon
        if abs(step_lat) < CLOSE and abs(step_lon) < CLOSE:
            break
    return guess_lat, guess_lon


def to_wgs84(point: Point) -> Point:
    """The same place in WGS-84. Raises ValueError for a datum that is not known."""
    match point.datum:
        case "WGS-84":
            return point
        case "GCJ-02":
            lat, lon = gcj_to_wgs(point.lat, point.lon)
        case "BD-09":
            lat, lon = gcj_to_wgs(*bd_to_gcj(point.lat, point.lon))
        case _:
            raise ValueError(_unknown(point.datum))
    return replace(point, lat=lat, lon=lon, datum="WGS-84")


def from_wgs84(point: Point, datum: str) -> Point:
    """A WGS-84 point in another datum. Raises ValueError for one that is not known."""
    lat, lon = point.lat, point.lon
    match datum:
        case "WGS-84":
            pass
        case "GCJ-02":
            lat, lon = wgs_to_gcj(lat, lon)
        case "BD-09":
            lat, lon = gcj_to_bd(*wgs_to_gcj(lat, lon))
        case _:
            raise ValueError(_unknown(datum))
    return replace(point, lat=lat, lon=lon, datum=datum)


def _unknown(datum: str) -> str:
    return f"坐标系“{datum}”不认识，请用 WGS-84、GCJ-02 或 BD-09"
