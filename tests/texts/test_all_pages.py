"""Whatever people write, whoever they say they are: every page that the bot can show is one that a chat takes."""

import html
import inspect
import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.numbers import Formulas
from models.presses import Behind, mark, parse_press
from models.rows import Ticket
from models.words import CardKind, Status
from tests.texts.anything import FIGURES, LANGUAGE, NUMBER, NUMBERED, RANKED, TOPICS, WORDS, ZONE, said, tickets, views
from texts import cards, histories, privacy, reports, sayings, staff, watching
from texts.cards import View
from texts.catalogue import LANGUAGES
from texts.listing import Beside, Paged, Part, listing, under_figures, under_sides
from texts.page import CAPTION_LIMIT, HIDDEN, TEXT_LIMIT, TOAST_LIMIT, Page, plain, units
from texts.reports import Heading
from texts.speaking import Words, speaking

PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
SHOWN_TAG = re.compile(r"</?(?:b|code)>")
LABEL_LIMIT = 64
CHECKED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fits(page: Page, limit: int = TEXT_LIMIT) -> None:
    """What a chat demands of a page, and what people may expect of it."""
    bare = SHOWN_TAG.sub("", page.text)
    assert not re.search(r"[<>]", bare), page.text
    assert page.text.count("<b>") == page.text.count("</b>")
    assert not re.search(r"&(?!(?:amp|lt|gt);)", bare)
    shown = html.unescape(bare)
    assert 0 < units(shown) <= limit
    assert not HIDDEN.search(shown)
    assert not PHONE.search(shown)
    assert not any(number in shown for number in NUMBERED.split(" "))
    shown.encode("utf-8")
    assert sum(len(row) for row in page.rows) <= 100
    for button in (button for row in page.rows for button in row):
        assert 0 < units(button.text) <= LABEL_LIMIT
        assert not HIDDEN.search(button.text)
        assert len(button.data.encode()) <= 64
        assert parse_press(button.data) is not None


@given(views(), st.sampled_from(CardKind), LANGUAGE)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_card_is_one_that_a_chat_takes(view: View, kind: CardKind, language: str) -> None:
    """Receipt, dispatch, triage, result, twin: in every state, with every menu, in every language."""
    shown = replace(view, card=replace(view.card, kind=kind))
    with speaking(language):
        fits(cards.render(shown), CAPTION_LIMIT if kind is CardKind.RESULT else TEXT_LIMIT)


def pages_of(module: ModuleType) -> dict[str, Any]:
    """The functions of a module that make a page."""
    made_here = [(name, one) for name, one in vars(module).items() if inspect.isfunction(one)]
    return {n: f for n, f in made_here if f.__module__ == module.__name__ and f.__annotations__.get("return") is Page}


def put(made: Page | Words, language: str) -> Page:
    """A page, put into words as its bringer would."""
    with speaking(language):
        return made if isinstance(made, Page) else made()


OTHERS = {**pages_of(sayings), **pages_of(reports), **pages_of(staff), **pages_of(watching), **pages_of(histories)}


@given(said(), LANGUAGE)
@CHECKED
def test_everything_else_that_is_said_is_one_that_a_chat_takes(arguments: dict[str, list[Any]], language: str) -> None:
    """Words under cards, questions, lists, histories, figures, words about roles."""
    assert set(OTHERS) == set(arguments), "a page without a test"
    for name, making in OTHERS.items():
        with speaking(language):
            made = making(*arguments[name])
        fits(put(made, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", [sayings, staff], ids=lambda module: module.__name__)
def test_fixed_pages_are_ones_that_a_chat_takes(module: ModuleType, language: str) -> None:
    """What is said in the same words to everybody."""
    fixed = [words for name, words in vars(module).items() if isinstance(words, partial) and name.isupper()]
    assert len(fixed) > 3
    for words in fixed:
        fits(put(words, language))


@given(WORDS, st.sampled_from(Status), LANGUAGE)
@CHECKED
def test_toast_fits_whatever_an_officer_is_called(name: str, status: Status, language: str) -> None:
    """Two hundred UTF-16 units, no hidden signs, no telephone numbers."""
    for why in ("late", "nonsense", *sayings.REFUSED):
        with speaking(language):
            whole = sayings.refusal(why, {"officer": name, "status": status})
        toast = plain(whole, TOAST_LIMIT)
        assert 0 < units(toast) <= TOAST_LIMIT
        assert toast == whole
        assert not HIDDEN.search(toast)
        assert not PHONE.search(toast)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_toast_fits(language: str) -> None:
    """What was done, what is asked next, what is on its way."""
    with speaking(language):
        toasts = [*sayings.DONE.values(), *sayings.SENDING.values(), *privacy.TOASTS.values()]
        toasts += [say() for say in vars(sayings).values() if isinstance(say, partial) and isinstance(say(), str)]
    assert all(units(toast) <= TOAST_LIMIT for toast in toasts)
    assert len(toasts) > 40


@given(WORDS, st.integers(1, 200))
@CHECKED
def test_cut_is_measured_as_chats_measure(words: str, limit: int) -> None:
    """A sign beyond the first plane has two units, and is never cut in half."""
    shown = plain(words, limit)
    assert units(shown) <= limit
    assert units(shown) == len(shown.encode("utf-16-le")) // 2


@given(st.lists(tickets(), max_size=10), WORDS, NUMBER, LANGUAGE, st.sampled_from(["overdue_now", "opened"]))
@CHECKED
def test_every_list_behind_a_number_is_one_that_a_chat_takes(
    held: list[Ticket], words: str, number: int, language: str, behind: str
) -> None:
    """A full page of long places, and its buttons; so are those under the figures."""
    beside = Beside(datetime(2027, 3, 1, tzinfo=ZONE), ZONE, {one.officer_id or 0: words for one in held})
    with speaking(language):
        fits(
            listing(
                words,
                held,
                beside,
                of=number,
                where=Behind(behind, 2, mark(words)),
                paged=Paged(3, 9, 99),
                formulas=Formulas(),
                parts=[Part(n, words, 99, mark(n)) for n in range(9)],
            ),
            TEXT_LIMIT,
        )
        fits(Page("x", under_figures(number, wide=True)), TEXT_LIMIT)
        fits(Page("x", under_sides(number, (words, "三中队"))), TEXT_LIMIT)


@given(WORDS, WORDS, TOPICS, LANGUAGE)
@CHECKED
def test_every_summary_fits_under_its_picture(words: str, more: str, topic: str, language: str) -> None:
    """It is a photo's caption."""
    with speaking(language):
        for counted in (FIGURES, RANKED):
            fits(reports.summary(Heading(words, more, words, more), counted, topic), CAPTION_LIMIT)
