"""Every page in one table: how it is asked for, what shows it, and the verb that its visitor must be allowed."""

from dataclasses import dataclass

from aiohttp import web

from web import acts, assets, board, bureau, chart, door, exports, figures, ticket
from web.guard import Page, guarded, plain_words
from web.house import House


@dataclass(frozen=True, slots=True)
class Route:
    """A page; `verb` is one of models.moves.BESIDE, None where nobody need be logged in."""

    method: str
    path: str
    page: Page
    verb: str | None = "page"


ROUTES = (
    Route("GET", "/login/{secret}", door.look, None),
    Route("POST", "/login", door.enter, None),
    Route("GET", "/lang/{language}", door.tongue, None),
    Route("GET", "/me", door.me),
    Route("POST", "/logout", door.leave),
    Route("GET", "/", board.board),
    Route("GET", "/live", board.live),
    Route("POST", "/views", board.keep_view),
    Route("POST", "/views/drop", board.drop_view),
    Route("POST", "/export", exports.found, "export"),
    Route("GET", "/tickets/{number}", ticket.show),
    Route(
        "GET",
        "/tickets/{number}/{deed:exact|memo|answer|assign|condition|extend|merge|snooze|split|void|wake}",
        ticket.back,
    ),
    Route("POST", "/tickets/{number}/exact", acts.exact, "exact"),
    Route("POST", "/tickets/{number}/memo", ticket.memo, "memo"),
    Route("POST", "/tickets/{number}/{deed:answer}", acts.act, "answer"),
    Route("POST", "/tickets/{number}/{deed:assign|condition|extend|merge|snooze|split|void|wake}", acts.act, "desk"),
    Route("GET", "/media/{number}", ticket.medium),
    Route("GET", "/figures", figures.show, "/summary"),
    Route("POST", "/figures/{kind:xlsx|csv|pdf}", exports.of_period, "export"),
    Route("GET", "/settings", bureau.show, "settings"),
    Route("GET", "/settings/{form:replies|replies/drop}", bureau.back, "settings"),
    Route("POST", "/settings/replies", bureau.keep_reply, "replies"),
    Route("POST", "/settings/replies/drop", bureau.drop_reply, "replies"),
    Route("GET", "/map", chart.show),
    Route("GET", "/map/points.json", chart.points),
    Route("GET", "/map/areas.json", chart.areas),
)


def attach(app: web.Application, house: House) -> None:
    """Put the pages into the application."""
    app.middlewares.append(plain_words(house))
    for route in ROUTES:
        app.router.add_route(route.method, route.path, guarded(house, route.page, route.verb))
    app.router.add_get("/static/{name}", assets.serve)
