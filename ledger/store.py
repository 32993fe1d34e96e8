"""Writes what a unit of work changed, in its caller's transaction."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Insert,
    String,
    bindparam,
    cast,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ledger.door import Door, Turn
from ledger.ledger import Ledger
from ledger.shelf import Shelf
from models import tables as t
from models.words import ENDED, PostKind, Priority

UNDER_WAY = ("pending", "sending")

_DOORS: WeakKeyDictionary[Any, Door] = WeakKeyDictionary()


@asynccontextmanager
async def writing(engine: AsyncEngine, turn: Turn = Turn.LATER) -> AsyncIterator[AsyncConnection]:
    """A transaction that writes; on SQLite the writers of this process enter one by one, as it is whose turn.

    Left to itself it makes them poll with longer and longer pauses, in which often nobody writes.
    """
    if engine.dialect.name != "sqlite":
        async with engine.begin() as conn:
            yield conn
        return
    async with _DOORS.setdefault(engine.pool, Door()).entered(turn), engine.begin() as conn:
        yield conn


class Overtaken(Exception):  # noqa: N818 - it is an outcome, the caller tries again
    """Someone else moved a ticket between reading and writing."""


async def write(conn: AsyncConnection, ledger: Ledger) -> None:
    """Write what the unit of work changed. Raises Overtaken where a ticket was moved meanwhile."""
    for group_id, chat in ledger.moved.items():
        await set_aside(conn, group_id, chat, ledger.now)
    shelves: list[Shelf[Any]] = [
        ledger.groups, ledger.aliases, ledger.persons, ledger.roles, ledger.codes, ledger.shops, ledger.tickets,
        ledger.reporters, ledger.links, ledger.messages, ledger.media, ledger.cards, ledger.advice,
    ]  # fmt: skip
    for shelf in shelves:
        for key in shelf.removed:
            await conn.execute(shelf.table.delete().where(*_at(shelf, key)))
        added = shelf.added()
        if added:
            await conn.execute(insert(shelf.table), added)
        await _write_changes(conn, shelf)
    if ledger.events:
        await conn.execute(insert(t.event), [_columns(event) for event in ledger.events])
    if ledger.role_events:
        await conn.execute(insert(t.role_event), [_columns(event) for event in ledger.role_events])
    if ledger.audits:
        await conn.execute(insert(t.audit), [_columns(row) for row in ledger.audits])
    await _write_jobs(conn, ledger)
    await _write_posts(conn, ledger)


async def _write_changes(conn: AsyncConnection, shelf: Shelf[Any]) -> None:
    for key, values in shelf.changed():
        where = _at(shelf, key)
        if "version" in values:
            where.append(shelf.table.c.version == shelf.before(key, "version"))
        result = await conn.execute(update(shelf.table).where(*where).values(**values))
        if result.rowcount != 1:
            raise Overtaken(f"{shelf.table.name} {key}")


def _at(shelf: Shelf[Any], key: tuple[Any, ...]) -> list[ColumnElement[bool]]:
    return [column == part for column, part in zip(shelf.table.primary_key.columns, key, strict=True)]


async def set_aside(conn: AsyncConnection, group_id: int, chat: str, now: datetime) -> None:
    """A group moved: ids of its old chat get that chat's name, for the new one counts anew; open cards go out again."""
    for table, column in (
        (t.message, t.message.c.message),
        (t.link, t.link.c.message),
        (t.medium, t.medium.c.message),
        (t.ticket, t.ticket.c.opens),
        (t.advice, t.advice.c.message),
    ):
        mark = update(table).where(table.c.group_id == group_id, column.not_like("%/%"))
        await conn.execute(mark.values({column.name: literal(f"{chat}/") + column}))
    ended = select(t.ticket.c.id).where(t.ticket.c.status.in_(ENDED))
    await conn.execute(update(t.card).where(t.card.c.group_id == group_id).values(message=None, shown=None))
    open_here = (t.card.c.group_id == group_id) & t.card.c.ticket_id.not_in(ended)
    await conn.execute(_asking(conn.dialect.name, PostKind.CARD, open_here), {"now": now})


async def _write_jobs(conn: AsyncConnection, ledger: Ledger) -> None:
    if ledger.cancelled:
        gone = t.job.delete().where(t.job.c.key.in_(ledger.cancelled), t.job.c.state == "waiting")
        await conn.execute(gone)
    if ledger.jobs:
        statement = _insert(conn.dialect.name, t.job)
        renewed = {name: statement.excluded[name] for name in ("kind", "due_at", "ticket_id", "payload")}
        again = statement.on_conflict_do_update(
            index_elements=["key"], set_={**renewed, "state": "waiting", "attempts": 0}
        )
        await conn.execute(again, [_columns(job) for job in ledger.jobs.values()])


