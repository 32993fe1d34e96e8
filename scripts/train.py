"""Trains the models of reading/ on the corpus: `python -m scripts.train [--without NAME …] [--out FOLDER]`.

Whole conversations can be held out by name. The scenes are rebuilt from the gold: each message is shown with the lines
and tickets that stood before it. Needs requirements/train.txt; the seed is fixed: the same corpus, the same weights.
"""

import argparse
import csv
import json
import random
import tempfile
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot import exports
from models.reading import Act, Found, InHand, Line, Reading, Scene
from models.said import Said, Speaker
from models.words import STAFF, Demand, Status
from reading import features, spotting
from reading.cleaning import clean
from reading.finding import NO_MATTER
from reading.model import FEW, KINDS, WEIGHTS, Head
from reading.signs import signs_of

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SEED = 721
KEPT = timedelta(days=3)
DAYBREAK = datetime(2026, 6, 1, 22, tzinfo=UTC)
PAIRS_A_MATTER = 10
LEXICON_COUNTS = 0.3
FAINT = 0.03
"""Weights so small decide nothing and would fill the files."""
CHAIN = {"c1": 0.02, "c2": 0.2, "max_iterations": 120, "feature.possible_transitions": True}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """How far the weights of a kind of feature may go: grams, what the rules say, the lexicon's matters, the scene."""

    grams: float = 4.0
    text: float = 0.5
    matter: float = 1.5
    scene: float = 0.3

    def of(self, name: str) -> float:
        """The scale of a feature by its name."""
        kinds = {"c": self.grams, "o": self.grams, "M": self.matter, "m": self.matter, "X": self.scene}
        return kinds.get(name[0], self.text)


@dataclass(slots=True)
class Row:
    """An example: grams, other features, the answer, how much it counts."""

    grams: set[str]
    others: set[str]
    answer: str
    counts: float = 1.0


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
        scene = Scene(tuple(lines), tuple(hand for hand in hands.values() if said.at - hand.last_at <= KEPT))
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
    """A sentence of corpus/sentences.jsonl as a message before which nothing was said."""
    said = Said("corpus", str(number), DAYBREAK + timedelta(hours=number % 16), "somebody", text=sentence["text"])
    speaker = Speaker("somebody")
    signs = signs_of(clean(said.text), speaker.role)[0]
    scene = features.of_scene(said, speaker, Reading(signs.act, score=signs.score, topic=signs.topic), Scene())
    wanted = sentence["scope"] != "none"
    ticket = sentence | {"elsewhere": sentence["scope"] == "elsewhere"} if wanted else None
    return Seen(
        said, features.grams(signs), features.of_text(signs), features.of_matter(signs), scene,
        "opening" if wanted else "talk", ticket, sentence["place"],
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


# --- the examples of each head ---------------------------------------------------------------------------------------


def rows(seen: list[Seen], letters: list[Json]) -> dict[str, list[Row]]:
    """Examples by head."""
    asked = [one for one in seen if one.ticket]
    spoken = [one for one in seen if one.said.text.strip()]
    written = [(*_texts(letter["text"]), letter) for letter in letters]
    demands = [(g, t, m, letter) for g, t, m, letter in written if letter["scope"] != "none"]
    found = {
        "kind": [Row(one.grams, one.text | one.scene, one.kind) for one in seen],
        "scope": [Row(one.grams, one.text | one.matter, _scope(one)) for one in spoken if one.kind != "part"],
        "demand": [Row(one.grams, one.text | _code(one.ticket), one.ticket["demand"]) for one in asked if one.ticket],
        "matter": [
            Row(one.grams, one.text | one.matter, one.ticket["matter"] or NO_MATTER) for one in asked if one.ticket
        ],
        "urgent": [Row(one.grams, one.text, "yes" if one.ticket["urgent"] else "no") for one in asked if one.ticket],
    }
    found["scope"] += [Row(g, t | m, letter["scope"]) for g, t, m, letter in written]
    found["demand"] += [Row(g, t | _code(letter), letter["demand"]) for g, t, _, letter in demands]
    found["matter"] += [Row(g, t | m, letter["matter"] or NO_MATTER) for g, t, m, letter in demands]
    found["matter"] += list(of_lexicon())
    return found


def marked(seen: list[Seen], letters: list[Json]) -> list[tuple[list[set[str]], list[str]]]:
    """Texts sign by sign, with the marks of their places."""
    spotted = [(one.said.text, one.spots) for one in seen if one.said.text.strip() and (one.ticket or one.spots)]
    return [_marked(text, spots) for text, spots in [*spotted, *((one["text"], one["place"]) for one in letters)]]


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


def _code(ticket: Json) -> set[str]:
    return {f"m:{ticket['matter'] or NO_MATTER}"}


def _texts(text: str) -> tuple[set[str], set[str], set[str]]:
    signs = signs_of(clean(text), "merchant")[0]
    return features.grams(signs), features.of_text(signs), features.of_matter(signs)


def of_lexicon() -> Iterator[Row]:
    """What the lexicon and the standard say of a matter, as if somebody had said it, counting little."""
    chance = random.Random(SEED)
    lexicon = yaml.safe_load((ROOT / "reading" / "lexicon" / "matters.yaml").read_text(encoding="utf-8"))
    with (ROOT / "models" / "matters.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    for code, name in names.items():
        words = lexicon.get(code) or {}
        pairs = [f"{a}{b}" for a in words.get("things") or [] for b in words.get("states") or []]
        chance.shuffle(pairs)
        for text in [name, *(words.get("whole") or []), *pairs[:PAIRS_A_MATTER]]:
            g, t, m = _texts(str(text))
            yield Row(g, t | m, code, LEXICON_COUNTS)


# --- fitting ----------------------------------------------------------------------------------------------------------


def fit(examples: list[Row], answers: list[str] | None = None, *, strength: float = 1.0,
        counts: dict[str, float] | None = None, scale: Scale = Scale()) -> Head:  # fmt: skip
    """A head by logistic regression. Features seen once are left out, but for those of the lexicon."""
    seen = Counter(name for row in examples for name in (*row.grams, *row.others))
    names = sorted(n for n, times in seen.items() if (times > 1 or n[0] in "Mm") and "\n" not in n)
    at = {name: index for index, name in enumerate(names)}
    classes = answers or sorted({row.answer for row in examples})
    fitted = LogisticRegression(C=strength, max_iter=3000).fit(
        _matrix(examples, at, scale), [classes.index(row.answer) for row in examples],
        sample_weight=[row.counts * (counts or {}).get(row.answer, 1.0) for row in examples],
    )  # fmt: skip
    weights, bias = fitted.coef_, fitted.intercept_
    if len(classes) == 2:  # noqa: PLR2004 - two answers share one row of weights
        weights, bias = np.vstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
    stretched = (weights * np.array([scale.of(name) for name in names])).T
    stretched[np.abs(stretched) < FAINT] = 0
    kept = np.abs(stretched).max(axis=1) > 0
    return Head(classes, [name for name, keep in zip(names, kept, strict=True) if keep], stretched[kept], bias)


def _matrix(examples: list[Row], at: dict[str, int], scale: Scale) -> csr_matrix:
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in examples:
        grams = [at[name] for name in row.grams if name in at]
        others = [(at[name], scale.of(name)) for name in row.others if name in at]
        columns += grams + [column for column, _ in others]
        values += [scale.grams / max(FEW, len(grams)) ** 0.5] * len(grams) + [value for _, value in others]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(examples), len(at)))


