"""From the words of a place to a point: names, house numbers, crossings, and what is said to stand beside them."""

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise, product

from geo.phrases import Phrase, forms
from geo.plane import Plane, moved
from geo.roads import NUMBERED, ROAD, Roads
from geo.spots import Spot, Spots
from models.said import Point

CROSSING = re.compile(r"路口|交叉口?|交汇处?|交界处?|十字口?|丁字口?|三岔口?|拐角|转角|红绿灯|口$")
JOINED = re.compile(r"^的?[和与跟同及、，,/\-—\s]*$")
ACROSS, BEHIND = 70.0, 25.0
"""Metres: how far the road may be for 对面 to mean its other side; how far behind a house its back is."""
MOVES = frozenset({"off", "across", "behind"})
"""What stands behind a name and means another spot than the name."""
TOO_LONG = 1500.0
"""Half the length of a road, in metres, from which on its middle says nothing."""
A_SLIP = 4
"""From so many signs on a name may be written with a slip."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found: its name, its point with a radius in metres; the 街道 where only it was named."""

    name: str
    point: Point | None
    street: str | None = None


def find(words: str, roads: Roads, spots: Spots, *, sure: bool = False) -> Hit | None:
    """Where the words of a place are. None where they name nothing known, or more than one thing."""
    shapes = list(forms(words[:80]))
    for at, phrase in enumerate(shapes):
        if (hit := _named(phrase.core, spots, sure=sure)) is not None:
            return _beside(hit, phrase, roads)
        if not sure and (hit := _numbered(phrase.core, roads, spots)) is not None:
            same = (one for one in shapes[at:] if one.relation in MOVES and _numbered(one.core, roads, spots) == hit)
            return _beside(hit, next(same, phrase), roads)
    if sure:
        return None
    ends = [*shapes[:1], *shapes[1:][-1:]]
    return next((_beside(hit, phrase, roads) for phrase in ends if (hit := _whole(phrase.core, roads, spots))), None)


def _named(core: str, spots: Spots, *, sure: bool) -> Hit | None:
    """By a name as it stands, or a nickname."""
    spot = spots.exact(core)
    if spot is not None and not (sure and (spot.wide or spot.kind == "road")):
        return _hit(spot)
    nick = spots.nick(core)
    return _hit(nick) if nick is not None else None


def _numbered(core: str, roads: Roads, spots: Spots) -> Hit | None:
    """By a crossing or a house number, wherever in the words it stands."""
    return _crossing(core, roads, spots) or _house(core, roads)


def _whole(core: str, roads: Roads, spots: Spots) -> Hit | None:
    """By a name inside the words, by one with a slip, or by the road alone."""
    spot = spots.inside(core) or (spots.alike(core) if len(core) >= A_SLIP else None)
    found = [roads.known(road.group()) for road in ROAD.finditer(core)]
    road = next(filter(None, found), None)
    if road is not None and (spot is None or spot.wide or spot.kind == "road"):
        point = roads.whole(road)
        if point is not None:
            return Hit(road, point if (point.radius or 0) <= TOO_LONG else None)
    return _hit(spot) if spot else None


def _hit(spot: Spot) -> Hit:
    return (
        Hit(spot.name, None, spot.name if spot.kind == "street" else None) if spot.wide else Hit(spot.name, spot.point)
    )


def _crossing(core: str, roads: Roads, spots: Spots) -> Hit | None:
    """「A路B路路口」, 「A路与B路交叉口」, 「A路和B路口」."""
    found = [(road, roads.known(road.group()) or road.group()) for road in ROAD.finditer(core)]
    for (first, one), (second, other) in pairwise(found):
        between = core[first.end() : second.start() + second.group().find(other)]
        meant = CROSSING.search(core[second.end() :]) or between.strip("的")
        if one != other and meant and JOINED.match(between):
            point = roads.meet(one, other) or _listed(one, other, spots)
            if point is not None:
                return Hit(f"{one}{other}路口", point)
    return None


def _listed(one: str, other: str, spots: Spots) -> Point | None:
    """A crossing that the gazetteer lists, whichever road it names first."""
    orders, ends = ((one, other), (other, one)), ("路口", "交叉口")
    names = (f"{a}{joint}{b}{end}" for (a, b), joint, end in product(orders, ("", "与", "和"), ends))
    return next((spot.point for name in names if (spot := spots.exact(name))), None)


def _house(core: str, roads: Roads) -> Hit | None:
    found = NUMBERED.search(core)
    road = roads.known(found["road"]) if found else None
    point = roads.house(road, int(found["number"])) if found and road else None
    return Hit(f"{road}{found['number']}号", point) if found and point else None


# --- beside it ------------------------------------------------------------------------------------------------------


def _beside(hit: Hit, phrase: Phrase, roads: Roads) -> Hit:
    return replace(hit, point=beside_it(hit.point, phrase, roads)) if hit.point else hit


def beside_it(point: Point, phrase: Phrase, roads: Roads) -> Point:
    """The point that a phrase says to be so far from what was found; the doubt grows with every step."""
    radius = (point.radius or 50.0) + phrase.doubt
    if phrase.bearing is not None and phrase.distance:
        point = moved(point, phrase.bearing, phrase.distance)
    elif phrase.relation in {"across", "behind"}:
        point = _over_the_road(point, phrase.relation, roads)
    return replace(point, radius=radius)


def _over_the_road(point: Point, relation: str, roads: Roads) -> Point:
    """对面 is as far on the other side of the nearest road; 后门 a little further from it. Without a road it stays."""
    foot = roads.foot(point, ACROSS)
    if foot is None:
        return point
    plane = Plane(point.lat)
    (x, y), (road_x, road_y) = plane.xy(point), plane.xy(foot)
    if relation == "across":
        return plane.back(2 * road_x - x, 2 * road_y - y)
    away = math.hypot(x - road_x, y - road_y)
    return plane.back(x + (x - road_x) / away * BEHIND, y + (y - road_y) / away * BEHIND) if away else point
