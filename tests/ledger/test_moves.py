"""What each verb leaves on a ticket, and what each refusal says: edge by edge, on the ledger alone."""

import copy
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from ledger.life import Given, Refused, jot, mark, may, move, name_of, relations
from ledger.work import Work
from models.moves import Action, Who
from models.rows import Person, RoleRow, Ticket
from models.words import Means, Role, Status
from tests.handlers.test_who_may import NOW, NUMBER, OURS, PEOPLE, THEIRS, TWIN, work

A, S = Action, Status
BEFORE = NOW - timedelta(hours=2)
FROM_HAND: dict[str, Any] = {"officer_id": None, "accepted_at": None, "arrived_at": None}
ANEW: dict[str, Any] = {
    **FROM_HAND, "means": None, "outcome": None, "resolved_at": None, "closed_at": None, "proofs": 0,
}  # fmt: skip
NOTHING = Given()
HOLDER, OFFICER = PEOPLE["holder"][0], PEOPLE["officer"][0]
LEAVES: list[tuple[Status, Action, str | None, Given, dict[str, Any]]] = [
    (S.OPENED, A.DISPATCH, "lead", Given(squad=THEIRS),
     {"squad": THEIRS, "reason": None, "dispatched_at": NOW, **FROM_HAND}),
    (S.OPENED, A.DISPATCH, None, Given(), {"squad": OURS, "reason": None, "dispatched_at": NOW, **FROM_HAND}),
    (S.OPENED, A.VOID, "lead", Given(reason="无"), {"reason": "无", "closed_at": NOW}),
    (S.DISPATCHED, A.WITHDRAW, "reporter", Given(reason="走了"), {"reason": "走了", "closed_at": NOW}),
    (S.DISPATCHED, A.WITHDRAW, "reporter", Given(), {"reason": None, "closed_at": NOW}),
    (S.DISPATCHED, A.ACCEPT, "officer", Given(), {"officer_id": OFFICER, "accepted_at": NOW, "accept_seconds": 0}),
    (S.DISPATCHED, A.GIVE_BACK, "officer", Given(reason="远"), {"reason": "远", **FROM_HAND}),
    (S.DISPATCHED, A.EXTEND, "lead", Given(reason="雨"), {}),
    (S.DISPATCHED, A.MERGE, None, Given(), {"closed_at": NOW}),
    (S.ACCEPTED, A.ARRIVE, "holder", Given(), {"arrived_at": NOW, "arrive_seconds": 0}),
    (S.ACCEPTED, A.ARRIVE, "officer", Given(by_hand=True), {"arrived_at": NOW, "arrive_seconds": 0}),
    (S.ACCEPTED, A.PASS_ON, "holder", Given(squad=THEIRS),
     {"squad": THEIRS, "reason": None, "dispatched_at": NOW, **FROM_HAND}),
    (S.ACCEPTED, A.GIVE_BACK, "holder", Given(reason="远"), {"reason": "远", **FROM_HAND}),
    (S.ACCEPTED, A.SUSPEND, "holder", Given(reason="等"), {"reason": "等", "suspended_at": NOW}),
    (S.ACCEPTED, A.RELEASE, None, Given(), {"reason": None, "dispatched_at": NOW, **FROM_HAND}),
    (S.ON_SITE, A.RESOLVE, "holder", Given(means=Means.SERVICE),
     {"means": Means.SERVICE, "resolved_at": NOW, "resolve_seconds": 0}),
    (S.ON_SITE, A.RESOLVE, "holder", Given(reason="劝离", means=Means.MANAGEMENT),
     {"means": Means.MANAGEMENT, "outcome": "劝离", "resolved_at": NOW, "resolve_seconds": 0}),
    (S.ON_SITE, A.RESOLVE, "officer", Given(proof=True, means=Means.SERVICE, by_hand=True),
     {"means": Means.SERVICE, "officer_id": OFFICER, "resolved_at": NOW, "resolve_seconds": 0}),
    (S.RESOLVED, A.CONFIRM, "reporter", Given(), {"satisfied": True, "closed_at": NOW}),
    (S.RESOLVED, A.CLOSE, None, Given(), {"closed_at": NOW}),
    (S.RESOLVED, A.DISPUTE, "reporter", Given(), {**ANEW, "satisfied": False, "round": 2, "dispatched_at": NOW}),
]  # fmt: skip


