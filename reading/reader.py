"""Reads one text: what it does in the talk, which matters it tells of, where, who, how urgent, and why it thinks so."""

import math
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from models.reading import Act, Found, Kinds, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import Demand, Scope
from reading import features, matters, model, parties, places, scope, spotting, urgency
from reading.cleaning import Cleaned, clean
from reading.cues import Cues, lexicon, scan, weight
from reading.features import Signs
from reading.model import Models
from reading.pairing import judge

STAFF_ROLES = {"officer", "lead", "admin"}
OPENS_AT = 0.5
BIAS = -2.6
MATTER_SHARE = 1.15
SECOND = 2.0
SHORT = 4
CUE_CAP = 2
NO_MATTER = "-"
REPORTED = frozenset(
    {
        "06001",
        "06008",
        "06010",
        "06011",
        "06013",
        "06014",
        "06020",
        "06021",
        "06022",
        "06030",
        "06034",
        "06037",
        "06042",
        "06043",
        "06044",
        "06049",
        "06050",
        "06051",
        "06052",
        "07003",
        "08007",
        "08009",
        "08011",
        "08012",
        "09012",
        "10001",
        "10002",
    }
)
"""Wrongs of majors 06 to 10 that people report as a danger or a mess (举报) rather than as harm done to them (投诉)."""
HELPED = frozenset({"09003"})
"""Somebody is to be helped: whoever tells of it asks for help (求助)."""
WORTH_A_LOOK = 0.02
"""Below such a chance of a ticket nobody asks which matter it would be."""
NAMES = {
    "request": "请求",
    "problem": "麻烦",
    "urgent": "着急",
    "place": "地点",
    "inquiry": "询问",
    "suggestion": "建议",
    "help": "求助",
    "report": "举报",
    "negation": "否定",
    "past": "过去",
    "condition": "假设",
    "hearsay": "听说",
    "formal": "来信用语",
    "witness": "眼前的事",
    "thanks": "感谢",
    "notice": "通知",
    "advert": "广告",
    "joke": "玩笑",
    "neighbour": "问邻居",
    "household": "家里人",
    "greeting": "问候",
    "chat": "闲聊",
    "dispute": "没解决",
}
"""The cues that count for or against a ticket, and what they are called when people ask why."""


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
        founds = reading.founds or (Found(),)
        spots = tuple((said.id, place) for place in reading.places)
        own = reading.own_place or not reading.places
        return Verdict(Step.OPEN, Act.OPENING, founds=founds, places=spots, own_place=own, why=reading.why)

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
        founds: tuple[Found, ...] = ()
        if opens > WORTH_A_LOOK or signs.score > WORTH_A_LOOK or scopes[Scope.NONE] < 1 - WORTH_A_LOOK:
            founds = _founds(self.models, cleaned, signs, words, told, scopes)
        return Reading(
            signs.act, _scope(signs, scopes, max(opens, signs.score)), founds, spots, signs.own_place, signs.score,
            tuple(why), tuple(kinds.tolist()), signs.topic,
        )  # fmt: skip


def signs_of(cleaned: Cleaned, role: str) -> tuple[Signs, list[str]]:
    """What the rules find in a text, and the words that decided."""
    text = cleaned.text
    cues = scan(text)
    weighed = matters.weigh(cues)
    staff = role in STAFF_ROLES
    score, why = _score(text, cues, weighed, staff=staff)
    signs = Signs(
        text, role, cues, weighed, _act(text, cues, score, staff=staff, worker=role == "worker"), score,
        len(set(places.spans(text))), places.own(text), urgency.urgent(text), urgency.emergency(text) is not None,
        scope.elsewhere(text),
    )  # fmt: skip
    return signs, why


def _score(text: str, cues: Cues, weighed: list[matters.Weighed], *, staff: bool) -> tuple[float, list[str]]:
    total, why = BIAS, []
    if weighed:
        total += min(weighed[0].score, 3.0) * MATTER_SHARE
        why.append(f"事项 {weighed[0].code}：{'、'.join(weighed[0].words)}")
    for key, name in NAMES.items():
        words = list(dict.fromkeys(hit.word for hit in cues.of(key)))
        if words:
            total += weight(key) * min(len(words), CUE_CAP)
            why.append(f"{name}：{'、'.join(words[:3])}")
    if urgency.emergency(text):
        total += 3.0
        why.append("紧急情形")
    if scope.elsewhere(text):
        total += 1.4
        why.append("像别的部门的事")
    if parties.plates(text):
        total += 1.2
        why.append("车牌")
    if staff:
        total -= 2.5
        why.append("队员说的话")
    if len(text) < SHORT:
        total -= 1.5
    return 1 / (1 + math.exp(-total)), why


