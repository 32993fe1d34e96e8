"""An English group beside a Chinese squad: each reads its own language, over a ticket's whole life."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, build
from tests.sights import labels
from tests.town import BAI, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, Json, Town, town_config

CHINESE = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff08-\uff1f]")
ENGLISH = re.compile(r"\b[A-Za-z]{3,}\b")
ENGLISH_CHATS = {MERCHANTS, LEADS}
PRIVATE = QIU
"""A private chat has its person's number."""


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """The shopkeepers' and the leads' groups speak English, the squad's as everywhere Chinese."""
    config = town_config()
    for group in config["groups"]:
        if group["chat"] in ENGLISH_CHATS:
            group["language"] = "en"
    return build({**config, "database": database, "data": str(tmp_path / "data")})


@pytest.fixture
def hour() -> str:
    """A Monday morning."""
    return "2026-03-02 09:00"


def own_words(message: Json, said: set[str]) -> str:
    """What of a message, its buttons too, is the bot's own: without quoted words, names and places."""
    told = "\n".join([message.get("text") or message.get("caption") or "", *labels(message)])
    for words in sorted(said, key=len, reverse=True):
        told = told.replace(words, "")
    return re.sub("“[^”]*[\u4e00-\u9fff][^”]*”", "", told)


def foreign(town: Town, chat: int, *said: str) -> list[str]:
    """What the bot shows in a chat, now and before it was edited, in another language than the chat's."""
    names = {one.name for one in (*town.settings.people, *town.settings.groups)}
    names |= {name for shop in town.settings.shops for name in (shop.name, shop.person or "", shop.address or "")}
    names |= {"门前小路", "凤鸣路", "郁洲街道", *said} - {""}
    shape = CHINESE if chat in ENGLISH_CHATS else ENGLISH
    edits = [told["message"] for _, told in town.world.events.kept if told.get("type") == "edited"]
    earlier = [message for message in edits if message["chat"]["id"] == chat]
    shown = [own_words(message, names) for message in [*town.by_bot(chat), *earlier]]
    return [words for words in shown if shape.search(words)]


async def test_whole_life_of_a_ticket_is_told_to_each_chat_in_its_own_language(town: Town) -> None:
    """Told of, taken, put on hold, solved, not solved, solved again: receipts in English, cards in Chinese."""
    town.says(QIU, STALL)
    receipt = await town.sees("#1 Stall on the road")
    assert labels(receipt) == ["Wrong matter", "Wrong place", "No report"]
    town.pins(QIU)
    card = await town.taken()
    await town.sees("白洋 has accepted it and is on the way")
    await town.clicks(BAI, card, "挂账")
    assert await town.clicks(BAI, card, "天气原因") == "已挂账，时限暂停"
    await town.sees("On hold for now: Weather. We tell you when it is done")
    await town.sees("原因：天气原因", SQUAD)
    await town.clicks(BAI, card, "恢复办理")
    await town.clicks(BAI, card, "到场")
    await town.sees("白洋 is there")
    town.says(BAI, "摊主马上就走", SQUAD, reply_to=card["message_id"])
    await town.sees("#1 白洋: 摊主马上就走")
    town.says(QIU, "怎么还没来", reply_to=receipt["message_id"])
    await town.sees("#1 对方在催", SQUAD)
    await town.clicks(BAI, card, "办结")
    await town.clicks(BAI, card, "管理")
    result = await town.sees("#1 Stall on the road: resolved (Management)")
    assert await town.clicks(QIU, result, "Not solved") == "Somebody is being sent again. Sorry for the wait"
    await town.sees("You said it is not solved; somebody is being sent again.")
    await town.sees("第2次", SQUAD)
    card = await town.reached()
    await town.finishes(BAI, card, "服务")
    await town.clicks(QIU, await town.sees("resolved (Service)"), "Solved")
    await town.sees("Closed. Thank you for your answer.")
    await town.quiet()
    assert (await town.ticket())["status"] == "closed"
    assert foreign(town, MERCHANTS, "摊主马上就走") == []
    assert foreign(town, SQUAD) == []
    assert len(town.by_bot(SQUAD)) > 3


