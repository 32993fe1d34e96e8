"""Takes the pictures of docs/pictures: plays the story against a fresh bot in headless Chromium."""

import asyncio
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

REPO = Path(__file__).parent.parent
PICTURES = REPO / "docs" / "pictures"
MERCHANTS, LEADS = "郁洲街道城管共建群", "带班群"
CITY = "examples/city.yaml"
"""The city whose year the figures are of."""
BOT = (sys.executable, "-m", "bot")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def look(browser: Browser, url: str, width: int, height: int, sharp: float = 1) -> Page:
    """The page at a size."""
    context = await browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=sharp, locale="zh-CN",
        timezone_id="Asia/Shanghai", bypass_csp=True, has_touch=sharp > 1, is_mobile=sharp > 1,
    )  # fmt: skip
    page = await context.new_page()
    await page.goto(url)
    await page.wait_for_selector("#chats [data-chat]")
    return page


async def become(page: Page, who: str, chat: str) -> None:
    """Look through somebody's eyes at a group."""
    if await page.locator("#head .back").is_visible():
        await page.click("#head .back")
    await page.click(f"#personas [data-person]:has-text('{who}')")
    await page.click(f"#chats [data-chat]:has(b:text-is('{chat}'))")


async def shoot(page: Page, name: str) -> None:
    """One picture, once nothing moves any more."""
    await page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")
    await page.screenshot(path=PICTURES / name)
    print(name)


async def pictures(url: str, browser: Browser) -> Page:
    """The story half way and at its end, wide and on a phone; then a card that waits for an officer. The wide page."""
    wide = await look(browser, url, 1280, 800)
    await wide.click("#help >> text=3×")
    await wide.click("#help [data-act=play]")
    await wide.wait_for_selector("#log .mine .pin")
    await become(wide, "邱女士", MERCHANTS)
    await wide.wait_for_selector("#log >> text=白洋已接单", timeout=60_000)
    await wide.mouse.move(640, 780)
    await shoot(wide, "playground-wide.png")
    await wide.wait_for_selector("#help >> text=故事讲完了", timeout=120_000)
    phone = await look(browser, url, 390, 844, sharp=2)
    await become(phone, "邱女士", MERCHANTS)
    await phone.wait_for_function("[...document.images].every((one) => one.complete)")
    await shoot(phone, "playground-phone.png")
    await phone.fill("#composer textarea", "店门口的井盖松了，车一过就响，快来看看")
    await phone.click("[data-act=send]")
    await phone.wait_for_selector("#log article:last-of-type >> text=#2")
    await become(phone, "白洋", "三中队")
    await phone.wait_for_selector("#log .key:has-text('接单')")
    await shoot(phone, "dispatch-card.png")
    return wide


SAID = (
    ("静姐", "门口垃圾桶满了两天没人收，味道大得很"), ("老张", "苍梧路口路灯又不亮了，晚上看不清"),
    ("阿强", "隔壁烧烤摊油烟全熏到我店里"), ("刘姐", "科苑路9号门口井盖松了，车一过就响"),
    ("韩姐", "共享单车乱停，盲道都堵了"), ("好邻居", "下水道堵了，污水漫到人行道上"),
)  # fmt: skip
"""What the street says until the board is worth a picture."""


async def at_the_pages(browser: Browser, chat: Page, who: str, *, door: bool = False) -> Page:
    """Somebody asks the bot for a link in private, opens it and presses the button; the door is taken where wanted."""
    await chat.click("#personas [data-act=people]")
    await chat.click(f".pick-row:has-text('{who}')")
    await chat.click("#chats [data-chat]:has(b:text-is('群办'))")
    await chat.fill("#composer textarea", "登录")
    await chat.press("#composer textarea", "Enter")
    found = await chat.wait_for_selector("#log >> text=登录网页：")
    link = re.search(r"http://\S+/login/[\w-]+", await found.inner_text() if found else "")
    if link is None:
        sys.exit("机器人没有给登录链接")
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="zh-CN", timezone_id="Asia/Shanghai", bypass_csp=True
    )
    page = await context.new_page()
    await page.goto(link[0])
    if door:
        for width, height, name in ((390, 560, "login-phone.png"), (1280, 460, "login-wide.png")):
            await page.set_viewport_size({"width": width, "height": height})
            await shoot(page, name)
    await page.get_by_role("button", name="登录").click()
    await page.wait_for_selector("h1:has-text('看板')")
    await page.set_viewport_size({"width": 1280, "height": 800})
    return page


async def pages(browser: Browser, chat: Page) -> None:
    """The pages of the bot: a lead asks for a link in private, logs in, looks at board, tickets and settings."""
    for who, words in SAID:
        await chat.click("#personas [data-act=people]")
        await chat.click(f".pick-row:has-text('{who}')")
        await chat.click(f"#chats [data-chat]:has(b:text-is('{MERCHANTS}'))")
        await chat.fill("#composer textarea", words)
        await chat.press("#composer textarea", "Enter")
        await chat.wait_for_selector(f"#log .mine >> text={words[:8]}")
    page = await at_the_pages(browser, chat, "朱明忠", door=True)
    await page.wait_for_selector(f".ticket:nth-of-type({len(SAID)})")
    await shoot(page, "board-wide.png")
    home = page.url
    await page.goto(f"{home}?state=all")
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(f"{home}tickets/1")
    await page.wait_for_function("[...document.images].every((one) => one.complete)")
    await shoot(page, "ticket-phone.png")
    await merged(page, home)
    await extended(page)
    await ruled(page, home)


