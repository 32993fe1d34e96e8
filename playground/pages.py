"""The chat page's side of the server: its files, what it reads, the stream of what happens, the story."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from playground.api import BotApi
from playground.deeds import Deeds
from playground.plain import POLICY, SAFE, plainly, reply
from playground.story import Story
from playground.world import World

Json = dict[str, Any]
STATIC = Path(__file__).with_name("static")
HEARTBEAT = 15
MOST_MESSAGES = 1000
KINDS = {"photos": "image/jpeg", "voice": "audio/wav", "videos": "video/mp4"}


class Pages:
    """Routes under / and /play."""

    def __init__(self, world: World, api: BotApi, *, tiles: str | None = None) -> None:
        self.world, self.api, self.tiles = world, api, tiles
        self.story = Story(world)
        self._story_task: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        post = {**Deeds(self.world).all(), "faults": self.faults, "story": self.start_story}
        return [
            web.get("/", self.page),
            web.get("/static/{name}", self.static),
            web.get("/play/state", self.state),
            web.get(r"/play/chats/{chat:-?\d{1,18}}/messages", self.messages),
            web.get("/play/events", self.events),
            web.get("/play/file/{file}", self.file),
            web.get("/play/calls", self.calls),
            web.get("/play/sketch", self.sketch),
            web.delete("/play/faults", plainly(self.no_faults)),
            web.delete("/play/story", plainly(self.stop_story)),
            *(web.post(f"/play/{name}", plainly(work)) for name, work in post.items()),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - aiohttp's form
        """The page; tiles of a map come from elsewhere only where that is configured."""
        parts = urlsplit(self.tiles or "")
        tiles = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
        headers = {**SAFE, "Content-Security-Policy": POLICY.format(tiles=tiles), "Cache-Control": "no-cache"}
        return web.FileResponse(STATIC / "index.html", headers=headers)

    async def static(self, request: web.Request) -> web.StreamResponse:
        """Its parts."""
        path = STATIC / request.match_info["name"]
        if path.parent != STATIC or path.name.startswith(".") or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={**SAFE, "Cache-Control": "no-cache"})

    async def sketch(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - aiohttp's form
        """The sketch of streets for small maps."""
        return web.FileResponse(Path(__file__).with_name("sketch.json"), headers=SAFE)

    async def state(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's form
        """Who and what there is."""
        return reply(
            {
                "bot": self.world.bot,
                "people": list(self.world.people.values()),
                "chats": [chat.card() for chat in self.world.chats.values() if chat.moved_to is None],
                "story": self.story.state(),
                "tiles": self.tiles,
                "event": self.world.events.number,
            }
        )

    async def messages(self, request: web.Request) -> web.Response:
        """The last messages of a chat, oldest first."""
        chat = self.world.chat(int(request.match_info["chat"]))
        if chat is None:
            raise web.HTTPNotFound
        limit = max(1, min(_number(request.query.get("limit"), 200), MOST_MESSAGES))
        before = _number(request.query.get("before"), 0) or chat.next_id
        ids = [number for number in chat.messages if number < before][-limit:]
        return reply(
            {"messages": [{**chat.messages[n], **({"deleted": True} if n in chat.deleted else {})} for n in ids]}
        )

    async def file(self, request: web.Request) -> web.Response:
        """A file for the page: pictures and sounds are shown, all else is only saved."""
        entry = self.world.files.get(request.match_info["file"])
        if entry is None:
            raise web.HTTPNotFound
        kind = KINDS.get(entry["path"].partition("/")[0])
        headers = {"Cache-Control": "max-age=86400", **SAFE, **({} if kind else {"Content-Disposition": "attachment"})}
        return web.Response(body=entry["data"], content_type=kind or "application/octet-stream", headers=headers)

    async def calls(self, request: web.Request) -> web.Response:
        """What the bot called."""
        since = _number(request.query.get("since"), 0)
        return reply({"calls": [call for call in self.world.calls if call["n"] >= since]})

    # --- what happens ----------------------------------------------------------------------------------------------

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events; a reconnect gets what it missed."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", **SAFE}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        last = _number(request.headers.get("Last-Event-ID") or request.query.get("after"), self.world.events.number)
        try:
            async for line in self._lines(last):
                await response.write(line)
        except ConnectionError:
            pass
        return response

    async def _lines(self, last: int) -> AsyncIterator[bytes]:
        bell = self.world.events.listen()
        try:
            while not self.api.stopping.is_set():
                bell.clear()
                for number, event in self.world.events.since(last):
                    yield f"id: {number}\ndata: {json.dumps(event)}\n\n".encode()
                    last = number
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        await bell.wait()
                except TimeoutError:
                    yield b": still here\n\n"
        finally:
            self.world.events.leave(bell)

    # --- faults and the story --------------------------------------------------------------------------------------

    async def faults(self, given: Json) -> Any:
        """Switch faults on."""
        rules = given["body"]
        self.api.faults.add(rules if isinstance(rules, list) else [rules])
        return {}

    async def no_faults(self, given: Json) -> Any:  # noqa: ARG002 - as the other deeds
        """Switch faults off."""
        self.api.faults.rules.clear()
        return {}

    async def start_story(self, given: Json) -> Any:
        """Play it."""
        if self._story_task is None or self._story_task.done():
            speed = max(0.1, min(float(given.get("speed", 1.0)), 100.0))
            self._story_task = asyncio.get_running_loop().create_task(self.story.run(speed))
        return self.story.state()

    async def stop_story(self, given: Json | None = None) -> Any:  # noqa: ARG002 - as the other deeds
        """Stop it."""
        if self._story_task is not None:
            self._story_task.cancel()
            await asyncio.gather(self._story_task, return_exceptions=True)
            self._story_task = None
        return self.story.state()


def _number(given: str | None, otherwise: int) -> int:
    return int(given) if given and given.isascii() and given.isdecimal() and len(given) < 16 else otherwise  # noqa: PLR2004
