"""The bot's own pages: liveness, readiness, the webhook."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

BODY_LIMIT = 2**20
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name

Store = Callable[[list[dict[str, Any]]], Awaitable[None]]
Ready = Callable[[], Awaitable[list[str]]]


def build(ready: Ready, store: Store | None, secret: str, path: str) -> web.Application:
    """The application; `ready` gives plain sentences about what is wrong, `store` puts updates into the inbox."""
    app = web.Application(client_max_size=BODY_LIMIT)

    async def alive(request: web.Request) -> web.Response:  # noqa: ARG001 - aiohttp's form
        return web.json_response({"status": "ok"})

    async def readiness(request: web.Request) -> web.Response:  # noqa: ARG001 - aiohttp's form
        wrong = await ready()
        body = json.dumps({"status": "wrong" if wrong else "ok", "wrong": wrong}, ensure_ascii=False)
        return web.Response(text=body, status=503 if wrong else 200, content_type="application/json")

    async def hook(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not secret or not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
            update_id = int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return web.Response(text="ignored")
        try:
            await _store([{**update, "update_id": update_id}])
        except Exception:  # noqa: BLE001 - the database is away: Telegram shall bring it again
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response(text="ok")

    async def _store(batch: list[dict[str, Any]]) -> None:
        if store is None:
            raise web.HTTPNotFound
        await store(batch)

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", readiness)
    if store is not None:
        app.router.add_post(f"/telegram/{path}", hook)
    return app
