"""A year's export beside a bot at work on the same database: what people wait for, and how much memory it takes."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import load
from bench.figures import at_part
from bench.gentle import in_time
from bench.ground import Said, environment, ground
from bench.subjects import QUNBAN, bot
from bench.year.seeding import LAST

MESSAGES, COMPLAINTS = 800, 400
"""Of each half: before the export, and while it runs."""
WARMING = 300
"""Messages before both: what a start has to do is over by then."""
DAYS, LOOK_SECONDS, SETTLED_SECONDS = 365, 0.5, 5


@dataclass(slots=True)
class Export:
    """`qunban export` in a process of its own; megabytes that it held, looked at twice a second."""

    process: asyncio.subprocess.Process
    file: Path
    begun: float = field(default_factory=time.monotonic)
    held: list[float] = field(default_factory=list)
    took: float = 0.0

    async def watch(self) -> None:
        """Until it has ended."""
        while self.process.returncode is None:
            self.held += _held(self.process.pid)
            await asyncio.sleep(LOOK_SECONDS)
        self.took = time.monotonic() - self.begun

    def row(self) -> list[str]:
        """Memory after five seconds, at half its time and at most; how long; how large the file is."""
        early = self.held[min(len(self.held) - 1, int(SETTLED_SECONDS / LOOK_SECONDS))]
        shown = (early, self.held[len(self.held) // 2], max(self.held))
        size = self.file.stat().st_size / 1e6 if self.file.exists() else 0.0
        return [*(f"{one:,.0f} MB" for one in shown), f"{self.took:,.0f} s", f"{size:,.0f} MB"]


def _held(pid: int) -> list[float]:
    """Megabytes that a process holds; none where it is gone."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")]


async def beside(database: str, scale: float, out: Console) -> None:
    """Print both."""
    warming = round(WARMING * scale)
    said = load.talk(round(2 * MESSAGES * scale) + warming, round(2 * COMPLAINTS * scale) + warming // 2, seed=12345)
    first, lines = said[:warming], said[warming:]
    half = len(lines) // 2
    waits = Table("receipts", "p50", "p99", box=None)
    async with ground() as (play, folder), bot(QUNBAN, play, folder, database) as running:
        woken = await in_time(play, first)
        await running.told(woken)
        quiet = await in_time(play, lines[:half])
        sent = await running.told(woken | quiet)
        waits.add_row("quiet", *_shown(quiet, sent))
        async with _exporting(database, folder) as export:
            busy = await in_time(play, lines[half:])
            over = export.process.returncode is not None
            sent = await running.told(woken | quiet | busy)
            waits.add_row("while a year is exported" + (", which ended before" if over else ""), *_shown(busy, sent))
            out.print(waits)
            await export.process.wait()
        memory = Table("export of a year", "after 5 s", "half way", "at most", "took", "file", box=None)
        memory.add_row("", *export.row())
        out.print(memory)


def _shown(said: Said, sent: dict[tuple[int, int], float]) -> list[str]:
    waits = sorted((sent[where] - at) * 1000 for where, at in said.items())
    return [f"{at_part(waits, part):,.0f} ms" for part in (0.5, 0.99)]


@asynccontextmanager
async def _exporting(database: str, folder: Path) -> AsyncIterator[Export]:
    config, file = folder / "export.json", folder / "year.xlsx"
    config.write_text(json.dumps(load.config() | {"database": database}), encoding="utf-8")
    first, last = ((LAST - timedelta(days=days)).date().isoformat() for days in (DAYS, 1))
    words = ["-m", "bot", "export", str(file), "--from", first, "--to", last, "--config", str(config)]
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=folder, env=environment())
    export = Export(process, file)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(export.watch())
        yield export
