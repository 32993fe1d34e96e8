"""Which English words ask for figures, what about, and which are left alone: the counterpart of test_asking."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.matters import MATTERS
from reading import asking, calendar
from reading.registers import Names
from reading.topics import Topic
from texts.catalogue import named_in

TODAY = date(2026, 11, 25)
"""A Wednesday."""
NAMES = Names(
    ("一中队", "三中队", "Harbour Squad"), ("郁洲街道", "Fengming Road"), ("A01网格",),
    {"郁洲街道城管共建群": 1, "March Street Shops": 4}, {"白洋": 2, "孙倩": 3, "John Smith": 6}, named_in("en"),
)  # fmt: skip
Which = dict[str, str | int]
PERIODS = [
    ("today", "2026-11-25", "2026-11-25"), ("yesterday", "2026-11-24", "2026-11-24"),
    ("this week", "2026-11-23", "2026-11-29"), ("Last Week", "2026-11-16", "2026-11-22"),
    ("the week before last", "2026-11-09", "2026-11-15"), ("this month", "2026-11-01", "2026-11-30"),
    ("last month", "2026-10-01", "2026-10-31"), ("previous month", "2026-10-01", "2026-10-31"),
    ("last 7 days", "2026-11-19", "2026-11-25"), ("in the last seven days", "2026-11-19", "2026-11-25"),
    ("past 3 months", "2026-08-26", "2026-11-25"), ("Q3", "2026-07-01", "2026-09-30"),
    ("q3 2025", "2025-07-01", "2025-09-30"), ("2025 Q3", "2025-07-01", "2025-09-30"),
    ("second quarter", "2026-04-01", "2026-06-30"), ("fourth quarter of last year", "2025-10-01", "2025-12-31"),
    ("first half of 2026", "2026-01-01", "2026-06-30"), ("H1 2025", "2025-01-01", "2025-06-30"),
    ("March", "2026-03-01", "2026-03-31"), ("in Mar 2025", "2025-03-01", "2025-03-31"),
    ("March 2026", "2026-03-01", "2026-03-31"), ("December", "2025-12-01", "2025-12-31"),
    ("March last year", "2025-03-01", "2025-03-31"), ("in 2025", "2025-01-01", "2025-12-31"),
    ("March to May", "2026-03-01", "2026-05-31"), ("March - May 2025", "2025-03-01", "2025-05-31"),
    ("November to February 2026", "2025-11-01", "2026-02-28"),
    ("November 2025 to February 2026", "2025-11-01", "2026-02-28"),
    ("5 March", "2026-03-05", "2026-03-05"), ("March 5th", "2026-03-05", "2026-03-05"),
    ("on the 5th of March", "2026-03-05", "2026-03-05"), ("March 5, 2025", "2025-03-05", "2025-03-05"),
    ("1 March to 15 March", "2026-03-01", "2026-03-15"), ("1-15 March 2026", "2026-03-01", "2026-03-15"),
    ("March 1 to 15", "2026-03-01", "2026-03-15"), ("between 1 March and 15 March", "2026-03-01", "2026-03-15"),
    ("from 1 March to 15 March 2025", "2025-03-01", "2025-03-15"),
    ("28 December to 3 January 2026", "2025-12-28", "2026-01-03"),
    ("28 December 2024 to 3 January 2025", "2024-12-28", "2025-01-03"),
    ("2026-03-01 to 2026-03-15", "2026-03-01", "2026-03-15"), ("2026-03-01", "2026-03-01", "2026-03-01"),
    ("the 5th", "2026-11-05", "2026-11-05"), ("from the 5th to the 8th", "2026-11-05", "2026-11-08"),
    ("Monday", "2026-11-23", "2026-11-23"), ("on Friday", "2026-11-20", "2026-11-20"),
    ("last Monday", "2026-11-16", "2026-11-16"), ("Monday to Friday", "2026-11-23", "2026-11-27"),
    ("last Monday to Wednesday", "2026-11-16", "2026-11-18"), ("last weekend", "2026-11-21", "2026-11-22"),
    ("first week of March", "2026-03-02", "2026-03-08"), ("since Monday", "2026-11-23", "2026-11-25"),
    ("since 1 March", "2026-03-01", "2026-11-25"), ("since last month", "2026-10-01", "2026-11-25"),
    ("1 March to today", "2026-03-01", "2026-11-25"), ("from March till now", "2026-03-01", "2026-11-25"),
    ("this year so far", "2026-01-01", "2026-11-25"), ("year to date", "2026-01-01", "2026-11-25"),
    ("this month so far", "2026-11-01", "2026-11-25"),
    ("during the National Day holiday", "2026-10-01", "2026-10-07"),
]  # fmt: skip
"""Each alone is a period and no more; how long it is."""


@pytest.mark.parametrize(("words", "first", "last"), PERIODS, ids=[row[0] for row in PERIODS])
def test_english_period_is_read_in_any_letters(words: str, first: str, last: str) -> None:
    """Alone it is bare; asked about it is plain, and nothing of it is left over."""
    for said in (words, words.upper(), f"{words}?"):
        question = asking.understand(said, NAMES, TODAY)
        assert asking.perhaps(said)
        assert question.bare
        assert not question.plain
        assert (str(question.days.first), str(question.days.last)) == (first, last), said
    asks = "how was {}?" if "weekend" not in words else "summary of {}"
    for said in (asks.format(words), f"stalls {words}.", f"figures {words}"):
        assert asking.perhaps(said)
        assert asking.understand(said, NAMES, TODAY).plain, said


ASKED: list[tuple[str, str, Topic, Which]] = [
    ("how was this week", "本周", Topic.ALL, {}),
    ("How's today?", "今天", Topic.ALL, {}),
    ("how did last week go", "上周", Topic.ALL, {}),
    ("how is 三中队 doing this week", "本周", Topic.ALL, {"squad": "三中队"}),
    ("how many stalls on 凤鸣路 last week", "上周", Topic.ALL, {"road": "凤鸣路", "matter": "09006"}),
    ("how many complaints about noise this year", "今年", Topic.ALL, {"matter": "06028"}),
    ("how did we do last month?", "上月", Topic.ALL, {}),
    ("三中队 last week", "上周", Topic.ALL, {"squad": "三中队"}),
    ("squad 3 last week", "上周", Topic.ALL, {"squad": "三中队"}),
    ("harbour squad this month", "本月", Topic.ALL, {"squad": "Harbour Squad"}),
    ("Fengming road last week", "上周", Topic.ALL, {"street": "Fengming Road"}),
    ("march street shops in March", "3月", Topic.ALL, {"group": 4}),
    ("白洋's figures last week", "上周", Topic.ALL, {"officer": 2}),
    ("John Smith's figures last week", "上周", Topic.ALL, {"officer": 6}),
    ("how many did 白洋 close this week", "本周", Topic.ALL, {"officer": 2}),
    ("how many tickets last week", "上周", Topic.ALL, {}),
    ("how many complaints came in yesterday", "昨天", Topic.ALL, {}),
    ("stalls on the road last week", "上周", Topic.ALL, {"matter": "09006"}),
    ("Stall on the road at 凤鸣路 last week", "上周", Topic.ALL, {"matter": "09006", "road": "凤鸣路"}),
    ("overflowing bins this month", "本月", Topic.ALL, {"matter": "06042"}),
    ("rubble lorries without cover in March", "3月", Topic.ALL, {"matter": "08011"}),
    ("order in the street this month", "本月", Topic.ALL, {"major": "街面秩序类"}),
    ("manholes in March", "3月", Topic.ALL, {"about": "井盖"}),
    ("rubbish on 凤鸣路 last week", "上周", Topic.ALL, {"about": "垃圾", "road": "凤鸣路"}),
    ("show me the summary for last week, please", "上周", Topic.ALL, {}),
    ("figures for last week please", "上周", Topic.ALL, {}),
    ("how many tickets were resolved by 三中队 last week", "上周", Topic.ALL, {"squad": "三中队"}),
    ("this week by squad", "本周", Topic.SQUADS, {}),
    ("which squad is busiest", "本月", Topic.SQUADS, {}),
    ("which squad has the most tickets this week", "本周", Topic.SQUADS, {}),
    ("how was last week by squad", "上周", Topic.SQUADS, {}),
    ("by squad", "本月", Topic.SQUADS, {}),
    ("stalls last night", "昨晚（18点至次日6点）", Topic.ALL, {"matter": "09006"}),
    ("which squad has the largest backlog", "今天", Topic.LATE, {}),
    ("who has the largest backlog", "今天", Topic.LOAD, {}),
    ("who's the busiest?", "今天", Topic.LOAD, {}),
    ("how many are still open", "今天", Topic.LOAD, {}),
    ("backlog", "今天", Topic.LOAD, {}),
    ("overdue now", "今天", Topic.LATE, {}),
    ("what is overdue at 三中队", "今天", Topic.LATE, {"squad": "三中队"}),
    ("721 shares", "本月", Topic.MEANS, {}),
    ("721", "本月", Topic.MEANS, {}),
    ("satisfaction this month", "本月", Topic.SATISFACTION, {}),
    ("the three rates", "本月", Topic.SATISFACTION, {}),
    ("on-time rate", "本月", Topic.IN_TIME, {}),
    ("what was the on-time rate in March?", "3月", Topic.IN_TIME, {}),
    ("response times", "本月", Topic.TIMES, {}),
    ("how long does it take to accept", "本月", Topic.TIMES, {}),
    ("what came back last week", "上周", Topic.BACK, {}),
    ("top places", "本月", Topic.PLACES, {}),
    ("which road has the most complaints this month", "本月", Topic.PLACES, {}),
    ("top matters this month", "本月", Topic.MATTERS, {}),
    ("compared with last month", "本月", Topic.COMPARED, {}),
    ("this week vs last week", "本周", Topic.COMPARED, {}),
    ("how does this month compare with last month for 三中队", "本月", Topic.COMPARED, {"squad": "三中队"}),
    ("is this month better than last month?", "本月", Topic.COMPARED, {}),
    ("year on year this month", "本月", Topic.COMPARED, {}),
    ("compared with the same time last year", "今年", Topic.COMPARED, {}),
    ("this year so far compared with the same time last year", "今年以来", Topic.COMPARED, {}),
]


@pytest.mark.parametrize(("words", "name", "topic", "which"), ASKED, ids=[row[0] for row in ASKED])
def test_english_question_is_understood(words: str, name: str, topic: Topic, which: Which) -> None:
    """As its Chinese counterpart: the period by the one name that every chat says again, what about, which tickets."""
    question = asking.understand(words, NAMES, TODAY)
    assert asking.perhaps(words) or len(words) > asking.IN_ENGLISH
    assert question.plain
    assert (question.days.name, question.topic, question.which) == (name, topic, which)
    assert len(question.called) == len(which)


def test_what_is_compared_are_the_days_that_were_named() -> None:
    """A month with another month, a year so far with the same days of the last one."""
    days = asking.understand("compare March with February", NAMES, TODAY).days
    assert (days.first, days.before) == (date(2026, 3, 1), (date(2026, 2, 1), date(2026, 2, 28)))
    days = asking.understand("year to date compared with the same time last year", NAMES, TODAY).days
    assert days.before == (date(2025, 1, 1), date(2025, 11, 25))


BESIDE: list[tuple[str, str, Topic, Which, Which]] = [
    ("compare 三中队 with 一中队", "本月", Topic.VERSUS, {"squad": "三中队"}, {"squad": "一中队"}),
    ("三中队 vs 一中队 last week", "上周", Topic.VERSUS, {"squad": "三中队"}, {"squad": "一中队"}),
    ("squad 3 compared with squad 1 in March", "3月", Topic.VERSUS, {"squad": "三中队"}, {"squad": "一中队"}),
    ("harbour squad versus 一中队", "本月", Topic.VERSUS, {"squad": "Harbour Squad"}, {"squad": "一中队"}),
    ("is 三中队 busier than 一中队 this month", "本月", Topic.VERSUS, {"squad": "三中队"}, {"squad": "一中队"}),
    ("who is faster last week, 三中队 or 一中队?", "上周", Topic.TIMES, {"squad": "三中队"}, {"squad": "一中队"}),
    ("which road has more complaints, 凤鸣路 or 凤凰路", "本月", Topic.VERSUS, {"road": "凤鸣路"}, {"road": "凤凰路"}),
    ("stalls on the road vs noise this month", "本月", Topic.VERSUS, {"matter": "09006"}, {"matter": "06028"}),
    ("三中队 overdue vs 一中队", "本月", Topic.LATE, {"squad": "三中队"}, {"squad": "一中队"}),
]


@pytest.mark.parametrize(("words", "name", "topic", "one", "other"), BESIDE, ids=[row[0] for row in BESIDE])
def test_two_parts_are_set_beside_each_other(words: str, name: str, topic: Topic, one: Which, other: Which) -> None:
    """Both sides; without a period this month."""
    assert asking.perhaps(words)
    question = asking.understand(words, NAMES, TODAY)
    assert question.plain
    assert question.beside is not None
    assert (question.days.name, question.topic, question.which, question.beside.which) == (name, topic, one, other)


def test_every_matter_is_asked_for_by_its_english_name() -> None:
    """One and many, in small letters; it is called as the standard has it, which each chat says in its language."""
    for name, (kind, value) in named_in("en").items():
        for said in (name, name.lower(), re.sub(r"(?<=[a-z])y$|$", lambda y: "ies" if y[0] else "es", name, count=1)):
            question = asking.understand(f"{said} last week", NAMES, TODAY)
            assert question.plain, said
            assert question.which == {kind: value}
            assert question.called == (MATTERS[value].name if kind == "matter" else value,)


def test_word_for_many_matters_is_called_by_it() -> None:
    """井盖 is the reader's word; who wrote it reads it again."""
    assert asking.understand("manholes last week", NAMES, TODAY).called == ("manholes",)
    assert asking.understand("井盖 last week", NAMES, TODAY).called == ("井盖",)


