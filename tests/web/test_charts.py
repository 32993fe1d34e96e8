"""What the server draws of figures: no day is lost, nothing is shown as more or less than it is."""

from datetime import date, timedelta

import pytest

from web.charts import STEPS, shades, trend


def test_trend_has_a_column_for_each_day_and_weeks_for_many() -> None:
    """No day is lost, the scale reaches above the highest."""
    start = date(2026, 3, 2)
    few = trend({start + timedelta(days=n): (n, 1) for n in range(10)})
    assert [column.opened for column in few.columns] == list(range(10))
    assert few.marks[-1][1] == 10
    many = trend({start + timedelta(days=n): (1, 0) for n in range(100)})
    assert sum(column.opened for column in many.columns) == 100
    assert len(many.columns) == 15
    assert trend({}).columns == []


@pytest.mark.parametrize("fullest", [1, 5, 6, 7, 1000])
def test_shades_go_from_nothing_to_the_fullest(fullest: int) -> None:
    """Something is never shown as nothing."""
    grid = [[0, 1, fullest]]
    assert shades(grid)[0][0] == 0
    assert shades(grid)[0][1] >= 1
    assert shades(grid)[0][2] == STEPS
    assert shades([[0]]) == [[0]]
