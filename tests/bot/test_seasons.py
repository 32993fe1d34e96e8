"""The demonstration's year lies as a city's year does."""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from bot.demo import seasons
from bot.demo.calendar import Report, reports
from bot.demo.cast import Beat
from models.holidays import spring_festival
from models.rows import Group, Person

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
MANY = 20_000


def told() -> list[Report]:
    """A year's reports in one chat."""
    who, home = Person(1, "1", "邱女士"), Group(1, "群", "merchants")
    beat = Beat(home, "-1", home, 0, [who], who, [], 1.0)
    return reports(np.random.default_rng(5), [beat], MANY, NOW, ZONE)


def test_a_year_has_its_peaks_and_dips() -> None:
    """Barbecue on summer nights, ice in winter, few at 春节 and at noon; the day before and after are usual ones."""
    found = told()
    assert [one.number for one in found] == list(range(1, MANY + 1))
    assert all(before.at <= after.at for before, after in pairwise(found))
    local = [(one, one.at.astimezone(ZONE)) for one in found]
    assert max(at for _, at in local) < NOW
    hours = Counter(at.hour for _, at in local)
    assert hours[12] + hours[13] < 0.6 * (hours[9] + hours[10])
    grill = [at for one, at in local if one.theme.code == "06029"]
    months = Counter(at.month for at in grill)
    assert min(months[month] for month in (6, 7, 8)) > 3 * max(months[month] for month in (12, 1, 2))
    assert sum(at.hour >= 18 or at.hour < 2 for at in grill) > 0.6 * len(grill)
    assert all(at.month in {11, 12, 1, 2, 3, 10} for one, at in local if one.theme.code == "10001")
    days = Counter(at.date() for _, at in local)
    festival = [days[day] for day in spring_festival() if day.year == 2026]
    assert np.mean(festival) < 0.5 * np.mean([days[date(2026, 3, n)] for n in range(2, 12)])


def test_who_repeats_tells_later_and_nobody_tells_of_tomorrow() -> None:
    """A report that repeats another comes after it, in its chat."""
    found = told()
    by_number = {one.number: one for one in found}
    again = [one for one in found if one.of is not None]
    assert len(again) == round(MANY * 0.06)
    assert all(by_number[one.of].at <= one.at and one.of < one.number for one in again if one.of)


def test_rain_brings_its_own() -> None:
    """Blocked drains on wet days, no grills."""
    book = seasons.almanac(np.random.default_rng(1), date(2026, 1, 1), 365)
    wet, dry = book.rain, ~book.rain
    drains, grills = book.weights("day", "flat", 7).sum(1), book.weights("night", "flat", 0.2).sum(1)
    assert 0.15 < wet.mean() < 0.4
    assert drains[wet].mean() > 5 * drains[dry].mean()
    assert grills[wet].mean() < 0.4 * grills[dry].mean()
