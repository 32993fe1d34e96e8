"""Trains the models of reading/ on the corpus: `python -m scripts.train [--without NAME …] [--out FILE]`.

Whole conversations can be held out by name. Needs requirements/train.txt; the seed is fixed: the same corpus gives the
same weights.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from reading import spotting
from reading.model import FEW, KINDS, WEIGHTS, Head, Models
from scripts.examples import Row, blamed, marked, rows
from scripts.scenes import Json, Seen, alone, conversations, everything, lines

FAINT = 0.03
"""Weights so small decide nothing and would fill the files."""
CHAIN = {"c1": 0.02, "c2": 0.2, "max_iterations": 120, "feature.possible_transitions": True}
PARTY_CHAIN = CHAIN | {"c1": 0.1, "c2": 0.5, "max_iterations": 60}


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
    return Head.of(classes, [name for name, keep in zip(names, kept, strict=True) if keep], stretched[kept], bias)


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


def chain(examples: list[tuple[list[set[str]], list[str]]], settings: dict[str, Any] = CHAIN) -> Head:
    """A chain of marks by a conditional random field; what follows what stands in rows of its own, `>mark`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(settings)
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
    return Head.of(spotting.MARKS, names, np.array([weights[name] for name in names]), np.zeros(len(spotting.MARKS)))


HEADS: dict[str, Callable[[list[Row]], Head]] = {
    "kind": lambda found: fit(found, list(KINDS), counts={"opening": 1.6}),
    "scope": lambda found: fit(found, counts={"city": 1.5, "elsewhere": 1.5}),
    "demand": lambda found: fit(found, strength=2.0),
    "matter": lambda found: fit(found, strength=10.0),
    "urgent": fit,
    "emergency": lambda found: fit(found, strength=4.0),
}


def train(seen: list[Seen], written: list[Json], path: Path, dangers: Sequence[Seen] = ()) -> None:
    """All heads, into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    heads = {name: HEADS[name](found) for name, found in rows(seen, written, dangers).items()}
    chains = {"place": chain(marked(seen, written)), "party": chain(blamed(seen, written), PARTY_CHAIN)}
    Models.of(**heads, **chains).save(path)


def main() -> None:
    """The command line."""
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    told.add_argument("--without", nargs="*", default=[], help="conversations to hold out, by name")
    told.add_argument("--out", type=Path, default=WEIGHTS, help="the file that the weights go to")
    asked = told.parse_args()
    bases = [base for base in conversations() if base.name not in asked.without]
    seen = everything(bases)
    dangers = [alone(sentence, number) for number, sentence in enumerate(lines("emergencies.jsonl"))]
    train(seen, lines("letters.jsonl"), asked.out, dangers)
    size = asked.out.stat().st_size / 2**20
    print(f"{len(bases)} conversations, {len(seen)} messages; {size:.1f} MB in {asked.out.name}")


if __name__ == "__main__":
    main()
