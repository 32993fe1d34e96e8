"""What the corpus teaches each model: its messages, sentences and letters as features with an answer."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reading import demands, features, spotting
from reading.cleaning import clean
from reading.cues import words
from reading.demands import NO_MATTER
from reading.signs import signs_of
from reading.urgency import NOBODY
from scripts.scenes import CORPUS, Json, Seen

ROOT = CORPUS.parent
SEED = 721
PAIRS_A_MATTER = 10
LEXICON_COUNTS = 0.3
LETTER_COUNTS = 3.0
"""Letters hold most of what other departments are asked; the talk of groups has little of it."""
OF_DANGER = ("scope", "urgent", "emergency")
LETTERS_DEMAND = 0.2
"""Who writes a letter asks in another way than who talks in a group, and letters are many."""
LETTERS_WITHOUT = 5
"""One letter in so many that complain of nobody is enough."""


@dataclass(slots=True)
class Row:
    """An example: grams, other features, the answer, how much it counts."""

    grams: set[str]
    others: set[str]
    answer: str
    counts: float = 1.0


def rows(seen: list[Seen], letters: list[Json], dangers: Sequence[Seen] = ()) -> dict[str, list[Row]]:
    """Examples by head. Dangers teach what they are alone: as many in a corpus of talk would be heard everywhere."""
    written = [(*_texts(letter["text"]), letter) for letter in letters]
    wanted = [(g, t, m, letter) for g, t, m, letter in written if letter["scope"] != "none"]
    found = _spoken(seen)
    for head in OF_DANGER:
        found[head] += _spoken(dangers)[head]
    found["scope"] += [Row(g, t | m, letter["scope"], LETTER_COUNTS) for g, t, m, letter in written]
    found["demand"] += [
        Row(g, t | _demand(letter["text"], letter), letter["demand"], LETTERS_DEMAND) for g, t, _, letter in wanted
    ]
    found["matter"] += [Row(g, t | m, letter["matter"] or NO_MATTER) for g, t, m, letter in wanted]
    found["matter"] += list(of_lexicon())
    return found


def _spoken(seen: Sequence[Seen]) -> dict[str, list[Row]]:
    asked = [one for one in seen if one.ticket]
    spoken = [one for one in seen if one.said.text.strip()]
    return {
        "kind": [Row(one.grams, one.text | one.scene, one.kind, one.counts) for one in seen],
        "scope": [
            Row(one.grams, one.text | one.matter, _scope(one), one.counts) for one in spoken if one.kind != "part"
        ],
        "demand": [
            Row(one.grams, one.text | _demand(one.said.text, one.ticket), one.ticket["demand"])
            for one in asked if one.ticket
        ],
        "matter": [
            Row(one.grams, one.text | one.matter, one.ticket["matter"] or NO_MATTER) for one in asked if one.ticket
        ],
        "urgent": [
            Row(one.grams, one.text | _matter(one.ticket), _urgent(one.ticket), one.counts)
            for one in asked if one.ticket
        ],
        "emergency": [
            Row(one.grams, one.text | _matter(one.ticket), _number(one.ticket), one.counts)
            for one in asked if one.ticket
        ],
    }  # fmt: skip


def marked(seen: list[Seen], letters: list[Json]) -> list[tuple[list[set[str]], list[str]]]:
    """Texts sign by sign, with the marks of their places."""
    spotted = [(one.said.text, one.spots) for one in seen if one.said.text.strip() and (one.ticket or one.spots)]
    return [_marked(text, spots) for text, spots in [*spotted, *((one["text"], one["place"]) for one in letters)]]


def blamed(seen: list[Seen], letters: list[Json]) -> list[tuple[list[set[str]], list[str]]]:
    """Texts sign by sign, with the marks of who is complained of."""
    spoken = [(one.said.text, one.ticket["party"]) for one in seen if one.ticket and one.said.text.strip()]
    written = [(one["text"], one["party"]) for one in letters if one["scope"] != "none"]
    silent = [pair for pair in written if not pair[1]][::LETTERS_WITHOUT]
    pairs = [*spoken, *(pair for pair in written if pair[1]), *silent]
    there = [(text, party) for text, party in pairs if not party or clean(party).text in clean(text).text]
    return [_marked(text, [party] if party else []) for text, party in there]


def _marked(text: str, spots: list[str]) -> tuple[list[set[str]], list[str]]:
    cleaned = clean(text).text
    marks = ["out"] * len(cleaned)
    for spot in (clean(spot).text for spot in spots):
        start = cleaned.find(spot)
        if spot and start >= 0:
            marks[start : start + len(spot)] = ["first"] + ["in"] * (len(spot) - 1)
    return spotting.features(cleaned), marks


def _scope(one: Seen) -> str:
    return "none" if one.ticket is None else "elsewhere" if one.ticket["elsewhere"] else "city"


def _demand(text: str, ticket: Json) -> set[str]:
    return demands.of_demand(clean(text).text, ticket["matter"] or NO_MATTER)


def _matter(ticket: Json) -> set[str]:
    return demands.of_matter(ticket["matter"] or NO_MATTER)


def _urgent(ticket: Json) -> str:
    return "yes" if ticket["urgent"] else "no"


def _number(ticket: Json) -> str:
    return ticket["emergency"] or NOBODY


def _texts(text: str) -> tuple[set[str], set[str], set[str]]:
    signs = signs_of(clean(text), "merchant")[0]
    return features.grams(signs), features.of_text(signs), features.of_matter(signs)


def of_lexicon() -> Iterator[Row]:
    """What the lexicon and the standard say of a matter, as if somebody had said it, counting little."""
    chance = random.Random(SEED)
    lexicon = words("matters")
    with (ROOT / "models" / "matters.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    for code, name in names.items():
        told = lexicon.get(code, {})
        pairs = [f"{a}{b}" for a in told.get("things", ()) for b in told.get("states", ())]
        chance.shuffle(pairs)
        for text in [name, *(told.get("whole", ())), *pairs[:PAIRS_A_MATTER]]:
            g, t, m = _texts(text)
            yield Row(g, t | m, code, LEXICON_COUNTS)
