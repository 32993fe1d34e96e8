"""The register's shops as people name them: which of them a text complains of."""

import re
from collections.abc import Iterable

import ahocorasick

from models.trades import stems

SHORTEST = 3
"""Signs of a name that may stand inside other words."""
SHORT = 2
"""A name of two signs is heard where so many more of its own follow: 「蜀香」 and 「火锅」 of 「蜀香老火锅」."""
STREET = re.compile("[路街巷道桥河城村]$")
"""What is left of 「学院路快递驿站」 is nobody's name."""
LANDMARK = re.compile("门口|门前|对面|斜对面|旁|隔壁|附近|楼下|后面|前面|边上|这边|那边|往")
"""Behind a name it only says where."""


class Register:
    """Names of shops, whole and as people shorten them."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._whole: dict[str, str] = {}
        self._found: ahocorasick.Automaton | None = None
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Another shop."""
        for called in stems(name):
            if len(called) >= SHORT and (called == name or not STREET.search(called)):
                self._whole.setdefault(called, name)
        self._found = None

    def named(self, text: str, own: str | None = None) -> str | None:
        """The first shop that a text names, as it is written there; her own, and a landmark, are not complained of."""
        if not self._whole:
            return None
        longest: dict[int, tuple[int, str]] = {}
        for end, called in self._automaton().iter(text):
            start, name = end - len(called) + 1, self._whole[called]
            last = _further(text, end + 1, name[len(called) :])
            if last - start >= SHORTEST and (len(called) >= SHORTEST or last - end > SHORT):
                longest[start] = max((last, name), longest.get(start, (0, "")))
        pieces = [(text[a:b], name) for a, (b, name) in sorted(longest.items()) if not LANDMARK.match(text, b)]
        return next((piece for piece, name in pieces if name != own), None)

    def _automaton(self) -> ahocorasick.Automaton:
        if self._found is None:
            self._found = ahocorasick.Automaton()
            for called in self._whole:
                self._found.add_word(called, called)
            self._found.make_automaton()
        return self._found


def _further(text: str, at: int, rest: str) -> int:
    """Where the name ends in the text: signs of its rest that follow belong to it, though some be left out."""
    left = rest.lower()
    while at < len(text) and (there := left.find(text[at].lower())) >= 0:
        at, left = at + 1, left[there + 1 :]
    return at
