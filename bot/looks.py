"""Files of tickets bear the names of those who told of them: each is written down before the file is given away."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database import reading
from ledger.store import writing
from models import tables as t
from models.numbers import NUMBERS, Asked
from models.words import Looked


async def exported(engine: AsyncEngine, asked: Asked, actor: int | None, now: datetime) -> None:
    """A row for each reporter; `actor` is nobody where the file is made on the command line."""
    c = t.ticket.c
    here = NUMBERS["opened"].conditions(asked)
    first = select(c.reporter_id).where(*here)
    told = select(t.reporter.c.person_id).where(t.reporter.c.ticket_id.in_(select(c.id).where(*here)))
    async with reading(engine).connect() as conn:
        people = set((await conn.execute(first.union(told))).scalars()) - {actor, None}
    rows = [{"at": now, "actor_id": actor, "person_id": one, "what": Looked.SHEET} for one in sorted(people)]
    async with writing(engine) as conn:
        if rows:
            await conn.execute(insert(t.audit), rows)
