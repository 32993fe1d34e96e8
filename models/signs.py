"""Signs of a text as people mean them: half width, without what nobody sees; one sign for one sign, or none."""

import unicodedata

HIDDEN = {"Cf", "Cc", "Cs", "Mn"}
"""Kinds of signs that take no room: joiners, marks of direction, controls, lone surrogates, accents put on top."""
BREAKS = "\n\t\x85"
"""Controls that part what stands beside them."""


def folded(sign: str) -> str:
    """The sign in half width; nothing where nobody sees it."""
    if unicodedata.category(sign) in HIDDEN:
        return ""
    return unicodedata.normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" or sign == "\u3000" else sign


def seen(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as it is seen, and where each of its signs stood."""
    pairs = [(shown, place) for place, sign in enumerate(text) if (shown := _line(sign))]
    return "".join(shown for shown, _ in pairs), tuple(place for _, place in pairs)


def _line(sign: str) -> str:
    """Figures of every script are figures: ① and １ tell a number as well as 1 does."""
    if sign in BREAKS or sign.isascii():
        return sign if sign in BREAKS else folded(sign)
    figure = unicodedata.digit(sign, None)
    return folded(sign) if figure is None else str(figure)