@pytest.mark.parametrize("words", ["my figures this week", "what is my satisfaction this month", "my backlog",
                                   "how did I do last week", "my tickets last month"])  # fmt: skip
def test_own_figures_are_asked_for(words: str) -> None:
    """Hers, in so many words."""
    question = asking.understand(words, NAMES, TODAY)
    assert question.plain
    assert question.mine


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("last week of the shop", "of the shop"),
        ("how is business this week", "business"),
        ("last week last month", "last week last month"),
        ("squad 9 last week", "squad 9 last week"),
    ],
)
def test_what_is_not_understood_is_named_as_it_was_written(words: str, rest: str) -> None:
    """With its blanks, and never in the Chinese that the reader took it for."""
    assert asking.understand(words, NAMES, TODAY).rest == rest


@pytest.mark.parametrize(
    ("words", "why"),
    [("how was 30 February", "no-such-day"), ("29 February 2025", "no-leap-day"), ("last 0 days", "a-day-or-more"),
     ("last zero weeks", "a-day-or-more"), ("1 January 2027", "not-begun"), ("15 March to 1 March", "wrong-way-round"),
     ("2026-03-15 to 2026-03-01", "wrong-way-round"), ("Q5", "no-such-quarter"),
     ("1 January 1990 to 1 January 2026", "over-ten-years")],
)  # fmt: skip
def test_date_that_is_none_is_refused(words: str, why: str) -> None:
    """By the same sentences, which the catalogue has in each language."""
    with pytest.raises(calendar.NoSuchDay) as refused:
        asking.understand(words, NAMES, TODAY)
    assert refused.value.why == why


