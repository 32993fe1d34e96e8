"""Moves a ticket along its life: checks who may and what is given, stamps the time, writes the history."""

from dataclasses import dataclass, field
from typing import Any

from ledger.work import Work
from models.moves import BESIDE, Action, Move, Need, Who, allowed
from models.rows import Event, Person, Standing, Ticket
from models.terms import resumed
from models.words import HELD, STAFF, Means, Role

RANKS = {
    Role.OFFICER: frozenset({Who.SQUAD}),
    Role.LEAD: frozenset({Who.LEAD}),
    Role.ADMIN: frozenset({Who.LEAD}),
}
"""What somebody is to tickets at large."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A verb that may not be done now; `why` is a key of texts.refusals."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with a verb."""

    reason: str | None = field(default=None, repr=False)
    proof: bool = False
    means: Means | None = None
    officer: Person | None = None
    squad: str | None = None
    by_hand: bool = False
    facts: dict[str, Any] = field(default_factory=dict, repr=False)
    """What else the history is to keep of it."""


def relations(work: Work, ticket: Ticket, person: Person | None) -> set[Who]:
    """What a person is to a ticket; None is the bot itself."""
    if person is None:
        return {Who.SYSTEM}
    found = of_staff(work.ledger.standing(person), person.id, ticket)
    if person.id in work.ledger.reporters_of(ticket.id):
        found.add(Who.REPORTER)
    return found


def of_staff(standing: Standing, person_id: int, ticket: Ticket) -> set[Who]:
    """What somebody who holds this is to a ticket by her office."""
    found = set(RANKS.get(standing.role, ()))
    if not sees(standing, ticket.squad):
        found.discard(Who.SQUAD)
    if standing.role in STAFF and ticket.officer_id == person_id:
        found.add(Who.HOLDER)
    return found


def may(work: Work, person: Person, verb: str, ticket: Ticket | None = None) -> bool:
    """Whether a person may do what moves no ticket (models.moves.BESIDE)."""
    if ticket is not None:
        return bool(BESIDE[verb] & relations(work, ticket, person))
    return may_as(work.ledger.standing(person), verb)


def may_as(standing: Standing, verb: str) -> bool:
    """Whether who holds this may do what moves no ticket, and is about none."""
    return bool(BESIDE[verb] & RANKS.get(standing.role, frozenset()))


def bound(standing: Standing) -> str | None:
    """The squad whose tickets alone she sees, beside those of none: an officer's; who leads sees all."""
    return standing.squad if standing.role is Role.OFFICER else None


def sees(standing: Standing, squad: str | None) -> bool:
    """Whether a ticket of this squad is hers to see, in the chat and on the pages."""
    own = bound(standing)
    return standing.role in STAFF and (not own or not squad or squad == own)


def move(work: Work, ticket: Ticket, action: Action, actor: Person | None, given: Given = Given()) -> Ticket:
    """Do one verb. Raises Refused, and then nothing has changed."""
    edge = allowed(ticket.status, action)
    if edge is None:
        raise Refused("late", status=ticket.status, officer=name_of(work, ticket.officer_id))
    _check_who(work, ticket, actor, edge, given)
    _check_needs(work, ticket, edge, given)
    before = ticket.status
    _stamp(work, ticket, action, edge, actor, given)
    facts = _data(given) | _later(ticket, action)
    work.ledger.note(Event(ticket.id, work.now, action, actor.id if actor else None, before, edge.to, facts))
    return ticket


def jot(work: Work, ticket: Ticket, action: str, actor: Person | None, **data: Any) -> None:
    """Write something into a ticket's history that does not move it; its cards follow."""
    ticket.version += 1
    ticket.last_at = work.now
    work.ledger.note(
        Event(ticket.id, work.now, action, actor.id if actor else None, ticket.status, ticket.status, data)
    )


def mark(work: Work, ticket: Ticket, action: str, actor: Person | None, **data: Any) -> None:
    """As `jot`, of something that nobody said: it does not count as talk about the ticket."""
    said_at = ticket.last_at
    jot(work, ticket, action, actor, **data)
    ticket.last_at = said_at


def _check_who(work: Work, ticket: Ticket, actor: Person | None, edge: Move, given: Given) -> None:
    mine = relations(work, ticket, actor)
    if given.by_hand and mine & {Who.SQUAD, Who.LEAD}:
        mine.add(Who.HOLDER)
    if not mine & edge.who:
        holder = name_of(work, ticket.officer_id)
        taken = Who.HOLDER in edge.who and Who.SQUAD in mine and holder
        raise Refused("not_yours" if taken else "not_you", officer=holder)


