"""Most talk is not for the bot; where it is unsure it asks once; in danger it says whom to call."""

import pytest

from bot.settings import Settings
from tests.sights import buttons, labels
from tests.town import BAI, JING, LEAD, MERCHANTS, QIU, SQUAD, Town

UNSURE = "对面灯不怎么亮"
CHAT = (
    (JING, "早上好各位，今天风真大"),
    (QIU, "哈哈，城管来把我老公也拖走吧"),
    (JING, "本店新到砂糖橘，三斤十元，欢迎来买"),
    (BAI, "各位商户注意，明天上午创建检查，请把门前卫生做好"),
    (QIU, "收到"),
    (JING, "谢谢"),
    (QIU, "这谁家的猫，好可爱"),
    (JING, "我的"),
    (LEAD, "大家辛苦了，周末愉快"),
    (QIU, "👍👍"),
    (JING, "晚上一起吃烧烤不"),
    (JING, "转让旺铺，位置好，租金低，有意私聊"),
    (QIU, "哈哈我老公打呼噜噪音扰民，城管管不管"),
    (JING, "专业清洗油烟机，疏通下水道，电话13912345678"),
)


@pytest.fixture
def settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """For the stories of doubt, a bot that is seldom sure: what it makes of UNSURE moves with every training."""
    if "doubtful" not in request.fixturenames:
        return settings
    return settings.model_copy(update={"talk": settings.talk.model_copy(update={"open_at": 0.6, "ask_at": 0.05})})


@pytest.fixture
def doubtful() -> None:
    """Asked for by a story of doubt."""


async def test_people_chat_and_the_bot_says_nothing(town: Town) -> None:
    """Greetings, jokes, adverts, an officer's notice: no ticket, no word, nothing sent at all."""
    for who, words in CHAT:
        town.says(who, words)
    town.world.say(QIU, MERCHANTS, sticker={"file_id": "s", "file_unique_id": "s", "width": 1, "height": 1})
    town.world.say(JING, MERCHANTS, new_chat_title="郁洲街道城管共建群")
    await town.quiet()
    assert town.by_bot() == []
    assert town.by_bot(SQUAD) == []
    assert await town.tickets() == []
    assert await town.rows("SELECT 1 FROM outbox") == []
    assert await town.rows("SELECT 1 FROM inbox WHERE state = 'dead'") == []


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("着火了！后厨着火了快来人", "119"),
        ("煤气漏气了，味道很大", "119"),
        ("门口有人被车撞倒流血了", "120"),
        ("有人晕倒了，快来人", "120"),
        ("两个人在店门口打起来了，拿着刀，快来人", "110"),
        ("路口两车相撞，堵死了", "122"),
    ],
)
async def test_danger_is_answered_with_the_number_to_call(town: Town, words: str, number: str) -> None:
    """The first line of the receipt says whom to call; the squad sees 【紧急】 and that she was told."""
    said = town.says(QIU, words)
    receipt = await town.sees(f"先打{number}")
    assert receipt["text"].splitlines()[0].endswith(f"先打{number}，我们同时派人。")
    assert receipt["reply_to_message"]["message_id"] == said["message_id"]
    card = await town.button("接单", SQUAD)
    assert card["text"].startswith("【紧急】")
    assert f"已提醒对方先打{number}" in card["text"]
    assert (await town.ticket())["emergency"] == number


@pytest.mark.usefixtures("doubtful")
async def test_bot_is_unsure_and_asks_her_alone_and_yes_opens(town: Town) -> None:
    """Two buttons in reply to her words; a neighbour's press is refused; 是的 opens a ticket, the question goes."""
    said = town.says(QIU, UNSURE)
    question = await town.button("是的", MERCHANTS)
    assert labels(question) == ["是的，开单", "不是"]
    assert question["reply_to_message"]["message_id"] == said["message_id"]
    assert await town.tickets() == []
    await town.quiet()
    assert await town.clicks(JING, question, "是的") == "只问发消息的本人"
    assert await town.tickets() == []

    data = buttons(question)[0]["callback_data"]
    pressed = [town.world.press(QIU, MERCHANTS, question["message_id"], data) for _ in range(2)]
    assert await town.toast(pressed[0]) == "好的，已开单"
    assert await town.toast(pressed[1]) == "这个问题已经过期，有事直接再说一遍"
    receipt = await town.sees("#1 ")
    assert receipt["reply_to_message"]["message_id"] == said["message_id"]
    await town.button("接单", SQUAD)
    await town.quiet()
    ticket = await town.ticket()
    assert bool(ticket["asked"]) is True
    assert [m["message_id"] for m in town.by_bot()] == [receipt["message_id"]]
    assert await town.rows("SELECT 1 FROM due_job WHERE kind = 'question' AND state = 'waiting'") == []


