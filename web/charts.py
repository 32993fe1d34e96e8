"""Charts as the server draws them: shapes for SVG, and steps of colour for a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDE, HIGH = 900, 220
LEFT, RIGHT, TOP, FOOT = 40, 10, 12, 26
STEPS = 6
"""Shades of the table of hours."""
MANY = 62
"""Beyond so many days a column is a week."""


@dataclass(frozen=True, slots=True)
class Column:
    """What was opened and closed from a day to another, both counted, and where that stands."""

    first: date
    last: date
    opened: int
    closed: int
    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart of columns (opened) with a line (closed)."""

    columns: list[Column]
    line: str
    marks: list[tuple[float, int]]
    labels: list[tuple[float, str]]
    wide: int = WIDE
    high: int = HIGH


def trend(days: dict[date, tuple[int, int]]) -> Trend:
    """The chart of these days; a column is a day, or a week where they are many."""
    bins = _bins(days)
    top = _round_up(max((max(opened, closed) for _, _, opened, closed in bins), default=0))
    step = (WIDE - LEFT - RIGHT) / max(len(bins), 1)
    scale = (HIGH - TOP - FOOT) / top

    def at(value: int) -> float:
        return round(HIGH - FOOT - value * scale, 1)

    columns = [
        Column(first, last, opened, closed, round(LEFT + n * step + step * 0.15, 1), at(opened), round(step * 0.7, 1),
               round(opened * scale, 1))
        for n, (first, last, opened, closed) in enumerate(bins)
    ]  # fmt: skip
    line = " ".join(f"{column.x + column.wide / 2:.1f},{at(column.closed)}" for column in columns)
    every = max(1, len(columns) // 8)
    labels = [(round(c.x + c.wide / 2, 1), f"{c.first:%m-%d}") for c in columns[::every]]
    return Trend(columns, line, [(at(value), value) for value in (0, top // 2, top)], labels)


def _bins(days: dict[date, tuple[int, int]]) -> list[tuple[date, date, int, int]]:
    ordered = sorted(days)
    if len(ordered) <= MANY:
        return [(day, day, *days[day]) for day in ordered]
    weeks: dict[date, list[date]] = {}
    for day in ordered:
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    return [
        (held[0], held[-1], sum(days[day][0] for day in held), sum(days[day][1] for day in held))
        for held in weeks.values()
    ]


def _round_up(value: int) -> int:
    """A figure for the top of a scale: 2, 4, 10, 20, 40, 100 and so on."""
    size = 1
    while True:
        for step in (2, 4, 10):
            if step * size >= value:
                return step * size
        size *= 10


def shades(grid: Sequence[Sequence[int]]) -> list[list[int]]:
    """For each cell a step from 0 (nothing) to 6 (as many as the fullest cell)."""
    most = max((max(row) for row in grid), default=0)
    return [[-(-value * STEPS // most) if most else 0 for value in row] for row in grid]
