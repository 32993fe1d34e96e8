"""What holds in the tables after every step, whoever did what in which order."""

from collections import Counter, defaultdict
from itertools import pairwise

from models.moves import MOVES, Action, Who
from models.words import ENDED, STAFF, CardKind, Role, Status
from tests.life.bureau import Row, Tables
from tests.life.nowhere import Nowhere

RUNNING = {Status.OPENED, Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE}
CLOCK = ("soon", "due", "overdue")
FORGED = ("9999", "99999")
"""Messages that only a forger names; one of the ticket's own people is believed that his card stands there."""
TAKEN = {Status.ACCEPTED, Status.ON_SITE, Status.SUSPENDED}


def hold(seen: Tables) -> None:
    """What every table says for itself."""
    for ticket in seen.tickets:
        history(seen, ticket)
        standing(seen, ticket)
        clock(seen, ticket)
        reporters(seen, ticket)
        cards(seen, ticket)
    outbox(seen)
    assert {row.state for row in seen.inbox} <= {"done"}, [row.last_error for row in seen.inbox]


def history(seen: Tables, ticket: Row) -> None:
    """Unbroken from the opening to the present status, and every step is an edge of the table of moves."""
    lines = [row for row in seen.events if row.ticket_id == ticket.id]
    assert (lines[0].action, lines[0].before, lines[0].after) == ("open", None, Status.OPENED), ticket.id
    for before, line in pairwise(lines):
        assert line.before == before.after, (ticket.id, before, line)
        if line.before != line.after:
            assert MOVES[Status(line.before), Action(line.action)].to == line.after, line
        assert line.at >= before.at, line
    assert lines[-1].after == ticket.status, (ticket.id, lines[-1])


def standing(seen: Tables, ticket: Row) -> None:
    """Who has it, since when, what came of it: as the status says."""
    status = Status(ticket.status)
    if status in TAKEN:
        assert ticket.officer_id is not None, ticket
        assert ticket.accepted_at is not None, ticket
    if status in {Status.OPENED, Status.DISPATCHED}:
        assert ticket.officer_id is None, ticket
        assert (ticket.accepted_at, ticket.arrived_at) == (None, None), ticket
    if status in {Status.RESOLVED, Status.CLOSED}:
        assert ticket.resolved_at, ticket
        assert ticket.means, ticket
    assert (ticket.closed_at is not None) == (status in ENDED), ticket
    assert (ticket.suspended_at is not None) == (status is Status.SUSPENDED), ticket
    disputes = sum(row.ticket_id == ticket.id and row.action == Action.DISPUTE for row in seen.events)
    if status is not Status.VOID and ticket.same_as is None:
        assert ticket.round == 1 + disputes, ticket
    if ticket.same_as is not None:
        [head] = [row for row in seen.tickets if row.id == ticket.same_as]
        assert status is Status.VOID, ticket
        assert head.same_as is None, (ticket.id, head.id)


def clock(seen: Tables, ticket: Row) -> None:
    """The deadline runs where somebody could still do something, and nowhere else; the silence where it is resolved.

    Where a clock begins to run again that ran out before, what is due of it is due at once, and not where it was said.
    """
    jobs = {row.key: row for row in seen.jobs if row.ticket_id == ticket.id}
    waiting = {key for key, row in jobs.items() if row.state == "waiting"}
    if ticket.status not in RUNNING:
        assert not waiting & {f"{kind}:{ticket.id}" for kind in CLOCK}, (ticket.status, waiting)
    else:
        assert ticket.deadline_at is not None, ticket
        word = jobs[f"due:{ticket.id}"]
        begun = {row.at for row in seen.events if row.ticket_id == ticket.id}
        passed = ticket.deadline_at <= max(row.received_at for row in seen.inbox)
        said = passed and (word.state == "done" or word.due_at in begun)
        assert word.due_at == ticket.deadline_at or said, (ticket, word)
    silence = {f"silence:{ticket.id}:{ticket.round}"} if ticket.status == Status.RESOLVED else set()
    assert {key for key in waiting if key.startswith("silence")} == silence, (ticket, waiting)


def reporters(seen: Tables, ticket: Row) -> None:
    """Who told of it is named on it, and on the ticket that it stands under."""
    told = seen.told_by(ticket.id)
    assert ticket.reporter_id in told, ticket
    assert {row.officer_id for row in [ticket]} <= {None, *(row.id for row in seen.people)}
    if ticket.same_as is not None:
        assert told <= seen.told_by(ticket.same_as), ticket
    via = [row.via for row in seen.reporters if row.ticket_id == ticket.id and row.via]
    under = {row.id for row in seen.tickets if row.same_as == ticket.id}
    assert set(via) <= under, (ticket.id, via, under)


