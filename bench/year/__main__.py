"""`python -m bench.year`: a city's years of tickets, and how fast their figures are (docs/benchmarks.md)."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bench.year.seeding import seed
from bot.database import open_engine
from bot.migrate import migrate

app = typer.Typer(add_completion=False)
out, err = Console(width=150), Console(stderr=True)
Database = Annotated[str, typer.Argument(help="sqlite:///… or postgresql://…; empty for `seed`.")]


@app.command("seed")
def seed_(database: Database, tickets: int = 1_000_000, events: int = 5) -> None:
    """Write so many tickets, and so many events of each."""

    async def fill() -> None:
        engine = open_engine(database)
        try:
            await migrate(engine)
            with Progress(console=err) as progress:
                task = progress.add_task("rows", total=tickets * (1 + events))
                await seed(engine, tickets, events, lambda rows: progress.advance(task, rows))
        finally:
            await engine.dispose()

    asyncio.run(fill())


@app.command()
def measure(database: Database, rounds: int = 24, days: int | None = None, span: str | None = None) -> None:
    """Ask for months and years, sliced and whole, beside the plain GROUP BY; the daybook's last `days` are written."""
    from bench.year.measuring import measured  # noqa: PLC0415 - seeding needs none of it

    asyncio.run(measured(database, rounds, days, [span] if span else ["month", "year"], out))


@app.command()
def grow(small: Database, large: Database, rounds: int = 24) -> None:
    """A month's summary on two databases in turns; both have their daybook's pages already (`measure`)."""
    from bench.year.growing import grown  # noqa: PLC0415 - the others need none of it

    asyncio.run(grown(small, large, rounds, out))


@app.command()
def beside(database: Database, scale: float = 1.0) -> None:
    """How long people wait for their receipts while a year is exported from the same database, and what that costs."""
    from bench.year.exporting import beside as both  # noqa: PLC0415 - the others need none of it

    asyncio.run(both(database, scale, out))


if __name__ == "__main__":
    app()
