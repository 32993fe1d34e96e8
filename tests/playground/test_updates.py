"""Updates: numbers, offsets, long polls, rivals, kinds, privacy."""

import asyncio
from typing import Any

import pytest

from tests.playground.conftest import Caller
from tests.town import BAI, JING, MERCHANTS, QIU, SQUAD

Json = dict[str, Any]


async def test_updates_stay_until_the_offset_passes_them(caller: Caller) -> None:
    """The same updates come again and again; an offset behind them forgets them; ids only rise."""
    for words in "一二三":
        await caller.says(words)
    first = await caller.result("getUpdates", timeout=0)
    assert [update["message"]["text"] for update in first] == ["一", "二", "三"]
    assert await caller.result("getUpdates", timeout=0) == first
    ids = [update["update_id"] for update in first]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert await caller.result("getUpdates", offset=ids[1], limit=1) == [first[1]]
    assert await caller.result("getUpdates", offset=ids[2] + 1) == []
    await caller.says("四")
    assert [u["update_id"] for u in await caller.result("getUpdates")] == [ids[2] + 1]


async def test_negative_offset_keeps_the_last(caller: Caller) -> None:
    """-1 gives the newest and forgets all before it."""
    for words in "一二三":
        await caller.says(words)
    [last] = await caller.result("getUpdates", offset=-1)
    assert last["message"]["text"] == "三"
    assert await caller.result("getUpdates") == [last]


async def test_long_poll_ends_when_somebody_speaks(caller: Caller) -> None:
    """It waits for the first word and not a moment longer."""
    poll = asyncio.ensure_future(caller.result("getUpdates", timeout=30))  # noqa: TID251 - awaited below
    await asyncio.sleep(0.1)
    assert not poll.done()
    await caller.says("有人吗")
    [update] = await asyncio.wait_for(poll, 5)
    assert update["message"]["text"] == "有人吗"


async def test_second_poller_ends_the_first_with_409(caller: Caller) -> None:
    """The elder is told of its rival, the younger goes on waiting."""
    elder = asyncio.ensure_future(caller.refused("getUpdates", timeout=30))  # noqa: TID251 - awaited below
    await asyncio.sleep(0.1)
    younger = asyncio.ensure_future(caller.result("getUpdates", timeout=30))  # noqa: TID251 - awaited below
    assert await asyncio.wait_for(elder, 5) == (
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await caller.says()
    assert len(await asyncio.wait_for(younger, 5)) == 1


async def test_webhook_and_polling_exclude_each_other(caller: Caller) -> None:
    """Setting a webhook ends the poll; polling under a webhook is refused until it is deleted."""
    poll = asyncio.ensure_future(caller.refused("getUpdates", timeout=30))  # noqa: TID251 - awaited below
    await asyncio.sleep(0.1)
    await caller.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert await asyncio.wait_for(poll, 5) == "409 Conflict: terminated by setWebhook request"
    assert await caller.refused("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await caller.result("deleteWebhook")
    assert await caller.result("getUpdates") == []


async def test_kinds_that_were_not_asked_for_do_not_come(caller: Caller) -> None:
    """Members only when named; an empty list is the usual again; no list at all is as last time."""
    join: Json = {"chat": MERCHANTS, "name": "新来的"}
    await caller.deed("join", **join, user=7201)
    assert [set(u) - {"update_id"} for u in await caller.result("getUpdates", offset=-1)] == [{"message"}]
    await caller.result("getUpdates", offset=2**40, allowed_updates=["chat_member"])
    await caller.deed("join", **join, user=7202)
    [update] = await caller.result("getUpdates", allowed_updates="no list")
    change = update["chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
    await caller.says()
    assert len(await caller.result("getUpdates")) == 1
    await caller.result("getUpdates", allowed_updates=[])
    await caller.says("又听见了")
    assert (await caller.result("getUpdates"))[-1]["message"]["text"] == "又听见了"


@pytest.mark.parametrize(
    ("words", "heard"),
    [("早上好", False), ("/help", True), ("@qunban_playground_bot 在吗", True), ("qunban_playground_bot", False)],
)
async def test_privacy_mode_keeps_a_member_deaf(caller: Caller, words: str, heard: bool) -> None:
    """Without an administrator's seat it hears commands, mentions and replies to itself only."""
    caller.world.privacy = True
    assert (await caller.result("getMe"))["can_read_all_group_messages"] is False
    caller.world.seat_bot(MERCHANTS, "member")
    caller.world.updates.pending.clear()
    await caller.says(words)
    assert bool(await caller.result("getUpdates")) is heard


async def test_privacy_mode_lets_replies_and_comings_through(caller: Caller) -> None:
    """A reply to the bot, and a service message; an administrator hears all in any case."""
    caller.world.privacy = True
    caller.world.seat_bot(MERCHANTS, "member")
    card = await caller.result("sendMessage", chat_id=MERCHANTS, text="#1")
    caller.world.updates.pending.clear()
    caller.world.say(QIU, MERCHANTS, "好的", reply_to=card["message_id"])
    caller.world.join(MERCHANTS, 7300, "新来的")
    assert len(await caller.result("getUpdates")) == 2
    caller.world.say(BAI, SQUAD, "我在附近")
    assert (await caller.result("getUpdates", offset=-1))[0]["message"]["text"] == "我在附近"


async def test_bot_that_is_out_hears_nothing_but_its_own_seat(caller: Caller) -> None:
    """Put out: one my_chat_member, then silence; taken in again it hears."""
    caller.world.seat_bot(MERCHANTS, "kicked")
    await caller.says("它听不见")
    caller.world.seat_bot(MERCHANTS, "administrator")
    await caller.says("它又听见了", who=JING)
    kinds = [next(key for key in update if key != "update_id") for update in await caller.result("getUpdates")]
    assert kinds == ["my_chat_member", "message", "my_chat_member", "message"]


async def test_raw_updates_and_half_characters_reach_the_bot_as_they_are(caller: Caller) -> None:
    """Tests can send anything: what no terminal could print arrives unharmed and blocks nothing."""
    raw = {"message": {"text": "\ud800\0", "chat": None}}
    assert (await caller.deed("raw", **raw))[0] == 200
    assert (await caller.result("getUpdates"))[0]["message"] == raw["message"]
