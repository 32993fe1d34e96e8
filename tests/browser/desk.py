"""Somebody at a desk, who works the bot's pages in Chromium."""

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from bot.settings import Settings, build
from tests.conftest import REPO
from tests.town import LEAD, Json, Town, town_config
from tests.web.conftest import link_for

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MODULES = REPO / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"


def _square(box: tuple[float, float, float, float], **told: str) -> Json:
    """West, south, east and north of it, and what it is."""
    west, south, east, north = box
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [corners]}
    return {"type": "Feature", "properties": told, "geometry": geometry}


MAP: Json = {
    "type": "FeatureCollection",
    "features": [
        _square((119.2, 34.58, 119.24, 34.61), kind="street", name="郁洲街道", squad="三中队"),
        _square((119.215, 34.59, 119.225, 34.6), kind="grid", name="320706003001001"),
    ],
}
in_chromium = [
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)"),
]
needs_modules = pytest.mark.skipif(
    not (MODULES / "leaflet").is_dir(), reason="node_modules is not installed (make install, with npm on the machine)"
)
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (make install-test, with npm)")
expect.set_options(timeout=20_000)


def on_a_map(folder: Path, **more: Any) -> Settings:
    """The demonstration on SQLite, with a map of its own."""
    (folder / "map.geojson").write_text(json.dumps(MAP), encoding="utf-8")
    places = {"database": f"sqlite:///{folder}/q.db", "data": str(folder / "data")}
    return build({**town_config(), **places, "map": [str(folder / "map.geojson")], **more})


class Desk:
    """The pages in a browser, and what went wrong on them."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.wrong: list[str] = []
        self.hosts: set[str | None] = set()
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))

    async def at(self, path: str) -> None:
        """Another page."""
        await self.page.goto(self.url + path)


async def sits_down(browser: Browser, town: Town, who: int = LEAD, **more: Any) -> Desk:
    """Somebody asks the bot for a link, opens it and presses the button."""
    assert town.program is not None
    given: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "zh-CN", **more}
    context = await browser.new_context(**given)
    desk = Desk(await context.new_page(), town.program.web_url)
    await desk.at(await link_for(town, who))
    await desk.page.get_by_role("button", name="登录").click()
    await expect(desk.page.locator("h1")).to_have_text("看板")
    return desk
