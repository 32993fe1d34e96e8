"""The rule of a deadline over a ticket's life: suspended, put off, in any order, against a count of minutes."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.terms import STEPS, Rule, moved, resumed, rule_from, steps
from models.worktime import Limit, LimitUnit, WorkCalendar, due, elapsed
from tests.models.test_minutes import MINUTE, open_minutes

START = datetime(2026, 2, 12, 1, 30, tzinfo=UTC)
CALENDARS = [
    WorkCalendar(),
    WorkCalendar(periods=((time(16, 30), time(0)),)),
    WorkCalendar(periods=((time(22), time(6)),)),
]
HOURS = st.integers(1, 240).map(lambda minutes: minutes / 60)
DEEDS = st.lists(st.tuples(st.sampled_from(["suspend", "extend", "work"]), st.integers(1, 700)), max_size=6)


def rule(hours: float, calendar: WorkCalendar) -> Rule:
    """So many working hours by that calendar."""
    return Rule(f"{hours}工作时", hours, LimitUnit.WORKING, calendar.mark)


@settings(max_examples=30, deadline=None)
@given(calendar=st.sampled_from(CALENDARS), hours=HOURS, deeds=DEEDS)
def test_what_counts_until_the_deadline_is_limit_and_extensions(
    calendar: WorkCalendar, hours: float, deeds: list[tuple[str, int]]
) -> None:
    """Open minutes from beginning to deadline, less those that stood still, are what the ticket was given."""
    own, now, given_minutes, stood = rule(hours, calendar), START, round(hours * 60), 0
    minutes = open_minutes(START, calendar)
    deadline = due(START, own.limit, calendar)
    for deed, span in deeds:
        at = round((now - START) / MINUTE)
        if deed == "extend":
            deadline = moved(deadline, span * MINUTE, own, calendar)
            given_minutes += span
            continue
        if deed == "suspend":
            deadline = resumed(deadline, (now, now + span * MINUTE), own, calendar)
            stood += sum(minutes[at : at + span])
        now += span * MINUTE
    whole = round((deadline - START) / MINUTE)
    if whole < len(minutes):
        assert sum(minutes[:whole]) == given_minutes + stood


@given(calendar=st.sampled_from(CALENDARS), hours=HOURS, later=st.integers(0, 3000), unit=st.sampled_from(LimitUnit))
def test_steps_come_in_order_and_at_multiples_of_the_limit(
    calendar: WorkCalendar, hours: float, later: int, unit: LimitUnit
) -> None:
    """1.5 and 3 times, in the limit's own unit; what is over already is not set into the future."""
    own, now = Rule("", hours, unit, calendar.mark), START + later * MINUTE
    deadline = due(START, own.limit, calendar)
    found = dict(steps(deadline, now, own, calendar))
    assert tuple(found) == STEPS
    assert found["soon"] <= max(found["due"], now)
    assert found["due"] == deadline <= found["overdue"] <= found["bureau"]
    for kind, times in (("overdue", 1.5), ("bureau", 3.0)):
        counted = elapsed(START, found[kind], calendar, unit)
        assert abs(counted - timedelta(hours=hours * times)) < timedelta(seconds=1)
    if later == 0:
        before = elapsed(found["soon"], deadline, calendar, unit)
        assert abs(before - min(timedelta(hours=hours / 4), timedelta(hours=2))) < timedelta(seconds=1)


@given(calendar=st.sampled_from(CALENDARS), hours=HOURS)
def test_rule_that_a_ticket_kept_is_the_rule(calendar: WorkCalendar, hours: float) -> None:
    """Through the table and back."""
    own = rule(hours, calendar)
    assert rule_from(own.kept()) == own
    assert own.limit == Limit(hours, LimitUnit.WORKING)
