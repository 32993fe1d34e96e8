"""Text and entities: offsets count UTF-16 units, whatever people type."""

import html

from hypothesis import given
from hypothesis import strategies as st

from playground.formatting import parse, trimmed, units

WORDS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("😀🛵👨\u200d👩\u200d👧 \n<>&"), max_size=30)
TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code", "blockquote": "blockquote"}


def _cut(text: str, entity: dict[str, int]) -> str:
    """What an entity covers, cut the way Telegram cuts."""
    raw = text.encode("utf-16-le")
    return raw[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")


@given(WORDS, st.sampled_from(sorted(TAGS)), WORDS, WORDS)
def test_entity_covers_exactly_what_stood_between_the_tags(before: str, tag: str, inside: str, after: str) -> None:
    """Escaped, tagged, parsed: the text is as it was, without white space at the ends; the entity covers the inside."""
    source = f"{html.escape(before)}<{tag}>{html.escape(inside)}</{tag}>{html.escape(after)}"
    text, entities = parse(source, "HTML")
    whole = before + inside + after
    assert text == whole.strip()
    covered = "".join(_cut(text, entity) for entity in entities)
    assert covered in inside
    assert covered.strip() == inside.strip() or not whole.strip()
    assert {entity["type"] for entity in entities} <= {TAGS[tag]}


@given(WORDS)
def test_text_without_a_mode_is_only_trimmed(source: str) -> None:
    """No tags are looked for."""
    assert parse(source, None) == (source.strip(), [])


@given(WORDS)
def test_units_are_what_utf16_needs(text: str) -> None:
    """Two for what lies beyond the first plane."""
    assert units(text) == len(text.encode("utf-16-le")) // 2


def test_nested_tags_links_and_names() -> None:
    """Outer before inner; a link keeps its address, without one it is plain text."""
    text, entities = parse('<b>#1 <i>占道</i></b> <a href="https://a.b/?x=1&amp;y">图</a><a>无</a> &lt;', "html")
    assert text == "#1 占道 图无 <"
    assert entities == [
        {"type": "bold", "offset": 0, "length": 5},
        {"type": "italic", "offset": 3, "length": 2},
        {"type": "text_link", "offset": 6, "length": 1, "url": "https://a.b/?x=1&y"},
    ]


def test_trimming_moves_entities_and_drops_empty_ones() -> None:
    """Blanks before the text shift what covers it."""
    marks = [{"type": "bold", "offset": 0, "length": 5}, {"type": "code", "offset": 0, "length": 2}]
    assert trimmed("  😀 路 ", marks) == ("😀 路", [{"type": "bold", "offset": 0, "length": 3}])
