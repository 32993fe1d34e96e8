"""The register's shops as people name them: which of them a text complains of."""

import re
from collections.abc import Iterable

import ahocorasick

from models.trades import stem

SHORTEST = 3
"""Signs of a name that may stand inside other words."""
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
        for called in (name, stem(name)):
            if len(called) >= SHORTEST:
                self._whole.setdefault(called, name)
        self._found = None

    def named(self, text: str, own: str | None = None) -> str | None:
        """The first shop that a text names, as it is written there; her own, and a landmark, are not complained of."""
        if not self._whole:
            return None
        longest: dict[int, int] = {}
        for end, called in self._automaton().iter(text):
            start = end - len(called) + 1
            longest[start] = max(end + 1, longest.get(start, 0))
        pieces = [text[a:b] for a, b in sorted(longest.items()) if not LANDMARK.match(text, b)]
        return next((piece for piece in pieces if self._whole[piece] != own), None)

    def _automaton(self) -> ahocorasick.Automaton:
        if self._found is None:
            self._found = ahocorasick.Automaton()
            for called in self._whole:
                self._found.add_word(called, called)
            self._found.make_automaton()
        return self._found
