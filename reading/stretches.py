"""Periods that words measure from today, or from a month: 上周三, 最近7天, 上月5号, 11月上旬, 国庆期间. Pure."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from models.holidays import NAMED, breaks
from models.numerals import numeral
from reading.calendar import Days, NoSuchDay, called, day, shift, span, today_only, whole_months

N = r"(\d{1,4}|[〇零一二三四五六七八九十两]{1,4})"
UP = "(?:(?<!上)|(?<=[路街巷网线桥场手]上))上"
UP_TWICE = "(?<![路街巷网线桥场手上])上上"
"""「解放路上上周」: on that road, last week."""
YEARS = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "上一年": 1, "前年": 2}
NAMED_YEAR = "(?:今年|去年|前年|本年(?![轻纪龄])|(?<![早晚网街路线场])上一?年(?![纪龄轻级货会糕夜]))"
YEAR = rf"(?:((?:19|20)\d\d|[一二][〇零一二三四五六七八九]{{3}})年?|({NAMED_YEAR}))"
TO = r"\s*(?:到|至|[-~—–－～])+\s*"
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
DAYS_OF = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
NIGHT = time(18), time(6)
"""From when to when people call it last night: after the day shift, until the sweepers come."""
PAST_DAYS = {"昨天": 1, "前天": 2, "大前天": 3}
HALF_A_MONTH = 15
LONGEST = 3660

Made = Callable[[re.Match[str], date], Days | None]
Shapes = list[tuple[re.Pattern[str], Made]]


def number(words: str) -> int:
    """A whole number in figures or in Chinese signs."""
    return int(numeral(words))


def year_of(match_year: str | None, word: str | None, today: date) -> int | None:
    """The year that was named; None where none was."""
    if match_year:
        return number(match_year)
    return None if word is None else today.year - YEARS[word]


# --- days and weeks --------------------------------------------------------------------------------------------------


def _lately(match: re.Match[str], today: date) -> Days:
    count = number(match[1] or "1")
    if count < 1:
        raise NoSuchDay("a-day-or-more")
    if match[2] in DAYS_OF:
        days = min(count * DAYS_OF[match[2]], LONGEST)
        first = today - timedelta(days=days - 1)
    else:
        first = _months_back(today, min(count * (12 if match[2] == "年" else 1), 120))
    unit = match[2] if match[2] in {"天", "周", "年", "月"} else {"日": "天"}.get(match[2], match[2])
    return span(first, today, f"最近{count}{'个' if unit in {'月', '星期', '礼拜'} else ''}{unit}", "之前同样长")


def _half_lately(match: re.Match[str], today: date) -> Days:
    first = _months_back(today, 6) if match[1] == "年" else today - timedelta(days=HALF_A_MONTH - 1)
    return span(first, today, f"最近半{match[1]}", "之前同样长")


def _months_back(today: date, months: int) -> date:
    at = shift(today.replace(day=1), -months)
    first = min(date(at.year, at.month, 1) + timedelta(days=today.day - 1), shift(at, 1) - timedelta(days=1))
    return first + timedelta(days=1)


def _days_before(match: re.Match[str], today: date) -> Days:
    count = min(number(match[1]), LONGEST)
    if count < 1:
        raise NoSuchDay("a-day-or-more")
    first, last = today - timedelta(days=count), today - timedelta(days=1)
    return span(first, last, called(first, last, today), "之前同样长")


def _months_before(match: re.Match[str], today: date) -> Days:
    """So many whole months or weeks before this one."""
    count, first = number(match[1]), today.replace(day=1)
    if count < 1:
        raise NoSuchDay("a-day-or-more")
    if match[2] == "个月":
        days = whole_months(shift(first, -min(count, 120)), min(count, 120), "", "上期")
    else:
        monday, many = today - timedelta(days=today.weekday()), 7 * min(count, LONGEST // 7)
        days = span(monday - timedelta(days=many), monday - timedelta(days=1), "")
    return replace(days, name=called(days.first, days.last, today))


def _night(match: re.Match[str], today: date) -> Days:
    at = today - timedelta(days=1 if match[0].startswith("昨") else 0)
    from_, until = (hour.hour for hour in NIGHT)
    found = span(at, at, f"{'昨' if at < today else '今'}晚（{from_}点至次日{until}点）", "前一晚")
    return replace(found, hours=NIGHT)


def _weekday(match: re.Match[str], today: date) -> Days:
    before = match[1] or ""
    at = _on(before, match[2], today)
    if match[2] == "末":
        return span(at, at + timedelta(days=1), f"{'上' * before.count('上')}周末", "前两天")
    return span(at, at, f"{'上' * before.count('上')}周{match[2]}", "前一天")


def _on(before: str, of: str, today: date) -> date:
    """The day of a week: of this one or the last where none was named, whichever has come."""
    monday = today - timedelta(days=today.weekday() + 7 * before.count("上"))
    at = monday + timedelta(days=WEEKDAYS[of])
    return at - timedelta(days=7) if not before and at > today else at


def _weekdays(match: re.Match[str], today: date) -> Days:
    """A week that only the first day names is the second's too: 上周一到周三."""
    before, of, behind, until = match.groups()
    first = _on(before or "", of, today)
    last = first + timedelta(days=(WEEKDAYS[until] - WEEKDAYS[of]) % 7)
    if behind:
        last = _on(behind, until, today)
    return span(first, last, called(first, last, today))


