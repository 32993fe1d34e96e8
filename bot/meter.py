"""What this process counts of its own doings, for Prometheus. Labels are words of the program, never anybody's."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from sqlalchemy import Row

from models.outgoing import End, Outcome, Outgoing
from models.words import PostKind

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
RECEIVED = Counter("qunban_updates_received", "Updates stored in the inbox", registry=REGISTRY)
FETCHES = Counter("qunban_fetches", "Answers of getUpdates, empty ones too", registry=REGISTRY)
FAILURES = Counter("qunban_failures", "Things that failed and are tried again", ["part"], registry=REGISTRY)
EVENTS = Counter("qunban_ticket_events", "Lines of the tickets' histories", ["action"], registry=REGISTRY)
SENDINGS = Counter("qunban_sendings", "Sendings by method and by how they ended", ["method", "end"], registry=REGISTRY)
SECOND = Counter("qunban_second_reader", "What became of questions to the second reader", ["state"], registry=REGISTRY)
GEOCODED = Counter("qunban_geocoder_questions", "Questions to geocoders", ["geocoder", "outcome"], registry=REGISTRY)
ANSWERED = Histogram(
    "qunban_answer_seconds", "Seconds from the receipt of an update to what is sent because of it", ["kind"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600), registry=REGISTRY,
)  # fmt: skip
REMEMBERED = 2000
ANSWERS = frozenset({PostKind.TOAST, PostKind.CARD, PostKind.TEXT, PostKind.ASK})
"""Kinds that somebody waits for; edits are merged, and what is merged has no beginning of its own."""
_BORN: "OrderedDict[datetime, datetime]" = OrderedDict()


def worked(now: datetime, received: Iterable[datetime]) -> None:
    """A unit of work at `now` did what was received then: its sendings are reckoned from the oldest of them."""
    _BORN[now] = min(received, default=now)
    while len(_BORN) > REMEMBERED:
        _BORN.popitem(last=False)


def happened(actions: Iterable[str]) -> None:
    """Lines were written into histories."""
    for action in actions:
        EVENTS.labels(action).inc()


def ended(row: Row[Any], outgoing: Outgoing, outcome: Outcome, now: datetime) -> None:
    """A sending ended."""
    SENDINGS.labels(outgoing.sort.value, outcome.end.value).inc()
    if outcome.end is End.SENT and row.kind in ANSWERS:
        since = _BORN.get(row.created_at, row.created_at)
        ANSWERED.labels(row.kind).observe(max((now - since).total_seconds(), 0))
