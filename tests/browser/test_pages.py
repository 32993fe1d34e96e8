"""The bot's pages in Chromium, beside the chat page: a lead finds, merges, extends, and the chat follows."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.async_api import Browser, Page, expect

from bot.settings import Settings
from tests.browser.desk import in_chromium, needs_modules, on_a_map, sits_down
from tests.browser.reader import open_page
from tests.town import BAI, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town
from texts import sheet

pytestmark = in_chromium


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The demonstration on SQLite, with a map of its own."""
    return on_a_map(tmp_path)


async def test_lead_finds_merges_extends_and_exports_and_the_chat_follows(
    town: Town, browser: Browser, tmp_path: Path
) -> None:
    """朱明忠 at the desk, 邱女士 and 白洋 in the chat: what he does there is seen here."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.says(ZHANG, "凤鸣路路灯不亮了，晚上太黑")
    await town.sees("#2", MERCHANTS)
    chat = await open_page(browser, town.play.url, phone=False)
    await chat.page.locator(f"#personas [data-person='{QIU}']").click()
    await chat.page.locator(f"#chats [data-chat='{MERCHANTS}']").click()
    desk = await sits_down(browser, town)
    page = desk.page

    await page.get_by_label("找工单").fill("路灯")
    await page.get_by_role("button", name="查看").click()
    await expect(page.locator(".ticket")).to_have_count(1)
    await page.locator(".ticket a").click()
    await expect(page.locator("h1")).to_contain_text("#2 路灯异常")
    await page.locator("summary", has_text="并单").click()
    await page.get_by_label("并到哪一张").fill("1")
    await page.get_by_role("button", name="并单").click()
    await expect(page.locator("[role=status]")).to_have_text("已并单，一起办理。")
    await expect(chat.bubble("#2 路灯异常 已有人反映，已并到 #1，一起记上了")).to_be_visible()

    await page.get_by_role("link", name="#1", exact=True).first.click()
    before = await page.locator(".facts").inner_text()
    await page.locator("summary", has_text="延期").click()
    form = page.locator("form[action$='/extend']")
    await form.get_by_label("延多久").select_option("1工作日")
    await form.get_by_label("原因").fill("等产权单位")
    await form.get_by_role("button").click()
    await expect(page.locator("[role=status]")).to_have_text("已延期。")
    assert await page.locator(".facts").inner_text() != before
    await expect(page.locator(".events")).to_contain_text("等产权单位")

    await desk.at("/?q=凤鸣路&state=all")
    await page.locator("#list .ticket").nth(1).wait_for()
    rows = await exported(page, "导出这些工单", tmp_path)
    assert [(row["id"], row["status"], row["same_as"]) for row in rows] == [(1, "待接单", None), (2, "已作废", 1)]
    await desk.at("/?q=堵住")
    assert [row["id"] for row in await exported(page, "导出这些工单", tmp_path)] == [1], "again, and only what is found"
    await page.get_by_role("link", name="数字").click()
    rows = await exported(page, "导出工单", tmp_path)
    assert [row["id"] for row in rows] == [1], "figures count what was merged once"

    await desk.at("/tickets/1")
    await page.locator("summary", has_text="作废").click()
    await page.locator("form[action$='/void']").get_by_label("原因").fill("摊主已自行离开")
    await page.locator("form[action$='/void'] button").click()
    await expect(chat.bubble("已撤销：摊主已自行离开")).to_be_visible()
    assert desk.wrong == []
    assert desk.hosts <= {"127.0.0.1", None}, "nothing is fetched from the internet"


async def exported(page: Page, button: str, folder: Path) -> list[dict[str, Any]]:
    """Press a button that brings a workbook; the rows of its first sheet, by the names of the columns."""
    async with page.expect_download() as coming:
        await page.get_by_role("button", name=button).click()
    came = await coming.value
    file = folder / came.suggested_filename
    await came.save_as(file)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["工单", "办理记录"]
    heads = [cell.value for cell in book["工单"][1]]
    assert heads == list(sheet.TICKETS.values())
    return [dict(zip(sheet.TICKETS, (c.value for c in row), strict=True)) for row in book["工单"].iter_rows(min_row=2)]


@needs_modules
async def test_board_keeps_itself_fresh_and_leaves_the_reader_where_she_is(town: Town, browser: Browser) -> None:
    """A new complaint comes onto the board by itself; who reads with the keyboard keeps her place."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    desk = await sits_down(browser, town)
    page = desk.page
    await page.clock.install()
    await desk.at("/")
    await page.locator("#t1").focus()
    town.says(ZHANG, "科苑路9号门口井盖松了，车一过就响")
    await town.sees("#2", MERCHANTS)
    async with page.expect_response("**/live?*"):
        await page.clock.run_for(10_000)
    await expect(page.locator(".ticket")).to_have_count(2)
    assert await page.evaluate("document.activeElement.id") == "t1"
    await town.taken(BAI)
    await page.evaluate("htmx.trigger('#list', 'look')")
    await expect(page.locator(".chip.accepted")).to_have_count(1)
    assert desk.wrong == []


async def test_pages_work_without_any_script(town: Town, browser: Browser) -> None:
    """An old desktop that runs no script: log in, filter, see the drawing, act."""
    town.says(QIU, STALL)
    town.pins(QIU)
    await town.sees_rows("SELECT id FROM ticket WHERE lat IS NOT NULL")
    desk = await sits_down(browser, town, java_script_enabled=False)
    page = desk.page
    await page.locator("select[name=state]").select_option("dispatched")
    await page.get_by_role("button", name="查看").click()
    await expect(page.locator(".ticket")).to_have_count(1)
    await desk.at("/map")
    await expect(page.locator("#drawn circle")).to_have_count(1)
    await expect(page.locator("#drawn path.street, #drawn path.grid")).to_have_count(2)
    await page.locator("#drawn a").click()
    await page.locator("summary", has_text="作废").click()
    await page.locator("form[action$='/void']").get_by_label("原因").fill("试一下")
    await page.locator("form[action$='/void'] button").click()
    await expect(page.locator("[role=status]")).to_contain_text("已作废")


async def test_form_that_is_pressed_twice_is_sent_once(town: Town, browser: Browser) -> None:
    """A double click answers the reporter once."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    desk = await sits_down(browser, town, BAI)
    await desk.at("/tickets/1")
    await desk.page.get_by_label("要说的话").fill("马上到")
    await desk.page.get_by_role("button", name="发到群里").dblclick()
    await expect(desk.page.locator("[role=status]")).to_have_text("已发到群里。")
    await town.quiet()
    assert [words for words in town.texts(MERCHANTS) if "马上到" in words] == ["#1 白洋：马上到"]
