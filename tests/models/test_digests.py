"""When digests are due and what they tell of: by the wall clock, without a gap and without a day told twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from models.digests import Digest, last_due, next_due, span_of

ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone comes beside
HOURS = st.times(time(4), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))


@given(kind=st.sampled_from(Digest), hour=HOURS, now=MOMENTS, zone=ZONES)
def test_it_is_due_at_its_hour_of_its_day(kind: Digest, hour: time, now: datetime, zone: ZoneInfo) -> None:
    """Any day, a Monday, a first; the last one and the next enclose the present."""
    last, following = last_due(kind, hour, now, zone), next_due(kind, hour, now, zone)
    assert last <= now < following
    assert next_due(kind, hour, last, zone) == following
    for at in (last.astimezone(zone), following.astimezone(zone)):
        assert at.time() == hour
        assert kind is not Digest.WEEKLY or at.isoweekday() == 1
        assert kind is not Digest.MONTHLY or at.day == 1


@given(kind=st.sampled_from(Digest), hour=HOURS, now=MOMENTS, zone=ZONES)
def test_spans_follow_each_other_without_a_gap(kind: Digest, hour: time, now: datetime, zone: ZoneInfo) -> None:
    """Where one ends the next begins, also over a night in which clocks are put forward or back."""
    first = last_due(kind, hour, now, zone)
    second = next_due(kind, hour, first, zone)
    (began, ended), (begins, ends) = span_of(kind, first, zone), span_of(kind, second, zone)
    assert began < ended == begins < ends <= second
    longest = {Digest.DAILY: 25, Digest.WEEKLY: 7 * 24 + 1, Digest.MONTHLY: 31 * 24 + 1}[kind]
    assert ends.astimezone(UTC) - begins.astimezone(UTC) <= timedelta(hours=longest)
