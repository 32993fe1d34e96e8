"""What the pages get of the running program."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import trail, workbook
from bot.bell import Bell
from bot.report import document
from bot.scribe import Scribe
from bot.settings import Settings
from ledger.ledger import Ledger
from ledger.work import Rules
from models.clock import Clock
from web.house import House, Paper, Stays, Tiles


def house_of(settings: Settings, engine: AsyncEngine, rules: Rules, clock: Clock, outbox_bell: Bell) -> House:
    """The pages' view of the program: what they change is told to log and courier when it is on disk."""
    given = settings.web

    def done(ledger: Ledger) -> None:
        trail.told(ledger)
        outbox_bell.ring()

    return House(
        engine, rules, clock, Path(settings.data) / "media", done, paper(engine),
        Tiles(given.tiles.url, given.tiles.datum, given.tiles.credit),
        Stays(timedelta(minutes=given.idle_minutes), timedelta(hours=given.session_hours)),
        secure=given.url.startswith("https://"),
    )  # fmt: skip


def paper(engine: AsyncEngine) -> Paper:
    """What makes files for the pages, as for chat and command line."""
    return Paper(Scribe(engine).workbook, workbook.indicators, document)
