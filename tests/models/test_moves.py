"""The life of a ticket: the table has no dead ends, and every press fits a button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.moves import MOVES, Action, Need, Who, allowed, diagram, way
from models.presses import Press, base36, parse_press
from models.words import ENDED, Status
from texts.words import ACTION, STATUS


def test_every_ticket_can_reach_its_end() -> None:
    """From each status some way leads to closed or void; of the ended ones only what was merged goes on."""
    for start in Status:
        seen, open_ = {start}, [start]
        while open_:
            here = open_.pop()
            for (status, _), move in MOVES.items():
                if status is here and move.to not in seen:
                    seen.add(move.to)
                    open_.append(move.to)
        assert seen & ENDED
    assert [action for (status, action) in MOVES if status in ENDED] == [Action.SPLIT]
    assert MOVES[Status.VOID, Action.SPLIT].needs == {Need.MERGED}


def test_every_status_is_reached_and_every_verb_is_used() -> None:
    """No word of the table stands there in vain."""
    assert {move.to for move in MOVES.values()} | {Status.OPENED} == set(Status)
    assert {action for _, action in MOVES} == set(Action)
    assert all(status.value in diagram() for status in Status)
    assert diagram().count("-->") == len(MOVES) + 3


def test_what_must_be_given_is_what_the_design_says() -> None:
    """办结 needs proof, means and the ladder; giving back, hanging up and voiding need a reason."""
    assert MOVES[Status.ON_SITE, Action.RESOLVE].needs == {Need.PROOF, Need.MEANS, Need.LADDER}
    for (_, action), move in MOVES.items():
        wants = action in {Action.GIVE_BACK, Action.SUSPEND, Action.VOID, Action.EXTEND}
        assert (Need.REASON in move.needs) == wants


def test_only_reporters_judge_and_only_leads_void() -> None:
    """Who may, where it matters most."""
    judging = [move.who for (_, action), move in MOVES.items() if action in {Action.CONFIRM, Action.DISPUTE}]
    assert judging == [{Who.REPORTER}, {Who.REPORTER}]
    assert all(move.who == {Who.LEAD} for (_, action), move in MOVES.items() if action is Action.VOID)


@pytest.mark.parametrize("action", list(Action))
def test_ended_ticket_takes_no_verb(action: Action) -> None:
    """Closed is closed; void is void, unless it was merged."""
    assert all(allowed(status, action) is None for status in ENDED) or action is Action.SPLIT


def test_every_word_has_its_chinese() -> None:
    """Nothing English reaches a person."""
    assert set(STATUS) == set(Status)
    assert {action.value for action in Action} <= set(ACTION)


def test_officer_who_writes_done_has_taken_it_and_arrived() -> None:
    """The way from where the ticket stands, in order."""
    done = (Action.ACCEPT, Action.RESUME, Action.ARRIVE, Action.RESOLVE)
    assert way(Status.DISPATCHED, *done) == [Action.ACCEPT, Action.ARRIVE, Action.RESOLVE]
    assert way(Status.SUSPENDED, *done) == [Action.RESUME, Action.ARRIVE, Action.RESOLVE]
    assert way(Status.CLOSED, *done) == []


@given(
    st.sampled_from([a.value for a in Action]),
    st.integers(0, 2**40),
    st.integers(1, 99),
    st.sampled_from(["", "0", "service"]),
)
def test_press_fits_a_button_and_comes_back_as_it_was(verb: str, ticket: int, round_: int, given_: str) -> None:
    """At most 64 bytes, and nothing is lost."""
    press = Press(verb, ticket, round_, given_)
    assert len(press.data().encode()) <= 64
    assert parse_press(press.data()) == press


@given(st.text(max_size=80))
def test_forged_data_never_raises(data: str) -> None:
    """Whatever a client sends is a press or nothing."""
    found = parse_press(data)
    assert found is None or found.verb


@given(st.integers(0, 2**63))
def test_base36_reads_back(number: int) -> None:
    """Numbers survive."""
    assert int(base36(number), 36) == number