def _word(match: re.Match[str], today: date) -> Days:
    word = SMALL.sub("", match[0]).replace("星期", "周").replace("礼拜", "周").replace("日", "天")
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    weeks = {"本周": 0, "这周": 0, "上周": 1, "上上周": 2}
    if word in PAST_DAYS:
        at = today - timedelta(days=PAST_DAYS[word])
        return span(at, at, word, "前天" if word == "昨天" else "前一天")
    if word in weeks:
        at = monday - timedelta(days=7 * weeks[word])
        name = "本周" if weeks[word] == 0 else word
        return span(at, at + timedelta(days=6), name, "前一周" if weeks[word] else "上周")
    if word in {"上月", "上上月"}:
        return whole_months(shift(first, -word.count("上")), 1, word, "前一月")
    return today_only(today) if word == "今天" else whole_months(first, 1, "本月", "上月")


# --- parts of a month ------------------------------------------------------------------------------------------------


def _days_of_named_month(match: re.Match[str], today: date) -> Days:
    before, one, behind, other = match.groups()
    here = today.replace(day=1)
    begun, over = (shift(here, -word.count("上")) for word in (before, behind or before))
    first = day(begun.year, begun.month, number(one))
    last = day(over.year, over.month, number(other)) if other else first
    return span(first, last, called(first, last, today), "上期" if other else "前一天")


def _month(match: re.Match[str], today: date) -> date:
    """The first of the month that the first four groups of PART_OF name."""
    year, word, of, before = match.groups()[:4]
    if before:
        return shift(today.replace(day=1), -before.count("上"))
    month = number(of)
    return day(year_of(year, word, today) or today.year - (month > today.month), month, 1)


def _week_of_month(match: re.Match[str], today: date) -> Days:
    """A week belongs to the month that holds its Thursday, as GB/T 7408 has it for years."""
    first = _month(match, today)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (number(match[5]) - 1))
    monday, sunday = thursday - timedelta(days=3), thursday + timedelta(days=3)
    return span(monday, sunday, called(monday, sunday, today), "前一周")


def _third_of_month(match: re.Match[str], today: date) -> Days:
    month, which = _month(match, today), "上中下".index(match[5])
    first = month + timedelta(days=10 * which)
    if first > today and match[3] and not (match[1] or match[2]):
        month = shift(month, -12)
        first = month + timedelta(days=10 * which)
    last = shift(month, 1) - timedelta(days=1) if match[5] == "下" else first + timedelta(days=9)
    lead = "" if first.year == today.year else f"{first.year}年"
    return span(first, last, f"{lead}{first.month}月{match[5]}旬")


