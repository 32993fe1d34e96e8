"""The pages on a phone of 390 points: what stands together there, and what can be pushed aside shows that it can."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.settings import Settings
from tests.browser.desk import in_chromium, on_a_map, sits_down
from tests.town import Json, Town

pytestmark = in_chromium
PHONE = {"width": 390, "height": 844}
TICKS = """[...document.querySelectorAll(".tick")].map((label) => {
  const words = document.createRange(), box = label.querySelector("input").getBoundingClientRect();
  words.selectNodeContents(label.lastChild);
  const lines = [...words.getClientRects()].filter((one) => one.width > 1);
  return {lines: lines.length, gap: lines[0].left - box.right, above: lines[0].top - box.bottom,
          start: box.left - label.getBoundingClientRect().left, wide: box.width};
})"""
"""Each tick of the filters: on how many lines its words stand, how far from its box, where the box begins."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The demonstration on SQLite, with a map of its own."""
    return on_a_map(tmp_path)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_ticks_of_the_filters_stand_beside_their_words(town: Town, browser: Browser, language: str) -> None:
    """On the board and on the map, on one line, at the left of their cell."""
    desk = await sits_down(browser, town, viewport=PHONE)
    for room in ("/", "/map"):
        await desk.at(f"/lang/{language}?back={room}")
        await desk.page.locator(".more-label").click()
        await expect(desk.page.locator(".tick").first).to_be_visible()
        ticks: list[Json] = await desk.page.evaluate(TICKS)
        assert len(ticks) == 2
        for tick in ticks:
            assert tick["lines"] == 1, room
            assert 0 < tick["gap"] <= 14, room
            assert tick["above"] < 0, room
            assert (tick["start"], tick["wide"]) == (0, 18), room
