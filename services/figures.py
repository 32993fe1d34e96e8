"""The figures of a period, counted by the database."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.words import ENDED, Means, Status


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a period. Times are minutes; shares are counts by means; `matters` the five most told of."""

    opened: int
    closed: int
    resolved: int
    on_time: int
    open_now: int
    overdue_now: tuple[tuple[str, int], ...]
    returned: int
    satisfied: int
    rated: int
    to_accept: float | None
    to_arrive: float | None
    to_resolve: float | None
    means: dict[str, int]
    matters: tuple[tuple[str, int], ...]


async def figures(
    conn: AsyncConnection, start: datetime, end: datetime, now: datetime, group_id: int | None = None
) -> Figures:
    """Count the tickets opened in [start, end), and what was closed and resolved in it; one matter counts once."""
    c = t.ticket.c
    here = [c.same_as.is_(None), *([c.group_id == group_id] if group_id is not None else [])]

    def within(column: Any) -> Any:
        return and_(column >= start, column < end, *here)

    def count(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    live = c.status.not_in((*ENDED, Status.RESOLVED))
    totals = select(
        count(within(c.opened_at)),
        count(within(c.closed_at) & (c.status == Status.CLOSED)),
        count(within(c.resolved_at)),
        count(within(c.resolved_at) & ((c.deadline_at.is_(None)) | (c.resolved_at <= c.deadline_at))),
        count(and_(live, *here)),
        count(within(c.opened_at) & (c.round > 1)),
        count(within(c.closed_at) & c.satisfied.is_(True)),
        count(within(c.closed_at) & c.satisfied.is_not(None)),
    )
    opened, closed, resolved, on_time, open_now, returned, satisfied, rated = (await conn.execute(totals)).one()
    late = select(func.coalesce(c.squad, "未派中队"), func.count()).where(live, c.deadline_at < now, *here)
    means = select(c.means, func.count()).where(within(c.resolved_at), c.means.is_not(None)).group_by(c.means)
    by_squad = late.group_by(c.squad).order_by(func.count().desc())
    by_matter = select(func.coalesce(c.matter, ""), func.count()).where(within(c.opened_at)).group_by(c.matter)
    by_matter = by_matter.order_by(func.count().desc(), c.matter).limit(5)
    times = select(c.opened_at, c.accepted_at, c.arrived_at, c.resolved_at).where(within(c.opened_at))
    rows = (await conn.execute(times)).all()
    return Figures(
        opened, closed, resolved, on_time, open_now,
        tuple((squad, n) for squad, n in (await conn.execute(by_squad)).all()),
        returned, satisfied, rated,
        _middle(rows, "accepted_at"), _middle(rows, "arrived_at"), _middle(rows, "resolved_at"),
        {Means(word): n for word, n in (await conn.execute(means)).all()},
        tuple((m, n) for m, n in (await conn.execute(by_matter)).all()),
    )  # fmt: skip


def _middle(rows: Any, column: str) -> float | None:
    spans = [(getattr(r, column) - r.opened_at).total_seconds() / 60 for r in rows if getattr(r, column)]
    return median(spans) if spans else None
