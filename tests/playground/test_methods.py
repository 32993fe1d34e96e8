"""The methods of the Bot API over real HTTP: what they do."""

from typing import Any

import pytest

from tests.playground.conftest import Caller
from tests.playground.pictures import jpeg, upload
from tests.town import BAI, LEADS, MERCHANTS, QIU, TOKEN

Json = dict[str, Any]
HERE = {"chat_id": MERCHANTS}
NOWHERE = -42
SPOT = {"latitude": 34.59, "longitude": 119.22}


def keys(data: str = "x", text: str = "接单", **more: Any) -> Json:
    """One button."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data, **more}]]}


async def test_parameters_come_in_every_form(caller: Caller) -> None:
    """Query, JSON, form and multipart mean the same; names of methods know no capitals."""
    params = {"chat_id": str(MERCHANTS), "text": "一样的话"}
    forms: list[Json] = [{"params": params}, {"json": params}, {"data": params}, {"data": upload(params, "unused")}]
    sent = [await caller.raw("SENDMESSAGE", **form) for form in forms]
    assert {answer["result"]["text"] for answer in sent} == {"一样的话"}
    assert (await caller.raw("sendMessage", data=b"{", headers={"Content-Type": "application/json"}))[
        "error_code"
    ] == 400


async def test_uploaded_photo_comes_back_in_sizes_and_can_be_sent_again(caller: Caller) -> None:
    """Sizes up to 1280, the same file id sent again is the same picture, and its bytes are fetched by getFile."""
    sent = await caller.raw(
        "sendPhoto", data=upload({**HERE, "caption": "现场"}, "photo", data=jpeg((2000, 1000)).read())
    )
    sizes = sent["result"]["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 45), (320, 160), (1280, 640)]
    again = await caller.result("sendPhoto", **HERE, photo=sizes[-1]["file_id"])
    assert again["photo"] == sizes
    file = await caller.result("getFile", file_id=sizes[-1]["file_id"])
    async with caller.session.get(f"{caller.play.url}/file/bot{TOKEN}/{file['file_path']}") as answer:
        assert (await answer.read())[:3] == b"\xff\xd8\xff"
    wrong = await caller.refused("sendVoice", **HERE, voice=sizes[0]["file_id"])
    assert wrong == "400 Bad Request: can't use file of type Photo as VoiceNote"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"", "Bad Request: IMAGE_PROCESS_FAILED"),
        (jpeg().read()[:200], "Bad Request: IMAGE_PROCESS_FAILED"),
        (jpeg((9000, 1200)).read(), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (jpeg((2100, 100)).read(), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_is_no_photo_is_refused(caller: Caller, data: bytes, words: str) -> None:
    """Broken bytes and pictures beyond Telegram's measures."""
    answer = await caller.raw("sendPhoto", data=upload(HERE, "photo", data=data))
    assert answer["description"] == words


async def test_reply_to_what_is_gone_goes_out_without_where_that_is_allowed(caller: Caller) -> None:
    """A deleted message is no target; allow_sending_without_reply sends all the same."""
    said = await caller.says()
    reply = {"message_id": said["message_id"], "allow_sending_without_reply": True}
    sent = await caller.result("sendMessage", **HERE, text="收到", reply_parameters=reply)
    assert sent["reply_to_message"]["text"] == "早上好"
    await caller.deed("delete", **{"as": QIU, "chat": MERCHANTS, "message_id": said["message_id"]})
    assert "reply_to_message" not in await caller.result("sendMessage", **HERE, text="收到", reply_parameters=reply)


async def test_edit_keeps_what_is_not_named_and_takes_buttons_away(caller: Caller) -> None:
    """An edit without a keyboard removes it, marks the message, and the same edit again is no edit."""
    card = await caller.result("sendMessage", **HERE, text="#1", reply_markup=keys())
    edit = {**HERE, "message_id": card["message_id"], "text": "<b>#1</b> 完", "parse_mode": "HTML"}
    after = await caller.result("editMessageText", **edit)
    assert (after["text"], after["entities"]) == ("#1 完", [{"type": "bold", "offset": 0, "length": 2}])
    assert "reply_markup" not in after
    assert after["edit_date"] >= card["date"]
    assert "message is not modified" in await caller.refused("editMessageText", **edit)


async def test_press_is_answered_once_and_not_too_late(caller: Caller) -> None:
    """The second answer and one after 150 seconds are refused."""
    card = await caller.result("sendMessage", **HERE, text="#1", reply_markup=keys("v1:a"))
    press = {"as": QIU, "chat": MERCHANTS, "message_id": card["message_id"], "data": "v1:a"}
    query = (await caller.deed("press", **press))[1]["callback_query_id"]
    assert await caller.result("answerCallbackQuery", callback_query_id=query, text="已接单", show_alert=True) is True
    assert "query is too old" in await caller.refused("answerCallbackQuery", callback_query_id=query)
    event = caller.world.events.kept[-1][1]
    assert (event["type"], event["text"], event["alert"]) == ("toast", "已接单", True)
    late = (await caller.deed("press", **press))[1]["callback_query_id"]
    caller.world.presses[late] -= 151
    assert "query is too old" in await caller.refused("answerCallbackQuery", callback_query_id=late)


async def test_bot_that_is_no_administrator_deletes_only_its_own_fresh_messages(caller: Caller) -> None:
    """An administrator may delete anything; a member only what it said within two days."""
    said = await caller.says()
    own = await caller.result("sendMessage", **HERE, text="a")
    await caller.deed("bot_status", chat=MERCHANTS, status="member")
    delete = {**HERE, "message_id": said["message_id"]}
    assert await caller.refused("deleteMessage", **delete) == "400 Bad Request: message can't be deleted"
    caller.world.chats[MERCHANTS].messages[own["message_id"]]["date"] -= 49 * 3600
    old = await caller.refused("deleteMessage", **HERE, message_id=own["message_id"])
    assert old == "400 Bad Request: message can't be deleted for everyone"
    await caller.deed("bot_status", chat=MERCHANTS, status="administrator")
    assert await caller.result("deleteMessage", **delete) is True


async def test_seats_of_a_group(caller: Caller) -> None:
    """The lead owns it, an officer is a member, a stranger has left, the bot is an administrator."""
    seats = {user: await caller.result("getChatMember", **HERE, user_id=user) for user in (5001, BAI, QIU, 6001, 8721)}
    assert {user: seat["status"] for user, seat in seats.items()} == {
        5001: "creator", BAI: "member", QIU: "member", 6001: "left", 8721: "administrator"
    }  # fmt: skip
    assert {seat["user"]["id"] for seat in await caller.result("getChatAdministrators", **HERE)} == {5001, 8721}
    await caller.result("leaveChat", chat_id=LEADS)
    assert "bot is not a member" in await caller.refused("getChat", chat_id=LEADS)


async def test_pinned_message_is_told_by_get_chat(caller: Caller) -> None:
    """Pinning leaves a service message in the group and is seen in getChat."""
    said = await caller.says()
    await caller.result("pinChatMessage", **HERE, message_id=said["message_id"])
    assert (await caller.result("getChat", **HERE))["pinned_message"]["message_id"] == said["message_id"]
    assert [*caller.world.chats[MERCHANTS].messages.values()][-1]["pinned_message"]["text"] == "早上好"
