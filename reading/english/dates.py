"""English periods in the Chinese that reading.periods reads: March 2026, since Monday, 1 to 15 March, Q3. Pure."""

import re
from collections.abc import Callable

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS) + "|sept"
COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
ORDER = "|".join(ORDERS)
WEEKDAYS = dict(
    zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "一二三四五六日", strict=True)
)
WEEKDAY = "|".join(WEEKDAYS)
UNITS = {"day": "天", "week": "周", "month": "个月", "year": "年"}
HOLIDAYS = {
    "new year": "元旦", "(?:spring festival|chinese new year)": "春节", "qingming": "清明",
    "(?:labou?r|may) day": "五一", "dragon boat(?: festival)?": "端午", "mid-autumn(?: festival)?": "中秋",
    "national day": "国庆",
}  # fmt: skip
WORDS = (
    ("(?:the )?day before yesterday", "前天"), ("yesterday", "昨天"), ("today", "今天"),
    ("(?:the )?week before last", "上上周"), ("(?:last|past|previous) week", "上周"), ("(?:this )?week", "本周"),
    ("(?:last|past|previous) month", "上月"), ("(?:this )?month", "本月"),
    ("(?:last|past|previous) quarter", "上季度"), ("(?:this )?quarter", "本季度"),
    ("(?:last|past|previous) year", "去年"), ("(?:this )?year", "今年"),
    ("last night", "昨晚"), ("last weekend", "上周末"), ("(?:at )?(?:this |the )?weekend", "周末"),
)  # fmt: skip
"""The longer before what is in it."""

M = "\ue8ff"
"""Stands for 月 until all is said, so that a month that somebody wrote in Chinese is not taken for an English one."""
D = r"([0-9]{1,2})(?:st|nd|rd|th)?"
Y = r"((?:19|20)[0-9]{2})(?![0-9年]|[-/.][0-9])"
TO = r"(?:\s*[-–—~]\s*|\s+(?:to|until|till|through)\s+)"
ONE = r"[^\s,?!A-Za-z]+"
"""A period that is in Chinese already, or in figures."""
SAID = rf"(?:[一-鿿]|[0-9]+[年号{M}]|[0-9]{{4}}[-/.]|Q[0-9])"
"""How such a one begins."""


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])", re.IGNORECASE)


def _month(match: re.Match[str]) -> str:
    names = [name[:3] for name in MONTHS]
    return f"{names.index(match[0][:3].lower()) + 1}{M}"


def _lately(match: re.Match[str]) -> str:
    count = match[1].lower()
    return f"最近{COUNTS.index(count) if count in COUNTS else count}{UNITS[match[2].lower()]}"


def _months(match: re.Match[str]) -> str:
    """From a month to a month; the year, where one is said, stands first and is that of the end."""
    before, one, behind, other = match.groups()
    over = int(one) > int(other)
    end = int(behind) if behind else int(before) + over if before else 0
    if before and behind and int(before) != end - over:
        return match[0]
    return f"{f'{end}年' if end else ''}{one}{M}到{other}{M}"


def _days(match: re.Match[str]) -> str:
    """From a day to a day; a year that one of them has is said of both."""
    before, one, first, behind, other, last = match.groups()
    other = other or one
    over = int(one) > int(other)
    if not before and not behind:
        return f"{one}{M}{first}日到{other}{M}{last}日"
    end = int(behind) if behind else int(before) + over
    return f"{before or end - over}年{one}{M}{first}日到{end}年{other}{M}{last}日"


def _order(shape: str) -> Callable[[re.Match[str]], str]:
    return lambda match: shape.format(ORDERS[match[1].lower()])


