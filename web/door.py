"""The door: a link opens a page, the button on it spends the link; and the way out."""

from urllib.parse import unquote

from aiohttp import web

from ledger import life
from models.links import fresh_secret, token_of
from texts import catalogue
from texts.speaking import kept
from web import guard, sessions
from web.visits import LANGUAGE, Visit, number

MINUTE = 60
YEAR = 365 * 24 * 60 * MINUTE


async def look(visit: Visit) -> web.Response:
    """The page behind a link. Who only looks (a robot that makes previews, say) spends nothing."""
    secret = visit.request.match_info["secret"]
    if not await sessions.holds(visit.house, secret):
        return visit.show("trouble.html", 410, about="trouble-link")
    door = guard.secret_in(visit.request, guard.DOOR) or fresh_secret()
    visit.token, visit.seat = token_of(door), None
    response = visit.show("door.html", secret=secret)
    guard.bake(visit, response, guard.DOOR, door, 10 * MINUTE)
    return response


async def enter(visit: Visit) -> web.Response:
    """The button: the link is spent, the session begins."""
    secret = str((await visit.request.post()).get("secret", ""))
    session = await sessions.spend(visit.house, secret, agent_of(visit.request.headers.get("User-Agent", "")))
    if session is None:
        return visit.show("trouble.html", 410, about="trouble-link")
    goal = guard.inside(unquote(visit.request.cookies.get(guard.GOAL, "/")))
    response = web.Response(status=303, headers={"Location": goal})
    response.del_cookie(guard.DOOR, path="/")
    response.del_cookie(guard.GOAL, path="/")
    guard.bake(visit, response, guard.COOKIE, session, int(visit.house.stays.whole.total_seconds()))
    return response


async def leave(visit: Visit) -> web.Response:
    """Log out here, at another place, or everywhere."""
    given = await visit.request.post()
    everywhere, other = bool(given.get("everywhere")), number(given, "session")
    here = not everywhere and other in {None, visit.who.session}
    await sessions.end(visit.house, visit.who.person, None if everywhere else other or visit.who.session)
    if not here and not everywhere:
        return web.Response(status=303, headers={"Location": "/me"})
    visit.seat = None
    response = visit.show("welcome.html", left=True)
    response.del_cookie(guard.COOKIE, path="/")
    return response


async def me(visit: Visit) -> web.Response:
    """Who one is here, and where one is logged in."""
    stays = await sessions.stays(visit.house, visit.who.person)
    return visit.show("me.html", stays=stays, bound=life.bound(visit.who.standing))


async def tongue(visit: Visit) -> web.Response:
    """Another language for this browser."""
    wanted = visit.request.match_info["language"]
    if wanted not in catalogue.LANGUAGES:
        raise web.HTTPNotFound
    back = visit.request.query.get("back", "/")
    response = web.Response(status=303, headers={"Location": guard.inside(back)})
    guard.bake(visit, response, LANGUAGE, wanted, YEAR)
    return response


BROWSERS = ("MicroMessenger", "Edg", "Firefox", "Chrome", "Safari")
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac",
           "Linux": "Linux"}  # fmt: skip


def agent_of(header: str) -> str:
    """Browser and system in two words: enough to know one's own again, too little to follow anybody."""
    browser = next((name for name in BROWSERS if f"{name}/" in header), "")
    system = next((shown for name, shown in SYSTEMS.items() if name in header), "")
    return (
        " · ".join(filter(None, (browser.replace("Edg", "Edge").replace("MicroMessenger", kept("wechat")), system)))
        or "—"
    )
