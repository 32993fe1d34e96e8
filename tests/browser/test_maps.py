"""The map in Chromium: clusters that part, heat, streets and grids, and pictures of the ground where they belong."""

from math import asinh, pi, radians, tan
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Locator, Route, expect

from bot.settings import Settings
from geo.datums import wgs_to_gcj
from tests.browser.desk import in_chromium, needs_modules, on_a_map, sits_down
from tests.town import QIU, STALL, ZHANG, Town, picture

pytestmark = [*in_chromium, needs_modules]
NEAR = 17
"""How near the map comes to one ticket."""
DASHES = """(() => {
  const before = CanvasRenderingContext2D.prototype.setLineDash;
  window.dashes = [];
  CanvasRenderingContext2D.prototype.setLineDash = function (dash) {
    window.dashes.push(dash.join(" "));
    return before.call(this, dash);
  };
})()"""
"""Remembers with which dashes lines are drawn: a canvas holds no lines to look for."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The demonstration on SQLite, with a map of its own."""
    return on_a_map(tmp_path)


async def pinned(town: Town, many: int = 1) -> None:
    """A stall, and perhaps a lamp, at one spot."""
    for who, words in ((QIU, STALL), (ZHANG, "苍梧路路灯不亮了，晚上太黑"))[:many]:
        town.says(who, words)
        town.pins(who)
    await town.sees_rows("SELECT count(*) AS n FROM ticket WHERE lat IS NOT NULL HAVING count(*) = :many", many=many)
    await town.quiet()


async def test_map_shows_heat_and_one_ticket(town: Town, browser: Browser) -> None:
    """On our own street and grid, without a picture of anybody's; a press turns to heat; a link finds its spot."""
    await pinned(town)
    desk = await sits_down(browser, town)
    page = desk.page
    await page.add_init_script(DASHES)
    await desk.at("/map")
    await expect(page.locator("#map .label.street")).to_have_text("郁洲街道")
    await expect(page.locator("#drawn")).to_have_count(0)
    _, above, _ = await place_of(page.locator("#map"))
    assert (await place_of(page.locator("#map .label.street")))[1] > above, "the name is not cut off"
    await expect(page.locator("#map .spot")).to_have_count(1)
    assert "3 4" in await page.evaluate("dashes"), "the grid's dashes"
    await page.get_by_role("button", name="热力").click()
    await expect(page.locator("#map canvas.leaflet-heatmap-layer")).to_be_visible()
    await expect(page.locator("#map .spot")).to_have_count(0)
    await desk.at("/map?ticket=1")
    await expect(page.locator(".leaflet-popup-content a")).to_contain_text("#1 占道经营")
    assert desk.hosts <= {"127.0.0.1", None}
    assert desk.wrong == []


async def test_two_at_one_spot_are_a_cluster_that_parts(town: Town, browser: Browser) -> None:
    """One sign that says two; a press parts them, and each leads to its ticket."""
    await pinned(town, 2)
    desk = await sits_down(browser, town)
    page = desk.page
    await desk.at("/map")
    crowd, spots = page.locator("#map .crowd"), page.locator("#map .spot")
    await expect(crowd).to_have_text("2")
    await expect(spots).to_have_count(0)
    await crowd.click()
    await expect(spots).to_have_count(2)
    assert sorted([await spots.nth(n).get_attribute("title") or "" for n in range(2)])[1].startswith("#2 路灯异常")
    await page.locator("#map .spot[title^='#1 ']").click()
    await page.locator(".leaflet-popup-content a").click()
    await expect(page.locator("h1")).to_contain_text("#1 占道经营")
    assert desk.wrong == []


class TestTiles:
    """With pictures of the ground in GCJ-02."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        """Their server's address, their datum, and whose they are."""
        tiles = {"url": "https://tiles.example.org/{z}/{x}/{y}.png", "datum": "GCJ-02", "credit": "某图"}
        return on_a_map(tmp_path, web={"port": 0, "tiles": tiles})

    async def test_ticket_stands_where_the_picture_has_its_place(self, town: Town, browser: Browser) -> None:
        """Tiles come from that server alone; the ticket is on the tile of its moved point, and at the very pixel."""
        await pinned(town)
        [held] = await town.rows("SELECT lat, lon FROM ticket")
        desk = await sits_down(browser, town)
        page, asked = desk.page, set()

        async def tile(route: Route) -> None:
            asked.add(urlsplit(route.request.url).path)
            await route.fulfill(body=picture(), content_type="image/jpeg")

        await page.route("https://tiles.example.org/**", tile)
        await desk.at("/map?ticket=1")
        x, y = spot_on_tiles(*wgs_to_gcj(held["lat"], held["lon"]))
        below = page.locator(f"#map img[src$='/{NEAR}/{int(x)}/{int(y)}.png']")
        await expect(below).to_have_class("leaflet-tile leaflet-tile-loaded")
        await expect(page.locator(".leaflet-popup-content")).to_be_visible()
        left, top, size = await place_of(below)
        at_x, at_y, wide = await place_of(page.locator("#map .spot"))
        assert at_x + wide / 2 == pytest.approx(left + (x % 1) * size, abs=2)
        assert at_y + wide / 2 == pytest.approx(top + (y % 1) * size, abs=2)
        await expect(page.locator(".leaflet-control-attribution")).to_contain_text("某图")
        assert desk.hosts == {"127.0.0.1", "tiles.example.org"}
        assert desk.wrong == []


def spot_on_tiles(lat: float, lon: float) -> tuple[float, float]:
    """Which tile of that nearness holds a point, and where on it: the whole parts and the rests."""
    many = 2**NEAR
    return (lon + 180) / 360 * many, (1 - asinh(tan(radians(lat))) / pi) / 2 * many


async def place_of(one: Locator) -> tuple[float, float, float]:
    """Left, top and width on the screen."""
    box = await one.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"]
