"""Who hears what when a deadline nears and passes: by day, at night, after a pause, and where a lead wants it so."""

from datetime import timedelta
from typing import Any

import pytest

from bot.settings import SECRETS, Settings, build
from tests.sights import labels, moment
from tests.town import BAI, JING, LEAD, LEADS, QIU, SQUAD, STALL, ZHANG, Town

BUREAU = -1003009
SECOND_STALL = "瀛洲路70号门口有货车路边卖水果，把路堵了，麻烦来管一下"
THIRD_STALL = "学院路27号门口有人摆摊卖菜，人行道都堵了，麻烦来管一下"
DANGER = "凤鸣路36号门口井盖没了，太危险，快来人修"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with its quiet night, and a chat of the bureau's own."""
    found: dict[str, Any] = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    off = {"daily": "off", "weekly": "off", "monthly": "off"}
    found["groups"].append({"chat": BUREAU, "name": "局值班群", "kind": "leads", "digests": off})
    del found["limits"]["default"]
    found["escalation"] = {"quiet": "22:00-07:00", "bureau": BUREAU}
    return build(found)


@pytest.fixture
def hour() -> str:
    """A Monday morning."""
    return "2026-03-02 09:00"


async def test_each_hears_in_turn_and_once(town: Town) -> None:
    """The officer by name before the deadline, the squad at it, the leads at 1.5 times the limit, the bureau at 3."""
    town.says(QIU, STALL)
    await town.taken()
    await town.quiet()
    before = len(town.by_bot(SQUAD))
    await town.later(minutes=91)
    await town.sees("白洋，#1 占道经营 快到时限", SQUAD)
    await town.later(minutes=30)
    await town.sees("到时限了", SQUAD)
    await town.quiet()
    assert town.by_bot(LEADS) == []
    await town.later(minutes=60)
    await town.sees("已超期，三中队，白洋在办", LEADS)
    await town.quiet()
    assert town.by_bot(BUREAU) == []
    await town.later(minutes=181)
    late = await town.sees("已到时限的3倍", BUREAU)
    assert labels(late) == ["延期", "先不催", "作废"]
    await town.later(hours=200)
    await town.quiet()
    assert len(town.by_bot(SQUAD)) == before + 2
    assert [len(town.by_bot(chat)) for chat in (LEADS, BUREAU)] == [1, 1]


