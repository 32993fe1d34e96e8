"""What the clock runs by, in words for the settings: limits, hours, holidays, who hears. Read from the rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from ledger.timetable import USUAL, Timetable
from ledger.work import Rules
from models.holidays import last_known_year
from models.limits import DEFAULT, Origin
from models.matters import MATTERS
from models.terms import SOON, SOON_PART, Rule
from models.worktime import LimitUnit, WorkCalendar
from texts.speaking import again, tell

A_WEEK = range(7)
MIDNIGHT = time(0)
RUN = 3
"""So many weekdays one after another are said by the first and the last."""

Facts = list[tuple[str, str]]
"""What it is (a sentence's name), and how it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """How long a matter may take; without a code: whatever no other row is for."""

    code: str
    limit: str
    origin: str

    def says(self, other: "Row") -> bool:
        """Whether both say the same, whatever they are for."""
        return (self.limit, self.origin) == (other.limit, other.origin)


def facts(rules: Rules, today: date, bureau: str | None) -> dict[str, Any]:
    """All that the page shows of it; `bureau` is what the chat is called that hears of what is very late."""
    usual = rules.time.calendars[USUAL]
    return {
        **_limits(rules.time),
        "hours": _hours(rules.time, usual), "shifts": list(_shifts(rules.time, usual)),
        "duties": [(squad, rules.time.squads.get(squad)) for squad in rules.squads],
        "unknown": list(usual.unknown_years(today)), "steps": _steps(rules.time, bureau),
    }  # fmt: skip


# --- limits -------------------------------------------------------------------------------------------------------


def _limits(time: Timetable) -> dict[str, Any]:
    """Rows for what config.yaml names and for all else, then the others by class; none where they all say the same."""
    own = [_row(time, code) for code in time.limits if code != DEFAULT]
    other = _row(time, "")
    rest = [_row(time, code) for code in MATTERS if code not in time.limits]
    listed: dict[str, list[Row]] = {}
    for row in [] if all(row.says(other) for row in rest) else rest:
        listed.setdefault(MATTERS[row.code].major, []).append(row)
    return {"named": [*own, other], "listed": listed, "day": f"{time.hours_a_day:g}"}


def _row(time: Timetable, code: str) -> Row:
    """「2紧急工作时；沉陷 5工作日；按夜班」; where not all of it is of one origin, each part says whose it is."""
    found = time.in_force(code or None)
    parts = [(_said(rule), _origin(chosen.origin)) for chosen, rule in found]
    shift = next((rule.shift for _, rule in found if rule.shift and rule.unit is LimitUnit.WORKING), "")
    parts += [(tell("limit-by-shift", shift=shift), _origin(Origin.BUREAU))] if shift else []
    origins = dict.fromkeys(origin for _, origin in parts)
    said = [words if len(origins) == 1 else words + tell("limit-in-brackets", limit=origin) for words, origin in parts]
    return Row(code, tell("semicolon").join(said), tell("comma").join(origins))


def _said(rule: Rule) -> str:
    limit = again(rule.told)
    return tell("limit-of", condition=again(rule.condition), limit=limit) if rule.condition else limit


def _origin(origin: Origin) -> str:
    return tell(f"origin-{origin}")


# --- hours --------------------------------------------------------------------------------------------------------


def _hours(time: Timetable, usual: WorkCalendar) -> Facts:
    """When the bureau works, and what it knows of holidays."""
    breaks = [(end, start) for (_, end), (start, _) in pairwise(usual.periods) if end != start]
    holidays = tell("holidays-china", year=last_known_year()) if usual.follows else tell("holidays-none")
    told = [
        ("work-periods", _spans(usual.periods)), ("work-lunch", _spans(breaks)),
        ("work-days", _weekdays(usual.weekend)), ("work-day", again(f"{time.hours_a_day:g}工作时")),
        ("work-holidays", holidays),
        ("work-off", _days(usual.days, works=False)), ("work-on", _days(usual.days, works=True)),
        ("work-zone", time.zone.key),
    ]  # fmt: skip
    return [(name, words) for name, words in told if words]


def _shifts(time: Timetable, usual: WorkCalendar) -> Iterator[tuple[str, str, str]]:
    """Each by name: its periods, and on which days."""
    for name, calendar in time.calendars.items():
        if name != USUAL:
            yield name, _spans(calendar.periods), _days_of(calendar, usual)


def _days_of(shift: WorkCalendar, usual: WorkCalendar) -> str:
    if (shift.weekend, shift.days, shift.follows) == (usual.weekend, usual.days, usual.follows):
        return tell("days-working")
    return tell("days-fixed", days=_weekdays(shift.weekend)) if shift.weekend else tell("days-every")


def _spans(periods: Iterable[tuple[time, time]]) -> str:
    """「08:00—12:00、14:00—18:00」; what goes on over midnight says so, and the day's end is 24:00."""
    return tell("comma").join(_span(start, end) for start, end in periods)


def _span(start: time, end: time) -> str:
    last = f"{end:%H:%M}" if end != MIDNIGHT else "24:00"
    return tell("clock-overnight" if MIDNIGHT < end <= start else "clock-span", first=f"{start:%H:%M}", last=last)


def _weekdays(off: frozenset[int]) -> str:
    """「周一至周五」, 「周一、周三」, of the days that are not off."""
    told = []
    for run in _runs(sorted({*A_WEEK} - off), 1):
        names = [_weekday(day) for day in run]
        told += names if len(run) < RUN else [tell("days-span", first=names[0], last=names[-1])]
    return tell("comma").join(told)


def _weekday(day: int) -> str:
    return tell("weekday", day=tell(f"day-{day}"))


def _days(days: Mapping[date, bool], *, works: bool) -> str:
    """The days of the bureau's own file that are worked, or not; those one after another by the first and the last."""
    runs = _runs(sorted(day for day, worked in days.items() if worked is works), timedelta(days=1))
    return tell("comma").join(
        tell("days-span", first=f"{run[0]}", last=f"{run[-1]}") if len(run) > 1 else _dated(run[0]) for run in runs
    )


def _dated(day: date) -> str:
    return f"{day}" + tell("limit-in-brackets", limit=_weekday(day.weekday()))


def _runs(items: Iterable[Any], step: Any) -> list[list[Any]]:
    """Those that follow each other by a step are one run."""
    runs: list[list[Any]] = []
    for item in items:
        if runs and runs[-1][-1] + step == item:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


# --- who hears ----------------------------------------------------------------------------------------------------


def _steps(time: Timetable, bureau: str | None) -> Facts:
    """Who hears when of a deadline, and when nobody is disturbed."""
    hours = f"{SOON / timedelta(hours=1):g}"
    above = tell("step-at-to", at=f"{time.bureau_at:g}", group=bureau) if bureau else ""
    return [
        ("step-soon", tell("step-before", part=SOON_PART, hours=hours)),
        ("step-due", tell("step-squad")),
        ("step-lead", tell("step-at", at=f"{time.lead_at:g}")),
        ("step-bureau", above or tell("step-at", at=f"{time.bureau_at:g}")),
        ("step-night", tell("step-quiet", span=_span(*time.quiet)) if time.quiet else tell("step-never-quiet")),
    ]
