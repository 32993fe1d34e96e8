"""What a unit of work will look at, and the ledger filled with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger import queries as q
from ledger.ledger import LINES_AGE, TICKETS_AGE, Counters, Ledger
from models.rows import Job, Post, RoleEvent

MISSES_AGE = timedelta(hours=1)
FRESH_AGE = timedelta(hours=1)
ASKED_AHEAD = timedelta(hours=2)
"""No question waits longer (talk.pairing_minutes)."""
WRITER_LOCK = 0x71756E62616E
"""Key of the advisory lock that lets one unit of work write at a time on PostgreSQL, as SQLite does by itself."""


@dataclass(slots=True)
class Needs:
    """What a unit of work will look at: ids of the channel, and numbers of tickets.

    `own` are people whose tickets in hand are wanted, and so are `held` by our own keys; `met` tickets whose party's
    earlier tickets are. `codes` are hashes of one-time codes, `jobs` keys of what may be due; `staff` says whether all
    who hold a role are wanted.
    """

    chats: set[str] = field(default_factory=set)
    talk: set[str] = field(default_factory=set)
    users: set[str] = field(default_factory=set)
    lines: set[tuple[str, str]] = field(default_factory=set)
    albums: set[tuple[str, str]] = field(default_factory=set)
    tickets: set[int] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    met: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    jobs: set[tuple[str, str, str]] = field(default_factory=set)
    """Kind, chat and what of it: the key that waits has our own number of the chat in the middle."""
    posts: set[int] = field(default_factory=set)
    """Rows of the outbox whose buttons were pressed."""
    alone: set[str] = field(default_factory=set)
    """People who speak alone with the bot: the group where each spoke last is wanted."""
    staff: bool = False


async def fill(conn: AsyncConnection, needs: Needs, now: datetime) -> Ledger:
    """A ledger that holds what `needs` names; takes the writer's place first."""
    await take_turn(conn)
    ledger = Ledger(now)
    ledger.counters = Counters(**(await conn.execute(q.COUNTERS)).one()._asdict())
    await _groups(conn, ledger, needs)
    await _talk(conn, ledger, needs)
    await _tickets(conn, ledger, needs)
    await _people(conn, ledger, needs)
    await _codes(conn, ledger, needs)
    await _jobs(conn, ledger, needs)
    await _posts(conn, ledger, needs)
    await _homes(conn, ledger, needs)
    return ledger


async def take_turn(conn: AsyncConnection) -> None:
    """Wait for the other units of work; SQLite's own lock does it there."""
    if conn.dialect.name == "postgresql":
        await conn.execute(select(func.pg_advisory_xact_lock(WRITER_LOCK)))


async def _ask(conn: AsyncConnection, question: Executable, **values: Any) -> Sequence[Row[Any]]:
    """The rows; of what may be one of several, a list is bound."""
    given = {name: list(value) if isinstance(value, set) else value for name, value in values.items()}
    return (await conn.execute(question, given)).all()


