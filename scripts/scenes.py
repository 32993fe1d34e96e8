"""The corpus as the models see it: each message in the scene that the gold makes of what was before."""

import json
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import exports
from ledger.ledger import LINES_AGE
from models.reading import Act, Found, InHand, Line, Reading, Scene
from models.said import Said, Speaker
from models.words import STAFF, Demand, Status
from reading import features
from reading.cleaning import clean
from reading.signs import signs_of

CORPUS = Path(__file__).parent.parent / "corpus"
KEPT = timedelta(days=3)
DAYBREAK = datetime(2026, 6, 1, 22, tzinfo=UTC)
HOURS = 16
ALONE_COUNTS = 2.0
"""A sentence that stands alone is a whole kind of message; one of a conversation has its like around it."""
SAID_BEFORE: tuple[tuple[tuple[str, int], ...], ...] = (
    (), (("another", 2),), (("a third", 11), ("another", 6)), (("somebody", 31), ("another", 25)),
)  # fmt: skip
"""Who chatted how many minutes before a sentence that stands alone: most are said into a group that is awake."""
Json = dict[str, Any]


@dataclass(slots=True)
class Seen:
    """A message with its features and what the gold says of it."""

    said: Said
    grams: set[str]
    text: set[str]
    matter: set[str]
    scene: set[str]
    kind: str
    ticket: Json | None
    spots: list[str]
    counts: float = 1.0
    """How much it counts where it is judged what it is, whose, and how urgent."""


def gold_of(base: Path) -> tuple[Json, list[Json]]:
    """The people of a conversation and its tickets."""
    lines = [json.loads(line) for line in base.with_suffix(".gold.jsonl").read_text(encoding="utf-8").splitlines()]
    return lines[0]["chat"], [line for line in lines if "ticket" in line]


def conversation(base: Path) -> Iterator[Seen]:
    """Its messages, each in the scene that the gold makes of what was before."""
    people, tickets = gold_of(base)
    opens, parts = _by_message(tickets)
    spots = defaultdict(list)
    for ticket in tickets:
        for message, spot in ticket["place"]["spans"]:
            spots[message].append(spot)
    lines: deque[Line] = deque(maxlen=60)
    hands: dict[int, InHand] = {}
    for said in exports.messages(base.with_suffix(".export.json"), "corpus", None):
        number, speaker = int(said.id), _speaker(people, said)
        signs = signs_of(clean(said.text), speaker.role)[0] if clean(said.text).text.strip() else None
        reading = Reading(signs.act, score=signs.score, topic=signs.topic) if signs else Reading()
        since = said.at - LINES_AGE
        scene = Scene(
            tuple(line for line in lines if line.at > since),
            tuple(hand for hand in hands.values() if said.at - hand.last_at <= KEPT),
        )
        kind = "opening" if number in opens else "part" if number in parts else "talk"
        first = tickets[opens[number][0]] if number in opens else None
        yield Seen(
            said, features.grams(signs) if signs else set(), features.of_text(signs) if signs else set(),
            features.of_matter(signs) if signs else set(), features.of_scene(said, speaker, reading, scene), kind,
            first, spots.get(number, []),
        )  # fmt: skip
        for index in opens.get(number, ()):
            hands[index] = _opened(index, tickets[index], said)
        for index in parts.get(number, ()):
            if index in hands:
                hands[index] = _moved(hands[index], said, speaker, reading.act)
        known = tuple(index for index in parts.get(number, ()) if index in hands)
        lines.append(
            Line(said.id, said.at, speaker, said.text, reading, said.reply_to, said.point, said.pictured, said.spoken,
                 said.album, known)
        )  # fmt: skip


def alone(sentence: Json, number: int) -> Seen:
    """A sentence of corpus/sentences.jsonl as a message before which nothing was said that matters."""
    said = Said("corpus", str(number), DAYBREAK + timedelta(hours=number % HOURS), "somebody", text=sentence["text"])
    speaker = Speaker("somebody")
    signs = signs_of(clean(said.text), speaker.role)[0]
    chat = SAID_BEFORE[number // HOURS % len(SAID_BEFORE)]
    before = Scene(
        tuple(Line(who, said.at - timedelta(minutes=ago), Speaker(who), "早", Reading()) for who, ago in chat)
    )
    scene = features.of_scene(said, speaker, Reading(signs.act, score=signs.score, topic=signs.topic), before)
    wanted = sentence["scope"] != "none"
    ticket = sentence | {"elsewhere": sentence["scope"] == "elsewhere"} if wanted else None
    return Seen(
        said, features.grams(signs), features.of_text(signs), features.of_matter(signs), scene,
        "opening" if wanted else "talk", ticket, sentence["place"], ALONE_COUNTS,
    )  # fmt: skip


def _by_message(tickets: list[Json]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    opens, parts = defaultdict(list), defaultdict(list)
    for index, ticket in enumerate(tickets):
        opens[ticket["opens"]].append(index)
        for message in ticket["messages"]:
            parts[message].append(index)
    return opens, parts


def _speaker(people: Json, said: Said) -> Speaker:
    roles = {"officers": "officer", "leads": "lead", "workers": "worker"}
    role = next((role for key, role in roles.items() if said.sender in (people.get(key) or [])), "merchant")
    shop = (people.get("shops") or {}).get(said.sender) or {}
    return Speaker(said.sender, role, said.name, shop.get("name"), shop.get("address"))


def _opened(index: int, ticket: Json, said: Said) -> InHand:
    found = Found(Demand(ticket["demand"]), ticket["matter"])
    return InHand(
        index,
        Status.DISPATCHED,
        (said.sender,),
        None,
        found,
        "",
        None,
        pinned=False,
        opened_at=said.at,
        last_at=said.at,
    )


def _moved(hand: InHand, said: Said, speaker: Speaker, act: Act) -> InHand:
    """Who answers first has it; who says that it is done has done it."""
    hand = replace(hand, last_at=said.at)
    if speaker.role not in STAFF:
        return hand
    if hand.officer is None:
        hand = replace(hand, officer=said.sender, status=Status.ACCEPTED)
    return replace(hand, status=Status.RESOLVED) if act is Act.DONE else hand


def conversations() -> list[Path]:
    """All of the corpus."""
    return [file.with_name(file.name.removesuffix(".gold.jsonl")) for file in sorted(CORPUS.glob("*.gold.jsonl"))]


def lines(name: str) -> list[Json]:
    """A file of JSON lines of the corpus."""
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def everything(bases: list[Path]) -> list[Seen]:
    """All messages of these conversations, and the sentences that stand alone."""
    told = [one for base in bases for one in conversation(base)]
    return told + [alone(sentence, number) for number, sentence in enumerate(lines("sentences.jsonl"))]
