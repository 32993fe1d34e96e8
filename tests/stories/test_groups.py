"""Groups move, put the bot out, silence it: no ticket is lost by it, and nothing is said twice."""

from pathlib import Path

from bot.settings import SECRETS, Settings, build
from tests.sights import buttons, labels, points
from tests.town import BAI, JING, LEADS, MERCHANTS, QIU, SITES, SQUAD, STALL, Town


async def test_merchants_group_becomes_a_supergroup_in_mid_ticket(town: Town) -> None:
    """The group has a new id: the ticket stands, the result goes to the new chat, she judges there."""
    town.says(QIU, STALL)
    card = await town.reached()
    await town.quiet()
    new = town.world.migrate(MERCHANTS)
    receipt = await town.sees("#1 ", new)
    await town.quiet()
    old = len(town.by_bot(MERCHANTS))
    assert old == 1

    await town.finishes(BAI, card, "管理")
    result = await town.sees("已办结（管理）", new)
    assert await town.clicks(QIU, result, "满意") == "谢谢您"
    await town.sees("谢谢您的评价", new)
    await town.quiet()
    assert len(town.by_bot(MERCHANTS)) == old
    assert [m["message_id"] for m in town.by_bot(new)] == [receipt["message_id"], result["message_id"]]
    assert (await town.ticket())["status"] == "closed"
    groups = await town.rows(
        "SELECT group_id, current FROM chat_alias WHERE chat IN (:a, :b)", a=str(MERCHANTS), b=str(new)
    )
    assert len({row["group_id"] for row in groups}) == 1

    said = town.says(QIU, "凤鸣路22号门口垃圾桶满了没人收，麻烦来清一下", chat=new)
    second = await town.sees("#2 ", new)
    assert second["reply_to_message"]["message_id"] == said["message_id"]


async def test_bot_told_of_its_seat_in_the_new_chat_before_the_move_takes_it_for_no_other_group(town: Town) -> None:
    """The receipt is shown there, as the group's own; the group that never was is not listed as one at work."""
    town.says(QIU, STALL)
    card = await town.reached()
    await town.quiet()
    new = town.world.migrate(MERCHANTS, seat_first=True)
    await town.sees("#1 ", new)
    await town.quiet()
    await town.finishes(BAI, card, "管理")
    await town.sees("已办结（管理）", new)
    at_work = await town.rows("SELECT name FROM chat_group WHERE kind = 'merchants' AND state = 'active'")
    aliases = await town.rows(
        "SELECT count(DISTINCT group_id) AS n FROM chat_alias WHERE chat IN (:a, :b)", a=str(MERCHANTS), b=str(new)
    )
    assert (len(at_work), aliases[0]["n"]) == (1, 1)


async def test_squads_group_becomes_a_supergroup_and_the_card_stands_in_the_new_one(town: Town) -> None:
    """The open card is shown in the new chat, and works there; message numbers of old and new are not confused."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    new = town.world.migrate(SQUAD)
    card = await town.button("接单", new)
    await town.quiet()
    assert await town.clicks(BAI, card, "接单") == "已接单，路上注意安全"
    await town.clicks(BAI, card, "到场")
    await town.finishes(BAI, card, "管理", new)
    await town.sees("已办结（管理）")
    cards = await town.rows("SELECT 1 FROM card WHERE kind = 'dispatch'")
    assert len(cards) == 1


async def test_group_moved_while_the_bot_was_away_and_sending_tells_of_it(town: Town) -> None:
    """The courier is told of the new id by Telegram's refusal, before any update: the card goes there, once."""
    town.world.updates.allow([])
    room = town.world.chats[SQUAD]
    pending = town.world.updates.pending
    new = town.world.migrate(SQUAD)
    pending.clear()
    assert room.moved_to == new
    town.says(QIU, STALL)
    card = await town.until(lambda: next((m for m in town.by_bot(new) if buttons(m)), None), "the card in the new chat")
    await town.later(seconds=5)
    await town.quiet()
    assert len([m for m in town.by_bot(new) if buttons(m)]) == 1
    assert await town.clicks(BAI, card, "接单") == "已接单，路上注意安全"


