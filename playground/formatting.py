"""HTML of the small kind → text and entities, offsets in UTF-16 units, as Telegram parses it."""

import html
import re
from typing import Any

from playground.errors import bad

Json = dict[str, Any]
TAG = re.compile(r"<(/?)([a-zA-Z-]+)((?:\s+[^<>]*)?)>|<")
KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler",
}  # fmt: skip
HREF = re.compile(r"""href\s*=\s*["']([^"']*)["']""")


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)  # noqa: PLR2004 - beyond the first plane


def parse(source: str, mode: str | None) -> tuple[str, list[Json]]:
    """Text and entities, without white space at the ends. Raises Refusal where the tags do not fit."""
    if mode is None or not mode:
        return trimmed(source, [])
    if mode.upper() != "HTML":
        raise bad("unsupported parse_mode")
    return trimmed(*_tagged(source))


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """White space at the ends cut off; entities moved and cut with it, empty ones left out."""
    ahead = units(text) - units(text.lstrip())
    text = text.strip()
    room, kept = units(text), []
    for entity in entities:
        start = max(entity["offset"] - ahead, 0)
        end = min(entity["offset"] - ahead + entity["length"], room)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, sorted(kept, key=lambda e: (e["offset"], -e["length"]))


def _tagged(source: str) -> tuple[str, list[Json]]:
    text, length, at = [], 0, 0
    entities: list[Json] = []
    open_tags: list[tuple[str, int, str]] = []
    for found in TAG.finditer(source):
        piece = html.unescape(source[at : found.start()])
        text.append(piece)
        length, at = length + units(piece), found.end()
        closing, name, rest = found[1], (found[2] or "").lower(), found[3] or ""
        if name not in KINDS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {_bytes(source, found)}')
        if not closing:
            open_tags.append((name, length, rest))
        elif not open_tags or open_tags[-1][0] != name:
            raise bad(f"can't parse entities: Unmatched end tag at byte offset {_bytes(source, found)}")
        else:
            _, start, attributes = open_tags.pop()
            entities += _entity(name, start, length, attributes)
    text.append(html.unescape(source[at:]))
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    return "".join(text), entities


def _bytes(source: str, found: re.Match[str]) -> int:
    return len(source[: found.start()].encode("utf-8", "replace"))


def _entity(name: str, start: int, end: int, attributes: str) -> list[Json]:
    """A link without an address is plain text, as on Telegram."""
    entity: Json = {"type": KINDS[name], "offset": start, "length": end - start}
    if name != "a":
        return [entity]
    link = HREF.search(attributes)
    return [{**entity, "url": html.unescape(link[1])}] if link and link[1] else []
