"""`python -m bench`: how fast, beside a baseline, in one run (docs/benchmarks.md)."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.figures import Figure, table
from bench.floods import burst, chatter
from bench.gentle import gentle
from bench.ground import WorkNotDoneError
from bench.replayed import replays
from bench.subjects import BASELINE, QUNBAN, SUBJECTS, Subject

out, err = Console(width=150), Console(stderr=True)
Step = Callable[[], None]


class Name(StrEnum):
    """The benches."""

    CHATTER = "chatter"
    BURST = "burst"
    LATENCY = "latency"
    REPLAY = "replay"


class Bench:
    """Runs the benches, round after round, and keeps the figures."""

    def __init__(self, rounds: int, scale: float, told: Callable[[str], None]) -> None:
        self.rounds, self.scale, self.told = rounds, scale, told
        self.figures = {
            "chatter": Figure("90 % chatter", "messages/s", aim=4),
            "burst": Figure("burst of complaints", "tickets/s", aim=2),
            "p50": Figure("message to receipt, p50", "ms", less_is_better=True),
            "p99": Figure("message to receipt, p99", "ms", less_is_better=True),
            "replay": Figure("replay of a long export", "messages/s"),
            "memory": Figure("replay, peak memory", "MB"),
            "once": Figure("the same chat once, peak memory", "MB"),
        }

    def run(self, name: Name) -> None:
        """One bench. Raises WorkNotDoneError."""
        match name:
            case Name.CHATTER:
                self._flood("chatter", chatter)
            case Name.BURST:
                self._flood("burst", burst)
            case Name.LATENCY:
                self._in_turns(name, self._latency)
            case Name.REPLAY:
                self._replay()

    def _in_turns(self, name: str, one: Callable[[Subject], None]) -> None:
        """Ours, the baseline, ours, the baseline, and so on."""
        for number in range(self.rounds):
            for subject in SUBJECTS:
                self.told(f"{name}, round {number + 1}, {subject.name}")
                one(subject)

    def _flood(self, name: str, work: Callable[[Subject, float], Awaitable[float]]) -> None:
        async def flood(subject: Subject) -> float:
            return await work(subject, self.scale)

        self._in_turns(name, lambda subject: self._keep(name, subject, asyncio.run(flood(subject))))

    def _latency(self, subject: Subject) -> None:
        half, most = asyncio.run(gentle(subject, self.scale))
        self._keep("p50", subject, half)
        self._keep("p99", subject, most)

    def _replay(self) -> None:
        for number in range(self.rounds):
            self.told(f"replay, round {number + 1}")
            with tempfile.TemporaryDirectory(prefix="qunban-bench-") as folder:
                once, often = replays(Path(folder), self.scale)
            self._keep("replay", QUNBAN, often.messages / often.seconds)
            self._keep("memory", QUNBAN, often.megabytes)
            self._keep("once", QUNBAN, once.megabytes)

    def _keep(self, name: str, subject: Subject, value: float) -> None:
        figure = self.figures[name]
        (figure.theirs if subject is BASELINE else figure.ours).append(value)


def main(
    rounds: Annotated[int, typer.Option(min=1, help="How often each is measured, ours and the baseline in turns.")] = 3,
    only: Annotated[list[Name] | None, typer.Option(help="Only this bench; may be given several times.")] = None,
    scale: Annotated[
        float, typer.Option(min=0.004, max=1, help="A part of the full load; 1 is what the docs show.")
    ] = 1,
) -> None:
    """Measure the bot and the baseline (bench/baseline.py) under the same load, each in a process of its own."""
    names = list(only or Name)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    steps = sum(rounds if name is Name.REPLAY else 2 * rounds for name in names)
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("starting", total=steps, completed=-1)
        bench = Bench(rounds, scale, lambda what: progress.update(task, description=what, advance=1))
        try:
            for name in names:
                bench.run(name)
        except WorkNotDoneError as error:
            err.print(f"No figure: {error}", style="red", highlight=False)
            raise typer.Exit(1) from None
    out.print(f"minimum / median / maximum of {rounds} rounds, scale {scale:g}", highlight=False)
    out.print(table(list(bench.figures.values())), highlight=False)


if __name__ == "__main__":
    typer.run(main)
