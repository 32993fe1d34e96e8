"""What a unit of work will look at, and the ledger filled with it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.ledger import LINES_AGE, LINES_KEPT, TICKETS_AGE, Counters, Ledger
from models import tables as t
from models.rows import Job, Post, RoleEvent
from models.words import ENDED, GroupKind, Means

TICKETS_HELD = 400
MET = 20
MISSES_AGE = timedelta(hours=1)
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
    await _count(conn, ledger)
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


async def _count(conn: AsyncConnection, ledger: Ledger) -> None:
    keyed = {
        "ticket": t.ticket,
        "card": t.card,
        "person": t.person,
        "chat_group": t.group,
        "medium": t.medium,
        "shop": t.shop,
        "advice": t.advice,
    }
    picks = [
        select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery().label(name) for name, table in keyed.items()
    ]
    record = (await conn.execute(select(*picks))).one()
    ledger.counters = Counters(**record._asdict())


async def _groups(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    named = select(t.alias.c.group_id).where(t.alias.c.chat.in_(needs.chats))
    wanted = select(t.group).where(or_(t.group.c.kind != GroupKind.PRIVATE, t.group.c.id.in_(named)))
    groups = ledger.groups.read((await conn.execute(wanted)).all())
    ids = [g.id for g in groups]
    ledger.aliases.read((await conn.execute(select(t.alias).where(t.alias.c.group_id.in_(ids)))).all())


async def _talk(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    groups = {g.id for chat in needs.talk if (g := ledger.group_of(chat))}
    if groups:
        place = func.row_number().over(partition_by=t.message.c.group_id, order_by=t.message.c.at.desc()).label("place")
        recent = select(t.message, place).where(
            t.message.c.group_id.in_(groups), t.message.c.at > ledger.now - LINES_AGE
        )
        inner = recent.subquery()
        query = select(inner).where(inner.c.place <= LINES_KEPT).order_by(inner.c.at, _numeric(inner.c.message))
        ledger.messages.read((await conn.execute(query)).all())
    keys = [(g.id, message) for chat, message in needs.lines if (g := ledger.group_of(chat))]
    if keys:
        query = select(t.message).where(tuple_(t.message.c.group_id, t.message.c.message).in_(keys))
        ledger.messages.read((await conn.execute(query)).all())
    albums = [(g.id, album) for chat, album in needs.albums if (g := ledger.group_of(chat))]
    if albums:
        query = select(t.message).where(tuple_(t.message.c.group_id, t.message.c.album).in_(albums))
        ledger.messages.read((await conn.execute(query)).all())
    if keys:
        query = select(t.card).where(tuple_(t.card.c.group_id, t.card.c.message).in_(keys))
        ledger.cards.read((await conn.execute(query)).all())
    for message in sorted(ledger.messages, key=lambda m: (m.at, len(m.message), m.message)):
        ledger.hang(message)


def _numeric(column: Any) -> Any:
    """Ids of one chat sort by length first: they are numbers written as text."""
    return func.length(column)


async def _tickets(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    groups = {g.id for chat in needs.talk if (g := ledger.group_of(chat))}
    lines = [(m.group_id, m.message) for m in ledger.messages]
    if lines:
        found = select(t.link).where(tuple_(t.link.c.group_id, t.link.c.message).in_(lines))
        for link in ledger.links.read((await conn.execute(found)).all()):
            ledger.knot(link)
    named = needs.tickets | {link.ticket_id for link in ledger.links} | {card.ticket_id for card in ledger.cards}
    recent = (
        select(t.ticket)
        .where(t.ticket.c.group_id.in_(groups), t.ticket.c.last_at > ledger.now - TICKETS_AGE)
        .order_by(t.ticket.c.last_at.desc())
        .limit(TICKETS_HELD)
    )
    if groups:
        ledger.tickets.read((await conn.execute(recent)).all())
    if needs.own or needs.held:
        named |= await _own(conn, needs)
    if needs.met:
        named |= await _met(conn, needs)
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
        ledger.tickets.read((await conn.execute(select(t.ticket).where(t.ticket.c.id.in_(missing)))).all())
        held = {ticket.id for ticket in ledger.tickets}
        missing = {ticket.same_as for ticket in ledger.tickets if ticket.same_as} - held


async def _kin(conn: AsyncConnection, ledger: Ledger, numbers: set[int]) -> None:
    """All around the tickets that are asked for by number: those merged into them or into one above, their messages."""
    if not numbers:
        return
    asked = [ticket for ticket in ledger.tickets if ticket.id in numbers]
    await _read(conn, ledger, {ticket.perhaps for ticket in asked if ticket.perhaps})
    above = numbers | {ledger.head(number) for number in numbers} | {ticket.same_as or 0 for ticket in asked}
    ledger.tickets.read((await conn.execute(select(t.ticket).where(t.ticket.c.same_as.in_(above)))).all())
    tied = (await conn.execute(select(t.link).where(t.link.c.ticket_id.in_(numbers)))).all()
    lines = [(link.group_id, link.message) for link in ledger.links.read(tied)]
    if lines:
        query = select(t.message).where(tuple_(t.message.c.group_id, t.message.c.message).in_(lines))
        ledger.messages.read((await conn.execute(query)).all())
    for link in ledger.links:
        if link.ticket_id in numbers and link not in ledger.linked(link.ticket_id):
            ledger.knot(link)


async def _own(conn: AsyncConnection, needs: Needs) -> set[int]:
    """Numbers of the open tickets that these people told of or have in hand."""
    people = select(t.person.c.id).where(or_(t.person.c.user.in_(needs.own), t.person.c.id.in_(needs.held)))
    told = select(t.reporter.c.ticket_id).where(t.reporter.c.person_id.in_(people))
    mine = or_(t.ticket.c.officer_id.in_(people), t.ticket.c.id.in_(told))
    query = (
        select(t.ticket.c.id).where(mine, t.ticket.c.status.not_in(ENDED)).order_by(t.ticket.c.id).limit(TICKETS_HELD)
    )
    return set((await conn.execute(query)).scalars())


async def _met(conn: AsyncConnection, needs: Needs) -> set[int]:
    """Numbers of the tickets in which the same parties were met with the lower means."""
    parties = select(t.ticket.c.party).where(t.ticket.c.id.in_(needs.met), t.ticket.c.party.is_not(None))
    lower = t.ticket.c.means.in_((Means.SERVICE, Means.MANAGEMENT))
    query = select(t.ticket.c.id).where(t.ticket.c.party.in_(parties), lower).order_by(t.ticket.c.id.desc())
    return set((await conn.execute(query.limit(MET))).scalars())


async def _of_tickets(conn: AsyncConnection, ledger: Ledger, named: set[int]) -> None:
    ids = [ticket.id for ticket in ledger.tickets]
    if ids:
        rows = (await conn.execute(select(t.reporter).where(t.reporter.c.ticket_id.in_(ids)))).all()
        ledger.name_reporters(ledger.reporters.read(rows))
    if named:
        ledger.cards.read((await conn.execute(select(t.card).where(t.card.c.ticket_id.in_(named)))).all())
    for card in sorted(ledger.cards, key=lambda row: row.id):
        ledger.deal(card)


async def _people(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    ids = {m.person_id for m in ledger.messages} | {r.person_id for r in ledger.reporters}
    ids |= {ticket.officer_id for ticket in ledger.tickets if ticket.officer_id}
    ids |= {ticket.reporter_id for ticket in ledger.tickets} | needs.held
    wanted = [t.person.c.user.in_(needs.users | needs.own), t.person.c.id.in_(ids)]
    if needs.staff:
        wanted.append(t.person.c.id.in_(select(t.role.c.person_id).where(t.role.c.until.is_(None))))
    query = select(t.person).where(or_(*wanted))
    persons = ledger.persons.read((await conn.execute(query)).all())
    for person in persons:
        ledger.seat(person)
    keys = [person.id for person in persons]
    for row in ledger.roles.read((await conn.execute(select(t.role).where(t.role.c.person_id.in_(keys)))).all()):
        ledger.grant(row)
    for shop in ledger.shops.read((await conn.execute(select(t.shop).where(t.shop.c.person_id.in_(keys)))).all()):
        ledger.furnish(shop)


async def _codes(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    """The codes that were sent, and how often their senders sent wrong ones in the last hour."""
    if not needs.codes:
        return
    ledger.codes.read((await conn.execute(select(t.code).where(t.code.c.hash.in_(needs.codes)))).all())
    c, people = t.role_event.c, [person.id for person in ledger.persons]
    wrong = select(c.at, c.action, c.person_id, c.actor_id, c.role, c.squad).where(
        c.actor_id.in_(people), c.action == "wrong", c.at > ledger.now - MISSES_AGE
    )
    ledger.misses = [RoleEvent(**row._mapping) for row in (await conn.execute(wrong)).all()]  # noqa: SLF001 - its columns by name


async def _jobs(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    keys = {f"{kind}:{g.id}:{rest}" for kind, chat, rest in needs.jobs if (g := ledger.group_of(chat))}
    if keys:
        query = select(t.job.c.key).where(t.job.c.key.in_(keys), t.job.c.state == "waiting")
        ledger.waiting = set((await conn.execute(query)).scalars())
    if needs.talk:
        c = t.job.c
        asked = select(c.key, c.kind, c.due_at, c.ticket_id, c.payload).where(
            c.state == "waiting", c.due_at > ledger.now, c.due_at <= ledger.now + ASKED_AHEAD, c.kind == "question"
        )
        ledger.asked = {row.key: Job(**row._mapping) for row in (await conn.execute(asked)).all()}  # noqa: SLF001 - as above


async def _posts(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    if needs.posts:
        c = t.outbox.c
        columns = select(c.id, c.kind, c.priority, c.created_at, c.group_id, c.payload)
        for row in (await conn.execute(columns.where(c.id.in_(needs.posts)))).all():
            ledger.sent[row.id] = Post(row.kind, row.priority, row.created_at, row.group_id, payload=row.payload)


async def _homes(conn: AsyncConnection, ledger: Ledger, needs: Needs) -> None:
    """The group where each of those who speak alone with the bot was heard last."""
    people = [person.id for person in ledger.persons if person.user in needs.alone]
    if not people:
        return
    m, g = t.message.c, t.group.c
    place = func.row_number().over(partition_by=m.person_id, order_by=m.at.desc()).label("place")
    said = select(m.person_id, m.group_id, place).join(t.group, g.id == m.group_id)
    inner = said.where(m.person_id.in_(people), g.kind != GroupKind.PRIVATE, g.known).subquery()
    query = select(inner.c.person_id, inner.c.group_id).where(inner.c.place == 1)
    ledger.homes = dict((await conn.execute(query)).all())
