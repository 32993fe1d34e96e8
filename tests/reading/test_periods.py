"""Periods in words and dates, by tables and by every day of a few years."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import periods
from reading.calendar import NoSuchDay
from texts import catalogue
from texts.speaking import again, speaking

TODAY = date(2026, 11, 25)
"""A Wednesday."""
TABLE = [
    ("今天怎么样", "2026-11-25", "2026-11-25", "今天"),
    ("昨天", "2026-11-24", "2026-11-24", "昨天"),
    ("昨晚", "2026-11-24", "2026-11-24", "昨晚（18点至次日6点）"),
    ("昨天夜里怎么样", "2026-11-24", "2026-11-24", "昨晚（18点至次日6点）"),
    ("今晚", "2026-11-25", "2026-11-25", "今晚（18点至次日6点）"),
    ("前天", "2026-11-23", "2026-11-23", "前天"),
    ("这周怎么样", "2026-11-23", "2026-11-29", "本周"),
    ("这个星期", "2026-11-23", "2026-11-29", "本周"),
    ("上周凤鸣路的占道", "2026-11-16", "2026-11-22", "上周"),
    ("上个礼拜", "2026-11-16", "2026-11-22", "上周"),
    ("上上周", "2026-11-09", "2026-11-15", "上上周"),
    ("上上个月", "2026-09-01", "2026-09-30", "上上月"),
    ("上上月5号", "2026-09-05", "2026-09-05", "9月5日"),
    ("上上月中旬", "2026-09-11", "2026-09-20", "9月中旬"),
    ("上上季度", "2026-04-01", "2026-06-30", "上上季度"),
    ("上一周", "2026-11-16", "2026-11-22", "上周"),
    ("上一个月怎么样", "2026-10-01", "2026-10-31", "上月"),
    ("上一个季度", "2026-07-01", "2026-09-30", "上季度"),
    ("这一周", "2026-11-23", "2026-11-29", "本周"),
    ("这一个月", "2026-11-01", "2026-11-30", "本月"),
    ("上周三中队怎么样", "2026-11-16", "2026-11-22", "上周"),
    ("本周六中队", "2026-11-23", "2026-11-29", "本周"),
    ("本年度", "2026-01-01", "2026-12-31", "今年"),
    ("上年", "2025-01-01", "2025-12-31", "去年"),
    ("上一年3月", "2025-03-01", "2025-03-31", "2025年3月"),
    ("年初至今", "2026-01-01", "2026-11-25", "今年以来"),
    ("今年年初到现在", "2026-01-01", "2026-11-25", "今年以来"),
    ("去年本月", "2025-11-01", "2025-11-30", "2025年11月"),
    ("前两个月", "2026-09-01", "2026-10-31", "9月1日至10月31日"),
    ("前两周", "2026-11-09", "2026-11-22", "11月9日至22日"),
    ("20日", "2026-11-20", "2026-11-20", "11月20日"),
    ("国庆怎么样", "2026-10-01", "2026-10-07", "国庆期间"),
    ("国庆那几天", "2026-10-01", "2026-10-07", "国庆期间"),
    ("1-3月", "2026-01-01", "2026-03-31", "1月至3月"),
    ("今年一至三月", "2026-01-01", "2026-03-31", "1月至3月"),
    ("2025年11-12月", "2025-11-01", "2025-12-31", "2025年11月至12月"),
    ("3-5号", "2026-11-03", "2026-11-05", "11月3日至5日"),
    ("周三", "2026-11-25", "2026-11-25", "周三"),
    ("周五", "2026-11-20", "2026-11-20", "周五"),
    ("上周三", "2026-11-18", "2026-11-18", "上周三"),
    ("周末", "2026-11-21", "2026-11-22", "周末"),
    ("三中队本月", "2026-11-01", "2026-11-30", "本月"),
    ("上个月", "2026-10-01", "2026-10-31", "上月"),
    ("3月", "2026-03-01", "2026-03-31", "3月"),
    ("三月份", "2026-03-01", "2026-03-31", "3月"),
    ("12月", "2025-12-01", "2025-12-31", "2025年12月"),
    ("去年3月", "2025-03-01", "2025-03-31", "2025年3月"),
    ("二〇二五年三月", "2025-03-01", "2025-03-31", "2025年3月"),
    ("1月到3月", "2026-01-01", "2026-03-31", "1月至3月"),
    ("3月5日", "2026-03-05", "2026-03-05", "3月5日"),
    ("十二月二十五号", "2025-12-25", "2025-12-25", "2025年12月25日"),
    ("2026年3月1日到15日", "2026-03-01", "2026-03-15", "3月1日至15日"),
    ("2026年3月1日至3月15日", "2026-03-01", "2026-03-15", "3月1日至15日"),
    ("2025年12月1日-5日怎么样", "2025-12-01", "2025-12-05", "2025年12月1日至5日"),
    ("2025年12月30日到2026年1月2日", "2025-12-30", "2026-01-02", None),
    ("3月5日到3月8日", "2026-03-05", "2026-03-08", "3月5日至8日"),
    ("三月五号到八号", "2026-03-05", "2026-03-08", "3月5日至8日"),
    ("3.5-3.8", "2026-03-05", "2026-03-08", "3月5日至8日"),
    ("5号到8号", "2026-11-05", "2026-11-08", "11月5日至8日"),
    ("31号", "2026-10-31", "2026-10-31", "10月31日"),
    ("12月20日到1月5日", "2025-12-20", "2026-01-05", None),
    ("2026-03-01 2026-03-31", "2026-03-01", "2026-03-31", "3月1日至31日"),
    ("2026.3.5", "2026-03-05", "2026-03-05", "3月5日"),
    ("最近7天", "2026-11-19", "2026-11-25", "最近7天"),
    ("近三天", "2026-11-23", "2026-11-25", "最近3天"),
    ("最近一个月", "2026-10-26", "2026-11-25", "最近1个月"),
    ("过去一年", "2025-11-26", "2026-11-25", "最近1年"),
    ("第三季度", "2026-07-01", "2026-09-30", "第三季度"),
    ("去年第四季度", "2025-10-01", "2025-12-31", "2025年第四季度"),
    ("Q3", "2026-07-01", "2026-09-30", "第三季度"),
    ("上季度", "2026-07-01", "2026-09-30", "上季度"),
    ("上半年", "2026-01-01", "2026-06-30", "上半年"),
    ("去年下半年", "2025-07-01", "2025-12-31", "2025年下半年"),
    ("今年", "2026-01-01", "2026-12-31", "今年"),
    ("去年", "2025-01-01", "2025-12-31", "去年"),
    ("2024年", "2024-01-01", "2024-12-31", "2024年"),
    ("2024年2月29日", "2024-02-29", "2024-02-29", "2024年2月29日"),
    ("today", "2026-11-25", "2026-11-25", "今天"),
    ("Yesterday", "2026-11-24", "2026-11-24", "昨天"),
    ("the day before yesterday", "2026-11-23", "2026-11-23", "前天"),
    ("week", "2026-11-23", "2026-11-29", "本周"),
    ("this week 三中队", "2026-11-23", "2026-11-29", "本周"),
    ("last week", "2026-11-16", "2026-11-22", "上周"),
    ("month", "2026-11-01", "2026-11-30", "本月"),
    ("this month", "2026-11-01", "2026-11-30", "本月"),
    ("last month", "2026-10-01", "2026-10-31", "上月"),
    ("this quarter", "2026-10-01", "2026-12-31", "本季度"),
    ("last quarter", "2026-07-01", "2026-09-30", "上季度"),
    ("this year", "2026-01-01", "2026-12-31", "今年"),
    ("last year", "2025-01-01", "2025-12-31", "去年"),
    ("last 7 days", "2026-11-19", "2026-11-25", "最近7天"),
    ("in the last 2 weeks", "2026-11-12", "2026-11-25", "最近2周"),
    ("past 3 months", "2026-08-26", "2026-11-25", "最近3个月"),
    ("for the last 1 year", "2025-11-26", "2026-11-25", "最近1年"),
    ("今年以来", "2026-01-01", "2026-11-25", "今年以来"),
    ("本月以来", "2026-11-01", "2026-11-25", "本月以来"),
    ("10月1日至今", "2026-10-01", "2026-11-25", "10月1日至今"),
    ("11月1日到今天", "2026-11-01", "2026-11-25", "11月1日至今"),
    ("从上周一到现在", "2026-11-16", "2026-11-25", "上周一至今"),
    ("上周一到上周三", "2026-11-16", "2026-11-18", "11月16日至18日"),
    ("上周一到周三", "2026-11-16", "2026-11-18", "11月16日至18日"),
    ("上周五到本周二", "2026-11-20", "2026-11-24", "11月20日至24日"),
    ("周一到周五", "2026-11-23", "2026-11-27", "11月23日至27日"),
    ("周四到周五", "2026-11-19", "2026-11-20", "11月19日至20日"),
    ("周六到周二", "2026-11-21", "2026-11-24", "11月21日至24日"),
    ("上月5号", "2026-10-05", "2026-10-05", "10月5日"),
    ("这个月5号到10号", "2026-11-05", "2026-11-10", "11月5日至10日"),
    ("上个月25号到这个月5号", "2026-10-25", "2026-11-05", "10月25日至11月5日"),
    ("本月第一周", "2026-11-02", "2026-11-08", "11月2日至8日"),
    ("10月第1周", "2026-09-28", "2026-10-04", "9月28日至10月4日"),
    ("上个月的第四周", "2026-10-19", "2026-10-25", "10月19日至25日"),
    ("11月上旬", "2026-11-01", "2026-11-10", "11月上旬"),
    ("本月前三天", "2026-11-01", "2026-11-03", "11月1日至3日"),
    ("上个月的前10天", "2026-10-01", "2026-10-10", "10月1日至10日"),
    ("3月前五日", "2026-03-01", "2026-03-05", "3月1日至5日"),
    ("去年12月前一天", "2025-12-01", "2025-12-01", "2025年12月1日"),
    ("11月中旬", "2026-11-11", "2026-11-20", "11月中旬"),
    ("本月下旬", "2026-11-21", "2026-11-30", "11月下旬"),
    ("12月上旬", "2025-12-01", "2025-12-10", "2025年12月上旬"),
    ("去年2月下旬", "2025-02-21", "2025-02-28", "2025年2月下旬"),
    ("国庆期间", "2026-10-01", "2026-10-07", "国庆期间"),
    ("国庆节假期期间", "2026-10-01", "2026-10-07", "国庆期间"),
    ("去年国庆期间", "2025-10-01", "2025-10-08", "2025年国庆期间"),
    ("五一期间", "2026-05-01", "2026-05-05", "五一期间"),
    ("大前天", "2026-11-22", "2026-11-22", "大前天"),
    ("前三天", "2026-11-22", "2026-11-24", "11月22日至24日"),
    ("最近半个月", "2026-11-11", "2026-11-25", "最近半个月"),
    ("近半年", "2026-05-26", "2026-11-25", "最近半年"),
    ("全年", "2026-01-01", "2026-12-31", "今年"),
    ("去年全年", "2025-01-01", "2025-12-31", "去年"),
]


@pytest.mark.parametrize(("words", "first", "last", "name"), TABLE, ids=[row[0] for row in TABLE])
def test_words_and_dates_name_days(words: str, first: str, last: str, name: str | None) -> None:
    """Both ends, and how the period is called."""
    found = periods.find(words, TODAY)
    assert found is not None
    assert (str(found.days.first), str(found.days.last)) == (first, last)
    assert name in {None, found.days.name}
    assert not (words.isascii() and found.rest), "of English nothing is left over"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "三中队",
        "明天",
        "凤鸣路18号门口",
        "3号楼",
        "#127",
        "三周",
        "生意怎么样",
        "2025个",
        "1.5倍",
        "weekly",
        "yearbook",
        "目前三天",
        "提前三天",
        "国庆",
        "安全年",
        "上上上个月",
        "上上上季度",
        "建设路25号",
        "凤鸣路1-3号",
        "人民巷7号",
        "国庆路怎么样",
        "3日内",
        "本年轻人",
    ],
)
def test_other_words_name_none(words: str) -> None:
    """Houses, numbers and the future are no periods."""
    assert periods.find(words, TODAY) is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("2月30日怎么样", "2月没有30日，请看一下日期"),
        ("2025年2月29日", "2025年2月没有29日，请看一下日期"),
        ("13月5日", "没有13月，请看一下日期"),
        ("13月", "没有13月，请看一下日期"),
        ("第五季度", "一年只有四个季度，没有第5季度"),
        ("3月8日到3月5日", "起始日期在结束日期之后，请倒过来写"),
        ("2026-03-31 2026-03-01", "起始日期在结束日期之后，请倒过来写"),
        ("2027年", "这段日子还没到，请问今天或以前的"),
        ("1990年1月1日到2026年1月1日", "一次最多看十年，请把日期写近一点"),
        ("最近0天", "请写一天或更多，例如 最近7天"),
        ("前0天", "请写一天或更多，例如 最近7天"),
        ("上月32号", "10月没有32日，请看一下日期"),
        ("本月28号", "这段日子还没到，请问今天或以前的"),
        ("这个月10号到5号", "起始日期在结束日期之后，请倒过来写"),
    ],
)
def test_date_that_is_none_gets_a_sentence(words: str, sentence: str) -> None:
    """In Chinese, and it says what is wrong."""
    with pytest.raises(NoSuchDay) as refused:
        periods.find(words, TODAY)
    assert catalogue.say("zh", refused.value.why, **refused.value.facts) == sentence


PAST = st.dates(date(2016, 12, 1), TODAY)


@given(PAST, PAST)
def test_dates_however_they_are_written_are_read(one: date, other: date) -> None:
    """Year, month and day, alone and as a range; the period before ends where this one begins."""
    first, last = min(one, other), max(one, other)
    for shape in ("{0.year}年{0.month}月{0.day}日", "{0.year}-{0.month:02}-{0.day:02}", "{0.year}/{0.month}/{0.day}"):
        written = f"{shape.format(first)}到{shape.format(last)}"
        found = periods.find(written, TODAY)
        assert found is not None
        assert (found.days.first, found.days.last) == (first, last), written
        assert found.days.before[1] == first - timedelta(days=1)
        single = periods.find(f"{shape.format(one)}怎么样", TODAY)
        assert single is not None
        assert (single.days.first, single.rest) == (one, "怎么样")


def _found(words: str, today: date) -> tuple[periods.Found | None, list[NoSuchDay]]:
    try:
        return periods.find(words, today), []
    except NoSuchDay as refused:
        return None, [refused]


@given(
    st.text(
        alphabet="今昨前天本这上中下旬全以来期间国庆"
        "个周月日号年季度半第最近到至-./0123456789〇一二三四五六七八九十两末 ",
        max_size=14,
    ),
    PAST,
)
def test_nothing_that_is_written_breaks_it(words: str, today: date) -> None:
    """A period of at most ten years that has begun, a sentence, or nothing."""
    found, refused = _found(words, today)
    assert all(catalogue.say(language, why.why, **why.facts) for why in refused for language in catalogue.LANGUAGES)
    if found is not None:
        assert found.days.first <= found.days.last
        assert found.days.first <= today
        assert found.days.before[0] <= found.days.before[1]
        assert (found.days.last - found.days.first).days <= periods.LONGEST


def test_period_that_is_not_over_is_compared_with_as_much_of_the_earlier_one() -> None:
    """On Wednesday at noon the week is compared with last week up to Wednesday noon."""
    zone = ZoneInfo("Asia/Shanghai")
    found = periods.find("本周", TODAY)
    assert found is not None
    now = datetime(2026, 11, 25, 4, tzinfo=UTC)
    start, end, before, over = found.days.moments(zone, now)
    assert (now - start, over - before) == (timedelta(days=2, hours=12),) * 2
    assert before == start - timedelta(days=7)
    assert end - start == timedelta(days=7)


@pytest.mark.parametrize(
    ("words", "name"),
    [("本月", "上月同期"), ("上月", "前一月"), ("这周", "上周同期"), ("上周", "前一周"),
     ("今天", "昨天同期"), ("今年", "去年同期"), ("本季度", "上季度同期"),
     ("最近7天", "之前同样长"), ("3月", "上月"), ("11月", "上月同期")],
)  # fmt: skip
def test_part_of_an_earlier_period_is_not_called_the_whole(words: str, name: str) -> None:
    """So far this month is compared with as much of the last one, and says so in every language."""
    found = periods.find(words, TODAY)
    assert found is not None
    told = found.days.against_by(ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 25, 4, tzinfo=UTC))
    assert told == name
    with speaking("en"):
        assert again(told).isascii()


@pytest.mark.parametrize(
    ("words", "hour", "compared"),
    [("昨晚", 9, 12), ("今晚", 12, 0), ("今晚", 20, 2)],
    ids=["over", "to come", "running"],
)
def test_night_goes_from_six_to_six(words: str, hour: int, compared: int) -> None:
    """By the bureau's clock; one that has not begun is compared with nothing yet."""
    zone = ZoneInfo("Asia/Shanghai")
    found = periods.find(words, TODAY)
    assert found is not None
    start, end, before, over = found.days.moments(zone, datetime(2026, 11, 25, hour, tzinfo=zone))
    assert (start.hour, end.hour, end - start) == (18, 6, timedelta(hours=12))
    assert before == start - timedelta(days=1)
    assert over - before == timedelta(hours=compared)