def _begun_month(match: re.Match[str], today: date) -> Days:
    """The first days of a month."""
    first, count = _month(match, today), number(match[5])
    last = day(first.year, first.month, count)
    return span(first, last, called(first, last, today))


def _holiday(match: re.Match[str], today: date) -> Days | None:
    """The last such holiday that has begun; None where the national calendar knows none."""
    known = year_of(match[1], match[2], today)
    begun = [one for one in breaks(match[3]) if one[0] <= today and known in {None, one[1].year}]
    if not begun:
        return None
    first, last = begun[-1]
    return span(first, last, f"{'' if last.year == today.year else f'{last.year}年'}{match[3]}期间")


# --- shapes ----------------------------------------------------------------------------------------------------------

NOT_LATELY = "".join(f"(?<!这{unit})(?<!这个{unit})" for unit in ("月", "周", "星期", "礼拜", "年", "天", "日"))
SPANS = rf"(?:最近|近|过去|这(?!一个?(?:周|星期|礼拜|月)))的?{N}?个?(天|日|周|星期|礼拜|月|年)(?!份){NOT_LATELY}"
WEEKS = "个?(?:星期|礼拜|周)"
SMALL = re.compile("[个一]")
WORDS = f"今天|今日|昨天|昨日|大?前天|(?:{UP_TWICE}|(?:{UP}|[本这])一?){WEEKS}|(?:{UP_TWICE}|(?:{UP}|[本这当])一?)个?月"
WEEKDAY = f"(?:({UP_TWICE}|{UP}|本|这)|(?<!上))个?(?:周|星期|礼拜)([一二三四五六](?![中大]队)|[日天@])"
MONTH = f"({UP_TWICE}|{UP}|[本这当])一?个?月的?"
PART_OF = rf"(?:(?:{YEAR}的?)?{N}月份?的?|{MONTH})"
HOLIDAY = "(?:(?:假期|长假|放假)(?:期间)?|期间|那几天|(?=的?(?:怎么样|怎样|咋样|如何|情况|汇总|数据|有?多少)))"
BEFORE = "(?<![提目以之大月年周旬间期节日天的门店楼此])"
PARTS: Shapes = [
    (re.compile(rf"{MONTH}{N}(?:[日号]?{TO}(?:{MONTH})?{N})?[日号](?![楼门幢栋院线]|店(?!外))"), _days_of_named_month),
    (re.compile(rf"{PART_OF}第([一二三四1-4]){WEEKS}(?![期年岁])"), _week_of_month),
    (re.compile(rf"{PART_OF}([上中下])旬"), _third_of_month),
    (re.compile(rf"{PART_OF}前{N}[天日]"), _begun_month),
    (re.compile(rf"(?:{YEAR}的?)?({'|'.join(NAMED)})节?{HOLIDAY}"), _holiday),
    (re.compile(WEEKDAY.replace("@", "") + TO + WEEKDAY.replace("@", "")), _weekdays),
]
"""What holds the words of other shapes in it."""
FROM_TODAY: Shapes = [
    (re.compile(SPANS), _lately),
    (re.compile("(?:最近|近|过去|这)的?半(个月|年)(?!度)"), _half_lately),
    (re.compile(rf"{BEFORE}前{N}天"), _days_before),
    (re.compile(rf"{BEFORE}前{N}(个月|个?星期|个?礼拜|周)"), _months_before),
    (re.compile(WEEKDAY.replace("@", "末")), _weekday),
    (re.compile("[昨今](?:天|日)?(?:晚上|夜里|夜间|晚|夜)(?![饭点班市场])"), _night),
    (re.compile(WORDS), _word),
]
"""What is reckoned from today."""
