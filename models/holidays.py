"""Which days are otherwise than their weekday: 放假 and 调休 as the State Council said, and a bureau's own file."""

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from chinese_calendar import constants

HEADS = ("日期", "安排")
KINDS = {"休": False, "放假": False, "holiday": False, "班": True, "上班": True, "调休上班": True, "workday": True}
NAMED = {
    "元旦": constants.Holiday.new_years_day, "春节": constants.Holiday.spring_festival,
    "清明": constants.Holiday.tomb_sweeping_day, "五一": constants.Holiday.labour_day,
    "劳动节": constants.Holiday.labour_day, "端午": constants.Holiday.dragon_boat_festival,
    "中秋": constants.Holiday.mid_autumn_festival, "国庆": constants.Holiday.national_day,
}  # fmt: skip
"""What people call the holidays."""


@cache
def national() -> Mapping[date, bool]:
    """Every day of which the national calendar says more than the weekday does: True for a day that is worked."""
    off = dict.fromkeys(constants.holidays, False)
    return MappingProxyType({**off, **dict.fromkeys(constants.workdays, True)})


@cache
def last_known_year() -> int:
    """The last year that the installed national calendar knows."""
    return max(day.year for day in national())


def days_in(text: str) -> dict[date, bool]:
    """The days of a bureau's file, a CSV with the heads 日期 and 安排. Raises ValueError that names the line."""
    rows = list(csv.reader(io.StringIO(text)))
    heads = [head.strip() for head in rows[0]] if rows else []
    if any(head not in heads for head in HEADS):
        raise ValueError("第1行要有表头 日期 和 安排，请照 examples/calendar.csv 的样子写")
    when, what = (heads.index(head) for head in HEADS)
    found: dict[date, bool] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row]
        if any(cells):
            day, works = _day(cells, when, what, number)
            if found.setdefault(day, works) is not works:
                raise ValueError(f"第{number}行的 {day} 前面写过别的安排，请删掉一条")
    return found


def _day(cells: list[str], when: int, what: int, number: int) -> tuple[date, bool]:
    padded = [*cells, "", ""]
    try:
        day = date.fromisoformat(padded[when].replace("/", "-"))
    except ValueError:
        raise ValueError(f"第{number}行的日期“{padded[when]}”看不懂，请写成 2027-01-01") from None
    if padded[what] not in KINDS:
        raise ValueError(f"第{number}行的安排“{padded[what]}”看不懂，请写 休 或 班")
    return day, KINDS[padded[what]]


@cache
def spring_festival() -> frozenset[date]:
    """The days of 春节 that the national calendar gives, of the years that it knows."""
    return frozenset(day for day, name in constants.holidays.items() if name == constants.Holiday.spring_festival.value)


@cache
def breaks(name: str) -> tuple[tuple[date, date], ...]:
    """First and last day of every break that holds such a holiday, oldest first: 国庆 and 中秋 may share one."""
    one, found = timedelta(days=1), dict[date, date]()
    for day in (day for day, holiday in constants.holidays.items() if holiday == NAMED[name].value):
        first = last = day
        while first - one in constants.holidays:
            first -= one
        while last + one in constants.holidays:
            last += one
        found[first] = last
    return tuple(sorted(found.items()))
