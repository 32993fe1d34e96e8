"""The webhook: brought with its secret, tried again, in order within a chat, chats apart."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.playground.conftest import Caller
from tests.town import BAI, MERCHANTS, QIU, SQUAD

Json = dict[str, Any]


class Hook:
    """A bot's web server that takes updates, or does not."""

    def __init__(self) -> None:
        self.taken: list[Json] = []
        self.tried: list[Json] = []
        self.secrets: set[str | None] = set()
        self.deaf_to: set[int] = set()
        self.url = ""

    async def route(self, request: web.Request) -> web.Response:
        """One delivery."""
        update = await request.json()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.tried.append(update)
        if update["message"]["chat"]["id"] in self.deaf_to:
            return web.Response(status=500)
        self.taken.append(update)
        return web.Response()

    async def until(self, count: int) -> list[str]:
        """The words taken, once there are so many."""
        async with asyncio.timeout(10):
            while len(self.taken) < count:  # noqa: ASYNC110 - a server's list has no bell
                await asyncio.sleep(0.01)
        return [update["message"]["text"] for update in self.taken]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """A server on a free port."""
    made = Hook()
    app = web.Application()
    app.add_routes([web.post("/hook", made.route)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_brought_with_the_secret_and_forgotten(caller: Caller, hook: Hook) -> None:
    """What waited and what comes is delivered in order, each with the secret, and is then no longer pending."""
    await caller.says("之前说的")
    await caller.result("setWebhook", url=hook.url, secret_token="s3cret-_")
    await caller.says("之后说的")
    assert await hook.until(2) == ["之前说的", "之后说的"]
    assert hook.secrets == {"s3cret-_"}
    await asyncio.sleep(0.05)
    info = await caller.result("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], "last_error_message" in info) == (hook.url, 0, False)
    await caller.result("deleteWebhook")
    assert await caller.result("getUpdates") == []


async def test_refused_update_is_tried_again_and_holds_only_its_own_chat(caller: Caller, hook: Hook) -> None:
    """A 500 keeps the merchants' head waiting, the squad's group goes on, order is kept, the error is told."""
    hook.deaf_to = {MERCHANTS}
    await caller.result("setWebhook", url=hook.url)
    await caller.says("一")
    await caller.says("二")
    await caller.says("我在附近", who=BAI, chat=SQUAD)
    assert await hook.until(1) == ["我在附近"]
    async with asyncio.timeout(10):
        while len(hook.tried) < 4:  # noqa: ASYNC110 - a server's list has no bell
            await asyncio.sleep(0.01)
    assert {update["message"]["text"] for update in hook.tried} == {"一", "我在附近"}
    info = await caller.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 2
    hook.deaf_to = set()
    assert await hook.until(3) == ["我在附近", "一", "二"]


async def test_server_that_is_not_there_loses_nothing(caller: Caller, hook: Hook) -> None:
    """Nobody listens: the update waits, and a poll after deleteWebhook finds it."""
    await caller.result("setWebhook", url="http://127.0.0.1:9/hook")
    await caller.says("没人听")
    info: Json = {}
    async with asyncio.timeout(10):
        while "last_error_message" not in info:
            info = await caller.result("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    await caller.result("deleteWebhook")
    assert [update["message"]["text"] for update in await caller.result("getUpdates")] == ["没人听"]


async def test_pending_updates_are_dropped_where_that_is_asked(caller: Caller, hook: Hook) -> None:
    """drop_pending_updates forgets what waited."""
    await caller.says("忘了吧")
    await caller.result("setWebhook", url=hook.url, drop_pending_updates=True)
    await caller.says("听着")
    assert await hook.until(1) == ["听着"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "ftp://127.0.0.1"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org", "secret_token": "bad secret"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org", "secret_token": "x" * 257}, "secret token contains unallowed characters"),
    ],
)
async def test_wrong_webhooks_are_refused(caller: Caller, params: Json, words: str) -> None:
    """No plain HTTP beyond this machine, no wild secrets; nothing is set."""
    assert await caller.refused("setWebhook", **params) == f"400 Bad Request: {words}"
    assert (await caller.result("getWebhookInfo"))["url"] == ""


async def test_empty_url_deletes_the_webhook(caller: Caller, hook: Hook) -> None:
    """As deleteWebhook does."""
    await caller.result("setWebhook", url=hook.url)
    await caller.result("setWebhook", url="")
    caller.world.say(QIU, MERCHANTS, "轮询也行")
    assert len(await caller.result("getUpdates")) == 1
