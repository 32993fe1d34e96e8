"""The clock of a ticket: by matter and condition, by whose hours, while it stands still, after the rules changed."""

from pathlib import Path
from typing import Any

import pytest

from bot.settings import SECRETS, Settings, build
from tests.sights import moment
from tests.town import BAI, LEAD, LEADS, QIU, SQUAD, ZHANG, Town

RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"
BARBECUE = "凤鸣路31号门口露天烧烤，油烟呛得睡不着，麻烦来管一下"
COVER_GONE = "凤鸣路36号门口雨水井盖没了，快来人看看"
COVER_CLANKS = "凤鸣路36号门口雨水井盖松动，车一过就咣当响，麻烦修一下"
LAST_YEAR = "日期,安排,说明\n2026-03-03,休,本局迁址\n2026-03-07,班,补班\n"


def changed(settings: Settings, **blocks: Any) -> Settings:
    """The same bureau with other blocks in its file."""
    found: dict[str, Any] = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    found["limits"].pop("default", None)
    return build(found | blocks)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """Office hours with lunch, an evening shift of 三中队 for barbecues, and a day off of the bureau's own."""
    calendar = tmp_path / "calendar.csv"
    calendar.write_text(LAST_YEAR, encoding="utf-8")
    shifts = [{"name": "夜班", "periods": ["18:00-24:00"], "days": "every"}]
    limits = {"06029": {"limit": "2工作时", "shift": "夜班"}, "06010": "4工作时"}
    return changed(settings, hours={"shifts": shifts, "calendar": str(calendar)}, limits=limits)


@pytest.fixture
def hour() -> str:
    """A Monday, ten in the morning; the bureau is closed on the Tuesday."""
    return "2026-03-02 10:00"


async def deadline(town: Town, number: int = 1) -> str:
    """When a ticket is due, by the bureau's clock."""
    [row] = await town.rows("SELECT deadline_at FROM ticket WHERE id = :n", n=number)
    return f"{moment(row['deadline_at']).astimezone(town.settings.zone):%m-%d %H:%M}"


async def test_four_working_hours_wait_for_lunch(town: Town) -> None:
    """Ten to twelve and two to four: the squad's card shows when, and by which rule."""
    town.says(QIU, RUBBISH)
    await town.sees("时限：3月2日16:00（4工作时）", SQUAD)
    assert (await deadline(town)).startswith("03-02 16:0")


async def test_suspended_time_does_not_count(town: Town) -> None:
    """挂账 from eleven on Monday to nine on Wednesday, with a day off in between: six hours of work stood still."""
    town.says(QIU, RUBBISH)
    card = await town.taken()
    await town.later(hours=1)
    await town.clicks(BAI, card, "挂账")
    await town.clicks(BAI, card, "等维修配件")
    await town.quiet()
    await town.later(hours=46)
    assert not any("时限了" in text or "快到" in text for text in town.texts(SQUAD))
    await town.clicks(BAI, card, "恢复办理")
    await town.sees("时限：3月4日14:0", SQUAD)
    town.says(LEAD, "工单 1", chat=LEADS)
    await town.sees("恢复办理 白洋 到3月4日14:0", LEADS)


async def test_limit_is_that_of_the_condition(town: Town) -> None:
    """A cover that is gone is two urgent hours, one that clanks two working days: the table is the example city's."""
    town.says(QIU, COVER_GONE)
    await town.sees("时限：3月2日12:00（2紧急工作时，缺失）", SQUAD)
    town.turn(hours=13)
    town.says(ZHANG, COVER_CLANKS)
    await town.sees("（2天，弹跳）", SQUAD)
    assert await deadline(town, 2) == "03-05 18:00"


@pytest.mark.parametrize("hour", ["2026-03-07 16:30"])
async def test_matter_runs_by_the_evening_shift(town: Town, hour: str) -> None:
    """A barbecue told of on Saturday afternoon is due two hours into the evening."""
    town.says(QIU, BARBECUE)
    await town.sees("时限：3月7日20:00（2工作时，按夜班）", SQUAD)


@pytest.mark.parametrize("hour", ["2026-03-06 17:00"])
async def test_saturday_that_is_worked_counts(town: Town, hour: str) -> None:
    """The bureau's own file says 班: an hour of Friday, and three of Saturday."""
    town.says(QIU, RUBBISH)
    await town.sees("时限：3月7日11:00（4工作时）", SQUAD)


async def test_new_rules_leave_old_tickets_alone(town: Town) -> None:
    """Other hours, other limits: the old ticket keeps its own, also where it is put off; a new one has the new."""
    town.says(QIU, RUBBISH)
    await town.sees("时限：3月2日16:00（4工作时）", SQUAD)
    await town.quiet()
    [before] = await town.rows("SELECT deadline_at, rule FROM ticket")
    await town.stop_bot()
    town.settings = changed(
        town.settings, limits={"06010": "1工作时"}, hours={"periods": ["10:00-11:00"], "hours_a_day": 1}
    )
    await town.start_bot()
    [after] = await town.rows("SELECT deadline_at, rule FROM ticket")
    assert after == before
    town.says(ZHANG, "学院路27号门口垃圾桶倒了一地垃圾，麻烦清一下")
    await town.sees("#2 ")
    assert (await deadline(town, 2)).startswith("03-05 10:0")
    await town.quiet()
    town.says(LEAD, "延期 4工作时 人手不够", chat=SQUAD, reply_to=(await town.sees("#1 ", SQUAD))["message_id"])
    await town.sees("已延期，新时限 3月4日10:0", SQUAD)
    assert len(await town.rows("SELECT mark FROM work_calendar")) == 3
