"""Whatever people write, whoever they say they are: every page that the bot can show is one that a chat takes."""

import html
import inspect
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.figures import Figures, Load, Rate, Spot, Times
from models.limits import Chosen
from models.matters import MATTERS
from models.numbers import NUMBERS, Formulas, rates
from models.presses import parse_press
from models.rows import Card, Person, RoleRow, Standing, Ticket
from models.terms import STEPS
from models.words import CardKind, Demand, Means, Menu, Role, Status
from texts import cards, histories, privacy, reports, sayings, staff, watching
from texts.cards import View
from texts.catalogue import LANGUAGES
from texts.listing import listing, under_figures
from texts.page import CAPTION_LIMIT, HIDDEN, TEXT_LIMIT, TOAST_LIMIT, Page, plain, units
from texts.reports import Heading
from texts.speaking import Words, speaking
from texts.words import ACTION, EMERGENCY

PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
NOW = datetime(2026, 3, 2, 11, 41, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
NASTY = [
    "<b>", "</b>", "<script>", "&amp;", "&", "\u202e", "\u2066", "\u200b", "\u200d", "\u00ad", "\u115f", "\U000e0041",
    "😀", "👨‍👩‍👧", "𠮷", "\n", "\x00", "\ud800", "邱女士",
    "13912345678", "320706199001011234", "`", "_*[", ":", "v1:accept:1:1",
]  # fmt: skip
WORDS = st.one_of(
    st.lists(st.sampled_from(NASTY), max_size=40).map("".join),
    st.text(alphabet=st.characters(codec=None), max_size=300),
    st.sampled_from([sign * 700 for sign in ("😀", "<", "&", "\u202e", "𠮷", "1", "堵")]),
)
LANGUAGE = st.sampled_from(LANGUAGES)
NUMBER = st.sampled_from([1, 127, 2**40, 2**62])
SHOWN_TAG = re.compile(r"</?(?:b|code)>")
LABEL_LIMIT = 64
CHECKED = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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
    shown.encode("utf-8")
    assert sum(len(row) for row in page.rows) <= 100
    for button in (button for row in page.rows for button in row):
        assert 0 < units(button.text) <= LABEL_LIMIT
        assert not HIDDEN.search(button.text)
        assert len(button.data.encode()) <= 64
        assert parse_press(button.data) is not None


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    """A ticket in any state about anything, all of its words as people or databases may have them."""
    codes = st.sampled_from(sorted(MATTERS))
    return Ticket(
        draw(NUMBER), 1, "51", 1, NOW, NOW, status=draw(st.sampled_from(Status)), demand=draw(st.sampled_from(Demand)),
        matter=draw(st.none() | codes), also=draw(st.lists(codes, max_size=6)), party=draw(st.none() | WORDS),
        urgent=draw(st.booleans()), emergency=draw(st.none() | st.sampled_from(sorted(EMERGENCY))),
        elsewhere=draw(st.booleans()), words=draw(WORDS), place=draw(WORDS), near=draw(st.none() | WORDS),
        street=draw(st.none() | WORDS), grid=draw(st.none() | WORDS), squad=draw(st.none() | WORDS),
        means=draw(st.none() | st.sampled_from(Means)), outcome=draw(st.none() | WORDS), reason=draw(st.none() | WORDS),
        round=draw(st.integers(1, 99)), radius=draw(st.none() | st.just(900.0)), accepted_at=NOW, arrived_at=NOW,
        resolved_at=NOW, deadline_at=NOW, outside=draw(st.booleans()), placeless=draw(st.booleans()),
        satisfied=draw(st.none() | st.booleans()),
        same_as=draw(st.none() | NUMBER),
    )  # fmt: skip


@st.composite
def views(draw: st.DrawFn) -> View:
    """All that a card can be made of."""
    ticket = draw(tickets())
    told = tuple((number, list(Status)[number % 8].value) for number in range(draw(st.integers(1, 300))))
    ticket.told_in = draw(st.none() | st.just(ticket.id))
    card = Card(1, ticket.id, draw(st.sampled_from(CardKind)), 1, draw(st.sampled_from([1, ticket.round])))
    card.menu = draw(st.none() | st.sampled_from(Menu))
    return View(
        ticket, card, ZONE, draw(WORDS), draw(WORDS), draw(WORDS), draw(WORDS),
        tuple(draw(st.lists(WORDS.filter(lambda words: bool(plain(words))), max_size=20))),
        tuple(draw(st.lists(WORDS, max_size=30))), draw(st.none() | WORDS), draw(st.none() | tickets()),
        draw(st.none() | tickets()), told,
        tuple(draw(st.lists(WORDS.filter(lambda words: bool(plain(words))), max_size=9))),
    )  # fmt: skip


@given(views(), st.sampled_from(CardKind), LANGUAGE)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_card_is_one_that_a_chat_takes(view: View, kind: CardKind, language: str) -> None:
    """Receipt, dispatch, triage, result, twin: in every state, with every menu, in every language."""
    shown = replace(view, card=replace(view.card, kind=kind))
    with speaking(language):
        fits(cards.render(shown), CAPTION_LIMIT if kind is CardKind.RESULT else TEXT_LIMIT)


TOPICS = st.sampled_from(["all", "load", "means", "late", "places", "matters", "satisfaction", "compared"])
START = datetime(2026, 3, 1, tzinfo=UTC)
FIGURES = Figures(
    START, START + timedelta(days=7),
    dict.fromkeys(NUMBERS, 99_999), dict.fromkeys(rates(Formulas()), Rate(88_888, 99_999)),
    {"to_accept": Times(9, 3.0, 90.0), "to_arrive": Times(9, 61.0, 1500.0), "to_resolve": Times()},
    dict.fromkeys(NUMBERS, 77_777), dict.fromkeys(rates(Formulas()), Rate(88_888, 99_999)),
    late=tuple(("😀" * 300, 1) for _ in range(9)),
    places=tuple(Spot("😀" * 300, 4) for _ in range(5)),
    officers=tuple(Load(n, "😀" * 300, 9, 9, 9) for n in range(9)),
    matters=tuple((code, 4) for code in sorted(MATTERS)[:5]),
)  # fmt: skip


MENUS = st.sampled_from([None, Menu.EXTEND, Menu.EXTEND_WHY, Menu.SNOOZE, Menu.SNOOZE_WHY, Menu.CONDITION, Menu.VOID])


def made(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Arguments for everything else that is said, by the function's name."""
    ticket, words, more = draw(tickets()), draw(WORDS), draw(WORDS)
    person, held = (
        Person(draw(NUMBER), "1", draw(WORDS)),
        Standing(draw(st.sampled_from(Role)), draw(st.none() | WORDS)),
    )
    row = RoleRow(person.id, held.role, NOW, held.squad, None, draw(st.sampled_from(["config", "code"])))
    rule = {"words": "2工作日", "hours": 16, "unit": "working", "calendar": "x", "condition": words, "shift": more}
    late = replace(
        ticket, deadline_at=NOW, told=draw(st.integers(0, 4)), snoozed_until=NOW, snoozed_why=more, rule=rule
    )
    events = [(NOW, draw(st.sampled_from(sorted(ACTION))), words, {"reason": more, "means": "service"})] * 90
    return {
        "question": [words, ticket, "9" * 20], "gone": [ticket], "relayed": [ticket, words, more],
        "told_squad": [ticket, words, more], "chased": [ticket, 9], "sent_again": [ticket], "given_back": [ticket],
        "released": [ticket, words],
        "word": [late, draw(st.sampled_from(STEPS)), more, 3.5], "gathered": [[(late, "bureau")] * 99, ZONE, 3.0],
        "extended": [late, ZONE, words], "ordered": [late, words, more],
        "pleaded": [late, words, words, more], "pleading": [late],
        "watch": [late, Card(1, late.id, CardKind.WATCH, 1, late.round, menu=draw(MENUS)), ZONE,
                  watching.Sight(more, (words or "一般",) * 9)],
        "held": [late, ZONE, Chosen(words, more)],
        "mine": [[ticket] * 99], "help_for": [held.role],
        "summary": [Heading(words, more, words, more), FIGURES, draw(TOPICS)],
        "not_understood": [words], "no_such_day": [f"没有{more}月"], "languages": [],
        "refused": ["not_yours", {"officer": words}], "where": [words, 3], "exported": [words, 3], "reported": [words],
        "history": [late, events, ZONE], "album": [ticket.id, 9], "code": ["K7QX-M2PA-9RTW", held, NOW, ZONE],
        "invite_how": [tuple([words or "三中队"] * 40)], "bound": [held], "bound_by_file": [held],
        "told_bound": [person, held], "revoked": [person, held, 3], "restored": [person, held],
        "told_left": [person, words, 3, row], "people": [[(person, row)] * 99],
    }  # fmt: skip


def pages_of(module: ModuleType) -> dict[str, Any]:
    """The functions of a module that make a page."""
    made_here = [(name, one) for name, one in vars(module).items() if inspect.isfunction(one)]
    return {n: f for n, f in made_here if f.__module__ == module.__name__ and f.__annotations__.get("return") is Page}


def put(made: Page | Words, language: str) -> Page:
    """A page, put into words as its bringer would."""
    with speaking(language):
        return made if isinstance(made, Page) else made()


OTHERS = {**pages_of(sayings), **pages_of(reports), **pages_of(staff), **pages_of(watching), **pages_of(histories)}


@st.composite
def said(draw: st.DrawFn) -> dict[str, list[Any]]:
    """As a strategy."""
    return made(draw)


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


@given(st.lists(tickets(), max_size=10), WORDS, NUMBER, LANGUAGE)
@CHECKED
def test_every_list_behind_a_number_is_one_that_a_chat_takes(
    held: list[Ticket], words: str, number: int, language: str
) -> None:
    """A full page of long places, and its buttons; so are those under the figures."""
    with speaking(language):
        fits(listing(words, held, ZONE, of=number, number="overdue_now", page=3, pages=9, total=99), TEXT_LIMIT)
        fits(Page("x", under_figures(number, wide=True)), TEXT_LIMIT)


@given(WORDS, WORDS, TOPICS, LANGUAGE)
@CHECKED
def test_every_summary_fits_under_its_picture(words: str, more: str, topic: str, language: str) -> None:
    """It is a photo's caption."""
    with speaking(language):
        fits(reports.summary(Heading(words, more, words, more), FIGURES, topic), CAPTION_LIMIT)
