"""A visit: the request, the language it wants, who sits behind it, and the pages that it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ledger import life
from texts import catalogue
from texts.histories import measured
from texts.page import clean
from texts.speaking import again
from texts.watching import condition
from texts.whereabouts import beside
from texts.words import as_said, short
from web import assets
from web.house import House
from web.sessions import Seat

LANGUAGE = "qunban_lang"
PAGES = Path(__file__).parent / "templates"


@dataclass(slots=True)
class Visit:
    """One request; `seat` is None where nobody is logged in."""

    house: House
    request: web.Request
    language: str
    seat: Seat | None = None
    token: str = field(default="", repr=False)
    nearby: bool = False
    """True where htmx asks for a part of a page."""

    @property
    def who(self) -> Seat:
        """Who is logged in; only asked where somebody must be."""
        if self.seat is None:
            raise web.HTTPUnauthorized
        return self.seat

    def say(self, name: str, /, **facts: Any) -> str:
        """A sentence of the catalogue in the visit's language."""
        return catalogue.say(self.language, name, **facts)

    def verb(self, action: str) -> str:
        """A verb of the history; one that a newer program wrote stands as it is."""
        name = f"act-{action.replace('_', '-')}"
        return self.say(name) if catalogue.known(name) else action

    def condition(self, kept: str) -> str:
        """Which condition was chosen, with its limit, in the visit's language."""
        return condition(kept)

    def measured(self, facts: dict[str, Any]) -> tuple[str, ...]:
        """What a line of the history says beside its verb, in the chat's words."""
        return measured(facts, self.house.rules.zone, self.house.clock.now())

    def matter(self, code: str | None) -> str:
        """A matter's name in the visit's language."""
        return catalogue.matter(self.language, code)

    @property
    def office(self) -> str:
        """What she is here: 三中队队长."""
        held = self.who.standing
        role = self.say(f"role-{held.role}")
        return self.say("role-of-squad", squad=held.squad, role=role) if held.squad else role

    def may(self, verb: str) -> bool:
        """Whether who sits here may do this at all; the same table as in the chat."""
        return self.seat is not None and life.may_as(self.seat.standing, verb)

    def local(self, moment: datetime) -> datetime:
        """A moment by the bureau's clock."""
        return moment.astimezone(self.house.rules.zone)

    def when(self, moment: datetime | None) -> str:
        """Day and time, short; with the year where it is another than this one."""
        return short(moment, self.house.rules.zone, self.house.clock.now()) if moment else ""

    def span(self, start: datetime, end: datetime) -> str:
        """Days in words, from the first to the last; the hour where the last is not over; years where not this one."""
        one, other = self.local(start), self.local(end - timedelta(microseconds=1))
        first, last = (f"{at:%m-%d}" if at.year == self.today.year else f"{at:%Y-%m-%d}" for at in (one, other))
        until = self.local(end)
        clock = f" {until:%H:%M}" if until.time() != time() else ""
        return first if first == last and not clock else self.say("days-to", first=first, last=f"{last}{clock}")

    @property
    def today(self) -> date:
        """The day of the bureau."""
        return self.local(self.house.clock.now()).date()

    def show(self, template: str, status: int = 200, **facts: Any) -> web.Response:
        """A page."""
        page = _environment().get_template(template)
        words = page.render(visit=self, t=self.say, seat=self.seat, **facts)
        return web.Response(text=words, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})


@cache
def _environment() -> Environment:
    """Every value is escaped; a name that is not known is an error, never an empty place."""
    made = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)  # fmt: skip
    made.globals |= {"asset": assets.address, "installed": assets.installed}
    made.filters |= {
        "clean": lambda words: clean(words or ""),
        "masked": masked,
        "again": lambda words: again(words or ""),
        "as_said": lambda words: as_said(words or ""),
        "beside": lambda words: beside(words or ""),
    }
    return made


def masked(name: str) -> str:
    """A reporter's name as the pages show it: 邱**."""
    shown = clean(name).strip()
    return f"{shown[:1]}**" if shown else ""


def language_of(request: web.Request, seats_own: str = catalogue.DEFAULT) -> str:
    """The language: the one that was chosen, else the browser's where it is one of ours."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen in catalogue.LANGUAGES:
        return str(chosen)
    wanted = request.headers.get("Accept-Language", "").lower()
    for part in wanted.split(","):
        tongue = part.split(";")[0].strip().split("-")[0]
        if tongue in catalogue.LANGUAGES:
            return tongue
    return seats_own


def number(given: Mapping[str, Any], name: str) -> int | None:
    """A whole number of a form or an address; None where there is none that a table could hold."""
    words = str(given.get(name, ""))
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= 12 else None  # noqa: PLR2004 - as BigId
