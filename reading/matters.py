"""Which matter a text tells of: words that say it outright, or a thing and what is wrong with it near by."""

from collections import defaultdict
from dataclasses import dataclass

from reading.cues import Cues, Hit

NEAR = 14
WHOLE, PAIR, ALONE = 2.0, 1.5, 0.3


@dataclass(frozen=True, slots=True)
class Weighed:
    """A matter, how much speaks for it, where it is first told of, and the words that did."""

    code: str
    score: float
    at: int
    words: tuple[str, ...]


def weigh(cues: Cues) -> list[Weighed]:
    """The matters that anything speaks for, weightiest first."""
    wholes: dict[str, list[Hit]] = defaultdict(list)
    things: dict[str, list[Hit]] = defaultdict(list)
    states: dict[str, list[Hit]] = defaultdict(list)
    shelves = {"whole": wholes, "thing": things, "state": states}
    for hit in cues.hits:
        if hit.kind in shelves:
            shelves[hit.kind][hit.key].append(hit)
    found = [_one(code, wholes[code], things[code], states[code]) for code in {*wholes, *things}]
    return sorted((w for w in found if w.score > 0), key=lambda w: (-w.score, w.at, w.code))


def _one(code: str, wholes: list[Hit], things: list[Hit], states: list[Hit]) -> Weighed:
    pairs = [(a, b) for a in things for b in states if _apart(a, b) <= NEAR and not _same(a, b)]
    score, words, places = 0.0, [], []
    if wholes:
        best = max(wholes, key=lambda hit: len(hit.word))
        score += WHOLE + 0.12 * len(best.word)
        words.append(best.word)
        places.append(best.start)
    if pairs:
        thing, state = min(pairs, key=lambda pair: (_apart(*pair), -len(pair[0].word)))
        score += PAIR + 0.12 * (len(thing.word) + len(state.word)) - 0.04 * _apart(thing, state)
        words += [thing.word, state.word]
        places.append(min(thing.start, state.start))
    elif things and not wholes:
        score += ALONE if len(things[0].word) > 1 else 0
        words.append(things[0].word)
        places.append(things[0].start)
    return Weighed(code, score, min(places, default=0), tuple(words))


def _apart(a: Hit, b: Hit) -> int:
    return max(0, max(a.start, b.start) - min(a.end, b.end))


def _same(a: Hit, b: Hit) -> bool:
    return a.start <= b.start and b.end <= a.end
