"""The catalogue of the pages is whole in every language, and holds what the pages say, no more and no less."""

import re
from pathlib import Path

import pytest

from models.matters import MATTERS
from models.numbers import SPANS, Formulas, rates
from models.words import Demand, GroupKind, Means, Role, Status
from texts.catalogue import LANGUAGES, contents, matter, say
from texts.words import ACTION
from web.acts import SAID as SAID_WHY
from web.figures import HEADLINES
from web.filters import STATES
from web.ticket import AMOUNTS, DEEDS

WEB = Path(__file__).parent.parent.parent / "web"
SAID = re.compile(r"""(?:\bt|\bsay|about=|title=)\(?\s*['"]([a-z][a-z0-9-]*[a-z0-9])['"]""")
NAME = re.compile(r"""['"]([a-z]+(?:-[a-z0-9]+)+)['"]""")
MADE = {
    **{f"state-{name.replace('_', '-')}": 1 for name in (*STATES, *Status)},
    **{
        f"{kind}-{word.value.replace('_', '-')}": 1
        for kind, words in (("demand", Demand), ("means", Means))
        for word in words
    },
    **{f"amount-{unit}": 1 for _, unit, _ in AMOUNTS},
    **{f"act-{action.replace('_', '-')}": 1 for action in ACTION},
    **{f"done-{deed}": 1 for deed in (*DEEDS, "answer", "memo")},
    **{f"do-{deed}": 1 for deed in (*DEEDS, "answer", "memo")},
    **{f"refused-{why.replace('_', '-')}": 1 for why in (*SAID_WHY, "other")},
    **{f"number-{name.replace('_', '-')}": 1 for name in (*HEADLINES, "held_now", "backlog", "resolved")},
    **{f"rate-{name.replace('_', '-')}": 1 for name in rates(Formulas())},
    **{f"span-{name}": 1 for name in ("today", "week", "last-week", "month", "last-month", "year")},
    **{f"day-{day}": 1 for day in range(7)},
    **{name.replace("_", "-"): 1 for name in SPANS},
    **{f"role-{role}": 1 for role in (Role.WORKER, Role.OFFICER, Role.LEAD, Role.ADMIN)},
    **{f"kind-{kind}": 1 for kind in GroupKind if kind is not GroupKind.PRIVATE},
    **{f"group-{state}": 1 for state in ("active", "muted", "left", "unknown")},
    **{f"source-{source}": 1 for source in ("config", "code")},
}
"""Names that are put together when they are said."""


def files() -> str:
    """All pages and all that shows them."""
    paths = [*WEB.glob("templates/*.html"), *WEB.glob("*.py"), *WEB.glob("static/*.js")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_both_languages_say_the_same_with_the_same_facts() -> None:
    """Every sentence in every language, with the same variables."""
    first, *others = (contents(language) for language in LANGUAGES)
    assert len(first) > 100
    for other in others:
        assert other == first


def test_what_pages_say_is_in_the_catalogue() -> None:
    """No name that is said is missing."""
    said = set(SAID.findall(files())) | set(MADE)
    assert said - set(contents("zh")) == set()


def test_catalogue_holds_nothing_that_is_never_said() -> None:
    """Each sentence is said somewhere, or is made from a known word."""
    words = files()
    known = set(SAID.findall(words)) | set(NAME.findall(words)) | set(MADE)
    prefixes = set(re.findall(r"""['"]([a-z-]+-)['"]\s*~|f["']([a-z-]+-)\{""", words))
    made = {one for pair in prefixes for one in pair if one}
    titles = {f"{name}-title" for name in known}
    unsaid = {n for n in contents("zh") if n not in known | titles and not any(n.startswith(p) for p in made)}
    assert unsaid == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shouts(language: str) -> None:
    """No exclamation marks; Chinese stands in one file, English in the other."""
    words = (Path(__file__).parent.parent.parent / "texts" / "locale" / f"{language}.ftl").read_text(encoding="utf-8")
    assert not re.search(r"[!！]", words)
    if language == "en":
        assert not re.search(r"= .*[\u4e00-\u9fff]", words)


def test_every_matter_has_a_name_in_every_language() -> None:
    """Chinese as the standard has it, English of our own; what is of no standard stands as it is."""
    for code in MATTERS:
        assert matter("zh", code) == MATTERS[code].name
        assert re.fullmatch(r"[ -~]+", matter("en", code)), code
    assert matter("en", "07010") == "07010"


def test_unknown_name_is_an_error() -> None:
    """Nobody sees the name of a sentence instead of it."""
    with pytest.raises(LookupError):
        say("zh", "no-such-thing")
    with pytest.raises(LookupError):
        say("zh", "count")
