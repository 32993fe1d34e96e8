"""When a city complains: by season, weekday, holiday, rain and hour. The benches' cities follow the same year."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from models.holidays import national, spring_festival

Numbers = NDArray[Any]
HOURS = {
    "market": (1, 1, 1, 1, 1, 4, 9, 14, 13, 11, 9, 7, 3, 3, 6, 8, 11, 15, 17, 15, 11, 7, 3, 1),
    "night": (9, 5, 2, 1, 1, 1, 2, 3, 3, 3, 3, 4, 4, 3, 3, 3, 4, 7, 13, 20, 25, 26, 22, 15),
    "day": (1, 0, 0, 0, 0, 1, 4, 10, 16, 17, 15, 12, 5, 5, 11, 14, 14, 12, 9, 7, 5, 3, 2, 1),
    "building": (9, 7, 6, 5, 6, 9, 8, 7, 6, 6, 6, 7, 9, 7, 5, 5, 5, 6, 7, 8, 9, 12, 13, 12),
    "dusk": (2, 1, 1, 1, 1, 2, 4, 5, 6, 6, 5, 4, 3, 3, 4, 5, 8, 14, 18, 17, 13, 9, 6, 3),
    "morning": (1, 1, 1, 1, 2, 6, 16, 24, 20, 13, 9, 6, 3, 3, 5, 6, 6, 6, 5, 4, 3, 2, 1, 1),
}
"""How the complaints of a day lie, by the bureau's clock."""
MONTHS = {
    "flat": (1.0,) * 12,
    "warm": (0.5, 0.45, 0.8, 1.0, 1.15, 1.35, 1.45, 1.45, 1.25, 1.05, 0.8, 0.55),
    "hot": (0.25, 0.2, 0.4, 0.7, 1.2, 1.9, 2.3, 2.2, 1.4, 0.7, 0.4, 0.3),
    "cold": (1.5, 1.3, 1.1, 0.9, 0.8, 0.75, 0.75, 0.75, 0.85, 1.0, 1.25, 1.45),
    "frost": (4.2, 2.6, 0.4, 0, 0, 0, 0, 0, 0, 0.1, 1.3, 3.6),
    "dry": (1.1, 0.9, 1.4, 1.5, 1.2, 0.8, 0.6, 0.6, 0.9, 1.2, 1.2, 1.1),
    "leaves": (0.7, 0.5, 0.7, 0.8, 0.8, 0.7, 0.7, 0.7, 1.0, 1.9, 2.4, 1.3),
}
RAIN = (0.14, 0.16, 0.2, 0.22, 0.25, 0.34, 0.45, 0.42, 0.28, 0.2, 0.18, 0.13)
"""The share of rainy days, January first."""
DAY_OFF, FESTIVAL = 0.85, 0.35
A_DAY = 86400


@dataclass(frozen=True)
class Almanac:
    """Days in a row, from `first`: which month each is in, how much is told on it, and whether it rains."""

    first: date
    months: Numbers
    bustle: Numbers
    rain: Numbers

    def weights(self, hours: str, months: str, rain: float = 1.0) -> Numbers:
        """How much of a matter is told in each hour of these days: a row a day."""
        day = np.array(MONTHS[months])[self.months] * self.bustle * np.where(self.rain, rain, 1.0)
        clock = np.array(HOURS[hours], dtype=float)
        found: Numbers = np.outer(day, clock / clock.sum())
        return found


def almanac(dice: np.random.Generator, first: date, days: int) -> Almanac:
    """Days with their weather and holidays."""
    listed = [first + timedelta(days=n) for n in range(days)]
    months = np.array([day.month - 1 for day in listed])
    bustle = np.array([_bustle(day) for day in listed]) * (1 + 0.08 * dice.standard_normal(days))
    return Almanac(first, months, np.clip(bustle, 0.05, None), dice.random(days) < np.array(RAIN)[months])


def _bustle(day: date) -> float:
    """Offices and shops rest on days off; at 春节 nearly everybody is at home."""
    if day in spring_festival():
        return FESTIVAL
    works = national().get(day, day.weekday() < 5)  # noqa: PLR2004 - Saturday
    return 1.0 if works else DAY_OFF


def chosen(dice: np.random.Generator, weights: Numbers, count: int) -> Numbers:
    """So many places of a table of weights (as flat numbers), sorted."""
    upper = np.cumsum(weights.ravel())
    found: Numbers = np.searchsorted(upper, np.sort(dice.random(count)) * upper[-1], side="right")
    return np.minimum(found, len(upper) - 1)


def moments(dice: np.random.Generator, first: date, hours: Numbers, zone: ZoneInfo) -> Numbers:
    """Seconds since 1970 within hours counted from the beginning of the first day by the zone's clock."""
    start = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)
    return int(start.timestamp()) + hours.astype(np.int64) * 3600 + dice.integers(0, 3600, len(hours))


def often(dice: np.random.Generator, size: int, many: int, steep: float = 1.0) -> Numbers:
    """Numbers from 0, the small ones often: a few places and people make most of a city's work."""
    weights = 1 / np.arange(1, size + 1) ** steep
    return dice.choice(size, many, p=weights / weights.sum())
