"""What shows a card anew goes out with what was written last, whoever is at the outbox at the same moment."""

import asyncio
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, event, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.claiming import claim
from bot.database import open_engine
from bot.migrate import migrate
from ledger.store import ask_for_edits, writing
from models import tables as t
from models.rows import Card, Group, Person, Ticket
from models.words import CardKind, GroupKind, Menu

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
GIVES_WAY_SECONDS = 0.3


async def _card_with_an_edit_that_waits(database: str) -> AsyncEngine:
    engine = open_engine(database)
    await migrate(engine)
    async with writing(engine) as conn:
        await conn.execute(t.group.insert(), asdict(Group(1, "三中队", GroupKind.SQUAD)))
        await conn.execute(t.person.insert(), asdict(Person(1, "5", "小裘")))
        await conn.execute(t.ticket.insert(), asdict(Ticket(1, 1, "1", 1, NOW, NOW)))
        await conn.execute(t.card.insert(), asdict(Card(1, 1, CardKind.DISPATCH, 1, message="7")))
        await ask_for_edits(conn, [1], NOW)
    return engine


async def _claimed(engine: AsyncEngine) -> list[tuple[Row[Any], str]]:
    """What a courier takes now, with the menu that it would show."""
    async with writing(engine) as conn:
        rows = await claim(conn, NOW, [], 0)
        menus = {row.id: row.menu for row in await conn.execute(t.card.select())}
        return [(row, menus[row.card_id]) for row in rows]


@pytest.mark.parametrize("patience", [0.0, GIVES_WAY_SECONDS])
async def test_courier_that_comes_between_a_change_and_its_end_does_not_show_the_state_of_before(
    database: str, patience: float
) -> None:
    """The press came while an edit of the same card waited: its menu is shown, at once or a moment later."""
    engine = await _card_with_an_edit_that_waits(database)
    async with asyncio.TaskGroup() as courier, writing(engine) as conn:
        await conn.execute(update(t.card).values(menu=Menu.MEANS))
        await ask_for_edits(conn, [1], NOW)
        taking = courier.create_task(_claimed(engine))
        await asyncio.wait([taking], timeout=patience)
    shown = [menu for _, menu in (*taking.result(), *await _claimed(engine))]
    await engine.dispose()
    assert shown == [Menu.MEANS]


async def test_no_change_looks_at_every_open_ticket_for_one_that_may_be_the_same(tmp_path: Path) -> None:
    """With 14,000 open ones that look took 80 ms in every unit of work, twice."""
    engine = open_engine(f"sqlite:///{tmp_path}/one.db")
    await migrate(engine)
    asked: list[tuple[str, Any]] = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *now: asked.append((now[2], now[3])))
    async with writing(engine) as conn:
        await ask_for_edits(conn, [1], NOW)
        plans = [
            str(step.detail)
            for statement, values in asked[-2:]
            for step in await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    await engine.dispose()
    assert any("ix_ticket_perhaps" in step for step in plans)
    assert [step for step in plans if step.startswith("SCAN ticket")] == []
