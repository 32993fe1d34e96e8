"""`qunban dead`: what was set aside — updates, due work, sendings —, to be looked at, tried again, or let go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row, Table, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.database import open_engine
from bot.errors import SettingsRefused, veiled
from bot.migrate import migrate
from bot.settings import Settings
from ledger.store import writing
from models import tables as t
from texts.page import quote

SHOWN = 40
DROPPED = "dropped by hand"
"""Begins `inbox.last_error` of an update that was let go: it is done, but nobody did it."""
WORDS = {"inbox": "消息", "job": "到时的事", "outbox": "回复"}
LOST = ("failed", "unknown")


@dataclass(frozen=True, slots=True)
class Shelved:
    """One thing that was set aside: its name on the command line, and a line that tells of it."""

    name: str
    line: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """A table where things are set aside: which rows, by which key, and what the two verbs write."""

    table: Table
    key: ColumnElement[Any]
    dead: ColumnElement[bool]
    retry: dict[str, Any]
    drop: dict[str, Any]


KINDS = {
    "inbox": Kind(
        t.inbox, t.inbox.c.seq, t.inbox.c.state == "dead",
        {"state": "new", "attempts": 0, "next_try_at": None},
        {"state": "done", "last_error": DROPPED},
    ),
    "job": Kind(
        t.job, t.job.c.key, t.job.c.state == "dead", {"state": "waiting", "attempts": 0}, {"state": "done"},
    ),
    "outbox": Kind(
        t.outbox, t.outbox.c.id, t.outbox.c.state.in_(LOST),
        {"state": "pending", "attempts": 0, "doubts": 0, "next_try_at": None, "sent_at": None},
        {"state": "dropped"},
    ),
}  # fmt: skip


async def listed(settings: Settings) -> list[Shelved]:
    """All that is set aside, the oldest first in each table."""
    engine = await _open(settings)
    try:
        async with engine.execution_options(reads_only=True).connect() as conn:
            return [one for name in KINDS for one in await _of(conn, name)]
    finally:
        await engine.dispose()


async def change(settings: Settings, verb: str, names: list[str] | None) -> int:
    """Try again or let go what is named (None: all); how many. Raises SettingsRefused, and then nothing has changed."""
    engine = await _open(settings)
    try:
        async with writing(engine) as conn:
            held = {one.name for name in KINDS for one in await _of(conn, name)}
            chosen = sorted(held) if names is None else names
            if strange := [name for name in chosen if name not in held]:
                raise SettingsRefused(f"没有搁置的 {strange[0]}：请用 qunban dead list 看名字")
            for name in chosen:
                await _change(conn, verb, name)
            return len(chosen)
    finally:
        await engine.dispose()


async def _open(settings: Settings) -> AsyncEngine:
    engine = open_engine(settings.database)
    try:
        await migrate(engine)
    except BaseException:
        await engine.dispose()
        raise
    return engine


async def _change(conn: AsyncConnection, verb: str, name: str) -> None:
    kind, _, key = name.partition(":")
    shelf = KINDS[kind]
    here = shelf.dead & (shelf.key == (key if kind == "job" else int(key)))
    try:
        async with conn.begin_nested():
            await conn.execute(update(shelf.table).where(here).values(**getattr(shelf, verb)))
    except IntegrityError:
        await conn.execute(update(shelf.table).where(here).values(**shelf.drop))


async def _of(conn: AsyncConnection, name: str) -> list[Shelved]:
    shelf = KINDS[name]
    rows = (await conn.execute(select(shelf.table).where(shelf.dead).order_by(shelf.key))).all()
    tell = {"inbox": _update, "job": _job, "outbox": _sending}[name]
    return [_shelved(name, tell(row)) for row in rows]


def _shelved(name: str, told: tuple[Any, Iterable[str]]) -> Shelved:
    key, parts = told
    return Shelved(f"{name}:{key}", "  ".join([f"{name}:{key}", WORDS[name], *filter(None, parts)]))


def _update(row: Row[Any]) -> tuple[Any, Iterable[str]]:
    said = _words(row.raw)
    return row.seq, (
        f"{row.received_at:%Y-%m-%d %H:%M} 群 {row.chat}", f"update {row.update_id}", f"试过{row.attempts}次",
        veiled(row.last_error or ""), f"“{said}”" if said else "",
    )  # fmt: skip


def _words(raw: str) -> str:
    """What was said, with phones and numbers of papers masked; nothing where there are no words."""
    try:
        held = orjson.loads(raw)
        message = held.get("message") or held.get("edited_message") or {}
        return quote(str(message.get("text") or message.get("caption") or ""), SHOWN)
    except (ValueError, AttributeError):
        return ""


def _job(row: Row[Any]) -> tuple[Any, Iterable[str]]:
    about = f"工单 {row.ticket_id}" if row.ticket_id else ""
    return row.key, (f"{row.due_at:%Y-%m-%d %H:%M}", about, f"试过{row.attempts}次", veiled(row.last_error or ""))


def _sending(row: Row[Any]) -> tuple[Any, Iterable[str]]:
    about = f"工单 {row.ticket_id}" if row.ticket_id else ""
    state = "没送到" if row.state == "failed" else "不知送到没有"
    return row.id, (f"{row.created_at:%Y-%m-%d %H:%M}", f"{row.kind} {state}", about, veiled(row.last_error or ""))
