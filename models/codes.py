"""One-time codes: twelve signs that nobody takes for others, known to the tables by their hash alone."""

import hashlib
import re
import secrets
import unicodedata

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
"""Twelve of 31 signs are 59 bits: whoever reads a hash in the tables does not find its code within the day it holds."""
WRITTEN = re.compile(r"(?<![0-9A-Za-z])[2-9A-HJKMNP-Za-hjkmnp-z]{4}(?:-[2-9A-HJKMNP-Za-hjkmnp-z]{4}){2}(?![0-9A-Za-z])")
DASH = re.compile("[-\ufe63\uff0d]")
"""Every code has one, of whatever width; most texts have none and need not be put into one width."""
STRUCK = "****"


def fresh() -> str:
    """A new code as it is written: K7QX-M2PA-9RTW."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, LENGTH, 4))


def digest(words: str) -> str:
    """What the tables keep of a code; however it was typed, a code has one digest."""
    plain = unicodedata.normalize("NFKC", words).upper()
    kept = "".join(sign for sign in plain if sign in SIGNS)
    return hashlib.sha256(kept.encode()).hexdigest()


def written_in(text: str) -> list[str]:
    """Digests of what looks like a code in a text."""
    if not DASH.search(text):
        return []
    return [digest(found) for found in WRITTEN.findall(unicodedata.normalize("NFKC", text))]


def struck(text: str) -> str:
    """The text without its codes; whatever else it says stays as it was said."""
    return WRITTEN.sub(STRUCK, text)
