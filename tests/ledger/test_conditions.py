"""A condition that a lead chooses: from when the clock started, and what was put off is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.timetable import Timetable
from models.limits import Chosen, Origin, Timing, choices, table
from models.matters import MATTERS
from models.rows import Ticket
from models.terms import moved
from models.worktime import WorkCalendar, due

OPENED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MANHOLE = "01001"
ALWAYS = WorkCalendar(follows=False, weekend=frozenset())


def timetable(**limits: Timing) -> Timetable:
    """A bureau with one calendar."""
    return Timetable(
        {"": ALWAYS}, ZoneInfo("Asia/Shanghai"), {key.removeprefix("m"): one for key, one in limits.items()}
    )


def ticket(words: str = "井盖松动，一压就响", matter: str = MANHOLE) -> Ticket:
    """A ticket whose clock has not started."""
    return Ticket(1, 1, "1", 1, OPENED, OPENED, matter=matter, words=words)


def named(own: Timetable, name: str) -> Chosen:
    """A choice by its condition."""
    return next(one for one in own.choices(ticket()) if one.condition == name)


@pytest.mark.parametrize(
    ("limits", "offered"),
    [
        ({}, ["", "缺失", "破损", "弹跳", "沉陷"]),
        ({"mdefault": Timing("3工作日")}, []),
        ({"m01001": Timing("3工作日")}, []),
        ({"m01001": Timing("3工作日", {"敞着": "1紧急工作时"})}, ["", "敞着"]),
        ({"m01001": Timing(None, {"沉陷": "9天"})}, ["", "沉陷", "缺失", "破损", "弹跳"]),
    ],
)
def test_what_is_offered_has_a_limit_of_its_own(limits: dict[str, Timing], offered: list[str]) -> None:
    """The usual first, the bureau's own next; where its one figure rules all, there is nothing to choose."""
    assert [one.condition for one in timetable(**limits).choices(ticket())] == offered
    assert choices({}, None) == ()


@given(st.sampled_from(["弹跳", "沉陷"]), st.integers(0, 3000))
def test_there_and_back_changes_nothing(name: str, minutes: int) -> None:
    """What was put off meanwhile is kept on both ways; another ticket's rule is its own."""
    own, one = timetable(), ticket()
    own.start(one, OPENED)
    rule = own.rule_of(one)
    assert one.deadline_at is not None
    one.deadline_at = was = moved(one.deadline_at, timedelta(minutes=minutes), rule, ALWAYS)
    other = replace(one, rule=one.rule)
    own.hold(one, named(own, name))
    assert own.rule_of(one).condition == name
    assert own.rule_of(one).by_hand
    assert one.deadline_at == moved(
        due(OPENED, own.rule_of(one).limit, ALWAYS), timedelta(minutes=minutes), rule, ALWAYS
    )
    own.hold(one, named(own, rule.condition))
    assert one.deadline_at == was
    assert own.rule_of(other) == rule


def test_what_a_lead_said_holds_in_later_rounds_and_not_for_another_matter() -> None:
    """A new clock runs by it; once the matter is another, by its words again."""
    own, one = timetable(), ticket()
    own.start(one, OPENED)
    own.hold(one, named(own, "沉陷"))
    own.start(one, OPENED + timedelta(days=1))
    assert one.rule is not None
    assert (one.rule["condition"], one.rule["by_hand"]) == ("沉陷", True)
    one.matter = "09006"
    own.start(one, OPENED)
    assert one.rule is not None
    assert (one.rule["condition"], one.rule.get("by_hand")) == ("", None)


def test_ticket_of_old_that_does_not_say_when_its_clock_started() -> None:
    """The first round's started at opening, a later one's when it was sent out."""
    own, one = timetable(), ticket()
    own.start(one, OPENED)
    assert one.rule is not None
    del one.rule["since"]
    own.hold(one, named(own, "缺失"))
    assert one.deadline_at == OPENED + timedelta(hours=2)
    again = ticket()
    own.start(again, OPENED + timedelta(days=2))
    assert again.rule is not None
    del again.rule["since"]
    again.round, again.dispatched_at = 2, OPENED + timedelta(days=2)
    own.hold(again, named(own, "缺失"))
    assert again.deadline_at == OPENED + timedelta(days=2, hours=2)


FIGURES = st.one_of(st.none(), st.sampled_from(["3工作日", "2紧急工作时", "4小时"]))
TIMINGS = st.builds(Timing, FIGURES, st.dictionaries(st.sampled_from(["沉陷", "敞着"]), st.just("9工作日")))


@given(st.sampled_from([*MATTERS, None]), st.dictionaries(st.sampled_from(["default", MANHOLE]), TIMINGS), st.data())
def test_rule_that_a_ticket_gets_is_one_of_those_in_force(
    matter: str | None, limits: dict[str, Timing], data: st.DataObject
) -> None:
    """Whatever it says, and whatever the bureau has settled: what leads are shown is what is reckoned by."""
    own = Timetable({"": ALWAYS}, ZoneInfo("Asia/Shanghai"), limits)
    words = [sign for row in table().get(matter or "", ()) for sign in row.words]
    said = data.draw(st.sampled_from(["坏了", "敞着", *words]))
    rule = own.rule_for(replace(ticket(said), matter=matter))
    in_force = own.in_force(matter)
    assert rule in [one for _, one in in_force]
    assert not in_force[0][1].condition


def test_who_says_a_limit_is_told_with_it() -> None:
    """The bureau, the table, or the program where there is neither."""
    own = timetable(m01001=Timing(None, {"沉陷": "9工作日"}))
    assert {chosen.condition: chosen.origin for chosen, _ in own.in_force(MANHOLE)} == {
        "": Origin.TABLE, "沉陷": Origin.BUREAU, "缺失": Origin.TABLE, "破损": Origin.TABLE, "弹跳": Origin.TABLE,
    }  # fmt: skip
    assert [chosen.origin for chosen, _ in own.in_force(None)] == [Origin.PROGRAM]
    assert [chosen.origin for chosen, _ in timetable(mdefault=Timing("1工作日")).in_force("06029")] == [Origin.BUREAU]
