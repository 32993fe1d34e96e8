"""Who is in the demonstration city: its chats, who speaks there, who is sent, and on which roads things happen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from ledger.ledger import Ledger
from ledger.work import Rules, Work
from models.rows import Group, Person, Shop
from models.said import Point
from models.words import GroupKind, Role
from texts.city import phrases

CENTRE = Point(34.5937, 119.2225)
NUMBERS = 120
"""House numbers of a road."""
FIRST_USER = 720_000_000
TICKETS_A_PERSON, LEAST_PEOPLE = 30, 8
SPREAD = 0.009
Dice = np.random.Generator


@dataclass(frozen=True, slots=True)
class Road:
    """A road and its line; without a map, one that runs somewhere near."""

    name: str
    line: BaseGeometry | None = None

    def at(self, number: int, dice: Dice) -> Point:
        """About where a house stands."""
        off = dice.normal(0, 0.0001, 2)
        if self.line is None:
            seed = sum(map(ord, self.name))
            lat, lon = CENTRE.lat + (seed % 19 - 9) / 1800, CENTRE.lon + SPREAD * (2 * number / NUMBERS - 1)
        else:
            spot = self.line.interpolate(number / NUMBERS, normalized=True)
            lat, lon = spot.y, spot.x
        return Point(round(float(lat + off[0]), 6), round(float(lon + off[1]), 6))


@dataclass(slots=True)
class Beat:
    """A chat in which people complain, and the squad that comes."""

    group: Group
    chat: str
    squad_group: Group
    squad: int
    """Its place in the rules' list."""
    officers: list[Person]
    lead: Person
    roads: list[Road]
    slow: float
    """How many times as long as usual this squad takes."""
    people: list[Person] = field(default_factory=list)
    shops: dict[int, Shop] = field(default_factory=dict)


def beats(ledger: Ledger, rules: Rules, dice: Dice) -> list[Beat]:
    """The chats of a configuration that have a squad with officers."""
    found = []
    pace = dict(zip(rules.squads, dice.uniform(0.75, 1.5, len(rules.squads)), strict=True))
    for group in sorted(ledger.groups, key=lambda one: one.id):
        squad, chat = ledger.squad_group(group.squad), ledger.chat_of(group)
        if not group.hears_complaints or squad is None or chat is None or group.squad not in rules.squads:
            continue
        officers, leads = _staff(ledger, group.squad, Role.OFFICER), _staff(ledger, group.squad, Role.LEAD)
        if leads and (officers or leads):
            place = rules.squads.index(group.squad)
            roads = _roads(rules, group.street)
            found.append(Beat(group, chat, squad, place, officers or leads, leads[0], roads, pace[group.squad]))
    return found


def _staff(ledger: Ledger, squad: str | None, role: Role) -> list[Person]:
    """Who holds a role in a squad; leads of all squads too, after its own."""
    held = [(row.squad != squad, row.person_id) for row in ledger.roles
            if row.role == role and row.until is None and row.squad in {squad, None}]  # fmt: skip
    return [person for _, key in sorted(held) if (person := ledger.person_by_id(key))]


def _roads(rules: Rules, street: str | None) -> list[Road]:
    """The map's roads in a street; without a map those of the shops' addresses."""
    area = rules.atlas.streets.named(street) if street else None
    if area is not None:
        drawn = [Road(name, line) for name, line in rules.atlas.lines if area.geometry.intersects(line.centroid)]
        if drawn:
            return drawn
    named = sorted(rules.atlas.roads.names())
    return [Road(name) for name in named or phrases().roads]


def people_of(work: Work, beat: Beat, count: int, dice: Dice) -> None:
    """Fill a chat with as many people as its share of tickets wants: whom the settings name, then made up ones."""
    ledger = work.ledger
    names = {road.name for road in beat.roads}
    for shop in ledger.shops:
        keeper = ledger.person_by_id(shop.person_id)
        if keeper and shop.address and any(shop.address.startswith(name) for name in names):
            _enter(beat, keeper, shop)
    if beat.group.kind == GroupKind.SITES:
        workers = [row.person_id for row in ledger.roles if row.role == Role.WORKER]
        beat.people = [person for key in workers if (person := ledger.person_by_id(key))]
    for person, own in _made_up(ledger, beat, max(LEAST_PEOPLE, count // TICKETS_A_PERSON), dice):
        _enter(beat, person, own)


def _enter(beat: Beat, person: Person, shop: Shop | None) -> None:
    beat.people.append(person)
    if shop is not None:
        beat.shops[person.id] = shop


def _made_up(ledger: Ledger, beat: Beat, count: int, dice: Dice) -> Iterator[tuple[Person, Shop | None]]:
    words = phrases()
    for _ in range(count):
        name = _pick(dice, words.surnames) + _pick(dice, words.names)
        person = ledger.person(str(FIRST_USER + ledger.counters.person), name)
        if beat.group.kind != GroupKind.MERCHANTS:
            yield person, None
            continue
        road, number = _pick(dice, beat.roads), int(dice.integers(1, NUMBERS))
        point = road.at(number, dice)
        called = f"{name[0]}家{_pick(dice, words.trades)}"
        shop = Shop(ledger.counters.take("shop"), person.id, called, f"{road.name}{number}号", point.lat, point.lon)
        yield person, ledger.shops.add(shop)


def _pick(dice: Dice, things: Any) -> Any:
    return things[int(dice.integers(len(things)))]