def cards(seen: Tables, ticket: Row) -> None:
    """One receipt; one card of the squad that bears buttons while there is something to press, and no more."""
    mine = [card for card in seen.cards if card.ticket_id == ticket.id]
    assert len([card for card in mine if card.kind == CardKind.RECEIPT]) <= 1
    live = [card for card in mine if card.kind == CardKind.DISPATCH and seen.buttons[card.id]]
    wanted = ticket.status in {Status.DISPATCHED, *TAKEN}
    assert len(live) == wanted, (ticket, live)
    home = {row.id: row.squad for row in seen.groups}
    assert all(home[card.group_id] == ticket.squad and card.round == ticket.round for card in live), (ticket, live)
    if ticket.status == Status.OPENED:
        assert any(card.kind == CardKind.TRIAGE and seen.buttons[card.id] for card in mine), ticket
    if ticket.status == Status.RESOLVED:
        judged = [b for card in mine for b in seen.buttons[card.id] if ":dispute:" in b.data]
        assert len(judged) >= 1, ticket


def outbox(seen: Tables) -> None:
    """What waits under a key waits once; every press is answered once, every card is brought out."""
    keys = Counter(row.dedupe for row in seen.posts if row.dedupe and row.state == "pending")
    assert not [key for key, often in keys.items() if often > 1]
    toasts = Counter(row.dedupe for row in seen.posts if row.kind == "toast")
    assert not [key for key, often in toasts.items() if often > 1]
    assert {row.card_id for row in seen.posts if row.kind == "card"} == {card.id for card in seen.cards}
    assert {row.kind for row in seen.posts if row.state == "failed"} <= {"toast"}, "what nobody waits for is let go"


def network(seen: Tables, chats: Nowhere) -> None:
    """Each card stands in its chat once, and once more for each answer that was lost, at the utmost."""
    named = {row.group_id: row.chat for row in seen.aliases}
    dealt = Counter((named[card.group_id], card.ticket_id) for card in seen.cards)
    for spot, often in chats.came.items():
        assert spot == ("", 0) or often <= dealt[spot] + chats.doubts[spot], (spot, often, dealt[spot])
    for card in seen.cards:
        assert card.message in {None, *FORGED} or card.message in chats.stands, card


def delivered(seen: Tables) -> None:
    """The courier has been round: a card stands somewhere, or two answers about it were lost."""
    unsure = {row.card_id for row in seen.posts if row.kind == "card" and row.state == "unknown"}
    assert not [card for card in seen.cards if card.message is None and card.id not in unsure]
    assert not [row for row in seen.posts if row.state in {"pending", "sending"}]


def followed(before: Tables, after: Tables) -> None:
    """What the step added: history only grows, nobody is forgotten, and each move was made by who may."""
    known = len(before.events)
    assert after.events[:known] == before.events
    assert after.record[: len(before.record)] == before.record
    assert {row.id for row in before.tickets} <= {row.id for row in after.tickets}
    takers: dict[int, set[int]] = defaultdict(set)
    for row in before.tickets:
        takers[row.id].add(row.officer_id)
    for line in after.events[known:]:
        if line.before in {None, line.after}:
            continue
        if line.action == Action.ACCEPT:
            takers[line.ticket_id].add(line.actor_id)
        edge = MOVES[Status(line.before), Action(line.action)]
        assert relations(before, after, line, takers[line.ticket_id]) & edge.who, line


def relations(before: Tables, after: Tables, line: Row, takers: set[int]) -> set[Who]:
    """What the one who did it was to the ticket, by the tables alone."""
    if line.actor_id is None:
        return {Who.SYSTEM}
    found = set()
    if any(line.actor_id in seen.told_by(line.ticket_id) for seen in (before, after)):
        found.add(Who.REPORTER)
    squads = {row.squad for seen in (before, after) for row in seen.tickets if row.id == line.ticket_id}
    roles = [row for row in before.roles if row.person_id == line.actor_id and (not row.until or row.until > line.at)]
    for row in roles:
        if row.role in {Role.LEAD, Role.ADMIN}:
            found.add(Who.LEAD)
        if row.role == Role.OFFICER and (not row.squad or row.squad in squads):
            found.add(Who.SQUAD)
        if row.role in STAFF and (line.actor_id in takers or (line.data.get("by_hand") and found & {Who.SQUAD})):
            found.add(Who.HOLDER)
    return found
