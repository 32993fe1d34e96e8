"""The clock of deadlines: urgent hours always run, working hours and days only in working periods."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from models.clock import aware
from models.holidays import last_known_year, national

DAYS_AHEAD = 3660
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
MARK_SIGNS = 12


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


@dataclass(frozen=True)
class WorkCalendar:
    """When somebody works: zone, periods of a working day, days of the week off, and days that are otherwise.

    A period that ends at or before its beginning goes on to the next day. `days` go before the national calendar, that
    before the weekday; `follows` says whether the national one counts here at all.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    periods: tuple[tuple[time, time], ...] = ((time(8), time(12)), (time(14), time(18)))
    weekend: frozenset[int] = frozenset({5, 6})
    days: Mapping[date, bool] = field(default_factory=dict)
    follows: bool = True

    def works_on(self, day: date) -> bool:
        """True for a working day: the bureau's own word first, then the national calendar, then the weekday."""
        known = self.days.get(day)
        if known is None and self.follows:
            known = national().get(day)
        return day.weekday() not in self.weekend if known is None else known

    def unknown_years(self, today: date) -> Iterator[int]:
        """Of this year and the next those of which nobody has said which days are holidays."""
        told = {day.year for day in self.days}
        if self.follows:
            yield from (y for y in (today.year, today.year + 1) if y > last_known_year() and y not in told)

    @cached_property
    def _known(self) -> dict[date, list[tuple[datetime, datetime]]]:
        """Days that were asked for before: a deadline and its steps look at the same few."""
        return {}

    def open_spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working periods that begin on a day, aware UTC."""
        if day not in self._known:
            self._known[day] = self._reckoned(day) if self.works_on(day) else []
        return self._known[day]

    def _reckoned(self, day: date) -> list[tuple[datetime, datetime]]:
        spans = []
        for start, end in self.periods:
            last = day if start < end else day + A_DAY
            spans.append((_struck(day, start, self.zone), _struck(last, end, self.zone)))
        return [(opens, closes) for opens, closes in spans if opens < closes]

    def spans_from(self, begin: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working periods that end after a moment, in order, for ten years."""
        day = begin.astimezone(self.zone).date() - A_DAY
        for offset in range(DAYS_AHEAD):
            yield from (span for span in self.open_spans(day + offset * A_DAY) if span[1] > begin)

    def on_duty(self, moment: datetime) -> bool:
        """True within a working period."""
        opens, closes = next(self.spans_from(aware(moment)), (moment, moment))
        return opens <= moment < closes

    @cached_property
    def body(self) -> dict[str, Any]:
        """All of it as plain values, with the days that the national calendar knows today written out."""
        said = {**(national() if self.follows else {}), **self.days}
        days = {day: works for day, works in said.items() if works is not (day.weekday() not in self.weekend)}
        return {
            "zone": self.zone.key,
            "periods": [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in self.periods],
            "weekend": sorted(self.weekend),
            "days": {f"{day}": days[day] for day in sorted(days)},
        }

    @cached_property
    def mark(self) -> str:
        """A short name that two calendars share only where they say the same of every day."""
        return hashlib.sha256(orjson.dumps(self.body)).hexdigest()[:MARK_SIGNS]


def calendar_from(body: dict[str, Any]) -> WorkCalendar:
    """The calendar that was written out as `body`; what the national one learned since does not change it."""
    periods = tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in body["periods"])
    days = {date.fromisoformat(day): works for day, works in body["days"].items()}
    return WorkCalendar(ZoneInfo(body["zone"]), periods, frozenset(body["weekend"]), days, follows=False)


def _struck(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When the clock of a zone first shows this time or a later one, UTC: a time that is left out comes at the jump."""
    wall = datetime.combine(day, at)
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while found - early > A_MINUTE:
        middle = early + (found - early) // 2
        shown = middle.astimezone(zone).replace(tzinfo=None)
        early, found = (early, middle) if shown >= wall else (middle, found)
    return found.replace(second=0, microsecond=0)


def due(start: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """When a limit that begins at `start` (aware) is over, UTC: the first moment by which so much time has counted."""
    begin = aware(start)
    left = timedelta(hours=limit.hours)
    if limit.unit is LimitUnit.RUNNING or not left:
        return begin + left
    for opens, closes in calendar.spans_from(begin):
        at = max(begin, opens)
        if left <= closes - at:
            return at + left
        left -= closes - at
    raise ValueError("十年内没有足够的工作时间，请检查工作时段和休息日的设置")


def elapsed(start: datetime, end: datetime, calendar: WorkCalendar, unit: LimitUnit) -> timedelta:
    """How much of that time counts between two moments (aware); nothing where the end is first."""
    begin, finish = aware(start), aware(end)
    if finish <= begin:
        return timedelta()
    if unit is LimitUnit.RUNNING:
        return finish - begin
    total = timedelta()
    for opens, closes in calendar.spans_from(begin):
        if opens >= finish:
            break
        total += min(finish, closes) - max(begin, opens)
    return total
