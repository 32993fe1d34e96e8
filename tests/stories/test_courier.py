"""Telegram refuses, hangs, forgets to answer: what goes out arrives, and at most one copy more than it should."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from tests.sights import buttons, labels, points
from tests.town import BAI, JING, MERCHANTS, QIU, SQUAD, STALL, Json, Town

RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"


def fault(town: Town, **rule: Any) -> None:
    """Switch a fault on."""
    town.play.api.faults.add([rule])


def cards(town: Town, number: int = 1) -> list[Json]:
    """The squad's messages with buttons for a ticket."""
    return [m for m in town.by_bot(SQUAD) if f"#{number} " in (m.get("text") or "") and buttons(m)]


def asked(town: Town, method: str, chat: int) -> list[Json]:
    """The bot's calls of a method for a chat."""
    calls = town.world.calls
    return [c for c in calls if c["method"] == method and str(c["params"].get("chat_id")) == str(chat)]


async def until_at_rest(town: Town, turns: int = 6) -> None:
    """Let pauses pass until nothing waits any more."""
    for _ in range(turns):
        if not await town.rows("SELECT 1 FROM outbox WHERE state IN ('pending', 'sending')"):
            return
        await asyncio.sleep(0.05)
        await town.later(seconds=31)
    await town.quiet()


async def test_one_chat_is_told_to_wait_and_the_other_goes_on(town: Town) -> None:
    """429 for the squad's chat: it waits as long as it is told; the shopkeeper has her receipt meanwhile."""
    fault(town, method="sendMessage", chat=SQUAD, fault="status", status=429, retry_after=30)
    town.says(QIU, STALL)
    await town.sees("#1 占道经营")
    await town.sees_rows("SELECT 1 FROM chat_group WHERE blocked_until IS NOT NULL")
    town.says(JING, "凤鸣路22号门口垃圾桶满了没人收，麻烦来清一下")
    await town.sees("#2 ")
    assert town.by_bot(SQUAD) == []
    assert len(asked(town, "sendMessage", SQUAD)) == 1

    await town.later(seconds=31)
    await town.until(lambda: cards(town, 1) and cards(town, 2), "both cards")
    await until_at_rest(town)
    assert (len(cards(town, 1)), len(cards(town, 2))) == (1, 1)
    assert {row["state"] for row in await town.rows("SELECT state FROM outbox")} == {"sent"}


@pytest.mark.parametrize("status", [500, 502])
async def test_telegram_is_ill_for_a_moment_and_everything_arrives(town: Town, status: int) -> None:
    """An error before anything was done: the card goes out once."""
    fault(town, method="sendMessage", fault="status", status=status, times=2)
    town.says(QIU, STALL)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'pending' AND attempts > 0")
    await until_at_rest(town)
    assert len(cards(town)) == 1
    assert len(town.by_bot()) == 1
    await town.taken()


@pytest.mark.parametrize("kind", ["drop", "half"])
async def test_answer_is_lost_and_there_is_at_most_one_copy(town: Town, kind: str) -> None:
    """It was sent, but nobody said so: one copy at most; the first press decides which card is kept."""
    fault(town, method="sendMessage", chat=SQUAD, fault=kind)
    town.says(QIU, STALL)
    first = await town.button("接单", SQUAD)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'pending' AND doubts = 1")
    await until_at_rest(town)
    assert 1 <= len(cards(town)) <= 2
    assert len(await town.rows("SELECT 1 FROM card WHERE kind = 'dispatch'")) == 1

    assert await town.clicks(BAI, first, "接单") in {"已接单，路上注意安全", "这个按钮已经失效，请用最新的卡片"}
    await town.quiet()
    live = cards(town)
    if (await town.ticket())["status"] == "dispatched":
        await town.clicks(BAI, live[-1], "接单")
        await town.quiet()
    working = [m for m in cards(town) if "到场" in labels(m)]
    assert len(working) == 1
    assert await town.history(moves=True) == ["dispatch", "accept"]


async def test_stray_copy_is_pressed_and_loses_its_buttons(town: Town) -> None:
    """Two cards of one ticket after a lost answer: pressing either never moves the ticket twice."""
    fault(town, method="sendMessage", chat=SQUAD, fault="drop")
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'pending' AND doubts = 1")
    await until_at_rest(town)
    both = cards(town)
    assert len(both) == 2
    queries = [town.presses(BAI, card, "接单") for card in both]
    toasts = [await town.toast(query) for query in queries]
    await town.quiet()
    assert "已接单，路上注意安全" in toasts
    assert await town.history(moves=True) == ["dispatch", "accept"]
    assert len([m for m in cards(town) if "接单" in labels(m)]) == 0


async def test_line_is_cut_before_anything_was_done(town: Town) -> None:
    """Hung up on: sent again, at most one copy."""
    fault(town, method="sendMessage", fault="close", times=2)
    town.says(QIU, STALL)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'pending' AND attempts > 0")
    await until_at_rest(town)
    assert len(cards(town)) == 1
    assert len(town.by_bot()) == 1


async def test_one_chat_hangs_and_the_other_does_not_wait(town: Town) -> None:
    """A slow answer in the squad's chat holds up nobody else's receipt."""
    fault(town, method="sendMessage", chat=SQUAD, fault="delay", seconds=4.0)
    town.says(QIU, STALL)
    town.says(JING, RUBBISH)
    await town.sees("#2 ", seconds=3.5)
    assert town.by_bot(SQUAD) == []
    await town.until(lambda: cards(town, 1) and cards(town, 2), "both cards")


