"""The Bot API over HTTP: /bot<token>/<method> and file downloads."""

import asyncio
import hmac
import json
import re
from itertools import count, islice
from pathlib import PurePosixPath
from typing import Any

from aiohttp import web

from playground.errors import Refusal, bad
from playground.faults import Faults, words_of
from playground.methods import METHODS
from playground.pacing import Pace
from playground.params import Params, read
from playground.speech import Call
from playground.webhook import Delivery
from playground.world import World

Json = dict[str, Any]
LONGEST_POLL, MOST_UPDATES = 50, 100
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class BotApi:
    """What a bot talks to."""

    def __init__(self, world: World, token: str, *, pacing: bool) -> None:
        self.world, self.token = world, token
        self.pace, self.faults = Pace(on=pacing), Faults()
        self.delivery = Delivery(world.updates)
        self.stopping = asyncio.Event()
        self._numbers = count()
        self._own = {
            "getupdates": self._updates,
            "setwebhook": self._hook,
            "deletewebhook": self._unhook,
            "getwebhookinfo": self._hook_info,
        }

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        method, params = request.match_info["method"], Params({}, {})
        try:
            self._admit(request)
            params = await read(request)
            result = await self._with_faults(request, method.lower(), params)
        except Refusal as refusal:
            self._log(method, params, refusal.code)
            return _answer(refusal.body(), refusal.code)
        return result

    def _admit(self, request: web.Request) -> None:
        if not hmac.compare_digest(request.match_info["token"].encode(), self.token.encode()):
            raise Refusal(401, "Unauthorized")

    async def _with_faults(self, request: web.Request, method: str, params: Params) -> web.StreamResponse:
        rule = self.faults.take(method, str(params.values.get("chat_id", "")))
        kind = rule["fault"] if rule else None
        if rule is not None:
            await asyncio.sleep(rule.get("seconds", kind == "delay"))
        if rule is None or kind == "delay":
            return _answer({"ok": True, "result": await self._do(request, method, params)})
        if kind in {"drop", "half"} or (kind == "status" and rule.get("before") is False):
            await self._do(request, method, params, lost=True)
        if kind == "status":
            more = {"retry_after": rule["retry_after"]} if "retry_after" in rule else {}
            raise Refusal(rule.get("status", 500), words_of(rule), **more)
        return await _cut(request, b'{"ok":true,"resu' if kind == "half" else b"")

    async def _do(self, request: web.Request, method: str, params: Params, *, lost: bool = False) -> Any:
        """What is asked for; its answer is `lost` where the caller will not have it."""
        own = self._own.get(method)
        if own is None and method not in METHODS:
            raise Refusal(404, "Not Found")
        result = await own(params) if own else METHODS[method](Call(self.world, params, self.pace))
        self._log(request.match_info["method"], params, None, lost=lost)
        return result

    def _log(self, method: str, params: Params, code: int | None, *, lost: bool = False) -> None:
        call = {"n": next(self._numbers), "at": self.world.clock(), "method": method, "params": params.values}
        end = {"ok": code is None, "error_code": code, "lost": lost}
        self.world.calls.append({**call, "files": sorted(params.files), **end})

    # --- updates ---------------------------------------------------------------------------------------------------

    async def _updates(self, params: Params) -> list[Json]:
        queue = self.world.updates
        if queue.webhook is not None:
            raise Refusal(409, f"Conflict: {HOOKED}")
        turn = queue.take_turn()
        queue.allow(_kinds(params))
        queue.confirm(params.integer("offset", 0))
        seconds = max(0, min(params.integer("timeout", 0), LONGEST_POLL))
        if not await queue.wait(turn, seconds):
            raise Refusal(409, f"Conflict: {queue.why}")
        limit = max(1, min(params.integer("limit", MOST_UPDATES), MOST_UPDATES))
        return list(islice(queue.pending, limit))

    async def _hook(self, params: Params) -> bool:
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            return await self._unhook(params)
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        self.world.updates.allow(_kinds(params))
        self._drop(params)
        self.world.updates.take_turn("terminated by setWebhook request")
        await self.delivery.start(url, secret, max(1, min(params.integer("max_connections", 40), 100)))
        return True

    async def _unhook(self, params: Params) -> bool:
        self._drop(params)
        await self.delivery.stop()
        return True

    def _drop(self, params: Params) -> None:
        if params.truth("drop_pending_updates"):
            self.world.updates.pending.clear()

    async def _hook_info(self, params: Params) -> Json:  # noqa: ARG002 - as the other methods
        queue, error = self.world.updates, self.delivery.error
        hook = queue.webhook or {}
        info = {"url": hook.get("url", ""), "has_custom_certificate": False, "pending_update_count": len(queue.pending)}
        if hook:
            info["max_connections"] = hook["max_connections"]
        if hook and error:
            info |= {"last_error_date": error[0], "last_error_message": error[1]}
        return info | ({"allowed_updates": queue.allowed} if queue.allowed else {})

    async def download(self, request: web.Request) -> web.Response:
        """The bytes of a file."""
        try:
            self._admit(request)
        except Refusal as refusal:
            return _answer(refusal.body(), refusal.code)
        path = PurePosixPath(request.match_info["path"])
        entry = self.world.files.get(path.stem)
        if entry is None or entry["path"] != str(path):
            return _answer(Refusal(404, "Not Found").body(), 404)
        return web.Response(body=entry["data"], content_type="application/octet-stream")


def _kinds(params: Params) -> Any:
    """The kinds of updates that are asked for; Telegram passes over what it cannot read."""
    try:
        return params.object("allowed_updates")
    except Refusal:
        return None


def _answer(body: Json, status: int = 200) -> web.Response:
    """JSON in ASCII, as Telegram writes it: half characters pass as well."""
    text = json.dumps(body, separators=(",", ":"))
    return web.Response(text=text, status=status, content_type="application/json")


async def _cut(request: web.Request, begun: bytes) -> web.StreamResponse:
    """The line is cut, before the answer or in the middle of it."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    if begun:
        await response.prepare(request)
        await response.write(begun)
    if request.transport is not None:
        request.transport.close()
    return response
