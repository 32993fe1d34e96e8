"""What leads do at the desk stands on the cards in the chats."""

import pytest

from bot.settings import Settings
from tests.sights import labels
from tests.squads import SECOND, two_squads
from tests.stories.test_one_matter import joined
from tests.town import BAI, JING, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, SUN, Json, Town
from tests.web.conftest import Enters


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with 二中队 beside 三中队, and a lead of everything."""
    return two_squads(settings, {SUN: "二中队", LEAD: None})


def now(town: Town, card: Json) -> Json:
    """A message as it stands there now."""
    found: Json = town.world.chats[card["chat"]["id"]].messages[card["message_id"]]
    return found


async def test_lead_sends_on_what_an_officer_gave_back(town: Town, enters: Enters) -> None:
    """The page offers it first, the other squad gets its card, the leads' card has no buttons any more."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.clicks(BAI, card, "退回")
    await town.clicks(BAI, card, "不在辖区")
    triage = await town.button("二中队", LEADS)
    assert "派给哪个中队" in triage["text"]
    await town.quiet()
    assert [ticket["status"] for ticket in await town.tickets()] == ["opened"]
    one = await enters(LEAD)
    assert "<details open><summary>派给中队" in await one.opens("/tickets/1")
    assert "派好了" in await one.sends("/tickets/1/assign", squad="二中队")
    given = await town.button("接单", SECOND)
    assert "#1 占道经营" in given["text"]
    await town.quiet()
    assert labels(now(town, triage)) == []
    assert "派给哪个中队" not in now(town, triage)["text"]
    assert labels(now(town, card)) == []
    assert await town.history(moves=True) == ["dispatch", "give_back", "dispatch"]
    assert await town.clicks(SUN, given, "接单") == "已接单，路上注意安全"


async def test_card_follows_a_longer_deadline(town: Town, enters: Enters) -> None:
    """The squad's card shows the new one, and the squad hears of it."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    before, buttons = now(town, card)["text"], labels(card)
    one = await enters(LEAD)
    await one.opens("/tickets/1")
    await one.sends("/tickets/1/extend", amount="1工作日", reason="等配件")
    told = await town.sees("已延期，新时限 ", SQUAD)
    await town.quiet()
    deadline = told["text"].split("新时限 ")[1].split("。")[0]
    assert deadline in now(town, card)["text"]
    assert deadline not in before
    assert labels(now(town, card)) == buttons


async def test_cards_follow_a_split(town: Town, enters: Enters) -> None:
    """The first is hers alone again, the other has a card and a receipt of its own."""
    await joined(town)
    [card] = [m for m in town.by_bot(SQUAD) if labels(m)]
    assert "等2人" in card["text"]
    one = await enters(LEAD)
    await one.opens("/tickets/2")
    assert "已拆出来" in await one.sends("/tickets/2/split")
    await town.sees("#2 占道经营", SQUAD)
    await town.quiet()
    cards = [m for m in town.by_bot(SQUAD) if "接单" in labels(m)]
    assert [m["text"].split()[0].lstrip("🆕") for m in cards] == ["#1", "#2"]
    assert "等2人" not in now(town, card)["text"]
    receipt = await town.sees("#2 占道经营", MERCHANTS)
    assert receipt["reply_to_message"]["from"]["id"] == JING
