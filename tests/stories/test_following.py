"""What is said after a ticket stands: chasers, thanks, edits, corrections, neighbours."""

import pytest

from tests.sights import labels, points
from tests.town import BAI, JING, LEADS, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

LIT = "路灯坏了好几天，晚上黑漆漆的，麻烦来修一下"


async def test_shopkeeper_chases_and_the_squad_is_told_under_its_card(town: Town) -> None:
    """「怎么还没来人？」 opens nothing, says nothing in the group, and reaches the squad once in ten minutes."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    chaser = town.says(QIU, "怎么还没来人？")
    told = await town.sees("对方在催", SQUAD)
    assert told["reply_to_message"]["message_id"] == card["message_id"]
    town.says(QIU, "人呢，怎么还没来")
    await town.quiet()
    assert [text for text in town.texts(SQUAD) if "对方在催" in text] == ["#1 对方在催，请看一下。"]
    ticket = await town.ticket()
    assert ticket["chasers"] == 2
    assert chaser["message_id"] in await town.linked()
    assert len(town.by_bot()) == 1

    town.turn(minutes=11)
    town.says(QIU, "怎么还没来人？")
    await town.sees("对方在催（第3次）", SQUAD)


async def test_shopkeeper_says_thanks_and_the_bot_stays_silent(town: Town) -> None:
    """Thanks belong to the ticket, and that is all."""
    town.says(QIU, STALL)
    await town.taken()
    await town.quiet()
    before = town.texts(SQUAD)
    thanks = town.says(QIU, "谢谢，辛苦了")
    await town.quiet()
    assert thanks["message_id"] in await town.linked()
    assert len(town.by_bot()) == 1
    assert town.texts(SQUAD) == before
    assert (await town.ticket())["status"] == "accepted"


async def test_shopkeeper_edits_her_words_and_the_ticket_is_amended(town: Town) -> None:
    """The edit changes words, matter and both cards where they stand; there is no second ticket."""
    said = town.says(QIU, STALL)
    receipt = await town.sees("#1 占道经营")
    await town.button("接单", SQUAD)
    town.world.edit(QIU, MERCHANTS, said["message_id"], text=LIT)
    await town.sees("路灯")
    await town.sees(LIT, SQUAD)
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["words"], ticket["matter"]) == (LIT, "01037")
    assert [m["message_id"] for m in town.by_bot()] == [receipt["message_id"]]
    assert "amend" in await town.history()


async def test_chat_that_becomes_a_complaint_by_edit_opens_nothing(town: Town) -> None:
    """An edit never opens a ticket."""
    said = town.says(QIU, "今天风真大")
    town.world.edit(QIU, MERCHANTS, said["message_id"], text=STALL)
    await town.quiet()
    assert await town.tickets() == []
    assert town.by_bot() == []


async def test_stranger_cannot_amend_by_editing_and_a_live_pin_moves_the_ticket(town: Town) -> None:
    """A live position that moves is an edit: the ticket follows it."""
    pin = town.world.say(QIU, MERCHANTS, location={"latitude": 34.5938, "longitude": 119.2214, "live_period": 900})
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    moved = {"latitude": 34.5961, "longitude": 119.2190, "live_period": 900}
    town.world.edit(QIU, MERCHANTS, pin["message_id"], location=moved)
    await town.until(lambda: (34.5961, 119.2190) in points(town.by_bot(SQUAD)), "the moved pin")
    ticket = await town.ticket()
    assert (ticket["lat"], ticket["lon"]) == (34.5961, 119.2190)


async def test_shopkeeper_corrects_the_place_in_reply_and_the_cards_follow(town: Town) -> None:
    """A reply to the receipt that names another place corrects it."""
    town.says(QIU, STALL)
    receipt = await town.sees("#1 占道经营")
    await town.quiet()
    town.says(QIU, "写错了，在苍梧路37号门口", reply_to=receipt["message_id"])
    await town.until(lambda: "苍梧路37号" in town.texts()[0], "the receipt with the other place")
    await town.sees("苍梧路37号", SQUAD)
    await town.quiet()
    ticket = await town.ticket()
    assert "苍梧路37号" in ticket["place"]
    assert (ticket["lat"], ticket["lon"]) == (34.5961, 119.2222)
    assert points(town.by_bot(SQUAD))[-1] == (34.5961, 119.2222)
    assert len(town.by_bot()) == 1


async def test_shopkeeper_corrects_the_matter_in_reply_and_the_cards_follow(town: Town) -> None:
    """A reply that tells of something else than the bot understood corrects the matter; it is no second ticket."""
    town.says(QIU, STALL)
    receipt = await town.sees("#1 占道经营")
    await town.quiet()
    town.says(QIU, "我说的是路灯坏了，麻烦派人来修", reply_to=receipt["message_id"])
    await town.until(lambda: "路灯" in town.texts()[0], "the receipt with the other matter")
    await town.quiet()
    assert (await town.ticket())["matter"] == "01037"
    assert len(town.by_bot()) == 1


async def test_shopkeeper_takes_it_back_and_nobody_drives_out(town: Town) -> None:
    """One press on the receipt ends a ticket that was none; the squad's card loses its buttons."""
    town.says(QIU, STALL)
    receipt = await town.sees("#1 占道经营")
    card = await town.button("接单", SQUAD)
    assert await town.clicks(QIU, receipt, "不是报事") == "好的，已撤回"
    await town.sees("已撤销")
    await town.quiet()
    assert (await town.ticket())["status"] == "void"
    assert labels(town.world.chats[SQUAD].messages[card["message_id"]]) == []
    assert await town.history(moves=True) == ["dispatch", "withdraw"]
    assert len(town.by_bot()) == 1


