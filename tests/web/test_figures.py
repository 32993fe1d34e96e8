"""The page of the figures: each number leads to as many tickets as it says."""

import re
from datetime import date, datetime, time, timedelta
from html import unescape
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest

from models.numbers import NUMBERS
from models.rows import Standing
from models.words import Role
from reading import periods
from tests.town import BAI, JING, LEAD, MERCHANTS, QIANG, QIU, SQUAD, STALL, ZHANG, Town
from tests.web.conftest import Enters
from texts import catalogue
from web.conditions import Looker, asked_of
from web.figures import spans_of, wanted_of
from web.filters import Filters, filters_of

SECTION = re.compile(r'<section class="card" aria-labelledby="(\w+)">(.*?)</section>', re.DOTALL)
ZONE = ZoneInfo("Asia/Shanghai")
LINK = re.compile(r'<a class="figure" href="(/\?[^"]+)">(\d+)</a>')
COLUMN = re.compile(r'<a href="(/\?[^"]+)" aria-label="[^"]* (\d+)"><rect')
TALLY = re.compile(r'<a class="tally[^"]*" href="(/\?[^"]*number=[^"]+)"><b>(\d+)</b>')
WAS = re.compile(r'<a class="was" href="(/\?[^"]+)">上期 (\d+)</a>')
COUNT = re.compile(r"共 (\d+) 件")
SECTIONS = {"trend", "rates", "seven", "matters", "squads", "officers", "spots", "hours"}


def links(page: str) -> dict[str, list[tuple[str, int]]]:
    """Where each number of a page leads, by section; the headlines are one."""
    parts = dict(SECTION.findall(page)) | {"headlines": page}
    kinds = {"trend": COLUMN, "headlines": TALLY}
    return {
        name: [(unescape(href), int(n)) for href, n in kinds.get(name, LINK).findall(part)]
        for name, part in parts.items()
    }


async def test_every_number_leads_to_its_tickets(town: Town, enters: Enters) -> None:
    """Whatever is counted is listed, by the same condition; in every part of the page something is counted."""
    town.says(QIU, STALL)
    town.pins(QIU)
    await town.solved()
    for who, words in ((ZHANG, "凤鸣路31号门口路灯不亮了，晚上太黑"), (JING, "凤鸣路31号门口垃圾堆了一地没人清")):
        town.says(who, words)
    await town.sees("#3", MERCHANTS)
    town.says(QIANG, "我想咨询一下门头招牌怎么申请")
    await town.quiet()
    await town.taken(BAI, SQUAD)
    await town.later(days=8)
    await town.quiet()
    one = await enters(LEAD)
    first = date.today() - timedelta(days=20)  # noqa: DTZ011 - a span around today in any zone
    found = links(await one.opens(f"/figures?since={first}&until={first + timedelta(days=40)}"))
    assert one.status == 200
    assert {name for name, led in found.items() if any(n for _, n in led)} == SECTIONS | {"headlines"}
    assert [n for _, n in found["spots"]] == [2], "a place that was told of twice"
    assert sum(n for _, n in found["trend"]) == sum(n for _, n in found["hours"]) == 4
    wrong = []
    for href, n in dict.fromkeys(link for led in found.values() for link in led):
        await one.opens(href)
        listed = COUNT.search(one.page)
        if one.status != 200 or listed is None or int(listed[1]) != n:
            wrong.append((href, n, one.status, listed and listed[1]))
    assert wrong == []


