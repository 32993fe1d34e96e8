"""Deadlines in zones that put their clocks forward and back: laws that hold for every moment of such a night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.worktime import WorkCalendar, due, elapsed, parse_limit

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Shanghai"]
LIMITS = ["2紧急工作时", "4工作时", "1工作日", "3工作日"]
NIGHTS = [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC)]
MOMENTS = st.builds(
    lambda night, minutes: night + timedelta(minutes=minutes), st.sampled_from(NIGHTS), st.integers(-3000, 3000)
)


@pytest.mark.parametrize("zone", ZONES)
@given(start=MOMENTS, words=st.sampled_from(LIMITS), later=st.integers(0, 2000))
def test_deadline_moves_only_forward_through_a_night_of_changing_clocks(
    zone: str, start: datetime, words: str, later: int
) -> None:
    """Never before its beginning, and who begins later is never due earlier."""
    calendar, limit = WorkCalendar(ZoneInfo(zone)), parse_limit(words)
    ends = due(start, limit, calendar)
    assert ends > start
    assert due(start + timedelta(minutes=later), limit, calendar) >= ends


@pytest.mark.parametrize("zone", ZONES)
@given(start=MOMENTS, words=st.sampled_from(LIMITS), span=st.integers(0, 6000))
def test_time_that_passed_is_never_negative_and_only_grows(zone: str, start: datetime, words: str, span: int) -> None:
    """Also between the two times that a clock shows twice."""
    calendar, limit = WorkCalendar(ZoneInfo(zone)), parse_limit(words)
    passed = [elapsed(start, start + timedelta(minutes=m), calendar, limit.unit) for m in (0, span // 2, span)]
    assert passed[0] == timedelta()
    assert passed == sorted(passed)
