"""Periods in words and dates: 今天, 上周三, 3月5日到3月8日, 最近7天, last week. Pure: text and today in, days out."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from models.numerals import numeral
from reading.calendar import Days, NoSuchDay, day, shift, span, today_only, whole_month, whole_months

N = r"(\d{1,4}|[〇零一二三四五六七八九十两]{1,4})"
YEAR = r"(?:((?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})年?|(今年|去年|前年))"
TO = r"\s*(?:到|至|[-~—–－～])+\s*"
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
DAYS_OF = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Found:
    """A period, and what stands in the text beside it."""

    days: Days
    rest: str


def number(words: str) -> int:
    """A whole number in figures or in Chinese signs."""
    return int(numeral(words))


def find(text: str, today: date) -> Found | None:
    """The period that a text names, and the text without it; None where it names none. Raises NoSuchDay."""
    said = _in_chinese(unicodedata.normalize("NFKC", text))
    for shape, made in SHAPES:
        if match := shape.search(said):
            rest = f"{said[: match.start()]} {said[match.end() :]}".strip()
            return Found(_whole(made(match, today), today), rest)
    return None


def _in_chinese(said: str) -> str:
    """The same with its English periods in Chinese: one reading, and one name that every chat says in its language."""
    for shape, chinese in ENGLISH:
        said = shape.sub(chinese, said)
    return said


def _whole(days: Days, today: date) -> Days:
    """No longer than ten years, and begun."""
    if days.first > today:
        raise NoSuchDay("not-begun")
    if (days.last - days.first).days > LONGEST:
        raise NoSuchDay("over-ten-years")
    return days


def _year(match_year: str | None, word: str | None, today: date) -> int | None:
    if match_year:
        return number(match_year)
    return None if word is None else today.year - {"今年": 0, "去年": 1, "前年": 2}[word]


def _past(month: int, of: int, today: date) -> date:
    """The last such day that has come; without a year."""
    try:
        here = day(today.year, month, of)
    except NoSuchDay:
        if (month, of) != (2, 29):
            raise
        return day(today.year - 1, month, of)
    return here if here <= today else day(today.year - 1, month, of)


def _named(first: date, last: date, today: date) -> str:
    """How to call days: without the year where it is this one."""
    lead = "" if first.year == last.year == today.year else f"{first.year}年"
    one = f"{lead}{first.month}月{first.day}日"
    if first == last:
        return one
    tail = f"{last.month}月" if (first.year, first.month) != (last.year, last.month) else ""
    return f"{one}至{f'{last.year}年{last.month}月' if first.year != last.year else tail}{last.day}日"


# --- shapes ----------------------------------------------------------------------------------------------------------

Made = Callable[[re.Match[str], date], Days]
ISO = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
DATE = rf"(?:{YEAR}[-/.]?)?{N}(?:月|[-/.](?=\d)){N}(?:日|号)?"


def _iso(match: re.Match[str], today: date) -> Days:
    parts = [int(part) for part in match.groups() if part]
    first, last = day(*parts[:3]), day(*parts[-3:])
    if last < first:
        raise NoSuchDay("wrong-way-round")
    return span(first, last, _named(first, last, today), "前一天" if first == last else "上期")


def _dates(match: re.Match[str], today: date) -> Days:
    y1, w1, m1, d1, y2, w2, m2, d2 = match.groups()
    year = _year(y1, w1, today)
    other = _year(y2, w2, today)
    month, last_month = number(m1), number(m2 or m1)
    if other is None and year is None:
        last = _past(last_month, number(d2), today)
        behind = month > last_month
        first = day(last.year - behind, month, number(d1))
    else:
        first = day(year or other or today.year, month, number(d1))
        last = day(other or first.year, last_month, number(d2))
    return span(first, last, _named(first, last, today))


def _date(match: re.Match[str], today: date) -> Days:
    year, word, month, of = match.groups()
    known = _year(year, word, today)
    at = _past(number(month), number(of), today) if known is None else day(known, number(month), number(of))
    return span(at, at, _named(at, at, today), "前一天")


def _days_of_month(match: re.Match[str], today: date) -> Days:
    parts = [number(part) for part in match.groups()]
    first, last = parts[0], parts[-1]
    if last < first:
        raise NoSuchDay("wrong-way-round")
    month = today.replace(day=1) if first <= today.day else shift(today.replace(day=1), -1)
    begin, end = day(month.year, month.month, first), day(month.year, month.month, last)
    return span(begin, end, _named(begin, end, today), "前一天" if begin == end else "上期")


def _month_range(match: re.Match[str], today: date) -> Days:
    year, word, one, two = match.groups()
    known, first, last = _year(year, word, today), number(one), number(two)
    end = known or (today.year if last <= today.month else today.year - 1)
    begin = day(end - (first > last), first, 1)
    count = (day(end, last, 1).year - begin.year) * 12 + last - begin.month + 1
    lead = "" if begin.year == today.year else f"{begin.year}年"
    return whole_months(begin, count, f"{lead}{first}月至{last}月", "上期")


def _named_month(match: re.Match[str], today: date) -> Days:
    year, word, of = match.groups()
    month, known = number(of), _year(year, word, today)
    day(today.year, month, 1)
    at = known or (today.year if month <= today.month else today.year - 1)
    return whole_month(at, month, f"{month}月" if at == today.year else f"{at}年{month}月")


def _quarter(match: re.Match[str], today: date) -> Days:
    year, word, of = match.groups()
    which, known = number(of), _year(year, word, today)
    if not 1 <= which <= 4:  # noqa: PLR2004 - quarters of a year
        raise NoSuchDay("no-such-quarter", n=which)
    month = which * 3 - 2
    at = known or (today.year if month <= today.month else today.year - 1)
    lead = "" if at == today.year else f"{at}年"
    return whole_months(day(at, month, 1), 3, f"{lead}第{'一二三四'[which - 1]}季度", "上季度")


def _this_quarter(match: re.Match[str], today: date) -> Days:
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    past = match[1].startswith("上")
    return whole_months(
        shift(first, -3) if past else first, 3, "上季度" if past else "本季度", "前一季度" if past else "上季度"
    )


def _half(match: re.Match[str], today: date) -> Days:
    year, word, which = match.groups()
    known, month = _year(year, word, today), 1 if which == "上" else 7
    at = known or (today.year if month <= today.month else today.year - 1)
    return whole_months(day(at, month, 1), 6, f"{'' if at == today.year else f'{at}年'}{which}半年", "前半年")


def _whole_year(match: re.Match[str], today: date) -> Days:
    year = _year(match[1], match[2], today) or today.year
    name = {today.year: "今年", today.year - 1: "去年"}.get(year, f"{year}年")
    return whole_months(day(year, 1, 1), 12, name, "去年" if year == today.year else "上一年")


def _lately(match: re.Match[str], today: date) -> Days:
    count = number(match[1] or "1")
    if count < 1:
        raise NoSuchDay("a-day-or-more")
    if match[2] in DAYS_OF:
        days = min(count * DAYS_OF[match[2]], LONGEST)
        first = today - timedelta(days=days - 1)
    else:
        months = min(count * (12 if match[2] == "年" else 1), 120)
        at = shift(today.replace(day=1), -months)
        first = min(date(at.year, at.month, 1) + timedelta(days=today.day - 1), shift(at, 1) - timedelta(days=1))
        first += timedelta(days=1)
    unit = match[2] if match[2] in {"天", "周", "年", "月"} else {"日": "天"}.get(match[2], match[2])
    return span(first, today, f"最近{count}{'个' if unit in {'月', '星期', '礼拜'} else ''}{unit}", "之前同样长")


def _weekday(match: re.Match[str], today: date) -> Days:
    before, of = match[1] or "", WEEKDAYS[match[2]]
    monday = today - timedelta(days=today.weekday() + 7 * before.count("上"))
    at = monday + timedelta(days=of)
    if match[2] == "末":
        if not before and at > today:
            at -= timedelta(days=7)
        return span(at, at + timedelta(days=1), f"{'上' * before.count('上')}周末", "前两天")
    if not before and at > today:
        at -= timedelta(days=7)
    return span(at, at, f"{'上' * before.count('上')}周{match[2]}", "前一天")


def _word(match: re.Match[str], today: date) -> Days:
    word = match[0].replace("个", "").replace("星期", "周").replace("礼拜", "周").replace("日", "天")
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    weeks = {"本周": 0, "这周": 0, "上周": 1, "上上周": 2}
    if word in {"昨天", "前天"}:
        at = today - timedelta(days=1 + (word == "前天"))
        return span(at, at, word, "前天" if word == "昨天" else "前一天")
    if word in weeks:
        at = monday - timedelta(days=7 * weeks[word])
        name = "本周" if weeks[word] == 0 else word
        return span(at, at + timedelta(days=6), name, "前一周" if weeks[word] else "上周")
    if word == "上月":
        return whole_months(shift(first, -1), 1, "上月", "前一月")
    return today_only(today) if word == "今天" else whole_months(first, 1, "本月", "上月")


NOT_LATELY = "(?<!这个月)(?<!这月)(?<!这周)(?<!这星期)(?<!这个星期)(?<!这礼拜)(?<!这个礼拜)(?<!这年)(?<!这天)(?<!这日)"
SPANS = rf"(?:最近|近|过去|这)的?{N}?个?(天|日|周|星期|礼拜|月|年)(?!份){NOT_LATELY}"
WEEKS = "(?:个?星期|个?礼拜|周)"
WORDS = f"今天|今日|昨天|昨日|前天|上上{WEEKS}|[本这上]{WEEKS}|[本这当上]个?月"
WHOLE_YEAR = "(?:((?:19|20)\\d\\d|[一二][〇零一二三四五六七八九]{3})年|(今年|去年|前年))度?"
SHAPES: list[tuple[re.Pattern[str], Made]] = [
    (re.compile(rf"{ISO}(?:(?:{TO}|\s+){ISO})?"), _iso),
    (re.compile(rf"{DATE}{TO}(?:{YEAR}[-/.]?)?(?:{N}(?:月|[-/.](?=\d)))?{N}(?:日|号)?"), _dates),
    (re.compile(rf"(?:{YEAR}的?)?{N}月份?{TO}{N}月(?:份|(?!\d))"), _month_range),
    (re.compile(DATE.replace("[-/.](?=", "[-/](?=")), _date),
    (re.compile(rf"(?<![月\d一二三四五六七八九十]){N}[日号]?{TO}{N}[日号]"), _days_of_month),
    (re.compile(rf"(?:{YEAR}的?)?第?([一二三四五六七八九\d])季度?"), _quarter),
    (re.compile(rf"(?:{YEAR}的?)?[qQ](\d)"), _quarter),
    (re.compile("(本季度?|这个?季度|上个?季度)"), _this_quarter),
    (re.compile(rf"(?:{YEAR}的?)?([上下])半年"), _half),
    (re.compile(SPANS), _lately),
    (re.compile("(上上|上|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天末])"), _weekday),
    (re.compile(WORDS), _word),
    (re.compile(rf"(?:{YEAR}的?)?{N}月份?(?!\d)"), _named_month),
    (re.compile(WHOLE_YEAR), _whole_year),
    (re.compile(rf"(?<![月\d第#]){N}号(?![楼店门幢栋院])"), _days_of_month),
]
"""What is looked for, in this order; the first that is found anywhere is the period."""


SPOKEN = (
    (f"(?:last|past) {N} days?", r"最近\1天"), (f"(?:last|past) {N} weeks?", r"最近\1周"),
    (f"(?:last|past) {N} months?", r"最近\1个月"), (f"(?:last|past) {N} years?", r"最近\1年"),
    ("day before yesterday", "前天"), ("yesterday", "昨天"), ("today", "今天"),
    ("last week", "上周"), ("(?:this )?week", "本周"), ("last month", "上月"), ("(?:this )?month", "本月"),
    ("last quarter", "上季度"), ("(?:this )?quarter", "本季度"), ("last year", "去年"), ("(?:this )?year", "今年"),
)  # fmt: skip
ENGLISH = [
    (re.compile(f"(?<![a-z])(?:(?:for|in|over) )?(?:the )?{words}(?![a-z])", re.IGNORECASE), chinese)
    for words, chinese in SPOKEN
]
"""What English speakers say, and the Chinese for it; the longer before what is in it."""
