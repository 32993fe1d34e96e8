"""A page: what is shown in a chat. Text is HTML of the small kind that chats know; every value in it is escaped."""

import html
import re
from dataclasses import dataclass, field

from texts.masking import mask

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f]")


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


def clean(words: str) -> str:
    """Words of people made safe to show: no control or direction marks, what is personal masked."""
    return mask(whole(words))


def whole(words: str) -> str:
    """Words of people as they were said, without control and direction marks."""
    return HIDDEN.sub("", words.encode("utf-16", "replace").decode("utf-16", "replace"))


def quote(words: str, limit: int = 120) -> str:
    """Words of people, cleaned, cut to `limit` characters and escaped."""
    shown = clean(" ".join(whole(words).split()))
    cut = shown if len(shown) <= limit else shown[: limit - 1] + "…"
    return html.escape(cut, quote=False)


def bold(words: str, limit: int = 60) -> str:
    """Emphasised words of people."""
    return f"<b>{quote(words, limit)}</b>"