def _act(  # noqa: C901, PLR0911 - one return an act
    text: str, cues: Cues, score: float, *, staff: bool, worker: bool
) -> Act:
    if staff or worker:
        if cues.has("done"):
            return Act.DONE
        if cues.has("arriving"):
            return Act.ARRIVING
        if cues.has("taking"):
            return Act.TAKING
    if staff:
        return Act.OPENING if score >= OPENS_AT else Act.ANSWER
    if cues.has("hello") and len(text) <= 12:  # noqa: PLR2004 - a greeting alone
        return Act.HALF
    if cues.has("dispute") and score < 0.75:  # noqa: PLR2004 - else it says enough to stand alone
        return Act.DISPUTE
    if cues.has("chaser") and score < 0.7:  # noqa: PLR2004 - likewise
        return Act.CHASER
    if score >= OPENS_AT:
        return Act.OPENING
    if cues.has("thanks"):
        return Act.THANKS
    return Act.TALK


def _founds(  # noqa: PLR0913, PLR0917 - what was found so far
    models: Models, cleaned: Cleaned, signs: Signs, words: set[str], said: set[str], scopes: dict[str, float]
) -> tuple[Found, ...]:
    text = cleaned.text
    away = _away(signs, scopes)
    first, *others = _matters(models, signs, words, said, away=away)
    second = [w for w in signs.weighed if w.score >= SECOND and w.code != first]
    main = next((w for w in signs.weighed if w.code == first), None)
    chosen = [first, *[w.code for w in second if main is not None and _another(text, main, w)][:1]]
    also = tuple(code for code in others[:2] if code != NO_MATTER)
    party = parties.party(text)
    plates = tuple(cleaned.span(a, b) for a, b in parties.plates(text))
    number = urgency.emergency(text)
    pressing = models.urgent.chances(words, said)["yes"] >= 0.5 or number in {"119", "120", "122"}  # noqa: PLR2004 - likelier than not
    return tuple(
        Found(
            _demand(models, words, said, code), None if code == NO_MATTER else code,
            also, cleaned.span(*party) if party and index == 0 else None, plates, urgent=pressing, emergency=number,
            elsewhere=away,
        )
        for index, code in enumerate(chosen)
    )  # fmt: skip


def _scope(signs: Signs, scopes: dict[str, float], wanted: float) -> Scope:
    """Something is wanted where the model, the chance of an opening or the rules say so; then whose is likelier."""
    if max(1 - scopes[Scope.NONE], wanted) < OPENS_AT:
        return Scope.NONE
    return Scope.ELSEWHERE if _away(signs, scopes) else Scope.CITY


def _away(signs: Signs, scopes: dict[str, float]) -> bool:
    """Another department's, by the model, or by words of theirs where none of ours weighs more."""
    ours = signs.weighed[0].score if signs.weighed else 0.0
    return scopes[Scope.ELSEWHERE] > scopes[Scope.CITY] or (signs.elsewhere and ours < SECOND + 1)


def _demand(models: Models, words: set[str], said: set[str], code: str) -> Demand:
    """The model tells asking, wishing and seeking help; a wrong is reported or complained of by what it is."""
    likely = Demand(next(iter(models.demand.chances(words, said | {f"m:{code}"}))))
    if code in HELPED:
        return Demand.HELP
    if likely not in {Demand.REPORT, Demand.COMPLAINT} or code == NO_MATTER:
        return likely
    return Demand.REPORT if code < "06" or code in REPORTED else Demand.COMPLAINT


def _matters(models: Models, signs: Signs, words: set[str], told: set[str], *, away: bool) -> list[str]:
    """Matters, the likeliest first; where one is told of at all, words that the lexicon knows for sure go before.

    Who complains or reports to the city management does so of a matter; who asks or wishes need not.
    """
    likely = list(models.matter.chances(words, told))
    wrong = next(iter(models.demand.chances(words, told | {f"m:{NO_MATTER}"}))) in {Demand.REPORT, Demand.COMPLAINT}
    if likely[0] == NO_MATTER and not (wrong and not away):
        return likely
    sure = [one.code for one in signs.weighed if one.score >= matters.WHOLE][:1]
    return [code for code in dict.fromkeys(sure + likely) if code != NO_MATTER]


def _another(text: str, first: matters.Weighed, other: matters.Weighed) -> bool:
    """A second matter stands in a clause of its own, joined by words that add."""
    if other.score < SECOND or abs(other.at - first.at) < 6:  # noqa: PLR2004 - two names of one thing
        return False
    between = text[min(first.at, other.at) : max(first.at, other.at)]
    return any(word in between for word in ("还有", "另外", "再就是", "顺便", "而且", "；", ";"))
