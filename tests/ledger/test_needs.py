"""What a unit of work is given to look at."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from bot.database import open_engine
from bot.migrate import migrate
from ledger.needs import Needs, fill
from ledger.queries import FRESH_HELD, TICKETS_HELD, TICKETS_TOGETHER
from ledger.store import writing
from models import tables as t
from models.rows import Alias, Group, Person, Ticket

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
LOUD, CALM, STALE = 1, 2, 3


def ticket(number: int, group: int, age: timedelta) -> Ticket:
    """A ticket of that group, stirred so long ago."""
    return Ticket(number, group, str(number), 1, NOW - age, NOW - age)


async def filled(database: str, groups: list[int], tickets: list[Ticket]) -> list[Ticket]:
    """What a batch that speaks of these groups holds, of a table with these tickets."""
    engine = open_engine(database)
    await migrate(engine)
    chats = {f"-{key}" for key in groups}
    async with writing(engine) as conn:
        await conn.execute(t.group.insert(), [asdict(Group(key, "街", "merchants")) for key in groups])
        await conn.execute(t.alias.insert(), [asdict(Alias(f"-{key}", key)) for key in groups])
        await conn.execute(t.person.insert(), asdict(Person(1, "5", "小裘")))
        await conn.execute(t.ticket.insert(), [asdict(row) for row in tickets])
        ledger = await fill(conn, Needs(chats=chats, talk=chats), NOW)
    await engine.dispose()
    return list(ledger.tickets)


async def test_a_flooded_group_takes_no_tickets_from_another(database: str) -> None:
    """Of each group those are held that were stirred last; what is older than three days, of none."""
    flood = [ticket(number, LOUD, timedelta(seconds=number)) for number in range(1, FRESH_HELD + 51)]
    calm = ticket(900, CALM, timedelta(days=2))
    stale = ticket(901, STALE, timedelta(days=4))
    held = await filled(database, [LOUD, CALM, STALE], [*flood, calm, stale])
    assert {row.id for row in held} == {*range(1, FRESH_HELD + 1), calm.id}


async def test_a_flooded_group_keeps_what_it_had_before(database: str) -> None:
    """What was stirred within the hour has its share, what was stirred before the rest; the newest of both."""
    flood = [ticket(number, LOUD, timedelta(seconds=number)) for number in range(1, 501)]
    before = [ticket(1000 + number, LOUD, timedelta(hours=2, seconds=number)) for number in range(1, 301)]
    held = await filled(database, [LOUD], [*flood, *before])
    older = TICKETS_HELD - FRESH_HELD
    assert {row.id for row in held} == {*range(1, FRESH_HELD + 1), *range(1001, 1001 + older)}


async def test_many_busy_groups_share_what_a_batch_can_hold(database: str) -> None:
    """Each has its newest; all together they do not make a batch slow."""
    groups, each = list(range(1, 21)), 40
    busy = [
        ticket(group * 100 + number, group, timedelta(seconds=number)) for group in groups for number in range(each)
    ]
    held = await filled(database, groups, busy)
    share = TICKETS_TOGETHER // len(groups)
    assert {row.id for row in held} == {group * 100 + number for group in groups for number in range(share)}
