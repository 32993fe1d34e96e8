"""HTML of the small kind → text and entities, offsets in UTF-16 units, as Telegram parses it."""

import html
import re
from typing import Any

from playground.errors import bad

TAG = re.compile(r"<(/?)([a-zA-Z-]+)((?:\s+[^<>]*)?)>|<")
KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
HREF = re.compile(r"""href\s*=\s*["']([^"']*)["']""")


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)  # noqa: PLR2004 - beyond the first plane


def parse(source: str, mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities. Raises Refusal where the tags do not fit."""
    if mode is None or not mode:
        return source, []
    if mode.upper() != "HTML":
        raise bad("unsupported parse_mode")
    text, entities, open_tags, at = "", [], [], 0
    for found in TAG.finditer(source):
        text += html.unescape(source[at : found.start()])
        at = found.end()
        closing, name, rest = found[1], (found[2] or "").lower(), found[3] or ""
        if name not in KINDS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {found.start()}')
        if not closing:
            open_tags.append((name, units(text), rest))
            continue
        if not open_tags or open_tags[-1][0] != name:
            raise bad(f"can't parse entities: Unmatched end tag at byte offset {found.start()}")
        _, start, attributes = open_tags.pop()
        entities.append(_entity(name, start, units(text), attributes))
    text += html.unescape(source[at:])
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    entities = [e for e in entities if e["length"] > 0]
    return text, sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _entity(name: str, start: int, end: int, attributes: str) -> dict[str, Any]:
    entity: dict[str, Any] = {"type": KINDS[name], "offset": start, "length": end - start}
    link = HREF.search(attributes)
    return {**entity, "url": html.unescape(link[1])} if name == "a" and link else entity