@pytest.mark.parametrize("hour", ["2026-03-10 09:00"])
async def test_numbers_of_the_days_before_lead_to_their_tickets(town: Town, enters: Enters) -> None:
    """Of as much of them as the page compares with: what was told of later that day is not among them."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.later(hours=6)
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.sees("#2 ")
    await town.quiet()
    await town.later(hours=20)
    one = await enters(LEAD)
    page = await one.opens("/figures?since=2026-03-11&until=2026-03-11")
    was = [(unescape(href), int(n)) for href, n in WAS.findall(page)]
    assert [n for _, n in was] == [1, 0, 0, 0]
    for href, n in was:
        listed = COUNT.search(await one.opens(href))
        assert listed, href
        assert int(listed[1]) == n
    await one.opens(was[0][0])
    assert "#1" in one.page
    assert "#2" not in one.page
    assert NOTE.findall(one.page) == ["这里是“新开”的工单：03-10 至 03-10 11:00"]


async def test_each_day_of_the_trend_is_a_row_that_leads_to_its_tickets(town: Town, enters: Enters) -> None:
    """Beside the drawing, for keyboards and small screens; of many days week by week, and called so."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.quiet()
    one, today = await enters(LEAD), town.clock.now().astimezone(ZONE).date()
    for before, heading in ((0, "逐日的数字"), (100, "逐周的数字")):
        page = await one.opens(f"/figures?since={today - timedelta(days=before)}&until={today}")
        [shown] = re.findall(r'<details class="by-day">(.*?)</details>', page, re.DOTALL)
        assert heading in shown
        counted = [(unescape(href), int(n)) for href, n in LINK.findall(shown)]
        assert sum(n for href, n in counted if "number=opened" in href) == 1
        for href, n in counted[:2]:
            listed = COUNT.search(await one.opens(href))
            assert listed, href
            assert int(listed[1]) == n


async def test_figures_are_the_leads_and_odd_spans_do_no_harm(town: Town, enters: Enters) -> None:
    """Officers have none; days that do not exist, or stand the wrong way round, count as not said."""
    officer, lead = await enters(BAI), await enters(LEAD)
    await officer.opens("/figures")
    assert officer.status == 403
    for odd in (
        "since=2026-02-30",
        "since=9999-12-31&until=0001-01-01",
        "until=x&squad=%00",
        "since=0001-01-01&matter=1",
        "since=2190-01-01&until=2199-12-31",
        "since=2000-01-01&until=2199-12-31",
    ):
        await lead.opens(f"/figures?{odd}")
        assert lead.status == 200, odd


async def test_form_offers_squads_officers_streets_grids_and_groups_by_their_names(town: Town, enters: Enters) -> None:
    """What is chosen narrows the page, stays chosen, and an officer who left is still there for whom she is asked."""
    town.says(QIU, STALL)
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.sees("#2 ")
    await town.taken()
    await town.quiet()
    one = await enters(LEAD)
    offered = _offered(await one.opens("/figures"))
    assert {name: set(held.values()) for name, held in offered.items()} == {
        "squad": {"不限", "三中队"}, "officer": {"不限", "白洋", "孙倩", "陈海涛", "朱明忠", "周队"},
        "street": {"不限", "郁洲街道"}, "group": {"不限", "郁洲街道城管共建群", "高新区城管工地环卫群"},
        "matter": {"不限", "占道经营", "路灯异常"},
    }  # fmt: skip
    bai = next(value for value, name in offered["officer"].items() if name == "白洋")
    held = await one.opens(f"/figures?officer={bai}")
    assert f'<option value="{bai}" selected>白洋' in held
    assert "只看：白洋" in held
    [behind] = re.findall(r'href="(/\?[^"]+)"><b>1</b> <span>新开', held)
    assert "共 1 件" in await one.opens(unescape(behind))
    assert town.program is not None
    async with town.program.engine.begin() as conn:
        await conn.exec_driver_sql(f"UPDATE person_role SET until = since WHERE person_id = {int(bai)}")  # noqa: S608 - a number
    assert bai not in _offered(await one.opens("/figures"))["officer"]
    assert _offered(await one.opens(f"/figures?officer={bai}"))["officer"][bai] == "白洋"


NOTE = re.compile(r'<p class="note calm">(.*?) <a')


@pytest.mark.parametrize("hour", ["2026-11-28 10:00"])
async def test_list_behind_a_number_says_which_and_of_which_days(town: Town, enters: Enters) -> None:
    """By the number's name, the days and the part; the form shows all states, keeps the number and narrows within."""
    town.says(QIU, STALL)
    await town.solved()
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.sees("#2 ", MERCHANTS)
    await town.quiet()
    one = await enters(LEAD)
    days = "since=2026-11-01&until=2026-11-28"
    assert NOTE.findall(await one.opens(f"/?number=opened&{days}")) == ["这里是“新开”的工单：11-01 至 11-28"]
    assert "共 2 件" in one.page
    assert '<option value="all" selected>全部</option>' in one.page
    assert '<input type="hidden" name="number" value="opened">' in one.page
    assert "共 1 件" in await one.opens(f"/?number=opened&{days}&state=resolved")
    assert NOTE.findall(one.page) == ["这里是“新开”的工单：11-01 至 11-28"]
    for query, told in {
        f"number=due_closed&{days}&squad=三中队": "这里是“按期结案”的工单：11-01 至 11-28 · 三中队",
        "number=closed&since=2025-12-02&until=2026-01-03": "这里是“结案”的工单：2025-12-02 至 01-03",
        f"number=opened&{days}&weekday=2&hour=9": "这里是“新开”的工单：11-01 至 11-28 · 周三 · 9 点",
        "number=open_now&squad=none": "这里是“在办”的工单：现在 · 未派中队",
        "road=凤鸣路": "只看：凤鸣路",
    }.items():
        assert NOTE.findall(await one.opens(f"/?{query}")) == [told]
    assert NOTE.findall(await one.opens("/?state=all&overdue=1")) == []


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_has_a_name_on_the_pages(name: str) -> None:
    """A list behind it can say which it is."""
    assert catalogue.known(f"number-{name.replace('_', '-')}")


