"""The trained models: for each question a table of how much every feature speaks for every answer (scripts/train.py).

They are linear: what decided can be read off. Their card, with figures and errors, is docs/reading.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEW = 8
"""Grams of a text count as if there were at least so many."""
WEIGHTS = Path(__file__).parent / "weights"
KINDS = ("talk", "part", "opening")
Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


class Head:
    """One question: its answers, and the weights of features for each."""

    def __init__(self, answers: Iterable[str], names: Iterable[str], weights: Halves, bias: Floats) -> None:
        self.answers = tuple(answers)
        self.names = tuple(names)
        self.weights, self.bias = weights.astype(np.float16, copy=False), bias.astype(np.float32)
        self._at = {name: row for row, name in enumerate(self.names)}

    @classmethod
    def load(cls, path: Path) -> "Head":
        """From a file of `save`. Raises OSError where it is missing."""
        with np.load(path) as file:
            names = file["names"].tobytes().decode().split("\n")
            answers = file["answers"].tolist()
            weights = np.zeros(len(names) * len(answers), np.float16)
            weights[file["at"]] = file["weights"]
            return cls(answers, names, weights.reshape(len(names), len(answers)), file["bias"])

    def save(self, path: Path) -> None:
        """Into a file: only the weights that are not nought, in half precision."""
        names: Any = np.frombuffer("\n".join(self.names).encode(), dtype=np.uint8)
        flat = self.weights.ravel()
        at = np.flatnonzero(flat)
        np.savez_compressed(
            path, answers=np.array(self.answers), names=names, at=at.astype(np.int32), weights=flat[at], bias=self.bias
        )

    def sum(self, features: Iterable[str]) -> Floats:
        """How much these features speak for each answer."""
        rows = [row for name in features if (row := self._at.get(name)) is not None]
        return self._sum(rows)

    def sums(self, many: Sequence[Iterable[str]]) -> Floats:
        """The same for each of many, at once: a row for each."""
        owners, rows = [], []
        for owner, features in enumerate(many):
            known = [row for name in features if (row := self._at.get(name)) is not None]
            owners += [owner] * len(known)
            rows += known
        found = np.zeros((len(many), len(self.answers)), np.float32)
        np.add.at(found, owners, self.weights[rows].astype(np.float32))
        return found

    def _sum(self, rows: list[int]) -> Floats:
        return np.asarray(self.weights[rows].sum(axis=0, dtype=np.float32))

    def logits(self, grams: Iterable[str], others: Iterable[str]) -> Floats:
        """For each answer, by a text's grams and its other features."""
        rows = [row for name in grams if (row := self._at.get(name)) is not None]
        scale = 1 / max(FEW, len(rows)) ** 0.5
        return np.asarray(self.bias + self._sum(rows) * scale + self.sum(others), np.float32)

    def chances(self, grams: Iterable[str], others: Iterable[str]) -> dict[str, float]:
        """How likely each answer is, the likeliest first."""
        found = softmax(self.logits(grams, others))
        return {self.answers[i]: float(found[i]) for i in np.argsort(-found)}


def softmax(logits: Floats) -> Floats:
    """Logits as chances."""
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), np.float32)


@dataclass(frozen=True, slots=True)
class Models:
    """The heads: what a message is, whose business, which demand, which matter, can it wait, where its places stand."""

    kind: Head
    scope: Head
    demand: Head
    matter: Head
    urgent: Head
    place: Head


@lru_cache(maxsize=4)
def load(folder: Path = WEIGHTS) -> Models:
    """The models of a folder. Raises OSError where one is missing."""
    return Models(*(Head.load(folder / f"{name}.npz") for name in Models.__slots__))
