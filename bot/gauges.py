"""What stands in the tables just now, as gauges for Prometheus, and the whole page of figures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.meter import REGISTRY
from models import tables as t
from models.words import CHORES, Status

STATES: tuple[tuple[str, Table, tuple[str, ...]], ...] = (
    ("inbox", t.inbox, t.INBOX_STATES),
    ("outbox", t.outbox, t.OUTBOX_STATES),
    ("due_job", t.job, t.JOB_STATES),
    ("medium", t.medium, t.MEDIUM_STATES),
    ("advice", t.advice, t.ADVICE_STATES),
)
"""Tables whose rows have states; all states are shown, also those that no row has."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the program itself is: seconds since getUpdates answered (None: it does not ask), and whether all is well."""

    fetch_age: float | None
    well: bool


async def page(engine: AsyncEngine, now: datetime, pulse: Pulse) -> bytes:
    """All figures, in Prometheus' text form."""
    registry = CollectorRegistry()
    async with engine.execution_options(reads_only=True).connect() as conn:
        await _rows(conn, registry)
        await _ages(conn, registry, now)
        await _geocoders(conn, registry)
    if pulse.fetch_age is not None:
        _gauge(registry, "fetch_age_seconds", "Seconds since getUpdates answered").set(pulse.fetch_age)
    _gauge(registry, "ready", "1 where /readyz finds nothing wrong").set(pulse.well)
    return generate_latest(REGISTRY) + generate_latest(registry)


def _gauge(registry: CollectorRegistry, name: str, words: str, *labels: str) -> Gauge:
    return Gauge(f"qunban_{name}", words, labels, registry=registry)


async def _rows(conn: AsyncConnection, registry: CollectorRegistry) -> None:
    rows = _gauge(registry, "rows", "Rows of a table by state", "table", "state")
    dead = _gauge(registry, "dead_rows", "Rows that were set aside", "table")
    for name, table, states in STATES:
        counted = await _counted(conn, table.c.state)
        for state in states:
            rows.labels(name, state).set(counted.get(state, 0))
        if "dead" in states:
            dead.labels(name).set(counted.get("dead", 0))
    tickets = _gauge(registry, "tickets", "Tickets by status", "status")
    counted = await _counted(conn, t.ticket.c.status)
    for status in Status:
        tickets.labels(status.value).set(counted.get(status.value, 0))


async def _counted(conn: AsyncConnection, column: Any) -> dict[str, int]:
    return dict((await conn.execute(select(column, func.count()).group_by(column))).all())


async def _ages(conn: AsyncConnection, registry: CollectorRegistry, now: datetime) -> None:
    """How long the oldest of each queue has waited; 0 where nobody waits."""
    job = t.job.c
    waiting = {
        "inbox": select(func.min(t.inbox.c.received_at)).where(t.inbox.c.state == "new"),
        "outbox": select(func.min(t.outbox.c.created_at)).where(t.outbox.c.state == "pending"),
        "due_job": select(func.min(job.due_at)).where(
            job.state == "waiting", job.due_at <= now, job.kind.not_in(CHORES)
        ),
        "advice": select(func.min(t.advice.c.made_at)).where(t.advice.c.state.in_(("new", "asked"))),
    }
    oldest = _gauge(registry, "oldest_seconds", "Age of the oldest row that waits", "table")
    for name, query in waiting.items():
        at = (await conn.execute(query)).scalar()
        oldest.labels(name).set((now - at).total_seconds() if at else 0)
    made = (await conn.execute(select(job.payload, job.attempts).where(job.key == "backup"))).one_or_none()
    if made is not None and (at := (made.payload or {}).get("made_at")):
        age = (now - datetime.fromisoformat(at)).total_seconds()
        _gauge(registry, "backup_age_seconds", "Seconds since the last nightly backup").set(age)
    if made is not None:
        _gauge(registry, "backup_failures", "Nightly backups that failed since the last one").set(made.attempts)


async def _geocoders(conn: AsyncConnection, registry: CollectorRegistry) -> None:
    asked = _gauge(registry, "geocoder_asked_today", "Questions put to a geocoder on its last day", "geocoder")
    faults = _gauge(registry, "geocoder_faults", "Faults of a geocoder in a row", "geocoder")
    for row in (await conn.execute(select(t.geocoder))).all():
        asked.labels(row.name).set(row.asked)
        faults.labels(row.name).set(row.faults)
