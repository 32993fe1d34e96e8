"""What misheard words cost, and whether groups of sounds (pinyin) help: a table made by measure.py."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pypinyin import lazy_pinyin

from reading import features
from reading.cleaning import clean
from reading.signs import signs_of
from scripts.examples import SEED
from scripts.folds import Measure, best
from scripts.scenes import Seen

MISHEARD = 0.1
"""So many signs are written as another of the same sound, as a telephone writes down what it hears."""
LENGTHS = (2, 3)


class Ear:
    """Writes signs down as others of the same sound, among those that the corpus has."""

    def __init__(self, texts: Iterator[str]) -> None:
        alike = defaultdict(set)
        for sign in {sign for text in texts for sign in text if _chinese(sign)}:
            alike[sound(sign)].add(sign)
        self.alike = {heard: sorted(signs) for heard, signs in alike.items()}
        self.chance = random.Random(SEED)

    def hear(self, text: str) -> str:
        """A text as the ear takes it."""
        return "".join(self._hear(sign) for sign in text)

    def _hear(self, sign: str) -> str:
        if not _chinese(sign) or self.chance.random() >= MISHEARD:
            return sign
        return self.chance.choice(self.alike[sound(sign)])


def _chinese(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


@cache
def sound(sign: str) -> str:
    """How a sign is said, without its tone."""
    return lazy_pinyin(sign)[0] if _chinese(sign) else sign


def sounds(text: str) -> set[str]:
    """Groups of two and three sounds."""
    said = ["^", *map(sound, text), "$"]
    return {f"cY{' '.join(said[at : at + n])}" for n in LENGTHS for at in range(len(said) - n + 1)}


def table(measure: Measure) -> list[str]:
    """F1 of openings as written and misheard, by signs alone and with sounds beside them."""
    ear = Ear(one.said.text for talk in measure.talks.values() for one in talk)
    heard = {id(one): _misheard(one, ear) for talk in measure.talks.values() for one in talk}
    body = []
    for name, sounding in (("signs", False), ("signs and sounds", True)):
        written, misheard = measure.twice(heard, _with_sounds if sounding else lambda one: one)
        body.append(f"| {name} | {best(written):.3f} | {best(misheard):.3f} |")
    return ["| groups of | f1 as written | f1 with one sign in ten misheard |", "|---|---|---|", *body]


def _misheard(one: Seen, ear: Ear) -> Seen:
    text = ear.hear(one.said.text)
    words = clean(text)
    if not words.text.strip():
        return one
    staff = any(name.startswith("o") for name in one.grams)
    signs, _ = signs_of(words, "officer" if staff else "merchant")
    said = replace(one.said, text=text)
    return replace(one, said=said, grams=features.grams(signs), text=features.of_text(signs))


def _with_sounds(one: Seen) -> Seen:
    return replace(one, grams=one.grams | sounds(clean(one.said.text).text))
