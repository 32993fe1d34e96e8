"""Periods in words and dates: 今天, 上周三, 3月5日到3月8日, 最近7天, last week. Pure: text and today in, days out."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from reading.calendar import Days, NoSuchDay, called, day, latest, shift, span, today_only, whole_month, whole_months
from reading.english import dates
from reading.stretches import FROM_TODAY, LONGEST, NAMED_YEAR, PARTS, TO, UP, UP_TWICE, YEAR, N, Shapes, number, year_of


@dataclass(frozen=True, slots=True)
class Found:
    """A period, and what stands in the text beside it."""

    days: Days
    rest: str


At = tuple[Days, int, int]
"""A period, and from where to where it stands."""
NOW = r"(?:至今(?:为止|天|日)?|(?:到|至|[-~—])\s*(?:今天|今日|现在|目前)(?:为止)?|以来)"
UNTIL_NOW = re.compile(rf"\s*{NOW}")


def find(text: str, today: date) -> Found | None:
    """The period that a text names, and the text without it; None where it names none. Raises NoSuchDay."""
    return found_in(dates.in_chinese(unicodedata.normalize("NFKC", text)), today)


def found_in(said: str, today: date) -> Found | None:
    """The same of a text that is in Chinese already, in half width."""
    at = _until_now(said, today) or _first(said, today)
    if at is None:
        return None
    days, start, end = at
    return Found(begun(days, today), f"{said[:start]} {said[end:]}".strip())


def _first(said: str, today: date) -> At | None:
    for shape, made in SHAPES:
        if (match := shape.search(said)) and (days := made(match, today)):
            return begun(days, today), match.start(), match.end()
    return None


def _until_now(said: str, today: date) -> At | None:
    """10月1日至今, 今年以来: from where any other begins. One that is not over keeps what it is compared with."""
    end = UNTIL_NOW.search(said)
    since = _first(said[: end.start()], today) if end else None
    if end is None or since is None or since[2] != end.start():
        return None
    days, start, _ = since
    start -= said[:start].endswith(("从", "自"))
    name = f"{days.name}{'以来' if end[0] == '以来' else '至今'}"
    if days.first == today:
        days = today_only(today)
    elif days.last < today:
        days = span(days.first, today, name)
    else:
        days = replace(days, last=today, name=name)
    return days, start, end.end()


def begun(days: Days, today: date) -> Days:
    """The same days. Raises NoSuchDay for those that have not begun, or are longer than ten years."""
    if days.first > today:
        raise NoSuchDay("not-begun")
    if (days.last - days.first).days > LONGEST:
        raise NoSuchDay("over-ten-years")
    return days


# --- shapes ----------------------------------------------------------------------------------------------------------

ISO = r"(\d{4})[-/.年](\d{1,2}+)[-/.月](\d{1,2}+)日?+"
FIGURES = "一二三四五六七八九十〇零到至~-"
DAY = r"(\d{1,2}|[一二三]?十[一二三四五六七八九]?)"
NO_DOOR = "(?<![路街巷弄])(?<!大道)"
"""「建设路25号」 is a house; 「郁洲街道25号」 a day."""
MONTH_ALONE = r"(?<![月\d一二三四五六七八九十./-])(\d{1,2}|[一二三四五六七八九十]{1,2})"
DATE = rf"(?:{YEAR}[-/.]?)?{N}(?:月|[-/.](?=\d)){N}(?:日|号)?(?![中大]队)"


def _iso(match: re.Match[str], today: date) -> Days:
    parts = [int(part) for part in match.groups() if part]
    first, last = day(*parts[:3]), day(*parts[-3:])
    if last < first:
        raise NoSuchDay("wrong-way-round")
    return span(first, last, called(first, last, today), "前一天" if first == last else "上期")


def _dates(match: re.Match[str], today: date) -> Days:
    y1, w1, m1, d1, y2, w2, m2, d2 = match.groups()
    year = year_of(y1, w1, today)
    other = year_of(y2, w2, today)
    month, last_month = number(m1), number(m2 or m1)
    if other is None and year is None:
        last = latest(last_month, number(d2), today)
        behind = month > last_month
        first = day(last.year - behind, month, number(d1))
    else:
        first = day(year or other or today.year, month, number(d1))
        last = day(other or first.year, last_month, number(d2))
    return span(first, last, called(first, last, today))


def _date(match: re.Match[str], today: date) -> Days | None:
    """3-5 is the fifth of March, 3-5号 are the third to the fifth."""
    year, word, month, of = match.groups()
    known = year_of(year, word, today)
    if known is None and "-" in match[0] and match[0].endswith("号") and number(month) < number(of):
        return None
    at = latest(number(month), number(of), today) if known is None else day(known, number(month), number(of))
    return span(at, at, called(at, at, today), "前一天")


def _days_of_month(match: re.Match[str], today: date) -> Days:
    parts = [number(part) for part in match.groups()]
    first, last = parts[0], parts[-1]
    if last < first:
        raise NoSuchDay("wrong-way-round")
    month = today.replace(day=1) if first <= today.day else shift(today.replace(day=1), -1)
    begin, end = day(month.year, month.month, first), day(month.year, month.month, last)
    return span(begin, end, called(begin, end, today), "前一天" if begin == end else "上期")


def _month_range(match: re.Match[str], today: date) -> Days:
    year, word, one, two = match.groups()
    known, first, last = year_of(year, word, today), number(one), number(two)
    end = known or (today.year if last <= today.month else today.year - 1)
    begin = day(end - (first > last), first, 1)
    count = (day(end, last, 1).year - begin.year) * 12 + last - begin.month + 1
    lead = "" if begin.year == today.year else f"{begin.year}年"
    return whole_months(begin, count, f"{lead}{first}月至{last}月", "上期")


def _named_month(match: re.Match[str], today: date) -> Days:
    year, word, of = match.groups()
    month, known = number(of), year_of(year, word, today)
    day(today.year, month, 1)
    at = known or (today.year if month <= today.month else today.year - 1)
    return whole_month(at, month, f"{month}月" if at == today.year else f"{at}年{month}月")


def _quarter(match: re.Match[str], today: date) -> Days:
    year, word, of = match.groups()
    which, known = number(of), year_of(year, word, today)
    if not 1 <= which <= 4:  # noqa: PLR2004 - quarters of a year
        raise NoSuchDay("no-such-quarter", n=which)
    month = which * 3 - 2
    at = known or (today.year if month <= today.month else today.year - 1)
    lead = "" if at == today.year else f"{at}年"
    return whole_months(day(at, month, 1), 3, f"{lead}第{'一二三四'[which - 1]}季度", "上季度")


def _this_quarter(match: re.Match[str], today: date) -> Days:
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    past = match[1].count("上")
    name = f"{'上' * past or '本'}季度"
    return whole_months(shift(first, -3 * past), 3, name, "前一季度" if past else "上季度")


def _half(match: re.Match[str], today: date) -> Days:
    year, word, which = match.groups()
    known, month = year_of(year, word, today), 1 if which == "上" else 7
    at = known or (today.year if month <= today.month else today.year - 1)
    return whole_months(day(at, month, 1), 6, f"{'' if at == today.year else f'{at}年'}{which}半年", "前半年")


def _whole_year(match: re.Match[str], today: date) -> Days:
    year = year_of(match[1], match[2], today) or today.year
    name = {today.year: "今年", today.year - 1: "去年"}.get(year, f"{year}年")
    return whole_months(day(year, 1, 1), 12, name, "去年" if year == today.year else "上一年")


def _this_month_of(match: re.Match[str], today: date) -> Days:
    year = year_of(None, match[1], today) or today.year
    return whole_month(year, today.month, f"{year}年{today.month}月")


def _since_new_year(match: re.Match[str], today: date) -> Days:
    year = year_of(match[1], match[2], today) or today.year
    if year != today.year:
        return span(day(year, 1, 1), today, f"{year}年以来")
    return replace(whole_months(day(year, 1, 1), 12, "今年以来", "去年"), last=today)


WHOLE_YEAR = f"(?:((?:19|20)\\d\\d|[一二][〇零一二三四五六七八九]{{3}})年|({NAMED_YEAR}))(?:度|的?全年)?|(?<!安)全年"
SHAPES: Shapes = [
    *PARTS,
    (re.compile(rf"(?:{YEAR}的?)?{MONTH_ALONE}{TO}{N}月(?:份|(?!\d))"), _month_range),
    (re.compile(rf"{ISO}(?:(?:{TO}|\s+){ISO}|(?!{TO}{N}))"), _iso),
    (re.compile(rf"{DATE}{TO}(?:{YEAR}[-/.]?)?(?:{N}(?:月|[-/.](?=\d)))?{N}(?:日|号)?"), _dates),
    (re.compile(rf"(?:{YEAR}的?)?{N}月份?{TO}{N}月(?:份|(?!\d))"), _month_range),
    (re.compile(DATE.replace(r"[-/.](?=\d)", r"[-/](?=\d)")), _date),
    (re.compile(rf"(?<![月\d一二三四五六七八九十]){N}[日号]?\s*[到至]\s*{N}[日号]"), _days_of_month),
    (re.compile(rf"(?<![月\d一二三四五六七八九十]){NO_DOOR}{N}[日号]?{TO}{N}[日号]"), _days_of_month),
    (re.compile(rf"(?:{YEAR}的?)?第?([一二三四五六七八九\d])季度?"), _quarter),
    (re.compile(rf"(?:{YEAR}的?)?[qQ](\d)"), _quarter),
    (re.compile(f"(本季度?|这一?个?季度|{UP_TWICE}个?季度|{UP}一?个?季度)"), _this_quarter),
    (re.compile(rf"(?:{YEAR}的?)?([上下])半年"), _half),
    (re.compile(f"({NAMED_YEAR})的?(?:本月|同月|这个月)"), _this_month_of),
    (re.compile(f"(?:{YEAR}的?年?|年)初(?:{NOW}|开始)"), _since_new_year),
    *FROM_TODAY,
    (re.compile(rf"(?:{YEAR}的?)?{N}月份?(?!\d)"), _named_month),
    (re.compile(WHOLE_YEAR), _whole_year),
    (re.compile(rf"(?<![月\d第#{FIGURES}]){NO_DOOR}{N}号(?![楼店门幢栋院线])"), _days_of_month),
    (re.compile(rf"(?<![月\d第#前续每双连{FIGURES}]){DAY}日(?![内前后游期常用历之未没以均平来达起])"), _days_of_month),
]
"""What is looked for, in this order; the first that is found anywhere is the period."""
