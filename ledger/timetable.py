"""By which rule each ticket's deadline is reckoned, by whose hours, and when nobody is to be disturbed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.limits import Chosen, Timing, choices, choose, limit_for
from models.rows import Ticket
from models.terms import BUREAU_AT, LEAD_AT, Rule, moved, rule_from
from models.worktime import WorkCalendar, due, elapsed, parse_limit

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
    lead_at: float = LEAD_AT
    bureau_at: float = BUREAU_AT
    """At so many times the limit the leads hear of it, and the bureau."""
    kept: dict[str, WorkCalendar] = field(default_factory=dict)

    def rule_for(self, ticket: Ticket) -> Rule:
        """The rule that a clock started now runs by."""
        by_hand = self._by_hand(ticket)
        chosen = by_hand or choose(self.limits, ticket.matter, ticket.words)
        return replace(self._rule(ticket.squad, chosen), by_hand=by_hand is not None)

    def choices(self, ticket: Ticket) -> tuple[Chosen, ...]:
        """The conditions, with their limits, that a lead may choose from; none where the matter has only one limit."""
        return choices(self.limits, ticket.matter)

    def in_force(self, matter: str | None) -> tuple[tuple[Chosen, Rule], ...]:
        """The rules that a new ticket of a matter may get, the usual one first; no squad's own shift is in them."""
        found = choices(self.limits, matter) or (limit_for(self.limits, matter or "", ""),)
        return tuple((chosen, self._rule(None, chosen)) for chosen in found)

    def _by_hand(self, ticket: Ticket) -> Chosen | None:
        """What a lead said stays said in later rounds too, as long as the matter has such a condition."""
        if not ticket.rule or not ticket.rule.get("by_hand"):
            return None
        return next((one for one in self.choices(ticket) if one.condition == ticket.rule["condition"]), None)

    def _rule(self, squad: str | None, chosen: Chosen) -> Rule:
        shift = chosen.shift or self.squads.get(squad or "", USUAL)
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
        rule = replace(self.rule_for(ticket), since=at.isoformat())
        ticket.rule = rule.kept()
        ticket.deadline_at = due(at, rule.limit, self.calendar_of(rule))
        ticket.told = 0
        ticket.snoozed_until = ticket.snoozed_why = None

    def hold(self, ticket: Ticket, chosen: Chosen) -> None:
        """The deadline by another condition: from when its clock started; what was put off or stood still stays so."""
        old, since = self.rule_of(ticket), self._since(ticket)
        rule = replace(self._rule(ticket.squad, chosen), since=since.isoformat(), by_hand=True, extended=old.extended)
        calendar, until = self.calendar_of(rule), ticket.deadline_at
        first = due(since, old.limit, self.calendar_of(old))
        later = elapsed(first, until, calendar, rule.unit) if until else timedelta()
        ticket.rule = rule.kept()
        ticket.deadline_at = moved(due(since, rule.limit, calendar), later, rule, calendar)

    def _since(self, ticket: Ticket) -> datetime:
        """When the clock of this round started; tickets of old do not say, and later rounds began by being sent out."""
        rule = self.rule_of(ticket)
        if rule.since:
            return datetime.fromisoformat(rule.since)
        return ticket.opened_at if ticket.round == 1 else ticket.dispatched_at or ticket.opened_at

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