async def test_receipt_is_deleted_and_shown_anew(town: Town) -> None:
    """An administrator deleted it: at the next change it stands there again, once."""
    said = town.says(QIU, STALL)
    receipt = await town.sees("#1 ")
    await town.quiet()
    town.world.delete(MERCHANTS, receipt["message_id"])
    await town.taken()
    again = await town.sees("白洋已接单")
    assert again["message_id"] != receipt["message_id"]
    assert again["reply_to_message"]["message_id"] == said["message_id"]
    card = next(m for m in town.by_bot(SQUAD) if buttons(m))
    await town.quiet()
    await town.clicks(BAI, card, "到场")
    await town.sees("白洋已到场")
    await town.quiet()
    assert [m["message_id"] for m in town.by_bot()] == [again["message_id"]]


async def test_dispatch_card_is_deleted_and_the_squad_gets_it_again(town: Town) -> None:
    """The squad's card was deleted by mistake: what she adds brings it back, with its buttons."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    town.world.delete(SQUAD, card["message_id"])
    town.pins(QIU, 34.5961, 119.2190)
    again = await town.button("接单", SQUAD)
    assert again["message_id"] != card["message_id"]
    await town.quiet()
    assert len(cards(town)) == 1
    assert await town.clicks(BAI, again, "接单") == "已接单，路上注意安全"


async def test_complaint_is_deleted_before_the_receipt(town: Town) -> None:
    """The words to reply to are gone: the receipt comes without hanging on them."""
    town.world.chats[MERCHANTS].deleted.add(town.world.chats[MERCHANTS].next_id)
    town.says(QIU, STALL)
    receipt = await town.sees("#1 占道经营")
    assert "reply_to_message" not in receipt
    await town.taken()
    await town.sees("白洋已接单")


async def test_card_is_deleted_before_its_pin_and_the_pin_still_arrives(town: Town) -> None:
    """What should hang under a card that is gone stands by itself."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    town.world.delete(SQUAD, card["message_id"])
    town.says(QIU, "怎么还没来人？")
    told = await town.sees("对方在催", SQUAD)
    assert "reply_to_message" not in told or told["reply_to_message"]["message_id"] != card["message_id"]


async def test_bot_is_kicked_between_two_messages_and_the_rest_waits(town: Town) -> None:
    """403 while the group's cards are on their way: what is left waits until it is back, as things then stand."""
    town.world.chats[SQUAD].bot_status = "kicked"
    town.says(QIU, STALL)
    await town.sees("#1 占道经营")
    await town.sees_rows("SELECT 1 FROM chat_group WHERE name = '三中队' AND state = 'left'")
    assert town.by_bot(SQUAD) == []
    pin = town.pins(QIU, 34.5961, 119.2190)
    await town.sees_rows("SELECT 1 FROM ticket_message WHERE message = :pin", pin=str(pin["message_id"]))
    town.world.seat_bot(SQUAD, "administrator")
    card = await town.button("接单", SQUAD)
    await until_at_rest(town)
    assert len(cards(town)) == 1
    assert (34.5961, 119.2190) in points(town.by_bot(SQUAD))
    assert await town.clicks(BAI, card, "接单") == "已接单，路上注意安全"


async def test_toast_comes_too_late_and_nothing_else_suffers(town: Town) -> None:
    """A press that Telegram has forgotten cannot be answered; the ticket moved all the same."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    fault(
        town, method="answerCallbackQuery", fault="status", status=400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )  # fmt: skip
    town.presses(BAI, card, "接单")
    await town.sees("白洋已接单")
    await town.quiet()
    assert [r["state"] for r in await town.rows("SELECT state FROM outbox WHERE kind = 'toast'")] == ["failed"]


@pytest.mark.parametrize("kind", ["status", "close", "drop", "half"])
async def test_polling_is_interrupted_and_no_word_is_lost(town: Town, kind: str) -> None:
    """A poll that fails in any way there is: each complaint opens its ticket, once."""
    town.says(JING, "早上好")
    await town.quiet()
    fault(town, method="getUpdates", fault=kind)
    town.says(QIU, STALL)
    town.says(JING, RUBBISH)
    await town.sees("#2 ")
    await town.quiet()
    assert len(await town.tickets()) == 2
    copies = Counter(m["reply_to_message"]["message_id"] for m in town.by_bot())
    assert set(copies.values()) == {1}


async def test_many_changes_before_the_courier_comes_are_one_edit(town: Town) -> None:
    """Edits are merged: while the chat is told to wait, three changes are one edit, and the newest wins."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    fault(town, method="editMessageText", chat=MERCHANTS, fault="status", status=429, retry_after=60)
    await town.clicks(BAI, card, "接单")
    await town.sees_rows("SELECT 1 FROM chat_group WHERE blocked_until IS NOT NULL")
    await town.clicks(BAI, card, "到场")
    await town.clicks(BAI, card, "挂账")
    await town.clicks(BAI, card, "天气原因")
    before = len(asked(town, "editMessageText", MERCHANTS))
    await town.later(seconds=61)
    await town.sees("暂时挂账：天气原因")
    await town.quiet()
    assert len(asked(town, "editMessageText", MERCHANTS)) == before + 1
