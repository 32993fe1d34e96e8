"""Finds the lexicon's words in a text in one pass."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import ahocorasick

from reading.irony import ironic

ASSERTED = {"thanks", "done", "arriving", "advert"}
DENIALS = {"不", "没", "未"}
HERE = Path(__file__).with_name("lexicon")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found: its kind (`cue:request`, `whole:09006`, `thing:09006`, `state:09006`) and where."""

    kind: str
    key: str
    word: str = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cues:
    """All hits of a text, by kind and key."""

    hits: tuple[Hit, ...]

    def of(self, key: str) -> list[Hit]:
        """The hits of one cue."""
        return [hit for hit in self.hits if hit.kind == "cue" and hit.key == key]

    def has(self, *keys: str) -> bool:
        """True where any of these cues was found."""
        return any(hit.kind == "cue" and hit.key in keys for hit in self.hits)


def words(name: str) -> dict[str, dict[str, Any]]:
    """A file of the lexicon (its README says what stands in it)."""
    found: dict[str, dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def lexicon() -> tuple[ahocorasick.Automaton, dict[str, float]]:
    """All words, ready to be looked for, and the weight of each cue; reader.py has it made when a program starts."""
    automaton: Any = ahocorasick.Automaton()
    entries: dict[str, list[tuple[str, str]]] = defaultdict(list)
    weights = {}
    for key, cue in words("cues").items():
        weights[key] = float(cue["weight"])
        for word in cue["words"]:
            entries[word.lower()].append(("cue", key))
    for code, told in words("matters").items():
        for kind, name in (("whole", "whole"), ("thing", "things"), ("state", "states")):
            for word in told.get(name, ()):
                entries[word.lower()].append((kind, code))
    for word, meanings in entries.items():
        automaton.add_word(word, (word, tuple(meanings)))
    automaton.make_automaton()
    return automaton, weights


def weight(key: str) -> float:
    """How much a cue speaks for opening a ticket."""
    return lexicon()[1][key]


def scan(text: str) -> Cues:
    """Every word of the lexicon in a cleaned text; a cue that is denied or only a piece of a longer word is none.

    Thanks in a complaint that speaks in praise are no thanks.
    """
    automaton, _ = lexicon()
    found = [
        Hit(kind, key, word, end - len(word) + 1, end + 1)
        for end, (word, meanings) in automaton.iter(text)
        for kind, key in meanings
    ]
    found = [hit for hit in found if hit.kind != "cue" or not (_denied(text, hit) or _inside(hit, found))]
    praise = ironic(text)
    if praise:
        found = [hit for hit in found if hit.key != "thanks"] + [Hit("cue", "irony", praise[0], *praise.span())]
    return Cues(tuple(found))


def _denied(text: str, hit: Hit) -> bool:
    """「不亮了」 is no 「亮了」."""
    return hit.key in ASSERTED and text[max(0, hit.start - 1) : hit.start] in DENIALS


def _inside(hit: Hit, found: list[Hit]) -> bool:
    return any(
        other.key != hit.key and other.start <= hit.start and hit.end <= other.end and len(other.word) > len(hit.word)
        for other in found
        if other.kind == "cue"
    )
