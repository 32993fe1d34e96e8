"""A short remark finds the ticket it is about, and the receipt is put right with one press or in words."""

import pytest

from tests.sights import labels, points
from tests.town import BAI, JING, MERCHANTS, QIU, SQUAD, STALL, Town

LAMP = "凤鸣路18号门口路灯坏了好几天，晚上黑漆漆的，麻烦修一下"


@pytest.mark.parametrize("words", ["撤回", "我要撤回", "撤回吧", "取消投诉", "撤销报事。"])
async def test_the_bots_own_word_withdraws(town: Town, words: str) -> None:
    """「撤回」, as the bot itself calls it: one button, and it stands in no squad's card as part of the complaint."""
    town.says(QIU, STALL)
    await town.sees("#1 占道经营")
    town.says(QIU, words)
    asked = await town.button("不用来了", MERCHANTS)
    assert await town.clicks(QIU, asked, "不用来了") == "好的，已撤回"
    await town.quiet()
    assert (await town.ticket())["words"] == STALL


async def test_shopkeeper_says_it_is_gone_and_one_press_takes_it_back(town: Town) -> None:
    """「已经走了」: a line with one button; pressed, nobody drives out and the line is gone."""
    await town.told()
    gone = town.says(QIU, "已经走了")
    asked = await town.button("不用来了", MERCHANTS)
    assert asked["reply_to_message"]["message_id"] == gone["message_id"]
    assert await town.clicks(JING, asked, "不用来了") == "这个按钮不归您按，谢谢"
    assert await town.clicks(QIU, asked, "不用来了") == "好的，已撤回"
    await town.sees("已撤销：对方说不用来了")
    await town.quiet()
    assert len(town.by_bot()) == 1
    assert (await town.ticket())["status"] == "void"
    assert all(labels(m) == [] for m in town.by_bot(SQUAD))


async def test_shopkeeper_does_not_press_and_somebody_still_comes(town: Town) -> None:
    """The question goes after ten minutes; the ticket stays as it was."""
    await town.told()
    town.says(QIU, "人走了")
    await town.button("不用来了", MERCHANTS)
    await town.quiet()
    await town.later(minutes=11)
    await town.until(lambda: len(town.by_bot()) == 1, "the question to go")
    assert (await town.ticket())["status"] == "dispatched"


async def test_officer_on_the_way_hears_that_it_is_gone(town: Town) -> None:
    """Somebody has it in hand: she cannot take it back, and he reads it under his card."""
    await town.told()
    await town.taken()
    town.says(QIU, "已经走了，谢谢")
    await town.sees("邱女士 补充：已经走了，谢谢", SQUAD)
    await town.quiet()
    assert (await town.ticket())["status"] == "accepted"
    assert not any("不用来了" in label for m in town.by_bot() for label in labels(m))


async def test_shopkeeper_never_meant_it_and_says_so(town: Town) -> None:
    """「我就随口说说」 takes it back, as the button does."""
    await town.told()
    town.says(QIU, "我就随口说说，不用登记")
    await town.sees("已撤销：不是报事")
    await town.quiet()
    assert (await town.ticket())["status"] == "void"
    assert len(town.by_bot()) == 1


async def test_passing_joke_of_another_takes_nothing_back(town: Town) -> None:
    """Somebody else's 「开玩笑」 is talk."""
    await town.told()
    town.says(JING, "开玩笑的")
    await town.quiet()
    assert (await town.ticket())["status"] == "dispatched"
    assert len(town.by_bot()) == 1


async def test_shopkeeper_puts_the_road_right(town: Town) -> None:
    """「不是凤鸣路 是凤凰路」 without a reply: the place is the other road, on both cards; the wrong one is no more."""
    await town.told("凤鸣路口有货车路边卖水果，堵住小路，能不能过来管理？")
    town.says(QIU, "不是凤鸣路 是凤凰路")
    await town.sees("凤凰路")
    await town.sees("凤凰路", SQUAD)
    await town.quiet()
    assert (await town.ticket())["place"] == "凤凰路"
    assert len(await town.tickets()) == 1


