"""Makes the rules of work from the settings."""

from datetime import time, timedelta

from bot.maps import atlas_of
from bot.settings import Settings
from ledger.work import Manners, Rules
from models.numbers import Formulas
from models.worktime import WorkCalendar, parse_limit
from reading.reader import Reader, Sure
from reading.register import Register
from reading.second.doubt import Doubt


def rules_of(settings: Settings, *, asks: bool | None = None) -> Rules:
    """The rules; `asks` says whether a second reader is asked, else the settings do. Raises SettingsRefused."""
    periods = tuple(_period(words) for words in settings.hours.periods)
    limits = {matter: parse_limit(words, settings.hours.hours_a_day) for matter, words in settings.limits.items()}
    squads = tuple(dict.fromkeys(g.squad for g in settings.groups if g.kind == "squad" and g.squad))
    return Rules(
        reader=Reader(Sure(settings.talk.open_at, settings.talk.ask_at), doubt=_doubt(settings, asks)),
        atlas=atlas_of(settings),
        calendar=WorkCalendar(settings.zone, periods), zone=settings.zone,
        bureau=settings.bureau.name, contact=settings.bureau.contact, kept=settings.retention.days,
        limits=limits, pairing=timedelta(minutes=settings.talk.pairing_minutes),
        silence=timedelta(hours=settings.talk.silence_hours), squads=squads,
        register=Register(shop.name for shop in settings.shops),
        members={one.name for one in settings.people} | {shop.person or shop.name for shop in settings.shops},
        manners=_manners(settings), formulas=Formulas(**settings.figures.model_dump()),
    )  # fmt: skip


def _manners(settings: Settings) -> Manners:
    """How often anybody is answered."""
    talk = settings.talk
    return Manners(talk.answers_a_person, talk.answers_a_group, timedelta(minutes=talk.answers_minutes))


def _doubt(settings: Settings, asks: bool | None) -> Doubt | None:
    """Where the local reader is unsure; None where there is nobody to ask."""
    second = settings.second_reader
    wanted = bool(second.url) if asks is None else asks
    return Doubt(second.unsure_from, second.unsure_to) if wanted else None


def _period(words: str) -> tuple[time, time]:
    start, end = words.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)
