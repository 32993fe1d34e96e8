"""The newspaper's case, from the first word to the closing press."""

from tests.sights import buttons
from tests.town import BAI, JING, LEADS, QIU, SQUAD, STALL, SUN, Town


async def test_shopkeeper_complains_officer_finishes_and_she_closes(town: Town) -> None:
    """邱女士 is told taken, on the way, done, with a photo, and closes it; the group got two messages."""
    town.says(JING, "早上好各位，今天风真大")
    said = town.says(QIU, STALL)
    receipt = await town.sees("#1 占道经营")
    assert receipt["reply_to_message"]["message_id"] == said["message_id"]
    town.pins(QIU)
    card = await town.button("接单", SQUAD)
    assert "凤鸣便利店" in card["text"]
    await town.until(lambda: any("location" in m for m in town.by_bot(SQUAD)), "the pin in the squad's group")

    assert await town.toast(town.presses(BAI, card, "接单")) == "已接单，路上注意安全"
    await town.sees("白洋已接单")
    town.presses(BAI, await town.button("到场", SQUAD), "到场")
    await town.sees("白洋已到场")
    town.shows(BAI, SQUAD, reply_to=card["message_id"])
    await town.sees("已收到照片1张，办好请按办结。", SQUAD)
    await town.quiet()
    town.presses(BAI, await town.button("办结", SQUAD), "办结")
    town.presses(BAI, await town.button("管理", SQUAD), "管理")
    result = await town.button("满意", -1001001)
    assert "photo" in result
    assert "已办结（管理）" in result["caption"]

    town.presses(QIU, result, "满意")
    await town.sees("谢谢您的评价")
    await town.quiet()
    [ticket] = await town.tickets()
    assert (ticket["status"], ticket["means"], ticket["matter"]) == ("closed", "management", "09006")
    assert len(town.by_bot()) == 2
    assert not any(buttons(message) for message in town.by_bot())
    events = [row["action"] for row in await town.rows("SELECT action FROM ticket_event ORDER BY id")]
    assert [e for e in events if e not in {"add", "photo"}] == [
        "open",
        "dispatch",
        "accept",
        "arrive",
        "resolve",
        "confirm",
    ]
    assert town.texts(LEADS) == []


async def test_second_officer_presses_too_late_and_is_told_who_has_it(town: Town) -> None:
    """孙倩 presses 接单 after 白洋 and reads his name in a polite toast."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    data = buttons(card)[0]["callback_data"]
    first = town.world.press(BAI, SQUAD, card["message_id"], data)
    second = town.world.press(SUN, SQUAD, card["message_id"], data)
    assert await town.toast(first) == "已接单，路上注意安全"
    assert await town.toast(second) == "白洋已接单，正在办"


async def test_stranger_presses_and_nothing_moves(town: Town) -> None:
    """A shopkeeper who forges an officer's press is refused; so is a neighbour who presses 满意."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    forged = town.world.press(JING, SQUAD, card["message_id"], buttons(card)[0]["callback_data"])
    assert await town.toast(forged) == "这个按钮不归您按，谢谢"
    assert (await town.tickets())[0]["status"] == "dispatched"
