"""What was set aside is listed with its reason and without anybody's number, tried again, or let go."""

from typing import Any

import pytest

from bot import dead
from bot.errors import SettingsRefused, safely, veiled
from tests.town import JING, MERCHANTS, QIU, SQUAD, STALL, Town

RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"


async def broken_in_one(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in one message, until it is dead."""
    from handlers import talk  # noqa: PLC0415 - broken here and nowhere else

    whole = talk.spoken

    def breaks(work: Any, arrival: Any) -> None:
        if "毒" in arrival.said.text:
            raise RuntimeError(f"cannot read '{arrival.said.text}'")
        whole(work, arrival)

    monkeypatch.setattr(talk, "spoken", breaks)
    town.says(QIU, "毒，我的电话13912345678，这里有货车路边卖水果，堵住我们门前小路，能不能过来管理？")
    for tries in range(1, 5):
        await town.sees_rows("SELECT 1 FROM inbox WHERE attempts = :tries", tries=tries)
        await town.later(seconds=40)
    await town.sees_rows("SELECT 1 FROM inbox WHERE state = 'dead'")
    monkeypatch.setattr(talk, "spoken", whole)


async def test_dead_message_is_listed_masked_and_done_after_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its phone is masked, its reason holds no words; after the repair it opens the ticket it should have."""
    await broken_in_one(town, monkeypatch)
    [one] = await dead.listed(town.settings)
    assert one.name.startswith("inbox:")
    assert "139****5678" in one.line
    assert "13912345678" not in one.line
    assert "RuntimeError: cannot read '…'" in one.line
    assert "试过4次" in one.line
    assert await dead.change(town.settings, "retry", [one.name]) == 1
    assert town.program is not None
    town.program.inbox_bell.ring()
    await town.sees("#1 占道经营")
    assert await dead.listed(town.settings) == []


async def test_dead_message_is_let_go_and_is_not_counted_as_done(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays in the table, and the balance says that it was dropped."""
    await broken_in_one(town, monkeypatch)
    assert await dead.change(town.settings, "drop", None) == 1
    [row] = await town.rows("SELECT state, last_error FROM inbox WHERE last_error IS NOT NULL")
    assert row == {"state": "done", "last_error": dead.DROPPED}


async def test_sending_that_failed_is_sent_after_all(town: Town) -> None:
    """Telegram refused the dispatch card for good; later it does not."""
    fault = {"method": "sendMessage", "chat": SQUAD, "fault": "status", "status": 400, "times": 1}
    town.play.api.faults.add([fault])
    town.says(QIU, STALL)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'failed'")
    await town.quiet()
    [one] = await dead.listed(town.settings)
    assert "card 没送到  工单 1" in one.line
    assert await dead.change(town.settings, "retry", [one.name]) == 1
    assert town.program is not None
    town.program.outbox_bell.ring()
    await town.button("接单", SQUAD)


async def test_due_work_that_died_is_done_after_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reminder that broke five times."""
    from services import dues  # noqa: PLC0415 - broken here and nowhere else

    town.says(QIU, STALL)
    await town.quiet()
    whole = dues.remind

    def breaks(work: Any, ticket: Any, kind: str) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(dues, "remind", breaks)
    town.turn(hours=1, minutes=40)
    assert town.program is not None
    for _ in range(6):
        await town.program.alarm.once()
    monkeypatch.setattr(dues, "remind", whole)
    names = [one.name for one in await dead.listed(town.settings)]
    assert names == ["job:soon:1"]
    await dead.change(town.settings, "retry", names)
    await town.later(seconds=1)
    await town.sees_rows("SELECT 1 FROM due_job WHERE key = 'soon:1' AND state = 'done'")


async def test_strange_name_changes_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even what is named beside it."""
    await broken_in_one(town, monkeypatch)
    [one] = await dead.listed(town.settings)
    for strange in ("inbox:99999", "inbox:x", "nothing", "outbox:1'; DROP TABLE inbox", ""):
        with pytest.raises(SettingsRefused, match="没有搁置的"):
            await dead.change(town.settings, "retry", [one.name, strange])
    assert [one] == await dead.listed(town.settings)
    assert JING
    assert MERCHANTS


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a fault of ours", "a fault of ours"),
        ("'chat'", "'chat'"),
        ("invalid literal for int() with base 10: '昨天13912345678'", "invalid literal for int() with base 10: '…'"),
        ("cannot read 凤鸣路31号，我的电话", "cannot read …"),
        ("call 912345678 now", "call … now"),
        ("first\nDETAIL: Failing row contains (1, 邱女士)", "first"),
        ("", ""),
    ],
)
def test_fault_is_told_without_anybodys_words(words: str, shown: str) -> None:
    """Kind and place of a fault are ours, what stands in quotes may be somebody's."""
    assert veiled(words) == shown
    assert safely(ValueError(words)) == f"ValueError: {shown}"
