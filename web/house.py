"""What the pages need of the program: the tables, the rules in force, the clock, what makes files."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ledger.ledger import Ledger
from ledger.work import Rules
from models.clock import Clock
from models.figures import Figures
from models.numbers import Asked
from texts.reports import Heading


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where the pictures of the map come from; without an address only our own streets and grids are drawn."""

    url: str = ""
    datum: str = "WGS-84"
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Stays:
    """How long somebody stays logged in."""

    idle: timedelta = timedelta(hours=2)
    whole: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Paper:
    """What makes files of tickets and figures: the same as for the chat and the command line."""

    workbook: Callable[[AsyncConnection, Sequence[ColumnElement[bool]], ZoneInfo], Awaitable[IO[bytes]]]
    indicators: Callable[[Figures, Asked, str], bytes]
    report: Callable[[Heading, Figures, Asked], bytes]
    one: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One file at a time: who wants another waits, and the chat is not held up."""


@dataclass(frozen=True, slots=True)
class House:
    """One for all pages. `done` is told what a page has changed, when it is on disk."""

    engine: AsyncEngine
    rules: Rules
    clock: Clock
    media: Path
    done: Callable[[Ledger], None]
    paper: Paper
    tiles: Tiles = Tiles()
    stays: Stays = Stays()
    secure: bool = False
    """True where the pages are reached by https."""

    def reading(self) -> Any:
        """A connection that only reads."""
        return self.engine.execution_options(reads_only=True).connect()


Reading = AsyncConnection
