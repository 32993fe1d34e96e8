"""The digests: posted to their group when they are due, once, and the next one set."""

from datetime import datetime, time, timedelta
from typing import Any

from ledger.work import Work
from models.digests import Digest, last_due, next_due, span_of
from models.rows import Group, Job, Post
from models.words import PostKind, Priority
from texts import watching

LATE = timedelta(minutes=10)
"""Whoever wants a digest at night by the settings gets it at night; one that comes later than it should does not."""


def bring(work: Work, job: Job) -> None:
    """Of those that were missed only the last is brought; by night none is, it waits for the morning."""
    group = work.ledger.groups.get(job.payload.get("group"))
    if group is None:
        return
    morning = work.rules.time.quiet_until(work.now)
    kind, hour = Digest(job.payload["kind"]), time.fromisoformat(job.payload["at"])
    due = last_due(kind, hour, work.now, work.rules.zone)
    if morning is not None and work.now - due > LATE:
        work.ledger.schedule(Job(job.key, job.kind, morning, None, job.payload))
        return
    _post(work, group, kind, due, job.payload.get("which", {}))
    work.ledger.schedule(Job(job.key, job.kind, next_due(kind, hour, work.now, work.rules.zone), None, job.payload))


def _post(work: Work, group: Group, kind: Digest, due: datetime, which: dict[str, str]) -> None:
    """The figures themselves are reckoned when it is sent, as for /summary; a week and a month come on paper too."""
    zone = work.rules.zone
    start, end = span_of(kind, due, zone)
    earlier = span_of(kind, start, zone)
    payload = {
        "from": start.isoformat(), "to": end.isoformat(), "before": [at.isoformat() for at in earlier],
        "name": watching.digest_name(kind, start, end, zone), "against": watching.BEFORE[kind], "digest": kind,
        "which": which, "called": list(which.values()),
    }  # fmt: skip
    _send(work, group, PostKind.SUMMARY, f"digest:{kind}:{group.id}:{due:%Y%m%d}", payload)
    if kind is not Digest.DAILY:
        _send(work, group, PostKind.REPORT, f"report:{kind}:{group.id}:{due:%Y%m%d}", payload)


def _send(work: Work, group: Group, kind: PostKind, key: str, payload: dict[str, Any]) -> None:
    work.ledger.post(Post(kind, Priority.SUMMARY, work.now, group.id, None, None, key, payload))
