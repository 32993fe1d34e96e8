"""Pages of the daybook: columns of one day's tickets as text, taken apart only as far as somebody looks at them.

Each column stands by itself, filled up to whole groups of four signs, so that it is read without those before it.
Words stand once a page, in order; a column of words holds their places, from 1 on, and 0 where there is none.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import orjson
import xxhash
from numpy.typing import NDArray
from pybase64 import b64decode, b64encode

NAMES = ("street", "grid", "squad", "matter")
"""Words of which a day has few."""
SPOTS = {"place": "u4", "said": "u4"}
"""Where a ticket is: what the place is called, and what was said where something else was found."""
WORDS = (*NAMES, *SPOTS)
KEYS = {"group": "i4", "officer": "i4", "means": "i1", **dict.fromkeys(NAMES, "u2")}
"""What a slice is chosen by: the columns of a page's `keys`, in this order, then the hashes of its names."""
REST = {
    "opened_at": {"at": "u4", "accept": "i4", "arrive": "i4", "lat": "i4", "lon": "i4"},
    "resolved_at": {"at": "u4", "resolve": "i4"},
    "closed_at": {"at": "u4"},
    "deadline_at": {"at": "u4"},
}
"""The columns of a page's `body`, by its moment; what it counts for is beside."""
BETWEEN, SIGNS = '","', '",[]\\'
"""What stands between two words of a page, and the signs of which that and its edges are made."""
TEXTS = ("keys", "words", "body", "spots", "places")
_NOWHERE, _NONE = np.zeros(1, np.int64), np.zeros(1, np.bool_)
BITS, HASH = np.dtype("u2"), np.dtype("u8")
Column = NDArray[Any]


def hashed(word: str) -> int:
    """A word as 64 bits."""
    return xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))


def text_of(column: Column) -> str:
    """A column as text."""
    raw = column.tobytes()
    return b64encode(raw + bytes(-len(raw) % 3)).decode()


def marks_of(bits: Column) -> str:
    """Which numbers the rows count for, as text that also says how many rows there are."""
    return b64encode(bits.astype(BITS).tobytes()).decode()


def kind_of(name: str) -> str:
    """The list that a word stands in."""
    return "names" if name in NAMES else "places"


def columns_of(kinds: Mapping[str, str], columns: Mapping[str, Sequence[int]], words: Sequence[str] = ()) -> str:
    """Columns as text, and the hashes of the words that they tell of."""
    parts = [text_of(np.array(columns[name], kind)) for name, kind in kinds.items()]
    return "".join([*parts, text_of(np.array([hashed(word) for word in words], HASH))])


