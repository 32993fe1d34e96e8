"""A flat map of a city in metres: good to a few parts in a thousand over a hundred kilometres."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.said import Point

DEGREE = 111_195.0
"""Metres of a degree of latitude, on the sphere of models.metres."""
BEARINGS = {"北": 0, "东北": 45, "东": 90, "东南": 135, "南": 180, "西南": 225, "西": 270, "西北": 315}


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north, true to scale at one latitude."""

    latitude: float = 34.6

    @property
    def _east(self) -> float:
        return DEGREE * math.cos(math.radians(self.latitude))

    def xy(self, point: Point) -> tuple[float, float]:
        """Metres of a point."""
        return point.lon * self._east, point.lat * DEGREE

    def flat(self, pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Metres of many degrees, longitude first."""
        return np.multiply(pairs, (self._east, DEGREE))

    def back(self, x: float, y: float, radius: float | None = None) -> Point:
        """The WGS-84 point at so many metres."""
        return Point(y / DEGREE, x / self._east, radius=radius)


def moved(point: Point, bearing: float, distance: float) -> Point:
    """The point so many metres away; `bearing` in degrees, clockwise from north. Its radius stays."""
    plane = Plane(point.lat)
    x, y = plane.xy(point)
    angle = math.radians(bearing)
    return plane.back(x + distance * math.sin(angle), y + distance * math.cos(angle), point.radius)
