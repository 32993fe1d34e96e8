"""By which rule each ticket's deadline is reckoned, by whose hours, and when nobody is to be disturbed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.limits import Timing, choose
from models.rows import Ticket
from models.terms import Rule, rule_from
from models.worktime import WorkCalendar, due, parse_limit

USUAL = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """What a bureau has settled about time.

    `calendars` are today's, by shift (`USUAL` are the bureau's own hours); `kept` are all that any ticket's rule names,
    by mark. `squads` says by which shift a squad works.
    """

    calendars: Mapping[str, WorkCalendar]
    zone: ZoneInfo
    limits: Mapping[str, Timing] = field(default_factory=dict)
    squads: Mapping[str, str] = field(default_factory=dict)
    hours_a_day: float = 8
    quiet: tuple[time, time] | None = None
    bureau: str | None = None
    kept: dict[str, WorkCalendar] = field(default_factory=dict)

    def rule_for(self, ticket: Ticket) -> Rule:
        """The rule that a clock started now runs by."""
        chosen = choose(self.limits, ticket.matter, ticket.words)
        shift = chosen.shift or self.squads.get(ticket.squad or "", USUAL)
        limit = parse_limit(chosen.words, self.hours_a_day)
        return Rule(chosen.words, limit.hours, limit.unit, self.calendars[shift].mark, chosen.condition, shift)

    def rule_of(self, ticket: Ticket) -> Rule:
        """The rule that gave a ticket its deadline."""
        return rule_from(ticket.rule) if ticket.rule else self.rule_for(ticket)

    def calendar_of(self, rule: Rule) -> WorkCalendar:
        """The calendar of a rule as it was then; where nobody kept it, as it is now."""
        living = {calendar.mark: calendar for calendar in self.calendars.values()}
        usual = self.calendars.get(rule.shift, self.calendars[USUAL])
        return self.kept.get(rule.calendar) or living.get(rule.calendar) or usual

    def start(self, ticket: Ticket, at: datetime) -> None:
        """A ticket's clock starts at `at` (aware): its deadline, and the rule that gave it."""
        rule = self.rule_for(ticket)
        ticket.rule = rule.kept()
        ticket.deadline_at = due(at, rule.limit, self.calendar_of(rule))
        ticket.told = 0
        ticket.snoozed_until = ticket.snoozed_why = None

    def quiet_until(self, moment: datetime, squad: str | None = None) -> datetime | None:
        """The end of the night that a moment is in; None by day, and for a squad whose shift is on duty."""
        if self.quiet is None or self._on_duty(squad, moment):
            return None
        nights = WorkCalendar(self.zone, (self.quiet,), frozenset(), follows=False)
        opens, closes = next(nights.spans_from(moment))
        return closes if opens <= moment else None

    def _on_duty(self, squad: str | None, moment: datetime) -> bool:
        shift = self.squads.get(squad or "")
        return shift is not None and self.calendars[shift].on_duty(moment)

    def next_at(self, hour: time, after: datetime) -> datetime:
        """The next time after a moment that the bureau's clock shows an hour."""
        days = WorkCalendar(self.zone, ((hour, hour),), frozenset(), follows=False)
        return next(opens for opens, _ in days.spans_from(after - timedelta(days=1)) if opens > after)
