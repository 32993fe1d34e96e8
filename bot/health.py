"""Is everything well? Plain sentences about what is not."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from models import tables as t
from models.words import PostKind

SLOW = timedelta(minutes=2)
LATELY = timedelta(days=1)
NAMED = 5


async def wrongs(engine: AsyncEngine, now: datetime) -> list[str]:
    """What is wrong inside: dead updates, queues that stand still, cards that did not arrive in the last day."""
    async with engine.execution_options(reads_only=True).connect() as conn:
        return [*await _dead(conn), *await _slow(conn, now), *await _lost(conn, now)]


async def _dead(conn: AsyncConnection) -> list[str]:
    c = t.inbox.c
    rows = (await conn.execute(select(c.update_id, c.last_error).where(c.state == "dead").order_by(c.seq.desc()))).all()
    found = [f"消息 {row.update_id} 读不了，已搁置（{row.last_error}）" for row in rows[:NAMED]]
    return found + ([f"还有{len(rows) - NAMED}条读不了的消息"] if len(rows) > NAMED else [])


async def _slow(conn: AsyncConnection, now: datetime) -> list[str]:
    waiting = (
        (select(func.min(t.inbox.c.received_at)).where(t.inbox.c.state == "new"), "有消息等了{}分钟还没办"),
        (select(func.min(t.outbox.c.created_at)).where(t.outbox.c.state == "pending"), "有回复等了{}分钟还没发出"),
    )
    return [
        words.format(_minutes(now - at))
        for query, words in waiting
        if (at := await _first(conn, query)) and now - at > SLOW
    ]


async def _lost(conn: AsyncConnection, now: datetime) -> list[str]:
    c = t.outbox.c
    lost = c.state.in_(("failed", "unknown")) & (c.kind == PostKind.CARD) & (c.created_at > now - LATELY)
    cards, jobs = await _count(conn, t.outbox, lost), await _count(conn, t.job, t.job.c.state == "dead")
    found = [f"一天里有{cards}张卡片没送到或不知送到没有：请看日志里的 not sent"] if cards else []
    return found + ([f"有{jobs}件到时该办的事没办成：请看日志里的 a due job failed"] if jobs else [])


async def _first(conn: AsyncConnection, query: Select[datetime | None]) -> datetime | None:
    return (await conn.execute(query)).scalar()


async def _count(conn: AsyncConnection, table: Table, condition: ColumnElement[bool]) -> int:
    return (await conn.execute(select(func.count()).select_from(table).where(condition))).scalar_one()


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
