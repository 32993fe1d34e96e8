"""What one person tells by pieces is one ticket with one receipt; two people's pieces never mix."""

import pytest

from tests.town import JING, QIU, SQUAD, ZHANG, Town

FISH = ("凤鸣路那边", "烤鱼店对面", "占道经营的")


@pytest.mark.parametrize(
    ("pieces", "matter", "place"),
    [
        (FISH, "09006", "凤鸣路那边，烤鱼店对面"),
        (("凤鸣路31号门口", "井盖", "松了"), "01023", "凤鸣路31号门口"),
        (("苍梧路", "路灯", "不亮"), "01037", "苍梧路"),
        (("路灯", "凤鸣路36号这边", "不亮"), "01037", "凤鸣路36号这边"),
        (("苍梧路小学门口", "好多电动车", "乱停"), "09010", "苍梧路小学门口"),
    ],
)
async def test_shopkeeper_tells_it_by_pieces_and_it_is_one_ticket(
    town: Town, pieces: tuple[str, ...], matter: str, place: str
) -> None:
    """None says enough alone; the last one opens a ticket that has them all, and one receipt answers it."""
    said = []
    for piece in pieces:
        assert town.by_bot() == []
        said.append(town.says(ZHANG, piece))
        town.turn(minutes=0.5)
        await town.quiet()
    receipt = await town.sees("#1 ")
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["matter"], ticket["place"]) == (matter, place)
    assert await town.linked() == [message["message_id"] for message in said]
    assert receipt["reply_to_message"]["message_id"] == said[-1]["message_id"]
    assert len(town.by_bot()) == 1


async def test_piece_that_follows_the_receipt_is_no_second_ticket(town: Town) -> None:
    """「三天了」 belongs to her bin, whoever spoke between."""
    town.says(QIU, "垃圾桶")
    town.says(QIU, "满了")
    await town.sees("#1 ")
    town.says(JING, "早上好")
    said = town.says(QIU, "三天了")
    await town.quiet()
    assert said["message_id"] in await town.linked()
    assert len(await town.tickets()) == 1


async def test_pieces_of_long_ago_are_not_put_together(town: Town) -> None:
    """Four minutes between two words: they are two thoughts."""
    town.says(ZHANG, "路灯")
    town.turn(minutes=4)
    town.says(ZHANG, "不亮")
    await town.quiet()
    assert await town.tickets() == []


@pytest.mark.parametrize(
    "pieces",
    [
        ("苍梧路那边", "新开了一家面馆", "挺好吃的"), ("凤鸣路", "烤鱼店", "好吃吗"), ("路灯", "亮了", "真好"),
        ("卖烤肠的", "多少钱", "一根"), ("垃圾桶", "我买了新的", "挺大"), ("渣土车", "司机", "招人"),
        ("空调", "坏了", "谁会修"), ("公厕门口", "等你"), ("工地", "下班了"),
    ],
)  # fmt: skip
async def test_scraps_of_talk_are_no_ticket_together(town: Town, pieces: tuple[str, ...]) -> None:
    """The same nouns and no trouble: the bot says nothing."""
    for piece in pieces:
        town.says(ZHANG, piece)
        town.turn(minutes=0.5)
    await town.quiet()
    assert await town.tickets() == []
    assert town.by_bot() == []


async def test_two_tell_by_pieces_at_once_and_nothing_is_crossed(town: Town) -> None:
    """Word by word in turn: two tickets, each of her own three pieces."""
    hers, his = [], []
    for mine, other in zip(FISH, ("苍梧路小学门口", "垃圾桶", "满了没人收"), strict=True):
        hers.append(town.says(JING, mine)["message_id"])
        his.append(town.says(ZHANG, other)["message_id"])
    await town.sees("#2 ")
    await town.quiet()
    first, second = await town.tickets()
    assert (first["matter"], first["place"]) == ("09006", "凤鸣路那边，烤鱼店对面")
    assert (second["matter"], second["place"]) == ("06042", "苍梧路小学门口")
    assert (await town.linked(1), await town.linked(2)) == (hers, his)


async def test_neighbours_address_is_no_part_of_what_another_told(town: Town) -> None:
    """邱女士's stall is just talked of; 老张 begins with where, and it is his own rubbish."""
    stall = town.says(QIU, "有人在路边摆摊，路都堵住了，来管管")
    await town.button("接单", SQUAD)
    where = town.says(ZHANG, "苍梧路37号门口")
    what = town.says(ZHANG, "垃圾堆了一地没人清，麻烦处理")
    await town.sees("#2 ")
    await town.quiet()
    assert await town.linked(1) == [stall["message_id"]]
    assert await town.linked(2) == [where["message_id"], what["message_id"]]
    assert (await town.tickets())[1]["place"] == "苍梧路37号门口"
