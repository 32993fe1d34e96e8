"""The chat page in Chromium: everything is done by tapping and typing, as on a phone, against the real bot."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser.desk import in_chromium
from tests.browser.reader import open_page
from tests.town import BAI, MERCHANTS, QIU, SQUAD, STALL, Town, picture

pytestmark = in_chromium


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One kind of database: what the page shows does not depend on it."""
    return f"sqlite:///{tmp_path}/q.db"


async def test_people_finish_a_complaint_on_a_phone_by_tapping(town: Town, browser: Browser) -> None:
    """邱女士 complains and pins, 白洋 takes it, arrives, answers the card with a photo, resolves; she is satisfied."""
    reader = await open_page(browser, town.play.url)
    page = reader.page
    await reader.enters(MERCHANTS)
    await reader.says(STALL)
    await expect(reader.bubble("#1 占道经营")).to_contain_text("已派三中队")
    await reader.attaches("pin")
    await page.locator(".map.big").tap(position={"x": 150, "y": 120})
    await page.locator("[data-act=send-pin]").tap()
    await expect(page.locator("#log .mine .pin .map")).to_be_visible()

    await reader.becomes(BAI)
    await expect(page.locator(f"#chats [data-chat='{SQUAD}'] .count-badge")).to_be_visible()
    await reader.enters(SQUAD)
    await expect(page.locator("#log .pin .map").last).to_be_visible()
    await reader.key("接单").tap()
    await reader.toast("已接单，路上注意安全")
    await reader.key("到场").tap()
    await expect(reader.bubble("白洋")).to_contain_text("已编辑")
    await reader.holds(page.locator("#log .pin").last)
    await expect(page.locator("dialog")).to_have_count(0)
    await page.keyboard.press("Escape")
    await reader.holds(page.locator("#log article.card .bubble").last)
    await page.locator(".menu >> text=回复").tap()
    await reader.attaches("samples")
    await page.locator("[data-sample=cleared]").tap()
    await expect(page.locator("#composer .thumb img")).to_be_visible()
    await page.locator("[data-act=send]").tap()
    await expect(page.locator("#log .mine .photo img")).to_be_visible()
    await town.quiet()
    await reader.key("办结").tap()
    await reader.key("管理").tap()
    await town.button("满意", MERCHANTS)

    await reader.becomes(QIU)
    await reader.enters(MERCHANTS)
    await expect(reader.bubble("已办结（管理）").locator(".photo img")).to_be_visible()
    await reader.key("满意").tap()
    await expect(reader.bubble("谢谢您的评价")).to_be_visible()
    await expect(page.locator("#log .key")).to_have_count(0)
    await town.quiet()
    assert [ticket["status"] for ticket in await town.tickets()] == ["closed"]
    overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow == 0
    assert reader.wrong == []
    assert reader.hosts <= {"127.0.0.1", None}, "nothing is fetched from the internet"


async def test_story_plays_by_itself_to_the_closed_ticket(town: Town, browser: Browser) -> None:
    """Ten times as fast: the page follows who speaks, and at the end the ticket is closed."""
    reader = await open_page(browser, town.play.url)
    page = reader.page
    await page.locator("#side-foot >> text=10×").tap()
    await page.locator("#side-foot [data-act=play]").tap()
    await expect(page.locator("#storybar")).to_contain_text("白洋赶到现场", timeout=30_000)
    await expect(page.locator("#head h1")).to_have_text("三中队")
    await expect(page.locator("#head h1")).to_have_text("带班群", timeout=60_000)
    await expect(page.locator("#log")).to_contain_text("今天汇总", timeout=30_000)
    await expect(page.locator("#storybar")).to_be_hidden()
    await town.quiet()
    assert [(t["status"], t["means"]) for t in await town.tickets()] == [("closed", "management")]
    assert reader.wrong == []


async def test_story_is_stopped_and_stays_stopped(town: Town, browser: Browser) -> None:
    """The stop button ends it at once: nobody says another word."""
    reader = await open_page(browser, town.play.url, phone=False)
    await reader.page.locator("#help >> text=3×").click()
    await reader.page.locator("#help [data-act=play]").click()
    await expect(reader.page.locator("#log")).to_contain_text("早上好各位")
    await reader.page.locator("#help [data-act=stop]").click()
    await expect(reader.page.locator("#help")).to_contain_text("故事停下了")
    said = len(town.world.chats[MERCHANTS].messages)
    assert town.play.pages.story.running is False
    await reader.page.wait_for_timeout(2500)
    assert len(town.world.chats[MERCHANTS].messages) == said


