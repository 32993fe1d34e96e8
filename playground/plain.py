"""Requests of the page in, JSON out; what is wrong is said in one sentence."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from playground.errors import Refusal

Json = dict[str, Any]
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:{tiles}; media-src 'self' blob:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
SAFE = {
    "Content-Security-Policy": POLICY.format(tiles=""),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
BROKEN = "请求不完整"
WRONGS = (
    web.HTTPRequestEntityTooLarge, Refusal, KeyError, PermissionError, ValueError, TypeError, OverflowError,
    RecursionError,
)  # fmt: skip
STATUS = {web.HTTPRequestEntityTooLarge: 413, PermissionError: 403}


def reply(body: Any, status: int = 200) -> web.Response:
    """JSON with the headers of the page."""
    return web.Response(text=json.dumps(body), status=status, content_type="application/json", headers=SAFE)


def plainly(work: Callable[[Json], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A route from something that people do."""

    async def route(request: web.Request) -> web.Response:
        if _foreign(request):
            return reply({"error": "只有练习场自己的页面才能这样做"}, 403)
        try:
            return reply(await work(await _given(request)))
        except WRONGS as error:
            return reply({"error": _sentence(error)}, STATUS.get(type(error), 400))

    return route


def _sentence(error: Exception) -> str:
    """Ours are Chinese sentences; a library's are not for people."""
    match error:
        case web.HTTPRequestEntityTooLarge():
            return "文件太大了，一次最多 20 MB"
        case Refusal():
            return error.description
        case KeyError():
            return f"请求里缺 {error.args[0]}"
        case _:
            return str(error) if any("\u4e00" <= sign <= "\u9fff" for sign in str(error)) else BROKEN


def _foreign(request: web.Request) -> bool:
    """True for a page of another site that tries to speak through the reader's browser."""
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.host


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