async def test_bot_is_put_out_of_the_squads_group_and_comes_back(town: Town) -> None:
    """While it is out complaints are taken; the cards wait and go out once when it is back, as things then stand."""
    town.world.seat_bot(SQUAD, "kicked")
    town.says(QIU, STALL)
    town.pins(QIU)
    await town.sees("#1 占道经营")
    await town.until(lambda: not town.world.updates.pending, "the updates to be fetched")
    assert town.by_bot(SQUAD) == []
    town.world.seat_bot(SQUAD, "administrator")
    card = await town.button("接单", SQUAD)
    await town.quiet()
    assert len([m for m in town.by_bot(SQUAD) if buttons(m)]) == 1
    assert points(town.by_bot(SQUAD))
    assert await town.clicks(BAI, card, "接单") == "已接单，路上注意安全"


async def test_bot_is_put_out_of_the_merchants_group_and_comes_back(town: Town) -> None:
    """The officers go on working; back again it greets once, shows how things stand, and brings the result."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.quiet()
    town.world.seat_bot(MERCHANTS, "left")
    town.says(QIU, "这句话它听不见")
    await town.clicks(BAI, card, "到场")
    town.shows(BAI, SQUAD, reply_to=card["message_id"])
    await town.until(lambda: "办结" in labels(town.world.chats[SQUAD].messages[card["message_id"]]), "办结")
    await town.sees_rows("SELECT 1 FROM ticket WHERE proofs = 1")
    await town.clicks(BAI, card, "办结")
    await town.clicks(BAI, card, "管理")
    await town.sees_rows("SELECT 1 FROM ticket WHERE status = 'resolved'")
    assert not any("已办结" in text for text in town.texts())

    town.world.seat_bot(MERCHANTS, "administrator")
    result = await town.button("满意", MERCHANTS)
    await town.quiet()
    assert "已办结（管理）" in result["caption"]
    assert len([text for text in town.texts() if "大家好，我是群办" in text]) == 1
    assert len([text for text in town.texts() if "已办结（管理）" in text]) == 1
    await town.clicks(QIU, result, "满意")
    await town.sees("谢谢您的评价")


async def test_bot_is_silenced_and_listens_on(town: Town) -> None:
    """Muted it takes complaints and dispatches them; its receipt comes when it may speak, without a greeting."""
    town.world.seat_bot(MERCHANTS, "restricted")
    said = town.says(QIU, STALL)
    await town.taken()
    assert town.by_bot() == []
    town.world.seat_bot(MERCHANTS, "administrator")
    receipt = await town.sees("白洋已接单")
    await town.quiet()
    assert receipt["reply_to_message"]["message_id"] == said["message_id"]
    assert [m["message_id"] for m in town.by_bot()] == [receipt["message_id"]]


async def test_bot_is_silenced_and_nobody_says_so_and_nothing_is_lost(town: Town) -> None:
    """The refusal comes before the update: the receipt waits, and goes out once when the bot may speak."""
    town.world.chats[MERCHANTS].bot_status = "restricted"
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.sees_rows("SELECT 1 FROM chat_group WHERE name = '郁洲街道城管共建群' AND state <> 'active'")
    assert town.by_bot() == []
    town.world.seat_bot(MERCHANTS, "administrator")
    await town.sees("#1 占道经营")
    await town.quiet()
    assert len(town.by_bot()) == 1


async def test_site_group_complains_and_its_own_group_hears_the_result(town: Town) -> None:
    """A worker of 工地环卫群 tells of rubbish: receipt and result go to that group, not to the shopkeepers'."""
    town.says(6001, "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下", chat=SITES)
    await town.sees("#1 ", SITES)
    card = await town.reached()
    await town.finishes(BAI, card, "服务")
    await town.sees("已办结（服务）", SITES)
    assert town.by_bot(MERCHANTS) == []


async def test_group_of_the_configuration_is_renamed_and_keeps_the_bureaus_name(town: Town) -> None:
    """The members' new title is theirs; cards name the group as the bureau does."""
    town.world.say(JING, MERCHANTS, new_chat_title="买菜群")
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    assert "郁洲街道城管共建群" in card["text"]


async def test_group_without_a_squad_and_the_leads_decide(tmp_path: Path, settings: Settings) -> None:
    """A group that names no squad: the leads get a card, their press sends it to a squad."""
    bare = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    bare["groups"] = [{**g, "squad": None} if g["kind"] == "merchants" else g for g in bare["groups"]]
    town = Town(build({**bare, "data": str(tmp_path)}))
    await town.open()
    try:
        town.says(QIU, STALL)
        await town.sees("正在派人")
        triage = await town.button("三中队", LEADS)
        await town.quiet()
        assert town.by_bot(SQUAD) == []
        assert await town.clicks(5001, triage, "三中队") == "已派遣"
        await town.sees("已派三中队")
        await town.taken()
    finally:
        await town.shut()
