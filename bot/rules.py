"""Makes the rules of work from the settings."""

from datetime import time, timedelta

from bot.maps import atlas_of
from bot.settings import Settings
from ledger.work import Rules
from models.worktime import WorkCalendar, parse_limit
from reading.reader import Reader, Sure


def rules_of(settings: Settings) -> Rules:
    """The rules. Raises SettingsRefused where a map or a gazetteer cannot be read."""
    periods = tuple(_period(words) for words in settings.hours.periods)
    limits = {matter: parse_limit(words, settings.hours.hours_a_day) for matter, words in settings.limits.items()}
    squads = tuple(dict.fromkeys(g.squad for g in settings.groups if g.kind == "squad" and g.squad))
    return Rules(
        reader=Reader(Sure(settings.talk.open_at, settings.talk.ask_at)), atlas=atlas_of(settings),
        calendar=WorkCalendar(settings.zone, periods), zone=settings.zone,
        bureau=settings.bureau.name, limits=limits, pairing=timedelta(minutes=settings.talk.pairing_minutes),
        silence=timedelta(hours=settings.talk.silence_hours), squads=squads,
    )  # fmt: skip


def _period(words: str) -> tuple[time, time]:
    start, end = words.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)