@pytest.mark.parametrize("hour", ["2026-11-28 10:00"])
async def test_page_says_once_which_days_are_the_ones_before(town: Town, enters: Enters) -> None:
    """As the question to the figures has them, with the hour where the days are not over yet."""
    town.says(QIU, STALL)
    await town.quiet()
    one = await enters(LEAD)
    for span in (
        "since=2026-11-01&until=2026-11-28", "since=2026-11-01&until=2026-11-20", "since=2026-02-01&until=2026-02-07",
    ):  # fmt: skip
        page = await one.opens(f"/figures?{span}")
        asked = asked_of(filters_of(dict(parse_qsl(span))), Looker(1, Standing(Role.LEAD), town.clock.now(), ZONE))
        start, end = (at.astimezone(ZONE) for at in (asked.earlier.start, asked.earlier.end))
        [told] = re.findall(r'<p class="quiet" id="before-span">上期：(.*?)</p>', page)
        first, last = told.split(" 至 ")
        assert first == f"{start:%m-%d}" if start.year == 2026 else f"{start:%Y-%m-%d}"
        assert last.startswith(f"{end - timedelta(microseconds=1):%m-%d}")
        assert (":" in last) is (end.time() != time())


def _offered(page: str) -> dict[str, dict[str, str]]:
    """Each choice of the form: values and what they are called."""
    [form] = re.findall(r'<form class="filters card".*?</form>', page, re.DOTALL)
    chosen = re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.DOTALL)
    return {name: dict(re.findall(r'<option value="([^"]*)"(?: selected)?>([^<]*)', held)) for name, held in chosen}


@pytest.mark.parametrize(
    "words", ["今天", "昨天", "本周", "上周", "本月", "上月", "本季度", "第三季度", "上半年", "今年", "去年", "最近7天"]
)
def test_page_looks_at_the_same_days_as_the_chat_and_before(words: str) -> None:
    """A period that is not over is compared with as much of the earlier one, months with months."""
    now = datetime(2026, 11, 25, 12, 30, tzinfo=ZONE)
    found = periods.find(words, now.date())
    assert found is not None
    days = found.days
    who = Looker(1, Standing(Role.LEAD), now, ZONE)
    asked = asked_of(Filters(since=days.first.isoformat(), until=days.last.isoformat()), who)
    assert (asked.start, asked.end, *(asked.before or ())) == days.moments(ZONE, now)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("today", "今天"),
        ("week", "本周"),
        ("last-week", "上周"),
        ("month", "本月"),
        ("last-month", "上月"),
        ("year", "今年"),
    ],
)
@pytest.mark.parametrize("today", [date(2026, 11, 25), date(2026, 11, 1), date(2026, 2, 28), date(2026, 12, 31)])
def test_spans_a_press_away_are_what_the_chat_calls_so(name: str, words: str, today: date) -> None:
    """And are compared with the same: this month with as much of the last, not with as many days before it."""
    now = datetime(today.year, today.month, today.day, 12, 30, tzinfo=ZONE)
    found = periods.find(words, today)
    assert found is not None
    who = Looker(1, Standing(Role.LEAD), now, ZONE)
    since, until = dict(spans_of(today))[name]
    for wanted in [
        wanted_of({"since": since, "until": until}, who),
        *([wanted_of({}, who)] if name == "month" else []),
    ]:
        asked = asked_of(wanted, who)
        assert (asked.start, asked.end, *(asked.before or ())) == found.days.moments(ZONE, now)
