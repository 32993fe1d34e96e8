"""Reads one text: what it does in the talk, which matters it tells of, where, who, how urgent, and why it thinks so."""

from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from models.reading import Act, Found, Kinds, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import Scope
from reading import features, model, places, spotting
from reading.cleaning import clean
from reading.cues import lexicon
from reading.finding import founds, scope_of
from reading.pairing import judge, only_her_own
from reading.remarks import remark
from reading.signs import signs_of

WORTH_A_LOOK = 0.02
"""Below such a chance of a ticket nobody asks which matter it would be."""


@dataclass(frozen=True, slots=True)
class Sure:
    """Above `open` a ticket is opened; between the two the sender is asked. Measured in docs/reading.md."""

    open: float = 0.4
    ask: float = 0.25


class Reader:
    """Rules and trained models that read; the same text and role always give the same reading."""

    def __init__(self, sure: Sure = Sure(), weights: Path = model.WEIGHTS) -> None:
        self.sure = sure
        self.models = model.load(weights)
        self._read = lru_cache(maxsize=20_000)(self._read_anew)
        lexicon()

    def read(self, text: str, speaker: Speaker = Speaker("")) -> Reading:  # noqa: B008 - frozen
        """What one text says."""
        return self._read(text[:4096], speaker.role)

    def kinds(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> Kinds:
        """How likely a message is talk, part of a matter told already, or the opening of one."""
        there = self.models.kind.sum(features.of_scene(said, speaker, reading, scene))
        return Kinds(*model.softmax(np.array(reading.kinds, np.float32) + there).tolist())

    def judge(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> Verdict:
        """What becomes of a message."""
        kinds = self.kinds(said, speaker, reading, scene)
        return judge(said, speaker, reading, scene, kinds, open_at=self.sure.open, ask_at=self.sure.ask)

    def opening(self, said: Said, speaker: Speaker, scene: Scene) -> Verdict:  # noqa: ARG002 - the reader's form
        """The ticket that a message would open if it opened one."""
        reading = self.read(said.text, speaker)
        spots = tuple((said.id, place) for place in reading.places)
        return Verdict(
            Step.OPEN, Act.OPENING, founds=reading.founds or (Found(),), places=spots,
            own_place=only_her_own(reading, spots), why=reading.why,
        )  # fmt: skip

    def _read_anew(self, text: str, role: str) -> Reading:
        cleaned = clean(text)
        if not cleaned.text.strip():
            return Reading(kinds=tuple(self.models.kind.bias.tolist()))
        signs, why = signs_of(cleaned, role)
        words = features.grams(signs)
        said = features.of_text(signs)
        kinds = self.models.kind.logits(words, said)
        told = said | features.of_matter(signs)
        scopes = self.models.scope.chances(words, told)
        talk, _, opens = model.softmax(kinds).tolist()
        cut = places.spans if talk > 1 - WORTH_A_LOOK else partial(spotting.spans, self.models.place)
        spots = tuple(dict.fromkeys(piece for a, b in cut(cleaned.text) if (piece := cleaned.span(a, b))))
        noted, denied = remark(cleaned.text, spots)
        told_of: tuple[Found, ...] = ()
        if opens > WORTH_A_LOOK or signs.score > WORTH_A_LOOK or scopes[Scope.NONE] < 1 - WORTH_A_LOOK:
            told_of = founds(self.models, cleaned, signs, words, told, scopes)
        return Reading(
            signs.act, scope_of(signs, scopes, max(opens, signs.score)), told_of,
            tuple(spot for spot in spots if spot not in denied), signs.own_place, signs.score,
            tuple(why), tuple(kinds.tolist()), signs.topic, noted, denied,
        )  # fmt: skip
