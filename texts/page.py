"""A page: what is shown in a chat. Text is HTML of the small kind that chats know; every value in it is escaped."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from texts.masking import mask

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Signs that show nothing and turn, split or hide what stands beside them."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a page: its text and what a press says."""

    text: str
    data: str


@dataclass(frozen=True, slots=True)
class Page:
    """Text in HTML and rows of buttons."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = field(default=())


def as_rows(rows: Iterable[Iterable[Button]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Rows of buttons as a channel takes them."""
    return tuple(tuple((button.text, button.data) for button in row) for row in rows)


def clean(words: str) -> str:
    """Words of people made safe to show: no control or direction marks, what is personal masked."""
    return mask(whole(words))


def whole(words: str) -> str:
    """Words of people as they were said, without control and direction marks."""
    return HIDDEN.sub("", words.encode("utf-16", "replace").decode("utf-16", "replace"))


def units(words: str) -> int:
    """Length as chats measure it: in UTF-16 units, of which a sign beyond the first plane has two."""
    return len(words) + sum(sign > "\uffff" for sign in words)


def plain(words: str, limit: int = 120) -> str:
    """Words of people, cleaned and cut to `limit` UTF-16 units, for what is no HTML: buttons and toasts.

    A long run of figures may be a telephone's number once it is cut: so what is left is masked again.
    """
    shown = clean(" ".join(whole(words).split()))
    if units(shown) <= limit:
        return shown
    cut = shown[: limit - 1]
    while units(masked := mask(cut)) > limit - 1:
        cut = cut[:-1]
    return masked + "…"


def quote(words: str, limit: int = 120) -> str:
    """Words of people, cleaned, cut to `limit` UTF-16 units and escaped."""
    return html.escape(plain(words, limit), quote=False)


def bold(words: str, limit: int = 60) -> str:
    """Emphasised words of people."""
    return f"<b>{quote(words, limit)}</b>"
