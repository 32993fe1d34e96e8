"""Every page and every form by everybody: against a table written by hand, and nothing outside the table."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from bot.settings import Settings
from tests.squads import two_squads
from tests.town import BAI, LEAD, QIU, SQUAD, STALL, SUN, ZHOU, Town
from tests.web.conftest import Enters, Visitor
from web.routes import ROUTES

NOBODY, OFFICER, STRANGER, BOUND, FREE = "nobody", "officer", "officer elsewhere", "lead of a squad", "lead"
ADMIN, MA = "admin", 5009
SEEN = {
    "GET /login/{secret}": (410, 410, 410, 410, 410, 410),
    "GET /lang/{language}": (404, 404, 404, 404, 404, 404),
    "GET /me": (401, 200, 200, 200, 200, 200),
    "GET /": (401, 200, 200, 200, 200, 200),
    "GET /live": (401, 200, 200, 200, 200, 200),
    "GET /tickets/{number}": (401, 200, 404, 200, 200, 200),
    "GET /tickets/{number}/{deed:exact|memo|answer|assign|condition|extend|merge|snooze|split|void|wake}": (
        401,
        200,
        404,
        200,
        200,
        200,
    ),
    "GET /media/{number}": (401, 404, 404, 404, 404, 404),
    "GET /map": (401, 200, 200, 200, 200, 200),
    "GET /map/points.json": (401, 200, 200, 200, 200, 200),
    "GET /map/areas.json": (401, 200, 200, 200, 200, 200),
    "GET /figures": (401, 403, 403, 200, 200, 200),
    "GET /settings": (401, 403, 403, 200, 200, 200),
    "GET /settings/{form:replies|replies/drop}": (401, 403, 403, 200, 200, 200),
}
"""What each is answered: nobody, an officer of the ticket's squad and one of another, a lead named with that other, a
lead named with none, an admin."""
SENT = {
    "POST /settings/replies": (401, 403, 403, 422, 422, 422),
    "POST /settings/replies/drop": (401, 403, 403, 200, 200, 200),
    "POST /views": (401, 200, 200, 200, 200, 200),
    "POST /views/drop": (401, 200, 200, 200, 200, 200),
    "POST /export": (401, 403, 403, 200, 200, 200),
    "POST /figures/{kind:xlsx|csv|pdf}": (401, 403, 403, 200, 200, 200),
    "POST /tickets/{number}/exact": (401, 200, 404, 200, 200, 200),
    "POST /tickets/{number}/memo": (401, 422, 404, 422, 422, 422),
    "POST /tickets/{number}/{deed:answer}": (401, 409, 404, 409, 409, 409),
    "POST /tickets/{number}/{deed:assign|condition|extend|merge|snooze|split|void|wake}": (
        401,
        403,
        403,
        409,
        409,
        409,
    ),
    "POST /login": (403, 403, 403, 403, 403, 403),
    "POST /logout": (401, 200, 200, 200, 200, 200),
}
"""With a token of their own, an old version and nothing filled in; the door wants its own. Logging out comes last."""
HANDS = re.compile(r'<li><b><bdi>([^<]+)</bdi></b> <a href="(/\?squad=[^"]+)">在办 (\d+) 件')
ANYBODYS = {
    "GET /healthz": 200,
    "HEAD /healthz": 200,
    "GET /readyz": 200,
    "HEAD /readyz": 200,
    "GET /metrics": 200,
    "HEAD /metrics": 200,
    "GET /static/{name}": 200,
    "HEAD /static/{name}": 200,
}
"""What is open on the port to anybody; the webhook is there only where updates come by it."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with 二中队; 孙倩 and 周队 are of it, 朱明忠 is of none, 马工 is an admin."""
    more = [{"user": MA, "name": "马工", "role": "admin"}]
    return two_squads(settings, {SUN: "二中队", ZHOU: "二中队", LEAD: None}, more)


def _addresses(path: str) -> list[str]:
    """What a path stands for: of a part that may be several, each."""
    filled = path.replace("{number}", "1").replace("{secret}", "x" * 32).replace("{language}", "xx")
    filled = filled.replace("{name}", "base.css")
    several = re.search(r"\{\w+:([^}]*)\}", filled)
    return [filled.replace(several[0], one) for one in several[1].split("|")] if several else [filled]


def _canonical(page: str) -> str:
    """As the application's router says it: without what a part may be."""
    return re.sub(r"\{(\w+):[^}]*\}", r"{\1}", page)


