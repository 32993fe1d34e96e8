"""The load: a district with twenty groups, and what its people say in them. The same for every subject."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import yaml

GROUPS, SQUADS, PEOPLE_A_GROUP = 20, 5, 60
FIRST_PERSON = 900_000
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """Something that a person says in a group."""

    chat: int
    user: int
    text: str
    complains: bool


@lru_cache(maxsize=1)
def words() -> dict[str, list[str]]:
    """What there is to say."""
    found: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return found


def chat_of(group: int) -> int:
    """The id of a merchants' group."""
    return -1_100_000 - group


def squad_chat(number: int) -> int:
    """The id of a squad's group."""
    return -1_200_000 - number


def squad_chats() -> set[int]:
    """The ids of all squads' groups."""
    return {squad_chat(number) for number in range(SQUADS)}


def groups() -> list[Json]:
    """The groups as a configuration names them."""
    squads = [
        {"chat": squad_chat(n), "name": f"squad {n}", "kind": "squad", "squad": f"squad {n}"} for n in range(SQUADS)
    ]
    merchants = [
        {"chat": chat_of(n), "name": f"group {n}", "kind": "merchants", "squad": f"squad {n % SQUADS}"}
        for n in range(GROUPS)
    ]
    return [*squads, *merchants]


def config() -> Json:
    """What a bot is told: groups and officers, no pacing, any port for its own pages."""
    officers = [
        {"user": 800_000 + n, "name": f"officer {n}", "role": "officer", "squad": f"squad {n}"} for n in range(SQUADS)
    ]
    loud = {"answers_a_person": 1000, "answers_a_group": 10000}
    ports = {"web": {"port": 0}, "telegram": {"a_minute": 0}}
    return {**ports, "talk": loud, "groups": groups(), "people": officers}


def world() -> Json:
    """What the playground is told: the same, and the people who speak, whom no bot knows beforehand."""
    speakers = [
        {"user": FIRST_PERSON + n, "name": f"person {n}", "role": "merchant"} for n in range(GROUPS * PEOPLE_A_GROUP)
    ]
    told = config()
    return told | {"people": told["people"] + speakers}


def talk(messages: int, complaints: int, seed: int = 721) -> list[Line]:
    """So many messages over all groups, of which so many complain; each complaint has its own person and place."""
    if complaints > GROUPS * PEOPLE_A_GROUP:
        raise ValueError(f"there are people for {GROUPS * PEOPLE_A_GROUP} complaints")
    chance = Random(seed)
    numbers = cycle(range(complaints))
    complains = [n < complaints for n in range(messages)]
    chance.shuffle(complains)
    return [_complaint(next(numbers)) if one else _chatter(chance) for one in complains]


def _complaint(number: int) -> Line:
    group, turn = number % GROUPS, number // GROUPS
    street = words()["streets"][(turn + group) % len(words()["streets"])]
    what = words()["complaints"][(turn + number) % len(words()["complaints"])]
    place = f"{street}{100 + 2 * turn + 200 * group}号"
    return Line(chat_of(group), FIRST_PERSON + number, f"{place}{what}", complains=True)


def _chatter(chance: Random) -> Line:
    group = chance.randrange(GROUPS)
    user = FIRST_PERSON + group + GROUPS * chance.randrange(PEOPLE_A_GROUP)
    return Line(chat_of(group), user, chance.choice(words()["chatter"]), complains=False)
