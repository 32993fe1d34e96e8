"""Lists the sentences of tests/reading/sentences.jsonl that are read wrong, each with why: `python -m scripts.missed`.

To be run after training; tests/reading/test_sentences.py holds the reader to everything that is not in the list.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from models.reading import Reading, Scene
from models.said import Said, Speaker
from reading.reader import Reader
from scripts.scenes import CORPUS, Json
from scripts.why import CONFUSED, IMAGINED, UNHEARD, why

SENTENCES = CORPUS.parent / "tests" / "reading" / "sentences.jsonl"
MISSED = SENTENCES.with_name("missed.jsonl")
SOMEBODY, NOON = Speaker("7001"), datetime(2026, 3, 2, 4, tzinfo=UTC)


def wrong(reader: Reader, sentence: Json) -> tuple[str, ...]:
    """What of a sentence is read wrong: `opening` (asked or opened where nothing is wanted, or not), `matter`."""
    said = Said("c", "1", NOON, SOMEBODY.id, text=sentence["text"])
    reading = reader.read(said.text, SOMEBODY)
    heard = reader.kinds(said, SOMEBODY, reading, Scene()).opening >= reader.sure.ask
    found = []
    if heard != (sentence["scope"] != "none"):
        found.append("opening")
    if sentence["scope"] == "city" and sentence["matter"] and not _defensible(reading, sentence):
        found.append("matter")
    return tuple(found)


def _defensible(reading: Reading, sentence: Json) -> bool:
    return reading.found is not None and reading.found.matter in {sentence["matter"], *sentence["also"]}


def missed() -> Iterator[Json]:
    """Those read wrong."""
    reader = Reader()
    for sentence in map(json.loads, SENTENCES.read_text(encoding="utf-8").splitlines()):
        if found := wrong(reader, sentence):
            reasons = CONFUSED if found == ("matter",) else IMAGINED if sentence["scope"] == "none" else UNHEARD
            yield {"text": sentence["text"], "wrong": list(found), "why": why(sentence["text"], "merchant", reasons)}


def main() -> None:
    """Write the list."""
    found = list(missed())
    MISSED.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in found), encoding="utf-8")
    print(f"{len(found)} missed")


if __name__ == "__main__":
    main()
