"""What stands open now: its numbers by squad and officer, counted in one look at the open tickets."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models.figures import Tops
from models.numbers import DIMENSIONS, NUMBERS, Asked

NAMES = tuple(sorted(name for name, number in NUMBERS.items() if number.moment is None))
BY = ("squad", "officer")


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open tickets count for each number, by squad and officer: (keys, counts)."""

    rows: list[tuple[dict[str, Any], dict[str, int]]]

    def counts(self, names: Iterable[str]) -> dict[str, int]:
        """Each of these numbers that is one of what stands open."""
        return {name: sum(counted[name] for _, counted in self.rows) for name in names if name in NAMES}

    def tops(self, name: str, by: str) -> Tops:
        """A number by squad or officer, the most first, and of as many the one whose name comes first."""
        found: Counter[Any] = Counter()
        for keys, counted in self.rows:
            if counted[name]:
                found[keys[by]] += counted[name]
        return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0] is None, one[0])))


async def standing(conn: AsyncConnection, asked: Asked) -> Standing:
    """Of the slice that is asked for; the period says nothing here."""
    keys = [DIMENSIONS[by] for by in BY]
    counted = [func.count().filter(and_(*NUMBERS[name].also(asked))) for name in NAMES]
    held = select(*keys, *counted).where(*NUMBERS[NAMES[0]].span(asked), *asked.which.conditions()).group_by(*keys)
    split = len(BY)
    return Standing([
        (dict(zip(BY, row[:split], strict=True)), dict(zip(NAMES, row[split:], strict=True)))
        for row in await conn.execute(held)
    ])  # fmt: skip
