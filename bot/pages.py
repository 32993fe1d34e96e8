"""What the pages get of the running program."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import trail, workbook
from bot.report import document
from bot.scribe import Scribe
from ledger.ledger import Ledger
from web.house import House, Limits, Paper, Stays, Tiles

if TYPE_CHECKING:
    from bot.blocks_clock import LimitEntry
    from bot.program import Program
    from bot.settings import Settings


def house_of(program: "Program") -> House:
    """The pages' view of the program: what they change is told to log and courier when it is on disk."""
    settings, given = program.settings, program.settings.web

    def done(ledger: Ledger) -> None:
        trail.told(ledger)
        program.outbox_bell.ring()

    return House(
        program.engine, program.rules, program.clock, Path(settings.data) / "media", done,
        paper(program.engine), ruled_by(settings),
        Tiles(given.tiles.url, given.tiles.datum, given.tiles.credit),
        Stays(timedelta(minutes=given.idle_minutes), timedelta(hours=given.session_hours)),
        secure=given.url.startswith("https://"),
    )  # fmt: skip


def paper(engine: AsyncEngine) -> Paper:
    """What makes files for the pages, as for chat and command line."""
    return Paper(Scribe(engine).workbook, workbook.indicators, document)


def ruled_by(settings: "Settings") -> dict[str, Any]:
    """What config.yaml rules, for the page that shows it; nothing secret."""
    return {
        "limits": {matter: _parts(entry) for matter, entry in settings.limits.items()},
        "periods": list(settings.hours.periods),
        "people": {str(one.user) for one in settings.people},
        "groups": {str(one.chat) for one in settings.groups},
    }


def _parts(entry: "str | LimitEntry") -> Limits:
    """As it was written, in parts: the page says them in its own language."""
    if isinstance(entry, str):
        return Limits(entry)
    return Limits(entry.limit or "", tuple(entry.conditions.items()), entry.shift or "")
