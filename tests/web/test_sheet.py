"""A ticket's page by its parts: what was said in the chat, by whom."""

import re
from html import unescape

import pytest

from tests.town import BAI, LEAD, LEADS, QIU, SQUAD, STALL, ZHANG, Town
from tests.web.conftest import Enters

TALK = re.compile(r'<section class="card" aria-labelledby="talk">(.*?)</section>', re.DOTALL)
LINE = re.compile(
    r'<li class="(ours)?"><p class="quiet"><bdi>(.*?)</bdi>.*?<p class="bubble"><bdi>(.*?)</bdi>', re.DOTALL
)


HISTORY = re.compile(r'<section class="card" aria-labelledby="history">(.*?)</section>', re.DOTALL)
EVENT = re.compile(r"<li>.*?</time>(.*?)</li>", re.DOTALL)


def history(page: str) -> list[str]:
    """The lines of its history as they are read, without the time."""
    [part] = HISTORY.findall(page)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in EVENT.findall(part)]


def talk(page: str) -> list[tuple[str, str, str]]:
    """Whether one of us says it, who it is, and the words, in order."""
    [part] = TALK.findall(page)
    return [tuple(unescape(re.sub(r"<[^>]+>", "", one)) for one in line) for line in LINE.findall(part)]


async def test_page_shows_what_was_said_in_the_chat(town: Town, enters: Enters) -> None:
    """Her words then and later, the officer's, her pin and picture: in order, masked until it is asked for."""
    said = town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    later = town.says(QIU, "还堵着，我电话13812345678", reply_to=said["message_id"])
    town.says(BAI, "收到，十分钟到", reply_to=later["message_id"])
    town.pins(QIU, reply_to=said["message_id"])
    town.shows(QIU, reply_to=said["message_id"])
    town.says(QIU, "今天生意真好")
    await town.quiet()
    one = await enters(LEAD)
    assert talk(await one.opens("/tickets/1")) == [
        ("", "邱**", STALL), ("", "邱**", "还堵着，我电话138****5678"), ("ours", "白洋", "收到，十分钟到"),
        ("", "邱**", "（定位）"), ("", "邱**", "（照片）"),
    ]  # fmt: skip
    assert talk(await one.sends("/tickets/1/exact"))[1] == ("", "邱女士", "还堵着，我电话13812345678")


@pytest.mark.parametrize("hour", ["2026-03-02 09:00"])
async def test_history_says_which_reminder_and_words_stand_apart(town: Town, enters: Enters) -> None:
    """In the words of the chat's own history; a name runs into nothing that follows it."""
    town.says(QIU, STALL)
    await town.taken()
    await town.quiet()
    for minutes in (91, 30, 60, 181):
        await town.later(minutes=minutes)
        await town.quiet()
    one = await enters(LEAD)
    await one.opens("/tickets/1")
    await one.sends("/tickets/1/extend", amount="1工作日", reason="等产权单位")
    await one.sends("/tickets/1/snooze", amount="明早", reason="在路上")
    lines = history(await one.opens("/tickets/1"))
    reminders = [line.removeprefix("提醒 ") for line in lines if line.startswith("提醒")]
    assert reminders == ["快到时限", "到时限了", "已超期", "已到时限的3倍"]
    assert "延期 朱明忠 1工作日 到3月3日11:00 等产权单位" in lines
    assert "先不催 朱明忠 到3月3日08:00 在路上" in lines
    town.says(LEAD, "/ticket 1", LEADS)
    told = (await town.sees("延期 朱明忠", LEADS))["text"]
    for words in reminders:
        assert f"提醒 {words}" in told


@pytest.mark.parametrize("hour", ["2026-03-02 09:00"])
async def test_number_beside_a_masked_name_is_a_word_of_its_own(town: Town, enters: Enters) -> None:
    """邱** #2, not 邱**#2."""
    town.says(QIU, STALL)
    town.says(ZHANG, "凤鸣路18号门口有货车占道卖水果，堵住路了")
    await town.sees_rows("SELECT 1 FROM ticket WHERE same_as = 1")
    await town.quiet()
    one = await enters(LEAD)
    told = " / ".join(history(await one.opens("/tickets/1")) + history(await one.opens("/tickets/2")))
    assert re.search(r"\S #\d", told), told
    assert not re.search(r"[^\s（(]#\d", told), told


@pytest.mark.parametrize("hour", ["2025-12-30 09:00"])
async def test_days_of_another_year_bear_it(town: Town, enters: Enters) -> None:
    """On the page, on the board and in the chat's history; days of this year stay short."""
    town.says(QIU, STALL)
    await town.reached()
    await town.finishes(BAI, await town.sees("已到场", SQUAD), "管理")
    await town.quiet()
    await town.later(days=4)
    await town.quiet()
    one = await enters(LEAD)
    page = await one.opens("/tickets/1")
    assert "<dt>开单</dt><dd>2025-12-30 09:0" in page
    assert "<time>2025-12-30 09:0" in page
    assert "12-30 09:0" not in page.replace("2025-12-30 09:0", "")
    assert '<span class="due">2025-12-30 09:0' in await one.opens("/?state=all")
    await one.opens("/tickets/1")
    await one.sends("/tickets/1/memo", words="看过了")
    assert "<time>01-03 09:0" in one.page
    town.says(LEAD, "/ticket 1", LEADS)
    told = (await town.sees("2025-12-30 09:0", LEADS))["text"]
    assert "时限：2025年12月30日11:0" in told
