"""A place put right in plain words: the ticket is found, what was not wrong is kept, the cards and the squad follow."""

import pytest

from tests.sights import points
from tests.town import JING, MERCHANTS, QIU, SQUAD, Town

THERE = "凤鸣路18号门口有货车路边卖水果，堵住小路，能不能过来管理？"
LAMP = "苍梧路37号门口路灯坏了好几天，晚上黑漆漆的，麻烦修一下"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("凤鸣路不对 应该是凤凰路", "凤凰路18号门口"),
        ("不是18号 是81号", "凤鸣路81号门口"),
        ("说错了，是32号", "凤鸣路32号门口"),
        ("打错字 是苍梧路", "苍梧路18号门口"),
        ("地址写错了，苍梧路37号", "苍梧路37号"),
        ("是81号，不是18号", "凤鸣路81号门口"),
        ("不是凤鸣路，苍梧路", "苍梧路18号门口"),
        ("不好意思说错了，在苍梧路37号门口，树下面", "苍梧路37号门口"),
        ("不是18号是32号后门", "凤鸣路32号后门"),
    ],
)
async def test_shopkeeper_puts_a_road_or_a_number_right_in_plain_words(town: Town, words: str, place: str) -> None:
    """Without a reply: no second ticket, no word in the group; receipt and squad's card show the other place."""
    await town.told(THERE)
    town.turn(minutes=2)
    said = town.says(QIU, words)
    await town.sees(place)
    await town.sees(place, SQUAD)
    await town.quiet()
    assert (await town.ticket())["place"] == place
    assert said["message_id"] in await town.linked()
    assert len(town.by_bot()) == 1


async def test_number_put_right_moves_the_pin_of_the_squad(town: Town) -> None:
    """A road and a number that are known are a point: the squad gets one more pin."""
    await town.told(THERE)
    [before] = points(town.by_bot(SQUAD))
    town.says(QIU, "打错了，苍梧路37号")
    await town.sees("苍梧路37号", SQUAD)
    await town.quiet()
    assert points(town.by_bot(SQUAD)) == [before, (34.5961, 119.2222)]


async def test_correction_finds_the_ticket_that_bears_what_is_wrong(town: Town) -> None:
    """Two tickets of hers; 「不是18号」 is said of the first, though the second was talked of last."""
    await town.told(THERE)
    town.says(QIU, LAMP)
    await town.sees("#2 ")
    await town.quiet()
    town.says(QIU, "不是18号，是28号")
    await town.sees("凤鸣路28号门口")
    await town.quiet()
    assert [ticket["place"] for ticket in await town.tickets()] == ["凤鸣路28号门口", "苍梧路37号门口"]


async def test_number_in_reply_to_the_receipt_keeps_the_road(town: Town) -> None:
    """地点不对, then 「28号」 in reply."""
    await town.told(THERE)
    receipt = await town.sees("#1 ")
    await town.clicks(QIU, receipt, "地点不对")
    town.says(QIU, "28号", reply_to=receipt["message_id"])
    await town.sees("凤鸣路28号门口")
    await town.quiet()
    assert (await town.ticket())["place"] == "凤鸣路28号门口"


async def test_number_said_after_the_road_completes_it(town: Town) -> None:
    """「凤鸣路…」, then 「32号」: one place."""
    await town.told("凤鸣路上有货车路边卖水果，堵住小路，能不能过来管理？")
    town.says(QIU, "32号")
    await town.sees("凤鸣路32号")
    await town.quiet()
    assert len(await town.tickets()) == 1


async def test_place_put_right_stays_right_when_the_trouble_comes_back(town: Town) -> None:
    """The ticket of the next day stands at the place as it was put right."""
    await town.told(THERE)
    town.says(QIU, "说错了，是28号")
    await town.sees("凤鸣路28号门口")
    result = await town.solved()
    await town.clicks(QIU, result, "满意")
    await town.quiet()
    await town.later(hours=20)
    town.says(QIU, "还是昨天说的那个")
    await town.sees("#2 ")
    await town.quiet()
    assert [ticket["place"] for ticket in await town.tickets()] == ["凤鸣路28号门口"] * 2


@pytest.mark.parametrize("words", ["不对，我觉得挺好", "说错了", "不是18号，是20号来检查", "我说错了，别介意"])
async def test_talk_with_words_of_correction_moves_nothing(town: Town, words: str) -> None:
    """Where no other place is named nothing is put right."""
    await town.told(THERE)
    town.says(QIU, words)
    await town.quiet()
    assert (await town.ticket())["place"] == "凤鸣路18号门口"
    assert len(town.by_bot(MERCHANTS)) == 1


async def test_neighbours_correction_of_something_else_moves_nothing(town: Town) -> None:
    """静姐 corrects herself; 邱女士's ticket stays where it is."""
    await town.told(THERE)
    town.says(JING, "说错了，是32号")
    await town.quiet()
    assert (await town.ticket())["place"] == "凤鸣路18号门口"
