"""Somebody at the pages: a browser without a window, that keeps cookies and sends forms as they are shown."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar

from tests.town import Town

FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'<input[^>]*name="([^"]*)"[^>]*?value="([^"]*)"')
LINK = re.compile(r"http://\S+/login/[\w-]+")


class Visitor:
    """One browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = ClientSession(cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": "zh-CN"})
        self.status, self.page, self.path = 0, "", "/"
        self.headers: Any = {}

    async def opens(self, path: str, **headers: str) -> str:
        """A page; where it leads on is followed."""
        async with self.client.get(self._whole(path), headers=headers) as answer:
            return await self._read(answer)

    async def sends(self, action: str, **fields: Any) -> str:
        """The form of the page before her that goes to `action`, with these fields changed."""
        for target, inside in FORM.findall(self.page):
            if unescape(target) == action:
                return await self.posts(action, **{**{n: unescape(v) for n, v in FIELD.findall(inside)}, **fields})
        raise AssertionError(f"no form to {action} on {self.path}: {FORM.findall(self.page)}")

    async def posts(self, path: str, **fields: Any) -> str:
        """Whatever somebody likes to send."""
        async with self.client.post(self._whole(path), data={k: str(v) for k, v in fields.items()}) as answer:
            return await self._read(answer)

    @property
    def token(self) -> str:
        """What her forms bring."""
        found = re.search(r'name="token" value="([^"]+)"', self.page)
        assert found, self.page
        return found[1]

    def _whole(self, path: str) -> str:
        return path if path.startswith("http") else self.url + path

    async def _read(self, answer: ClientResponse) -> str:
        self.status, self.headers, self.path = answer.status, answer.headers, answer.url.path_qs
        self.page = await answer.text(errors="replace")
        return self.page

    async def close(self) -> None:
        """Gone."""
        await self.client.close()


async def link_for(town: Town, who: int) -> str:
    """Somebody asks in private for a link; the link."""
    before = len(town.by_bot(who))
    town.says(who, "登录", chat=who)
    await town.until(lambda: len(town.by_bot(who)) > before, "the link")
    found = LINK.search(town.by_bot(who)[-1]["text"])
    assert found, town.texts(who)
    return urlsplit(found[0]).path


Enters = Callable[[int], Awaitable[Visitor]]


@pytest.fixture
async def visitor(town: Town) -> AsyncIterator[Callable[[], Visitor]]:
    """Browsers in which nobody is logged in."""
    made: list[Visitor] = []

    def fresh() -> Visitor:
        assert town.program is not None
        made.append(Visitor(town.program.web_url))
        return made[-1]

    yield fresh
    for one in made:
        await one.close()


@pytest.fixture
async def enters(town: Town, visitor: Callable[[], Visitor]) -> Enters:
    """Somebody asks for a link, opens it and presses the button."""

    async def enter(who: int) -> Visitor:
        one = visitor()
        await one.opens(await link_for(town, who))
        await one.sends("/login")
        assert one.status == 200, one.page
        return one

    return enter
