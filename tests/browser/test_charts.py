"""The figures in Chromium: the chart that answers to the pointer, under the policy that forbids the rest."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.settings import Settings
from tests.browser.desk import in_chromium, needs_modules, on_a_map, sits_down
from tests.town import QIU, STALL, ZHANG, Town

pytestmark = in_chromium
PIXEL = """([series, day, value]) => {
  const box = document.getElementById("trend-chart"), chart = echarts.getInstanceByDom(box);
  const at = chart.getOption().xAxis[0].data.indexOf(day);
  const [x, y] = chart.convertToPixel({ seriesIndex: series }, [at, value]);
  return { x, y };
}"""
"""Where a value of a day stands on the chart."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The demonstration on SQLite, with a map of its own."""
    return on_a_map(tmp_path)


@needs_modules
@pytest.mark.parametrize(("series", "number", "found"), [(0, "opened", 2), (1, "closed", 1)])
async def test_chart_is_drawn_here_and_leads_to_the_tickets(
    town: Town, browser: Browser, series: int, number: str, found: int
) -> None:
    """The canvas stands where the server's drawing stood; a press on a day's column or dot opens its tickets."""
    town.says(QIU, STALL)
    await town.clicks(QIU, await town.solved(), "满意")
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.sees("#2 ")
    await town.quiet()
    desk = await sits_down(browser, town)
    page = desk.page
    await page.get_by_role("link", name="数字").click()
    canvas = page.locator("#trend-chart canvas")
    await expect(canvas).to_be_visible()
    await expect(page.locator("svg.trend")).to_have_count(0)
    today = town.clock.now().astimezone(town.settings.zone).date().isoformat()
    spot = await page.evaluate(PIXEL, [series, today, 0.5 if series == 0 else found])
    await canvas.click(position=spot)
    await expect(page.locator("h1")).to_have_text("看板")
    await expect(page).to_have_url(re.compile(rf"/\?since={today}&until={today}&number={number}$"))
    await expect(page.locator(".ticket")).to_have_count(found)
    assert desk.wrong == []
    assert desk.hosts <= {"127.0.0.1", None}, "nothing is fetched from the internet"