async def _groups(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    groups = ledger.groups.read(await _ask(conn, q.GROUPS, chats=needs.chats))
    ledger.aliases.read(await _ask(conn, q.ALIASES, groups={g.id for g in groups}))


async def _talk(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    groups = {g.id for chat in needs.talk if (g := ledger.group_of(chat))}
    if groups:
        since = ledger.now - LINES_AGE
        ledger.messages.read(await _ask(conn, q.LINES, groups=groups, since=since))
    keys = {(g.id, message) for chat, message in needs.lines if (g := ledger.group_of(chat))}
    if keys:
        ledger.messages.read(await _ask(conn, q.LINES_NAMED, lines=keys))
    albums = {(g.id, album) for chat, album in needs.albums if (g := ledger.group_of(chat))}
    if albums:
        ledger.messages.read(await _ask(conn, q.LINES_OF_ALBUMS, albums=albums))
    if keys:
        ledger.cards.read(await _ask(conn, q.CARDS_AT, lines=keys))
    for message in sorted(ledger.messages, key=lambda m: (m.at, len(m.message), m.message)):
        ledger.hang(message)


async def _tickets(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    groups = {g.id for chat in needs.talk if (g := ledger.group_of(chat))}
    lines = {(m.group_id, m.message) for m in ledger.messages}
    if lines:
        for link in ledger.links.read(await _ask(conn, q.LINKS_AT, lines=lines)):
            ledger.knot(link)
    named = needs.tickets | {link.ticket_id for link in ledger.links} | {card.ticket_id for card in ledger.cards}
    if groups:
        since, fresh = ledger.now - TICKETS_AGE, ledger.now - FRESH_AGE
        ledger.tickets.read(await _ask(conn, q.TICKETS_RECENT, groups=groups, since=since, fresh=fresh))
    if needs.own or needs.held:
        named |= {row.id for row in await _ask(conn, q.OWN, users=needs.own, people=needs.held)}
    if needs.met:
        named |= {row.id for row in await _ask(conn, q.MET_BEFORE, tickets=needs.met)}
    await _read(conn, ledger, named)
    await _kin(conn, ledger, needs.tickets)
    for ticket in sorted(ledger.tickets, key=lambda row: row.id):
        ledger.shelve(ticket)
    named |= {ticket.id for ticket in ledger.tickets if not ticket.ended}
    named |= {ledger.head(number) for number in named}
    named |= {ticket.id for ticket in ledger.tickets if ticket.same_as in named}
    await _of_tickets(conn, ledger, named)


async def _read(conn: AsyncConnection, ledger: Ledger, numbers: set[int]) -> None:
    """Tickets by number, and those that they stand under."""
    missing = numbers - {ticket.id for ticket in ledger.tickets}
    while missing:
        ledger.tickets.read(await _ask(conn, q.TICKETS_NAMED, tickets=missing))
        held = {ticket.id for ticket in ledger.tickets}
        missing = {ticket.same_as for ticket in ledger.tickets if ticket.same_as} - held


async def _kin(conn: AsyncConnection, ledger: Ledger, numbers: set[int]) -> None:
    """All around the tickets that are asked for by number: those merged into them or into one above, their messages."""
    if not numbers:
        return
    asked = [ticket for ticket in ledger.tickets if ticket.id in numbers]
    await _read(conn, ledger, {ticket.perhaps for ticket in asked if ticket.perhaps})
    above = numbers | {ledger.head(number) for number in numbers} | {ticket.same_as or 0 for ticket in asked}
    ledger.tickets.read(await _ask(conn, q.TICKETS_BELOW, tickets=above))
    tied = ledger.links.read(await _ask(conn, q.LINKS_OF, tickets=numbers))
    if tied:
        lines = {(link.group_id, link.message) for link in tied}
        ledger.messages.read(await _ask(conn, q.LINES_NAMED, lines=lines))
    for link in ledger.links:
        if link.ticket_id in numbers and link not in ledger.linked(link.ticket_id):
            ledger.knot(link)


async def _of_tickets(conn: AsyncConnection, ledger: Ledger, named: set[int]) -> None:
    ids = {ticket.id for ticket in ledger.tickets}
    if ids:
        ledger.name_reporters(ledger.reporters.read(await _ask(conn, q.REPORTERS, tickets=ids)))
    if named:
        ledger.cards.read(await _ask(conn, q.CARDS_OF, tickets=named))
    for card in sorted(ledger.cards, key=lambda row: row.id):
        ledger.deal(card)


async def _people(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    ids = {m.person_id for m in ledger.messages} | {r.person_id for r in ledger.reporters}
    ids |= {ticket.officer_id for ticket in ledger.tickets if ticket.officer_id}
    ids |= {ticket.reporter_id for ticket in ledger.tickets} | needs.held
    question = q.PERSONS_AND_STAFF if needs.staff else q.PERSONS
    persons = ledger.persons.read(await _ask(conn, question, users=needs.users | needs.own, people=ids))
    for person in persons:
        ledger.seat(person)
    keys = {person.id for person in persons}
    for row in ledger.roles.read(await _ask(conn, q.ROLES, people=keys)):
        ledger.grant(row)
    for shop in ledger.shops.read(await _ask(conn, q.SHOPS, people=keys)):
        ledger.furnish(shop)


async def _codes(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    """The codes that were sent, and how often their senders sent wrong ones in the last hour."""
    if not needs.codes:
        return
    ledger.codes.read(await _ask(conn, q.CODES, codes=needs.codes))
    people = {person.id for person in ledger.persons}
    wrong = await _ask(conn, q.MISSES, people=people, since=ledger.now - MISSES_AGE)
    ledger.misses = [RoleEvent(**row._mapping) for row in wrong]  # noqa: SLF001 - its columns by name


async def _jobs(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    keys = {f"{kind}:{g.id}:{rest}" for kind, chat, rest in needs.jobs if (g := ledger.group_of(chat))}
    if keys:
        ledger.waiting = {row.key for row in await _ask(conn, q.JOBS_WAITING, keys=keys)}
    if needs.talk:
        asked = await _ask(conn, q.QUESTIONS, after=ledger.now, until=ledger.now + ASKED_AHEAD)
        ledger.asked = {row.key: Job(**row._mapping) for row in asked}  # noqa: SLF001 - as above


async def _posts(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    if needs.posts:
        for row in await _ask(conn, q.POSTS, posts=needs.posts):
            ledger.sent[row.id] = Post(row.kind, row.priority, row.created_at, row.group_id, payload=row.payload)


async def _homes(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    """The group where each of those who speak alone with the bot was heard last."""
    people = {person.id for person in ledger.persons if person.user in needs.alone}
    if people:
        ledger.homes = {row.person_id: row.group_id for row in await _ask(conn, q.HOMES, people=people)}
