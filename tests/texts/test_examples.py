"""What the help and the hint show as questions are questions, in each language."""

import re
from datetime import date

import pytest

from reading import asking
from reading.registers import Names
from texts.catalogue import LANGUAGES, named_in, say

TODAY = date(2026, 11, 25)
NAMES = Names(("三中队",), matters=named_in("en"))
COMMAND = re.compile("^(?:/summary|汇总) ?")
PARTS = re.compile("、|, ")


def examples(language: str) -> list[str]:
    """Those of the help for leads, whose last lines ask nothing, and of the sentence for what was not understood."""
    lines = [re.split(":|：", line)[0] for line in say(language, "help-lead").split("\n")[:2]]
    hint = re.split(":|：", say(language, "not-understood", words="x"))[-1].rstrip(".。")
    return [example.strip() for told in (*lines, hint) for example in PARTS.split(told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_understood(language: str) -> None:
    """With /summary or without it, as it stands there."""
    shown = examples(language)
    assert len(shown) == 12
    for example in shown:
        question = asking.understand(COMMAND.sub("", example), NAMES, TODAY)
        assert question.rest == "", example
        assert question.dated or question.which or question.plain, example


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_that_just_asks_is_asked_in_plain_words(language: str) -> None:
    """What it says is asked without a command is plain, and looked at."""
    for example in PARTS.split(re.split(":|：", say(language, "help-lead").split("\n")[1])[0]):
        assert asking.perhaps(example)
        assert asking.understand(example, NAMES, TODAY).plain


def test_hint_for_a_number_of_days_is_understood() -> None:
    """最近7天, last 7 days."""
    for language, example in (("zh", "最近7天"), ("en", "last 7 days")):
        assert say(language, "a-day-or-more").endswith(example)
        assert asking.understand(example, NAMES, TODAY).bare
