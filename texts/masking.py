"""What tells who somebody is, made unrecognisable before it is shown: 138****5678, 0518-****1234, 苏G·**123.

Looked for in what is seen of the words, so full width, gaps and hidden signs hide nothing. Public codes of firms stay.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from models.personal import ACCOUNT, EMAIL, FIGURE, GAP, LANDLINE, MOBILE, PLATE, SPELT, bank_card, born, credit_code
from models.signs import seen

Piece = tuple[int, int, str]
"""From, to (in what is seen of the words), and what is shown instead."""
RUN = re.compile(rf"{FIGURE}(?:{GAP}{{0,2}}{FIGURE}){{6,}}(?:{GAP}{{0,2}}x(?![a-z]))?", re.IGNORECASE)
CODE = re.compile(r"(?<![0-9a-z])[0-9a-z]{18}(?![0-9a-z])", re.IGNORECASE)
POINT = re.compile(r"(?<![\d.])\d{1,3}\.\d{3,}(?![\d.])")
GRID = re.compile(r"(?:网格|grid) ?(?!3[47])[0-9]{15}(?![0-9])", re.IGNORECASE)
"""The code of a unit grid is public, where it is called so; cards of as many figures begin with 34 or 37."""
CALLED = re.compile(r"(?:电话|座机|固话|tel)\D{0,3}$", re.IGNORECASE)
PLATES = re.compile(PLATE, re.IGNORECASE)
ACCOUNTS = (re.compile(EMAIL, re.IGNORECASE), re.compile(ACCOUNT, re.IGNORECASE))
SHORT, LOCAL = 7, (7, 8)
ABROAD = "86"
LONGEST = 8000
"""Beyond that nothing is ever shown."""


def mask(words: str) -> str:
    """The first 8,000 signs of the words with what is personal masked. Doing it again changes nothing."""
    words = words[:LONGEST]
    while (masked := _once(words)) != words:
        words = masked
    return words


def _once(words: str) -> str:
    text, back = seen(words)
    pieces = _apart([*_numbers(text), *_plates(text), *_accounts(text)])
    shown, at = [], 0
    for start, end, instead in pieces:
        shown += [words[at : back[start]], instead]
        at = back[end - 1] + 1
    return "".join([*shown, words[at:]])


def hides(*words: str | None) -> bool:
    """True where masking takes something away from any of these."""
    return any(one and mask(one) != one[:LONGEST] for one in words)


def _numbers(text: str) -> Iterator[Piece]:
    spared = [hit.span() for hit in CODE.finditer(text) if credit_code(hit[0]) and not _personal(hit[0])]
    spared += [hit.span() for hit in GRID.finditer(text)]
    spared += [hit.span() for hit in POINT.finditer(text) if not MOBILE.fullmatch(hit[0].replace(".", ""))]
    for hit in RUN.finditer(text):
        yield from (p for p in _in_run(text, hit) if not any(a <= p[0] and p[1] <= b for a, b in spared))


def _personal(code: str) -> bool:
    """What may as well be an ID number or a bank card is hidden: one public code more is no harm."""
    return born(code) or bank_card(code)


def _in_run(text: str, hit: re.Match[str]) -> Iterator[Piece]:
    """The numbers among the figures of a run, each beginning and ending where a gap does."""
    places = [at for at in range(*hit.span()) if re.match(rf"{FIGURE}|x", text[at], re.IGNORECASE)]
    figures = "".join(text[at] for at in places).translate(SPELT)
    edges = [
        0,
        *(n for n, (a, b) in enumerate(pairwise(places), 1) if b > a + 1),
        len(figures.rstrip("xX")),
        len(figures),
    ]
    at = 0
    for start in edges:
        ends = [end for end in edges[::-1] if start >= at and end - start >= SHORT]
        found = next(((end, f) for end in ends if (f := _named(figures[start:end], places[start:end]))), None)
        if found is not None:
            at, instead = found
            yield places[start], places[at - 1] + 1, instead
    if at == 0 and len(figures) in LOCAL and figures.isdecimal() and CALLED.search(text[: hit.start()]):
        yield places[0], places[-1] + 1, f"****{figures[-4:]}"


def _named(figures: str, places: list[int]) -> str | None:
    """How the number that these figures are is shown; None where they are none."""
    whole = [b == a + 1 for a, b in pairwise(places)]
    home = figures.removeprefix(ABROAD)
    if MOBILE.fullmatch(home):
        return f"{home[:3]}****{home[-4:]}"
    area = 3 if figures[1] in "12" else 4
    if LANDLINE.fullmatch(figures) and (all(whole[: area - 1]) or not any(whole)):
        return f"{figures[:area]}-****{figures[-4:]}"
    if born(figures):
        return f"{figures[:6]}********{figures[-4:].upper()}"
    if bank_card(figures) and (all(whole) or figures[0] != "2"):
        return f"****{figures[-4:]}"
    return None


def _plates(text: str) -> Iterator[Piece]:
    for hit in PLATES.finditer(text):
        signs = re.sub(GAP, "", hit[0]).upper()
        if any(sign.isdecimal() for sign in signs):
            yield hit.start(), hit.end(), f"{signs[:2]}·**{signs[-3:]}"


def _accounts(text: str) -> Iterator[Piece]:
    for shape in ACCOUNTS:
        for hit in shape.finditer(text):
            start, end = hit.span(hit.re.groups)
            yield start, end, f"{text[start : start + 2]}***"


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Pieces in order; of two that overlap the first covers both, so that no rest is left standing."""
    whole: list[Piece] = []
    for start, end, instead in sorted(pieces, key=lambda piece: (piece[0], -piece[1])):
        if whole and start < whole[-1][1]:
            first, last, known = whole[-1]
            whole[-1] = (first, max(last, end), known)
        else:
            whole.append((start, end, instead))
    return whole
