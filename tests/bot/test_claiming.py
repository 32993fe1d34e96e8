"""Which rows of the outbox go out together."""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.claiming import BESIDE, claim
from bot.database import open_engine
from bot.migrate import migrate
from ledger.store import writing
from models import tables as t
from models.rows import Group, Post
from models.words import GroupKind, PostKind, Priority

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
SQUAD, MERCHANTS = 1, 2
EDITS = 10


async def _outbox(database: str, posts: list[tuple[int, PostKind, int]]) -> AsyncEngine:
    """Rows of these groups, kinds and priorities, in order."""
    engine = open_engine(database)
    await migrate(engine)
    async with writing(engine) as conn:
        groups = [Group(SQUAD, "三中队", GroupKind.SQUAD), Group(MERCHANTS, "凤鸣路", GroupKind.MERCHANTS)]
        await conn.execute(t.group.insert(), [asdict(group) for group in groups])
        rows = [asdict(Post(kind, priority, NOW, group)) for group, kind, priority in posts]
        await conn.execute(insert(t.outbox), rows)
    return engine


async def _claims(engine: AsyncEngine) -> list[list[tuple[int, int]]]:
    """Group and priority of what each claim takes, until nothing is left."""
    found = []
    async with writing(engine) as conn:
        while rows := await claim(conn, NOW, [], 0):
            found.append([(row.group_id, row.priority) for row in rows])
    await engine.dispose()
    return found


@pytest.mark.parametrize("pressing", [Priority.PRESS, Priority.DISPATCH])
async def test_receipt_does_not_wait_until_all_that_is_shown_anew_is_rendered(database: str, pressing: int) -> None:
    """A flood refreshes twenty cards of a squad; beside a receipt of any chat few of them go, the rest right after."""
    edits = [(SQUAD, PostKind.TEXT, Priority.UPDATE)] * EDITS
    first, second = await _claims(await _outbox(database, [*edits, (MERCHANTS, PostKind.TEXT, pressing)]))
    assert first == [(MERCHANTS, pressing), *[(SQUAD, Priority.UPDATE)] * BESIDE]
    assert second == [(SQUAD, Priority.UPDATE)] * (EDITS - BESIDE)


async def test_where_nothing_presses_all_goes_together(database: str) -> None:
    """Twenty of a chat at most."""
    edits = [(SQUAD, PostKind.TEXT, Priority.UPDATE)] * EDITS
    summaries = [(MERCHANTS, PostKind.TEXT, Priority.SUMMARY)] * EDITS
    (all_of_them,) = await _claims(await _outbox(database, [*edits, *summaries]))
    assert sorted(all_of_them) == sorted((group, priority) for group, _, priority in [*edits, *summaries])