async def test_neighbour_cannot_take_it_back(town: Town) -> None:
    """Only who told of it takes it back."""
    town.says(QIU, STALL)
    receipt = await town.sees("#1 占道经营")
    assert await town.clicks(JING, receipt, "不是报事") == "这个按钮不归您按，谢谢"
    assert (await town.ticket())["status"] == "dispatched"


async def test_officer_reads_what_she_adds_while_he_is_on_the_way(town: Town) -> None:
    """Words that follow while an officer has it reach the squad in one line; before that the card says them."""
    town.says(QIU, STALL)
    await town.taken(BAI)
    town.says(QIU, "是辆蓝色的小货车")
    told = await town.sees("邱女士 补充：是辆蓝色的小货车", SQUAD)
    assert "reply_to_message" in told
    assert "蓝色的小货车" in (await town.ticket())["words"]
    assert town.texts(LEADS) == []


async def test_shopkeeper_says_unsolved_in_words_and_the_squad_goes_again(town: Town) -> None:
    """「没解决，又来了」 in reply to the result is as good as the button."""
    town.says(QIU, STALL)
    result = await town.solved()
    town.says(QIU, "没解决，人一走又回来摆了", reply_to=result["message_id"])
    await town.sees("第2次", SQUAD)
    await town.sees("您说没解决，已重新派人")
    ticket = await town.ticket()
    assert (ticket["status"], ticket["round"]) == ("dispatched", 2)


async def test_shopkeeper_says_unsolved_without_a_reply_and_the_squad_goes_again(town: Town) -> None:
    """Her words need not hang on anything."""
    town.says(QIU, STALL)
    await town.solved()
    town.says(QIU, "没解决，人一走又回来摆了")
    await town.sees("第2次", SQUAD)
    assert (await town.ticket())["round"] == 2


async def test_neighbour_says_unsolved_and_nothing_moves(town: Town) -> None:
    """Who did not tell of it cannot send the squad again by words."""
    town.says(QIU, STALL)
    result = await town.solved()
    town.says(ZHANG, "没解决，又来了", reply_to=result["message_id"])
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["status"], ticket["round"]) == ("resolved", 1)


async def test_closed_in_silence_and_it_comes_back_and_one_word_is_enough(town: Town) -> None:
    """The result says: just say so. She replies that it is back: a new ticket of that matter at that place."""
    town.says(QIU, STALL)
    result = await town.solved()
    await town.later(hours=25)
    await town.sees("没解决的话直接再说一声")
    await town.quiet()
    again = town.says(QIU, "没解决，又来了", reply_to=result["message_id"])
    receipt = await town.sees("#2 占道经营")
    assert receipt["reply_to_message"]["message_id"] == again["message_id"]
    first, second = await town.tickets()
    assert (first["status"], second["status"]) == ("closed", "dispatched")
    assert (second["matter"], second["lat"], second["lon"]) == (first["matter"], first["lat"], first["lon"])


@pytest.mark.parametrize("replying", [False, True])
async def test_danger_is_no_detail_of_what_she_told_before(town: Town, *, replying: bool) -> None:
    """「着火了」 a minute after another complaint, or in reply to its receipt: a ticket of its own, and 119 first."""
    town.says(QIU, STALL)
    receipt = await town.sees("#1 ")
    town.turn(minutes=1)
    town.says(QIU, "着火了，快来人", **({"reply_to": receipt["message_id"]} if replying else {}))
    await town.sees("先打119")
    first, second = await town.tickets()
    assert (first["emergency"], second["emergency"]) == (None, "119")
