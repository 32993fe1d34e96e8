"""Brings updates to a webhook: one queue a chat, head first, tried again until it is taken."""

import asyncio
from typing import Any

import aiohttp

from playground.queue import UpdateQueue

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0


class Delivery:
    """A task that posts pending updates while a webhook is set."""

    def __init__(self, queue: UpdateQueue) -> None:
        self.queue = queue
        self._task: asyncio.Task[None] | None = None

    def start(self, url: str, secret: str) -> None:
        """Deliver to this address from now on."""
        self.queue.webhook = {"url": url, "secret": secret}
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Deliver no more."""
        self.queue.webhook = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        pause: dict[Any, float] = {}
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while True:
                held: set[Any] = set()
                for update in list(self.queue.pending):
                    chat = _chat_of(update)
                    if chat in held:
                        continue
                    if await self._post(session, update):
                        self.queue.pending.remove(update)
                        pause.pop(chat, None)
                    else:
                        held.add(chat)
                        pause[chat] = min(pause.get(chat, FIRST_PAUSE) * 2, LONGEST_PAUSE)
                self.queue.arrived.clear()
                try:
                    async with asyncio.timeout(min(pause.values(), default=1.0)):
                        await self.queue.arrived.wait()
                except TimeoutError:
                    pass

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        hook = self.queue.webhook or {}
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook.get("secret") else {}
        try:
            async with session.post(hook["url"], json=update, headers=headers) as answer:
                return 200 <= answer.status < 300  # noqa: PLR2004 - any 2xx is done
        except (aiohttp.ClientError, TimeoutError, KeyError):
            return False


def _chat_of(update: dict[str, Any]) -> Any:
    for value in update.values():
        if isinstance(value, dict):
            inner = value.get("message") or value
            return inner.get("chat", {}).get("id") if isinstance(inner, dict) else None
    return None
