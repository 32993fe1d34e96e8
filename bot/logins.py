"""Makes one-time links to the pages as they are sent: written down by their hash alone."""

from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.links import digest_of, fresh_secret
from texts import doors

HOLDS = timedelta(minutes=doors.MINUTES)


async def issue(conn: AsyncConnection, person: int, now: datetime, post: int) -> str:
    """A new secret for a person. Any earlier link of hers opens nothing more."""
    c = t.web_link.c
    earlier = update(t.web_link).where(c.person_id == person, c.state == "open")
    await conn.execute(earlier.values(state="void"))
    secret = fresh_secret()
    row = {"hash": digest_of(secret), "person_id": person, "made_at": now, "ends_at": now + HOLDS, "post_id": post}
    await conn.execute(insert(t.web_link).values(**row, state="open"))
    return secret