@pytest.mark.usefixtures("doubtful")
async def test_bot_is_unsure_and_she_says_no(town: Town) -> None:
    """不是: the question goes, nothing opens, and she is not asked about it again."""
    town.says(QIU, UNSURE)
    question = await town.button("不是", MERCHANTS)
    await town.quiet()
    assert await town.clicks(QIU, question, "不是") == "好的，不打扰"
    await town.until(lambda: town.by_bot() == [], "the question to go")
    await town.later(minutes=11)
    await town.quiet()
    assert await town.tickets() == []
    assert town.by_bot() == []


@pytest.mark.usefixtures("doubtful")
async def test_bot_is_unsure_and_she_ignores_it(town: Town) -> None:
    """After ten minutes the question is taken back, and that was all."""
    town.says(QIU, UNSURE)
    question = await town.button("是的", MERCHANTS)
    await town.quiet()
    await town.later(minutes=9)
    await town.quiet()
    assert len(town.by_bot()) == 1
    await town.later(minutes=2)
    await town.until(lambda: town.by_bot() == [], "the question to go")
    late = town.world.press(QIU, MERCHANTS, question["message_id"], buttons(question)[0]["callback_data"])
    assert await town.toast(late)
    assert len(await town.tickets()) <= 1


@pytest.mark.usefixtures("doubtful")
async def test_bot_is_unsure_and_she_says_more_and_the_question_goes(town: Town) -> None:
    """She does not press but says it plainly: a ticket opens, and the question does not hang there."""
    town.says(QIU, UNSURE)
    await town.button("是的", MERCHANTS)
    await town.quiet()
    town.says(QIU, "楼下工地半夜施工吵得睡不着，麻烦来管管")
    await town.sees("#1 ")
    await town.later(minutes=11)
    await town.quiet()
    assert len(await town.tickets()) == 1
    assert len(town.by_bot()) == 1


async def test_forwarded_complaint_opens_nothing(town: Town) -> None:
    """What was said elsewhere is no complaint of hers."""
    origin = {"type": "hidden_user", "sender_user_name": "别的群", "date": 1_700_000_000}
    town.says(QIU, "门口井盖坏了，太危险，快来人修", forward_origin=origin)
    await town.quiet()
    assert await town.tickets() == []
    assert town.by_bot() == []


async def test_anonymous_administrator_complains_but_cannot_command(town: Town) -> None:
    """Who speaks as the group itself is heard, but is nobody who may be told figures."""
    group = {"id": MERCHANTS, "type": "supergroup", "title": "郁洲街道城管共建群"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    for words in ("/summary", "汇总", "/mine", "工单 1"):
        town.says(LEAD, words, sender_chat=group, **{"from": anonymous})
    await town.quiet()
    assert town.by_bot() == []
    town.says(LEAD, "门口井盖坏了，太危险，快来人修", sender_chat=group, **{"from": anonymous})
    receipt = await town.sees("#1 ")
    await town.button("接单", SQUAD)
    await town.quiet()
    forged = town.world.press(LEAD, MERCHANTS, receipt["message_id"], "v1:confirm:1:1")
    assert await town.toast(forged)
    assert (await town.ticket())["status"] == "dispatched"


async def test_other_bot_talks_and_is_not_heard(town: Town) -> None:
    """A bot's complaint is no complaint, nor is what the bot itself said."""
    other = {"id": 4242, "is_bot": True, "first_name": "广告机器人", "username": "ads_bot"}
    town.says(QIU, "门口井盖坏了，太危险，快来人修", **{"from": other})
    own = {**town.world.bot}
    town.says(QIU, "门口井盖坏了，太危险，快来人修", **{"from": own})
    await town.quiet()
    assert await town.tickets() == []
    assert [m for m in town.by_bot() if m["from"]["id"] == town.world.bot["id"]][1:] == []


async def test_stranger_drags_the_bot_into_another_group_and_it_keeps_silent(town: Town) -> None:
    """A group that the bureau did not name is not served."""
    seed = {"chat": -1009001, "name": "闲聊群", "kind": "merchants"}
    town.world._seed({"groups": [seed]})
    town.says(QIU, "门口井盖坏了，太危险，快来人修", chat=-1009001)
    town.says(QIU, "/help", chat=-1009001)
    await town.quiet()
    assert town.by_bot(-1009001) == []
    assert await town.tickets() == []
