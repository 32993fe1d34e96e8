"""The nightly sweep: what has been kept long enough goes, what is younger stays, the figures stand."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import sweeper as sweeping
from bot.database import open_engine
from bot.migrate import migrate
from bot.sweeper import Sweeper
from models import tables as t
from models.numbers import Asked
from models.retention import Retention
from services.figures import figures
from tests.migrations.test_migrations import sample
from tests.sights import moment
from tests.town import JING, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
RUBBISH = "苍梧路33号垃圾桶满了，没人收，麻烦来清一下"


async def standing(town: Town) -> list[Any]:
    """What no sweep may change: the tickets, how they stand, what the figures count."""
    assert town.program is not None
    keep = "id, status, matter, demand, means, round, satisfied, opened_at, closed_at, resolved_at, street, squad"
    rows = await town.rows(f"SELECT {keep} FROM ticket ORDER BY id")  # noqa: S608 - columns of our own
    async with town.program.engine.connect() as conn:
        long_ago, ever = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
        asked = Asked(long_ago, ever, ever, town.settings.zone)
        counted = replace(await figures(conn, asked), places=())  # what a place was called goes with its words
    return [rows, counted]


def files_of(town: Town) -> list[Path]:
    """What lies under data/media."""
    return [file for file in (Path(town.settings.data) / "media").rglob("*") if file.is_file()]


async def test_talk_goes_after_a_week_and_a_closed_ticket_is_emptied_after_two_years(town: Town) -> None:
    """One night after another: talk and raw updates first; the open ticket keeps everything."""
    town.says(JING, "今天的晚霞真好看")
    town.shows(QIU, caption=STALL, colour="#ff0000")
    await town.solved()
    await town.clicks(QIU, await town.button("满意", MERCHANTS), "满意")
    town.says(ZHANG, RUBBISH)
    await town.sees("#2 ")
    assert town.program is not None
    while await town.program.keeper.once():
        pass
    await town.quiet()
    before, lines = await standing(town), await town.rows("SELECT * FROM message")
    assert len(files_of(town)) == 2
    await town.later(days=5)
    assert len(await town.rows("SELECT * FROM message")) == len(lines)
    assert await town.rows("SELECT 1 FROM inbox")

    await town.later(days=4)
    assert not await town.rows("SELECT 1 FROM inbox")
    assert not await town.rows("SELECT 1 FROM message WHERE text LIKE '%晚霞%'")
    assert await town.rows("SELECT 1 FROM message WHERE text = :w", w=STALL)
    assert len(files_of(town)) == 2

    await town.later(days=735)
    await town.quiet()
    first, second = await town.tickets()
    assert (first["words"], first["place"], first["party"], first["near"]) == ("已删除", "", None, None)
    assert first["erased_at"] is not None
    assert second["words"] == RUBBISH
    assert await town.rows("SELECT 1 FROM message WHERE text = :w", w=RUBBISH)
    assert not await town.rows("SELECT 1 FROM message WHERE text = :w", w=STALL)
    assert files_of(town) == []
    assert not await town.rows("SELECT 1 FROM medium WHERE sha256 IS NOT NULL")
    assert await town.rows("SELECT 1 FROM ticket_event WHERE ticket_id = 1 AND action = 'resolve'")
    after = await standing(town)
    assert after[0][0] == before[0][0]
    assert after[1] == before[1]
    await town.later(days=800)
    assert not await town.rows("SELECT 1 FROM ticket_event WHERE ticket_id = 1")
    assert await town.rows("SELECT 1 FROM ticket_event WHERE ticket_id = 2")
    assert (await standing(town))[0][0] == before[0][0]


async def test_ticket_of_long_ago_is_still_worked_on(town: Town) -> None:
    """A month of nights passes over an open ticket: card, proof, result and 满意 work as on the first day."""
    said = town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.later(days=31)
    await town.quiet()
    result = await town.solved()
    await town.clicks(QIU, result, "没解决")
    await town.button("接单", SQUAD)
    town.says(QIU, "就在便利店门口", reply_to=said["message_id"])
    await town.sees("就在便利店门口", SQUAD)


async def test_sweep_was_missed_and_is_caught_up_in_pieces_while_messages_come_in(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Away for ten nights, killed in the middle: it goes on where it was, and who complains meanwhile is heard."""
    monkeypatch.setattr(sweeping, "BATCH", 2)
    for number in range(9):
        town.says(JING, f"今天的晚霞真好看{number}")
    await town.quiet()
    await town.kill_bot()
    town.turn(days=10)
    await town.start_bot()
    assert town.program is not None
    await town.program.sweeper.step()
    await town.kill_bot()
    await town.start_bot()
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.later(minutes=1)
    assert not await town.rows("SELECT 1 FROM message WHERE text LIKE '今天的晚霞%'")
    [job] = await town.rows("SELECT * FROM due_job WHERE kind = 'sweep'")
    assert (job["key"], job["state"]) == ("sweep", "waiting")
    local = moment(job["due_at"]).astimezone(SHANGHAI)
    assert (local.hour, local.minute) == (3, 0)
    assert timedelta() < moment(job["due_at"]) - town.clock.now() <= timedelta(days=1)