def begun(status: Status, **more: Any) -> tuple[Work, Ticket]:
    """A ticket in a status that bears what an officer would have left on it, as of two hours ago."""
    unit = work(status)
    ticket = unit.ledger.tickets.rows[NUMBER,]
    values = {"last_at": BEFORE, "accepted_at": BEFORE, "arrived_at": BEFORE, "dispatched_at": BEFORE, "reason": "旧"}
    for name, value in {**values, "outcome": "旧账", "perhaps": None, **more}.items():
        setattr(ticket, name, value)
    return unit, ticket


def person(unit: Work, who: str | None) -> Person | None:
    """One of the people by what they are; None is the bot itself."""
    return unit.ledger.persons.rows[PEOPLE[who][0],] if who else None


@pytest.mark.parametrize(("status", "action", "who", "given", "left"), LEAVES, ids=str)
def test_verb_leaves_what_it_says_and_nothing_else(
    status: Status, action: Action, who: str | None, given: Given, left: dict[str, Any]
) -> None:
    """Every column of the row, and one line of history."""
    unit, ticket = begun(status)
    before = asdict(copy.copy(ticket))
    actor = person(unit, who)
    assert move(unit, ticket, action, actor, given) is ticket
    after = asdict(ticket)
    [line] = unit.ledger.events
    changed = {"version": before["version"] + 1, "status": line.after, "last_at": NOW, **left}
    assert after == {**before, **changed}
    assert (line.ticket_id, line.at, line.action, line.before) == (NUMBER, NOW, action, status)
    assert line.actor_id == (actor.id if actor else None)
    said = {"reason": given.reason, "means": given.means, "squad": given.squad, "by_hand": given.by_hand or None}
    assert line.data == {name: value for name, value in said.items() if value}
    assert unit.ledger.refreshed == {NUMBER}


@pytest.mark.parametrize(("action", "left"), [(A.RESUME, {}), (A.RELEASE, {**FROM_HAND, "dispatched_at": NOW})])
def test_clock_stood_still_while_it_was_suspended(action: Action, left: dict[str, Any]) -> None:
    """The deadline moves by as long as it was suspended; a ticket without one gets none."""
    for deadline in (NOW + timedelta(hours=1), None):
        unit, ticket = begun(S.SUSPENDED, suspended_at=BEFORE, deadline_at=deadline)
        before = asdict(copy.copy(ticket))
        move(unit, ticket, action, person(unit, "lead"))
        later = deadline + timedelta(hours=2) if deadline else None
        changed = {"suspended_at": None, "reason": None, "deadline_at": later, "status": unit.ledger.events[0].after}
        assert asdict(ticket) == {**before, **left, **changed, "version": 2, "last_at": NOW}


def test_ticket_that_is_split_begins_anew() -> None:
    """It stands under nobody, and nothing of what was done counts; where it was not merged, nothing is split."""
    unit, ticket = begun(S.VOID, same_as=TWIN, means="service", resolved_at=BEFORE, closed_at=BEFORE, proofs=3)
    before = asdict(copy.copy(ticket))
    move(unit, ticket, A.SPLIT, person(unit, "reporter"))
    changed = {**ANEW, "same_as": None, "reason": None, "status": S.OPENED, "version": 2, "last_at": NOW}
    assert asdict(ticket) == {**before, **changed}
    unit, ticket = begun(S.VOID)
    assert refused(unit, ticket, A.SPLIT, "reporter") == ("apart", {})


def refused(
    unit: Work, ticket: Ticket, action: Action, who: str | None, given: Given = NOTHING
) -> tuple[str, dict[str, Any]]:
    """Why, with its facts; and nothing has changed."""
    before = asdict(copy.copy(ticket))
    with pytest.raises(Refused) as caught:
        move(unit, ticket, action, person(unit, who), given)
    assert asdict(ticket) == before
    assert (unit.ledger.events, unit.ledger.refreshed) == ([], set())
    assert str(caught.value) == caught.value.why
    return caught.value.why, caught.value.facts


