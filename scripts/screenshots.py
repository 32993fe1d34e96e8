"""Takes the pictures of docs/pictures: plays the story against a fresh bot in headless Chromium."""

import asyncio
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

REPO = Path(__file__).parent.parent
PICTURES = REPO / "docs" / "pictures"
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


async def look(browser: Browser, url: str, width: int, height: int) -> Page:
    """The page at a size."""
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = await context.new_page()
    await page.goto(url)
    await page.wait_for_selector("#chats button")
    return page


async def shoot(page: Page, name: str) -> None:
    """One picture."""
    await page.wait_for_timeout(400)
    await page.screenshot(path=PICTURES / name)
    print(name)


async def pictures(url: str, browser: Browser) -> None:
    """The story half way and at its end, wide and on a phone."""
    wide = await look(browser, url, 1280, 800)
    await wide.select_option("#speed", "10")
    await wide.click("#play")
    await wide.wait_for_selector("text=白洋已接单", timeout=60_000)
    await shoot(wide, "playground-wide.png")
    await wide.wait_for_selector("text=故事讲完了", timeout=120_000)
    phone = await look(browser, url, 390, 844)
    await phone.click("#chats button >> nth=0")
    await shoot(phone, "playground-phone.png")
    await phone.click("#back")
    await phone.select_option("#persona", label="队员 白洋")
    await phone.click("#chats button:has-text('三中队')")
    await shoot(phone, "dispatch-card.png")


async def main() -> None:
    """Start the bot in a temporary folder, take the pictures, stop it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("没有找到 chromium：请先安装（Debian：apt-get install chromium）")
    PICTURES.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        places = {"QUNBAN_DATA": folder, "QUNBAN_DATABASE": f"sqlite:///{folder}/q.db"}
        ports = {"QUNBAN_PLAYGROUND_PORT": str(port), "QUNBAN_WEB_PORT": str(free_port())}
        env = {**os.environ, **places, **ports}
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=REPO, env=env, stdout=asyncio.subprocess.PIPE
        )
        try:
            if bot.stdout is not None:
                await bot.stdout.readline()
            await asyncio.sleep(1.5)
            async with async_playwright() as play:
                browser = await play.chromium.launch(executable_path=chromium, args=FLAGS)
                await pictures(f"http://127.0.0.1:{port}/", browser)
                await browser.close()
        finally:
            bot.terminate()
            await bot.wait()


if __name__ == "__main__":
    asyncio.run(main())
