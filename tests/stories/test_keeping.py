"""How long what is kept is the bureau's to say: its terms are obeyed by the sweep and told by /privacy."""

import pytest

from bot.settings import Settings
from tests.town import JING, Town
from tests.upkeep.test_dead import broken_in_one


async def test_bureaus_own_terms_are_obeyed_and_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Talk for four days, what cannot be read for two: gone then and not before, and /privacy says so."""
    terms = settings.retention.model_copy(update={"talk_days": 4, "raw_days": 2, "dead_days": 2})
    town = Town(settings.model_copy(update={"retention": terms}))
    await town.open()
    try:
        await broken_in_one(town, monkeypatch)
        town.says(JING, "今天的晚霞真好看")
        await town.quiet()
        await town.later(days=1.5)
        assert await town.rows("SELECT 1 FROM inbox WHERE state = 'dead'")
        await town.later(days=1.5)
        assert not await town.rows("SELECT 1 FROM inbox WHERE state = 'dead'")
        assert await town.rows("SELECT 1 FROM message WHERE text LIKE '%晚霞%'")
        await town.later(days=2.5)
        assert not await town.rows("SELECT 1 FROM message WHERE text LIKE '%晚霞%'")
        town.says(JING, "/privacy", chat=JING)
        rules = await town.sees("与工单无关的消息：4天", JING)
        assert "读不了的2天" in rules["text"]
    finally:
        await town.shut()
