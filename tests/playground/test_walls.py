"""Telegram's pace, and the faults that tests switch on."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import Refusal
from playground.pacing import A_MINUTE, A_SECOND, Pace
from tests.playground.conftest import Caller
from tests.playground.pictures import upload
from tests.town import MERCHANTS, QIU, SQUAD, TOKEN

Json = dict[str, Any]


async def test_twenty_messages_a_minute_fit_into_a_group(paced: Caller) -> None:
    """The 21st gets 429 and when to come back; another group is free; a minute later this one is, too."""
    for number in range(A_MINUTE):
        await paced.result("sendMessage", chat_id=MERCHANTS, text=str(number))
    answer = await paced.bot("sendMessage", chat_id=MERCHANTS, text="太快")
    after = answer["parameters"]["retry_after"]
    assert 50 <= after <= 60
    assert (answer["error_code"], answer["description"]) == (429, f"Too Many Requests: retry after {after}")
    await paced.result("sendMessage", chat_id=SQUAD, text="这里可以")
    paced.world.clock = lambda: time.time() + 61
    await paced.result("sendMessage", chat_id=MERCHANTS, text="又可以了")


async def test_edits_and_albums_are_counted_and_answers_to_presses_are_free(paced: Caller) -> None:
    """An album is as many messages as it has pictures, an edit is one, a toast and a refused call are none."""
    photo = (await paced.raw("sendPhoto", data=upload({"chat_id": MERCHANTS}, "photo")))["result"]["photo"][0][
        "file_id"
    ]
    await paced.result("sendMediaGroup", chat_id=MERCHANTS, media=[{"type": "photo", "media": photo}] * 10)
    card = await paced.result("sendMessage", chat_id=MERCHANTS, text="0")
    edit = {"chat_id": MERCHANTS, "message_id": card["message_id"]}
    for number in range(1, 9):
        await paced.result("editMessageText", **edit, text=str(number))
        await paced.refused("editMessageText", **edit, text=str(number))
    assert "429" in await paced.refused("editMessageText", **edit, text="太快")
    query = paced.world.press(QIU, MERCHANTS, card["message_id"], "x")
    assert await paced.result("answerCallbackQuery", callback_query_id=query) is True
    assert await paced.result("deleteMessage", **edit) is True


WAITS = st.integers(0, 160).map(lambda eighths: eighths / 8)


@given(st.lists(st.tuples(WAITS, st.integers(1, 3), st.integers(1, 10)), max_size=80))
def test_no_window_ever_holds_more_than_the_wall(steps: list[tuple[float, int, int]]) -> None:
    """Whatever is tried when: in any 60 s at most 20 in a group, in any second 30 over all; retry_after is enough."""
    pace, now = Pace(on=True), 0.0
    sent: list[tuple[float, int]] = []
    for wait, chat, count in steps:
        now += wait
        try:
            pace.spend(chat, now, group=True, count=count)
        except Refusal as refusal:
            now += refusal.parameters["retry_after"]
            pace.spend(chat, now, group=True, count=count)
        sent += [(now, chat)] * count
    for at, chat in sent:
        assert sum(1 for t, c in sent if c == chat and at - 60 < t <= at) <= A_MINUTE
        assert sum(1 for t, _ in sent if at - 1 < t <= at) <= A_SECOND


async def test_thirty_a_second_is_the_wall_over_all(paced: Caller) -> None:
    """Private chats have no minute, but they count for the second."""
    paced.world.clock = lambda: 1000.0
    await paced.says(chat=QIU)
    for number in range(A_SECOND):
        await paced.result("sendMessage", chat_id=QIU, text=str(number))
    assert "retry after 1" in await paced.refused("sendMessage", chat_id=QIU, text="太快")


# --- faults --------------------------------------------------------------------------------------------------------


async def _fault(caller: Caller, **rule: Any) -> None:
    status, answer = await caller.deed("faults", **rule)
    assert status == 200, answer


@pytest.mark.parametrize(("fault", "acts"), [("drop", True), ("half", True), ("close", False)])
async def test_cut_line_before_or_after_acting(caller: Caller, fault: str, acts: bool) -> None:
    """`drop` and `half` say the thing and lose the answer, `close` loses both; the next call is well again."""
    await _fault(caller, method="sendMessage", fault=fault)
    with pytest.raises(aiohttp.ClientError):
        await caller.bot("sendMessage", chat_id=MERCHANTS, text="到了吗")
    assert [m["text"] for m in caller.world.chats[MERCHANTS].messages.values()] == ["到了吗"] * acts
    await caller.result("sendMessage", chat_id=MERCHANTS, text="好了")


@pytest.mark.parametrize(
    ("rule", "words", "acts"),
    [
        ({"status": 500}, "500 Internal Server Error", False),
        ({"status": 500, "before": False}, "500 Internal Server Error", True),
        ({"status": 502}, "502 Bad Gateway", False),
        ({"status": 429, "retry_after": 7}, "429 Too Many Requests: retry after 7", False),
        ({"status": 400, "description": "Bad Request: chat not found"}, "400 Bad Request: chat not found", False),
    ],
)
async def test_refusals_by_rule(caller: Caller, rule: Json, words: str, acts: bool) -> None:
    """Any status, before or after acting."""
    await _fault(caller, fault="status", method="*", **rule)
    assert await caller.refused("sendMessage", chat_id=MERCHANTS, text="a") == words
    assert bool(caller.world.chats[MERCHANTS].messages) is acts


async def test_rule_strikes_so_often_and_only_there(caller: Caller) -> None:
    """Twice in that group and then no more; another group never; DELETE ends all rules."""
    await _fault(caller, method="sendMessage", chat=MERCHANTS, fault="status", times=2)
    await caller.result("sendMessage", chat_id=SQUAD, text="a")
    for _ in range(2):
        await caller.refused("sendMessage", chat_id=MERCHANTS, text="a")
    await caller.result("sendMessage", chat_id=MERCHANTS, text="a")
    await _fault(caller, fault="status", times=-1)
    await caller.refused("getMe")
    await caller.session.delete(f"{caller.play.url}/play/faults")
    await caller.result("getMe")
    assert await caller.deed("faults", fault="smell") == (
        400, {"error": "不认识的故障 smell，可用：drop、delay、status、close、half"}
    )  # fmt: skip


async def test_delay_answers_late(caller: Caller) -> None:
    """It acts after the wait, and answers."""
    await _fault(caller, method="getMe", fault="delay", seconds=0.3)
    begun = asyncio.get_running_loop().time()
    await caller.result("getMe")
    assert asyncio.get_running_loop().time() - begun >= 0.3
    async with caller.session.get(f"{caller.play.url}/bot{TOKEN}/getMe") as answer:
        assert answer.status == 200
