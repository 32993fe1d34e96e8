"""The catalogue is whole in every language, and holds what pages and chats say, no more and no less."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.limits import table
from models.matters import MATTERS
from models.numbers import SPANS, Formulas, rates
from models.words import GroupKind, Role
from texts import listing, mapped, privacy, reports, sayings, sheet, watching, words
from texts.cards import PRESS
from texts.catalogue import DEFAULT, LANGUAGES, contents, files, matter, say, variables
from texts.page import Page
from texts.speaking import Choice, Named, again, fixed, speaking, spoken, tell
from web.acts import SAID as SAID_WHY
from web.figures import HEADLINES
from web.filters import STATES
from web.ticket import AMOUNTS, DEEDS

ROOT = Path(__file__).parent.parent.parent
WEB = ROOT / "web"
ROOMS = ("texts", "bot", "handlers", "services", "ledger", "web", "reading")
SAYS = {"tell", "say", "fixed", "kept", "partial", "Choice", "t", "NoSuchDay"}
"""What takes a sentence's name."""
SAID = re.compile(r"""(?:\bt|\bsay|about=|title=)\(?\s*['"]([a-z][a-z0-9-]*[a-z0-9])['"]""")
NAME = re.compile(r"""['"]([a-z]+(?:-[a-z0-9]+)+)['"]""")
CHINESE = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
MADE = {
    *(f"state-{name}" for name in STATES),
    *(f"amount-{unit}" for _, unit, _ in AMOUNTS),
    *(f"{made}-{deed}" for made in ("done", "do") for deed in (*DEEDS, "answer", "memo")),
    *(f"refused-{why}" for why in (*SAID_WHY, "other")),
    *(f"number-{name}" for name in (*HEADLINES, "held_now", "backlog", "resolved")),
    *(f"rate-{name}" for name in rates(Formulas())),
    *(f"span-{name}" for name in ("today", "week", "last-week", "month", "last-month", "year")),
    *(f"day-{day}" for day in range(7)),
    *SPANS,
    *(f"kind-{kind}" for kind in GroupKind if kind is not GroupKind.PRIVATE),
    *(f"group-{state}" for state in ("active", "muted", "left", "unknown")),
    *(f"source-{source}" for source in ("config", "code")),
    *(f"role-said-{role}" for role in Role if role is not Role.MERCHANT),
    *(f"formula-{name}-{of}" for name, ways in {
        "in_time_archive": ("due", "done"), "in_time_dispose": ("due", "done"), "rework": ("resolved", "opened"),
        "response": ("rated", "closed"), "resolution": ("rated", "closed"), "satisfaction": ("rated", "closed"),
    }.items() for of in ways),
    *(f"question-{verb}" for verb in ("yes", "no")),
    *(f"command-{name}" for name in sayings.COMMANDS),
}  # fmt: skip
"""Names that are put together when they are said."""
SPARE = {*contents(DEFAULT, "kept")}
"""What tables keep of former times, or by the reader's word, is said when it is met."""


def named() -> set[str]:
    """The names behind all words by kind."""
    rooms = (words, sayings, watching, reports, listing, mapped, privacy, sheet)
    kinds = [one for room in rooms for one in vars(room).values() if isinstance(one, Named)]
    return {name for kind in (*kinds, PRESS) for name in kind._names.values()}


