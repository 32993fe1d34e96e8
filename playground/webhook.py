"""Brings updates to a webhook: one queue a chat, head first, tried again until taken; no chat waits for another."""

import asyncio
import contextlib
import time
from collections.abc import Iterator
from typing import Any

import aiohttp

from playground.queue import UpdateQueue

Json = dict[str, Any]
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
IDLE_SECONDS = 1.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


class Delivery:
    """A task that posts pending updates while a webhook is set."""

    def __init__(self, queue: UpdateQueue) -> None:
        self.queue = queue
        self.error: tuple[int, str] | None = None
        self._task: asyncio.Task[None] | None = None
        self._due: dict[Any, float] = {}
        self._pause: dict[Any, float] = {}

    async def start(self, url: str, secret: str, connections: int) -> None:
        """Deliver to this address from now on."""
        await self.stop()
        self.queue.webhook = {"url": url, "secret": secret, "max_connections": connections}
        self.error = None
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Deliver no more."""
        self.queue.webhook = None
        self._due, self._pause = {}, {}
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while True:
                self.queue.arrived.clear()
                heads = list(self._heads())
                await asyncio.gather(*(self._bring(session, chat, update) for chat, update in heads))
                if heads:
                    continue
                wait = min((due - time.monotonic() for due in self._due.values()), default=IDLE_SECONDS)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(max(wait, 0.01)):
                        await self.queue.arrived.wait()

    def _heads(self) -> Iterator[tuple[Any, Json]]:
        """The oldest update of every chat that need not wait."""
        seen, now = set(), time.monotonic()
        for update in self.queue.pending:
            chat = _chat_of(update)
            if chat not in seen and self._due.get(chat, 0.0) <= now:
                yield chat, update
            seen.add(chat)

    async def _bring(self, session: aiohttp.ClientSession, chat: Any, update: Json) -> None:
        wrong = await self._post(session, update)
        if wrong is None:
            with contextlib.suppress(ValueError):
                self.queue.pending.remove(update)
            self._due.pop(chat, None)
            self._pause.pop(chat, None)
            return
        self.error = (int(time.time()), wrong)
        self._pause[chat] = min(self._pause.get(chat, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
        self._due[chat] = time.monotonic() + self._pause[chat]

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> str | None:
        """Bring one update; what went wrong, or None."""
        hook = self.queue.webhook or {}
        headers = {SECRET_HEADER: hook["secret"]} if hook.get("secret") else {}
        try:
            async with session.post(hook["url"], json=update, headers=headers, allow_redirects=False) as answer:
                good = 200 <= answer.status < 300  # noqa: PLR2004 - any 2xx is done
                return None if good else f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, TimeoutError, KeyError):
            return "Connection timed out"


def _chat_of(update: Json) -> Any:
    """Presses queue by person, everything else by chat."""
    if isinstance(press := update.get("callback_query"), dict):
        return "press", (press.get("from") or {}).get("id")
    for value in update.values():
        if isinstance(value, dict) and isinstance(value.get("chat"), dict):
            return value["chat"].get("id")
    return None
