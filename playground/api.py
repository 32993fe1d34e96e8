"""The Bot API over HTTP: /bot<token>/<method> and file downloads."""

import asyncio
import json
from typing import Any

from aiohttp import web

from playground.errors import Refusal, bad
from playground.faults import Faults
from playground.methods import METHODS
from playground.pacing import Pace
from playground.params import Params, read
from playground.webhook import Delivery
from playground.world import World

Json = dict[str, Any]
LONGEST_POLL = 50
RIVAL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class BotApi:
    """What a bot talks to."""

    def __init__(self, world: World, token: str, *, pacing: bool) -> None:
        self.world, self.token = world, token
        self.pace, self.faults = Pace(on=pacing), Faults()
        self.delivery = Delivery(world.updates)
        self.stopping = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        method = request.match_info["method"].lower()
        try:
            self._admit(request)
            params = await read(request)
            return await self._with_faults(request, method, params)
        except Refusal as refusal:
            self._log(request, {}, refusal.code)
            return _answer(refusal.body(), refusal.code)

    def _admit(self, request: web.Request) -> None:
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")

    async def _with_faults(self, request: web.Request, method: str, params: Params) -> web.StreamResponse:
        chat = params.values.get("chat_id")
        rule = self.faults.take(method, int(str(chat)) if str(chat).lstrip("-").isdecimal() else None)
        if rule is None:
            return _answer({"ok": True, "result": await self._do(request, method, params)})
        kind = rule["fault"]
        if kind == "delay":
            await asyncio.sleep(rule.get("seconds", 1))
            return _answer({"ok": True, "result": await self._do(request, method, params)})
        if kind in {"drop", "half"} or (kind == "status" and rule.get("before") is False):
            await self._do(request, method, params)
        if kind == "status":
            more = {"retry_after": rule["retry_after"]} if "retry_after" in rule else {}
            raise Refusal(rule.get("status", 500), rule.get("description", "Internal Server Error"), **more)
        if kind == "half":
            return web.Response(body=b'{"ok":true,"resu', headers={"Content-Type": "application/json"})
        if request.transport is not None:
            request.transport.close()
        raise Refusal(500, "the connection is closed")

    async def _do(self, request: web.Request, method: str, params: Params) -> Any:
        special = {
            "getupdates": self._updates,
            "setwebhook": self._hook,
            "deletewebhook": self._unhook,
            "getwebhookinfo": self._hook_info,
        }.get(method)
        if special is not None:
            return await special(params)
        function = METHODS.get(method)
        if function is None:
            raise Refusal(404, "Not Found")
        result = function(self.world, params, self.pace)
        self._log(request, params.values, None)
        return result

    def _log(self, request: web.Request, params: Json, code: int | None) -> None:
        call = {
            "n": len(self.world.calls),
            "method": request.match_info["method"],
            "params": params,
            "ok": code is None,
            "error_code": code,
        }
        self.world.calls.append({**call, "at": self.world.clock()})

    async def _updates(self, params: Params) -> list[Json]:
        queue = self.world.updates
        if queue.webhook is not None:
            raise Refusal(409, HOOKED)
        turn = queue.take_turn()
        allowed = params.object("allowed_updates")
        if allowed is not None:
            queue.allowed = list(allowed)
        queue.confirm(params.integer("offset", 0))
        seconds = min(params.integer("timeout", 0), LONGEST_POLL)
        if not await queue.wait(turn, seconds):
            raise Refusal(409, RIVAL)
        limit = max(1, min(params.integer("limit", 100), 100))
        return [update for update, _ in zip(queue.pending, range(limit), strict=False)]

    async def _hook(self, params: Params) -> bool:
        url = params.text("url")
        if not url:
            return await self._unhook(params)
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        allowed = params.object("allowed_updates")
        if allowed is not None:
            self.world.updates.allowed = list(allowed)
        self.delivery.start(url, params.text("secret_token"))
        return True

    async def _unhook(self, params: Params) -> bool:
        if str(params.values.get("drop_pending_updates")).lower() == "true":
            self.world.updates.pending.clear()
        await self.delivery.stop()
        return True

    async def _hook_info(self, params: Params) -> Json:  # noqa: ARG002 - Telegram's form
        hook = self.world.updates.webhook or {}
        return {
            "url": hook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.world.updates.pending),
        }

    async def download(self, request: web.Request) -> web.Response:
        """The bytes of a file."""
        if request.match_info["token"] != self.token:
            return _answer(Refusal(401, "Unauthorized").body(), 401)
        path = request.match_info["path"]
        entry = next((e for e in self.world.files.values() if e["path"] == path), None)
        if entry is None:
            return _answer(Refusal(404, "Not Found").body(), 404)
        return web.Response(body=entry["data"], content_type="application/octet-stream")


def _answer(body: Json, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(text=text, status=status, content_type="application/json")
