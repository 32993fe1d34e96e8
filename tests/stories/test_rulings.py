"""What leads decide beside the deadline: which condition of its matter it is, and that it is void; when each hears."""

from datetime import timedelta
from typing import Any

import pytest

from bot.settings import SECRETS, Settings, build
from tests.sights import labels, moment
from tests.town import BAI, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

LOOSE = "凤鸣路36号门口井盖松动，车一压就响，麻烦来修"
LOOSE_TOO = "苍梧路9号门口井盖松动，一压就响，麻烦来修"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration by the table's limits; the leads hear at twice the limit, the bureau at four times."""
    found: dict[str, Any] = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    del found["limits"]["default"]
    found["escalation"] = {"quiet": "off", "lead_at": 2, "bureau_at": 4}
    return build(found)


@pytest.fixture
def hour() -> str:
    """A Monday morning."""
    return "2026-03-02 09:00"


async def rule_of(town: Town, number: int) -> Any:
    """By what its deadline was reckoned, and the deadline."""
    [row] = await town.rows("SELECT rule, deadline_at FROM ticket WHERE id = :n", n=number)
    return str(row["rule"]), moment(row["deadline_at"])


async def test_lead_says_which_condition_it_is(town: Town) -> None:
    """弹跳 becomes 沉陷: the deadline by that one's limit, a line of history, and nothing of any other ticket."""
    for who, words in ((QIU, LOOSE), (ZHANG, LOOSE_TOO)):
        town.says(who, words)
    await town.sees("#2 ")
    await town.taken()
    other, (_, was) = await rule_of(town, 2), await rule_of(town, 1)
    card = await town.looked_up("改情形")
    assert "2天，弹跳" in card["text"]
    assert await town.clicks(BAI, card, "改情形") == "这个按钮不归您按，谢谢"
    assert await town.clicks(LEAD, card, "改情形") == "选一下是哪种情形"
    assert await town.clicks(LEAD, card, "弹跳") == "现在就是按这种情形算的"
    assert await town.clicks(LEAD, card, "沉陷 5天") == "已改情形，时限已重算"
    await town.sees("情形改为“沉陷 5天”，新时限 3月9日09:0", SQUAD)
    await town.quiet()
    rule, deadline = await rule_of(town, 1)
    assert "沉陷" in rule
    assert deadline == was + timedelta(days=5), "three working days more, with a weekend between"
    assert await rule_of(town, 2) == other
    assert labels(town.world.chats[LEADS].messages[card["message_id"]]) == ["延期", "先不催", "改情形", "作废"]
    town.says(LEAD, "工单 1", chat=LEADS)
    await town.sees("改情形 朱明忠 沉陷 5天 到3月9日09:0", LEADS)


async def test_condition_by_hand_holds_in_the_next_round(town: Town) -> None:
    """没解决: the new clock runs by what the lead said, not by the words."""
    town.says(QIU, LOOSE)
    await town.taken()
    card = await town.looked_up("改情形")
    await town.clicks(LEAD, card, "改情形")
    await town.clicks(LEAD, card, "沉陷")
    await town.quiet()
    squad = await town.button("到场", SQUAD)
    await town.clicks(BAI, squad, "到场")
    await town.finishes(BAI, squad, "服务")
    result = await town.sees("已办结（服务）")
    await town.clicks(QIU, result, "没解决")
    await town.sees("第2次", SQUAD)
    await town.quiet()
    rule, deadline = await rule_of(town, 1)
    assert "沉陷" in rule
    assert timedelta(days=6, hours=23) < deadline - town.clock.now() < timedelta(days=7)


async def test_lead_voids_what_a_squad_has(town: Town) -> None:
    """作废 under the card, with a reason that is pressed: everybody's card says so; an officer may not."""
    town.says(QIU, STALL)
    await town.taken()
    card = await town.looked_up("作废")
    assert await town.clicks(BAI, card, "作废") == "这个按钮不归您按，谢谢"
    assert await town.clicks(LEAD, card, "作废") == "请选原因，或回复卡片写明"
    assert await town.clicks(LEAD, card, "返回") == ""
    await town.clicks(LEAD, card, "作废")
    assert await town.clicks(LEAD, card, "重复工单") == "已作废"
    await town.sees("已撤销：重复工单", MERCHANTS)
    await town.sees("已作废", SQUAD)
    await town.quiet()
    assert labels(town.world.chats[LEADS].messages[card["message_id"]]) == []
    assert await town.history(moves=True) == ["dispatch", "accept", "void"]


async def test_lead_voids_by_reply_and_must_say_why(town: Town) -> None:
    """「作废」 alone is asked back; an officer is told what he can do; the reason stands in the history."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    town.says(BAI, "作废 不想去", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("作废由队长定；不该办的请按退回写明原因", SQUAD)
    town.says(LEAD, "作废", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("请写明原因", SQUAD)
    assert (await town.ticket())["status"] == "dispatched"
    town.says(LEAD, "作废：摊主已自行离开", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("已撤销：摊主已自行离开", MERCHANTS)
    await town.quiet()
    assert [(row["status"], row["reason"]) for row in await town.tickets()] == [("void", "摊主已自行离开")]


async def test_reason_for_voiding_is_written_under_the_card(town: Town) -> None:
    """The menu is open: what the lead replies is the reason, and no order to the squad."""
    town.says(QIU, STALL)
    await town.taken()
    card = await town.looked_up("作废")
    await town.clicks(LEAD, card, "作废")
    town.says(LEAD, "现场看过，没有这回事", chat=LEADS, reply_to=card["message_id"])
    await town.sees("已撤销：现场看过，没有这回事", MERCHANTS)
    await town.quiet()
    assert not any("督办" in text for text in town.texts(SQUAD))


async def test_leads_and_bureau_hear_when_the_settings_say(town: Town) -> None:
    """Twice the limit and four times it, and the word says so."""
    town.says(QIU, STALL)
    await town.taken()
    await town.later(hours=3, minutes=59)
    await town.quiet()
    assert town.by_bot(LEADS) == []
    await town.later(minutes=2)
    await town.sees("已超期，三中队，白洋在办", LEADS)
    await town.later(hours=3, minutes=58)
    await town.quiet()
    assert len(town.by_bot(LEADS)) == 1
    await town.later(minutes=2)
    await town.sees("已到时限的4倍", LEADS)