RANGED: list[Rule] = [
    (_word(r"between ([^?!]{1,25}?) and"), r"\1 to"),
    (re.compile(rf"(?<![A-Za-z一-鿿])(?:{MONTH})(?![A-Za-z一-鿿])", re.IGNORECASE), _month),
    (_word(rf"{D} (?:of )?([0-9]+{M})"), r"\2\1日"),
    (re.compile(rf"([0-9]+{M})\.? (?:the )?{D}(?![0-9])", re.IGNORECASE), r"\1\2日"),
    (re.compile(rf"(?<![0-9]){D}{TO}([0-9]+{M})([0-9]+日)", re.IGNORECASE), r"\2\1日到\3"),
    (re.compile(rf"([0-9]+{M}[0-9]+日){TO}(?:the )?{D}(?![0-9{M}/.-])", re.IGNORECASE), r"\1到\2日"),
    (re.compile(rf"([0-9]+{M}(?:[0-9]+日(?:到[0-9]+日)?)?),? (?:of )?{Y}", re.IGNORECASE), r"\2年\1"),
    (re.compile(rf"{Y} ([0-9]+{M})", re.IGNORECASE), r"\1年\2"),
    (
        re.compile(
            rf"(?:([0-9]{{4}})年)?([0-9]+){M}([0-9]+)日(?:到|{TO})(?:([0-9]{{4}})年)?(?:([0-9]+){M})?([0-9]+)日",
            re.IGNORECASE,
        ),
        _days,
    ),
    (re.compile(rf"(?:([0-9]{{4}})年)?([0-9]+){M}{TO}(?:([0-9]{{4}})年)?([0-9]+){M}(?![0-9])", re.IGNORECASE), _months),
    (_word(rf"Q([0-9]),? (?:of )?{Y}"), r"\2年Q\1"),
    (_word(rf"{Y} Q([0-9])"), r"\1年Q\2"),
    (_word(rf"(?:in|of|for|during|(?:the )?year) {Y}"), r"\1年"),
    (_word(r"(?:on )?the ([0-9]{1,2})(?:st|nd|rd|th)(?! (?:week|half|quarter))"), r"\1号"),
]
"""Dates and months, and ranges of them."""
SPOKEN: list[Rule] = [
    (_word("(?:(?:the |this )?year to date|ytd)"), "今年以来"),
    (_word(f"(?:last|past|previous) ([0-9]{{1,4}}|{'|'.join(COUNTS)}) (day|week|month|year)s?"), _lately),
    (_word(f"(?:last )({WEEKDAY})|({WEEKDAY}) (?:of )?last week"),
     lambda match: f"上周{WEEKDAYS[(match[1] or match[2]).lower()]}"),
    (_word(f"this ({WEEKDAY})"), lambda match: f"本周{WEEKDAYS[match[1].lower()]}"),
    (_word(f"({WEEKDAY})"), lambda match: f"周{WEEKDAYS[match[1].lower()]}"),
    (_word(rf"(?:the )?({ORDER}) week of (?:the )?(?:this )?month"), _order("本月第{}周")),
    (_word(rf"(?:the )?({ORDER}) week of last month"), _order("上月第{}周")),
    (_word(rf"(?:the )?({ORDER}) week of ([0-9]+{M})"), lambda match: f"{match[2]}第{ORDERS[match[1].lower()]}周"),
    (_word(rf"(?:the )?({ORDER}) quarter(?: of (?:the|this) year)?"), _order("第{}季度")),
    (re.compile(r"(?<!\S)H1(?![^\s?!])", re.IGNORECASE), "上半年"),
    (re.compile(r"(?<!\S)H2(?![^\s?!])", re.IGNORECASE), "下半年"),
    (_word("(?:the )?first half(?:[ -]year)?(?: of (?:the|this) year)?"), "上半年"),
    (_word("(?:the )?second half(?:[ -]year)?(?: of (?:the|this) year)?"), "下半年"),
    *((_word(rf"(?:(?:during|over) )?(?:the )?{name}(?: (?:holidays?|break|week))"), f"{said}期间")
      for name, said in HOLIDAYS.items()),
    *((_word(words), chinese) for words, chinese in WORDS),
]  # fmt: skip
"""What is reckoned from today, and parts of years and months."""
JOINED: list[Rule] = [
    (
        re.compile(
            rf"([0-9]+{M}(?:[0-9]+日)?|第[1-4]季度|[上下]半年|Q[1-4]),? (?:of )?(今年|去年|[0-9]{{4}}年|{Y})",
            re.IGNORECASE,
        ),
        r"\2\1",
    ),
    (re.compile(rf"\bsince (?:the )?({ONE})", re.IGNORECASE), r"\1至今"),
    (re.compile(rf"({ONE}) (?:so far|to date)\b", re.IGNORECASE), r"\1以来"),
    (
        re.compile(rf"(?:\bfrom )?(?:the )?({ONE}) (?:to|until|till) (?:now|date|the present)\b", re.IGNORECASE),
        r"\1至今",
    ),
    (re.compile(rf"\bfrom (?:the )?({ONE}) (?:to|until|till|through) (?:the )?({ONE})", re.IGNORECASE), r"\1到\2"),
    (re.compile(rf"({ONE}) (?:to|until|till|through) (?:the )?({ONE})", re.IGNORECASE), r"\1到\2"),
    (re.compile(rf"\bfrom (?:the )?({SAID}{ONE}到)", re.IGNORECASE), r"\1"),
    (re.compile(rf"(?<![A-Za-z])(?:(?:for|in|on|over|during|of) )?(?:the )?(?={SAID})", re.IGNORECASE), ""),
]
"""Two in one, and what stands before a period."""


def in_chinese(said: str) -> str:
    """The same with its periods in Chinese."""
    for rules in (RANGED, SPOKEN, JOINED):
        for shape, chinese in rules:
            said = shape.sub(chinese, said)
    return said.replace(M, "月")
