"""Cleans words for reading, with a way back from each sign to where it stood in the original."""

import re
from dataclasses import dataclass, field

from models.personal import MOBILE
from models.plain import doors, simplified
from models.signs import folded

LONGEST = 600
"""So much of a text is read: the longest message of thirty groups had 237 signs, and four thousand hold others up."""
FIGURES = re.compile(r"\b(?:https?|geo)://[!-~]+|(?<![\d.])\d{1,3}\.\d{3,}(?![\d.])")
SLIPS = {
    "占到经营": "占道经营",
    "沾道": "占道",
    "成管": "城管",
    "程管": "城管",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Words fit for reading; `back[i]` is where sign i stood in the original."""

    text: str = field(repr=False)
    back: tuple[int, ...] = field(repr=False)
    original: str = field(repr=False)

    def span(self, start: int, end: int) -> str:
        """The exact piece of the original that [start, end) was made of."""
        if start >= end or not self.back:
            return ""
        return self.original[self.back[start] : self.back[end - 1] + 1]


def clean(original: str) -> Cleaned:
    """Half width, simplified, lower case, figures for doors, without hidden signs; at most LONGEST signs are looked at.

    Addresses of pages and coordinates say nothing in words: their letters and figures become spaces.
    """
    signs: list[str] = []
    back: list[int] = []
    for place, sign in enumerate(_wordless(simplified(original[:LONGEST]))):
        plain = _plain(sign)
        if plain:
            signs.append(plain)
            back.append(place)
    text = "".join(signs)
    for slip, meant in SLIPS.items():
        text = text.replace(slip, meant)
    return _numbered(Cleaned(text, tuple(back), original))


def _numbered(cleaned: Cleaned) -> Cleaned:
    """With the numbers of doors in figures: the last figure leads back to the last sign, each before it to its own."""
    text, back = cleaned.text, cleaned.back
    for start, end, figures in reversed(doors(text)):
        there = [back[min(start + at, end - 1)] for at in range(len(figures) - 1)]
        text = text[:start] + figures + text[end:]
        back = (*back[:start], *there, back[end - 1], *back[end:])
    return Cleaned(text, back, cleaned.original)


def _wordless(text: str) -> str:
    if "//" not in text and "." not in text:
        return text
    return FIGURES.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    """As many spaces; a phone written with a stop in it is no coordinate."""
    written = found.group()
    return written if MOBILE.fullmatch(written.replace(".", "")) else " " * len(written)


def _plain(sign: str) -> str:
    if sign == "\n":
        return " "
    plain = folded(sign)
    lower = plain.lower()
    return lower if len(lower) <= 1 else sign