VOCABULARY = st.sampled_from(
    ["how", "was", "is", "did", "we", "I", "my", "the", "for", "in", "on", "of", "to", "from", "since", "last", "this",
     "next", "week", "month", "year", "quarter", "days", "7", "0", "31", "2026", "2026-03-01", "Q3", "March", "may",
     "February", "Monday", "today", "yesterday", "so far", "by squad", "which squad", "who", "busiest", "has", "most",
     "the largest backlog", "overdue", "now", "721", "shares", "satisfaction", "rate", "compared with", "vs", "or",
     "more", "faster", "than", "and", "between", "figures", "tickets", "stalls on the road", "noise", "street tre",
     "三中队", "一中队", "John Smith", "凤鸣路", "March Street Shops", "'s", "?", "-", "占道", "怎么样", "上周",
     "please", "compare", "which road", "how many", "come back", "two", "first", "H1", "weekend", "show me"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(VOCABULARY, max_size=12).map(" ".join), st.text(st.characters(codec="ascii"), max_size=60),
                 st.text(max_size=60)))  # fmt: skip
@example("street tre last week")
@example("clothes bın last week")
@example("三中队 noise 占道 vs 一中队 noise")
@example("noise 占道 vs 占道")
@example("\ue000\ue8ff last week of John Smith")
def test_whatever_is_said_is_a_question_or_not(words: str) -> None:
    """Nothing breaks but a date; what is plain was wholly understood, and what was not is told in her words."""
    asking.perhaps(words)
    asking.sounds(words)
    try:
        question = asking.understand(words, NAMES, TODAY)
    except calendar.NoSuchDay:
        return
    assert not (question.plain and question.rest)
    assert not words.isascii() or question.rest.isascii()


@settings(max_examples=100, deadline=None)
@given(
    st.text(
        alphabet="今昨天本这上中下旬周月日号年季度最近到至-./0123456789三中队占道怎么样积压721比和吗？ ", max_size=24
    )
)
def test_chinese_is_not_touched(words: str) -> None:
    """Without English letters the reader has what it always had."""
    assert asking.in_chinese(words, NAMES) == asking.in_chinese(words, Names())
