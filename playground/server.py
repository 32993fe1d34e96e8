"""A Telegram on this machine: Bot API and chat page on one port."""

import asyncio
from pathlib import Path
from typing import Any

from aiohttp import web

from playground import snapshot
from playground.api import BotApi
from playground.pages import Pages
from playground.world import World

BODY_LIMIT = 25 * 2**20
SAVE_SECONDS = 1.0


class Playground:
    """Start it, talk to it by HTTP, stop it. With a `data` folder it goes on where it was."""

    def __init__(
        self, world: dict[str, Any], token: str = "8721:playground", *, data: Path | None = None, pacing: bool = True,  # noqa: S107 - not a secret
        tiles: str | None = None,
    ) -> None:  # fmt: skip
        self.world = World(world)
        self.token, self.data = token, data
        self.api = BotApi(self.world, token, pacing=pacing)
        self.pages = Pages(self.world, self.api, tiles=tiles)
        self._runner: web.AppRunner | None = None
        self._saver: asyncio.Task[None] | None = None
        self.port = 0
        self.url = ""

    async def start(self, host: str = "127.0.0.1", port: int = 8721) -> None:
        """Listen; port 0 takes any. Raises OSError where the port is taken."""
        if self.data is not None:
            snapshot.restore(self.world, self.data)
        app = web.Application(client_max_size=BODY_LIMIT)
        app.add_routes([*self.api.routes(), *self.pages.routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.url = f"http://{host}:{self.port}"
        if self.data is not None:
            self._saver = asyncio.get_running_loop().create_task(self._save_often())

    async def stop(self) -> None:
        """Stop listening; what was said is on disk."""
        self.api.stopping.set()
        self.world.events.tell({"type": "bye"})
        await self.pages.stop_story()
        await self.api.delivery.stop()
        self.world.updates.take_turn()
        if self._saver is not None:
            self._saver.cancel()
            await asyncio.gather(self._saver, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
        if self.data is not None:
            snapshot.save(self.world, self.data)

    async def _save_often(self) -> None:
        saved = -1
        while True:
            await asyncio.sleep(SAVE_SECONDS)
            if self.data is not None and self.world.events.number != saved:
                saved = self.world.events.number
                snapshot.save(self.world, self.data)
