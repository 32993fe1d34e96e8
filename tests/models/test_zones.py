"""Deadlines in zones that put their clocks forward and back: laws that hold for every moment of such a night."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.digests import next_night
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


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [time(1, 45), time(2), time(2, 30), time(3)])
def test_next_night_lies_ahead_at_every_minute_of_a_night_of_changing_clocks(zone: str, hour: time) -> None:
    """Never now, never past; also where `now` is told by the bureau's own clock."""
    here = ZoneInfo(zone)
    for now in (night + timedelta(minutes=minute) for night in NIGHTS for minute in range(960)):
        at = next_night(now, hour, here).astimezone(UTC)
        assert now < at <= now + timedelta(hours=25, minutes=1)
        assert next_night(now.astimezone(here), hour, here).astimezone(UTC) == at


@pytest.mark.parametrize(
    ("now", "hour", "zone", "due"),
    [
        ("2026-03-02T18:59", "03:00", "Asia/Shanghai", "2026-03-02T19:00"),
        ("2026-03-02T19:00", "03:00", "Asia/Shanghai", "2026-03-03T19:00"),
        ("2026-10-25T00:05", "02:30", "Europe/Berlin", "2026-10-25T00:30"),
        ("2026-10-25T01:05", "02:30", "Europe/Berlin", "2026-10-26T01:30"),
        ("2026-03-29T00:05", "02:30", "Europe/Berlin", "2026-03-29T01:30"),
    ],
)
def test_night_is_the_bureaus(now: str, hour: str, zone: str, due: str) -> None:
    """Today if that is still to come; an hour shown twice strikes once, one that is left out strikes at the jump."""
    asked = datetime.fromisoformat(f"{now}Z"), time.fromisoformat(hour), ZoneInfo(zone)
    assert next_night(*asked).astimezone(UTC) == datetime.fromisoformat(f"{due}Z")
