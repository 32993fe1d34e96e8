"""What is open on the port: liveness, readiness, figures for Prometheus, the webhook, and the pages for people."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from models.arrivals import unreadable
from web import routes
from web.house import House

log = structlog.get_logger()

BODY_LIMIT = 2**20
"""More is no update."""
HEARD_LIMIT = 64 * 2**20
"""So much of a longer body is heard out, so that who brings it gets an answer; deploy/nginx.conf lets it through."""
NUMBERED = b'"update_id"'
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name

Store = Callable[[list[dict[str, Any]]], Awaitable[None]]
Ready = Callable[[], Awaitable[list[str]]]
Figures = Callable[[], Awaitable[bytes]]
TEXT_FORM = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
"""Prometheus' text form."""


def _metrics(figures: Figures) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def metrics(request: web.Request) -> web.Response:  # noqa: ARG001 - aiohttp's form
        try:
            return web.Response(body=await figures(), headers=TEXT_FORM)
        except Exception as error:  # noqa: BLE001 - the database is away: a scrape that fails says so
            log.warning("no figures", error=type(error).__name__)
            return web.Response(status=503)

    return metrics


def _hook(store: Store, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def hook(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not secret or not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=403)
        update = _update_in(*await _body(request))
        if update is None:
            return web.Response(text="ignored")
        try:
            await store([update])
        except Exception:  # noqa: BLE001 - the database is away: Telegram shall bring it again
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response(text="ok")

    return hook


async def _body(request: web.Request) -> tuple[bytes, bool]:
    """What was brought, or its beginning, and whether that is all: the rest is heard out, so the answer arrives."""
    kept, heard = bytearray(), 0
    async for part in request.content.iter_chunked(2**16):
        kept += part[: BODY_LIMIT - len(kept)]
        heard += len(part)
        if heard > HEARD_LIMIT:
            break
    return bytes(kept), heard <= BODY_LIMIT


def _update_in(body: bytes, whole: bool) -> dict[str, Any] | None:
    """The update; in place of one that cannot be read, its beginning; None for what is no update at all.

    Telegram brings again what is not taken, and holds that chat back meanwhile: so it is taken, whatever it is.
    """
    if not whole:
        return unreadable(body, "longer than any update")
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        return unreadable(body, f"no JSON that can be read: {type(error).__name__}") if NUMBERED in body else None
    return update if isinstance(update, dict) and "update_id" in update else None


def build(  # noqa: PLR0913 - all that is open on the port
    ready: Ready, figures: Figures, store: Store | None, *, secret: str, path: str, house: House | None = None
) -> web.Application:
    """The application.

    `ready` gives plain sentences about what is wrong, `figures` the page for Prometheus, `store` puts updates into the
    inbox.
    """
    app = web.Application(client_max_size=BODY_LIMIT)

    async def alive(request: web.Request) -> web.Response:  # noqa: ARG001 - aiohttp's form
        return web.json_response({"status": "ok"})

    async def readiness(request: web.Request) -> web.Response:  # noqa: ARG001 - aiohttp's form
        wrong = await ready()
        body = json.dumps({"status": "wrong" if wrong else "ok", "wrong": wrong}, ensure_ascii=False)
        return web.Response(text=body, status=503 if wrong else 200, content_type="application/json")

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", readiness)
    app.router.add_get("/metrics", _metrics(figures))
    if store is not None:
        app.router.add_post(f"/telegram/{path}", _hook(store, secret))
    if house is not None:
        routes.attach(app, house)
    return app
