"""Takes the words of a place apart: a name, and how far from it: 「邱记对面」, 「凤鸣路18号往东50米」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from geo.plane import BEARINGS
from models.numerals import numeral

WINDS = "东北|东南|西北|西南|[东南西北]"
FIGURE = r"\d{1,4}|[零〇一二两三四五六七八九十百千半]{1,7}"
OFFSET = re.compile(
    rf"的?(?:再?[往向朝]|偏|以)?(?P<wind>{WINDS})(?:边|侧|面|方向|头|方)?(?:再?[走去])?(?:大约|大概|差不多|约)?"
    rf"(?P<far>{FIGURE})(?P<more>[多来几])?(?P<unit>公里|千米|km|米|m)(?:左右|处|远|的?地方|那里|附近)*$",
    re.IGNORECASE,
)
GATE = re.compile(rf"的?(?P<wind>{WINDS})(?:门口?|大门口?|侧|边|面|头)$")
RELATIONS = (
    (re.compile(r"的?(?:斜?对过|马?路?斜?对面|斜?对门)$"), "across", 40.0),
    (re.compile(r"的?(?:后门口?|[屋楼店]?后[面边头]|背后|后院|屋后|楼后|店后)$"), "behind", 40.0),
    (re.compile(r"的?(?:店|大)?(?:门口|门前|门外|正门|大门|前门)(?:的?(?:小路|路边|路上|人行道))?$"), "at", 20.0),
    (
        re.compile(
            r"的?(?:旁边?|隔壁|边上|侧面|前[面边]|楼下|楼上|里面?|院内|店内|外面?|路边|路段|路上|路口|拐角处?|上|店里)$"
        ),
        "by",
        40.0,
    ),
    (re.compile(r"的?(?:附近|周边|周围|一带|这边|那边|这里|那里|这块|那块|这一?片|处)$"), "around", 80.0),
    (re.compile(r"(?:他|她|老板|这|那)?(?:家|店|家店|那家|老板)$"), "of", 10.0),
)
LEADS = re.compile(
    r"^(?:就?在|位于|靠近|地址[是:：]?|地点[是:：]?|我们?家?的?(?:店|铺子)?的?(?:旁边|隔壁|对面|斜对面)的?|隔壁的?|旁边的?|斜?对面的?|那个|这个|那家|这家|到|去)+"
)
LONGEST = 14
"""Signs that say how far from a name something is."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name and what stands behind it. `bearing` in degrees, `distance` and `doubt` in metres."""

    core: str = field(repr=False)
    relation: str = ""
    bearing: float | None = None
    distance: float = 0.0
    doubt: float = 0.0


def forms(words: str) -> Iterator[Phrase]:
    """The words as they are, then with more and more of what says how far from the name taken off its end."""
    phrase = Phrase(words.strip(" ，,。.的"))
    while phrase.core:
        yield phrase
        bare = LEADS.sub("", phrase.core)
        if bare and bare != phrase.core:
            yield Phrase(bare, phrase.relation, phrase.bearing, phrase.distance, phrase.doubt)
        shorter = _shorter(phrase)
        if shorter is None:
            return
        phrase = shorter


def _shorter(phrase: Phrase) -> Phrase | None:
    words = phrase.core
    if far := OFFSET.search(words):
        distance = _metres(far)
        return Phrase(words[: far.start()], "off", float(BEARINGS[far["wind"]]), distance, 25 + distance / 4)
    if gate := GATE.search(words):
        bearing = phrase.bearing if phrase.bearing is not None else float(BEARINGS[gate["wind"]])
        return Phrase(words[: gate.start()], "off", bearing, phrase.distance or 30.0, phrase.doubt + 40)
    for shape, relation, doubt in RELATIONS:
        found = shape.search(words)
        if found and found.start():
            core = words[: found.start()]
            return Phrase(core, phrase.relation or relation, phrase.bearing, phrase.distance, phrase.doubt + doubt)
    return None


def beside(words: str) -> str:
    """What at the beginning of words says how far from a name before them: 「往北一百米」, 「对面」; or nothing."""
    ends = (end for end in range(min(len(words), LONGEST), 0, -1) if _says_beside(words[:end]))
    return words[: next(ends, 0)]


def _says_beside(words: str) -> bool:
    shapes = (OFFSET, GATE, *(shape for shape, relation, _ in RELATIONS if relation != "of"))
    return any((found := shape.search(words)) and found.start() == 0 for shape in shapes)


def _metres(far: re.Match[str]) -> float:
    value = numeral(far["far"])
    value += value * 0.25 if far["more"] else 0
    return value * (1000 if far["unit"].lower() in {"公里", "千米", "km"} else 1)
