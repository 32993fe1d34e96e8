"""Questions that put squads in order by a rate: 哪个中队按期率最高, 各中队满意率, 返工率最低的是哪个中队. Pure."""

import re

from models.figures import Order
from reading.topics import Topic

RATES = {
    "in_time_dispose": ("按期处置的?率|处置率", Topic.IN_TIME),
    "in_time_archive": ("按期(?:结案|办结)?的?率|(?:结案|办结)率", Topic.IN_TIME),
    "satisfaction": ("(?:群众|商户)?满意[率度]", Topic.SATISFACTION),
    "response": ("响应率", Topic.SATISFACTION),
    "resolution": ("解决率", Topic.SATISFACTION),
    "rework": ("返工率", Topic.BACK),
}
SAID = "|".join(f"(?P<{name}>{words})" for name, (words, _) in RATES.items())
MUCH = r"(?:最|更|比较)?(?P<much>[高低好差])"
WHICH, EACH = "哪一?个?中队", "[各每]个?中队|按中队"
SHAPES = (
    re.compile(rf"(?:{WHICH}|{EACH})[的\s]*(?:{SAID})[的\s]*(?:{MUCH}|排名|排行|排序)?"),
    re.compile(rf"(?:{SAID})[的\s]*{MUCH}的?是?(?:{WHICH}|中队)(?:是哪一?个)?"),
    re.compile(rf"(?:{SAID})[的\s]*(?:多少)?\s*(?:{EACH})(?:排名|排行|排序)?"),
    re.compile(rf"中队的?(?:{SAID})的?(?:排名|排行|排序)"),
)
LOW = {"低": True, "高": False, "差": True, "好": False}
WORSE_HIGH = {"rework"}
"""Of these the highest is the worst."""


def ordered(left: str) -> tuple[Order, Topic, str] | None:
    """By which rate, what the answer is about, and the text without it; None where no squads are put in order."""
    for shape in SHAPES:
        if found := shape.search(left):
            rate = next(name for name in RATES if found[name])
            much = found.groupdict().get("much") or "高"
            lowest = LOW[much] is not (much in "好差" and rate in WORSE_HIGH)
            return Order(rate, lowest), RATES[rate][1], f"{left[: found.start()]} {left[found.end() :]}"
    return None
