"""Sentences that no model was trained on (sentences.jsonl): how many of them are read as a clerk would read them.

Each is read right but for those of missed.jsonl, which says why; the floors beneath hold what they come to.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.reading import Reading, Scene
from models.said import Said
from reading.reader import Reader
from scripts.missed import NOON, SOMEBODY, wrong

SENTENCES = [
    json.loads(line) for line in Path(__file__).with_name("sentences.jsonl").read_text(encoding="utf-8").splitlines()
]
MISSED = {
    line["text"]: line["wrong"]
    for line in map(json.loads, Path(__file__).with_name("missed.jsonl").read_text(encoding="utf-8").splitlines())
}
REPO = Path(__file__).parent.parent.parent
READER = Reader()
Json = dict[str, Any]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["text"] for sentence in SENTENCES])
def test_sentence_is_read_as_a_clerk_reads_it(sentence: Json) -> None:
    """Whether something is wanted, and which matter; `python -m scripts.missed` lists those that are not."""
    assert list(wrong(READER, sentence)) == MISSED.get(sentence["text"], [])


@pytest.fixture(scope="module")
def read() -> list[tuple[Json, Reading, float]]:
    """Each sentence, what it is read as, and how likely it opens a ticket where nothing was said before."""
    found = []
    for sentence in SENTENCES:
        said = Said("c", "1", NOON, SOMEBODY.id, text=sentence["text"])
        reading = READER.read(said.text, SOMEBODY)
        found.append((sentence, reading, READER.kinds(said, SOMEBODY, reading, Scene()).opening))
    return found


def _share(outcomes: Iterator[bool]) -> float:
    told = list(outcomes)
    return sum(told) / len(told)


def test_there_are_enough_of_each_kind() -> None:
    """At least 600, of which 250 want nothing, and all matters of majors 06 to 10."""
    assert len(SENTENCES) >= 600
    assert sum(sentence["scope"] == "none" for sentence in SENTENCES) >= 250
    codes = {code for sentence in SENTENCES if (code := sentence["matter"])}
    assert len({code for code in codes if code >= "06"}) >= 97


def test_demands_open_and_talk_stays_talk(read: list[tuple[Json, Reading, float]]) -> None:
    """Of what opens nine in ten are demands, and nine demands in ten open."""
    opened = [sentence["scope"] != "none" for sentence, _, chance in read if chance >= READER.sure.open]
    assert sum(opened) / len(opened) >= 0.9
    assert _share(chance >= READER.sure.open for sentence, _, chance in read if sentence["scope"] != "none") >= 0.9


def test_matters_are_named(read: list[tuple[Json, Reading, float]]) -> None:
    """Two matters in three, of two hundred and fifty that there are."""
    named = [(s, reading.found) for s, reading, _ in read if s["matter"] and reading.found]
    assert _share(found.matter in {s["matter"], *s["also"]} for s, found in named if found) >= 0.66


def test_places_are_pieces_of_the_words(read: list[tuple[Json, Reading, float]]) -> None:
    """Whatever it cuts out stands there letter by letter."""
    assert all(place in sentence["text"] for sentence, reading, _ in read for place in reading.places)
