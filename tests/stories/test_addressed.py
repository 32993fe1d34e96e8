"""Whom a question about figures is for: who names the bot is answered, what is said to others is talk."""

import pytest

from tests.stories.test_asking import asks, two_tickets, words_of
from tests.town import LEAD, LEADS, MERCHANTS, QIU, STALL, Town

SUNDAY = 6


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("721比例", "本月汇总"),
        ("三中队本月", "三中队"),
        ("谁手上积压最多", "手上"),
        ("上周", "上周"),
        ("汇总 上周", "上周"),
    ],
)
async def test_lead_who_names_the_bot_is_answered_in_the_street_too(town: Town, words: str, head: str) -> None:
    """Nobody else can be meant."""
    await two_tickets(town)
    for chat in (MERCHANTS, LEADS):
        for name in ("@qunban_bot ", "@qunban_bot，"):
            assert head in words_of(await asks(town, name + words, chat=chat))


async def test_lead_who_answers_the_bots_figures_speaks_to_the_bot(town: Town) -> None:
    """Under a summary a period is enough, in the street too; under a ticket's card it is talk about the ticket."""
    await two_tickets(town)
    for chat in (MERCHANTS, LEADS):
        shown = await asks(town, "@qunban_bot 今天", chat=chat)
        assert "今天汇总" in words_of(shown)
        for words, head in (("上周", "上周"), ("三中队本月", "三中队"), ("谁手上积压最多", "手上")):
            assert head in words_of(await asks(town, words, chat=chat, reply_to=shown["message_id"]))
        await town.quiet()
    receipt = await town.sees("#1 ")
    shown = await asks(town, "@qunban_bot 今天")
    before = town.by_bot(MERCHANTS)
    town.says(LEAD, "今天", reply_to=receipt["message_id"])
    town.says(QIU, "上周", reply_to=shown["message_id"])
    town.says(LEAD, "上周", reply_to=town.says(QIU, "路口新开了家面馆")["message_id"])
    await town.quiet()
    assert town.by_bot(MERCHANTS) == before


@pytest.mark.parametrize("words", ["721比例", "三中队本月", "谁手上积压最多", "上周"])
async def test_who_names_another_or_is_no_lead_is_not_answered_there(town: Town, words: str) -> None:
    """To a person it is talk, and the figures of all are no shopkeeper's."""
    await two_tickets(town)
    before = town.by_bot(MERCHANTS)
    town.says(QIU, f"@qunban_bot {words}")
    town.says(LEAD, f"@baiyang {words}")
    await town.quiet()
    assert town.by_bot(MERCHANTS) == before


async def test_who_speaks_to_the_bot_alone_hears_where_to_say_it(town: Town) -> None:
    """A shopkeeper is sent to her group, a lead hears what can be asked; once an hour, and a question is answered."""
    for who, words, told in (
        (QIU, "我门口垃圾没人管", "请到群里说一句"),
        (LEAD, "没接单的有哪些", "没看懂“没接单的有哪些”"),
    ):
        for text in (words, "在吗"):
            town.says(who, text, chat=who)
            await town.quiet()
        assert [told in text for text in town.texts(who)] == [True]
        town.turn(minutes=61)
        town.says(who, "在吗", chat=who)
        await town.quiet()
        assert len(town.texts(who)) == 2
        town.says(who, "我的", chat=who)
        await town.quiet()
        assert len(town.texts(who)) == 3
    assert await town.rows("SELECT * FROM ticket") == []


async def test_period_alone_was_a_question_and_silences_nobody(town: Town) -> None:
    """What was answered is no talk that the bot stays out of: what it does not understand next, it says."""
    for words in ("上周", "last month", "2月30日"):
        await asks(town, words, chat=LEAD, who=LEAD)
    town.says(LEAD, "没接单的有哪些", chat=LEAD)
    await town.sees("没看懂“没接单的有哪些”", LEAD)


async def test_leads_notice_of_a_day_to_come_is_no_question_and_holds_nobody_up(town: Town) -> None:
    """No day that can be asked about, twice over: the notice is talk, and nothing of it is tried again."""
    if town.clock.now().astimezone(town.settings.zone).weekday() == SUNDAY:
        town.turn(minutes=24 * 60)
    town.says(LEAD, "汛前联合巡查，本周日早八点，各工地派两人，雨鞋自带。")
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.quiet()
    assert await town.rows("SELECT * FROM inbox WHERE state = 'dead' OR attempts > 0") == []
