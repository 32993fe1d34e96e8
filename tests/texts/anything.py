"""Anything that people write, whoever they say they are, and any ticket: what pages are made of, as strategies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from models.figures import Figures, Load, Ranking, Rate, Spot, Times
from models.limits import Chosen
from models.matters import MATTERS
from models.numbers import NUMBERS, Formulas, rates
from models.rows import Card, Person, RoleRow, Standing, Ticket
from models.terms import STEPS
from models.words import CardKind, Demand, Means, Menu, Role, Status
from texts import watching
from texts.cards import View
from texts.catalogue import LANGUAGES
from texts.page import plain
from texts.reports import Heading
from texts.words import ACTION, EMERGENCY

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


TOPICS = st.sampled_from(["all", "load", "means", "late", "places", "matters", "satisfaction", "compared"])
START = datetime(2026, 3, 1, tzinfo=UTC)
NUMBERED = "13812345678 苏G12K45 11010519491231002X"
"""What somebody wrote where a name or a place should stand."""
FIGURES = Figures(
    START, START + timedelta(days=7),
    dict.fromkeys(NUMBERS, 99_999), dict.fromkeys(rates(Formulas()), Rate(88_888, 99_999)),
    {"to_accept": Times(9, 3.0, 90.0), "to_arrive": Times(9, 61.0, 1500.0), "to_resolve": Times()},
    dict.fromkeys(NUMBERS, 77_777), dict.fromkeys(rates(Formulas()), Rate(88_888, 99_999)),
    late=((NUMBERED, 1), *(("😀" * 300, 1) for _ in range(8))),
    places=(Spot(NUMBERED, 4), *(Spot("😀" * 300, 4) for _ in range(4))),
    officers=(Load(0, NUMBERED, 9, 9, 9), *(Load(n, "😀" * 300, 9, 9, 9) for n in range(1, 9))),
    matters=tuple((code, 4) for code in sorted(MATTERS)[:5]),
)  # fmt: skip
RANKED = replace(
    FIGURES,
    ranking=Ranking(
        "in_time_archive",
        lowest=True,
        squads=tuple((NUMBERED if n else "😀" * 300, Rate(n, 88_888)) for n in range(99)),
    ),
)


MENUS = st.sampled_from([None, Menu.EXTEND, Menu.EXTEND_WHY, Menu.SNOOZE, Menu.SNOOZE_WHY, Menu.CONDITION, Menu.VOID])


@st.composite
def said(draw: st.DrawFn) -> dict[str, list[Any]]:
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
                  watching.Sight(more, (words if plain(words) else "一般",) * 9)],
        "held": [late, ZONE, Chosen(words, more)],
        "mine": [[ticket] * 99], "help_for": [held.role],
        "summary": [Heading(words, more, words, more), draw(st.sampled_from([FIGURES, RANKED])), draw(TOPICS)],
        "not_understood": [words], "no_such_day": ["no-such-month", {"n": "13"}], "languages": [],
        "refused": ["not_yours", {"officer": words}], "where": [words, 3], "exported": [words, 3], "reported": [words],
        "history": [late, events, ZONE, NOW], "album": [ticket.id, 9], "code": ["K7QX-M2PA-9RTW", held, NOW, ZONE],
        "invite_how": [tuple([words or "三中队"] * 40)], "bound": [held], "bound_by_file": [held],
        "told_bound": [person, held], "revoked": [person, held, 3], "restored": [person, held],
        "told_left": [person, words, 3, row], "people": [[(person, row)] * 99],
    }  # fmt: skip
