"""What stands before every page: who is it, may she, does the form come from us; and what every answer carries."""

import hmac
import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware

from models.links import token_of
from texts.speaking import speaking
from web import sessions
from web.house import House
from web.visits import Visit, language_of

log = structlog.get_logger()
COOKIE = "qunban"
DOOR = "qunban_door"
"""Before anybody is logged in: what binds the form of the login page to the browser that was shown it."""
GOAL, KEPT, LONG = "qunban_to", 600, 1500
"""Where who is not logged in wanted to go: kept for ten minutes, and she is led there when she is."""
SHAPE = re.compile(r"[\w-]{20,64}")
Page = Callable[[Visit], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def policy(house: House) -> str:
    """What a page may load: files of this house alone, and pictures of the map's ground where they are configured."""
    tiles = urlsplit(house.tiles.url.replace("{s}", "*"))
    ground = f" {tiles.scheme}://{tiles.netloc}" if tiles.netloc else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
        f"img-src 'self' data:{ground}; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def secret_in(request: web.Request, cookie: str) -> str:
    """A secret of ours that a cookie brings; empty where it has none of our shape."""
    given = request.cookies.get(cookie, "")
    return given if SHAPE.fullmatch(given) else ""


def guarded(house: House, page: Page, verb: str | None) -> Handler:
    """A page that only who may do `verb` is shown; None: anybody, also who is not logged in."""

    async def handler(request: web.Request) -> web.StreamResponse:
        visit = await _visit(house, request, at_door=verb is None and request.method == "POST")
        with speaking(visit.language):
            return await answered(visit)

    async def answered(visit: Visit) -> web.StreamResponse:
        if visit.request.method == "POST" and not await _ours(visit):
            return visit.show("trouble.html", 403, about="trouble-form")
        if verb is not None and visit.seat is None:
            return _turned_away(visit)
        if verb is not None and not visit.may(verb):
            return visit.show("trouble.html", 403, about="trouble-not-yours")
        return await page(visit)

    return handler


async def _visit(house: House, request: web.Request, *, at_door: bool) -> Visit:
    """Who comes, and what her forms must bring; at the door that is the door's, also of who is logged in already."""
    secret = secret_in(request, COOKIE)
    visit = Visit(house, request, language_of(request), nearby=request.headers.get("HX-Request") == "true")
    if secret:
        visit.seat = await sessions.seat(house, secret, token_of(secret))
    door = secret_in(request, DOOR)
    visit.token = visit.seat.token if visit.seat and not at_door else (token_of(door) if door else "")
    return visit


async def _ours(visit: Visit) -> bool:
    """The form was made by us for this browser, and is sent from our own page."""
    origin = visit.request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != visit.request.host:
        return False
    if visit.request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    given = str((await visit.request.post()).get("token", ""))
    return bool(visit.token) and hmac.compare_digest(given.encode(), visit.token.encode())


def _turned_away(visit: Visit) -> web.Response:
    """Who is not logged in is told how to be; a part of a page sends the whole page there."""
    response = visit.show("welcome.html", 401)
    if visit.nearby:
        response.headers["HX-Refresh"] = "true"
    elif visit.request.method == "GET" and _shown(visit.request):
        bake(visit, response, GOAL, quote(visit.request.path_qs, safe=""), KEPT)
    return response


def _shown(request: web.Request) -> bool:
    """A page that a person looks at, and no picture or data of one."""
    data = request.path.startswith(("/live", "/media")) or request.path.endswith(".json")
    return not data and len(request.path_qs) <= LONG


def inside(path: str) -> str:
    """A path of ours, or the board: what comes from outside leads nowhere else."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"


def bake(visit: Visit, response: web.Response, name: str, value: str, seconds: int) -> None:
    """A cookie that no script reads and no other site sends."""
    response.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, samesite="Lax", secure=visit.house.secure
    )


def plain_words(house: House) -> Middleware:
    """A middleware: what goes wrong is said to people in a page, and to programs as before."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as error:
            if error.status < 400 or not _person(request):  # noqa: PLR2004 - no error
                raise
            response = await _trouble(house, request, error.status)
        except Exception as error:
            if not _person(request):
                raise
            log.error("a page failed", error=type(error).__name__, method=request.method)  # noqa: TRY400 - a trace may show what people said
            response = await _trouble(house, request, 500)
        if _person(request):
            for name, value in {**HEADERS, "Content-Security-Policy": policy(house)}.items():
                response.headers.setdefault(name, value)
        return response

    return middleware


def _person(request: web.Request) -> bool:
    """Pages are for people; the webhook, health and figures are for programs."""
    return not request.path.startswith(("/telegram/", "/healthz", "/readyz", "/metrics"))


async def _trouble(house: House, request: web.Request, status: int) -> web.Response:
    visit = Visit(house, request, language_of(request))
    about = {404: "trouble-gone", 405: "trouble-gone", 401: "trouble-login", 413: "trouble-large"}
    return visit.show("trouble.html", status, about=about.get(status, "trouble-ours"))
