"""Who says much at once is heard as ever; only the answers become one line."""

from typing import Any

import pytest

from bot.settings import SECRETS, Settings, build
from tests.sights import buttons
from tests.town import BAI, JING, MERCHANTS, QIU, SQUAD, ZHANG, Town

TROUBLES = (
    "凤鸣路1号门口井盖坏了，太危险，快来人修",
    "苍梧路33号门口垃圾堆了一地没人清，麻烦处理一下",
    "科苑路9号楼下工地半夜施工吵得睡不着，麻烦来管管",
    "瀛洲路70号路灯不亮了，麻烦修一下",
    "巨龙南路8号下水道堵了，污水流了一地，麻烦来修",
    "学院路27号有货车占道卖水果，麻烦来管一下",
)
UNSURE = "对面灯不怎么亮"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Two answers a person and four a group, so that few words are a flood; in doubt it asks."""
    found: dict[str, Any] = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    found["talk"] |= {"answers_a_person": 2, "answers_a_group": 4}
    return build(found)


async def test_person_tells_of_much_and_is_answered_twice_and_then_in_one_line(town: Town) -> None:
    """Each thing is a ticket with its card for the squad; from the third on one line counts them."""
    for words in TROUBLES[:5]:
        town.says(QIU, words)
        await town.quiet()
    assert len(await town.tickets()) == 5
    tally = await town.sees("已记下3件（#3 #4 #5），一件不漏。")
    assert len(town.by_bot()) == 3
    assert "待接单3" in tally["text"]
    assert buttons(tally) == []
    assert len([m for m in town.by_bot(SQUAD) if buttons(m)]) == 5
    assert [row["told_in"] for row in await town.tickets()] == [None, None, 3, 3, 3]


async def test_line_follows_what_becomes_of_its_tickets_and_the_result_is_told_as_ever(town: Town) -> None:
    """A ticket without a receipt is taken and done: the line counts it so, and the result has its buttons."""
    for words in TROUBLES[:3]:
        town.says(QIU, words)
        await town.quiet()
    card = await town.taken()
    assert "#3 " in card["text"]
    await town.sees("已接单1")
    said = next(m for m in town.world.chats[MERCHANTS].messages.values() if m.get("text") == TROUBLES[2])
    town.shows(BAI, caption="已处理", reply_to=said["message_id"])
    result = await town.button("满意", MERCHANTS)
    assert "#3 " in (result.get("caption") or result["text"])
    await town.clicks(QIU, result, "满意")
    await town.sees("已结案1")


async def test_after_some_minutes_she_is_answered_one_by_one_again(town: Town) -> None:
    """The count is of the last minutes; another person is answered meanwhile."""
    for words in TROUBLES[:3]:
        town.says(QIU, words)
        await town.quiet()
    town.says(JING, TROUBLES[3])
    await town.sees("#4 ")
    town.turn(minutes=11)
    town.says(QIU, TROUBLES[4])
    receipt = await town.sees("#5 ")
    assert "已记下" not in receipt["text"]


async def test_whole_group_is_loud_and_shares_one_line(town: Town) -> None:
    """Four were answered; the next two people read one line together."""
    for who, words in zip((QIU, QIU, JING, JING, ZHANG, 7005), TROUBLES, strict=True):
        town.says(who, words)
        await town.quiet()
    await town.sees("已记下2件（#5 #6）")
    assert len(town.by_bot()) == 5


async def test_danger_is_answered_however_much_was_said(town: Town) -> None:
    """Whom to call in need is never saved."""
    for who, words in zip((QIU, QIU, JING, JING), TROUBLES, strict=False):
        town.says(who, words)
        await town.quiet()
    town.says(ZHANG, "着火了！后厨着火了快来人")
    await town.sees("先打119")


async def test_commands_without_end_are_answered_twice_and_then_once_more(town: Town) -> None:
    """帮助, 帮助, 帮助: the third reads that it is enough, the fourth reads nothing; all of it is in the journal."""
    for _ in range(5):
        town.says(QIU, "帮助", chat=QIU)
        await town.quiet()
    assert len(town.by_bot(QIU)) == 3
    assert "过几分钟再问" in town.texts(QIU)[-1]
    assert len(await town.rows("SELECT 1 FROM message")) == 5
    town.turn(minutes=11)
    town.says(QIU, "帮助", chat=QIU)
    await town.quiet()
    assert len(town.by_bot(QIU)) == 4
