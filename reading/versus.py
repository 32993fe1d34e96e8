"""Questions that set two parts beside each other, 三中队和一中队比, 凤鸣路跟凤凰路哪个多: which parts, what is left."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

Which = dict[str, str | int]
Named = tuple[Which, tuple[str, ...], str]
"""What was chosen, what people call it, and what stands beside it."""

JOIN = "和|跟|与|同|对|还是"
MORE = "多|少|好|差|快|慢|高|低|忙|重|严重"
WHO = "哪个|哪边|哪家|哪一个|哪条路?|哪里|哪类|哪种|谁"
THAN = "(?:比一比|比比|比较|对比|相比|比起来|比(?!例))(?:一下|起来|怎么样|呢|如何|咋样)*"
END = r"[吗呢啊]?[?？。]?\s*$"
SHAPES = (
    re.compile(
        rf"^(?P<one>.+?)(?:{JOIN})(?P<other>.+?)(?:的?(?:{WHO})的?(?P<what>.*?)更?(?P<much>{MORE})|{THAN}){END}"
    ),
    re.compile(rf"^(?P<one>.+?)还是(?P<other>.+?)更?(?P<much>{MORE}){END}"),
    re.compile(rf"^(?:{THAN})(?P<one>.+?)(?:{JOIN})(?P<other>.+?){END}"),
    re.compile(rf"^(?P<one>.+?)(?:{JOIN})(?P<other>.+?)的?(?:差多少|差距|区别){END}"),
    re.compile(
        rf"^(?P<one>.+?)比(?!例|较|一比|比)(?P<other>.+?)"
        rf"(?:怎么样|如何|(?:{MORE})还是(?:{MORE})|(?P<much>{MORE})了?(?:多少)?)?{END}"
    ),
)
SIDES = {
    "squad": "squad", "officer": "officer", "matter": "matter", "about": "matter", "major": "matter",
    "road": "where", "street": "where", "grid": "where", "group": "where",
}  # fmt: skip
"""What can be set beside what: a matter beside a class of matters, a road beside a street."""


@dataclass(frozen=True, slots=True)
class Part:
    """One side: what was chosen, and what people call it."""

    which: Which = field(default_factory=dict)
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Both sides, what both have in common, and what stands beside them."""

    one: Part
    other: Part
    common: Part
    rest: str
    quick: bool = False
    """It asks who is quicker."""


def apart(left: str, named: Callable[[str], Named]) -> Apart | None:
    """The two parts that a text compares; `named` finds names in words. None where it compares nothing."""
    for shape in SHAPES:
        said = shape.search(left.strip())
        if said is None:
            continue
        one, other = named(said["one"]), named(said["other"])
        told = said.groupdict()
        if found := _sides(one, other, told.get("what") or ""):
            return replace(found, quick=told.get("much") in {"快", "慢"})
    return None


def _sides(one: Named, other: Named, what: str) -> Apart | None:
    sides = {SIDES.get(kind) for kind in one[0]} & {SIDES.get(kind) for kind in other[0]} - {None}
    if len(sides) != 1 or one[0] == other[0]:
        return None
    side = sides.pop()
    first, rest_one = _taken(one, side)
    second, rest_other = _taken(other, side)
    if len(first.which) != 1 or len(second.which) != 1 or first.which == second.which:
        return None
    called = dict.fromkeys([*rest_one.called, *rest_other.called])
    common = Part({**rest_one.which, **rest_other.which}, tuple(called))
    return Apart(first, second, common, f"{one[2]} {other[2]} {what}")


def _taken(named: Named, side: str | None) -> tuple[Part, Part]:
    """What of a side's names is compared, and what is said of both."""
    mine, rest = Part(), Part()
    for (kind, value), called in zip(named[0].items(), named[1], strict=True):
        part = Part({kind: value}, (called,))
        if SIDES.get(kind) == side:
            mine = Part({**mine.which, **part.which}, (*mine.called, *part.called))
        else:
            rest = Part({**rest.which, **part.which}, (*rest.called, *part.called))
    return mine, rest
