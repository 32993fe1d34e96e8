"""What a reply asks for: 延期 and 先不催 in so many words, and what only sounds like it."""

import pytest

from services.delays import Wish, wished
from services.enquiry import Command, command_in


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("延期 1工作日 等配件", Wish("extend", "1工作日", "等配件")),
        ("延期1 工作日，等产权单位", Wish("extend", "1工作日", "等产权单位")),
        ("延2小时 路上堵", Wish("extend", "2小时", "路上堵")),
        ("延期：3天", Wish("extend", "3天", "")),
        ("延期", Wish("extend", "", "")),
        ("延期 等配件", Wish("extend", "", "等配件")),
        ("先不催 明早 已约好", Wish("snooze", "明早", "已约好")),
        ("先不催到明早，已约好", Wish("snooze", "到明早", "已约好")),
        ("先不催 30分钟 快到了", Wish("snooze", "30分钟", "快到了")),
        ("extend 1 working day waiting for parts", Wish("extend", "1工作日", "waiting for parts")),
        ("Extend by 2 hours, nights too: flood", Wish("extend", "2紧急工作时", "flood")),
        ("extend 4 working hours", Wish("extend", "4工作时", "")),
        ("extend 1 calendar day weather", Wish("extend", "1自然日", "weather")),
        ("snooze tomorrow morning a time is agreed", Wish("snooze", "明早", "a time is agreed")),
        ("snooze until tomorrow, agreed", Wish("snooze", "明早", "agreed")),
        ("snooze 2 hours", Wish("snooze", "2小时", "")),
        ("extend", Wish("extend", "", "")),
        ("extend a little", None),
        ("extend 2 days2", None),
        ("extended 2 days ago", None),
        ("延期也没用，摊主不在", None),
        ("先不催也行，他答应了", None),
        ("拖延期间没人管", None),
        ("今天必须到现场", None),
    ],
)
def test_reply_is_read_for_what_it_asks(words: str, wish: Wish | None) -> None:
    """Verb, amount, reason; ordinary words are none."""
    assert wished(words) == wish


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("127怎么样了", "127"), ("#127怎么样了？", "127"), ("工单127办好了吗", "127"), ("127 到哪一步了", "127"),
        ("@qunban_bot 127进展如何", "127"), ("127这单处理得怎么样了", "127"), ("工单 127", "127"),
        ("18号怎么样了", None), ("凤鸣路127怎么样了", None), ("127怎么样了，还没人来", None), ("怎么样了", None),
        ("12345怎么打不通", None),
    ],
)  # fmt: skip
def test_question_after_a_number_is_heard(words: str, number: str | None) -> None:
    """The number first and nothing beside the question; a house number is none."""
    assert command_in(words) == (Command("ticket", number) if number else None)
