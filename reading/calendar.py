"""Days as periods: how they are called, what they are compared with; whole weeks and months. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

MEASURED = re.compile("上期|前一.|前两天|前一季度|之前同样长|.*同期|.*）")
"""What is as long as the period itself by its name; a part of any other bears another name: 上月同期, 10月同期."""


class NoSuchDay(ValueError):  # noqa: N818 - an answer for the person who wrote the date, not an error
    """A date that does not exist, or stands the wrong way round; `why` is a sentence of the catalogue."""

    def __init__(self, why: str, **facts: int) -> None:
        super().__init__(why)
        self.why = why
        self.facts = {name: str(number) for name, number in facts.items()}


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, both counted; how to call them; and the days to compare with, by their name."""

    first: date
    last: date
    name: str
    before: tuple[date, date]
    against: str = "上期"
    hours: tuple[time, time] | None = None
    """From this hour of the first day to that hour of the day after the last: a night."""

    def moments(self, zone: tzinfo, now: datetime) -> tuple[datetime, datetime, datetime, datetime]:
        """Start, end, start and end to compare with: of a period that is not over only as much of the earlier one."""
        one, (begin, finish) = timedelta(days=1), self.hours or (time(), time())
        start, end, before, over = (
            datetime.combine(at, hour, zone)
            for at, hour in (
                (self.first, begin), (self.last + one, finish), (self.before[0], begin), (self.before[1] + one, finish),
            )
        )  # fmt: skip
        return (
            start,
            end,
            before,
            over if end <= now else max(before, min(over, before + (now.astimezone(zone) - start))),
        )

    def against_by(self, zone: tzinfo, now: datetime) -> str:
        """What it is compared with, as people call that: of a period that is not over, as much of the earlier one."""
        over = self.moments(zone, now)[1] <= now
        return self.against if over or MEASURED.fullmatch(self.against) else f"{self.against}同期"


def day(year: int, month: int, of: int) -> date:
    """A day of the calendar. Raises NoSuchDay."""
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise NoSuchDay("no-such-month", n=month)
    if not 1 <= year <= 9998:  # noqa: PLR2004 - what a calendar holds
        raise NoSuchDay("no-such-year", n=year)
    try:
        return date(year, month, of)
    except ValueError:
        if (month, of) == (2, 29):
            raise NoSuchDay("no-leap-day", year=year) from None
        raise NoSuchDay("no-such-day", month=month, day=of) from None


def latest(month: int, of: int, today: date) -> date:
    """The last such day that has come; without a year."""
    try:
        here = day(today.year, month, of)
    except NoSuchDay:
        if (month, of) != (2, 29):
            raise
        return day(today.year - 1, month, of)
    return here if here <= today else day(today.year - 1, month, of)


def called(first: date, last: date, today: date) -> str:
    """How to call days: without the year where it is this one."""
    lead = "" if first.year == last.year == today.year else f"{first.year}年"
    one = f"{lead}{first.month}月{first.day}日"
    if first == last:
        return one
    tail = f"{last.month}月" if (first.year, first.month) != (last.year, last.month) else ""
    return f"{one}至{f'{last.year}年{last.month}月' if first.year != last.year else tail}{last.day}日"


def span(first: date, last: date, name: str, against: str = "上期") -> Days:
    """So many days, compared with as many just before."""
    if last < first:
        raise NoSuchDay("wrong-way-round")
    length = last - first + timedelta(days=1)
    return Days(first, last, name, (first - length, first - timedelta(days=1)), against)


def nameless(first: date, last: date) -> Days:
    """Days without a name: whole months are compared with as many months before, others with as many days."""
    until = last + timedelta(days=1)
    count = (until.year - first.year) * 12 + until.month - first.month
    return whole_months(first, count, "", "") if first.day == until.day == 1 else span(first, last, "", "")


def today_only(today: date) -> Days:
    """Today, compared with yesterday."""
    return span(today, today, "今天", "昨天")


def whole_month(year: int, of: int, name: str = "", *, against: str = "上月") -> Days:
    """A whole month. Raises NoSuchDay."""
    first = day(year, of, 1)
    return whole_months(first, 1, name or f"{of}月", against)


def whole_months(first: date, count: int, name: str, against: str) -> Days:
    """So many whole months, compared with as many before."""
    earlier = shift(first, -count)
    return Days(first, shift(first, count) - timedelta(days=1), name, (earlier, first - timedelta(days=1)), against)


def shift(first: date, months: int) -> date:
    """The first of the month so many months later."""
    at = first.year * 12 + first.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def week_of(at: date) -> Days:
    """The week, Monday to Sunday, that holds a day."""
    monday = at - timedelta(days=at.weekday())
    return span(monday, monday + timedelta(days=6), f"{monday.month}月{monday.day}日当周", "前一周")


def month_of(at: date) -> Days:
    """The month that holds a day."""
    return whole_month(at.year, at.month, f"{at.year}年{at.month}月")


def last_week(today: date) -> Days:
    """The last whole week."""
    return replace(week_of(today - timedelta(days=7)), name="上周")


def last_month(today: date) -> Days:
    """The last whole month."""
    return month_of(shift(today.replace(day=1), -1))


def against(days: Days, other: Days) -> Days:
    """The same days, compared with others."""
    return replace(days, before=(other.first, other.last), against=other.name)


def a_year_before(days: Days) -> Days:
    """The same days, compared with those of a year ago (同比)."""
    return replace(days, before=(_year_ago(days.first), _year_ago(days.last)), against="去年同期")


def _year_ago(at: date) -> date:
    try:
        return at.replace(year=at.year - 1)
    except ValueError:
        return at.replace(year=at.year - 1, day=28)
