"""Is everything well? Plain sentences about what is not."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from models import tables as t

SLOW = timedelta(minutes=2)


async def wrongs(engine: AsyncEngine, now: datetime) -> list[str]:
    """What is wrong inside: dead updates, queues that stand still."""
    async with engine.execution_options(reads_only=True).connect() as conn:
        oldest_in = (
            await conn.execute(select(func.min(t.inbox.c.received_at)).where(t.inbox.c.state == "new"))
        ).scalar()
        oldest_out = (
            await conn.execute(select(func.min(t.outbox.c.created_at)).where(t.outbox.c.state == "pending"))
        ).scalar()
        query = select(t.inbox.c.update_id, t.inbox.c.last_error).where(t.inbox.c.state == "dead")
        dead = (await conn.execute(query.order_by(t.inbox.c.seq.desc()).limit(5))).all()
    found = [f"消息 {row.update_id} 读不了，已搁置（{row.last_error}）" for row in dead]
    if oldest_in and now - oldest_in > SLOW:
        found.append(f"有消息等了{_minutes(now - oldest_in)}分钟还没办")
    if oldest_out and now - oldest_out > SLOW:
        found.append(f"有回复等了{_minutes(now - oldest_out)}分钟还没发出")
    return found


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
