"""Figures and histories as text."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.digests import Digest
from models.figures import Figures, Ranking, Rate
from models.numbers import Formulas, rates
from texts.catalogue import DEFAULT
from texts.page import Page, bold, quote
from texts.seven import seven_two_one
from texts.speaking import Named, again, kept, matter, spoken, tell
from texts.watching import digest_name
from texts.whereabouts import beside
from texts.words import day, joined

SQUADS, PLACES, LOADS = 6, 3, 4
SPANS = Named("", ("to_accept", "to_arrive", "to_resolve"))
RATES = Named("rate", tuple(rates(Formulas())))
THREE = Named("rate", ("response", "resolution", "satisfaction"))
MOVED = Named("tab", ("opened", "closed", "came_back"))


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above figures: the period, what was chosen, the bureau, and what they are compared with."""

    name: str
    chosen: str = ""
    bureau: str = ""
    against: str = kept("before-that")

    @property
    def title(self) -> str:
        """In one line."""
        return f"{self.name}·{self.chosen}" if self.chosen else self.name


def heading(payload: dict[str, Any], zone: ZoneInfo, bureau: str) -> Heading:
    """Above the figures that an outbox row asks for; the row keeps its names in Chinese."""
    name, against = _name(payload, zone), _earlier(payload, zone)
    called = [*map(again, payload["called"]), *paired(payload.get("sides", ()))]
    return Heading(name, "·".join(called), bureau, against)


def paired(sides: Sequence[str]) -> list[str]:
    """「凤鸣路和苍梧路」: what two parts beside each other are called; nothing where there are none."""
    return [tell("versus-both", one=again(sides[0]), other=again(sides[1]))] if sides else []


def _name(payload: dict[str, Any], zone: ZoneInfo) -> str:
    """The period as it was asked for; where only Chinese has a name for it, by its dates."""
    start, end = (datetime.fromisoformat(payload[at]).astimezone(zone) for at in ("from", "to"))
    if "digest" in payload:
        return digest_name(Digest(payload["digest"]), start, end, zone)
    name = again(payload["name"])
    return _days(start, end) if _strange(name) else name


def _earlier(payload: dict[str, Any], zone: ZoneInfo) -> str:
    """What it is compared with, named as the period itself."""
    against = again(payload["against"])
    if not _strange(against):
        return against
    before = [datetime.fromisoformat(at).astimezone(zone) for at in payload.get("before", ())]
    return _days(*before) if before else tell("before-that")


def _days(start: datetime, end: datetime) -> str:
    return dated(start.date(), (end - timedelta(microseconds=1)).date())


def _strange(name: str) -> bool:
    """A name of the reader's own making, in a language that is not spoken."""
    return spoken() != DEFAULT and not name.isascii()


def dated(first: date, last: date) -> str:
    """A day, or from one day to another."""
    return day(first) if first == last else tell("days", first=day(first), last=day(last))


def summary(head: Heading, counted: Figures, topic: str = "all") -> Page:
    """A summary for a lead: a title and six short lines, no adjectives; what was asked about stands first."""
    n, rates = counted.numbers, counted.rates
    moved = _against(n["opened"], counted.before.get("opened"), _period(head.against))
    lines = {
        "all": tell(
            "sum-all",
            opened=n["opened"],
            moved=moved,
            closed=n["closed"],
            open=n["open_now"],
            archive=shared(rates["in_time_archive"]),
        ),
        "times": tell("sum-times", times=joined(_times(counted, span) for span in SPANS)),
        "satisfaction": tell("sum-glad", glad=shared(rates["satisfaction"]), dispose=shared(rates["in_time_dispose"])),
        "means": seven_two_one(n),
        "late": _late(counted),
        "back": _back(counted),
    }
    topic = {"places": "back"}.get(topic, topic)
    if counted.ranking is not None:
        first = _ranked(counted.ranking)
    else:
        first = TOPICS[topic](head, counted) if topic in TOPICS else lines.pop(topic, "")
    told = [line for line in (first, *lines.values()) if line]
    return Page("\n".join([bold(tell("sum-head", title=head.title)), *told]))


def plain_lines(page: Page) -> list[str]:
    """A page's lines without its markup, for paper and screens that know none."""
    return html.unescape(re.sub(r"<[^>]+>", "", page.text)).split("\n")


def _load(_: Heading, counted: Figures) -> str:
    """Who has most that is late, then who has most."""
    busy = [load for load in counted.officers if load.held or load.backlog][:LOADS]
    shown = [tell("sum-load", who=quote(load.name, 16), late=load.backlog, held=load.held) for load in busy]
    return tell("sum-loads", loads=joined(shown)) if shown else tell("sum-no-load")


def _done(_: Heading, counted: Figures) -> str:
    """Who resolved most in the period."""
    busy = sorted((load for load in counted.officers if load.resolved), key=lambda load: (-load.resolved, load.officer))
    shown = [tell("sum-did", who=quote(load.name, 16), n=load.resolved) for load in busy[:LOADS]]
    return tell("sum-done", done=joined(shown)) if shown else tell("sum-none-done")


