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


async def test_drawn_map_can_be_read_on_a_phone(town: Town, browser: Browser) -> None:
    """Without a script: names are not shrunk with the screen, the drawing is pushed aside within its frame."""
    desk = await sits_down(browser, town, viewport=PHONE, java_script_enabled=False)
    await desk.at("/map")
    name = await desk.page.locator("#drawn .name").first.bounding_box()
    assert name is not None
    assert name["height"] >= 12
    assert await desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


AT_THE_EDGE = """(box) => {
  const edge = box.getBoundingClientRect().right, veil = getComputedStyle(box, "::after");
  const last = [...box.querySelectorAll("thead th")].at(-1).getBoundingClientRect();
  return {over: box.scrollWidth - box.clientWidth, veil: veil.position, wide: parseFloat(veil.width),
          room: edge - last.right};
}"""
"""How far the table of hours reaches beyond its box, what veils its edge, and how far the last hour is from there."""


async def test_table_of_hours_shows_that_it_can_be_pushed_aside(town: Town, browser: Browser) -> None:
    """On a phone its edge fades and a line says so, and at its end nothing is veiled; wide, there is neither."""
    desk = await sits_down(browser, town, viewport=PHONE)
    await desk.at("/figures")
    box, line = desk.page.locator(".scroll.hours"), desk.page.locator(".aside")
    await expect(line).to_have_text("左右滑动，看全一天 24 小时")
    await expect(line).to_be_visible()
    seen: Json = await box.evaluate(AT_THE_EDGE)
    assert seen["over"] > 300
    assert (seen["veil"], seen["wide"] > 20, seen["room"] < 0) == ("sticky", True, True)
    await box.evaluate("(box) => { box.scrollLeft = box.scrollWidth; }")
    seen = await box.evaluate(AT_THE_EDGE)
    assert seen["room"] >= seen["wide"] - 1
    await desk.page.set_viewport_size({"width": 1280, "height": 844})
    await expect(line).to_be_hidden()
    assert (await box.evaluate(AT_THE_EDGE))["veil"] == "static"
