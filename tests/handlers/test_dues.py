"""Words about many deadlines in one moment: one message a chat, whatever their number."""

from datetime import UTC, datetime

import pytest

from bot.rules import rules_of
from bot.settings import build
from ledger.ledger import Ledger
from ledger.work import Work
from models.rows import Alias, Group, Ticket
from models.terms import STEPS
from models.words import GroupKind, Status
from services import dues
from tests.town import town_config

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


def work(count: int) -> Work:
    """So many open tickets of one squad, each past all its steps."""
    ledger = Ledger(NOW)
    for number, (kind, squad) in enumerate(((GroupKind.SQUAD, "三中队"), (GroupKind.LEADS, None)), 1):
        ledger.groups.add(Group(number, f"群{number}", kind, squad=squad, known=True))
        ledger.aliases.add(Alias(f"chat{number}", number))
    for number in range(1, count + 1):
        ticket = Ticket(number, 1, f"{number}", 1, NOW, NOW, Status.DISPATCHED, squad="三中队", matter="09006")
        ledger.open_ticket(ticket).deadline_at = NOW
    return Work(ledger, rules_of(build(town_config())))


@pytest.mark.parametrize(("count", "posts"), [(0, 0), (1, 2), (2, 2), (60, 2)])
def test_all_steps_of_many_tickets_are_one_message_a_chat(count: int, posts: int) -> None:
    """The squad reads that each is due, the leads that each is very late; the history keeps what was said."""
    unit = work(count)
    tickets = list(unit.ledger.tickets)
    dues.remind(unit, [(ticket, kind) for ticket in tickets for kind in STEPS])
    assert len(unit.ledger.posts) == posts
    assert [event.data["kind"] for event in unit.ledger.events] == ["due", "bureau"] * count
    assert all(ticket.told == len(STEPS) for ticket in tickets)
    if count > 40:
        assert all("还有20件" in post.payload["text"] for post in unit.ledger.posts)
    unit.ledger.posts.clear()
    dues.remind(unit, [(ticket, kind) for ticket in tickets for kind in STEPS])
    assert unit.ledger.posts == []