def literals(file: Path) -> set[str]:
    """Names that a file of ours says in so many letters, also one of two, or in a table."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def surely_said(file: Path) -> set[str]:
    """Names that stand first where something is said."""
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    own = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in SAYS - {"partial"}]
    return {
        str(given.value)
        for call in own
        for given in call.args[:1]
        if isinstance(given, ast.Constant) and isinstance(given.value, str)
    }


def sources() -> list[Path]:
    """All that may say something."""
    return [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]


def pages() -> str:
    """All pages and all that shows them."""
    paths = [*WEB.glob("templates/*.html"), *WEB.glob("*.py"), *WEB.glob("static/*.js")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def made() -> set[str]:
    """As the catalogue writes them."""
    return {name.replace("_", "-") for name in MADE}


def test_both_languages_say_the_same_with_the_same_facts() -> None:
    """Every sentence in every language, in the file of the same subject, with the same variables."""
    assert len({tuple(file.name for file in files(language)) for language in LANGUAGES}) == 1
    for file in files(DEFAULT):
        first, *others = (
            {name: variables(sentence) for name, sentence in contents(language, file.stem).items()}
            for language in LANGUAGES
        )
        assert len(first) > 5
        for other in others:
            assert other == first


def test_what_is_said_is_in_the_catalogue() -> None:
    """No name that a page or a chat says is missing."""
    said = set(SAID.findall(pages())) | made() | named() | {name for file in sources() for name in surely_said(file)}
    assert said - set(contents(DEFAULT)) == set()


def test_catalogue_holds_nothing_that_is_never_said() -> None:
    """Each sentence is said somewhere, or is made from a known word."""
    shown = pages()
    known = set(SAID.findall(shown)) | set(NAME.findall(shown)) | made() | named() | SPARE
    known |= {name for file in sources() for name in literals(file)}
    prefixes = set(re.findall(r"""['"]([a-z-]+-)['"]\s*~|f["']([a-z-]+-)\{""", shown))
    begun = {one for pair in prefixes for one in pair if one}
    titles = {f"{name}-title" for name in known}
    unsaid = {n for n in contents(DEFAULT) if n not in known | titles and not any(n.startswith(p) for p in begun)}
    assert unsaid == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shouts(language: str) -> None:
    """No exclamation marks, no markup; Chinese stands in one folder, English in the other."""
    for file in files(language):
        told = file.read_text(encoding="utf-8")
        assert not re.search(r"[!！<&]|(?<!-)>", told), file
        if language == "en":
            assert not CHINESE.search(told), file


@pytest.mark.parametrize("file", sorted((ROOT / "texts").glob("*.py")), ids=lambda file: file.stem)
def test_words_of_chats_stand_in_the_catalogue_alone(file: Path) -> None:
    """No Chinese in the code that composes them; what masking looks for in people's words is no text of ours."""
    if file.stem == "masking":
        return
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            assert not CHINESE.search(node.value), node.value


FACTS = st.one_of(
    st.text(alphabet=st.characters(codec=None), max_size=20),
    st.sampled_from(
        ["堵" * 5000, "&amp;" * 600, "<b>", "{ $n }", "{", "&amp;", "邱女士", "😀", "\ud800", "-", "=1", '"}']
    ),
)


@given(st.data(), st.integers(0, 10**6))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_sentence_can_be_said_with_any_facts(data: st.DataObject, number: int) -> None:
    """Whatever stands for a variable stands in the sentence as it is; nothing is taken for the catalogue's own."""
    fact = data.draw(FACTS)
    for language in LANGUAGES:
        with speaking(language):
            for name, sentence in contents(language).items():
                told = tell(name, **{key: _fitting(key, fact, number) for key in variables(sentence)})
                assert "{" not in told.replace(fact, "")
                assert all(fact in told for key in variables(sentence) - NUMBERS)


NUMBERS = {
    "n", "month", "year", "day", "round", "times", "part", "whole", "page", "pages", "percent", "metres", "opened",
    "closed", "open", "late", "held", "again", "recurred", "missing", "minutes", "all",
}  # fmt: skip


def _fitting(key: str, fact: str, number: int) -> str | int:
    return number if key in NUMBERS else fact


def test_numbers_stand_as_they_are() -> None:
    """A thousand has no comma, also in English; what one ticket is, is said of one."""
    assert tell("count", n=1234) == "共 1234 件"
    with speaking("en"):
        assert tell("count", n=1234) == "1234 tickets"
        assert tell("count", n=1) == "1 ticket"


def test_a_language_is_spoken_where_it_is_said_to_be_and_nowhere_else() -> None:
    """One within another, and after an error; what nobody speaks is Chinese."""
    assert spoken() == DEFAULT
    with speaking("en"):
        with speaking("zh"):
            assert fixed("no-ticket")() == Page("没有找到这个工单号，请核对一下。")
        assert spoken() == "en"
        with pytest.raises(LookupError):
            tell("no-such-thing")
    with speaking("fr"):
        assert spoken() == DEFAULT
    assert spoken() == DEFAULT


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("2紧急工作时", "2 hours, nights too"), ("1工作日", "1 working day"), ("1.5小时", "1.5 hours"),
        ("2紧急工作日", "2 days, nights too"),
        ("占道经营", "Stall on the road"), ("天气原因", "Weather"), ("明早", "tomorrow morning"), ("我的", "mine"),
        ("对方不用了", "No longer needed"), ("一般", "Usual"),
        ("街面秩序类", "Order in the street"),
        ("对方说不用来了", "No longer needed, says who told of it"), ("天气不好", "天气不好"), ("", ""),
    ],
)  # fmt: skip
def test_what_tables_keep_is_said_again_in_the_language_spoken(kept: str, told: str) -> None:
    """In Chinese as it stands; words that people wrote stand in every language."""
    assert again(kept) == kept
    with speaking("en"):
        assert again(kept) == told


def test_every_major_class_has_a_name_in_each_language() -> None:
    """As the standard's table has them; in English it is not the Chinese."""
    majors = {matter.major for matter in MATTERS.values()}
    assert majors == {say(DEFAULT, f"major-{n:02}") for n in range(1, 11)}
    with speaking("en"):
        assert all(again(major).isascii() for major in majors)


def test_what_a_button_offers_is_kept_in_chinese() -> None:
    """The button bears the chat's language, the tables one and the same."""
    with speaking("en"):
        assert (Choice("amount-days", 3).label, Choice("amount-days", 3).kept) == ("3 working days", "3工作日")


def test_every_matter_has_a_name_in_every_language() -> None:
    """Chinese as the standard has it, English of our own; what is of no standard stands as it is."""
    for code in MATTERS:
        assert matter("zh", code) == MATTERS[code].name
        assert re.fullmatch(r"[ -~]+", matter("en", code)), code
    assert matter("en", "07010") == "07010"
    assert matter("en", None) == "Other matter"


def test_every_condition_of_the_limits_has_a_name_in_every_language() -> None:
    """And stands beside its limit in the language spoken; a bureau's own condition as the bureau calls it."""
    with speaking("en"):
        for row in {row for rows in table().values() for row in rows}:
            assert re.fullmatch(r"[ -~]+", again(row.name)), row.name
        assert watching.condition("缺失 2紧急工作时") == "missing 2 hours, nights too"
        assert watching.condition("灯箱漏电 1天") == "灯箱漏电 1 day"


def test_unknown_name_is_an_error() -> None:
    """Nobody sees the name of a sentence instead of it."""
    with pytest.raises(LookupError):
        say("zh", "no-such-thing")
    with pytest.raises(LookupError):
        say("zh", "count")
