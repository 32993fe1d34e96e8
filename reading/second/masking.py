"""Masks what tells who somebody is before words leave the house, with a way back to the exact pieces of the original.

Phones, numbers of papers, plates, accounts and names become marks like 「[电话1]」; the same phone gets the same mark
all over a window. They are looked for in the cleaned text, so hidden signs and full-width digits hide nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.personal import ACCOUNT as ACCOUNT_SHAPE
from models.personal import EMAIL, FIGURE, GAP
from models.personal import PLATE as PLATE_SHAPE
from reading.cleaning import clean

PERSON, PHONE, PAPERS, NUMBER, PLATE, ACCOUNT = "人", "电话", "证件", "号码", "车牌", "账号"
SHORTEST_NAME = 2
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗"
    "凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍"
)
CALLED = "女士|先生|师傅|老板娘|老板|阿姨|大爷|大妈|大姐|大哥|大叔|大嫂|姐|哥|叔|婶|嫂|姨|爷"
POSTS = "老师|医生|队长|主任|科长|局长|书记|经理|班长|站长|所长|警官|队|总(?![是有算得之会不在共])"
SHAPES = (
    (ACCOUNT, re.compile(EMAIL)),
    (PERSON, re.compile(r"@\w+")),
    (PLATE, re.compile(PLATE_SHAPE)),
    (NUMBER, re.compile(rf"{FIGURE}(?:{GAP}{{0,2}}{FIGURE}){{6,}}(?:{GAP}?x(?![a-z]))?")),
    (ACCOUNT, re.compile(ACCOUNT_SHAPE)),
    (PLATE, re.compile(r"(?<![a-z0-9])(?=[a-z]*[0-9])(?=[0-9]*[a-z])(?=(?:[a-z]*[0-9]){2})[a-z0-9]{5,8}(?![a-z0-9])")),
    (PERSON, re.compile(rf"(?:我叫|名叫|姓名|联系人)(?:是|[:：])?\s*([{SURNAMES}][\u4e00-\u9fff]{{1,2}})")),
    (PERSON, re.compile(rf"[老小阿]?[{SURNAMES}](?:{CALLED}|{POSTS})")),
)
"""What is masked by its form; where a pattern has a group, that alone."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece [start, end) of the original, and the mark that stands in its place."""

    start: int
    end: int
    mark: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Masked:
    """Words with marks in place of pieces; `cuts` are in order and apart."""

    original: str = field(repr=False)
    cuts: tuple[Cut, ...] = ()

    @property
    def text(self) -> str:
        """What may leave the house."""
        return "".join(shown for shown, _, _ in self._pieces())

    def origin(self, span: str) -> str | None:
        """The exact piece of the original that `span` shows; None where it shows none, or only a part of a mark."""
        text, at = self.text, -1
        while span and (at := text.find(span, at + 1)) >= 0:
            start, end = self._back(at), self._back(at + len(span))
            if start is not None and end is not None:
                return self.original[start:end]
        return None

    def head(self, limit: int) -> str:
        """At most so many signs from the beginning, none of them of a mark cut through."""
        end, shown = limit, 0
        for text, _, mark in self._pieces():
            if mark and shown < limit < shown + len(text):
                end = shown
            shown += len(text)
        return self.text[:end]

    def _pieces(self) -> Iterable[tuple[str, int, bool]]:
        """Shown text, where its original begins, and whether it is a mark; all of it in order."""
        at = 0
        for cut in self.cuts:
            yield self.original[at : cut.start], at, False
            yield cut.mark, cut.start, True
            at = cut.end
        yield self.original[at:], at, False

    def _back(self, place: int) -> int | None:
        """The place between two signs of the original; None inside a mark."""
        shown = 0
        for text, origin, mark in self._pieces():
            if place == shown:
                return origin
            if place < shown + len(text):
                return None if mark else origin + place - shown
            shown += len(text)
        return len(self.original) if place == shown else None


class Masker:
    """Masks the texts of one window; numbers are given in the order of first sight."""

    def __init__(self, names: Iterable[str]) -> None:
        self._marks: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = defaultdict(int)
        plain = {clean(name).text.strip() for name in names}
        self._names = sorted((name for name in plain if len(name) >= SHORTEST_NAME), key=lambda n: (-len(n), n))

    def person(self, key: str, name: str) -> str:
        """What a speaker is called, 「人1」; her name, where she has one, gets the same mark wherever it is said."""
        mark = self._mark(PERSON, f"\0{key}")
        called = clean(name).text.strip()
        if len(called) >= SHORTEST_NAME:
            self._marks.setdefault((PERSON, _bare(called)), mark)
        return mark[1:-1]

    def mask(self, text: str) -> Masked:
        """The text with marks."""
        cleaned = clean(text)
        if not cleaned.text:
            return Masked(text)
        cuts = []
        for start, end, kind in _apart(self._found(cleaned.text)):
            first, last = cleaned.back[start], cleaned.back[end - 1] + 1
            cuts.append(Cut(first, last, self._mark(kind, cleaned.text[start:end])))
        return Masked(text, tuple(cuts))

    def _found(self, text: str) -> list[tuple[int, int, str]]:
        found = [(*_span(hit), kind) for kind, shape in SHAPES for hit in shape.finditer(text)]
        for name in self._names:
            at = text.find(name)
            while at >= 0:
                found.append((at, at + len(name), PERSON))
                at = text.find(name, at + 1)
        return found

    def _mark(self, kind: str, words: str) -> str:
        value = _bare(words)
        named = _number_kind(value) if kind == NUMBER else kind
        if (named, value) not in self._marks:
            self._counts[named] += 1
            self._marks[named, value] = f"[{named}{self._counts[named]}]"
        return self._marks[named, value]


def _span(hit: re.Match[str]) -> tuple[int, int]:
    return hit.span(1) if hit.re.groups else hit.span()


def _bare(words: str) -> str:
    return re.sub(GAP, "", words).removeprefix("@")


def _number_kind(value: str) -> str:
    if len(value) in {15, 18}:
        return PAPERS
    return PHONE if len(value) <= 13 else NUMBER  # noqa: PLR2004 - +86 and eleven digits


def _apart(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Pieces that overlap are one piece, of the kind of the longest: no rest of a name is left standing."""
    whole: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found, key=lambda piece: (piece[0], -piece[1])):
        if whole and start < whole[-1][1]:
            first, last, known = whole[-1]
            whole[-1] = (first, max(last, end), known if last - first >= end - start else kind)
        else:
            whole.append((start, end, kind))
    return whole