async def _write_posts(conn: AsyncConnection, ledger: Ledger) -> None:
    statement = _insert(conn.dialect.name, t.outbox)
    by_key: dict[bool, list[dict[str, Any]]] = defaultdict(list)
    for post in ledger.posts:
        by_key[post.dedupe is not None].append(_columns(post))
    if by_key[False]:
        await conn.execute(insert(t.outbox), by_key[False])
    if by_key[True]:
        await conn.execute(_once(statement), by_key[True])
    if ledger.refreshed:
        await ask_for_edits(conn, ledger.refreshed, ledger.now)


async def ask_for_edits(conn: AsyncConnection, tickets: Iterable[int], now: datetime) -> None:
    """Let the cards of these tickets be shown anew; many changes before the courier comes are one edit.

    So are those of the tickets merged into them, and of open ones that may be the same: each is found by an index, for
    this is asked in every unit of work. A card that nobody knows to have arrived, and that is not on its way,
    goes out once more.
    """
    given = {"tickets": list(set(tickets)), "now": now}
    await conn.execute(_edits(conn.dialect.name), given)
    await conn.execute(_lost_cards(conn.dialect.name), given)


async def ask_for_cards(conn: AsyncConnection, cards: Iterable[int], now: datetime) -> None:
    """Let these cards go out for the first time."""
    await conn.execute(_first_cards(conn.dialect.name), {"cards": list(set(cards)), "now": now})


@cache
def _edits(dialect: str) -> Insert:
    return _asking(dialect, PostKind.EDIT, _around() & t.card.c.message.is_not(None))


@cache
def _lost_cards(dialect: str) -> Insert:
    sent = t.outbox.alias("sent")
    told = select(sent.c.id).where(sent.c.card_id == t.card.c.id, sent.c.kind == PostKind.CARD)
    lost = told.where(sent.c.state == "unknown").exists() & ~told.where(sent.c.state.in_(UNDER_WAY)).exists()
    return _asking(dialect, PostKind.CARD, _around() & t.card.c.message.is_(None) & lost)


@cache
def _first_cards(dialect: str) -> Insert:
    return _asking(dialect, PostKind.CARD, t.card.c.id.in_(bindparam("cards", expanding=True)))


def _around() -> ColumnElement[bool]:
    """Cards of these tickets, of those merged into them, of open ones that may be the same, of what tells of them."""
    numbers: BindParameter[Any] = bindparam("tickets", expanding=True)
    merged = select(t.ticket.c.id).where(t.ticket.c.same_as.in_(numbers))
    alike = select(t.ticket.c.id).where(t.ticket.c.perhaps.in_(numbers), t.ticket.c.status.not_in(ENDED))
    tallies = select(t.ticket.c.told_in).where(t.ticket.c.id.in_(numbers), t.ticket.c.told_in.is_not(None))
    return or_(t.card.c.ticket_id.in_(numbers), *(t.card.c.ticket_id.in_(one) for one in (merged, alike, tallies)))


def _asking(dialect: str, kind: PostKind, which: ColumnElement[bool]) -> Insert:
    """An outbox row for each of these cards, unless one waits already; `now` is bound when it is asked."""
    priority = Priority.DISPATCH if kind is PostKind.CARD else Priority.UPDATE
    row = {
        "group_id": t.card.c.group_id,
        "kind": literal_column(f"'{kind.value}'"),
        "priority": literal_column(str(priority)),
        "card_id": t.card.c.id,
        "ticket_id": t.card.c.ticket_id,
        "dedupe": literal(f"{kind.value}:") + cast(t.card.c.id, String),
        "payload": literal_column("'{}'"),
        "state": literal_column("'pending'"),
        "attempts": literal_column("0"),
        "created_at": bindparam("now", type_=t.outbox.c.created_at.type),
    }
    cards = select(*row.values()).where(which).order_by(t.card.c.id)
    return _once(_insert(dialect, t.outbox).from_select(list(row), cards))


def _once(statement: Any) -> Insert:
    """One that waits already is held until this transaction ends, not passed by.

    Otherwise a courier on PostgreSQL could take that row meanwhile, show the state of before, and what was asked for
    here would never be shown.
    """
    held = {"dedupe": statement.excluded.dedupe}
    made: Insert = statement.on_conflict_do_update(index_elements=["dedupe"], index_where=t.WAITING, set_=held)
    return made


def _insert(dialect: str, table: Any) -> Any:
    """An INSERT that knows ON CONFLICT, in either dialect."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def _columns(row: Any) -> dict[str, Any]:
    """A row's values as they are: `asdict` would copy the JSON in them, sign by sign."""
    return {field.name: getattr(row, field.name) for field in fields(row)}
