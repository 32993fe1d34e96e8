"""Figures of several rounds, and how they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from statistics import median

from rich.table import Table


def at_part(values: list[float], part: float) -> float:
    """The value that this part of the sorted values does not pass (nearest rank)."""
    return values[max(0, ceil(part * len(values)) - 1)]


@dataclass(slots=True)
class Figure:
    """One thing that is measured, each round once for us and, where there is one, once for the baseline."""

    name: str
    unit: str
    aim: float | None = None
    less_is_better: bool = False
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    def ratios(self) -> list[float]:
        """How many times better we are, round by round."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return [(b / a) if self.less_is_better else (a / b) for a, b in pairs] if self.theirs else []


def table(figures: list[Figure]) -> Table:
    """Minimum, median and maximum of each."""
    shown = Table("measured", "unit", "qunban", "baseline", "times better, by round", "aim", box=None, pad_edge=False)
    for one in figures:
        if one.ours:
            ratios, fine = one.ratios(), _number
            aim = "" if one.aim is None else f"≥ {one.aim:g}: {'met' if median(ratios) >= one.aim else 'MISSED'}"
            shown.add_row(
                one.name, one.unit, _three(one.ours, fine), _three(one.theirs, fine), _three(ratios, _ratio), aim
            )
    return shown


def _three(values: list[float], shown: Callable[[float], str]) -> str:
    return " / ".join(shown(value) for value in (min(values), median(values), max(values))) if values else "–"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _ratio(value: float) -> str:
    return f"{value:.2f}"
