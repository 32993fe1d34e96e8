"""How long a matter may take: by the matter and the condition that it was filed under, as a bureau or the table says.

The table (limits.csv) is one city's published standard, named in its last column, and an example: a bureau's own
figures go before it. A condition is known by words of the report.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from models.matters import MATTERS

DEFAULT = "default"
DEFAULT_LIMIT = "3工作日"


@dataclass(frozen=True, slots=True)
class Timing:
    """What a bureau says of one matter: the limit, limits for conditions, and by whose hours it runs."""

    limit: str | None = None
    conditions: Mapping[str, str] = field(default_factory=dict)
    shift: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A row of the table: a condition of some matters, its limit, the words that tell of it, who published it."""

    name: str
    limit: str
    words: tuple[str, ...]
    source: str


class Origin(StrEnum):
    """Who says how long something may take."""

    BUREAU = "bureau"  # config.yaml
    TABLE = "table"  # limits.csv, matters.csv
    PROGRAM = "program"  # where neither does


@dataclass(frozen=True, slots=True)
class Chosen:
    """The limit in Chinese, the condition that it is for (or none), the shift that it runs by (or the usual hours)."""

    words: str
    condition: str = ""
    shift: str = ""
    origin: Origin = field(default=Origin.TABLE, compare=False)
    """Who says so; the same limit from elsewhere is no other limit."""


@cache
def table() -> Mapping[str, tuple[Condition, ...]]:
    """The conditions of each matter, in the order in which they are looked for."""
    found: dict[str, list[Condition]] = {}
    with Path(__file__).with_name("limits.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            condition = Condition(row["condition"], row["limit"], tuple(row["words"].split()), row["source"])
            for matter in _listed(row["matters"]):
                found.setdefault(matter, []).append(condition)
    return {matter: tuple(conditions) for matter, conditions in found.items()}


def _listed(codes: str) -> list[str]:
    """「01001-01003 01005」 as the matters that there are."""
    spans = [span.partition("-")[::2] for span in codes.split()]
    return [code for first, last in spans for code in MATTERS if first <= code <= (last or first)]


def choose(own: Mapping[str, Timing], matter: str | None, words: str) -> Chosen:
    """The limit of the condition that the words tell of."""
    code = matter or ""
    return limit_for(own, code, condition_in(code, words, own.get(code, Timing()).conditions))


def choices(own: Mapping[str, Timing], matter: str | None) -> tuple[Chosen, ...]:
    """What somebody may choose from where a matter has conditions with limits of their own: the usual limit first."""
    code = matter or ""
    names = dict.fromkeys([*own.get(code, Timing()).conditions, *(row.name for row in table().get(code, ()))])
    apart = [chosen for name in names if (chosen := limit_for(own, code, name)).condition]
    return (limit_for(own, code, ""), *apart) if apart else ()


def limit_for(own: Mapping[str, Timing], code: str, condition: str) -> Chosen:
    """The bureau's figure for the condition, for the matter, for all; then the table's in the same order."""
    said = own.get(code, Timing())
    usual = said.limit or own.get(DEFAULT, Timing()).limit
    shift = said.shift or own.get(DEFAULT, Timing()).shift or ""
    if condition in said.conditions:
        return Chosen(said.conditions[condition], condition, shift, Origin.BUREAU)
    if usual:
        return Chosen(usual, "", shift, Origin.BUREAU)
    listed = next((row for row in table().get(code, ()) if row.name == condition), None)
    if listed is not None:
        return Chosen(listed.limit, condition, shift)
    if code in MATTERS:
        return Chosen(MATTERS[code].limit, "", shift)
    return Chosen(DEFAULT_LIMIT, "", shift, Origin.PROGRAM)


def condition_in(matter: str, words: str, more: Mapping[str, str]) -> str:
    """The first condition of a matter that the words tell of; one of the bureau's own (`more`) is told by its name."""
    listed = table().get(matter, ())
    known = {row.name for row in listed}
    looked_for = [*((name, (name,)) for name in more if name not in known), *((row.name, row.words) for row in listed)]
    return next((name for name, signs in looked_for if any(sign in words for sign in signs)), "")
