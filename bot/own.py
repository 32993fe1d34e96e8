"""What is kept of one person, for herself: a file that every phone opens, JSON inside, and her pictures after it."""

import json
from collections import defaultdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.rows import Job
from models.words import PostKind, Priority

NAME = "my-data.txt"
ALBUM = 10
"""Telegram brings so many pictures together."""
KEPT_OF_A_TICKET = ("id", "status", "demand", "matter", "words", "place", "party", "lat", "lon", "outcome")
KEPT_OF_A_MESSAGE = ("text", "lat", "lon", "venue", "pictured", "spoken")


async def due(conn: AsyncConnection, job: Job, now: datetime) -> None:
    """给我一份: a row of the outbox for the file, and one for each ten pictures."""
    common = {"priority": Priority.SUMMARY, "created_at": now, "attempts": 0, "state": "pending"}
    common |= {"group_id": job.payload["group"]}
    person: int = job.payload["person"]
    albums = [{"from": group, "messages": some} for group, some in await _albums(conn, person)]
    rows = [common | {"kind": PostKind.EXPORT, "payload": {"person": person}}]
    rows += [common | {"kind": PostKind.PHOTOS, "payload": album} for album in albums]
    await conn.execute(insert(t.outbox), rows)


async def file(conn: AsyncConnection, person_id: int, zone: ZoneInfo) -> bytes:
    """The file, as things stand now."""
    return json.dumps(await kept(conn, person_id, zone), ensure_ascii=False, indent=1).encode("utf-8", "replace")


async def _albums(conn: AsyncConnection, person_id: int) -> list[tuple[int, list[str]]]:
    """Messages of hers that bear pictures, by group, in bundles for an album."""
    m, kinds = t.message.c, ("photo", "video")
    pictured = exists().where(
        t.medium.c.group_id == m.group_id, t.medium.c.message == m.message, t.medium.c.kind.in_(kinds)
    )
    query = select(m.group_id, m.message).where(m.person_id == person_id, pictured).order_by(m.group_id, m.at)
    found: dict[int, list[str]] = defaultdict(list)
    for group, message in (await conn.execute(query)).all():
        found[group].append(message)
    return [
        (group, messages[at : at + ALBUM]) for group, messages in found.items() for at in range(0, len(messages), ALBUM)
    ]


async def kept(conn: AsyncConnection, person_id: int, zone: ZoneInfo) -> dict[str, Any]:
    """Her reports, messages, roles, shop, and when who of the staff looked at her words; newest first."""
    person = (await conn.execute(select(t.person).where(t.person.c.id == person_id))).one()
    a, r, s = t.audit.c, t.role.c, t.shop.c
    roles = (await conn.execute(select(r.role, r.squad).where(r.person_id == person_id))).all()
    shops = (await conn.execute(select(s.name, s.address).where(s.person_id == person_id))).all()
    looks = (await conn.execute(select(a.at, a.what).where(a.person_id == person_id).order_by(a.id.desc()))).all()
    return {
        "name": person.name,
        "user": person.user,
        "language": person.language,
        "roles": [dict(row._mapping) for row in roles],  # noqa: SLF001 - SQLAlchemy's way to a row's columns
        "shops": [dict(row._mapping) for row in shops],  # noqa: SLF001 - as above
        "tickets": await _tickets(conn, person_id, zone),
        "messages": await _messages(conn, person_id, zone),
        "looked_at": [{"at": _local(row.at, zone), "what": row.what} for row in looks],
    }


async def _tickets(conn: AsyncConnection, person_id: int, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Those that she told of; the words only where they are hers."""
    c = t.ticket.c
    told = select(t.reporter.c.ticket_id).where(t.reporter.c.person_id == person_id)
    rows = (await conn.execute(select(t.ticket).where(c.id.in_(told)).order_by(c.id.desc()))).all()
    return [
        {"opened_at": _local(row.opened_at, zone)}
        | {
            name: getattr(row, name)
            for name in KEPT_OF_A_TICKET
            if row.reporter_id == person_id or name not in {"words", "outcome"}
        }
        for row in rows
    ]


async def _messages(conn: AsyncConnection, person_id: int, zone: ZoneInfo) -> list[dict[str, Any]]:
    m = t.message.c
    media = select(func.count()).where(t.medium.c.group_id == m.group_id, t.medium.c.message == m.message)
    query = (
        select(t.message, t.group.c.name.label("chat"), media.scalar_subquery().label("files"))
        .join(t.group, t.group.c.id == m.group_id)
        .where(m.person_id == person_id)
        .order_by(m.at.desc())
    )
    rows = (await conn.execute(query)).all()
    return [
        {"at": _local(row.at, zone), "chat": row.chat, "files": row.files}
        | {name: value for name in KEPT_OF_A_MESSAGE if (value := getattr(row, name))}
        for row in rows
    ]


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
