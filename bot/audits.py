"""`qunban audit`: who looked at whose data, newest first."""

from datetime import datetime

from sqlalchemy import or_, select

from bot.database import open_engine
from bot.migrate import migrate
from bot.settings import Settings
from models import tables as t
from models.words import Looked
from texts.privacy import looked, machine, nobody


async def lines(settings: Settings, person: str | None, since: datetime | None) -> list[str]:
    """A line for each look; `person` is an id of the channel or a name, `since` aware."""
    seer, seen = t.person.alias("seer"), t.person.alias("seen")
    c = t.audit.c
    query = (
        select(c.at, c.what, c.ticket_id, seer.c.name.label("seer"), seen.c.name.label("seen"), seen.c.user)
        .outerjoin(seer, seer.c.id == c.actor_id)
        .join(seen, seen.c.id == c.person_id)
        .order_by(c.id.desc())
    )
    if person is not None:
        query = query.where(or_(seen.c.user == person, seen.c.name == person))
    if since is not None:
        query = query.where(c.at >= since)
    engine = open_engine(settings.database)
    try:
        await migrate(engine)
        async with engine.execution_options(reads_only=True).connect() as conn:
            rows = (await conn.execute(query)).all()
    finally:
        await engine.dispose()
    told = [
        looked(
            row.at.astimezone(settings.zone),
            machine() if row.seer is None else row.seer,
            Looked(row.what),
            f"{row.seen}（{row.user}）",
            row.ticket_id,
        )
        for row in rows
    ]
    return told or [nobody()]