async def test_neighbour_explains_which_one_she_means(town: Town) -> None:
    """「她说的是幼儿园后门那个」 by 静姐: the place of 邱女士's ticket is that."""
    await town.told("那边的路灯又不亮了，麻烦来修一下")
    town.says(JING, "她说的是实验幼儿园后门那个")
    await town.sees("幼儿园后门")
    await town.quiet()
    assert "幼儿园后门" in (await town.ticket())["place"]
    assert len(await town.linked()) == 2


async def test_shopkeeper_asks_after_the_one_of_before(town: Town) -> None:
    """「就是上次说的那个」 an hour later, while it is open: a chaser, no second ticket."""
    await town.told()
    town.turn(minutes=70)
    town.says(QIU, "就是上次说的那个，还在呢")
    await town.sees("对方在催", SQUAD)
    await town.quiet()
    assert len(await town.tickets()) == 1


async def test_shopkeeper_says_the_one_of_before_is_back(town: Town) -> None:
    """Closed yesterday, 「还是昨天说的那个」 today: a new ticket of the same matter and place, linked."""
    town.says(QIU, STALL)
    result = await town.solved()
    await town.clicks(QIU, result, "满意")
    await town.quiet()
    await town.later(hours=20)
    town.says(QIU, "还是昨天说的那个")
    await town.sees("#2 占道经营")
    await town.quiet()
    second = (await town.tickets())[1]
    assert (second["matter"], second["recurs"]) == ("09006", 1)


async def test_shopkeeper_picks_the_right_matter_from_the_receipt(town: Town) -> None:
    """事项不对 → two likely ones; one press changes matter, limit and the squad's card; 返回 changes nothing."""
    await town.told()
    receipt = await town.sees("#1 占道经营")
    before = await town.ticket()
    await town.clicks(QIU, receipt, "事项不对")
    await town.clicks(QIU, receipt, "返回")
    await town.button("不是报事", MERCHANTS)
    await town.clicks(QIU, receipt, "事项不对")
    choice = (await town.button("返回", MERCHANTS))["message_id"]
    named = labels(town.world.chats[MERCHANTS].messages[choice])[0]
    assert await town.clicks(JING, receipt, named) == "这个按钮不归您按，谢谢"
    assert await town.clicks(QIU, receipt, named) == "好的，已改"
    await town.sees(f"#1 {named}")
    await town.sees(f"#1 {named}", SQUAD)
    await town.quiet()
    after = await town.ticket()
    assert after["matter"] in before["also"]
    assert before["matter"] in after["also"]
    assert "amend" in await town.history()


async def test_receipt_cannot_be_changed_once_an_officer_has_it(town: Town) -> None:
    """A press on an old picture of the receipt: told how it stands, nothing changes."""
    await town.told()
    receipt = await town.sees("#1 占道经营")
    late = [town.world.press(QIU, MERCHANTS, receipt["message_id"], data) for data in ("v1:place:1:1", "v1:matter:1:1")]
    assert "回复这条" in await town.toast(late[0])
    await town.taken()
    press = town.world.press(QIU, MERCHANTS, receipt["message_id"], "v1:withdraw:1:1")
    assert await town.toast(press) == "白洋已接单，正在办"
    assert (await town.ticket())["status"] == "accepted"


async def test_reply_to_the_receipt_moves_the_place(town: Town) -> None:
    """地点不对 says what to do; a pin in reply does it, and the squad gets the new pin."""
    await town.told()
    receipt = await town.sees("#1 占道经营")
    assert await town.clicks(QIU, receipt, "地点不对") == "请回复这条写明地点，或发个定位"
    town.pins(QIU, 34.5961, 119.2190, reply_to=receipt["message_id"])
    await town.quiet()
    assert points(town.by_bot(SQUAD))[-1] == (34.5961, 119.2190)
    assert (await town.ticket())["place_source"] == "pin"


async def test_lamp_is_another_matter_and_the_words_in_reply_say_so(town: Town) -> None:
    """A plain reply to the receipt does what the button does."""
    await town.told()
    receipt = await town.sees("#1 占道经营")
    town.says(QIU, f"不是摆摊，我说的是{LAMP}", reply_to=receipt["message_id"])
    await town.until(lambda: "路灯" in town.texts()[0], "the receipt with the other matter")
    await town.quiet()
    assert (await town.ticket())["matter"] == "01037"
    assert BAI not in {m["from"]["id"] for m in town.by_bot()}
