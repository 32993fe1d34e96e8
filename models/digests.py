"""The digests that come by themselves: when each is due, and which span of days it tells of."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


class Digest(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def next_due(kind: Digest, hour: time, after: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after `after` at which it is due: that hour of any day, of a Monday, of the first of a month."""
    day = after.astimezone(zone).date()
    for offset in range(33):
        candidate = day + offset * A_DAY
        at = datetime.combine(candidate, hour, zone)
        if at.astimezone(UTC) > after.astimezone(UTC) and _falls_on(kind, candidate.weekday(), candidate.day):
            return at
    raise AssertionError("a month has a first day")


def next_night(after: datetime, hour: time, zone: ZoneInfo) -> datetime:
    """When the bureau's clock strikes that hour next, after `after`; an hour that is shown twice strikes once."""
    return next_due(Digest.DAILY, hour, after, zone)


def _falls_on(kind: Digest, weekday: int, day: int) -> bool:
    return kind is Digest.DAILY or (weekday == 0 if kind is Digest.WEEKLY else day == 1)


def last_due(kind: Digest, hour: time, now: datetime, zone: ZoneInfo) -> datetime:
    """The last moment up to `now` at which it was due: of several that were missed, the one to bring."""
    at = next_due(kind, hour, now - timedelta(days=33), zone)
    while (later := next_due(kind, hour, at, zone)) <= now:
        at = later
    return at


def span_of(kind: Digest, due: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """What it tells of: since the daily one before it, last week, last month, in whole days but for the daily one."""
    local = due.astimezone(zone)
    if kind is Digest.DAILY:
        return datetime.combine(local.date() - A_DAY, local.time(), zone), due
    end = datetime.combine(local.date(), time(), zone)
    if kind is Digest.WEEKLY:
        return datetime.combine(local.date() - A_WEEK, time(), zone), end
    return datetime.combine((local.date() - A_DAY).replace(day=1), time(), zone), end
