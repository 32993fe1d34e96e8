"""What the pages get of the running program."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import trail, workbook
from bot.report import document
from bot.scribe import Scribe
from ledger.ledger import Ledger
from web.house import House, Paper, Stays, Tiles

if TYPE_CHECKING:
    from bot.program import Program


def house_of(program: "Program") -> House:
    """The pages' view of the program: what they change is told to log and courier when it is on disk."""
    settings, given = program.settings, program.settings.web

    def done(ledger: Ledger) -> None:
        trail.told(ledger)
        program.outbox_bell.ring()

    return House(
        program.engine, program.rules, program.clock, Path(settings.data) / "media", done,
        paper(program.engine),
        Tiles(given.tiles.url, given.tiles.datum, given.tiles.credit),
        Stays(timedelta(minutes=given.idle_minutes), timedelta(hours=given.session_hours)),
        secure=given.url.startswith("https://"),
    )  # fmt: skip


def paper(engine: AsyncEngine) -> Paper:
    """What makes files for the pages, as for chat and command line."""
    return Paper(Scribe(engine).workbook, workbook.indicators, document)
