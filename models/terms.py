"""The rule by which a ticket's deadline was reckoned; it is kept with it, and later settings leave it alone."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from models.worktime import Limit, LimitUnit, WorkCalendar, due, elapsed

SOON, SOON_PART = timedelta(hours=2), 4
"""The first word comes when a fourth of the limit is left, and no more than two hours before the deadline."""
STEPS = ("soon", "due", "overdue", "bureau")
"""What is said as a deadline nears and passes, in order: to the squad, to the squad, to the lead, to the bureau."""
LEAD_AT, BUREAU_AT = 1.5, 3.0
"""So many times the limit, where the settings say nothing else."""


HOURS = re.compile(r"(\d)小时")


@dataclass(frozen=True, slots=True)
class Rule:
    """The limit as it was written, in hours and unit; by which calendar (its mark) and shift, for which condition."""

    words: str
    hours: float
    unit: LimitUnit
    calendar: str
    condition: str = ""
    shift: str = ""
    since: str = ""
    """When this clock started; nothing on tickets of old."""
    by_hand: bool = False
    """A lead said which condition it is."""
    extended: bool = False
    """The deadline was put off: it is later than this limit makes it."""

    @property
    def told(self) -> str:
        """The limit for people: the standards' tables write working hours as hours, which a clock has too."""
        return HOURS.sub(r"\1工作时", self.words) if self.unit is LimitUnit.WORKING else self.words

    @property
    def limit(self) -> Limit:
        """How long it may take."""
        return Limit(self.hours, self.unit)

    def kept(self) -> dict[str, Any]:
        """As a ticket keeps it."""
        spare = {"since": "", "by_hand": False, "extended": False}
        return {name: value for name, value in asdict(self).items() if spare.get(name) != value}


def rule_from(kept: dict[str, Any]) -> Rule:
    """The rule that a ticket kept."""
    return Rule(**{**kept, "unit": LimitUnit(kept["unit"])})


def moved(deadline: datetime, span: timedelta, rule: Rule, calendar: WorkCalendar) -> datetime:
    """A deadline that much later, in the rule's own unit."""
    return due(deadline, Limit(span / timedelta(hours=1), rule.unit), calendar)


def resumed(deadline: datetime, stood: tuple[datetime, datetime], rule: Rule, calendar: WorkCalendar) -> datetime:
    """A deadline after the clock stood still from one moment to another: later by the time that counts in between."""
    return moved(deadline, elapsed(*stood, calendar, rule.unit), rule, calendar)


def steps(  # noqa: PLR0913 - a deadline, and by what it is reckoned
    deadline: datetime, now: datetime, rule: Rule, calendar: WorkCalendar, *, lead: float = LEAD_AT,
    bureau: float = BUREAU_AT,
) -> Iterator[tuple[str, datetime]]:  # fmt: skip
    """When each word is due: before the deadline, at it, and at multiples of the limit, in the limit's own unit."""
    whole = timedelta(hours=rule.hours)
    before, left = min(whole / SOON_PART, SOON), elapsed(now, deadline, calendar, rule.unit)
    yield "soon", moved(now, left - before, rule, calendar) if left > before else now
    yield "due", deadline
    yield "overdue", moved(deadline, whole * (lead - 1), rule, calendar)
    yield "bureau", moved(deadline, whole * (bureau - 1), rule, calendar)
