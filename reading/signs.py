"""What the rules find in a text: how much speaks for a ticket, what the words do in the talk, and why."""

import math
from dataclasses import dataclass, field

from models.reading import Act
from models.words import STAFF
from reading import matters, parties, places, scope, urgency
from reading.cleaning import Cleaned
from reading.cues import Cues, scan, weight
from reading.matters import Weighed

OPENS_AT = 0.5
BIAS = -2.6
MATTER_SHARE = 1.15
SHORT = 4
CUE_CAP = 2
NOUNS = 8
"""Signs."""
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
    "irony": "反话",
    "neighbour": "问邻居",
    "household": "家里人",
    "greeting": "问候",
    "chat": "闲聊",
    "dispute": "没解决",
}
"""The cues that count for or against a ticket, and what they are called when people ask why."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rules found in a text."""

    text: str = field(repr=False)
    role: str
    cues: Cues
    weighed: list[Weighed]
    act: Act
    score: float
    places: int
    own_place: bool
    urgent: bool
    emergency: bool
    elsewhere: bool

    @property
    def topic(self) -> str | None:
        """The matter that the lexicon hears first."""
        return self.weighed[0].code if self.weighed else None


def signs_of(cleaned: Cleaned, role: str) -> tuple[Signs, list[str]]:
    """What the rules find in a text, and the words that decided."""
    text = cleaned.text
    cues = scan(text)
    weighed = [] if places.by_shop(text) else matters.weigh(cues)
    staff = role in STAFF
    score, why = _score(text, cues, weighed, staff=staff)
    signs = Signs(
        text, role, cues, weighed, _act(text, cues, score, staff=staff, worker=role == "worker"), score,
        len(set(places.spans(text))), places.own(text), urgency.urgent(text), urgency.emergency(text) is not None,
        scope.elsewhere(text),
    )  # fmt: skip
    return signs, why


def _score(text: str, cues: Cues, weighed: list[Weighed], *, staff: bool) -> tuple[float, list[str]]:
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
    if places.alone(text) or _named_alone(text, cues):
        return Act.HALF
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


def _named_alone(text: str, cues: Cues) -> bool:
    """「路灯」, 「公厕门口」: a thing and maybe where, and not a word of what is wrong with it."""
    things = [(hit.start, hit.end) for hit in cues.hits if hit.kind == "thing"]
    if len(text) > NOUNS or not things:
        return False
    taken = {at for start, end in (*things, *places.spans(text)) for at in range(start, end)}
    return places.filler("".join(sign for at, sign in enumerate(text) if at not in taken))
