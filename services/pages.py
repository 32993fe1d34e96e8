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

WORDS = ("street", "grid", "squad", "matter", "place")
_COMMON = {"at": "u4", "group": "i4", "officer": "i4", "means": "i1", **dict.fromkeys(WORDS[:4], "u4")}
COLUMNS = {
    "opened_at": _COMMON | {"accept": "i4", "arrive": "i4", "place": "u4", "lat": "i4", "lon": "i4"},
    "resolved_at": _COMMON | {"resolve": "i4"},
    "closed_at": _COMMON,
    "deadline_at": _COMMON,
}
"""What a page of each moment holds, in this order, then its words' hashes. Which numbers it counts for is beside it."""
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


def body_of(moment: str, columns: Mapping[str, Sequence[int]], words: list[str]) -> str:
    """All columns of a page, and its words' hashes."""
    kinds = COLUMNS[moment]
    parts = [text_of(np.array(columns[name], kind)) for name, kind in kinds.items()]
    return "".join([*parts, text_of(np.array([hashed(word) for word in words], HASH))])


@dataclass(slots=True)
class Page:
    """A page as it is kept; `kept` are the rows that belong to the period, where not all do."""

    moment: str
    words: str
    bits: Column
    body: str
    kept: NDArray[np.bool_] | None = None

    @classmethod
    def read(cls, moment: str, marks: str, words: str, body: str) -> "Page":
        """Take it from its texts."""
        return cls(moment, words, np.frombuffer(b64decode(marks, validate=True), BITS), body)

    def column(self, name: str) -> Column:
        """One column, of all rows."""
        start, count = 0, len(self.bits)
        for one, kind in COLUMNS[self.moment].items():
            size = np.dtype(kind).itemsize * count
            end = start + (size + 2) // 3 * 4
            if one == name:
                return np.frombuffer(b64decode(self.body[start:end], validate=True), kind, count)
            start = end
        raw = b64decode(self.body[start:], validate=True)
        return np.frombuffer(raw, HASH, len(raw) // HASH.itemsize)

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
    _read: dict[int, list[str]] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """One column of the rows that count; words as numbers that mean the same on every page."""
        if name not in self._columns:
            whole = _joined([page.ours(part) for page, part in zip(self.pages, self._parts(name), strict=True)])
            self._columns[name] = whole if self.chosen is None else whole[self.chosen]
        return self._columns[name]

    def choose(self, chosen: NDArray[np.bool_]) -> None:
        """From now on only these rows count."""
        self.chosen = chosen
        self._columns.clear()

    def among(self, name: str, words: Sequence[str]) -> NDArray[np.bool_]:
        """Which rows of a column of words hold one of these."""
        wanted = np.array([hashed(word) for word in words], HASH)
        parts = []
        for page in self.pages:
            hashes = page.column("hashes")
            there = hashes == wanted[0] if len(wanted) == 1 else np.isin(hashes, wanted)
            known = np.concatenate([_NONE, there])
            parts.append(page.ours(known[page.column(name)]))
        return _joined(parts, np.bool_)

    def word(self, number: int) -> str:
        """The word that a number stands for."""
        _, first, _, starts = self._register
        where = int(first[number - 1])
        page = bisect_right(starts, where) - 1
        if page not in self._read:
            self._read[page] = orjson.loads(self.pages[page].words)
        return self._read[page][where - starts[page]]

    def _parts(self, name: str) -> list[Column]:
        if name == "bits":
            return [page.bits for page in self.pages]
        parts = [page.column(name) for page in self.pages]
        if name not in WORDS:
            return parts
        _, _, numbers, starts = self._register
        ends = [*starts[1:], len(numbers)]
        return [np.concatenate([_NOWHERE, numbers[start:end]])[part]
                for start, end, part in zip(starts, ends, parts, strict=True)]  # fmt: skip

    @cached_property
    def _register(self) -> tuple[Column, Column, Column, list[int]]:
        """All hashes in order; where each stands first; each page's words as numbers; where those of a page begin."""
        lists = [page.column("hashes") for page in self.pages]
        starts = np.cumsum([0, *(len(one) for one in lists)]).tolist()[:-1]
        known, first, numbers = np.unique(_joined(lists, HASH), return_index=True, return_inverse=True)
        return known, first, numbers + 1, starts


def _joined(parts: list[Column], kind: Any = None) -> Column:
    return np.concatenate(parts) if parts else np.zeros(0, kind or np.int64)
