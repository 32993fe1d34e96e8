"""Who is not who he says he is, through the real wiring: a polite word, and nothing in the tables has changed."""

from typing import Any

import pytest

from bot.settings import Settings
from playground.world import ANONYMOUS
from tests.sights import buttons, labels
from tests.squads import SECOND, two_squads
from tests.town import BAI, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, Json, Town

MA, NAMESAKE = 5201, 9101
NOT_YOURS = "这个按钮不归您按，谢谢"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with 二中队 beside 三中队."""
    return two_squads(settings, more=[{"user": MA, "name": "马力", "role": "officer", "squad": "二中队"}])


async def standing(town: Town) -> list[Any]:
    """What may not change: tickets and their history, cards, roles, and what was sent but for toasts."""
    await town.quiet()
    tables = ("ticket", "ticket_event", "ticket_reporter", "card", "person_role", "role_code", "due_job")
    rows = [await town.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables]  # noqa: S608 - our own tables
    sent = await town.rows("SELECT kind, group_id, card_id FROM outbox WHERE kind <> 'toast' ORDER BY id")
    return [*rows, sent]


@pytest.mark.parametrize("who", [QIU, MA, NAMESAKE])
async def test_card_is_pressed_by_who_is_no_officer_of_the_squad(town: Town, who: int) -> None:
    """A shopkeeper, an officer of another squad, a shopkeeper who calls himself 白洋."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    town.world.add_person(NAMESAKE, "白洋")
    town.world.join(MERCHANTS, NAMESAKE)
    before = await standing(town)
    for data in [b["callback_data"] for b in buttons(card)] + ["v1:void:1:1:0", "v1:merge:1:1", "v1:dispatch:1:1:1"]:
        assert await town.toast(town.world.press(who, SQUAD, card["message_id"], data)) in {
            NOT_YOURS, "这单现在是“待接单”，看最新卡片", "这个按钮已经失效，请用最新的卡片",
        }  # fmt: skip
    assert await standing(town) == before


async def test_neighbour_who_never_reported_presses_satisfied(town: Town) -> None:
    """满意 and 没解决 are for those who told of it."""
    town.says(QIU, STALL)
    result = await town.solved()
    before = await standing(town)
    for who in (7002, NAMESAKE, BAI, LEAD):
        town.world.add_person(NAMESAKE, "邱女士")
        for label in ("满意", "没解决"):
            assert await town.clicks(who, result, label) == NOT_YOURS
    assert await standing(town) == before
    assert labels(result) == ["满意", "没解决"]


async def test_card_that_was_forwarded_elsewhere_does_nothing_there(town: Town) -> None:
    """An officer presses a copy in the merchants' group, in private and in the leads' chat, and replies to it."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    origin = {"type": "user", "sender_user": town.world.bot, "date": 1_772_450_000}
    before = await standing(town)
    for chat in (MERCHANTS, LEADS, SECOND, LEAD):
        room = town.world.room(chat)
        fields = {"from": town.world.user(BAI), "text": card["text"], "forward_origin": origin}
        copy = town.world.put(room, {**fields, "reply_markup": card["reply_markup"]})
        for button in buttons(card):
            query = town.world.press(BAI, chat, copy["message_id"], button["callback_data"])
            assert await town.toast(query) == "这个按钮已经失效，请用最新的卡片"
        if chat != MERCHANTS:
            town.says(LEAD, "我来处理", chat=chat, reply_to=copy["message_id"])
    assert await standing(town) == before


@pytest.mark.parametrize(
    "speaker",
    [
        {"from": ANONYMOUS, "sender_chat": {"id": SQUAD, "type": "supergroup", "title": "三中队"}},
        {
            "from": {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
            "sender_chat": {"id": -1007777, "type": "channel", "title": "白洋"},
        },
        {
            "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
            "sender_chat": {"id": -1007777, "type": "channel", "title": "朱明忠"},
            "is_automatic_forward": True,
        },
    ],
    ids=["anonymous administrator", "a channel", "the linked channel"],
)
async def test_who_speaks_as_nobody_in_particular_commands_nothing(town: Town, speaker: Json) -> None:
    """Commands, replies to the card, words by hand: whoever stands behind it may be anybody."""
    said = town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    before = await standing(town)
    for words in ("/summary", "/ticket 1", "/mine", "/people", "/invite 队长", "人员", "汇总"):
        town.says(LEAD, words, chat=SQUAD, **speaker)
        town.says(LEAD, words, chat=LEADS, **speaker)
    town.says(LEAD, "处理好了", chat=SQUAD, reply_to=card["message_id"], **speaker)
    town.shows(LEAD, SQUAD, reply_to=card["message_id"], **speaker)
    assert await standing(town) == before
    town.shows(LEAD, caption="已处理", reply_to=said["message_id"], **speaker)
    await town.quiet()
    assert (await town.ticket())["status"] == "dispatched"


async def test_post_in_a_channel_is_no_message_of_ours(town: Town) -> None:
    """A channel's own post is not asked for and does nothing, whatever it says."""
    post = {"message_id": 5, "date": 1_772_450_000, "chat": {"id": -1007777, "type": "channel", "title": "频道"}}
    before = await standing(town)
    town.world.raw({"channel_post": {**post, "text": "/summary"}})
    town.world.raw({"edited_channel_post": {**post, "text": STALL}})
    assert await standing(town) == before


async def test_forged_press_deletes_no_message_but_its_own_question(town: Town) -> None:
    """She points a withdrawal at the neighbour's receipt, and a 不是 at the result: both stand there still."""
    town.says(QIU, STALL)
    receipt = await town.sees("#1 ")
    hers = town.says(7005, "苍梧路9号门口井盖坏了，太危险，快来人修")
    await town.sees("#2 ")
    await town.quiet()
    town.world.press(7005, MERCHANTS, receipt["message_id"], f"v1:no:0:1:{hers['message_id']}")
    town.world.press(7005, MERCHANTS, receipt["message_id"], "v1:withdraw:2:1:gone")
    await town.quiet()
    assert receipt["message_id"] in [m["message_id"] for m in town.by_bot()]
    assert labels(receipt) == ["事项不对", "地点不对", "不是报事"]
    assert [row["status"] for row in await town.tickets()] == ["dispatched", "void"]


async def test_press_with_numbers_beyond_all_tables_is_answered(town: Town) -> None:
    """What no database can hold is a button that is no longer there, and no dead update."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    before = await standing(town)
    for data in ("v1:accept:zzzzzzzzzzzzzzzzzzzzzzzz:1", f"v1:accept:1:{'9' * 40}", "v1:accept:-1:1", "v1:accept: 1:1",
                 "v1:accept:１:1", f"v1:revoke:0:1:{'z' * 30}", "v1:revoke:0:1:-5", "v1:restore:0:1:0"):  # fmt: skip
        assert await town.toast(town.world.press(LEAD, SQUAD, card["message_id"], data))
    assert await standing(town) == before
    assert await town.rows("SELECT 1 FROM inbox WHERE state = 'dead'") == []
