"""Is everything well? Plain sentences about what is not."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import veiled
from ledger.store import writing
from models import tables as t
from models.words import CHORES, PostKind

SLOW = timedelta(minutes=2)
LATELY = timedelta(days=1)
NAMED = 5
FETCH_SECONDS = 120
PROBE_SECONDS = 10
PROBE = text("UPDATE alembic_version SET version_num = version_num")
"""A write that changes nothing and yet goes all the way to the disk."""


async def wrongs(engine: AsyncEngine, now: datetime, fetch_age: float | None = None) -> list[str]:
    """What is wrong inside: the database, getUpdates, dead rows, queues that stand still, cards that did not arrive."""
    silent = fetch_age or 0
    deaf = [f"已有{round(silent / 60)}分钟没能从 Telegram 收消息：请检查网络"] if silent > FETCH_SECONDS else []
    if shut := await _unwritable(engine):
        return [shut, *deaf]
    try:
        async with engine.execution_options(reads_only=True).connect() as conn:
            found = [*await _dead(conn), *await _slow(conn, now), *await _lost(conn, now), *await _nightly(conn)]
    except (SQLAlchemyError, OSError) as error:
        found = [f"数据库读不出来（{type(error).__name__}）：请检查地址、口令和磁盘"]
    return deaf + found


async def _unwritable(engine: AsyncEngine) -> str | None:
    """A full disk or a database that is away or locked shows only in a write."""
    try:
        async with asyncio.timeout(PROBE_SECONDS), writing(engine) as conn:
            await conn.execute(PROBE)
    except TimeoutError:
        return f"数据库{PROBE_SECONDS}秒没能写入：是不是被别的程序锁住了，或磁盘太慢"
    except (SQLAlchemyError, OSError) as error:
        return f"数据库写不进去（{type(error).__name__}）：请检查地址、口令和磁盘"
    return None


async def _dead(conn: AsyncConnection) -> list[str]:
    c = t.inbox.c
    rows = (await conn.execute(select(c.update_id, c.last_error).where(c.state == "dead").order_by(c.seq.desc()))).all()
    found = [f"消息 {row.update_id} 读不了，已搁置（{veiled(row.last_error or '')}）" for row in rows[:NAMED]]
    return found + ([f"还有{len(rows) - NAMED}条读不了的消息"] if len(rows) > NAMED else [])


async def _slow(conn: AsyncConnection, now: datetime) -> list[str]:
    job = t.job.c
    due = select(func.min(job.due_at)).where(job.state == "waiting", job.kind.not_in(CHORES))
    waiting = (
        (select(func.min(t.inbox.c.received_at)).where(t.inbox.c.state == "new"), "有消息等了{}分钟还没办"),
        (select(func.min(t.outbox.c.created_at)).where(t.outbox.c.state == "pending"), "有回复等了{}分钟还没发出"),
        (due, "有到时该办的事过了{}分钟还没办"),
    )
    return [
        words.format(_minutes(now - at))
        for query, words in waiting
        if (at := await _first(conn, query)) and now - at > SLOW
    ]


async def _lost(conn: AsyncConnection, now: datetime) -> list[str]:
    c = t.outbox.c
    lately = (c.kind == PostKind.CARD) & (c.created_at > now - LATELY)
    counted = [
        (await _count(conn, t.outbox, lately & (c.state == "failed")), "一天里有{}张卡片没送到：请看 qunban dead list"),
        (
            await _count(conn, t.outbox, lately & (c.state == "unknown")),
            "一天里有{}张卡片不知送到没有：请看 qunban dead list",
        ),
        (await _count(conn, t.job, t.job.c.state == "dead"), "有{}件到时该办的事没办成：请看 qunban dead list"),
    ]
    return [words.format(number) for number, words in counted if number]


async def _nightly(conn: AsyncConnection) -> list[str]:
    c = t.job.c
    why = (await conn.execute(select(c.last_error).where(c.kind == "backup", c.attempts > 0))).scalar()
    return [f"夜里的备份没有做成：{why}"] if why else []


async def _first(conn: AsyncConnection, query: Select[datetime | None]) -> datetime | None:
    return (await conn.execute(query)).scalar()


async def _count(conn: AsyncConnection, table: Table, condition: ColumnElement[bool]) -> int:
    return (await conn.execute(select(func.count()).select_from(table).where(condition))).scalar_one()


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
