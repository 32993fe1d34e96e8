"""What people wrote is shown safely."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.page import TEXT_LIMIT, bold, clean, quote

WORDS = st.text(alphabet=st.characters(codec=None), max_size=400)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("打13912345678找我", "打139****5678找我"),
        ("身份证320706199001011234", "身份证320706********1234"),
        ("单号1391234567890", "单号1391234567890"),
        ("一\u202e二\u200b三", "一二三"),
        ("a\x00b", "ab"),
        ("\ud800坏字", "?坏字"),
    ],
)
def test_words_are_cleaned(words: str, shown: str) -> None:
    """Phones and identity numbers are masked, hidden signs are gone."""
    assert clean(words) == shown


@given(WORDS, st.integers(2, 300))
def test_quoted_words_hold_no_markup_and_keep_their_length(words: str, limit: int) -> None:
    """Whatever was written: no tag, no control sign, no longer than allowed."""
    shown = quote(words, limit)
    assert not re.search(r"[<>]", shown)
    assert len(html.unescape(shown)) <= limit
    shown.encode("utf-8")


def test_bold_wraps_escaped_words() -> None:
    """The tag is ours, the words are hers."""
    assert bold("<i>&") == "<b>&lt;i&gt;&amp;</b>"
    assert TEXT_LIMIT == 4096