def test_no_page_is_without_a_row() -> None:
    """A page that is added must be decided about."""
    assert {f"{route.method} {route.path}" for route in ROUTES} == set(SEEN) | set(SENT)


async def test_nothing_is_open_on_the_port_beside_the_tables(town: Town, visitor: Callable[[], Visitor]) -> None:
    """Every route of the application as it runs, however it was put there, has a row."""
    assert town.program is not None
    assert town.program.pages is not None
    app: Any = town.program.pages.app
    there = {f"{route.method} {route.resource.canonical}" for route in app.router.routes()}
    assert there == {_canonical(page) for page in (*SEEN, *SENT, *ANYBODYS)}
    one = visitor()
    for page, due in ANYBODYS.items():
        for address in _addresses(page):
            method, path = address.split(" ", 1)
            async with one.client.request(method, one.url + path) as answer:
                assert answer.status == due, page


async def test_every_page_and_form_answers_as_the_table_says(
    town: Town, enters: Enters, visitor: Callable[[], Visitor]
) -> None:
    """And whoever may not, changes nothing."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    before = await town.rows("SELECT * FROM ticket")
    crowd = {NOBODY: visitor(), OFFICER: await enters(BAI), STRANGER: await enters(SUN), BOUND: await enters(ZHOU)}
    crowd |= {FREE: await enters(LEAD), ADMIN: await enters(MA)}
    tokens = {name: "" if name == NOBODY else one.token for name, one in crowd.items()}
    wrong = []
    tried = [(page, table, address) for page, table in {**SEEN, **SENT}.items() for address in _addresses(page)]
    for page, table, address in tried:
        method, path = address.split(" ", 1)
        for (name, one), due in zip(crowd.items(), table, strict=True):
            if method == "GET":
                await one.opens(path)
            else:
                await one.posts(path, token=tokens[name], version=0)
            # Who is not logged in has no token either: both walls stand.
            if one.status != (403 if name == NOBODY and method == "POST" else due):
                wrong.append(f"{page} at {path} by {name}: {one.status} instead of {due}")
    assert wrong == []
    assert await town.rows("SELECT * FROM ticket") == before


async def test_settings_count_what_she_may_see(town: Town, enters: Enters) -> None:
    """A lead reads how many each squad has, whichever he is of; each number leads to as many tickets."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    for who, counted in ((LEAD, {"三中队": 1, "二中队": 0}), (ZHOU, {"三中队": 1, "二中队": 0})):
        one = await enters(who)
        shown = HANDS.findall(await one.opens("/settings"))
        assert {name: int(n) for name, _, n in shown} == counted
        for name, href, n in shown:
            assert f"共 {n} 件" in await one.opens(unescape(href)), name


TRACES = ("货车", "门前小路", "凤鸣路18号", "邱", "凤鸣便利店", "/tickets/1", "/media/1")
HOLDING = {"GET /", "GET /live", "GET /map", "GET /map/points.json", "GET /tickets/{number}"}
HOLDING |= {page for page in SEEN if "{deed:" in page}
"""Pages on which something of a ticket stands for whom it concerns."""
FIGURE = re.compile(r'<a [^>]*class="(?:figure|tally)[^>]*>(?:<b>)?(\d+)<')


async def test_pages_of_others_hold_nothing_of_a_ticket(town: Town, enters: Enters) -> None:
    """An officer of another squad reads nothing of it; whom it concerns, and all leads, see that there is something."""
    town.says(QIU, STALL)
    town.pins(QIU)
    town.shows(QIU)
    await town.sees_rows("SELECT 1 FROM ticket WHERE lat IS NOT NULL")
    await town.reached(BAI)
    await town.quiet()
    for who, holding in ((BAI, HOLDING), (LEAD, HOLDING), (MA, HOLDING), (ZHOU, HOLDING), (SUN, set())):
        one, found = await enters(who), set()
        for page in SEEN:
            body = await one.opens(
                _addresses(page)[0].split(" ", 1)[1] + ("?q=%231&state=all" if page == "GET /" else "")
            )
            found |= {page} if one.status == 200 and any(trace in body for trace in TRACES) else set()
        assert found == holding, who
    assert await (await enters(SUN)).opens("/map/points.json?state=all") == "[]"
    for who in (LEAD, ZHOU):
        numbers = FIGURE.findall(await (await enters(who)).opens("/figures"))
        assert len(numbers) > 20
        assert any(map(int, numbers)), who
    for who, sees in ((LEAD, True), (ZHOU, True), (SUN, False)):
        tallies = FIGURE.findall(await (await enters(who)).opens("/"))
        assert any(map(int, tallies)) is sees, who
