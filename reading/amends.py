"""A place put right in a cleaned text: what is taken back, and where it says that the right one stands."""

import re
from dataclasses import dataclass, field

from reading.places import alone, named, spans

SLIP = (
    "(?:说|打|写|发|讲|报|搞|弄|记|输)错(?:了|字|地址|地方)*|口误|笔误|(?:更正|纠正)(?:一下|下)?"
    "|(?:地址|地点|位置|门牌号?|路名)(?:不对|有误|错了)|不对|哦不|\\*"
)
IS = "(?:而?是|应该?[是在]|其实[是在]|改成|在)"
PIECE = "[^，,。！!？?；; ]"
MOVED = re.compile(
    "(?:不是|不在)(?P<wrong>[^，,。！!？?是 ]{2,14})(?:[，,。 ]+|(?=是|而是|在))(?:我说的)?(?:而?是|应该是|在)"
    "(?P<right>[^，,。！!？?]{2,24})"
)
SHAPES = [
    re.compile(f"(?P<wrong>{PIECE}{{2,14}}?)(?:{SLIP})[，,。！! ]*{IS}?(?P<right>{PIECE}{{2,24}})$"),
    re.compile(
        "^(?:不好意思|抱歉|对不起|[哦啊诶哎呀]|我|刚才|刚刚|上面|前面|地[址点]|位置|门牌号?|路名|号码|[，, ])*"
        f"(?:{SLIP})[，,。！! ]*{IS}?(?P<right>{PIECE}{{2,24}})(?:[，,。！! ].{{,12}})?$"
    ),
    re.compile(f"{IS}(?P<right>{PIECE}{{2,16}}?)[，,。 ]*(?:而)?不[是在](?P<wrong>{PIECE}{{2,14}})$"),
    re.compile(f"^不[是在](?P<wrong>{PIECE}{{2,14}})[，, ]+(?P<right>{PIECE}{{2,16}})$"),
    re.compile("^(?:应该?|其实|准确说|确切说)[是在](?P<right>[^，,。！!？?；; ]{2,16})$"),
]
"""「凤鸣路不对 应该是凤凰路」, 「说错了，是32号」, 「是凤凰路不是凤鸣路」, 「不是凤鸣路，凤凰路」, 「应该是凤凰路」."""


DAY = re.compile("[0-9]{1,2}号(?:[早晚开来去检休放交停截到]|上午|下午|中午)")


@dataclass(frozen=True, slots=True)
class Amended:
    """The words that are taken back, if any; the places that go with them; the right one, where none of those is it."""

    wrong: str = field(default="", repr=False)
    denied: tuple[str, ...] = field(default=(), repr=False)
    instead: tuple[int, int] | None = field(default=None, repr=False)


def amended(text: str, places: tuple[str, ...]) -> Amended | None:
    """The correction in a short text; `places` are the pieces found in it, `instead` a span of it."""
    moved = MOVED.search(text)
    if moved is not None and (told := _told(moved, places)) is not None:
        return told
    for shape in SHAPES:
        found = shape.search(text)
        spot = _alone(found) if found else None
        if found is not None and spot is not None and _takes_back_a_place(found):
            return Amended(found.groupdict().get("wrong") or "", places, spot)
    return None


def _told(moved: re.Match[str], places: tuple[str, ...]) -> Amended | None:
    """「不是 … 是 …」 has a place behind 是, and no day of the month."""
    right, wrong = moved["right"], moved["wrong"]
    if DAY.match(right):
        return None
    told = any(place in right or right in place for place in places)
    if not (told or named(right)):
        return None
    denied = tuple(place for place in places if place in wrong or wrong in place)
    return Amended(wrong, denied, None if told else moved.span("right"))


def _alone(found: re.Match[str]) -> tuple[int, int] | None:
    """Where in the text the right place stands, where nothing else is said there."""
    right, start = found["right"], found.start("right")
    spots = spans(right) if alone(right) else []
    if not any(named(right[a:b]) for a, b in spots):
        return None
    return start + spots[0][0], start + spots[-1][1]


def _takes_back_a_place(found: re.Match[str]) -> bool:
    wrong = found.groupdict().get("wrong")
    return wrong is None or bool(spans(wrong)) or named(wrong)
