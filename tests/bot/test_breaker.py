"""The circuit breaker alone."""

from datetime import UTC, datetime, timedelta

from bot.breaker import Breaker

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MINUTE = timedelta(seconds=60)


def test_failures_in_a_row_open_it_and_one_success_between_does_not_count() -> None:
    """Two, a success, two: still closed; the third in a row opens it."""
    breaker = Breaker(3, MINUTE)
    for well in (False, False, True, False, False):
        assert not breaker.note(NOON, well=well)
        assert breaker.lets(NOON)
    assert breaker.note(NOON, well=False)
    assert not breaker.lets(NOON + MINUTE / 2)


def test_after_the_rest_one_may_try_and_the_others_wait_for_her() -> None:
    """She fails: another rest. She succeeds: all may. She never says: the next one may after another rest."""
    breaker = Breaker(1, MINUTE)
    breaker.note(NOON, well=False)
    assert [breaker.lets(NOON + MINUTE) for _ in range(3)] == [True, False, False]
    assert breaker.note(NOON + MINUTE, well=False)
    assert not breaker.lets(NOON + MINUTE * 1.5)
    assert [breaker.lets(NOON + MINUTE * 2) for _ in range(2)] == [True, False]
    assert breaker.lets(NOON + MINUTE * 3)
    assert not breaker.note(NOON + MINUTE * 3, well=True)
    assert all(breaker.lets(NOON + MINUTE * 3) for _ in range(3))
