"""What is promised about faults, tried; exit code 1 where a promise is broken (docs/reliability.md)."""

import asyncio
import signal
import time
from collections.abc import Coroutine
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bench.chaos.audit import Audit
from bench.chaos.flood import flood as pour
from bench.chaos.ground import NoRestError
from bench.chaos.kills import kills as kill_rounds
from bench.chaos.soak import soak as soak_long

out, err = Console(width=150), Console(stderr=True)
app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
Database = Annotated[
    str, typer.Option(help="sqlite, postgresql (a server brought by a wheel), or the address of an empty database.")
]
Seed = Annotated[int, typer.Option(help="The same seed, the same story, as far as a machine can repeat it.")]


@app.command()
def kills(
    rounds: Annotated[int, typer.Option(min=1, help="How often it is killed.")] = 200,
    database: Database = "sqlite",
    seed: Seed = 721,
) -> None:
    """Kill -9 at every failpoint and at any instant, while people complain, drop pins and press."""
    _show(f"{rounds} kills, {database}", kill_rounds(database, rounds, seed, _progress))


@app.command()
def flood(
    seconds: Annotated[float, typer.Option(min=2, help="How long the quiet lasts, and then the flood.")] = 60,
    database: Database = "sqlite",
    seed: Seed = 721,
) -> None:
    """A thousand messages a minute in one group, while people complain in the others."""
    _show(f"a flood of {seconds:g} s, {database}", pour(database, seconds, seed, _progress))


@app.command()
def soak(
    minutes: Annotated[float, typer.Option(min=0.05, help="How long.")] = 30,
    rate: Annotated[float, typer.Option(min=1, help="Messages a second.")] = 50,
    database: Database = "sqlite",
    seed: Seed = 721,
) -> None:
    """A long time at a high rate, with faults of the network all the while."""
    _show(
        f"{minutes:g} minutes at {rate:g} messages a second, {database}",
        soak_long(database, minutes * 60, rate, seed, _progress),
    )


def _progress(words: str) -> None:
    err.print(words, highlight=False)


async def _until_told(work: Coroutine[Any, Any, Audit]) -> Audit:
    """SIGTERM ends the bot too, as Ctrl-C does."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await work


def _show(title: str, work: Coroutine[Any, Any, Audit]) -> None:
    begun = time.monotonic()
    try:
        found = asyncio.run(_until_told(work))
    except asyncio.CancelledError:
        err.print("Told to stop: no figures", style="red")
        raise typer.Exit(1) from None
    except NoRestError as error:
        err.print(f"No figures: {error}", style="red", highlight=False, markup=False)
        raise typer.Exit(1) from None
    table = Table(title=f"{title}, {time.monotonic() - begun:.0f} s")
    table.add_column("figure")
    table.add_column("found", justify="right")
    for name, value in found.figures.items():
        table.add_row(name, f"{value:,.1f}".removesuffix(".0") if isinstance(value, float) else str(value))
    out.print(table, highlight=False)
    for sentence in found.broken:
        out.print(f"broken: {sentence}", style="red", highlight=False, markup=False, soft_wrap=True)
    if found.broken:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
