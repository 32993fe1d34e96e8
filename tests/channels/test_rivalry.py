"""Which of two that poll with one token has to go, played through on a clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram import rivalry
from channels.telegram.rivalry import Rivalry


class Hands:
    """A clock."""

    at = 1000.0

    def monotonic(self) -> float:
        """The time."""
        return self.at


def left(before: float, delays: list[float]) -> tuple[str, float]:
    """The elder asks alone for so many seconds, then the newcomer comes: who goes, and after how long.

    Each comes back after its pause, and a little late.
    """
    clock = Hands()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rivalry, "time", clock)
        both = {"elder": Rivalry(), "newcomer": Rivalry()}
        both["elder"].asks()
        clock.at += before
        begun, asks, asked = clock.at, "newcomer", "elder"
        for turn in range(100):
            both[asks].asks()
            if both[asked].put_out():
                return asked, clock.at - begun
            asks, asked = asked, asks
            clock.at += rivalry.PAUSE_SECONDS + delays[turn % len(delays)]
    raise AssertionError("both stay")


LATE = st.lists(st.floats(0, 2.9), min_size=1, max_size=9)


@given(before=st.floats(6.1, 10**6), delays=LATE)
def test_newcomer_goes_and_the_elder_stays(before: float, delays: list[float]) -> None:
    """As soon as the elder has asked undisturbed for longer than a rival's pause, and whoever is a little late."""
    who, after = left(before, delays)
    assert who == "newcomer"
    assert after < 60


@given(before=st.floats(61, 10**6), delays=st.lists(st.floats(0, 6), min_size=1, max_size=9))
def test_who_polled_for_a_minute_stays_though_the_line_is_slow(before: float, delays: list[float]) -> None:
    """The newcomer may take itself for an elder then, but not for an old one."""
    assert left(before, delays)[0] == "newcomer"


@given(before=st.floats(0, 4), delays=LATE)
def test_of_two_that_began_together_one_stays(before: float, delays: list[float]) -> None:
    """Nobody knows who was first; never both go, for who is left is alone."""
    assert left(before, delays)[1] < 60


def test_conflicts_that_pass_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """`qunban check` looks in, an old connection runs out: once in a few minutes for ever."""
    clock, one = Hands(), Rivalry()
    monkeypatch.setattr(rivalry, "time", clock)
    for _ in range(100):
        one.asks()
        clock.at += 100
        assert not one.put_out()


def test_time_without_a_network_is_no_rank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who could not ask for an hour was not there."""
    clock, one = Hands(), Rivalry()
    monkeypatch.setattr(rivalry, "time", clock)
    one.asks()
    clock.at += 3600
    one.cut_off()
    found = []
    for _ in range(4):
        one.asks()
        clock.at += 3
        found.append(one.put_out())
    assert found == [False, False, False, True]