def chain(examples: list[tuple[list[set[str]], list[str]]]) -> Head:
    """A chain of marks by a conditional random field; what follows what stands in rows of its own, `>mark`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(CHAIN)
    for names, marks in examples:
        trainer.append([sorted(found) for found in names], marks)
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        learnt = tagger.info()
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(spotting.MARKS))
    for (name, mark), weight in learnt.state_features.items():
        weights[name][spotting.MARKS.index(mark)] = weight
    for (before, mark), weight in learnt.transitions.items():
        weights[f">{before}"][spotting.MARKS.index(mark)] = weight
    names = sorted(weights)
    return Head(spotting.MARKS, names, np.array([weights[name] for name in names]), np.zeros(len(spotting.MARKS)))


HEADS: dict[str, Callable[[list[Row]], Head]] = {
    "kind": lambda found: fit(found, list(KINDS), counts={"opening": 2.0}),
    "scope": lambda found: fit(found, counts={"city": 1.5, "elsewhere": 1.5}),
    "demand": fit,
    "matter": lambda found: fit(found, strength=10.0),
    "urgent": fit,
}


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


def train(seen: list[Seen], written: list[Json], folder: Path) -> None:
    """All heads, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, found in rows(seen, written).items():
        HEADS[name](found).save(folder / f"{name}.npz")
    chain(marked(seen, written)).save(folder / "place.npz")


def main() -> None:
    """The command line."""
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    told.add_argument("--without", nargs="*", default=[], help="conversations to hold out, by name")
    told.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    asked = told.parse_args()
    bases = [base for base in conversations() if base.name not in asked.without]
    seen = everything(bases)
    train(seen, lines("letters.jsonl"), asked.out)
    size = sum(file.stat().st_size for file in asked.out.glob("*.npz")) / 2**20
    print(f"{len(bases)} conversations, {len(seen)} messages; {size:.1f} MB in {asked.out.name}/")


if __name__ == "__main__":
    main()
