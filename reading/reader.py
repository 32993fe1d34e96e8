"""Reads one text: what it does in the talk, which matters it tells of, where, who, how urgent, and why it thinks so."""

import math
from dataclasses import dataclass
from functools import lru_cache

from models.reading import Act, Found, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import Demand, Scope
from reading import matters, parties, places, scope, urgency
from reading.cleaning import Cleaned, clean
from reading.cues import Cues, lexicon, scan, weight
from reading.pairing import judge

STAFF_ROLES = {"officer", "lead", "admin"}
OPENS_AT = 0.5
BIAS = -2.6
MATTER_SHARE = 1.15
SECOND = 2.0
SHORT = 4
CUE_CAP = 2
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
    """Above `open` a ticket is opened; between the two the sender is asked."""

    open: float = 0.5
    ask: float = 0.42


class Reader:
    """The rules that read; the same text and role always give the same reading."""

    def __init__(self, sure: Sure = Sure()) -> None:
        self.sure = sure
        lexicon()

    def read(self, text: str, speaker: Speaker = Speaker("")) -> Reading:  # noqa: B008 - frozen
        """What one text says."""
        return _read(text[:4096], speaker.role)

    def judge(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> Verdict:
        """What becomes of a message."""
        return judge(said, speaker, reading, scene, open_at=self.sure.open, ask_at=self.sure.ask)

    def opening(self, said: Said, speaker: Speaker, scene: Scene) -> Verdict:  # noqa: ARG002 - the reader's form
        """The ticket that a message would open if it opened one."""
        reading = self.read(said.text, speaker)
        founds = reading.founds or (Found(),)
        spots = tuple((said.id, place) for place in reading.places)
        own = reading.own_place or not reading.places
        return Verdict(Step.OPEN, Act.OPENING, founds=founds, places=spots, own_place=own, why=reading.why)


@lru_cache(maxsize=20_000)
def _read(text: str, role: str) -> Reading:
    cleaned = clean(text)
    if not cleaned.text.strip():
        return Reading()
    cues = scan(cleaned.text)
    weighed = matters.weigh(cues)
    staff = role in STAFF_ROLES
    score, why = _score(cleaned.text, cues, weighed, staff=staff)
    act = _act(cleaned.text, cues, score, staff=staff, worker=role == "worker")
    spots = tuple(dict.fromkeys(piece for a, b in places.spans(cleaned.text) if (piece := cleaned.span(a, b))))
    founds = _founds(cleaned, cues, weighed) if score > 0.2 else ()  # noqa: PLR2004 - below that nobody asks
    away = bool(founds) and all(found.elsewhere for found in founds)
    kind = Scope.NONE if score < OPENS_AT else Scope.ELSEWHERE if away else Scope.CITY
    return Reading(act, kind, founds, spots, places.own(cleaned.text), score, tuple(why))


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


def _founds(cleaned: Cleaned, cues: Cues, weighed: list[matters.Weighed]) -> tuple[Found, ...]:
    text = cleaned.text
    strong = [w for w in weighed if w.score >= 1.0]
    first = strong[0] if strong else weighed[0] if weighed and weighed[0].score >= matters.ALONE * 2 else None
    demand = _demand(cues, first.code if first else None)
    asks_only = demand in {Demand.INQUIRY, Demand.SUGGESTION}
    chosen: list[matters.Weighed | None] = [None if asks_only else first]
    if strong and not asks_only:
        chosen += [w for w in strong[1:] if _another(text, strong[0], w)][:1]
    also = tuple(w.code for w in weighed[1:3])
    party = parties.party(text)
    plates = tuple(cleaned.span(a, b) for a, b in parties.plates(text))
    number = urgency.emergency(text)
    return tuple(
        Found(
            demand if index == 0 else _demand(cues, one.code if one else None), one.code if one else None, also,
            cleaned.span(*party) if party and index == 0 else None, plates,
            urgent=urgency.urgent(text) or number in {"119", "120", "122"}, emergency=number,
            elsewhere=scope.elsewhere(text) and (one is None or one.score < SECOND + 1),
        )
        for index, one in enumerate(chosen)
    )  # fmt: skip


def _another(text: str, first: matters.Weighed, other: matters.Weighed) -> bool:
    """A second matter stands in a clause of its own, joined by words that add."""
    if other.score < SECOND or abs(other.at - first.at) < 6:  # noqa: PLR2004 - two names of one thing
        return False
    between = text[min(first.at, other.at) : max(first.at, other.at)]
    return any(word in between for word in ("还有", "另外", "再就是", "顺便", "而且", "；", ";"))


def _demand(cues: Cues, code: str | None) -> Demand:
    if cues.has("suggestion") and not cues.has("urgent"):
        return Demand.SUGGESTION
    if cues.has("inquiry"):
        return Demand.INQUIRY
    if (cues.has("help") and code is None) or code == "09003":
        return Demand.HELP
    if code is None:
        return Demand.HELP
    return Demand.REPORT if code < "06" or code in REPORTED else Demand.COMPLAINT


REPORTED = {
    "06001",
    "06013",
    "06014",
    "06037",
    "06010",
    "06042",
    "06011",
    "10001",
    "10002",
    "08007",
    "08009",
    "08011",
    "08012",
    "09012",
    "06034",
    "06021",
    "06022",
    "06020",
    "06044",
    "06043",
    "06050",
    "06051",
    "06049",
    "06052",
    "07003",
}
