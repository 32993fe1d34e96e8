"""Where a line of a printed page may end: after any Chinese sign, between words, never within a figure."""

import re
from collections.abc import Callable, Iterator

WIDE = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
"""Signs as wide as high: a line may end after each, but for the brackets."""
OPENING = "（《〈「『【〔“‘(\\["
CLOSING = "，。、；：？！）》〉」』】〕”’…％"
UNIT = "(?<=\\d)(?:小时|分钟?|秒|天|日|件|个|次|张|轮|号|点|年|月|人|米|公里)"
PIECE = re.compile(
    f"[{OPENING}]*(?:(?:[^\\s{WIDE}{OPENING}{CLOSING}]+(?:{UNIT})?)+|.)(?:[{CLOSING}]|[,.;:!?)\\]%](?!\\w)|\\s*·)*\\s*",
    re.DOTALL,
)
"""What a line holds together: a sign, a word, figures with their units; brackets and stops hang on to them."""
FIGURES = re.compile("\\d[\\d./%]*|\\D")
SIGN = re.compile(".", re.DOTALL)
FINER = (PIECE, FIGURES, SIGN)
"""What is wider than a whole column is taken apart: into figures and signs, then into signs."""
Measure = Callable[[str], float]


def lines(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text in a column; spaces that a line ends with are dropped."""
    return [line for paragraph in text.split("\n") for line in _filled(paragraph, width, measure)]


def _filled(text: str, width: float, measure: Measure) -> list[str]:
    found = [""]
    for piece in _pieces(text, width, measure):
        if found[-1] and measure((found[-1] + piece).rstrip()) > width:
            found.append("")
        found[-1] += piece
    return [line.rstrip() for line in found]


def _pieces(text: str, width: float, measure: Measure, finer: int = 0) -> Iterator[str]:
    for piece in FINER[finer].findall(text):
        if measure(piece.rstrip()) <= width or finer == len(FINER) - 1:
            yield piece
        else:
            yield from _pieces(piece, width, measure, finer + 1)
