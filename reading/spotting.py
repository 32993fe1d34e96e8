"""Finds where in a text its places stand: a trained chain marks every sign as a place's first, a further one, or none.

It looks at the signs around, and at what the patterns of places.py cut out: they are one opinion among others.
"""

from reading import places
from reading.cues import scan
from reading.edges import settled
from reading.model import Head

MARKS = ("out", "first", "in")
WINDOW = 3
EDGE = "\ue000"
MOST = 4
Span = tuple[int, int]


def features(text: str) -> list[set[str]]:
    """For every sign of a cleaned text what the model looks at."""
    padded = EDGE * WINDOW + text + EDGE * WINDOW
    cut = _marked(len(text), places.spans(text))
    words = _marked(len(text), [(hit.start, hit.end) for hit in scan(text).hits if hit.kind != "cue"])
    found = [_at(padded, at + WINDOW, cut[at : at + 3], words[at : at + 3]) for at in range(len(text))]
    return [_as_written(names) for names in found] if places.MASK.search(text) else found


def _marked(length: int, cut: list[Span]) -> list[str]:
    """A mark for every sign, and one for the edge on either side."""
    marks = ["out"] * (length + 2)
    for start, end in cut:
        marks[start + 1 : end + 1] = ["first"] + ["in"] * (end - start - 1)
    return marks


def _at(padded: str, at: int, cut: list[str], words: list[str]) -> set[str]:
    found = {f"W{step}{padded[at + step]}" for step in range(-WINDOW, WINDOW + 1)}
    found |= {f"B{step}{padded[at + step : at + step + 2]}" for step in range(-2, 2)}
    found |= {f"T{step}{padded[at + step : at + step + 3]}" for step in range(-2, 1)}
    found |= {f"K{step}{_class(padded[at + step])}" for step in (-1, 0, 1)}
    for name, (before, here, after) in (("R", cut), ("Z", words)):
        found |= {f"{name}{here}", f"{name}{before}{here}", f"{name}{here}{after}", f"{name}{here}{padded[at]}"}
    return found


def _as_written(names: set[str]) -> set[str]:
    """In letters with masked districts the same signs may say something else."""
    return names | {f"Q{name}" for name in names if name[0] in "WBTRZ"}


def _class(sign: str) -> str:
    return "0" if sign.isdigit() else "a" if sign.isascii() and sign.isalpha() else "." if not sign.isalnum() else "字"


def spans(head: Head, text: str) -> list[Span]:
    """Places in a cleaned text, in order, none inside another; at most four. Where it finds none, the patterns'."""
    if not text:
        return []
    marks = _likeliest(head.sums(features(text)).tolist(), head.sums([{f">{mark}"} for mark in MARKS]).tolist())
    found: list[Span] = []
    for at, mark in enumerate(marks):
        if mark == 1:
            found.append((at, at + 1))
        elif mark == 2 and found:  # noqa: PLR2004 - a further sign
            found[-1] = (found[-1][0], at + 1)
    words = [(hit.start, hit.end) for hit in scan(text).hits if hit.kind != "cue"]
    whole = [(start, _outside(end, words)) for start, end in found]
    return settled(text, whole, words)[:MOST] or places.spans(text)


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
