"""What a unit of work is given to look at."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from bot.database import open_engine
from bot.migrate import migrate
from ledger.needs import Needs, fill
from ledger.queries import TICKETS_HELD
from ledger.store import writing
from models import tables as t
from models.rows import Alias, Group, Person, Ticket

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
LOUD, CALM, STALE = 1, 2, 3


def ticket(number: int, group: int, age: timedelta) -> Ticket:
    """A ticket of that group, stirred so long ago."""
    return Ticket(number, group, str(number), 1, NOW - age, NOW - age)


async def test_a_flooded_group_takes_no_tickets_from_another(database: str) -> None:
    """Of each group those are held that were stirred last; what is older than three days, of none."""
    flood = [ticket(number, LOUD, timedelta(seconds=number)) for number in range(1, TICKETS_HELD + 51)]
    calm = ticket(900, CALM, timedelta(days=2))
    stale = ticket(901, STALE, timedelta(days=4))
    engine = open_engine(database)
    await migrate(engine)
    async with writing(engine) as conn:
        await conn.execute(t.group.insert(), [asdict(Group(key, "街", "merchants")) for key in (LOUD, CALM, STALE)])
        await conn.execute(t.alias.insert(), [asdict(Alias(f"-{key}", key)) for key in (LOUD, CALM, STALE)])
        await conn.execute(t.person.insert(), asdict(Person(1, "5", "小裘")))
        await conn.execute(t.ticket.insert(), [asdict(row) for row in (*flood, calm, stale)])
        ledger = await fill(conn, Needs(chats={"-1", "-2", "-3"}, talk={"-1", "-2", "-3"}), NOW)
    await engine.dispose()
    held = {row.id for row in ledger.tickets}
    assert held == {*range(1, TICKETS_HELD + 1), calm.id}
