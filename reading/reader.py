"""Reads one text: what it does in the talk, which matters it tells of, where, who, how urgent, and why it thinks so."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.matters import MATTERS
from models.question import Question
from models.reading import Act, Found, Kinds, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import Scope
from reading import features, fragments, model, places, spotting
from reading.cleaning import LONGEST, clean
from reading.cues import lexicon
from reading.finding import founds, scope_of
from reading.pairing import judge, opening
from reading.remarks import note
from reading.second.doubt import Doubt, unsure
from reading.signs import signs_of

if TYPE_CHECKING:
    from reading.second.advised import Advised

WORTH_A_LOOK = 0.02
"""Below such a chance of a ticket nobody asks which matter it would be."""
LIKELY_MATTERS = 12
"""So many matters are put before a second reader."""


@dataclass(frozen=True, slots=True)
class Sure:
    """Above `open` a ticket is opened; between the two the sender is asked. Measured in docs/reading.md."""

    open: float = 0.35
    ask: float = 0.25


class Reader:
    """Rules and trained models that read; the same text and role always give the same reading."""

    def __init__(self, sure: Sure = Sure(), weights: Path = model.WEIGHTS, doubt: Doubt | None = None) -> None:
        self.sure, self.doubt = sure, doubt
        self.models = model.load(weights)
        self._read = lru_cache(maxsize=20_000)(self._read_anew)
        lexicon()

    def read(self, text: str, speaker: Speaker = Speaker("")) -> Reading:  # noqa: B008 - frozen
        """What one text says."""
        return self._read(text[:LONGEST], speaker.role)

    def kinds(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> Kinds:
        """How likely a message is talk, part of a matter told already, or the opening of one."""
        there = self.models.kind.sum(self._known(features.of_scene(said, speaker, reading, _until(said, scene))))
        return Kinds(*model.softmax(np.array(reading.kinds, np.float32) + there).tolist())

    def judge(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> Verdict:
        """What becomes of a message, alone or as the last of her pieces."""
        verdict = self.decide(said, speaker, reading, scene, self.kinds(said, speaker, reading, scene))
        added = verdict.step is Step.ADD and verdict.act is not Act.ANSWER
        return verdict if added else self._together(said, speaker, reading, scene, verdict)

    def _together(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene, alone: Verdict) -> Verdict:
        """The opening of a demand told by pieces: of as few as make one, and of those before that tell something."""
        if alone.step is Step.TALK and fragments.goes_on(said, speaker, reading, scene):
            kinds = self.kinds(said, speaker, reading, fragments.hers_alone(speaker, scene))
            return self.decide(said, speaker, reading, scene, kinds)
        found = alone
        for some, whole, shown in fragments.joined(said, fragments.before(said, speaker, reading, scene), scene):
            if found.step is Step.OPEN and not fragments.tells(some[0]):
                break
            told = self.read(whole.text, speaker)
            kinds = self.kinds(whole, speaker, told, fragments.hers_alone(speaker, shown))
            verdict = self.decide(whole, speaker, told, shown, kinds)
            if fragments.enough(told, verdict):
                found = fragments.gathered(verdict, said, reading, some, scene)
        return found

    def decide(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene, kinds: Kinds) -> Verdict:
        """What becomes of a message that is likely so."""
        return judge(said, speaker, reading, scene, kinds, open_at=self.sure.open, ask_at=self.sure.ask)

    def opening(self, said: Said, speaker: Speaker, scene: Scene) -> Verdict:
        """The ticket that a message would open if it opened one."""
        return opening(said, speaker, self.read(said.text, speaker), scene)

    # --- a second reader (reading/second/) -------------------------------------------------------------------------

    @property
    def asks(self) -> bool:
        """True where a second reader is connected."""
        return self.doubt is not None

    def question(  # noqa: PLR0913, PLR0917 - all that the verdict came from
        self, said: Said, speaker: Speaker, reading: Reading, scene: Scene, verdict: Verdict, names: Iterable[str]
    ) -> Question | None:
        """What a second reader is asked; None where this one is sure, or there is no other. `names` are masked."""
        kinds = self.kinds(said, speaker, reading, scene) if self.doubt else None
        if not self.doubt or kinds is None or not unsure(said, speaker, reading, scene, kinds, verdict, self.doubt):
            return None
        from reading.second.prompt import ask  # noqa: PLC0415 - takes long to import, and is seldom needed
        from reading.second.window import window  # noqa: PLC0415 - likewise

        return ask(window(said, speaker, scene, names), self.likely(said.text, speaker.role, reading))

    def advised(self, question: Question, answer: Any) -> "Advised":
        """The same with a second reader's answer; its `judge` raises Refused where the answer may not be used."""
        from reading.second.advised import Advised  # noqa: PLC0415 - takes long to import, and is seldom needed

        return Advised(self, question, answer)

    def askable(self) -> float:
        """A chance of an opening at which the sender is asked; nought where nobody is ever asked."""
        return self.sure.ask if self.sure.ask < self.sure.open else 0.0

    def likely(self, text: str, role: str, reading: Reading) -> list[str]:
        """Codes of the matters that a text may tell of: those of its reading, then the model's likeliest."""
        signs, _ = signs_of(clean(text[:LONGEST]), role)
        told = self._known(features.of_text(signs) | features.of_matter(signs))
        first = (code for found in reading.founds for code in (found.matter, *found.also) if code)
        modelled = (
            code for code in self.models.matter.chances(self._known(features.grams(signs)), told) if code in MATTERS
        )
        return list(islice(dict.fromkeys((*first, *modelled)), LIKELY_MATTERS))

    def _known(self, found: set[str]) -> model.Rows:
        return self.models.names.find(found)

    def _read_anew(self, text: str, role: str) -> Reading:
        cleaned = clean(text)
        if not cleaned.text.strip():
            return Reading(kinds=tuple(self.models.kind.bias.tolist()))
        signs, why = signs_of(cleaned, role)
        words, said = self._known(features.grams(signs)), self._known(features.of_text(signs))
        kinds = self.models.kind.logits(words, said)
        told = np.concatenate([said, self._known(features.of_matter(signs))])
        scopes = self.models.scope.chances(words, told)
        talk, _, opens = model.softmax(kinds).tolist()
        cut = places.spans if talk > 1 - WORTH_A_LOOK else partial(spotting.spans, self.models.place)
        spots = tuple(dict.fromkeys(piece for a, b in cut(cleaned.text) if (piece := cleaned.span(a, b))))
        noted = note(cleaned.text, spots)
        amended = noted.amended
        spots = tuple(spot for spot in spots if spot not in amended.denied)
        spots += (cleaned.span(*amended.instead),) if amended.instead else ()
        told_of: tuple[Found, ...] = ()
        if opens > WORTH_A_LOOK or signs.score > WORTH_A_LOOK or scopes[Scope.NONE] < 1 - WORTH_A_LOOK:
            told_of = founds(self.models, cleaned, signs, words, told, scopes)
        return Reading(
            signs.act, scope_of(signs, scopes, max(opens, signs.score)), told_of,
            spots, signs.own_place, signs.score,
            tuple(why), tuple(kinds.tolist()), signs.topic, noted.remark, amended.wrong,
        )  # fmt: skip


def _until(said: Said, scene: Scene) -> Scene:
    """The scene without what was said after the message, where it is judged late."""
    if not scene.lines or scene.lines[-1].at <= said.at:
        return scene
    return replace(scene, lines=tuple(line for line in scene.lines if line.at <= said.at))
