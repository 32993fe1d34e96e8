"""What stands open now: its numbers by squad and officer, counted in one look at the open tickets."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models.figures import Tops
from models.numbers import DIMENSIONS, NUMBERS, Asked, bits

NAMES = tuple(sorted(name for name, number in NUMBERS.items() if number.moment is None))
BY = ("squad", "officer")


@dataclass(frozen=True, slots=True)
class Standing:
    """Open tickets that count for the same numbers and are with the same squad and officer: (bits, keys, how many)."""

    rows: list[tuple[int, dict[str, Any], int]]

    def counts(self, names: Iterable[str]) -> dict[str, int]:
        """Each of these numbers that is one of what stands open."""
        return {name: sum(many for _, many in self._of(name)) for name in names if name in NAMES}

    def tops(self, name: str, by: str) -> Tops:
        """A number by squad or officer, the most first, and of as many the one whose name comes first."""
        found: Counter[Any] = Counter()
        for keys, many in self._of(name):
            found[keys[by]] += many
        return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0] is None, one[0])))

    def _of(self, name: str) -> Iterable[tuple[dict[str, Any], int]]:
        bit = 1 << NAMES.index(name)
        return ((keys, many) for counted, keys, many in self.rows if counted & bit)


async def standing(conn: AsyncConnection, asked: Asked) -> Standing:
    """Of the slice that is asked for; the period says nothing here."""
    keys = [DIMENSIONS[by] for by in BY]
    held = select(bits(NAMES, asked), *keys).where(*NUMBERS[NAMES[0]].span(asked), *asked.which.conditions()).subquery()
    found = await conn.execute(select(*held.c, func.count()).group_by(*held.c))
    return Standing([(row[0], dict(zip(BY, row[1:-1], strict=True)), row[-1]) for row in found.all()])
