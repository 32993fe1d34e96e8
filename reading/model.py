"""The trained models: for each question a table of how much every feature speaks for every answer (scripts/train.py).

They are linear: what decided can be read off. Their card, with figures and errors, is docs/reading.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

FEW = 8
"""Grams of a text count as if there were at least so many."""
WEIGHTS = Path(__file__).parent / "weights" / "models.npz"
KINDS = ("talk", "part", "opening")
Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Rows = NDArray[np.int32]
"""Where known features stand among all that are known."""
Digests = NDArray[np.uint64]


def digests(features: Iterable[str]) -> Digests:
    """Numbers that stand for features; two of them never met in one."""
    return np.fromiter(map(xxhash.xxh3_64_intdigest, map(str.encode, features)), np.uint64)


class Names:
    """The features that are known, by their digests in order: names of a hundred thousand would take long to read."""

    def __init__(self, known: Digests) -> None:
        self.known = known

    @classmethod
    def of(cls, found: Digests) -> "Names":
        """Those of these digests, in any order."""
        return cls(np.unique(found))

    def find(self, features: Iterable[str]) -> Rows:
        """Where those of these features stand that are known."""
        return self.at(digests(features))

    def at(self, looked_for: Digests) -> Rows:
        """The same by digests."""
        if not self.known.size:
            return np.empty(0, np.int32)
        at = np.searchsorted(self.known, looked_for)
        at[at == self.known.size] = 0
        return np.asarray(at[self.known[at] == looked_for], np.int32)

    def find_all(self, many: Sequence[Iterable[str]]) -> tuple[Rows, Rows]:
        """For each of many the same, at once: whose, and where."""
        every = [list(features) for features in many]
        owners = np.repeat(np.arange(len(every), dtype=np.int32), [len(features) for features in every])
        looked_for = digests(name for features in every for name in features)
        at = np.searchsorted(self.known, looked_for)
        at[at == self.known.size] = 0
        there = self.known[at] == looked_for
        return owners[there], at[there].astype(np.int32)


class Head:
    """One question: its answers, and how much each known feature speaks for each.

    Rows of `weights` stand in the order of the features' digests; `row` leads from where a feature stands among
    `names` to its row, or to -1.
    """

    def __init__(self, answers: Sequence[str], names: Names, row: Rows, weights: Halves, bias: Floats) -> None:
        self.answers, self.names, self.row = tuple(answers), names, row
        self.weights, self.bias = weights, bias

    @classmethod
    def of(cls, answers: Sequence[str], features: Sequence[str], weights: Floats, bias: Floats) -> "Head":
        """A head that knows these features, a row of weights each."""
        found = digests(features)
        row = np.arange(len(features), dtype=np.int32)
        ordered = weights[np.argsort(found)].astype(np.float16)
        return cls(answers, Names.of(found), row, ordered, bias.astype(np.float32))

    def among(self, names: Names) -> "Head":
        """The same head, to be asked by rows of more names."""
        row = np.full(names.known.size, -1, np.int32)
        row[names.at(self.names.known)] = self.row
        return Head(self.answers, names, row, self.weights, self.bias)

    def sum(self, found: Rows) -> Floats:
        """How much these features speak for each answer."""
        return self._sum(self._known(found))

    def sums(self, many: Sequence[Iterable[str]]) -> Floats:
        """The same for each of many groups of features, at once: a row for each."""
        return self.sums_of(len(many), *self.names.find_all(many))

    def sums_of(self, count: int, owners: Rows, found: Rows) -> Floats:
        """The same where it is known already whose feature stands where."""
        rows = self.row[found]
        sums = np.zeros((count, len(self.answers)), np.float32)
        np.add.at(sums, owners[rows >= 0], self.weights[rows[rows >= 0]].astype(np.float32))
        return sums

    def _known(self, found: Rows) -> Rows:
        rows = self.row[found]
        return np.asarray(rows[rows >= 0], np.int32)

    def _sum(self, rows: Rows) -> Floats:
        return np.asarray(self.weights[rows].sum(axis=0, dtype=np.float32))

    def logits(self, grams: Rows, others: Rows) -> Floats:
        """For each answer, by a text's grams and its other features."""
        known = self._known(grams)
        scale = 1 / max(FEW, known.size) ** 0.5
        return np.asarray(self.bias + self._sum(known) * scale + self.sum(others), np.float32)

    def chances(self, grams: Rows, others: Rows) -> dict[str, float]:
        """How likely each answer is, the likeliest first."""
        found = softmax(self.logits(grams, others))
        return {self.answers[i]: float(found[i]) for i in np.argsort(-found)}


def softmax(logits: Floats) -> Floats:
    """Logits as chances."""
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), np.float32)


@dataclass(frozen=True, slots=True)
class Models:
    """The heads: what a message is, whose, which demand, matter, number to call, can it wait; where place, party are.

    All of them know their features by the same names, so that a text's are looked up once.
    """

    kind: Head
    scope: Head
    demand: Head
    matter: Head
    urgent: Head
    emergency: Head
    place: Head
    party: Head

    @classmethod
    def of(cls, **heads: Head) -> "Models":
        """These heads, by their field, with their names put together."""
        names = Names.of(np.concatenate([head.names.known for head in heads.values()]))
        return cls(**{field: head.among(names) for field, head in heads.items()})

    @property
    def names(self) -> Names:
        """What is known by any of them."""
        return self.kind.names

    def save(self, path: Path) -> None:
        """Into one file: only the weights that are not nought, in half precision."""
        parts: dict[str, Any] = {"known": self.names.known}
        for field in fields(self):
            head: Head = getattr(self, field.name)
            rows, columns = np.nonzero(head.weights)
            parts |= {
                f"{field.name}.answers": np.array(head.answers),
                f"{field.name}.bias": head.bias,
                f"{field.name}.known": np.flatnonzero(head.row >= 0).astype(np.int32),
                f"{field.name}.counts": np.bincount(rows, minlength=len(head.weights)).astype(np.uint8),
                f"{field.name}.columns": columns.astype(np.uint8),
                f"{field.name}.weights": head.weights[rows, columns],
            }
        np.savez(path, **parts)

    @classmethod
    def load(cls, path: Path) -> "Models":
        """From a file of `save`. Raises OSError where it is missing."""
        with np.load(path) as file:
            names = Names(file["known"])
            return cls(*(_head(file, field.name, names) for field in fields(cls)))


def _head(file: Any, name: str, names: Names) -> Head:
    answers, known = file[f"{name}.answers"].tolist(), file[f"{name}.known"]
    row = np.full(names.known.size, -1, np.int32)
    row[known] = np.arange(known.size, dtype=np.int32)
    weights = np.zeros((known.size, len(answers)), np.float16)
    rows = np.repeat(np.arange(known.size, dtype=np.int32), file[f"{name}.counts"])
    weights[rows, file[f"{name}.columns"]] = file[f"{name}.weights"]
    return Head(answers, names, row, weights, file[f"{name}.bias"])


@lru_cache(maxsize=4)
def load(path: Path = WEIGHTS) -> Models:
    """The models of a file. Raises OSError where it is missing."""
    return Models.load(path)
