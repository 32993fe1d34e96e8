"""What a month's summary costs on a small and on a large database, asked in turns in one run."""

import random
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from bench.figures import at_part
from bench.year.measuring import asked_of, ms, slices, timed
from bot.database import open_engine
from models.numbers import Slice
from services.figures import figures

DAYS = 30


async def grown(small: str, large: str, rounds: int, out: Console) -> None:
    """Print p50 and p95 of both, and how many times as long the large one takes."""
    engines = [open_engine(database).execution_options(reads_only=True) for database in (small, large)]
    dice, shown = random.Random(721), Table("month", "small p50", "p95", "large p50", "p95", "times (p50)", box=None)
    try:
        async with engines[0].connect() as less, engines[1].connect() as more:
            for sliced in (False, True):
                took: list[list[float]] = [[], []]
                for number in range(rounds):
                    kinds = slices(dice) if sliced else [Slice()]
                    asked = replace(asked_of(dice, DAYS), which=kinds[number % len(kinds)])
                    for at, conn in enumerate((less, more)):
                        took[at].append(await timed(conn, figures, asked))
                both = [sorted(one[2:]) for one in took]
                parts = [ms(at_part(one, part)) for one in both for part in (0.5, 0.95)]
                ratio = at_part(both[1], 0.5) / at_part(both[0], 0.5)
                shown.add_row("sliced" if sliced else "whole", *parts, f"{ratio:.2f}")
    finally:
        for engine in engines:
            await engine.dispose()
    out.print(shown)
