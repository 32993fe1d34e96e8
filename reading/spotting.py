"""Finds where in a text its places stand: a trained chain marks every sign as a place's first, a further one, or none.

It looks at the signs around, and at what the patterns of places.py cut out: they are one opinion among others. A second
chain, over the same signs, marks who is complained of.
"""

import re
from functools import lru_cache

import numpy as np

from reading import parties, places
from reading.cues import scan
from reading.edges import settled, somewhere
from reading.model import Head, Names, Rows

MARKS = ("out", "first", "in")
WINDOW = 3
EDGE = "\ue000"
MOST = 4
BLAMED = 2.0
"""Somebody is oftener complained of than the chain dares to mark: so much speaks for it beforehand."""
SMALL = re.compile("^(?:就是|又是)?(?:那|这|有)?(?:一|几|两)?(?:个|家|帮|伙|处)?")
"""Small words before a party are not of its name."""
HOUSE = re.compile("家(?![里门楼])")
"""「羊汤家」: the shop, not somebody's home."""
DOES = re.compile("[卖收发修开骑拉推捡擦摆烤炸送洗贴办搞做唱跳]")
BREAK = re.compile(r"$|[\s，。！？,!?]|又|把|天天")
NOBODY = re.compile(r"[\d\s-]+|.*(?:路|街|巷|大道|小区|社区)|.*(?:城管|队员|环卫|书记|领导|大家).*")
MARKED = 200
"""So many signs the chains look at: who says more has said where by then, and a flood of long words holds up nobody."""
Span = tuple[int, int]


def features(text: str) -> list[set[str]]:
    """For every sign of a cleaned text what the model looks at."""
    padded = EDGE * WINDOW + text + EDGE * WINDOW
    cut = _marked(len(text), places.spans(text))
    words = _marked(len(text), [(hit.start, hit.end) for hit in scan(text).hits if hit.kind != "cue"])
    people = _marked(len(text), parties.spans(text))
    opinions = (("R", cut), ("Z", words), ("P", people))
    found = [
        _at(padded, at + WINDOW, [(name, marks[at : at + 3]) for name, marks in opinions]) for at in range(len(text))
    ]
    return [_as_written(names) for names in found] if places.MASK.search(text) else found


def _marked(length: int, cut: list[Span]) -> list[str]:
    """A mark for every sign, and one for the edge on either side."""
    marks = ["out"] * (length + 2)
    for start, end in cut:
        marks[start + 1 : end + 1] = ["first"] + ["in"] * (end - start - 1)
    return marks


def _at(padded: str, at: int, opinions: list[tuple[str, list[str]]]) -> set[str]:
    found = {f"W{step}{padded[at + step]}" for step in range(-WINDOW, WINDOW + 1)}
    found |= {f"B{step}{padded[at + step : at + step + 2]}" for step in range(-2, 2)}
    found |= {f"T{step}{padded[at + step : at + step + 3]}" for step in range(-2, 1)}
    found |= {f"K{step}{_class(padded[at + step])}" for step in (-1, 0, 1)}
    for name, (before, here, after) in opinions:
        found |= {f"{name}{here}", f"{name}{before}{here}", f"{name}{here}{after}", f"{name}{here}{padded[at]}"}
    return found


def _as_written(names: set[str]) -> set[str]:
    """In letters with masked districts the same signs may say something else."""
    return names | {f"Q{name}" for name in names if name[0] in "WBTRZ"}


def _class(sign: str) -> str:
    return "0" if sign.isdigit() else "a" if sign.isascii() and sign.isalpha() else "." if not sign.isalnum() else "字"


@lru_cache(maxsize=8)
def _looked(names: Names, text: str) -> tuple[Rows, Rows]:
    """Whose features stand where: for both chains at once."""
    return names.find_all(features(text))


def _runs(head: Head, text: str, bonus: float = 0.0) -> list[Span]:
    """What the chain marks."""
    text = text[:MARKED]
    here = head.sums_of(len(text), *_looked(head.names, text)) + np.array([0, bonus, 0], np.float32)
    marks = _likeliest(here.tolist(), head.sums([{f">{mark}"} for mark in MARKS]).tolist())
    found: list[Span] = []
    for at, mark in enumerate(marks):
        if mark == 1:
            found.append((at, at + 1))
        elif mark == 2 and found:  # noqa: PLR2004 - a further sign
            found[-1] = (found[-1][0], at + 1)
    return found


def spans(head: Head, text: str) -> list[Span]:
    """Places in a cleaned text, in order, none inside another; at most four. Where it finds none, the patterns'."""
    if not text:
        return []
    words = [(hit.start, hit.end) for hit in scan(text).hits if hit.kind != "cue"]
    runs = _runs(head, text) + [span for span in places.spans(text) if span[0] >= MARKED and somewhere(text, *span)]
    whole = [(start, _outside(end, words)) for start, end in runs]
    return settled(text, whole, words)[:MOST] or settled(text, places.spans(text), words)


def party(head: Head, text: str) -> Span | None:
    """Who is complained of in a cleaned text, as the chain hears it."""
    found = (_whole_party(text, *run) for run in (_runs(head, text, BLAMED) if text else ()))
    return next((run for run in found if run is not None), None)


def _whole_party(text: str, start: int, end: int) -> Span | None:
    """With its edges set right; None where it is nobody, as a road, a number, or those who are called."""
    small = SMALL.match(text, start, end)
    start = small.end() if small else start
    end += bool(HOUSE.match(text, end))
    if text[end - 1 : end] == "的" and not (DOES.match(text, start, end) or BREAK.match(text, end)):
        end -= 1
    return (start, end) if end - start > 1 and not NOBODY.fullmatch(text, start, end) else None


def _outside(end: int, words: list[Span]) -> int:
    """A place does not end inside a word of a matter, but before it."""
    return min((start for start, stop in words if start < end < stop), default=end)


def _likeliest(here: list[list[float]], after: list[list[float]]) -> list[int]:
    """The likeliest row of marks (Viterbi): `here` speaks for the marks of each sign, `after[a][b]` for b behind a."""
    scores, back = here[0][:], []
    scores[MARKS.index("in")] = float("-inf")
    every = range(len(MARKS))
    for row in here[1:]:
        ways = [[scores[a] + after[a][b] for a in every] for b in every]
        best = [way.index(max(way)) for way in ways]
        scores = [ways[b][best[b]] + row[b] for b in every]
        back.append(best)
    marks = [scores.index(max(scores))]
    for step in reversed(back):
        marks.append(step[marks[-1]])
    return marks[::-1]