REFUSALS: list[tuple[Status, Action, str | None, Given, dict[str, Any], tuple[str, dict[str, Any]]]] = [
    (S.ACCEPTED, A.ACCEPT, "officer", Given(), {}, ("late", {"status": S.ACCEPTED, "officer": "holder"})),
    (S.CLOSED, A.ACCEPT, "officer", Given(), {}, ("late", {"status": S.CLOSED, "officer": ""})),
    (S.ACCEPTED, A.ARRIVE, "officer", Given(), {}, ("not_yours", {"officer": "holder"})),
    (S.ACCEPTED, A.ARRIVE, "reporter", Given(), {}, ("not_you", {"officer": "holder"})),
    (S.ACCEPTED, A.ARRIVE, "stranger", Given(by_hand=True), {}, ("not_you", {"officer": "holder"})),
    (S.ACCEPTED, A.ARRIVE, "reporter", Given(by_hand=True), {}, ("not_you", {"officer": "holder"})),
    (S.ACCEPTED, A.EXTEND, "officer", Given(reason="雨"), {}, ("not_you", {"officer": "holder"})),
    (S.ACCEPTED, A.ARRIVE, "officer", Given(), {"officer_id": None}, ("not_you", {"officer": ""})),
    (S.ACCEPTED, A.ARRIVE, None, Given(), {}, ("not_you", {"officer": "holder"})),
    (S.ACCEPTED, A.SUSPEND, "holder", Given(), {}, ("reason", {})),
    (S.ON_SITE, A.RESOLVE, "holder", Given(means=Means.SERVICE), {"proofs": 0, "outcome": None}, ("proof", {})),
    (S.ON_SITE, A.RESOLVE, "holder", Given(proof=True), {}, ("means", {})),
    (S.ON_SITE, A.RESOLVE, "holder", Given(means=Means.ENFORCEMENT), {"outcome": None}, ("ladder", {})),
    (
        S.ON_SITE,
        A.RESOLVE,
        "holder",
        Given(means=Means.ENFORCEMENT),
        {"outcome": None, "party": "瓜车"},
        ("ladder", {}),
    ),
]


@pytest.mark.parametrize(("status", "action", "who", "given", "more", "why"), REFUSALS, ids=str)
def test_refusal_says_why_and_changes_nothing(  # noqa: PLR0913, PLR0917 - one row of the table
    status: Status, action: Action, who: str | None, given: Given, more: dict[str, Any], why: tuple[str, dict[str, Any]]
) -> None:
    """Too late, not yours, not you, or something is missing."""
    unit, ticket = begun(status, **more)
    assert refused(unit, ticket, action, who, given) == why


@pytest.mark.parametrize(("proofs", "outcome", "given"), [
    (1, None, Given(means=Means.SERVICE)), (0, "劝离", Given(means=Means.SERVICE)),
    (0, None, Given(reason="劝离", means=Means.SERVICE)), (0, None, Given(proof=True, means=Means.SERVICE)),
    (1, "劝过两次", Given(means=Means.ENFORCEMENT)), (1, None, Given(reason="拒不改", means=Means.ENFORCEMENT)),
])  # fmt: skip
def test_any_one_proof_is_enough(proofs: int, outcome: str | None, given: Given) -> None:
    """A photo, a written account, words given with it; enforcement wants a reason why."""
    unit, ticket = begun(S.ON_SITE, proofs=proofs, outcome=outcome)
    assert move(unit, ticket, A.RESOLVE, person(unit, "holder"), given).status == S.RESOLVED


@pytest.mark.parametrize(("party", "means", "enough"), [
    ("瓜车", "service", True), ("瓜车", "management", True), ("瓜车", "enforcement", False), ("瓜车", None, False),
    ("别的车", "service", False), (None, "service", False),
])  # fmt: skip
def test_enforcement_wants_the_lower_rungs_of_the_same_party(
    party: str | None, means: str | None, enough: bool
) -> None:
    """Served or asked to mend before; not somebody else, not nobody, and not this very ticket."""
    unit, ticket = begun(S.ON_SITE, outcome=None, party="瓜车" if party else None, means="service")
    other = unit.ledger.tickets.rows[TWIN,]
    other.party, other.means = party, means
    given = Given(means=Means.ENFORCEMENT)
    if enough:
        assert move(unit, ticket, A.RESOLVE, person(unit, "holder"), given).means == Means.ENFORCEMENT
    else:
        assert refused(unit, ticket, A.RESOLVE, "holder", given) == ("ladder", {})


