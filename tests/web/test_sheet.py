"""A ticket's page by its parts: what was said in the chat, by whom."""

import re
from html import unescape

from tests.town import BAI, LEAD, QIU, SQUAD, STALL, Town
from tests.web.conftest import Enters

TALK = re.compile(r'<section class="card" aria-labelledby="talk">(.*?)</section>', re.DOTALL)
LINE = re.compile(
    r'<li class="(ours)?"><p class="quiet"><bdi>(.*?)</bdi>.*?<p class="bubble"><bdi>(.*?)</bdi>', re.DOTALL
)


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
