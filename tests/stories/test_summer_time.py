"""A bureau in a zone with summer time, over both nights of change: what is due by night is done once, and on time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.settings import SECRETS, Settings, build
from tests.sights import moment
from tests.town import BAI, LEADS, QIU, SQUAD, STALL, Town

STEP = timedelta(minutes=40)
NIGHTS = {"the hour that is not": date(2026, 3, 29), "the hour that is twice": date(2026, 10, 25)}
"""In Berlin the clock goes from two to three on the one, from three to two on the other."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration in Berlin, with a digest in the very hour."""
    found: dict[str, Any] = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    found["bureau"]["timezone"] = "Europe/Berlin"
    for group in found["groups"]:
        if group["kind"] == "leads":
            group["digests"] = {"daily": "02:30", "weekly": "off", "monthly": "off"}
    return build(found)


@pytest.fixture
def night(request: pytest.FixtureRequest) -> date:
    """The day whose night it is."""
    return NIGHTS[request.param]


@pytest.fixture
def hour(night: date) -> str:
    """Before the clock changes, and less than two hours before."""
    return f"{night} 01:20"


async def _next_sweep(town: Town) -> datetime:
    """When it will be swept, by the bureau's clock."""
    [row] = await town.rows("SELECT due_at FROM due_job WHERE key = 'sweep'")
    return moment(row["due_at"]).astimezone(town.settings.zone)


@pytest.mark.parametrize("night", list(NIGHTS), indirect=True)
async def test_digest_sweep_and_reminder_come_once_each(town: Town, night: date) -> None:
    """In steps of forty minutes until the second morning: two digests, two sweeps, one word at the deadline."""
    zone = town.settings.zone
    town.says(QIU, STALL)
    await town.taken(BAI)
    await town.quiet()
    [ticket] = await town.tickets()
    assert abs(moment(ticket["deadline_at"]) - moment(ticket["opened_at"]) - timedelta(hours=2)) < timedelta(minutes=1)
    swept = {await _next_sweep(town)}
    for _ in range(int(timedelta(hours=29) / STEP)):
        await town.later(seconds=STEP.total_seconds())
        await town.quiet()
        swept.add(await _next_sweep(town))
        assert max(swept) > town.clock.now()
    nights = [night, night + timedelta(days=1), night + timedelta(days=2)]
    assert sorted(swept) == [datetime.combine(day, time(3), zone) for day in nights]

    brought = await town.rows("SELECT created_at FROM outbox WHERE kind = 'summary' ORDER BY id")
    due = [datetime.combine(day, time(2, 30), zone).astimezone(UTC) for day in nights[:2]]
    assert len(brought) == len(due)
    assert all(at <= moment(row["created_at"]) <= at + STEP for row, at in zip(brought, due, strict=True))
    assert sum("汇总" in words for words in town.texts(LEADS)) == 2

    [told] = await town.rows("SELECT created_at FROM outbox WHERE payload LIKE '%到时限了%'")
    assert timedelta() <= moment(told["created_at"]) - moment(ticket["deadline_at"]) <= STEP
    assert sum("到时限了" in words for words in town.texts(SQUAD)) == 1
