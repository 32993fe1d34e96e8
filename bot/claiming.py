"""Which rows of the outbox go out next: what is due, in chats that may be written to, within the pace of each."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.results import FREE
from models import tables as t
from models.words import PostKind, Priority

CLAIM = 256
CLAIM_A_GROUP = 20
BESIDE = 4
"""So much of what may wait goes out of a chat beside receipts and cards: each takes a millisecond to be rendered, and
nothing is sent before all are.
"""
RESERVE = 4
"""Of a chat's messages a minute, so many beyond the plan are kept for receipts and dispatch cards."""

_C, _G = t.outbox.c, t.group.c


def _due() -> Select[Any]:
    """The first few of each chat; answers to presses wait for nobody."""
    ready = or_(_C.next_try_at.is_(None), _C.next_try_at <= bindparam("now"))
    silent = and_(_G.state != "active", _C.kind.not_in(FREE))
    driven = and_(_C.group_id.in_(bindparam("busy", expanding=True)), _C.kind.not_in(FREE))
    blocked = or_(driven, and_(_G.blocked_until.is_not(None), _G.blocked_until > bindparam("now")), silent)
    lane = (_C.group_id, _C.kind == PostKind.TOAST)
    place = func.row_number().over(partition_by=lane, order_by=(_C.priority, _C.id)).label("place")
    inner = select(_C.id, place).where(_C.state == "pending", ready).subquery()
    return (
        select(t.outbox)
        .join(inner, inner.c.id == _C.id)
        .outerjoin(t.group, _G.id == _C.group_id)
        .where(inner.c.place <= CLAIM_A_GROUP, or_(_G.id.is_(None), ~blocked))
        .order_by(_C.priority, _C.id)
        .limit(CLAIM)
    )


DUE = _due()
LOCKED = DUE.with_for_update(of=t.outbox, skip_locked=True)
"""On PostgreSQL: what another transaction is at is passed by."""
SPENT = (
    select(_C.group_id, func.count())
    .where(_C.sent_at > bindparam("since"), _C.sent_at <= bindparam("now"), _C.kind.not_in(FREE), _C.state != "pending")
    .group_by(_C.group_id)
)
BEGUN = (
    update(t.outbox)
    .where(_C.id.in_(bindparam("ids", expanding=True)), _C.state == "pending")
    .values(state="sending", attempts=_C.attempts + 1, sent_at=bindparam("now"))
)


async def claim(conn: AsyncConnection, now: datetime, busy: Collection[int], a_minute: int) -> list[Row[Any]]:
    """Mark what is to be sent now as begun; the rows, in order. Chats that are `busy` have a lane that is under way."""
    due = LOCKED if conn.dialect.name == "postgresql" else DUE
    rows = (await conn.execute(due, {"now": now, "busy": list(busy)})).all()
    chosen = _pressing_first(await _within_pace(conn, list(rows), now, a_minute))
    if chosen:
        await conn.execute(BEGUN, {"ids": [row.id for row in chosen], "now": now})
    return chosen


def _pressing_first(rows: list[Row[Any]]) -> list[Row[Any]]:
    """Where receipts and cards go out, little of what may wait; the rest is the next claim's."""
    if not any(row.priority <= Priority.DISPATCH for row in rows):
        return rows
    beside: dict[int | None, int] = defaultdict(int)
    chosen = []
    for row in rows:
        beside[row.group_id] += row.priority > Priority.DISPATCH
        if row.priority <= Priority.DISPATCH or beside[row.group_id] <= BESIDE:
            chosen.append(row)
    return chosen


async def _within_pace(conn: AsyncConnection, rows: list[Row[Any]], now: datetime, a_minute: int) -> list[Row[Any]]:
    """Those that their chat's budget of the last minute allows; presses are free."""
    if not a_minute or not rows:
        return rows
    minute = {"since": now - timedelta(seconds=60), "now": now}
    spent: dict[int | None, int] = defaultdict(int, dict((await conn.execute(SPENT, minute)).all()))
    chosen = []
    for row in rows:
        limit = a_minute + (RESERVE if row.priority <= Priority.DISPATCH else 0)
        if row.kind in FREE or spent[row.group_id] < limit:
            chosen.append(row)
            spent[row.group_id] += row.kind not in FREE
    return chosen
