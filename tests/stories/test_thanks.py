"""Thanks while the ticket is open: where they say that it is settled one button asks, manners ask nothing."""

import pytest

from tests.sights import labels
from tests.town import JING, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

LAMP = "苍梧路37号门口路灯坏了好几天，晚上黑漆漆的，麻烦修一下"


def questions(town: Town) -> list[str]:
    """Where the bot asks whether anybody need come."""
    return [m["text"] for m in town.by_bot() if any("不用来了" in label for label in labels(m))]


@pytest.mark.parametrize(
    "words",
    [
        "好了谢谢", "感谢，清理干净了", "谢谢，路通了", "挪走了，谢谢师傅", "现在不堵了，谢谢", "谢谢你们，能走了",
        "已经清理干净了",
    ],
)  # fmt: skip
async def test_thanks_that_say_it_is_settled_take_it_back_with_one_press(town: Town, words: str) -> None:
    """As 「走了」 does: a line with one button; pressed, nobody drives out."""
    await town.told()
    thanks = town.says(QIU, words)
    asked = await town.button("不用来了", MERCHANTS)
    assert asked["reply_to_message"]["message_id"] == thanks["message_id"]
    assert await town.clicks(QIU, asked, "不用来了") == "好的，已撤回"
    await town.quiet()
    assert (await town.ticket())["status"] == "void"
    assert len(town.by_bot()) == 1


@pytest.mark.parametrize(
    "words",
    [
        "谢谢", "好的谢谢", "麻烦你们了，谢谢", "谢谢，还没好", "处理好了告诉我一声，谢谢", "等清理干净了再谢谢你们",
        "谢谢，好了吗", "谢谢，早点弄好了就行", "要是修好了就太感谢了",
    ],
)  # fmt: skip
async def test_courtesy_after_the_receipt_asks_nothing(town: Town, words: str) -> None:
    """Whoever thanks for a receipt, or in advance, is not asked whether it is over."""
    await town.told()
    town.turn(minutes=1)
    town.says(QIU, words)
    await town.quiet()
    assert questions(town) == []
    assert (await town.ticket())["status"] == "dispatched"


async def test_plain_thanks_long_after_the_receipt_are_for_what_is_over(town: Town) -> None:
    """Half an hour later, to nobody in particular: she is asked, once."""
    await town.told()
    town.turn(minutes=30)
    town.says(QIU, "谢谢啊")
    await town.button("不用来了", MERCHANTS)
    town.says(QIU, "辛苦了")
    await town.quiet()
    assert len(questions(town)) == 1
    assert (await town.ticket())["status"] == "dispatched"


async def test_thanks_to_a_neighbour_who_has_just_answered_ask_nothing(town: Town) -> None:
    """静姐 says that she will help; the thanks are hers."""
    await town.told()
    town.turn(minutes=30)
    receipt = town.by_bot()[0]
    town.says(JING, "我也帮你催催", reply_to=receipt["message_id"])
    town.says(QIU, "谢谢")
    await town.quiet()
    assert questions(town) == []


async def test_of_two_tickets_the_one_is_meant_that_is_named(town: Town) -> None:
    """「路灯亮了，谢谢」 is not said of the stall, though that was talked of last."""
    town.says(QIU, LAMP)
    await town.sees("#1 ")
    town.says(QIU, STALL)
    await town.sees("#2 ")
    town.says(QIU, "路灯亮了，谢谢")
    asked = await town.button("不用来了", MERCHANTS)
    assert await town.clicks(QIU, asked, "不用来了") == "好的，已撤回"
    await town.quiet()
    assert [ticket["status"] for ticket in await town.tickets()] == ["void", "dispatched"]


async def test_officer_who_has_it_hears_that_it_is_settled(town: Town) -> None:
    """She cannot take it back from him; he reads it under his card and closes it himself."""
    await town.told()
    await town.reached()
    town.says(QIU, "感谢，清理干净了")
    await town.sees("邱女士 补充：感谢，清理干净了", SQUAD)
    await town.quiet()
    assert questions(town) == []
    assert (await town.ticket())["status"] == "on_site"


async def test_thanks_after_it_was_done_ask_nothing(town: Town) -> None:
    """The result has its two buttons."""
    town.says(QIU, STALL)
    await town.solved()
    town.says(QIU, "谢谢，清理干净了")
    await town.quiet()
    assert questions(town) == []
    assert (await town.ticket())["status"] == "resolved"


async def test_neighbours_thanks_take_nothing_back(town: Town) -> None:
    """Who did not tell of it is not asked."""
    await town.told()
    town.turn(minutes=30)
    town.says(ZHANG, "感谢，清理干净了")
    await town.quiet()
    assert questions(town) == []
