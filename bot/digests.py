"""Sets the rows of the digests as the settings say: one for each group and kind, due until it was brought."""

from datetime import time
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.settings import Settings
from ledger.ledger import Ledger
from ledger.timetable import Timetable
from models import tables as t
from models.digests import Digest, next_due
from models.words import GroupKind

KIND = "digest"


async def appoint(conn: AsyncConnection, ledger: Ledger, settings: Settings, timetable: Timetable) -> None:
    """What is due stays due; another hour is the next one; what is off goes."""
    wanted = dict(_wanted(ledger, settings))
    c = t.job.c
    known = {
        row.key: row for row in (await conn.execute(select(c.key, c.payload, c.state).where(c.kind == KIND))).all()
    }
    await conn.execute(delete(t.job).where(c.kind == KIND, c.key.not_in(wanted)))
    for key, payload in wanted.items():
        row = known.get(key)
        if row is not None and row.payload == payload and row.state == "waiting":
            continue
        due = next_due(Digest(payload["kind"]), time.fromisoformat(payload["at"]), ledger.now, timetable.zone)
        values = {"due_at": due, "payload": payload, "state": "waiting", "attempts": 0}
        if row is None:
            await conn.execute(insert(t.job).values(key=key, kind=KIND, **values))
        else:
            await conn.execute(update(t.job).where(c.key == key).values(**values))


def _wanted(ledger: Ledger, settings: Settings) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for entry in settings.groups:
        group = ledger.group_of(str(entry.chat))
        if group is None or GroupKind(entry.kind) is not GroupKind.LEADS:
            continue
        part = {name: of for name in ("squad", "street") if (of := getattr(entry.digests, name))}
        for kind in Digest:
            at = getattr(entry.digests, kind.value)
            if at:
                payload = {"group": group.id, "kind": kind.value, "at": at} | ({"which": part} if part else {})
                found.append((f"{KIND}:{kind}:{group.id}", payload))
    return found