async def test_ticket_without_a_squad_is_the_leads_own_and_not_the_bureaus(town: Town) -> None:
    """Given back, it is triaged by the leads, and they are reminded of it; the bureau's chat decides nothing."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.clicks(BAI, card, "退回")
    await town.clicks(BAI, card, "不在辖区")
    await town.button("作废", LEADS)
    await town.quiet()
    assert town.by_bot(BUREAU) == []


@pytest.mark.parametrize("hour", ["2026-03-02 21:30"])
async def test_night_is_quiet_and_morning_says_it_once(town: Town, hour: str) -> None:
    """Three deadlines pass at night: nobody is disturbed, and at seven each chat reads one message of three lines."""
    for who, words in ((QIU, STALL), (7009, SECOND_STALL), (7012, THIRD_STALL)):
        town.says(who, words)
    await town.sees("#3 ")
    await town.quiet()
    seen = {chat: len(town.by_bot(chat)) for chat in (SQUAD, LEADS, BUREAU)}
    for _ in range(9):
        await town.later(hours=1)
    await town.quiet()
    assert {chat: len(town.by_bot(chat)) for chat in seen} == seen
    await town.later(minutes=31)
    told = await town.sees("时限提醒，3件", SQUAD)
    await town.sees("时限提醒，3件", LEADS)
    late = await town.sees("时限提醒，3件", BUREAU)
    assert [line.split()[0] for line in told["text"].splitlines()[1:4]] == ["#1", "#2", "#3"]
    assert "到时限了（时限 3月2日23:" in told["text"]
    assert late["text"].count("已到时限的3倍") == 3
    await town.later(hours=30)
    await town.quiet()
    assert {chat: len(town.by_bot(chat)) - count for chat, count in seen.items()} == dict.fromkeys(seen, 1)


@pytest.mark.parametrize("hour", ["2026-03-02 23:00"])
async def test_what_is_urgent_disturbs_the_night(town: Town, hour: str) -> None:
    """A manhole without its cover is told of at once."""
    town.says(ZHANG, DANGER)
    await town.sees("#1 ")
    assert (await town.ticket())["urgent"]
    await town.later(hours=2, minutes=1)
    await town.sees("到时限了", SQUAD)


async def test_bot_was_away_for_days_and_does_not_flood(town: Town) -> None:
    """All that fell due meanwhile comes in one message a chat."""
    for who, words in ((QIU, STALL), (7009, SECOND_STALL), (7012, THIRD_STALL)):
        town.says(who, words)
    await town.sees("#3 ")
    await town.quiet()
    seen = {chat: len(town.by_bot(chat)) for chat in (SQUAD, LEADS, BUREAU)}
    await town.stop_bot()
    town.turn(hours=73)
    await town.start_bot()
    await town.sees("时限提醒，3件", BUREAU)
    await town.sees("时限提醒，3件", SQUAD)
    await town.quiet()
    assert {chat: len(town.by_bot(chat)) - count for chat, count in seen.items()} == dict.fromkeys(seen, 1)


async def test_lead_leaves_it_alone_with_a_reason(town: Town) -> None:
    """先不催 under his card: the leads hear nothing until then; the bureau does, and reads why."""
    town.says(QIU, STALL)
    await town.taken()
    await town.later(hours=3, minutes=1)
    card = await town.sees("已超期", LEADS)
    assert await town.clicks(BAI, card, "先不催") == "这个按钮不归您按，谢谢"
    assert await town.clicks(LEAD, card, "先不催") == "选一个，或回复卡片写明"
    assert await town.clicks(LEAD, card, "3天") == "请选原因，或回复卡片写明"
    assert await town.clicks(LEAD, card, "已约好时间") == "好的，先不催"
    await town.sees("先不催到 3月5日12:0", LEADS)
    await town.quiet()
    await town.later(hours=4)
    told = await town.sees("已到时限的3倍", BUREAU)
    assert "先不催到 3月5日12:0" in told["text"]
    assert len(town.by_bot(LEADS)) == 1
    assert await town.clicks(LEAD, card, "恢复提醒") == "已恢复提醒"
    await town.button("先不催", LEADS)
    assert [verb for verb in await town.history() if verb in {"snooze", "calm"}] == ["snooze", "calm"]


async def test_lead_leaves_it_alone_by_reply_before_it_is_late(town: Town) -> None:
    """「先不催 3小时 已约好」 in reply to the squad's card: what falls due meanwhile is said once, afterwards."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    town.says(LEAD, "先不催 很久 等等", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("没看懂多久", SQUAD)
    town.says(LEAD, "先不催 3小时", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("请写明原因", SQUAD)
    town.says(LEAD, "先不催 3小时 已和摊主约好", chat=SQUAD, reply_to=card["message_id"])
    await town.sees_rows("SELECT 1 FROM ticket WHERE snoozed_why = '已和摊主约好'")
    await town.quiet()
    before = len(town.by_bot(SQUAD))
    await town.later(hours=2, minutes=59)
    await town.quiet()
    assert len(town.by_bot(SQUAD)) == before
    assert len(town.by_bot()) == 1
    await town.later(minutes=2)
    await town.sees("到时限了", SQUAD)
    await town.quiet()
    assert len(town.by_bot(SQUAD)) == before + 1


async def test_lead_puts_a_deadline_off_with_buttons(town: Town) -> None:
    """延期: amount, reason; the squad hears of it, the card shows it, the history keeps by how much and why."""
    town.says(QIU, STALL)
    await town.taken()
    was = moment((await town.ticket())["deadline_at"])
    card = await town.looked_up("延期")
    assert await town.clicks(BAI, card, "延期") == "这个按钮不归您按，谢谢"
    await town.clicks(LEAD, card, "延期")
    await town.clicks(LEAD, card, "4紧急工作时")
    assert await town.clicks(LEAD, card, "天气原因") == "已延期，已告诉中队"
    told = await town.sees("已延期，新时限 3月2日15:0", SQUAD)
    assert "天气原因" in told["text"]
    await town.quiet()
    assert moment((await town.ticket())["deadline_at"]) == was + timedelta(hours=4)
    for chat in (SQUAD, LEADS):
        [shown] = [text for text in town.texts(chat) if "时限：3月2日15:0" in text]
        assert "（2紧急工作时，已延期）" in shown
    assert labels(town.world.chats[LEADS].messages[card["message_id"]]) == ["延期", "先不催", "作废"]
    town.says(LEAD, "工单 1", chat=LEADS)
    await town.sees("延期 朱明忠 天气原因 4紧急工作时 到3月2日15:0", LEADS)
    await town.later(hours=5)
    await town.quiet()
    assert not any("到时限了" in text for text in town.texts(SQUAD))
    await town.later(hours=2)
    await town.sees("到时限了", SQUAD)


async def test_lead_puts_a_deadline_off_by_reply(town: Town) -> None:
    """「延期 3紧急工作时 等配件」; without a reason, too little, too much: a sentence says what is wrong."""
    town.says(QIU, STALL)
    await town.taken()
    await town.later(hours=4)
    card = await town.sees("已超期", LEADS)
    was = (await town.ticket())["deadline_at"]
    await town.quiet()
    for words, answer in (
        ("延期", "没看懂多久"), ("延期 1紧急工作时", "请写明原因"), ("延期 1紧急工作时 等配件", "请多延一些"),
        ("延期 999工作日 等配件", "最多延一年"),
    ):  # fmt: skip
        town.says(LEAD, words, chat=LEADS, reply_to=card["message_id"])
        await town.sees(answer, LEADS)
    assert (await town.ticket())["deadline_at"] == was
    town.says(LEAD, "延期 3紧急工作时，等配件", chat=LEADS, reply_to=card["message_id"])
    await town.sees("已延期，新时限 3月2日14:0", SQUAD)
    await town.quiet()
    assert moment((await town.ticket())["deadline_at"]) == moment(was) + timedelta(hours=3)
    shown = town.world.chats[LEADS].messages[card["message_id"]]["text"]
    assert "已超期" not in shown


async def test_officer_asks_for_more_time_and_the_lead_gives_it(town: Town) -> None:
    """「延期 2紧急工作时 …」 in reply to his card reaches the leads, not the shopkeeper; 先不催 is not his to say."""
    town.says(QIU, STALL)
    card = await town.taken()
    was = moment((await town.ticket())["deadline_at"])
    town.says(BAI, "先不催 1天 在忙", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("先不催由队长定", SQUAD)
    town.says(BAI, "延期 2紧急工作时 等拖车来", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("延期已报队长", SQUAD)
    await town.sees("#1 白洋申请延期 2紧急工作时：等拖车来", LEADS)
    decides = await town.button("延期", LEADS)
    await town.quiet()
    assert moment((await town.ticket())["deadline_at"]) == was
    town.says(LEAD, "延期 2紧急工作时 等拖车来", chat=LEADS, reply_to=decides["message_id"])
    await town.sees("已延期，新时限 3月2日13:0", SQUAD)
    await town.quiet()
    assert moment((await town.ticket())["deadline_at"]) == was + timedelta(hours=2)
    assert [verb for verb in await town.history() if verb in {"plea", "extend"}] == ["plea", "extend"]
    assert not any("延期" in text for text in town.texts())


async def test_what_a_lead_writes_under_the_card_is_for_the_squad(town: Town) -> None:
    """Ordinary words in reply to the leads' card are an order, and the shopkeeper does not read them."""
    town.says(QIU, STALL)
    await town.taken()
    await town.later(hours=3, minutes=1)
    card = await town.sees("已超期", LEADS)
    await town.quiet()
    town.says(LEAD, "今天必须到现场", chat=LEADS, reply_to=card["message_id"])
    await town.sees("朱明忠督办：今天必须到现场", SQUAD)
    town.says(BAI, "工单 1", chat=SQUAD)
    await town.sees("督办 朱明忠 今天必须到现场", SQUAD)
    town.says(QIU, "工单 1")
    town.says(LEAD, "工单 1")
    await town.sees("接单 白洋")
    await town.quiet()
    assert len(town.by_bot()) == 3
    assert not any("必须" in text or "提醒" in text for text in town.texts())


async def test_second_round_has_a_card_and_words_of_its_own(town: Town) -> None:
    """没解决: the first round's card loses its buttons, and the new clock starts from the beginning."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.later(hours=3, minutes=1)
    late = await town.sees("已超期", LEADS)
    await town.clicks(BAI, card, "到场")
    await town.finishes(BAI, card, "管理")
    result = await town.sees("已办结（管理）")
    await town.clicks(QIU, result, "没解决")
    await town.sees("第2次", SQUAD)
    await town.quiet()
    assert labels(town.world.chats[LEADS].messages[late["message_id"]]) == []
    await town.later(hours=3, minutes=1)
    again = await town.sees("已超期", LEADS)
    assert again["message_id"] != late["message_id"]


@pytest.mark.parametrize("words", ["工单 1", "1怎么样了", "#1办好了吗？"])
async def test_people_ask_how_it_goes_and_read_it_with_pictures(town: Town, words: str) -> None:
    """Lines of who did what, an album from before, one from after; a neighbour who asks so is not answered."""
    town.says(QIU, STALL)
    town.shows(QIU, colour="#112233")
    town.shows(QIU, colour="#445566")
    await town.quiet()
    await town.solved()
    before = len(town.by_bot())
    town.says(JING, "1怎么样了")
    await town.quiet()
    assert len(town.by_bot()) == before
    asked = town.says(QIU, words)
    told = await town.sees("时限：3月2日11:0")
    assert "（2紧急工作时），按期办结" in told["text"]
    assert "办结 白洋 管理" in told["text"]
    await town.sees("#1 办理后 1张")
    first = await town.sees("#1 办理前 2张")
    assert first["media_group_id"]
    assert first["reply_to_message"]["message_id"] == asked["message_id"]
