"""The names of a bureau's registers in a question about figures: squads, streets, grids, groups, officers, matters."""

import re
from dataclasses import dataclass, field

from models.matters import matter_name
from models.numerals import SIGNS, numeral
from reading.english.names import LATIN


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a bureau's registers know; officers by our number, groups too."""

    squads: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    groups: dict[str, int] = field(default_factory=dict)
    officers: dict[str, int] = field(default_factory=dict)
    matters: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What matters and their classes are called in English; `matter` or `major`, and which."""

    @property
    def registered(self) -> tuple[str, ...]:
        """Names of the registers."""
        return (*self.squads, *self.streets, *self.grids, *self.groups, *self.officers)


def grid(name: str) -> str:
    """What a grid is called: a code alone would be taken for somebody's number."""
    return f"网格{name}" if name.isdecimal() else name


def numbered(said: str, names: Names) -> str:
    """3中队 as the register has it, 三中队."""
    for squad in names.squads:
        figured = re.sub(f"[{SIGNS}]+(?=[中大]队)", lambda found: f"{numeral(found[0]):.0f}", squad)
        if figured not in names.squads:
            said = re.sub(rf"(?<!\d){re.escape(figured)}", lambda _, squad=squad: squad, said)  # type: ignore[misc]
    return said


def named(left: str, names: Names) -> tuple[dict[str, str | int], tuple[str, ...], str]:
    """Names of the registers, the longest first."""
    known: list[tuple[str, str, str | int]] = [
        *((name, "squad", name) for name in names.squads),
        *((name, "street", name) for name in names.streets),
        *((name.removesuffix("街道"), "street", name) for name in names.streets),
        *((name, "grid", name) for name in names.grids),
        *((name, "group", key) for name, key in names.groups.items()),
        *((name, "officer", key) for name, key in names.officers.items()),
    ]
    if LATIN.search(left):
        known += [(name, kind, value) for name, (kind, value) in names.matters.items()]
    which: dict[str, str | int] = {}
    called: list[str] = []
    for name, kind, value in sorted(known, key=lambda one: -len(one[0])):
        if len(name) > 1 and kind not in which and name in left:
            which[kind] = value
            called.append(matter_name(str(value)) if name in names.matters else grid(name) if kind == "grid" else name)
            left = left.replace(name, " ")
    return which, tuple(called), left
