"""Makes the calendars that limits run by from the settings: the bureau's own hours, and one for each shift."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot import clocks
from bot.blocks import ShiftEntry
from bot.errors import SettingsRefused
from bot.settings import Settings
from geo.gazetteer import decoded
from models import holidays
from models.worktime import WorkCalendar

WEEK = frozenset(range(7))


def calendars_of(settings: Settings) -> dict[str, WorkCalendar]:
    """By the shift's name; the bureau's own has none. Raises SettingsRefused where the file cannot be read."""
    hours, days = settings.hours, days_of(settings)
    own = WorkCalendar(
        settings.zone, _spans(hours.periods), frozenset(day - 1 for day in hours.weekend), days,
        follows=hours.holidays == "china",
    )  # fmt: skip
    return {"": own, **{shift.name: _shift(own, shift) for shift in hours.shifts}}


def _shift(own: WorkCalendar, shift: ShiftEntry) -> WorkCalendar:
    """On the bureau's working days, on every day, or on days of the week, whatever the holidays."""
    spans = _spans(shift.periods)
    if shift.days == "working":
        return WorkCalendar(own.zone, spans, own.weekend, own.days, follows=own.follows)
    worked = WEEK if shift.days == "every" else frozenset(int(day) - 1 for day in shift.days)
    return WorkCalendar(own.zone, spans, WEEK - worked, follows=False)


def _spans(periods: list[str]) -> tuple[clocks.Period, ...]:
    return tuple(clocks.period(words) for words in periods)


def days_of(settings: Settings) -> dict[date, bool]:
    """The days that the bureau's own file speaks of. Raises SettingsRefused."""
    file = settings.hours.calendar
    if not file:
        return {}
    try:
        return holidays.days_in(decoded(Path(file).read_bytes()))
    except OSError:
        raise SettingsRefused(f"打不开日历 {file}：请检查 hours.calendar 写的文件名") from None
    except ValueError as error:
        raise SettingsRefused(f"日历 {file} {error}") from None


def unknown_years(settings: Settings, today: date) -> Iterator[int]:
    """Of this year and the next those of which nobody has said which days are holidays. Raises SettingsRefused."""
    yield from calendars_of(settings)[""].unknown_years(today)
