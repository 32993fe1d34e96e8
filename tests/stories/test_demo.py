"""`qunban demo --year`: a city's year to try everything on, in an empty database alone."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot import doctor, summaries
from bot.database import open_engine
from bot.demo.filling import Wish, fill_year
from bot.errors import SettingsRefused
from bot.settings import Settings, build
from bot.summaries import Wanted
from models import tables as t
from models.moves import Action
from tests.printed import printed
from tests.town import LEADS, ZHOU, Town, city_config

TICKETS = 150
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)  # noqa: TID251 - the year before this hour
WISH = Wish(TICKETS, 721, NOW)
THEN = datetime(2026, 3, 2, 3, tzinfo=UTC)
"""Always the same year: what is rare in it is there or not by chance."""


@pytest.fixture
def city(database: str, tmp_path: Path) -> Settings:
    """The shipped city on an empty database."""
    return build({**city_config(), "database": database, "data": str(tmp_path / "data")})


async def test_a_year_is_filled_that_all_the_rest_works_on(city: Settings, tmp_path: Path) -> None:
    """Nothing is amiss in it; figures, workbook and report are made of it; chats and leads go on from there."""
    heard: list[int] = []
    rows = await fill_year(city, WISH, heard.append)
    assert rows["ticket"] == sum(heard) == TICKETS
    told = await doctor.examine(city, None, repair=False)
    assert told.sound, told.lines
    shown = await summaries.text(city, Wanted("今年"))
    assert "721：服务" in shown
    await summaries.export(city, Wanted("今年"), tmp_path / "y.xlsx", heard.append, heard.append)
    assert openpyxl.load_workbook(tmp_path / "y.xlsx", read_only=True).sheetnames == ["工单", "办理记录"]
    await summaries.report(city, (False, None), {}, tmp_path / "m.pdf")
    assert printed((tmp_path / "m.pdf").read_bytes()).says("工作报告")
    town = Town(city)
    await town.open()
    try:
        town.says(ZHOU, "/summary 今年", LEADS)
        assert "新开" in str(await town.sees("今年", chat=LEADS))
    finally:
        await town.shut()


async def test_everything_that_happens_in_a_city_is_in_it(city: Settings) -> None:
    """Every verb of a ticket's life, photos, ratings; and a second year is refused in a plain sentence."""
    await fill_year(city, Wish(700, 5, THEN), lambda _: None)
    engine = open_engine(city.database)
    async with engine.connect() as conn:
        done = set((await conn.execute(select(t.event.c.action).distinct())).scalars())
        c = t.ticket.c
        counted = [func.count(column.distinct()) for column in (c.squad, c.street, c.grid)]
        counted += [func.count(c.same_as), func.count(c.recurs), func.count().filter(c.deadline_at < c.resolved_at)]
        squads, streets, grids, merged, again, late = (await conn.execute(select(*counted))).one()
        load = [n for _, n in (await conn.execute(select(c.squad, func.count()).group_by(c.squad))).all()]
        kept = (await conn.execute(select(func.count()).where(t.medium.c.state == "kept"))).scalar_one()
    await engine.dispose()
    assert {*map(str, Action), "recur", "remind", "photo", "note", "chaser", "join"} - done <= {"release", "split"}
    assert (squads, streets) == (6, 6)
    assert max(load) >= 1.5 * min(load), "some squads are busier than others"
    assert grids > 40
    assert min(merged, again, late, kept) >= 10
    with pytest.raises(SettingsRefused, match="数据库里已经有东西了，演示城市只填进空的"):
        await fill_year(city, WISH, lambda _: None)


async def test_the_same_seed_is_the_same_year(tmp_path: Path) -> None:
    """Row by row; another seed is another."""
    found = []
    for number, seed in enumerate((1, 1, 2)):
        database = f"sqlite:///{tmp_path}/{number}.db"
        city = build({**city_config(), "database": database, "data": str(tmp_path / "data")})
        await fill_year(city, Wish(60, seed, NOW), lambda _: None)
        engine = open_engine(database)
        async with engine.connect() as conn:
            found.append([(await conn.execute(select(table))).all() for table in (t.ticket, t.event, t.message, t.job)])
        await engine.dispose()
    assert found[0] == found[1]
    assert found[0] != found[2]


async def test_a_real_bots_chats_are_left_alone(tmp_path: Path) -> None:
    """Where there is a token, nothing is filled in; nor where the settings have no squad."""
    given = {**city_config(), "database": f"sqlite:///{tmp_path}/q.db", "data": str(tmp_path / "data")}
    real = build(given).model_copy(update={"token": SecretStr("1:x")})
    with pytest.raises(SettingsRefused, match="真的机器人"):
        await fill_year(real, WISH, lambda _: None)
    with pytest.raises(SettingsRefused, match="见 examples"):
        await fill_year(build({**given, "groups": given["groups"][:0], "people": []}), WISH, lambda _: None)
