"""The pages for who has no mouse and for who does not see them: the keyboard alone, and axe over every room."""

from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect
from sqlalchemy import insert, select

from bot.settings import Settings
from models import tables as t
from tests.browser.desk import AXE, Desk, in_chromium, needs_axe, on_a_map, sits_down
from tests.town import LEAD, QIU, SQUAD, STALL, ZHANG, Town
from tests.web.conftest import link_for
from web.charts import STEPS

pytestmark = in_chromium
ROOMS = ("/", "/tickets/1", "/map", "/figures", "/settings", "/me", "/?q=没有", "/tickets/99")
TITLES = {"zh": "看板 · 群办", "en": "Board · Qunban"}
AXE_RUN = """axe.run({resultTypes: ['violations'], reporter: 'no-passes',
    checks: {'color-contrast': {options: {ignoreLength: true}}}})"""
"""A number of one figure counts as well: axe leaves a single sign out by itself."""
FOCUSED = "(one) => one === document.activeElement"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The demonstration on SQLite, with a map of its own, a shift, and limits that leave the default table in force."""
    shifts = [{"name": "夜班", "periods": ["22:00-06:00"], "days": "every"}]
    limits = {"01003": {"conditions": {"沉陷": "5工作日"}, "shift": "夜班"}}
    return on_a_map(tmp_path, hours={"shifts": shifts, "squads": {"三中队": "夜班"}}, limits=limits)


async def tabs_to(page: Page, wanted: str) -> None:
    """The Tab key until the focus is there, and to be seen there."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.locator(wanted).first.evaluate(FOCUSED):
            await expect(page.locator(wanted).first).to_be_in_viewport()
            return
    raise AssertionError(f"no Tab leads to {wanted}")


async def test_lead_finds_and_extends_with_tab_and_enter_alone(town: Town, browser: Browser) -> None:
    """Past the head of the page by the first link, to the search, the ticket, the form, and sent."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.says(ZHANG, "凤鸣路路灯不亮了，晚上太黑")
    await town.sees("#2 ")
    await town.quiet()
    desk = await sits_down(browser, town)
    page, keys = desk.page, desk.page.keyboard
    await desk.at("/")
    await keys.press("Tab")
    await expect(page.locator("a.skip")).to_be_focused()
    await expect(page.locator("a.skip")).to_be_in_viewport()
    await keys.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    await keys.press("Tab")
    assert await page.evaluate("document.getElementById('main').contains(document.activeElement)")
    await tabs_to(page, "#q")
    await keys.type("路灯")
    await keys.press("Enter")
    await expect(page.locator(".ticket")).to_have_count(1)
    await tabs_to(page, ".ticket a")
    await keys.press("Enter")
    await expect(page.locator("h1")).to_contain_text("#2 路灯异常")
    await tabs_to(page, "summary:has-text('延期')")
    await keys.press("Enter")
    await tabs_to(page, "form[action$='/extend'] [name=reason]")
    await keys.type("等产权单位")
    await keys.press("Enter")
    await expect(page.locator("[role=status]")).to_have_text("已延期。")
    await expect(page.locator(".events")).to_contain_text("等产权单位")
    assert desk.wrong == []


async def rooms(desk: Desk, town: Town, language: str) -> AsyncIterator[str]:
    """Every page there is, one after another: those with an address, those that come of a form, and the door."""
    page = desk.page
    for room in ROOMS:
        await desk.at(f"/lang/{language}?back={room}")
        yield room
    await desk.at("/settings")
    await page.locator("#listed").click()
    await expect(page.locator("details[open] tbody").first).to_be_visible()
    yield "default table"
    await desk.at("/tickets/1")
    await page.locator("form[action$='/exact'] button").click()
    yield "exact"
    await extends(page, reason=" ")
    await expect(page.locator("#refused")).to_be_visible()
    yield "refused"
    await desk.at("/tickets/1")
    await page.locator("form[action$='/extend'] [name=version]").evaluate("(one) => { one.value = 0; }")
    await extends(page, reason="等产权单位")
    await expect(page.locator("a.button.main[href='/tickets/1']")).to_be_visible()
    yield "older"
    await desk.at(await link_for(town, LEAD))
    yield "door"
    await page.context.clear_cookies()
    await desk.at(f"/lang/{language}?back=/")
    await expect(page.locator(".steps")).to_be_visible()
    yield "welcome"


async def extends(page: Page, reason: str) -> None:
    """The form for more time, sent with this reason."""
    form = page.locator("form[action$='/extend']")
    await form.evaluate("(one) => { one.closest('details').open = true; }")
    await form.locator("[name=reason]").fill(reason)
    await form.locator("button").click()


async def crowded(town: Town) -> None:
    """Tickets like the first, as many as fill an hour of today for each step of the table of hours."""
    assert town.program is not None
    zone = ZoneInfo("Asia/Shanghai")
    async with town.program.engine.begin() as conn:
        first = (await conn.execute(select(t.ticket))).mappings().one()
        at = first["opened_at"].astimezone(zone).replace(minute=30)
        hours = [at.replace(hour=(at.hour + step) % 24) for step in range(1, STEPS + 1) for _ in range(step)]
        rows = [{**first, "id": 100 + n, "part": 100 + n, "opened_at": hour} for n, hour in enumerate(hours)]
        await conn.execute(insert(t.ticket), rows)


@needs_axe
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_pages_are_clean_for_screen_readers_and_fit_the_screen(
    town: Town, browser: Browser, width: int, language: str
) -> None:
    """Axe finds nothing, nothing sticks out to the side; in both languages, with a long word without an end."""
    town.says(QIU, STALL + "长" * 300 + "w" * 200)
    town.pins(QIU)
    town.shows(QIU)
    await town.quiet()
    await crowded(town)
    desk = await sits_down(browser, town, bypass_csp=True, viewport={"width": width, "height": 844})
    page, wrong, titles = desk.page, [], set()
    async for room in rooms(desk, town, language):
        titles.add(await page.title())
        await page.add_script_tag(path=AXE)
        found = await page.evaluate(AXE_RUN)
        wrong += [(room, one["id"], one["nodes"][0]["target"]) for one in found["violations"]]
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [(room, "sticks out", wide)] if wide > 0 else []
        if room == "/figures":
            shown = await page.locator(".heat td:has(a)").evaluate_all("(all) => all.map((one) => one.className)")
            assert set(shown) >= {f"s{step}" for step in range(1, STEPS + 1)}
    assert wrong == []
    assert TITLES[language] in titles


@needs_axe
async def test_every_step_of_the_hours_can_be_read_in_the_dark(town: Town, browser: Browser) -> None:
    """The same table where the person's system is dark."""
    town.says(QIU, STALL)
    await town.quiet()
    await crowded(town)
    desk = await sits_down(browser, town, bypass_csp=True, color_scheme="dark")
    await desk.at("/figures")
    await desk.page.add_script_tag(path=AXE)
    found = await desk.page.evaluate(AXE_RUN)
    assert [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]] == []