async def test_sweep_that_fails_is_tried_again_and_never_dies(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away for an hour must not mean that nothing is ever erased again."""
    assert town.program is not None
    real = town.program.sweeper.step

    async def away() -> None:
        raise OSError("away")

    monkeypatch.setattr(town.program.sweeper, "step", away)
    town.says(JING, "今天的晚霞真好看")
    await town.quiet()
    for _ in range(7):
        town.turn(days=2)
        await town.program.alarm.once()
    [job] = await town.rows("SELECT state, attempts FROM due_job WHERE key = 'sweep'")
    assert job["state"] == "waiting"
    assert job["attempts"] >= 6
    monkeypatch.setattr(town.program.sweeper, "step", real)
    await town.later(minutes=11)
    assert not await town.rows("SELECT 1 FROM message")


async def test_file_that_no_row_knows_goes_and_a_fresh_one_stays(town: Town) -> None:
    """A crash between row and file leaves nothing behind for ever; what the keeper writes just now is not taken."""
    assert town.program is not None
    town.shows(QIU, caption=STALL)
    await town.button("接单", SQUAD)
    while await town.program.keeper.once():
        pass
    [known] = files_of(town)
    lost = known.with_name("0" * 64)
    lost.write_bytes(b"x")
    await town.program.sweeper.step()
    assert set(files_of(town)) == {known, lost}
    await town.later(days=2)
    assert files_of(town) == [known]


async def test_newcomer_who_only_chatted_is_forgotten_and_starts_anew(town: Town) -> None:
    """Her name goes with her last message; officers and shopkeepers of the register keep theirs."""
    town.world.join(MERCHANTS, 8001, "路人甲")
    town.says(8001, "大家好")
    await town.sees_rows("SELECT 1 FROM person WHERE name = '路人甲'")
    await town.later(days=9)
    assert not await town.rows("SELECT 1 FROM person WHERE name = '路人甲'")
    assert not await town.rows("SELECT 1 FROM person WHERE name = '' AND \"user\" NOT LIKE 'gone:%'")
    kept = {row["name"] for row in await town.rows("SELECT name FROM person")}
    assert {"白洋", "邱女士", "静姐"} <= kept
    town.says(8001, RUBBISH)
    await town.sees("#1 ")
    assert (await town.rows("SELECT name FROM person WHERE name = '路人甲'")) != []


# --- by property -----------------------------------------------------------------------------------------------------

DAYS = st.integers(0, 4000)
KEPT = Retention()
AGES = {
    t.inbox: ("received_at", KEPT.raw_days, {"state": "done"}),
    t.outbox: ("created_at", KEPT.outbox_days, {"state": "sent"}),
    t.advice: ("made_at", KEPT.advice_days, {"state": "answered"}),
    t.answer: ("at", KEPT.answer_days, {}),
    t.audit: ("at", KEPT.history_days, {}),
}
"""Tables that hang on nothing: the column of their age, and how long they are kept."""
OLD = {"person": {"name": "某人", "seen_at": NOW - timedelta(days=4000)}}
CLOSED = st.lists(st.tuples(DAYS, st.sampled_from(["service", "enforcement", None]), st.booleans()), max_size=6)


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Each example is a database: a failing one is not made smaller."""


class Standstill:
    """A clock that stands."""

    def now(self) -> datetime:
        """The moment of the test."""
        return NOW


def sweeper_of(engine: AsyncEngine, folder: Path) -> Sweeper:
    """A sweeper that finds what it finds at NOW."""
    return Sweeper(engine, KEPT, SHANGHAI, folder, Standstill())


def aged(table: Table, key: int, days: int, **more: Any) -> dict[str, Any]:
    """A row of that age; keys that must be apart are."""
    column, _, state = AGES[table]
    row = sample(table) | state | {column: NOW - timedelta(days=days)} | more
    own = {"inbox": {"seq": key, "update_id": key}, "geocoder_answer": {"asked": str(key)}}
    own |= {
        "outbox": {"id": key, "dedupe": None, "card_id": None, "ticket_id": None},
        "audit": {"id": key, "ticket_id": None},
    }
    return row | own.get(table.name, {"id": key, "message": f"a{key}"})


async def _filled(conn: AsyncConnection, rows: dict[Table, list[int]], talk: list[int], closed: list[Any]) -> None:
    for table in reversed(t.metadata.sorted_tables):
        await conn.execute(table.delete())
    for table in (t.group, t.person):
        await conn.execute(insert(table).values(**sample(table) | OLD.get(table.name, {})))
    await conn.execute(insert(t.job).values(key="sweep", kind="sweep", due_at=NOW, payload={}, state="waiting"))
    for table, ages in rows.items():
        for key, days in enumerate(ages, 1):
            await conn.execute(insert(table).values(**aged(table, key, days)))
    for key, days in enumerate(talk, 1):
        at = NOW - timedelta(days=days)
        await conn.execute(insert(t.message).values(**sample(t.message) | {"message": f"t{key}", "at": at}))
    for key, (days, means, ended) in enumerate(closed, 1):
        at = NOW - timedelta(days=days)
        fields = {
            "id": key,
            "opens": f"m{key}",
            "means": means,
            "status": "closed" if ended else "on_site",
            "closed_at": at if ended else None,
        }
        fields |= {
            "same_as": None,
            "perhaps": None,
            "recurs": None,
            "erased_at": None,
            "words": f"words {key}",
            "part": 0,
        }
        await conn.execute(insert(t.ticket).values(**sample(t.ticket) | fields))
        await conn.execute(
            insert(t.message).values(**sample(t.message) | {"message": f"m{key}", "at": NOW - timedelta(days=4000)})
        )
        await conn.execute(insert(t.link).values(ticket_id=key, group_id=1, message=f"m{key}", act="opening"))
        await conn.execute(
            insert(t.medium).values(**sample(t.medium) | {"id": key, "message": f"m{key}", "sha256": f"{key}"})
        )


def over(days: int, means: str | None, ended: bool) -> bool:
    """What the rule says of a ticket."""
    return ended and days > (KEPT.case_days if means == "enforcement" else KEPT.ticket_days)


async def _check(url: str, folder: Path, rows: dict[Table, list[int]], talk: list[int], closed: list[Any]) -> None:
    engine = open_engine(url)
    try:
        async with engine.begin() as conn:
            await _filled(conn, rows, talk, closed)
        sweeper = sweeper_of(engine, folder)
        for _ in range(2):
            for _turn in range(200):
                await sweeper.step()
                async with engine.begin() as conn:
                    due = (await conn.execute(select(t.job.c.due_at).where(t.job.c.key == "sweep"))).scalar_one()
                if due > NOW:
                    break
            else:
                raise AssertionError("the sweep finds no end")
            async with engine.begin() as conn:
                await _compare(conn, rows, talk, closed)
                await conn.execute(t.job.update().values(due_at=NOW))
    finally:
        await engine.dispose()


async def _compare(conn: AsyncConnection, rows: dict[Table, list[int]], talk: list[int], closed: list[Any]) -> None:
    for table, ages in rows.items():
        kept = [days for days in ages if days <= AGES[table][1]]
        assert (await conn.execute(select(func.count()).select_from(table))).scalar_one() == len(kept), table.name
    lines = set((await conn.execute(select(t.message.c.message))).scalars())
    young = {f"t{key}" for key, days in enumerate(talk, 1) if days <= KEPT.talk_days}
    held = {key for key, ticket in enumerate(closed, 1) if not over(*ticket)}
    assert lines == young | {f"m{key}" for key in held}
    assert set((await conn.execute(select(t.medium.c.id))).scalars()) == held
    c = t.ticket.c
    tickets = {row.id: row for row in (await conn.execute(select(c.id, c.status, c.words, c.erased_at))).all()}
    assert {key: row.status for key, row in tickets.items()} == {
        key: "closed" if ended else "on_site" for key, (_, _, ended) in enumerate(closed, 1)
    }
    for key, row in tickets.items():
        assert (row.words, row.erased_at is None) == ((f"words {key}", True) if key in held else ("已删除", False))
    named = (await conn.execute(select(t.person.c.name))).scalar_one()
    assert bool(named) == bool(held or young)


async def _migrated(url: str) -> None:
    engine = open_engine(url)
    try:
        await migrate(engine)
    finally:
        await engine.dispose()


def test_nothing_younger_goes_and_everything_older_does(database: str, tmp_path: Path) -> None:
    """Whatever ages there are; the tickets and their states stay, and a second sweep does nothing."""
    asyncio.run(_migrated(database))
    ages = st.fixed_dictionaries({table: st.lists(DAYS, max_size=5) for table in AGES})

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
    @given(ages, st.lists(DAYS, max_size=5), CLOSED)
    def holds(rows: dict[Table, list[int]], talk: list[int], closed: list[Any]) -> None:
        asyncio.run(_check(database, tmp_path, rows, talk, closed))

    holds()
