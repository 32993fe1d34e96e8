"""Makes the rules of work from the settings."""

from datetime import timedelta

from bot import clocks
from bot.calendars import calendars_of
from bot.maps import atlas_of
from bot.settings import Settings
from ledger.timetable import Timetable
from ledger.work import Manners, Rules
from models.limits import Timing
from models.numbers import Formulas
from reading.reader import Reader, Sure
from reading.register import Register
from reading.second.doubt import Doubt


def rules_of(settings: Settings, *, asks: bool | None = None) -> Rules:
    """The rules; `asks` says whether a second reader is asked, else the settings do. Raises SettingsRefused."""
    squads = tuple(dict.fromkeys(g.squad for g in settings.groups if g.kind == "squad" and g.squad))
    return Rules(
        reader=Reader(Sure(settings.talk.open_at, settings.talk.ask_at), doubt=_doubt(settings, asks)),
        atlas=atlas_of(settings),
        time=timetable_of(settings), zone=settings.zone,
        pages=settings.web.url, language=settings.bureau.language, bureau=settings.bureau.name,
        contact=settings.bureau.contact, kept=settings.retention.days,
        pairing=timedelta(minutes=settings.talk.pairing_minutes),
        silence=timedelta(hours=settings.talk.silence_hours), squads=squads,
        register=Register(shop.name for shop in settings.shops),
        members={one.name for one in settings.people} | {shop.person or shop.name for shop in settings.shops},
        manners=_manners(settings), formulas=Formulas(**settings.figures.model_dump()),
    )  # fmt: skip


def timetable_of(settings: Settings) -> Timetable:
    """What the settings say about time. Raises SettingsRefused."""
    limits = {code: Timing(one.limit, one.conditions, one.shift) for code, one in settings.limits.items()}
    quiet, bureau = settings.escalation.quiet, settings.escalation.bureau
    return Timetable(
        calendars_of(settings), settings.zone, limits, settings.hours.squads, settings.hours.hours_a_day,
        clocks.period(quiet) if isinstance(quiet, str) else None, None if bureau is None else str(bureau),
        settings.escalation.lead_at, settings.escalation.bureau_at,
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
