"""The clock of deadlines: tables of moments, and laws that hold for all of them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.matters import MATTERS
from models.worktime import Limit, LimitUnit, WorkCalendar, due, elapsed, parse_limit

CHINA = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(CHINA)


def at(words: str) -> datetime:
    """A moment in China."""
    return datetime.fromisoformat(words).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("words", "hours", "unit"),
    [
        ("2紧急工作时", 2, LimitUnit.RUNNING),
        ("30分钟", 0.5, LimitUnit.RUNNING),
        ("1自然日", 24, LimitUnit.RUNNING),
        ("4工作时", 4, LimitUnit.WORKING),
        ("4小时", 4, LimitUnit.WORKING),
        ("3工作日", 24, LimitUnit.WORKING),
        (" 1.5 天 ", 12, LimitUnit.WORKING),
    ],
)
def test_limit_is_read_in_the_three_units(words: str, hours: float, unit: LimitUnit) -> None:
    """紧急工作时 always runs; 工作时 and 工作日 run in working periods."""
    assert parse_limit(words) == Limit(hours, unit)


@pytest.mark.parametrize("words", ["", "快点", "3", "-2工作时", "3个工作日半", "工作日"])
def test_limit_that_cannot_be_read_says_how_to_write_it(words: str) -> None:
    """The sentence names the words and an example."""
    with pytest.raises(ValueError, match="请写成 2紧急工作时"):
        parse_limit(words)


def test_every_matter_has_a_limit_that_can_be_read() -> None:
    """No row of the table is without its clock."""
    assert len(MATTERS) == 250
    assert all(parse_limit(matter.limit).hours > 0 for matter in MATTERS.values())


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-03-02 19:41", "2紧急工作时", "2026-03-02 21:41"),  # urgent hours run in the evening
        ("2026-03-02 19:41", "2工作时", "2026-03-03 10:00"),  # working hours wait for the morning
        ("2026-03-02 11:00", "2工作时", "2026-03-02 15:00"),  # and for the end of lunch
        ("2026-03-06 17:00", "2工作时", "2026-03-09 09:00"),  # and over the week-end
        ("2026-03-02 08:00", "1工作日", "2026-03-02 18:00"),
        ("2026-09-30 17:00", "2工作时", "2026-10-08 09:00"),  # National Day
        ("2026-02-14 09:00", "1工作时", "2026-02-14 10:00"),  # a Saturday that is worked before Spring Festival
    ],
)
def test_deadline_falls_where_a_clerk_would_put_it(start: str, limit: str, end: str) -> None:
    """Counted by hand."""
    assert due(at(start), parse_limit(limit), CALENDAR) == at(end)


def test_years_that_the_national_calendar_does_not_know_go_by_weekdays() -> None:
    """Nothing breaks when the calendar's years are over."""
    assert due(at("2040-03-02 11:00"), parse_limit("2工作时"), CALENDAR) == at("2040-03-02 15:00")


def test_bureau_says_which_days_are_otherwise() -> None:
    """Its own word goes before the national calendar."""
    calendar = WorkCalendar(CHINA, days={date(2026, 3, 3): False})
    assert due(at("2026-03-02 17:00"), parse_limit("2工作时"), calendar) == at("2026-03-04 09:00")


def test_bureau_that_never_works_is_told_so() -> None:
    """No endless search."""
    never = WorkCalendar(CHINA, periods=((time(8), time(8, 1)),), weekend=frozenset(range(7)))
    with pytest.raises(ValueError, match="请检查工作时段"):
        due(at("2041-01-01 00:00"), Limit(10_000, LimitUnit.WORKING), never)


def test_naive_time_is_refused() -> None:
    """A deadline from a time without a zone would be hours off."""
    with pytest.raises(ValueError, match="without a zone"):
        due(datetime(2026, 3, 2, 8, 0), Limit(1, LimitUnit.RUNNING), CALENDAR)  # noqa: DTZ001 - that is the test


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone comes beside
HOURS = st.floats(0.1, 60)


@given(MOMENTS, HOURS)
def test_working_time_until_the_deadline_is_the_limit(start: datetime, hours: float) -> None:
    """`due` and `elapsed` are each other's inverse."""
    end = due(start, Limit(hours, LimitUnit.WORKING), CALENDAR)
    counted = elapsed(start, end, CALENDAR, LimitUnit.WORKING)
    assert abs(counted - timedelta(hours=hours)) < timedelta(seconds=1)


@given(MOMENTS, HOURS, HOURS)
def test_longer_limit_never_ends_sooner(start: datetime, one: float, other: float) -> None:
    """Deadlines keep the order of their limits."""
    short, long = sorted((one, other))
    ends = [due(start, Limit(hours, LimitUnit.WORKING), CALENDAR) for hours in (short, long)]
    assert ends[0] <= ends[1]