@dataclass(slots=True)
class Page:
    """A page as it is kept, or as much of it as was asked for; `kept` are the rows of the period, where not all are."""

    moment: str
    bits: Column
    keys: str
    words: str = field(repr=False)
    body: str
    spots: str
    places: str = field(repr=False)
    kept: NDArray[np.bool_] | None = None

    @classmethod
    def read(cls, moment: str, texts: Mapping[str, str]) -> "Page":
        """Take it from its texts."""
        bits = np.frombuffer(b64decode(texts["bits"], validate=True), BITS)
        keys, words, body, spots, places = (texts[name] for name in TEXTS)
        return cls(moment, bits, keys, words, body, spots, places)

    def column(self, name: str) -> Column:
        """One column, of all rows."""
        if name == "bits":
            return self.bits
        for text, kinds in ((self.keys, KEYS), (self.spots, SPOTS)):
            if name in kinds:
                return self._found(text, kinds, name)
        return self._found(self.body, REST[self.moment], name)

    def hashes(self, kind: str) -> Column:
        """Those of its `names` or `places`, in order."""
        return self._found(self.keys, KEYS) if kind == "names" else self._found(self.spots, SPOTS)

    def listed(self, kind: str) -> list[str]:
        """Its `names` or `places` as words, in order."""
        found: list[str] = orjson.loads(self.words if kind == "names" else self.places)
        return found

    def _found(self, text: str, kinds: Mapping[str, str], name: str | None = None) -> Column:
        start, count = 0, len(self.bits)
        for one, kind in kinds.items():
            size = np.dtype(kind).itemsize * count
            end = start + (size + 2) // 3 * 4
            if one == name:
                return np.frombuffer(b64decode(text[start:end], validate=True), kind, count)
            start = end
        raw = b64decode(text[start:], validate=True)
        return np.frombuffer(raw, HASH, len(raw) // HASH.itemsize)

    def around(self, road: str) -> NDArray[np.bool_]:
        """Which of its places have this in them, small letters or large."""
        text = self.places if road.lower() == road.upper() else self.places.lower()
        if not road or "\\" in text or set(road) & set(SIGNS):
            return np.array([road.lower() in word.lower() for word in self.listed("places")], np.bool_)
        held = np.zeros(len(self.hashes("places")), np.bool_)
        before, at, number = 0, text.find(road.lower()), 0
        while at >= 0:
            number += text.count(BETWEEN, before, at)
            held[number] = True
            before = text.find('"', at)
            at = text.find(road.lower(), before)
        return held

    def cut(self, start: float, end: float) -> None:
        """Only rows of these seconds since 1970 belong to the period."""
        at = self.column("at")
        self.kept = (at >= start) & (at < end)

    def ours(self, column: Column) -> Column:
        """Those of a column that belong to the period."""
        return column if self.kept is None else column[self.kept]


@dataclass
class Book:
    """The pages of one moment in a period; `chosen` are the rows of a slice, where one is asked for."""

    pages: list[Page]
    chosen: NDArray[np.bool_] | None = None
    _columns: dict[str, Column] = field(default_factory=dict)
    _read: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    _registers: dict[str, "Register"] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """One column of the rows that count; words as numbers that mean the same on every page."""
        if name not in self._columns:
            whole = (
                self._numbered(name)
                if name in WORDS
                else _joined([page.ours(page.column(name)) for page in self.pages])
            )
            self._columns[name] = whole if self.chosen is None else whole[self.chosen]
        return self._columns[name]

    def choose(self, chosen: NDArray[np.bool_]) -> None:
        """From now on only these rows count."""
        self.chosen = chosen
        self._columns.clear()

    def among(self, name: str, words: Sequence[str]) -> NDArray[np.bool_]:
        """Which rows of a column of words hold one of these."""
        wanted = np.array([hashed(word) for word in words], HASH)
        return np.concatenate([_NONE, np.isin(self._register(kind_of(name)).hashes, wanted)])[self._where(name)]

    def around(self, road: str) -> NDArray[np.bool_]:
        """Which rows tell of a place that has this in it, as it is called or as it was said."""
        named = np.concatenate([_NONE, *(page.around(road) for page in self.pages)])
        found: NDArray[np.bool_] = named[self._where("place")] | named[self._where("said")]
        return found

    def word(self, name: str, number: int) -> str:
        """The word that a number of this column stands for."""
        register = self._register(kind_of(name))
        where = int(register.first[number - 1])
        page = bisect_right(register.starts, where) - 1
        key = kind_of(name), page
        if key not in self._read:
            self._read[key] = self.pages[page].listed(key[0])
        return self._read[key][where - register.starts[page]]

    def _numbered(self, name: str) -> Column:
        return np.concatenate([_NOWHERE, self._register(kind_of(name)).numbers])[self._where(name)]

    def _where(self, name: str) -> Column:
        """Where the word of each row of the period stands in the register, from 1 on; 0 where it has none."""
        parts = [page.ours(page.column(name)) for page in self.pages]
        before = np.repeat(self._register(kind_of(name)).starts, [len(part) for part in parts])
        words = _joined(parts)
        return np.where(words > 0, words + before, 0)

    def _register(self, kind: str) -> "Register":
        if kind not in self._registers:
            lists = [page.hashes(kind) for page in self.pages]
            starts = np.cumsum([0, *(len(one) for one in lists)]).tolist()[:-1]
            self._registers[kind] = Register(_joined(lists, HASH), starts)
        return self._registers[kind]


@dataclass
class Register:
    """The words of a book, page after page, and where those of a page begin."""

    hashes: Column
    starts: list[int]

    @property
    def first(self) -> Column:
        """Where each word stands first, by its number."""
        return self._sorted[1]

    @property
    def numbers(self) -> Column:
        """Each word as a number, from 1 on, that is the same wherever the word stands."""
        return self._sorted[2] + 1

    @cached_property
    def _sorted(self) -> tuple[Column, Column, Column]:
        return np.unique(self.hashes, return_index=True, return_inverse=True)


def _joined(parts: list[Column], kind: Any = None) -> Column:
    return np.concatenate(parts) if parts else np.zeros(0, kind or np.int64)
