"""The demonstration's year lies as a city's year does."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from bot.demo import seasons
from bot.demo.calendar import Report, reports
from bot.demo.cast import Beat
from models.holidays import national, spring_festival
from models.rows import Group, Person

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
MANY = 20_000


def told(chats: int = 1) -> list[Report]:
    """A year's reports in so many chats."""
    who, home = Person(1, "1", "邱女士"), Group(1, "群", "merchants")
    beats = [Beat(home, "-1", home, n, [who], who, [], 1.0) for n in range(chats)]
    return reports(np.random.default_rng(5), beats, MANY, NOW, ZONE)


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


def test_people_rest_on_holidays_and_work_on_the_saturdays_for_them() -> None:
    """国庆 is quieter than working days, 春节 far quieter; a Saturday that is worked for it is a working day."""
    years = [seasons.almanac(np.random.default_rng(n), date(2026, 1, 1), 365).bustle for n in range(30)]
    bustle = {date(2026, 1, 1) + timedelta(days=n): one for n, one in enumerate(np.mean(years, axis=0))}
    worked = [found for day, found in bustle.items() if national().get(day, day.weekday() < 5)]
    usual = np.mean(worked)
    assert 0.8 < np.mean([bustle[date(2026, 10, n)] for n in range(1, 8)]) / usual < 0.9
    assert np.mean([bustle[day] for day in spring_festival() if day.year == 2026]) < 0.45 * usual
    saturdays = [bustle[day] for day, works in national().items() if day.year == 2026 and works]
    assert len(saturdays) > 3
    assert 0.96 < np.mean(saturdays) / usual < 1.04


def test_chats_are_not_equally_busy() -> None:
    """The busiest has half as much again as the quietest, at least, and none is idle."""
    counts = Counter(one.beat for one in told(6))
    assert len(counts) == 6
    assert 1.5 * min(counts.values()) <= max(counts.values()) < 5 * min(counts.values())
    assert counts[0] == max(counts.values())


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