def _by_squad(_: Heading, counted: Figures) -> str:
    """Squad by squad what came, what stands open, what is late: the busiest first."""
    shown = [
        tell("sum-squad", squad=quote(of_squad(one.squad), 16), opened=one.opened, open=one.open, late=one.late)
        for one in counted.by_squad[:SQUADS]
    ]
    return tell("sum-squads", squads=tell("semicolon").join(shown)) if shown else tell("sum-no-squads")


def _ranked(ranking: Ranking) -> str:
    """Squads in the order of a rate, each with what it is reckoned of, and how many more there are."""
    name = RATES[ranking.rate]
    shown = [f"{quote(squad, 16)} {shared(rate)}" for squad, rate in ranking.squads[:SQUADS]]
    if not shown:
        return tell("sum-none-ranked", rate=name)
    more = len(ranking.squads) - SQUADS
    told = joined([*shown, *([tell("sum-more-squads", n=more)] if more > 0 else [])])
    return tell("sum-lowest" if ranking.lowest else "sum-highest", rate=name, squads=told)


def _matters(_: Heading, counted: Figures) -> str:
    shown = joined(f"{of_matter(code)} {count}" for code, count in counted.matters)
    return tell("sum-matters", matters=shown or tell("sum-no-matters"))


def of_matter(code: str | None) -> str:
    """A matter, or that it was none."""
    return matter(code) if code else tell("no-matter")


def of_squad(squad: str | None) -> str:
    """A squad, or that there is none yet."""
    return squad or tell("no-squad")


def _three(_: Heading, counted: Figures) -> str:
    rates = counted.rates
    return tell("sum-three", rates=joined(f"{name} {shared(rates[key])}" for key, name in THREE.items()))


def _compared(head: Heading, counted: Figures) -> str:
    n, before = counted.numbers, counted.before
    moved = [f"{name} {before.get(key, 0)}→{n[key]}" for key, name in MOVED.items()]
    one, other = counted.rates_before["in_time_archive"], counted.rates["in_time_archive"]
    moved.append(f"{tell('rate-in-time-archive')} {percent(one)}→{percent(other)}")
    names = {"before": _period(head.against), "now": _period(head.name)}
    return tell("sum-compared", moved=joined(moved), **names)


TOPICS: dict[str, Callable[[Heading, Figures], str]] = {
    "load": _load, "done": _done, "squads": _by_squad, "matters": _matters, "satisfaction": _three,
    "compared": _compared,
}  # fmt: skip
"""What has a line of its own where it is asked about."""


def _period(name: str) -> str:
    """In a line, where it must be short: English says longer what it says."""
    return quote(name, 16 if spoken() == DEFAULT else 30)


def _against(now: int, before: int | None, against: str) -> str:
    if not before:
        return ""
    if now == before:
        return tell("sum-same", against=against)
    return tell("sum-moved", against=against, by=f"{now - before:+d}")


def percent(rate: Rate) -> str:
    """A rate, shortly."""
    return tell("nothing-yet") if rate.share is None else f"{round(100 * rate.share)}%"


def _times(counted: Figures, span: str) -> str:
    times = counted.times[span]
    told = f"{lasting(times.median)}/{lasting(times.ninth)}" if times.count else tell("nothing-yet")
    return f"{SPANS[span]} {told}"


def _late(counted: Figures) -> str:
    total = sum(count for _, count in counted.late)
    squads = joined(f"{quote(of_squad(squad), 16)} {count}" for squad, count in counted.late[:SQUADS])
    return tell("sum-late", n=total, squads=squads) if total else tell("sum-none-late")


def _back(counted: Figures) -> str:
    n = counted.numbers
    again_, recurred = n["opened_again"], n["recurred"]
    came = tell("sum-came-back", again=again_, recurred=recurred) if n["came_back"] else tell("sum-none-back")
    places = joined(f"{quote(beside(spot.name), 24)} {spot.count}" for spot in counted.places[:PLACES])
    return tell("sum-places", came=came, places=places) if places else came


def shared(rate: Rate) -> str:
    """A rate with what it was reckoned of."""
    if rate.share is None:
        return tell("nothing-yet")
    return tell("sum-share", percent=round(100 * rate.share), part=rate.part, whole=rate.whole)


def lasting(minutes: float | None) -> str:
    """A time in the unit that people would say."""
    if minutes is None:
        return tell("nothing-yet")
    if minutes < 60:  # noqa: PLR2004 - an hour
        return tell("span-minutes", n=round(minutes))
    hours = minutes / 60
    return tell("span-hours", n=f"{hours:.1f}") if hours < 24 else tell("span-days", n=f"{hours / 24:.1f}")  # noqa: PLR2004 - a day
