"""The page's side: what people do by hand, and the stream of what happens."""

import asyncio
import io
import json
import math
import struct
import wave
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from playground import files
from playground.api import BotApi
from playground.errors import Refusal
from playground.story import Story
from playground.world import ANONYMOUS, World

Json = dict[str, Any]
STATIC = Path(__file__).with_name("static")
SAFE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Pages:
    """Routes under / and /play."""

    def __init__(self, world: World, api: BotApi, *, tiles: str | None = None) -> None:
        self.world, self.api, self.tiles = world, api, tiles
        self.story = Story(world)
        self._story_task: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        post = {
            "say": self.say, "pin": self.pin, "photo": self.photo, "document": self.document, "voice": self.voice,
            "press": self.press, "edit": self.edit, "delete": self.delete, "forward": self.forward, "join": self.join,
            "leave": self.leave, "bot_status": self.bot_status, "migrate": self.migrate, "raw": self.raw,
            "anonymous": self.anonymous, "faults": self.faults, "story": self.start_story,
        }  # fmt: skip
        return [
            web.get("/", self.page),
            web.get("/static/{name}", self.static),
            web.get("/play/state", self.state),
            web.get("/play/chats/{chat}/messages", self.messages),
            web.get("/play/events", self.events),
            web.get("/play/file/{file}", self.file),
            web.get("/play/calls", self.calls),
            web.get("/play/sketch", self.sketch),
            web.delete("/play/faults", self.no_faults),
            web.delete("/play/story", self.stop_story),
            *(web.post(f"/play/{name}", _plainly(work)) for name, work in post.items()),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - aiohttp's form
        """The page."""
        return web.FileResponse(STATIC / "index.html", headers=SAFE)

    async def static(self, request: web.Request) -> web.StreamResponse:
        """Its parts."""
        name = request.match_info["name"]
        if "/" in name or name.startswith(".") or not (STATIC / name).is_file():
            raise web.HTTPNotFound
        return web.FileResponse(STATIC / name, headers={**SAFE, "Cache-Control": "no-cache"})

    async def sketch(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - aiohttp's form
        """The sketch of streets for small maps."""
        return web.FileResponse(Path(__file__).with_name("sketch.json"), headers=SAFE)

    async def state(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's form
        """Who and what there is."""
        rooms = [self.world.card(c) for c in self.world.chats.values() if c.moved_to is None]
        return _json(
            {
                "bot": self.world.bot,
                "people": list(self.world.people.values()),
                "chats": rooms,
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
        limit = min(int(request.query.get("limit", "200")), 1000)
        before = int(request.query.get("before", "0")) or chat.next_id
        ids = [number for number in chat.messages if number < before][-limit:]
        shown = [{**chat.messages[n], **({"deleted": True} if n in chat.deleted else {})} for n in ids]
        return _json({"messages": shown})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events; a reconnect gets what it missed."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", **SAFE}
        )
        await response.prepare(request)
        last = int(request.headers.get("Last-Event-ID") or request.query.get("after") or self.world.events.number)
        bell = self.world.events.listen()
        try:
            while not self.api.stopping.is_set():
                for number, event in self.world.events.since(last):
                    line = json.dumps(event, ensure_ascii=False)
                    await response.write(f"id: {number}\ndata: {line}\n\n".encode())
                    last = number
                bell.clear()
                try:
                    async with asyncio.timeout(15):
                        await bell.wait()
                except TimeoutError:
                    await response.write(b": still here\n\n")
        except ConnectionError:
            pass
        finally:
            self.world.events.leave(bell)
        return response

    async def file(self, request: web.Request) -> web.Response:
        """A file for the page."""
        entry = self.world.files.get(request.match_info["file"])
        if entry is None:
            raise web.HTTPNotFound
        kind = "image/jpeg" if entry["path"].startswith("photos/") else "application/octet-stream"
        kind = "audio/wav" if entry["path"].startswith("voice/") else kind
        return web.Response(body=entry["data"], content_type=kind, headers={"Cache-Control": "max-age=86400", **SAFE})

    async def calls(self, request: web.Request) -> web.Response:
        """What the bot called."""
        since = int(request.query.get("since", "0"))
        return _json({"calls": [call for call in self.world.calls if call["n"] >= since]})

    # --- what people do --------------------------------------------------------------------------------------------

    async def say(self, given: Json) -> Any:
        """Words."""
        text = str(given["text"])
        if not text.strip():
            raise ValueError("写点什么再发")
        more = {"message_thread_id": given["thread"], "is_topic_message": True} if given.get("thread") else {}
        return self.world.say(int(given["as"]), int(given["chat"]), text, reply_to=given.get("reply_to"), **more)

    async def pin(self, given: Json) -> Any:
        """A point, a place with a name, or a live position."""
        location: Json = {"latitude": float(given["lat"]), "longitude": float(given["lon"])}
        more: Json = {"location": location}
        if given.get("live_period"):
            location |= {"live_period": int(given["live_period"]), "horizontal_accuracy": 20.0}
        if given.get("title"):
            more["venue"] = {
                "location": location,
                "title": given["title"],
                "address": given.get("address") or given["title"],
            }
        return self.world.say(int(given["as"]), int(given["chat"]), reply_to=given.get("reply_to"), **more)

    async def photo(self, given: Json) -> Any:
        """One photo, or an album."""
        uploads = given["files"].get("photo", [])
        if not uploads:
            raise ValueError("没有收到照片")
        album = {"media_group_id": f"{self.world.updates.next_id}{given['as']}"} if len(uploads) > 1 else {}
        sent = []
        for index, (_, data) in enumerate(uploads):
            words = {"caption": given["caption"]} if given.get("caption") and index == 0 else {}
            sizes = files.photo(self.world.files, data)
            sent.append(
                self.world.say(
                    int(given["as"]),
                    int(given["chat"]),
                    reply_to=_number(given.get("reply_to")),
                    photo=sizes,
                    **album,
                    **words,
                )
            )
        return {"messages": sent}

    async def document(self, given: Json) -> Any:
        """A file."""
        name, data = given["files"]["document"][0]
        stored = {**files.store(self.world.files, data, "documents", name), "file_name": name}
        if name.lower().endswith((".jpg", ".jpeg", ".png")):
            stored["mime_type"] = "image/jpeg"
        return {"messages": [self.world.say(int(given["as"]), int(given["chat"]), document=stored)]}

    async def voice(self, given: Json) -> Any:
        """A voice note; without one, a short hum."""
        uploads = given["files"].get("voice")
        data = uploads[0][1] if uploads else _hum()
        note = {**files.store(self.world.files, data, "voice", "note.wav"), "duration": 2}
        return {"messages": [self.world.say(int(given["as"]), int(given["chat"]), voice=note)]}

    async def press(self, given: Json) -> Any:
        """A button."""
        query = self.world.press(int(given["as"]), int(given["chat"]), int(given["message_id"]), str(given["data"]))
        return {"callback_query_id": query}

    async def edit(self, given: Json) -> Any:
        """Other words."""
        return self.world.edit(int(given["as"]), int(given["chat"]), int(given["message_id"]), text=str(given["text"]))

    async def delete(self, given: Json) -> Any:
        """Gone."""
        self.world.delete(int(given["chat"]), int(given["message_id"]))
        return {}

    async def forward(self, given: Json) -> Any:
        """Somebody's words, carried on."""
        room = self.world.chat(int(given["from_chat"]))
        source = room.messages[int(given["message_id"])] if room else {}
        kept = {key: source[key] for key in ("text", "photo", "location", "caption") if key in source}
        origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
        return self.world.say(int(given["as"]), int(given["chat"]), forward_origin=origin, **kept)

    async def join(self, given: Json) -> Any:
        """Someone comes."""
        return self.world.join(int(given["chat"]), int(given["user"]), given.get("name"))

    async def leave(self, given: Json) -> Any:
        """Someone goes."""
        return self.world.leave(int(given["chat"]), int(given["user"]))

    async def bot_status(self, given: Json) -> Any:
        """The bot's place."""
        self.world.seat_bot(int(given["chat"]), str(given["status"]))
        return {}

    async def migrate(self, given: Json) -> Any:
        """A supergroup."""
        return {"chat": self.world.migrate(int(given["chat"]))}

    async def raw(self, given: Json) -> Any:
        """An update as it is."""
        self.world.raw(given["body"])
        return {}

    async def anonymous(self, given: Json) -> Any:
        """An administrator who does not show his name."""
        room = self.world.chat(int(given["chat"]))
        if room is None:
            raise KeyError("没有这个群")
        fields = {"from": ANONYMOUS, "sender_chat": room.brief(), "text": str(given["text"])}
        message = self.world.put(room, fields)
        self.world.updates.put("message", message)
        return message

    async def faults(self, given: Json) -> Any:
        """Switch faults on."""
        rules = given["body"]
        self.api.faults.add(rules if isinstance(rules, list) else [rules])
        return {}

    async def no_faults(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's form
        """Switch faults off."""
        self.api.faults.rules.clear()
        return _json({})

    # --- the story -------------------------------------------------------------------------------------------------

    async def start_story(self, given: Json) -> Any:
        """Play it."""
        if self._story_task is None or self._story_task.done():
            speed = max(0.1, min(float(given.get("speed", 1.0)), 100.0))
            self._story_task = asyncio.get_running_loop().create_task(self.story.run(speed))
        return self.story.state()

    async def stop_story(self, request: web.Request | None = None) -> web.Response:  # noqa: ARG002 - aiohttp's form
        """Stop it."""
        if self._story_task is not None:
            self._story_task.cancel()
            await asyncio.gather(self._story_task, return_exceptions=True)
            self._story_task = None
        return _json(self.story.state())


def _plainly(work: Callable[[Json], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """JSON or form in, JSON out; what is wrong is said in one sentence."""

    async def route(request: web.Request) -> web.Response:
        try:
            return _json(await work(await _given(request)))
        except Refusal as refusal:
            return _json({"error": refusal.description}, 400)
        except (KeyError, ValueError, TypeError, PermissionError) as error:
            return _json({"error": str(error).strip("'\"") or "请求不完整"}, 400)

    return route


async def _given(request: web.Request) -> Json:
    if request.content_type == "application/json":
        body = await request.json()
        return {**(body if isinstance(body, dict) else {}), "body": body, "files": {}}
    given: Json = {"files": {}}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given["files"].setdefault(name, []).append((value.filename, value.file.read()))
        else:
            given[name] = value
    return given


def _json(body: Any, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json", headers=SAFE)


def _number(value: Any) -> int | None:
    return int(value) if value not in {None, ""} else None


def _hum() -> bytes:
    """Two seconds of a soft tone."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"".join(struct.pack("<h", int(3000 * math.sin(i / 8))) for i in range(16_000)))
    return out.getvalue()
