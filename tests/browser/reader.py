"""Somebody who reads the chat page in Chromium, and taps and types as a person does."""

import re
from urllib.parse import urlsplit

from playwright.async_api import Browser, Locator, Page, expect


class Reader:
    """A page, and what went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.hosts: set[str | None] = set()
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))

    async def becomes(self, who: int) -> None:
        """Another person, from the list of groups."""
        if await self.page.locator("#head .back").is_visible():
            await self.page.locator("#head .back").tap()
        await self.page.locator(f"#personas [data-person='{who}']").tap()

    async def enters(self, chat: int) -> None:
        """A group."""
        await self.page.locator(f"#chats [data-chat='{chat}']").tap()
        await expect(self.page.locator("#log")).to_be_visible()

    async def says(self, words: str) -> None:
        """Words, sent with the arrow."""
        await self.page.locator("#composer textarea").fill(words)
        await self.page.locator("[data-act=send]").tap()

    async def attaches(self, what: str) -> None:
        """Something from the tray."""
        await self.page.locator("[data-act=attach]").tap()
        await self.page.locator(f"#composer [data-act={what}]").tap()

    def bubble(self, words: str) -> Locator:
        """The newest message with these words."""
        return self.page.locator("#log article").filter(has_text=words).last

    def key(self, label: str) -> Locator:
        """The newest button with this label."""
        return self.page.locator("#log .key").filter(has_text=re.compile(f"^{label}")).last

    async def holds(self, target: Locator) -> None:
        """A finger that rests on a message until the menu opens."""
        await target.scroll_into_view_if_needed()
        box = await target.bounding_box()
        assert box is not None
        spot = {"x": box["x"] + box["width"] / 2, "y": box["y"] + min(box["height"] / 2, 60)}
        await self.page.wait_for_timeout(300)
        finger = await self.page.context.new_cdp_session(self.page)
        await finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [spot]})
        await expect(self.page.locator(".menu")).to_be_visible()
        await finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    async def toast(self, words: str) -> None:
        """The note that answers a press."""
        await expect(self.page.locator(".toast").filter(has_text=words)).to_be_visible()


async def open_page(browser: Browser, url: str, *, phone: bool = True) -> Reader:
    """The page on a phone of 390 points, or on a desk."""
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 800}
    context = await browser.new_context(viewport=size, has_touch=phone, is_mobile=phone, locale="zh-CN")
    reader = Reader(await context.new_page())
    await reader.page.goto(url)
    await expect(reader.page.locator("#chats [data-chat]").first).to_be_visible()
    return reader
