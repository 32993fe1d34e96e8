"""The clock of deadlines: urgent hours always run, working hours and days only in working periods."""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

from models.clock import aware

DAYS_AHEAD = 3660


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    RUNNING = "running"  # 紧急工作时, 自然日: never stands still
    WORKING = "working"  # 工作时, 工作日: in working periods


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take."""

    hours: float
    unit: LimitUnit


_RUNNING = {"紧急工作时": 1, "紧急小时": 1, "分钟": 1 / 60, "紧急工作日": 24, "自然日": 24}
_WORKING = {"工作时": 1, "小时": 1}
_DAYS = ("工作日", "天", "日")
_SHAPE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(紧急工作时|紧急小时|分钟|紧急工作日|自然日|工作时|小时|工作日|天|日)\s*")


def parse_limit(words: str, hours_a_day: float = 8) -> Limit:
    """「2紧急工作时」「4小时」「3工作日」 as a limit. Raises ValueError with a sentence for the clerk."""
    shape = _SHAPE.fullmatch(str(words))
    if shape is None:
        raise ValueError(f"时限“{words}”看不懂，请写成 2紧急工作时、4工作时 或 3工作日 这样")
    amount, unit = float(shape[1]), shape[2]
    if unit in _RUNNING:
        return Limit(amount * _RUNNING[unit], LimitUnit.RUNNING)
    return Limit(amount * (_WORKING.get(unit) or hours_a_day), LimitUnit.WORKING)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When a bureau works: zone, periods of a working day, days of the week off, and days that are otherwise."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    periods: tuple[tuple[time, time], ...] = ((time(8), time(12)), (time(14), time(18)))
    weekend: frozenset[int] = frozenset({5, 6})
    days: Mapping[date, bool] = field(default_factory=dict)

    def works_on(self, day: date) -> bool:
        """True for a working day: the bureau's own word first, then the national calendar, then the weekday."""
        if day in self.days:
            return self.days[day]
        known = _national(day)
        return day.weekday() not in self.weekend if known is None else known

    def open_spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working periods of a day, aware UTC."""
        if not self.works_on(day):
            return []
        spans = []
        for start, end in self.periods:
            begins = datetime.combine(day, start, self.zone).astimezone(UTC)
            ends = datetime.combine(day, end, self.zone).astimezone(UTC)
            spans.append((begins, ends))
        return spans


@lru_cache(maxsize=4096)
def _national(day: date) -> bool | None:
    """What the State Council said of this day, or None for a year that is not known yet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def due(start: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """When a limit that begins at `start` (aware) is over, UTC."""
    begin = aware(start)
    left = timedelta(hours=limit.hours)
    if limit.unit is LimitUnit.RUNNING:
        return begin + left
    day = begin.astimezone(calendar.zone).date()
    for offset in range(DAYS_AHEAD):
        for opens, closes in calendar.open_spans(day + timedelta(days=offset)):
            at = max(begin, opens)
            if at >= closes:
                continue
            if left <= closes - at:
                return at + left
            left -= closes - at
    raise ValueError("十年内没有足够的工作时间，请检查工作时段和休息日的设置")


def elapsed(start: datetime, end: datetime, calendar: WorkCalendar, unit: LimitUnit) -> timedelta:
    """How much of that time counts between two moments (aware)."""
    begin, finish = aware(start), aware(end)
    if unit is LimitUnit.RUNNING:
        return finish - begin
    total, day = timedelta(), begin.astimezone(calendar.zone).date()
    last = finish.astimezone(calendar.zone).date()
    while day <= last:
        for opens, closes in calendar.open_spans(day):
            total += max(timedelta(), min(finish, closes) - max(begin, opens))
        day += timedelta(days=1)
    return total
