"""The page of the figures: each number leads to as many tickets as it says."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from tests.town import BAI, LEAD, MERCHANTS, QIANG, QIU, SQUAD, STALL, ZHANG, Town
from tests.web.conftest import Enters
from web.charts import STEPS, shades, trend

LINK = re.compile(r'<a class="figure" href="(/\?[^"]+)">(\d+)</a>')
TALLY = re.compile(r'<a class="tally[^"]*" href="(/\?[^"]*number=[^"]+)"><b>(\d+)</b>')
COUNT = re.compile(r"共 (\d+) 件")


async def test_every_number_leads_to_its_tickets(town: Town, enters: Enters) -> None:
    """Whatever is counted is listed, by the same condition; also by hour and weekday, squad, matter, officer, place."""
    town.says(QIU, STALL)
    town.pins(QIU)
    await town.solved()
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.sees("#2", MERCHANTS)
    town.says(QIANG, "我想咨询一下门头招牌怎么申请")
    await town.quiet()
    await town.taken(BAI, SQUAD)
    await town.later(days=8)
    await town.quiet()
    one = await enters(LEAD)
    first = date.today() - timedelta(days=20)  # noqa: DTZ011 - a span around today in any zone
    page = await one.opens(f"/figures?since={first}&until={first + timedelta(days=40)}")
    assert one.status == 200
    links = [(unescape(href), int(n)) for href, n in LINK.findall(page) + TALLY.findall(page)]
    assert len(links) > 30
    assert sum(n for _, n in links) > 20
    wrong = []
    for href, n in dict.fromkeys(links):
        await one.opens(href)
        listed = COUNT.search(one.page)
        if one.status != 200 or listed is None or int(listed[1]) != n:
            wrong.append((href, n, one.status, listed and listed[1]))
    assert wrong == []


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
    ):
        await lead.opens(f"/figures?{odd}")
        assert lead.status == 200, odd


def test_trend_has_a_column_for_each_day_and_weeks_for_many() -> None:
    """No day is lost, the scale reaches above the highest."""
    start = date(2026, 3, 2)
    few = trend({start + timedelta(days=n): (n, 1) for n in range(10)})
    assert [column.opened for column in few.columns] == list(range(10))
    assert few.marks[-1][1] == 10
    many = trend({start + timedelta(days=n): (1, 0) for n in range(100)})
    assert sum(column.opened for column in many.columns) == 100
    assert len(many.columns) == 15
    assert trend({}).columns == []


@pytest.mark.parametrize("fullest", [1, 5, 6, 7, 1000])
def test_shades_go_from_nothing_to_the_fullest(fullest: int) -> None:
    """Something is never shown as nothing."""
    grid = [[0, 1, fullest]]
    assert shades(grid)[0][0] == 0
    assert shades(grid)[0][1] >= 1
    assert shades(grid)[0][2] == STEPS
    assert shades([[0]]) == [[0]]
