"""The map services on this machine: what they document as answers, errors and quotas, and the faults of any server."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from geo import datums

Json = dict[str, Any]
SPOT = (34.6012, 119.1800)
"""Where all of them find what is asked, WGS-84."""
GCJ = datums.wgs_to_gcj(*SPOT)
BD = datums.gcj_to_bd(*GCJ)


def amap(level: str = "门牌号", at: tuple[float, float] = GCJ) -> Json:
    """高德 found it."""
    found = {
        "formatted_address": "江苏省连云港市海州区苍梧小区",
        "district": [],
        "location": f"{at[1]:.6f},{at[0]:.6f}",
        "level": level,
    }
    return {"status": "1", "info": "OK", "infocode": "10000", "count": "1", "geocodes": [found]}


def amap_error(infocode: str) -> Json:
    """高德 says no, with HTTP 200."""
    return {"status": "0", "info": "NO", "infocode": infocode}


AMAP_NONE: Json = {"status": "1", "info": "OK", "infocode": "10000", "count": "0", "geocodes": []}
AMAP_NAME: Json = {
    "status": "1", "info": "OK", "infocode": "10000",
    "regeocode": {
        "formatted_address": "江苏省连云港市海州区幸福路7号",
        "addressComponent": {"city": "连云港市", "streetNumber": {"street": "幸福路", "number": "7号"}},
    },
}  # fmt: skip
AMAP_NAMELESS: Json = {
    "status": "1", "info": "OK", "infocode": "10000",
    "regeocode": {"formatted_address": [], "addressComponent": {"streetNumber": {"street": [], "number": []}}},
}  # fmt: skip


def baidu(confidence: int = 80, level: str = "门址", at: tuple[float, float] = BD) -> Json:
    """百度 found it."""
    there = {"lng": at[1], "lat": at[0]}
    result = {"location": there, "precise": 1, "confidence": confidence, "comprehension": 100, "level": level}
    return {"status": 0, "result": result}


def baidu_error(status: int) -> Json:
    """百度 says no, with HTTP 200."""
    return {"status": status, "message": "no"}


BAIDU_NAME: Json = {
    "status": 0,
    "result": {"formatted_address": "幸福路7号", "addressComponent": {"street": "幸福路", "street_number": "7号"}},
}


def tianditu(level: str = "门址", score: int = 100, at: tuple[float, float] = SPOT) -> Json:
    """天地图 found it."""
    found = {"score": score, "level": level, "lon": f"{at[1]:.6f}", "lat": f"{at[0]:.6f}", "keyWord": "苍梧小区"}
    return {"msg": "ok", "location": found, "searchVersion": "6.4.9V", "status": "0"}


TIANDITU_NONE: Json = {"msg": "无结果", "status": "101"}
TIANDITU_NAME: Json = {
    "result": {"formatted_address": "幸福路7号", "addressComponent": {"road": "幸福路", "address": "某店"}},
    "msg": "ok", "status": "0",
}  # fmt: skip


def nominatim(kind: str = "house", half: float = 0.0003, at: tuple[float, float] = SPOT) -> list[Json]:
    """Nominatim found it; `half` is half its box in degrees."""
    lat, lon = at
    box = [f"{lat - half}", f"{lat + half}", f"{lon - half}", f"{lon + half}"]
    return [{"lat": f"{lat}", "lon": f"{lon}", "display_name": "苍梧小区", "addresstype": kind, "boundingbox": box}]


NOMINATIM_NAME: Json = {
    "lat": "34.6", "lon": "119.2", "display_name": "7, 幸福路",
    "address": {"house_number": "7", "road": "幸福路", "city": "连云港市"},
}  # fmt: skip


def photon(kind: str = "house", at: tuple[float, float] = SPOT) -> Json:
    """Photon found it."""
    facts = {"name": "苍梧小区", "type": kind, "street": "幸福路", "housenumber": "7"}
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [at[1], at[0]]}, "properties": facts}
    return {"type": "FeatureCollection", "features": [feature]}


class Maps:
    """All of them behind one address; `answers` says what each path gives next, the last one for ever."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, list[Any]] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self.reached = asyncio.Event()

    def says(self, path: str, *answers: Any) -> None:
        """What a path answers: JSON, or the name of a fault (html, cut, slow, or an HTTP status)."""
        self.answers[path] = list(answers)

    def count(self, path: str) -> int:
        """How often a path was asked."""
        return sum(one == path for one, _ in self.asked)

    async def hear(self, request: web.Request) -> web.StreamResponse:
        """One question."""
        self.asked.append((request.path, dict(request.query)))
        self.reached.set()
        await self.gate.wait()
        left = self.answers.get(request.path, [404])
        answer = left.pop(0) if len(left) > 1 else left[0]
        match answer:
            case "html":
                return web.Response(text="<html>login</html>", content_type="text/html")
            case "cut":
                return await _cut(request)
            case "slow":
                await asyncio.sleep(5)
                return web.Response(text="{}")
            case int():
                return web.Response(status=answer, headers={"Retry-After": "120"} if answer == 429 else {})
            case _:
                return web.Response(text=json.dumps(answer, ensure_ascii=False), content_type="application/json")


async def _cut(request: web.Request) -> web.StreamResponse:
    """Half an answer, then nothing."""
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"status": "1", "geoco')
    assert request.transport is not None
    request.transport.close()
    return response


@asynccontextmanager
async def open_maps() -> AsyncIterator[Maps]:
    """The services on a free port of loopback."""
    maps = Maps()
    app = web.Application()
    app.router.add_get("/{path:.*}", maps.hear)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    maps.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield maps
    finally:
        maps.gate.set()
        await runner.cleanup()
