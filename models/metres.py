"""Distances, good to a few parts in ten thousand below 20 km."""

import math

from models.said import Point

EARTH = 6_371_000.0


def metres(a: Point, b: Point) -> float:
    """Metres between two points of one datum."""
    x = math.radians(b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return EARTH * math.hypot(x, math.radians(b.lat - a.lat))