async def test_reader_edits_and_answers_with_the_keyboard(town: Town, browser: Browser) -> None:
    """Enter sends, the menu is walked with arrows, Escape takes back, an edit is marked."""
    reader = await open_page(browser, town.play.url, phone=False)
    page = reader.page
    words = page.locator("#composer textarea")
    await words.fill("店门口的井盖松了")
    await words.press("Enter")
    own = page.locator("#log article.mine")
    await expect(own).to_contain_text("店门口的井盖松了")
    await expect(words).to_have_value("")
    await own.locator(".more").press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".banner")).to_contain_text("编辑消息")
    await words.fill("店门口的井盖松了，车一过就响")
    await words.press("Enter")
    await expect(own).to_contain_text("车一过就响")
    await expect(own).to_contain_text("已编辑")
    await own.locator(".more").press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator(".banner")).to_contain_text("回复 邱女士")
    await words.press("Escape")
    await expect(page.locator(".banner")).to_be_hidden()
    assert reader.wrong == []


async def test_officer_works_a_card_with_the_keyboard_alone(town: Town, browser: Browser) -> None:
    """The focus stays on the card while it is rewritten under her hand: Enter and Enter again."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    reader = await open_page(browser, town.play.url, phone=False)
    await reader.page.locator(f"#personas [data-person='{BAI}']").press("Enter")
    await expect(reader.page.locator(f"#personas [data-person='{BAI}']")).to_be_focused()
    await reader.page.locator(f"#chats [data-chat='{SQUAD}']").press("Enter")
    await reader.key("接单").press("Enter")
    await expect(reader.key("到场")).to_be_visible()
    await expect(reader.page.locator("#log .card button:focus")).to_have_count(1)
    await reader.key("到场").press("Enter")
    await expect(reader.key("办结")).to_be_visible()
    assert reader.wrong == []


async def test_tiles_are_shown_where_they_are_configured(town: Town, browser: Browser) -> None:
    """With an address of tiles the map is made of them; without, nothing is asked of anybody (see above)."""
    town.play.pages.tiles = "https://tiles.example.org/{z}/{x}/{y}.png"
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    asked: list[str] = []

    async def tile(route: Route) -> None:
        asked.append(urlsplit(route.request.url).path)
        await route.fulfill(body=picture(), content_type="image/jpeg")

    await context.route("https://tiles.example.org/**", tile)
    town.pins(QIU)
    page = await context.new_page()
    await page.goto(town.play.url)
    await expect(page.locator("#log .pin image").first).to_be_attached()
    await expect(page.locator("#log .pin .m-road")).to_have_count(0)
    await town.until(lambda: len(asked) > 1, "tiles to be asked for")
    assert all(re.fullmatch(r"/16/\d+/\d+\.png", path) for path in asked)


async def test_hostile_words_stay_words(town: Town, browser: Browser) -> None:
    """Markup in names and messages is shown as it was typed, and nothing of it runs."""
    evil = "<img src=x onerror=alert(1)><script>document.title='偷'</script>"
    town.world.join(MERCHANTS, 7999, evil)
    town.world.say(7999, MERCHANTS, evil + "\u202e")
    reader = await open_page(browser, town.play.url, phone=False)
    await expect(reader.page.locator("#log .words")).to_contain_text("onerror=alert(1)")
    assert await reader.page.locator("#log img, #log script").count() == 0
    assert await reader.page.title() == "群办 · 练习场"
    assert reader.wrong == []


async def test_reader_is_told_when_the_server_is_gone(town: Town, browser: Browser) -> None:
    """A banner says so, what was typed stays in the box, and the talk comes back by itself."""
    reader = await open_page(browser, town.play.url, phone=False)
    page = reader.page
    port = town.play.port
    await town.stop_bot()
    await town.play.stop()
    await expect(page.locator("#link")).to_contain_text("没有回应")
    await page.locator("#composer textarea").fill("喂，有人吗")
    await page.locator("[data-act=send]").click()
    await reader.toast("没有发出去")
    await expect(page.locator("#composer textarea")).to_have_value("喂，有人吗")

    town.play.api.stopping.clear()
    await town.play.start(port=port)
    await expect(page.locator("#link")).to_be_hidden()
    await page.locator("[data-act=send]").click()
    await expect(reader.bubble("喂，有人吗")).to_be_visible()