RELATED: dict[str, set[Who]] = {
    "reporter": {Who.REPORTER}, "neighbour": set(), "worker": set(), "officer": {Who.SQUAD}, "stranger": set(),
    "holder": {Who.SQUAD, Who.HOLDER}, "former": set(), "lead": {Who.LEAD}, "admin": {Who.LEAD},
}  # fmt: skip


@pytest.mark.parametrize("who", list(RELATED))
def test_what_everybody_is_to_a_ticket(who: str) -> None:
    """By role, squad and hand; the bot is itself alone."""
    unit, ticket = begun(S.ACCEPTED)
    assert relations(unit, ticket, person(unit, who)) == RELATED[who]
    assert relations(unit, ticket, None) == {Who.SYSTEM}


def test_ticket_or_officer_without_a_squad_is_everybodys() -> None:
    """A ticket that has no squad may be taken by any officer, and an officer of no squad takes any ticket."""
    unit, ticket = begun(S.DISPATCHED, squad=None)
    assert relations(unit, ticket, person(unit, "stranger")) == {Who.SQUAD}
    unit, ticket = begun(S.DISPATCHED)
    unit.ledger.grant(unit.ledger.roles.add(RoleRow(PEOPLE["namesake"][0], Role.OFFICER, NOW)))
    assert relations(unit, ticket, person(unit, "namesake")) == {Who.SQUAD}


@pytest.mark.parametrize("who", ["lead", "admin"])
def test_lead_who_took_it_herself_has_it_in_hand(who: str) -> None:
    """Both of it; her squad does not matter."""
    unit, ticket = begun(S.ACCEPTED, officer_id=PEOPLE[who][0])
    assert relations(unit, ticket, person(unit, who)) == {Who.LEAD, Who.HOLDER}


@pytest.mark.parametrize("who", list(PEOPLE))
def test_what_moves_no_ticket_is_asked_of_the_table_too(who: str) -> None:
    """Figures, people and codes are the leads'; the menu of a card is the squad's."""
    unit, ticket = begun(S.ACCEPTED)
    one = person(unit, who)
    assert one is not None
    for verb in ("/summary", "/people", "/invite", "revoke", "restore"):
        assert may(unit, one, verb) == (who in {"lead", "admin"})
    assert not may(unit, one, "matter")
    assert may(unit, one, "menu", ticket) == (who in {"officer", "holder", "lead", "admin"})
    assert may(unit, one, "matter", ticket) == (who == "reporter")


def test_line_of_history_that_moves_nothing() -> None:
    """`jot` counts as talk about the ticket, `mark` does not; the cards follow both."""
    for write, last_at in ((jot, NOW), (mark, BEFORE)):
        unit, ticket = begun(S.ACCEPTED)
        write(unit, ticket, "photo", person(unit, "officer"), message="7")
        assert (ticket.version, ticket.last_at, ticket.status) == (2, last_at, S.ACCEPTED)
        [line] = unit.ledger.events
        assert (line.ticket_id, line.at, line.action, line.actor_id) == (NUMBER, NOW, "photo", OFFICER)
        assert (line.before, line.after, line.data) == (S.ACCEPTED, S.ACCEPTED, {"message": "7"})
        write(unit, ticket, "photo", None)
        assert unit.ledger.events[1].actor_id is None


def test_history_names_the_officer_who_was_released() -> None:
    """The line of the release says whose it was."""
    unit, ticket = begun(S.ACCEPTED)
    move(unit, ticket, A.RELEASE, None, Given(officer=person(unit, "holder")))
    assert unit.ledger.events[0].data == {"officer": "holder"}


def test_nobody_has_no_name() -> None:
    """Nobody is meant, or this unit of work does not hold her."""
    unit = work(S.ACCEPTED)
    assert (name_of(unit, HOLDER), name_of(unit, None), name_of(unit, 999)) == ("holder", "", "")
