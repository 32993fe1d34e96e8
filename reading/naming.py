"""What a question about figures names beside the registers: a road, a matter or its class, a word of their names."""

import re

from models.matters import MATTERS
from reading.cues import scan
from reading.matters import weigh
from reading.topics import FILLERS, MEASURES

KINDS = "大道|路口|路|街|巷|弄|桥|市场|广场|小区|公园|学校|小学|中学|医院|车站|商场|花园|新村|城"
ROAD = re.compile(f"[\u4e00-\u9fff]{{1,8}}?(?:{KINDS})(?:\\d+号)?(?!道)")
MAJORS = {matter.major for matter in MATTERS.values()}
CODES = {matter.name: code for code, matter in MATTERS.items()}
ALSO = dict.fromkeys(("流动摊贩", "流动摊点", "流动摊位", "流动商贩"), "09001")
"""What people call matters; the lexicon has but a part of the word."""


def about(left: str) -> tuple[dict[str, str | int], tuple[str, ...], str]:
    """A matter or a major class by name, or by the words of the lexicon; and a road."""
    which: dict[str, str | int] = {}
    called: list[str] = []
    if road := ROAD.search(FILLERS.sub(" ", left)):
        which["road"] = road[0]
        called.append(road[0])
        left = left.replace(road[0], " ")
    matter, name, left = _matter(left)
    return which | matter, (*called, *name), left


def _matter(left: str) -> tuple[dict[str, str | int], tuple[str, ...], str]:
    """The matter: by its class's or its own name, by the words of the lexicon, by a word of the names."""
    named = {name: ("major", major) for major in MAJORS for name in (major, major.removesuffix("类"))}
    named |= {name: ("matter", code) for name, code in CODES.items()}
    named |= {name: ("matter", code) for name, code in ALSO.items()}
    for name in sorted(named, key=len, reverse=True):
        if name in left:
            kind, value = named[name]
            return {kind: value}, (MATTERS[ALSO[name]].name if name in ALSO else name,), left.replace(name, " ")
    heard = weigh(scan(left))
    if heard and heard[0].score >= 1:
        for word in sorted(heard[0].words, key=len, reverse=True):
            left = left.replace(word, " ")
        return {"matter": heard[0].code}, (MATTERS[heard[0].code].name,), left
    for word in FILLERS.sub(" ", MEASURES.sub(" ", left)).split():
        if len(word) > 1 and any(word in name for name in CODES):
            return {"about": word}, (word,), left.replace(word, " ")
    return {}, (), left


def matter_of(name: str) -> dict[str, str | int]:
    """A matter by code, a matter or a major class by name, or a word of their names; empty where none is meant."""
    if name in MATTERS:
        return {"matter": name}
    which, _, rest = about(name)
    return {} if rest.strip() or "road" in which else which
