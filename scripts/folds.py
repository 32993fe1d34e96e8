"""The corpus in folds: whole conversations are read by models that were trained on the others."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.reading import Reading
from models.said import Speaker
from reading.model import KINDS, Head, softmax
from reading.reader import Reader
from scripts.examples import Row, rows
from scripts.scenes import Seen, alone, conversation, conversations, lines
from scripts.train import HEADS, train

FOLDS = 5
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)
MERCHANT = Speaker("somebody")


def _as_it_is(row: Row) -> Row:
    return row


@dataclass(frozen=True, slots=True)
class Told:
    """A message held out, and how likely each kind was."""

    seen: Seen
    chances: tuple[float, ...]

    @property
    def opening(self) -> float:
        """How likely it opens a ticket."""
        return self.chances[KINDS.index("opening")]


class Measure:
    """The folds, and what was measured on them."""

    def __init__(self) -> None:
        self.talks = {base.name: list(conversation(base)) for base in conversations()}
        self.alone = [alone(sentence, number) for number, sentence in enumerate(lines("sentences.jsonl"))]
        self.letters = lines("letters.jsonl")

    def folds(self, share: float = 1.0) -> Iterator[tuple[list[Seen], list[Seen]]]:
        """What is trained on (or a share of its conversations) and what is held out."""
        names = list(self.talks)
        for fold in range(FOLDS):
            out = names[fold::FOLDS]
            kept = [name for name in names if name not in out]
            kept = kept[: max(1, round(len(kept) * share))]
            trained = [one for name in kept for one in self.talks[name]] + self.alone[: round(len(self.alone) * share)]
            yield trained, [one for name in out for one in self.talks[name]]

    def kinds(self, share: float = 1.0, looks: Callable[[Row], Row] = _as_it_is) -> list[Told]:
        """Every message of the corpus, by models that did not know its conversation."""
        found = []
        for trained, out in self.folds(share):
            head = HEADS["kind"]([looks(row) for row in rows(trained, [])["kind"]])
            found += [_told(head, one, looks) for one in out]
        return found

    def twice(
        self, heard: Mapping[int, Seen], looks: Callable[[Seen], Seen] = lambda one: one
    ) -> tuple[list[Told], list[Told]]:
        """Every message as written, and as it was heard (by its id()), by models trained on what was written."""
        written, misheard = [], []
        for trained, out in self.folds():
            head = HEADS["kind"](rows([looks(one) for one in trained], [])["kind"])
            written += [_told(head, looks(one), _as_it_is) for one in out]
            misheard += [_told(head, looks(heard[id(one)]), _as_it_is) for one in out]
        return written, misheard

    def readings(self) -> list[tuple[Seen, Reading]]:
        """Every opening with words, read by models that did not know its conversation."""
        found = []
        for trained, out in self.folds():
            with tempfile.TemporaryDirectory() as folder:
                weights = Path(folder) / "models.npz"
                train(trained, self.letters, weights)
                reader = Reader(weights=weights)
                found += [
                    (one, reader.read(one.said.text, MERCHANT)) for one in out if one.ticket and one.said.text.strip()
                ]
        return found


def _told(head: Head, one: Seen, looks: Callable[[Row], Row]) -> Told:
    row = looks(Row(one.grams, one.text | one.scene, one.kind))
    return Told(one, tuple(softmax(head.logits(head.names.find(row.grams), head.names.find(row.others))).tolist()))


def f1(told: list[Told], at: float) -> tuple[float, float, float, float]:
    """Precision, recall and f1 of openings, and false tickets per 1,000 messages of talk."""
    opened = [one for one in told if one.opening >= at]
    right = sum(one.seen.kind == "opening" for one in opened)
    wanted = sum(one.seen.kind == "opening" for one in told)
    talk = sum(one.seen.kind == "talk" for one in told)
    false = 1000 * sum(one.seen.kind == "talk" for one in opened) / talk
    return right / max(1, len(opened)), right / wanted, 2 * right / (len(opened) + wanted), false


def best(told: list[Told]) -> float:
    """F1 of openings at the best threshold."""
    return max(f1(told, at)[2] for at in THRESHOLDS)