async def merged(page: Page, home: str) -> None:
    """A search with its workbook below, and a ticket that is about to be merged with another."""
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.goto(f"{home}?q=凤鸣路&state=all")
    await page.wait_for_selector("text=导出这些工单")
    await shoot(page, "search-wide.png")
    await page.set_viewport_size({"width": 1280, "height": 1000})
    await page.goto(f"{home}tickets/2")
    await page.click("summary:has-text('并单')")
    await page.get_by_label("并到哪一张").fill("1")
    await page.evaluate("scrollTo(0, 0)")
    await shoot(page, "merge-wide.png")


async def extended(page: Page) -> None:
    """The same ticket, that a lead extends: the form, and what stands there afterwards, also on a phone."""
    await page.reload()
    await page.click("summary:has-text('延期')")
    form = page.locator("form[action$='/extend']")
    await form.get_by_label("延多久").select_option("1工作日")
    await form.get_by_label("原因").fill("等产权单位的配件")
    await page.evaluate("scrollTo(0, 0)")
    await shoot(page, "extend-wide.png")
    await form.get_by_role("button").click()
    await page.wait_for_selector("[role=status] >> text=已延期")
    await shoot(page, "extended-wide.png")
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.evaluate("scrollTo(0, 0)")
    await shoot(page, "extended-phone.png")


async def ruled(page: Page, home: str) -> None:
    """The settings: limits, hours and who hears; on a phone the default table, unfolded."""
    await page.set_viewport_size({"width": 1280, "height": 1180})
    await page.goto(f"{home}settings")
    await page.evaluate("scrollTo(0, document.getElementById('limits').closest('section').offsetTop - 16)")
    await shoot(page, "settings-wide.png")
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.click("#listed")
    await page.evaluate("scrollTo(0, document.getElementById('listed').offsetTop - 16)")
    await shoot(page, "settings-phone.png")


async def asked(browser: Browser, url: str) -> None:
    """A lead asks in the chat how the month goes, on a phone: the picture and the lines."""
    phone = await look(browser, url, 390, 1150, sharp=2)
    await phone.click("#personas [data-act=people]")
    await phone.click(".pick-row:has-text('周队')")
    await phone.click(f"#chats [data-chat]:has(b:text-is('{LEADS}'))")
    await phone.fill("#composer textarea", "这个月怎么样")
    await phone.click("[data-act=send]")
    await phone.wait_for_selector("#log .key:has-text('明细')")
    await phone.wait_for_function("[...document.images].every((one) => one.complete)")
    await shoot(phone, "summary-phone.png")


async def figures(browser: Browser, url: str) -> None:
    """The map and the figures of a demonstration city's month, wide and on a phone."""
    chat = await look(browser, url, 1280, 800)
    page = await at_the_pages(browser, chat, "周队")
    home = page.url
    await page.set_viewport_size({"width": 1280, "height": 1080})
    await page.goto(f"{home}map?state=all")
    await page.wait_for_selector("#map .crowd")
    await shoot(page, "map-wide.png")
    for width, height, name in ((1280, 1500, "figures-wide.png"), (390, 844, "figures-phone.png")):
        await page.set_viewport_size({"width": width, "height": height})
        await page.goto(f"{home}figures")
        await page.wait_for_selector("#trend-chart canvas")
        await shoot(page, name)


@asynccontextmanager
async def running(config: str | None = None) -> AsyncIterator[str]:
    """The bot in a folder of its own, with a year in it where a city is named; the address of its playground."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ, "QUNBAN_DATA": folder, "QUNBAN_DATABASE": f"sqlite:///{folder}/q.db",
            "QUNBAN_PLAYGROUND_PORT": str(port), "QUNBAN_WEB_PORT": str(free_port()),
            **({"QUNBAN_CONFIG": config} if config else {}),
        }  # fmt: skip
        if config:
            filled = await asyncio.create_subprocess_exec(
                *BOT, "demo", "--year", "--tickets", "6000", cwd=REPO, env=env
            )
            await filled.wait()
        bot = await asyncio.create_subprocess_exec(*BOT, "run", cwd=REPO, env=env, stdout=asyncio.subprocess.PIPE)
        try:
            if bot.stdout is not None:
                await bot.stdout.readline()
            yield f"http://127.0.0.1:{port}/"
        finally:
            bot.terminate()
            await bot.wait()


async def main() -> None:
    """Start the bot in a temporary folder, take the pictures, stop it; then a year, where this program can fill one."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("没有找到 chromium：请先安装（Debian：apt-get install chromium）")
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium, args=FLAGS)
        async with running() as url:
            await pages(browser, await pictures(url, browser))
        if find_spec("bot.demo"):
            async with running(CITY) as url:
                await figures(browser, url)
                await asked(browser, url)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
