"""The clock of deadlines against a counter that walks through every minute of the world and looks at the wall clock."""

import warnings
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.worktime import Limit, LimitUnit, WorkCalendar, calendar_from, due, elapsed

MINUTE = timedelta(minutes=1)
DAYS = 13
LUNCH = ((time(8), time(12)), (time(14), time(18)))
EVENING = ((time(16, 30), time(0)),)
NIGHT = ((time(22), time(6)),)
ODD = ((time(1), time(2, 30)), (time(2, 40), time(5, 15)), (time(21), time(0, 30)))
PERIODS = [LUNCH, EVENING, NIGHT, ODD]
OWN = {date(2026, 3, 3): False, date(2026, 3, 28): True, date(2027, 1, 1): False}
EDGES = [
    datetime(2026, 2, 12, tzinfo=UTC),  # 调休 on Saturday the 14th, then Spring Festival
    datetime(2026, 9, 29, tzinfo=UTC),  # National Day, 调休 on Saturday 10 October
    datetime(2025, 12, 30, tzinfo=UTC),  # a year's end that is known
    datetime(2026, 12, 30, tzinfo=UTC),  # and one that the national calendar does not know yet
    datetime(2026, 3, 27, tzinfo=UTC),  # Berlin's clocks go forward
    datetime(2026, 10, 23, tzinfo=UTC),  # and back
    datetime(2026, 4, 3, tzinfo=UTC),  # Lord Howe's go back by half an hour
    datetime(2026, 10, 2, tzinfo=UTC),  # and forward
]
STARTS = st.builds(lambda edge, minutes: edge + minutes * MINUTE, st.sampled_from(EDGES), st.integers(0, 4000))
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]


def works(day: date, calendar: WorkCalendar) -> bool:
    """Asked of the library's own function, which is not the one that the clock reads."""
    if day in calendar.days:
        return calendar.days[day]
    if calendar.follows and day.year <= 2026:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(chinese_calendar.is_workday(day))
    return day.weekday() not in calendar.weekend


def open_minutes(start: datetime, calendar: WorkCalendar) -> list[bool]:
    """For each minute from two days before `start`: is a door open. It opens and closes when the wall clock says so."""
    first = start - timedelta(days=2)
    shown = [(first + n * MINUTE).astimezone(calendar.zone).replace(tzinfo=None) for n in range((DAYS + 2) * 1440)]
    latest = list(accumulate(shown, max))
    minutes = [False] * len(latest)
    for offset in range(-1, DAYS + 4):
        day = shown[0].date() + timedelta(days=offset)
        for opens, closes in calendar.periods if works(day, calendar) else ():
            last = day if opens < closes else day + timedelta(days=1)
            at, to = (bisect_left(latest, datetime.combine(d, c)) for d, c in ((day, opens), (last, closes)))
            if at:
                minutes[at:to] = [True] * (to - at)
    return minutes[2 * 1440 :]


@pytest.mark.parametrize("periods", PERIODS, ids=["lunch", "evening", "night", "odd"])
@settings(max_examples=15, deadline=None)
@given(
    start=STARTS, zone=st.sampled_from(ZONES), wanted=st.integers(0, 600), own=st.booleans(), span=st.integers(0, 9000)
)
def test_clock_says_what_a_counter_of_minutes_says(  # noqa: PLR0913 - all that a calendar is made of
    periods: tuple[tuple[time, time], ...], start: datetime, zone: str, wanted: int, *, own: bool, span: int
) -> None:
    """`due` ends with the minute that fills the limit; `elapsed` is the number of open minutes."""
    calendar = WorkCalendar(ZoneInfo(zone), periods, days=OWN if own else {}, follows=zone == "Asia/Shanghai")
    minutes = open_minutes(start, calendar)
    counted = elapsed(start, start + span * MINUTE, calendar, LimitUnit.WORKING)
    assert counted == sum(minutes[:span]) * MINUTE
    ends = due(start, Limit(wanted / 60, LimitUnit.WORKING), calendar)
    whole = round((ends - start) / MINUTE)
    if whole <= len(minutes):
        assert sum(minutes[:whole]) == wanted
        assert wanted == 0 or minutes[whole - 1]


@given(start=STARTS, first=st.integers(0, 500), second=st.integers(0, 500), periods=st.sampled_from(PERIODS))
def test_deadline_moves_by_exactly_the_time_it_stood_still(
    start: datetime, first: int, second: int, periods: tuple[tuple[time, time], ...]
) -> None:
    """Two limits in a row are one limit of both; time stood still is put back to the minute."""
    calendar = WorkCalendar(periods=periods)
    limit = [Limit(n / 60, LimitUnit.WORKING) for n in (first, second, first + second)]
    ends = due(start, limit[0], calendar)
    assert due(ends, limit[1], calendar) == due(start, limit[2], calendar)
    stood = elapsed(start, ends + second * MINUTE, calendar, LimitUnit.WORKING)
    moved = due(ends, Limit(stood / timedelta(hours=1), LimitUnit.WORKING), calendar)
    assert elapsed(ends, moved, calendar, LimitUnit.WORKING) == stood


@given(day=st.dates(date(2004, 1, 1), date(2028, 12, 31)), periods=st.sampled_from(PERIODS), own=st.booleans())
def test_calendar_written_out_is_the_same_calendar(
    day: date, periods: tuple[tuple[time, time], ...], *, own: bool
) -> None:
    """What is kept beside the tickets says of every day what the living calendar said."""
    calendar = WorkCalendar(periods=periods, days=OWN if own else {})
    kept = calendar_from(calendar.body)
    assert kept.open_spans(day) == calendar.open_spans(day)
    assert kept.mark == calendar.mark
    assert WorkCalendar(periods=periods, days={date(2030, 1, 2): False}).mark != calendar.mark