async def test_english_leads_put_a_chinese_squads_ticket_off(town: Town) -> None:
    """Overdue is said in English, put off by an English reply and an English button; the squad reads it in Chinese."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    await town.later(hours=3, minutes=1)
    card = await town.sees("overdue, 三中队", LEADS)
    assert labels(card) == ["Extend", "Snooze", "Void"]
    town.says(LEAD, "extend 4 working days waiting for the owner", LEADS, reply_to=card["message_id"])
    told = await town.sees("已延期，新时限", SQUAD)
    assert "原因：waiting for the owner" in told["text"]
    town.says(LEAD, "extend a little", LEADS, reply_to=card["message_id"])
    await town.sees("#1 朱明忠督办：extend a little", SQUAD)
    await town.clicks(LEAD, card, "Extend")
    await town.clicks(LEAD, card, "1 calendar day")
    assert await town.clicks(LEAD, card, "Weather") == "Extended; the squad has been told"
    await town.sees("原因：天气原因", SQUAD)
    town.says(LEAD, "/ticket 1", LEADS)
    history = await town.sees("Extended 朱明忠 Weather 1 calendar day until", LEADS)
    assert "Deadline: " in history["text"]
    await town.quiet()
    assert foreign(town, LEADS) == []


async def test_english_leads_rule_on_a_chinese_squads_ticket(town: Town) -> None:
    """Another condition and void, pressed in English: the squad reads it in Chinese, and so do the tables."""
    town.settings.limits.pop("default")
    await town.stop_bot()
    await town.start_bot()
    town.says(QIU, "凤鸣路36号门口井盖松动，车一压就响，麻烦来修")
    await town.button("接单", SQUAD)
    town.says(LEAD, "/ticket 1", LEADS)
    card = await town.button("Condition", LEADS)
    assert await town.clicks(LEAD, card, "Condition") == "Choose the condition"
    await town.sees("Which condition is it?", LEADS)
    assert await town.clicks(LEAD, card, "sunken 5 days") == "The condition is changed, the deadline reckoned anew"
    await town.sees("情形改为“沉陷 5天”", SQUAD)
    await town.clicks(LEAD, card, "Void")
    assert await town.clicks(LEAD, card, "No longer needed") == "Voided"
    await town.sees("Withdrawn: No longer needed")
    town.says(LEAD, "/ticket 1", LEADS)
    await town.sees("Condition changed 朱明忠 sunken 5 days until", LEADS)
    await town.quiet()
    assert (await town.ticket())["reason"] == "对方不用了"
    town.says(QIU, STALL)
    card = await town.sees("#2 占道经营", SQUAD)
    town.says(LEAD, "void the stall is gone", SQUAD, reply_to=card["message_id"])
    await town.sees("Withdrawn: the stall is gone")
    await town.quiet()
    assert foreign(town, LEADS, "门口") == []
    assert foreign(town, SQUAD, "the stall is gone") == []


async def test_figures_come_in_the_language_of_the_chat_that_asks(town: Town) -> None:
    """The same question, the same figures: Summary in the leads' group, 汇总 where the squad is."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.says(LEAD, "/summary", LEADS)
    summary = await town.sees("Summary: today", LEADS)
    assert labels(summary) == ["List", "Map", "Export"]
    assert await town.clicks(LEAD, summary, "List") == "Being listed"
    listed = await town.sees("today Opened: 1", LEADS)
    assert labels(listed)[:6] == ["Closed", "Resolved", "Open", "Overdue", "Came back", "Not solved"]
    for asked, told in (("last week", "last week"), ("the last 7 days", "the last 7 days"), ("Yesterday", "yesterday")):
        town.says(LEAD, f"/summary {asked}", LEADS)
        await town.sees(f"Summary: {told}\n", LEADS)
    town.says(LEAD, "/summary last 0 days", LEADS)
    await town.sees("Please write one day or more, such as last 7 days", LEADS)
    town.says(LEAD, "/summary 2月30日", LEADS)
    await town.sees("Month 2 has no day 30", LEADS)
    town.says(LEAD, "/summary", SQUAD)
    assert labels(await town.sees("今天汇总", SQUAD)) == ["明细", "地图", "导出"]
    town.says(LEAD, "凤鸣路跟苍梧路这个月哪个多", LEADS)
    compared = await town.sees("Compared: this month·凤鸣路 and 苍梧路", LEADS)
    assert "Opened: 凤鸣路 1, 苍梧路 0, 凤鸣路 has 1 more" in compared["caption"]
    await town.quiet()
    assert foreign(town, LEADS, "苍梧路") == []
    assert foreign(town, SQUAD) == []


async def test_she_hears_her_groups_language_in_private_until_she_chooses(town: Town) -> None:
    """English as in her group; /language offers both; what she chooses stays hers."""
    town.says(QIU, "Hello everybody")
    await town.quiet()
    town.says(QIU, "/help", PRIVATE)
    await town.sees("Just say in the group what is wrong", PRIVATE)
    town.says(QIU, "/language", MERCHANTS)
    await town.sees("This group speaks English")
    town.says(QIU, "/language", PRIVATE)
    asked = await town.sees("Which language shall I speak with you?", PRIVATE)
    assert labels(asked) == ["中文", "English"]
    assert await town.clicks(QIU, asked, "中文") == "好的，以后和您说中文。"
    town.says(QIU, "帮助", PRIVATE)
    await town.sees("有事在群里直接说", PRIVATE)
    town.says(QIU, "/privacy", PRIVATE)
    assert labels(await town.sees("为履行城市管理职责", PRIVATE)) == ["给我一份", "删除我的资料"]
    town.says(BAI, "/help", BAI)
    await town.sees("卡片按钮：接单", BAI)
    assert [row["language"] for row in await town.rows("SELECT language FROM person WHERE language IS NOT NULL")] == [
        "zh"
    ]


async def test_group_speaks_as_its_file_says_from_the_next_start(town: Town) -> None:
    """The squad's group turns English: its card does at the next change, and so do the words at a press."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.quiet()
    await town.stop_bot()
    turned = [one.model_copy(update={"language": "en" if one.chat == SQUAD else None}) for one in town.settings.groups]
    town.settings = town.settings.model_copy(update={"groups": turned})
    await town.start_bot()
    assert await town.clicks(BAI, card, "到场") == "Arrival noted. Answer the card with a photo"
    await town.sees("Answer this card with a photo from the place, then press Resolve.", SQUAD)
    await town.sees("白洋已到场")


async def test_commands_are_described_in_every_language(town: Town) -> None:
    """Chinese, English, and the bureau's for whoever speaks neither."""
    known = await town.until(lambda: len(town.world.commands) > 2 and town.world.commands, "the lists of commands")
    assert {entry["command"]: entry["description"] for entry in known[""]}["mine"] == "我的工单"
    assert {entry["command"]: entry["description"] for entry in known["en"]}["mine"] == "My tickets"
    assert known["zh"] == known[""]
