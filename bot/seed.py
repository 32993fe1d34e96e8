"""Brings the configuration's groups, people and shops into the tables; who is no longer named there loses its role.

Who was bound by a one-time code keeps that role, unless the file names her: then the file's holds.
"""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import digests
from bot.blocks import PersonEntry, ShopEntry
from bot.settings import Settings
from ledger import releasing
from ledger.ledger import Ledger
from ledger.needs import Needs, fill
from ledger.store import write
from ledger.work import Rules, Work
from models import tables as t
from models.rows import Person, RoleEvent, RoleRow, Shop
from models.words import HELD, Role
from models.worktime import calendar_from


async def seed(engine: AsyncEngine, settings: Settings, rules: Rules, now: datetime) -> None:
    """One transaction; doing it again changes nothing. What those have in hand who lost their role goes back."""
    users = {str(entry.user) for entry in settings.people} | {str(entry.user) for entry in settings.shops}
    needs = Needs(chats={str(group.chat) for group in settings.groups}, users=users)
    in_hand = select(t.ticket.c.officer_id).where(t.ticket.c.status.in_(HELD), t.ticket.c.officer_id.is_not(None))
    async with engine.begin() as conn:
        needs.held |= set((await conn.execute(in_hand.distinct())).scalars())
        ledger = await fill(conn, needs, now)
        ledger.roles.read((await conn.execute(select(t.role).where(t.role.c.until.is_(None)))).all())
        enter(ledger, settings)
        work = Work(ledger, rules)
        for person in [one for key in sorted(needs.held) if (one := ledger.person_by_id(key))]:
            releasing.release(work, person, releasing.not_hers(work, person), None)
        await write(conn, ledger)
        await digests.appoint(conn, ledger, settings, rules.time)
        await _calendars(conn, rules, now)


async def _calendars(conn: AsyncConnection, rules: Rules, now: datetime) -> None:
    """Today's calendars are kept beside those of the past, by which the deadlines of older tickets were reckoned."""
    c = t.calendar.c
    kept = dict((await conn.execute(select(c.mark, c.body))).all())
    for calendar in rules.time.calendars.values():
        if calendar.mark not in kept:
            kept[calendar.mark] = calendar.body
            await conn.execute(insert(t.calendar).values(mark=calendar.mark, body=calendar.body, since=now))
    rules.time.kept.update({mark: calendar_from(body) for mark, body in kept.items()})


def enter(ledger: Ledger, settings: Settings) -> None:
    """Enter the configuration into a ledger."""
    for listed in settings.groups:
        group = ledger.group_of(str(listed.chat)) or ledger.join_group(str(listed.chat), listed.name, listed.kind)
        group.name, group.kind, group.known = listed.name, listed.kind, True
        group.street, group.squad, group.datum = listed.street, listed.squad, listed.datum
        group.language = listed.language or settings.bureau.language
    held = {(_person(ledger, entry).id, entry.role.value): entry for entry in settings.people}
    named = {person_id for person_id, _ in held}
    for row in ledger.roles:
        by_file = row.source == "config" or row.person_id in named
        if row.until is None and by_file and (row.person_id, row.role) not in held:
            row.until = ledger.now
            ledger.record(RoleEvent(ledger.now, "ended", row.person_id, None, row.role, row.squad))
    for (person_id, role), entry in held.items():
        _grant(ledger, person_id, role, entry)
    for shop in settings.shops:
        _furnish(ledger, shop)


def _person(ledger: Ledger, entry: PersonEntry | ShopEntry) -> Person:
    name = (entry.person or entry.name) if isinstance(entry, ShopEntry) else entry.name
    person = ledger.person(str(entry.user), name)
    person.name = name
    return person


def _grant(ledger: Ledger, person_id: int, role: str, entry: PersonEntry) -> None:
    row = ledger.roles.get(person_id, Role(role))
    if row is None:
        row = ledger.roles.add(RoleRow(person_id, role, ledger.now))
        ledger.grant(row)
    if row.until is not None or row.source != "config" or ledger.roles.is_new(row):
        ledger.record(RoleEvent(ledger.now, "named", person_id, None, role, entry.squad))
    row.squad, row.until, row.source = entry.squad, None, "config"


def _furnish(ledger: Ledger, entry: ShopEntry) -> None:
    person = _person(ledger, entry)
    shop = ledger.shop_of(person)
    if shop is None:
        shop = ledger.shops.add(Shop(ledger.counters.take("shop"), person.id, entry.name))
        ledger.furnish(shop)
    shop.name, shop.address, shop.lat, shop.lon = entry.name, entry.address, entry.lat, entry.lon
