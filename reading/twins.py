"""Whether what somebody tells of is told of already by another: surely, perhaps, or not."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from models.metres import metres
from models.reading import Found, InHand, Reading, Scene
from models.said import Point, Said, Speaker
from models.words import ENDED, Status
from reading.cleaning import clean
from reading.cues import scan
from reading.places import named, names_of, numbers_of, other_names
from reading.scope import whose

SAME_AGE = timedelta(hours=12)
PERHAPS_AGE = timedelta(hours=2)
TOGETHER_AGE = timedelta(minutes=20)
NEAR_METRES = 150
STREET_METRES = 400
DOORS = 30
"""House numbers of one street that far apart are within one sight, or one noise."""
WIDE = frozenset({"01004", "06020", "06027", "06028", "06029", "06030", "08001", "08004", "08012", "09004", "09022"})
"""What is heard, smelt or waded through over a whole street: water, smoke, noise, stench, dust, mud, loudspeakers."""
AGREES = re.compile(
    "(?:^|[，, 。])(?:对|是的|就是)?[，, ]?(?:我|俺|我们|咱)?(?:家|这|店|这边|那边|那段|这里|的)?也"
    "|同样|作证|一样的?$|^\\+1|^[对是] ?就"
)


@dataclass(frozen=True, slots=True)
class Twins:
    """Another's open ticket that is the same thing, and one that may be."""

    same: InHand | None = None
    perhaps: InHand | None = None


def twins(said: Said, speaker: Speaker, reading: Reading, scene: Scene, point: Point | None) -> Twins:
    """Look at the newest first. What is sure ends the search; the first that may be is kept."""
    found, perhaps = reading.found, None
    if found is None:
        return Twins()
    for ticket in reversed(scene.tickets):
        if ticket.status in ENDED or ticket.status is Status.RESOLVED or speaker.id in ticket.reporters:
            continue
        if said.at - ticket.opened_at > SAME_AGE:
            continue
        chance = _alike(said, speaker, reading, ticket, point)
        if chance is True:
            return Twins(ticket)
        perhaps = perhaps or (ticket if chance is None else None)
    return Twins(perhaps=perhaps)


def _alike(said: Said, speaker: Speaker, reading: Reading, ticket: InHand, point: Point | None) -> bool | None:
    """True for one thing, False for two, None where only people can tell."""
    found = reading.found or Found()
    exact, kin = _one_matter(said, found, ticket), _kindred(found, ticket.found)
    if exact and found.party and found.party == ticket.found.party:
        return True
    together = said.at - ticket.last_at <= TOGETHER_AGE
    agrees = together and AGREES.search(said.text) is not None
    if not (exact or kin or agrees):
        return False
    wide = agrees or (together and (found.matter is None or found.matter in WIDE))
    mine = _where(reading) or speaker.address or ""
    words = _words_apart(mine, ticket, doors=DOORS if wide else 0)
    apart = _far(speaker, reading, ticket, point, STREET_METRES if wide else NEAR_METRES)
    apart = words if apart is None else apart
    told = named(ticket.place) and any(named(place) for place in reading.places)
    if any((
        agrees and apart is not True and (kin or words is False),
        kin and together and apart is False and _one_thing(said.text, ticket.words),
        found.matter == ticket.found.matter and exact and (apart is False or (together and apart is None)),
        exact and told and words is False and apart is False,
    )):  # fmt: skip
        return True
    if apart is True or said.at - ticket.last_at > PERHAPS_AGE:
        return False
    here = kin and _words_apart(mine, ticket, doors=0) is False
    return None if exact or here else False


def _one_matter(said: Said, new: Found, ticket: InHand) -> bool:
    """The same code, or the other's second choice; of other departments' business, the same one's."""
    old = ticket.found
    if new.matter is None or old.matter is None:
        both = new.matter == old.matter and new.elsewhere and old.elsewhere
        return both and bool(whose(said.text) & whose(ticket.words))
    return new.matter == old.matter or new.matter in old.also[:1] or old.matter in new.also[:1]


def _one_thing(mine: str, theirs: str) -> bool:
    """Both name the same thing, as a manhole's lid, though what is wrong with it be told as two matters."""
    things = [{hit.word for hit in scan(clean(text).text).hits if hit.kind == "thing"} for text in (mine, theirs)]
    return any(len(word) > 1 for word in things[0] & things[1])


def _kindred(new: Found, old: Found) -> bool:
    """Of one family of matters, as two people call one thing by two names."""
    if new.matter is None or old.matter is None:
        return new.matter == old.matter
    codes, others = {new.matter, *new.also}, {old.matter, *old.also}
    return bool(codes & others) or new.matter[:2] == old.matter[:2]


def _far(speaker: Speaker, reading: Reading, ticket: InHand, point: Point | None, within: float) -> bool | None:
    """By points: farther apart than so many metres; None where one is not known, or only its words gave it."""
    here = point or (None if any(named(place) for place in reading.places) else speaker.point)
    if here is None or ticket.point is None:
        return None
    far = metres(here, ticket.point) > within
    return None if far and ticket.worded else far


def _where(reading: Reading) -> str:
    """The places with a name that were told."""
    return " ".join(place for place in reading.places if named(place))


def _words_apart(mine: str, ticket: InHand, *, doors: int) -> bool | None:
    """By words: True at two places, False at one, None where they do not tell. Doors may differ by so many numbers."""
    theirs = ticket.place if named(ticket.place) else ticket.address
    if not (mine and theirs):
        return None
    numbers = numbers_of(mine), numbers_of(theirs)
    if all(numbers) and not _within(*numbers, doors):
        return True
    if names_of(mine) & names_of(theirs):
        return False
    return True if other_names(mine, theirs) else None


def elsewhere(reading: Reading, ticket: InHand) -> bool:
    """True where the words name a place, and the ticket another: two doors far apart, two roads."""
    return named(ticket.place) and _words_apart(_where(reading), ticket, doors=DOORS) is True


def _within(mine: AbstractSet[str], theirs: AbstractSet[str], doors: int) -> bool:
    return any(abs(_number(a) - _number(b)) <= doors for a in mine for b in theirs)


def _number(door: str) -> int:
    """31 of 31号, and of 31-2号."""
    return int(re.split(r"\D", door)[0])
