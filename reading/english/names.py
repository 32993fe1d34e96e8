"""Names in English questions: found in any letters, matters in any number, and never read as words. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from reading.english.dates import MONTHS

LATIN = re.compile("[A-Za-z]")
FIRST = 0xE000
"""Private signs, a name each, while what stands around them is read."""


def hidden(said: str, names: Iterable[str], matters: Iterable[str]) -> tuple[str, list[str]]:
    """The text with a private sign for each name in Latin letters, and the names as the registers have them."""
    registered = tuple(sorted({name for name in names if LATIN.search(name) and name.lower() not in MONTHS}))
    shape, known = _shape(registered, tuple(matters))
    found: list[str] = []

    def hide(match: re.Match[str]) -> str:
        name = known.get(_folded(match[0])) or known.get(_singular(match[0]))
        if name is None:
            return match[0]
        found.append(name)
        return chr(FIRST + len(found) - 1)

    return (shape.sub(hide, said) if known else said), found


def shown(said: str, found: list[str]) -> str:
    """The names again."""
    for number, name in enumerate(found):
        said = said.replace(chr(FIRST + number), name)
    return said


@lru_cache(maxsize=4)
def _shape(registered: tuple[str, ...], matters: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds any of them, the longest first; and each by what is found."""
    known = {_singular(name): name for name in matters} | {_folded(name): name for name in registered}
    shapes = {name: r"\s+".join(map(_numberless, name.split())) for name in matters}
    shapes |= {name: r"\s+".join(map(re.escape, name.split())) for name in registered}
    begun: dict[str, list[str]] = defaultdict(list)
    for name in sorted(shapes, key=len, reverse=True):
        begun[name[0].lower()].append(shapes[name])
    either = "|".join(f"(?={re.escape(sign)})(?:{'|'.join(those)})" for sign, those in begun.items())
    return re.compile(rf"(?<![A-Za-z])(?:{either})(?![A-Za-z])", re.IGNORECASE | re.ASCII), known


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _singular(name: str) -> str:
    """Each word without what makes it many: bins, boxes and lorries are bin, box and lorry, or what is left of them."""
    return " ".join(map(_stem, name.lower().split()))


def _stem(word: str) -> str:
    return re.sub("y$", "i", re.sub("[es]+$", "", word))


def _numberless(word: str) -> str:
    stem = _stem(word.lower())
    return f"{re.escape(stem[:-1])}[iy][es]*" if stem.endswith("i") else f"{re.escape(stem)}[es]*"