def _check_needs(work: Work, ticket: Ticket, edge: Move, given: Given) -> None:
    if Need.REASON in edge.needs and not given.reason:
        raise Refused("reason")
    if Need.PROOF in edge.needs and not (given.proof or given.reason or ticket.proofs or ticket.outcome):
        raise Refused("proof")
    if Need.MERGED in edge.needs and ticket.same_as is None:
        raise Refused("apart")
    if Need.MEANS in edge.needs and given.means is None:
        raise Refused("means")
    if (
        Need.LADDER in edge.needs
        and given.means is Means.ENFORCEMENT
        and not (given.reason or ticket.outcome or _served(work, ticket))
    ):
        raise Refused("ladder")


def _served(work: Work, ticket: Ticket) -> bool:
    """True where the same party was met with a lower means before."""
    held = (t for t in work.ledger.tickets if t.id != ticket.id and t.party and t.party == ticket.party)
    return any(t.means in {Means.SERVICE, Means.MANAGEMENT} for t in held)


def _stamp(work: Work, ticket: Ticket, action: Action, edge: Move, actor: Person | None, given: Given) -> None:  # noqa: PLR0913, PLR0917 - the parts of one edge
    ticket.version += 1
    ticket.status = edge.to
    ticket.last_at = work.now
    if edge.stamps:
        setattr(ticket, edge.stamps, work.now)
        _measure(ticket, edge.stamps, max(0, int((work.now - ticket.opened_at).total_seconds())))
    match action:
        case Action.ACCEPT:
            ticket.officer_id = actor.id if actor else None
        case Action.GIVE_BACK:
            _from_hand(ticket)
            ticket.reason = given.reason
        case Action.SUSPEND | Action.VOID | Action.WITHDRAW:
            ticket.reason = given.reason
        case Action.PASS_ON | Action.DISPATCH:
            _from_hand(ticket)
            ticket.reason = None
            ticket.squad = given.squad or ticket.squad
        case Action.RESOLVE:
            ticket.means = given.means
            ticket.outcome = given.reason or ticket.outcome
            ticket.officer_id = actor.id if actor and given.by_hand else ticket.officer_id
        case Action.DISPUTE:
            _begin_anew(ticket)
            ticket.round += 1
            ticket.satisfied = False
        case Action.CONFIRM:
            ticket.satisfied = True
        case Action.RESUME | Action.SPLIT | Action.RELEASE:
            _restart(work, ticket, anew=action is Action.RELEASE)
        case _:
            pass


def _measure(ticket: Ticket, stamp: str, seconds: int) -> None:
    """How long it took: until somebody first took it and first was there, and until what is done holds."""
    if stamp == "accepted_at" and ticket.accept_seconds is None:
        ticket.accept_seconds = seconds
    elif stamp == "arrived_at" and ticket.arrive_seconds is None:
        ticket.arrive_seconds = seconds
    elif stamp == "resolved_at":
        ticket.resolve_seconds = seconds


def _from_hand(ticket: Ticket) -> None:
    """Nobody has it: when the last one took it, and was there, is told by the history alone."""
    ticket.officer_id = ticket.accepted_at = ticket.arrived_at = None


def _begin_anew(ticket: Ticket) -> None:
    """What the last officer did counts no more."""
    _from_hand(ticket)
    ticket.resolve_seconds = None
    ticket.means = ticket.outcome = ticket.resolved_at = ticket.closed_at = None
    ticket.proofs = 0


def _restart(work: Work, ticket: Ticket, *, anew: bool) -> None:
    """The clock stood still while suspended: the deadline moves by as much as counts of that, by the ticket's own rule.

    What was merged goes its own way again.
    """
    if anew:
        _from_hand(ticket)
    if ticket.same_as is not None:
        _begin_anew(ticket)
        ticket.same_as = None
    if ticket.suspended_at and ticket.deadline_at:
        rule = work.rules.time.rule_of(ticket)
        stood = (ticket.suspended_at, work.now)
        ticket.deadline_at = resumed(ticket.deadline_at, stood, rule, work.rules.time.calendar_of(rule))
    ticket.suspended_at = ticket.reason = None


def _later(ticket: Ticket, action: Action) -> dict[str, Any]:
    """The deadline that a clock which runs again has now."""
    runs = action in {Action.RESUME, Action.RELEASE} and ticket.deadline_at is not None
    return {"until": ticket.deadline_at.isoformat()} if runs and ticket.deadline_at else {}


def _data(given: Given) -> dict[str, Any]:
    facts = {
        "reason": given.reason,
        "means": given.means,
        "squad": given.squad,
        "officer": given.officer.name if given.officer else None,
        "by_hand": given.by_hand or None,
        **given.facts,
    }
    return {name: value for name, value in facts.items() if value}


def name_of(work: Work, person_id: int | None) -> str:
    """The person's name; empty where nobody is meant, or this unit does not hold her."""
    person = work.ledger.person_by_id(person_id)
    return person.name if person else ""


def held(ticket: Ticket) -> bool:
    """True while an officer has it in hand."""
    return ticket.status in HELD
