"""Style, scripts and pictures: our own from web/static, others' from node_modules; read once, kept by their digest."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web

OWN = Path(__file__).parent / "static"
MODULES = Path(__file__).parent.parent / "node_modules"
OTHERS = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "cluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "cluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "heat.js": "leaflet.heat/dist/leaflet-heat.js",
    "echarts.js": "echarts/dist/echarts.min.js",
}
"""What we serve of packages, and under which name: nothing else of node_modules can be asked for."""
FOR_EVER = "public, max-age=31536000, immutable"
WORTH_PACKING = 1024


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its digest; `packed` is empty where packing is not worth it."""

    data: bytes
    packed: bytes
    mime: str
    digest: str


@cache
def asset(name: str) -> Asset | None:
    """The file of that name; None where there is none, or its package was not installed."""
    path = MODULES / OTHERS[name] if name in OTHERS else OWN / name
    if name not in OTHERS and name not in own():
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    packed = gzip.compress(data, 6) if len(data) > WORTH_PACKING else b""
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(data, packed, mime, hashlib.sha256(data).hexdigest()[:16])


@cache
def own() -> frozenset[str]:
    """Names of our own files."""
    return frozenset(path.name for path in OWN.iterdir())


def installed(*names: str) -> bool:
    """Whether all of these can be served."""
    return all(asset(name) is not None for name in names)


def address(name: str) -> str:
    """Where a page finds a file: with the digest, so that a browser keeps it until it changes."""
    found = asset(name)
    return f"/static/{name}?v={found.digest}" if found else f"/static/{name}"


async def serve(request: web.Request) -> web.Response:
    """A file."""
    found = asset(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    kept = FOR_EVER if request.query.get("v") == found.digest else "no-cache"
    headers = {"Cache-Control": kept, "ETag": f'"{found.digest}"', "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    packs = found.packed and "gzip" in request.headers.get("Accept-Encoding", "")
    if packs:
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=found.packed if packs else found.data, headers=headers, content_type=found.mime)
