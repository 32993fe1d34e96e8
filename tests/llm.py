"""A server of OpenAI's chat completions on this machine, that answers as a test says, or misbehaves."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

Json = dict[str, Any]
Mind = Callable[[Json], Any]


def answer(what: str = "talk", **more: Any) -> Json:
    """An answer in the form asked for."""
    blank = {
        "what": what, "messages": [], "ticket": None, "matter": None, "demand": None, "elsewhere": False, "places": [],
        "urgent": False,
    }  # fmt: skip
    return blank | more


def opening(data: Json, matter: str | None = "09006", **more: Any) -> Json:
    """It opens a ticket with the message asked about."""
    return answer("opening", **({"messages": [data["asked"]], "matter": matter, "demand": "complaint"} | more))


def asked(data: Json) -> Json:
    """The message that a question is about."""
    found: Json = next(message for message in data["messages"] if message["id"] == data["asked"])
    return found


class Llm:
    """`mind` makes an answer (a value, or text) of the data of a question; `mood` says how the server behaves."""

    def __init__(self) -> None:
        self.mind: Mind = lambda _: answer()
        self.mood = "well"
        self.bodies: list[Json] = []
        self.keys: list[str | None] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> None:
        """Listen on any free port."""
        app = web.Application(client_max_size=2**20)
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_post("/elsewhere", self._complete)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def stop(self) -> None:
        """Whoever still waits gets no answer."""
        self.gate.set()
        if self._runner is not None:
            await self._runner.cleanup()

    def data(self, number: int = -1) -> Json:
        """What a question showed."""
        found: Json = json.loads(self.bodies[number]["messages"][1]["content"])
        return found

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.json())
        data = self.data()
        self.keys.append(request.headers.get("Authorization"))
        await self.gate.wait()
        said = self.mind(data)
        words = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        return await getattr(self, f"_{self.mood}")(request, words)  # type: ignore[no-any-return]

    async def _well(self, request: web.Request, words: str, end: str = "stop") -> web.StreamResponse:  # noqa: ARG002
        message = {"role": "assistant", "content": words}
        return web.json_response({"choices": [{"index": 0, "finish_reason": end, "message": message}]})

    async def _slow(self, request: web.Request, words: str) -> web.StreamResponse:
        await asyncio.sleep(2)
        return await self._well(request, words)

    async def _drip(self, request: web.Request, words: str) -> web.StreamResponse:
        """Sign by sign: never silent for long, never done."""
        out = web.StreamResponse()
        await out.prepare(request)
        for sign in words.encode() * 100:
            await out.write(bytes([sign]))
            await asyncio.sleep(0.05)
        return out

    async def _cut(self, request: web.Request, words: str) -> web.StreamResponse:
        return await self._well(request, words[: len(words) // 2], "length")

    async def _broken(self, request: web.Request, words: str) -> web.StreamResponse:
        """The line breaks in the middle."""
        out = web.StreamResponse(headers={"Content-Length": "5000"})
        await out.prepare(request)
        await out.write(words.encode())
        assert request.transport is not None
        request.transport.close()
        return out

    async def _prose(self, request: web.Request, words: str) -> web.StreamResponse:  # noqa: ARG002
        return await self._well(request, "这条消息像是投诉，建议开单。")

    async def _wrapped(self, request: web.Request, words: str) -> web.StreamResponse:
        return await self._well(request, f"好的，结果如下：\n```json\n{words}\n```")

    async def _huge(self, request: web.Request, words: str) -> web.StreamResponse:
        return await self._well(request, words + " " * 200_000)

    async def _redirect(self, request: web.Request, words: str) -> web.StreamResponse:  # noqa: ARG002
        raise web.HTTPTemporaryRedirect("/elsewhere")

    async def _error500(self, request: web.Request, words: str) -> web.StreamResponse:  # noqa: ARG002
        return web.Response(status=500, text="Traceback")

    async def _error429(self, request: web.Request, words: str) -> web.StreamResponse:  # noqa: ARG002
        return web.Response(status=429, headers={"Retry-After": "3600"})

    async def _foreign(self, request: web.Request, words: str) -> web.StreamResponse:  # noqa: ARG002
        """Another protocol."""
        return web.json_response([words])
