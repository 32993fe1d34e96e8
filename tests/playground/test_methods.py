"""The methods of the Bot API over real HTTP: what they do, and how they refuse in Telegram's own words."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.changing import SAME
from playground.methods import METHODS
from tests.playground.conftest import Caller
from tests.playground.pictures import jpeg, upload
from tests.town import BAI, LEADS, MERCHANTS, QIU, SQUAD, TOKEN

Json = dict[str, Any]
HERE = {"chat_id": MERCHANTS}
NOWHERE = -42
SPOT = {"latitude": 34.59, "longitude": 119.22}


def keys(data: str = "x", text: str = "接单", **more: Any) -> Json:
    """One button."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data, **more}]]}


REFUSALS: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": "a"}, "400 Bad Request: chat_id is empty"),
    ("sendMessage", {"chat_id": NOWHERE, "text": "a"}, "400 Bad Request: chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "a"}, "400 Bad Request: chat not found"),
    ("sendMessage", {"chat_id": QIU, "text": "a"}, "403 Forbidden: bot can't initiate conversation with a user"),
    ("sendMessage", HERE, "400 Bad Request: message text is empty"),
    ("sendMessage", {**HERE, "text": " \n "}, "400 Bad Request: message text is empty"),
    ("sendMessage", {**HERE, "text": "长" * 4097}, "400 Bad Request: message is too long"),
    ("sendMessage", {**HERE, "text": "😀" * 2049}, "400 Bad Request: message is too long"),
    ("sendMessage", {**HERE, "text": "\ud83d"}, "400 Bad Request: strings must be encoded in UTF-8"),
    ("sendMessage", {**HERE, "text": "a", "parse_mode": "Runes"}, "400 Bad Request: unsupported parse_mode"),
    (
        "sendMessage",
        {**HERE, "text": "路<b>", "parse_mode": "HTML"},
        "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "sendMessage",
        {**HERE, "text": "路</b>", "parse_mode": "HTML"},
        "400 Bad Request: can't parse entities: Unmatched end tag at byte offset 3",
    ),
    (
        "sendMessage",
        {**HERE, "text": "<marquee>", "parse_mode": "HTML"},
        '400 Bad Request: can\'t parse entities: Unsupported start tag "marquee" at byte offset 0',
    ),
    ("sendMessage", {**HERE, "text": "a", "message_thread_id": 7}, "400 Bad Request: message thread not found"),
    (
        "sendMessage",
        {**HERE, "text": "a", "reply_parameters": {"message_id": 99}},
        "400 Bad Request: message to be replied not found",
    ),
    ("sendMessage", {**HERE, "text": "a", "reply_markup": keys("y" * 65)}, "400 Bad Request: BUTTON_DATA_INVALID"),
    ("sendMessage", {**HERE, "text": "a", "reply_markup": keys("满" * 22)}, "400 Bad Request: BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {**HERE, "text": "a", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
        "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {**HERE, "text": "a", "reply_markup": keys(text="")},
        '400 Bad Request: can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    (
        "sendMessage",
        {**HERE, "text": "a", "reply_markup": "{"},
        "400 Bad Request: can't parse reply markup JSON object",
    ),
    ("sendPhoto", HERE, "400 Bad Request: there is no photo in the request"),
    ("sendPhoto", {**HERE, "photo": "no"}, "400 Bad Request: wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {**HERE, "photo": "attach://no"}, "400 Bad Request: wrong file identifier/HTTP URL specified"),
    ("sendDocument", HERE, "400 Bad Request: there is no document in the request"),
    ("sendVoice", HERE, "400 Bad Request: there is no voice in the request"),
    ("sendVideo", HERE, "400 Bad Request: there is no video in the request"),
    ("sendMediaGroup", HERE, "400 Bad Request: there are no messages to send"),
    (
        "sendMediaGroup",
        {**HERE, "media": [{"type": "photo", "media": "a"}]},
        "400 Bad Request: media group must include 2-10 items",
    ),
    (
        "sendMediaGroup",
        {**HERE, "media": [{"type": "smell", "media": "a"}] * 2},
        "400 Bad Request: can't parse InputMedia: type must be photo or video",
    ),
    ("sendLocation", {**HERE, "latitude": 34.59}, "400 Bad Request: longitude is empty"),
    ("sendLocation", {**HERE, "latitude": "nan", "longitude": 1}, "400 Bad Request: latitude must be a valid number"),
    (
        "sendLocation",
        {**HERE, "latitude": 91, "longitude": 1},
        "400 Bad Request: wrong latitude or longitude specified",
    ),
    ("sendLocation", {**HERE, **SPOT, "live_period": 5}, "400 Bad Request: wrong live location period specified"),
    ("sendVenue", {**HERE, **SPOT, "address": "a"}, "400 Bad Request: venue title must be non-empty"),
    ("sendVenue", {**HERE, **SPOT, "title": "a"}, "400 Bad Request: venue address must be non-empty"),
    ("editMessageText", {**HERE, "text": "a"}, '400 Bad Request: parameter "message_id" is required'),
    ("editMessageText", {**HERE, "message_id": 99, "text": "a"}, "400 Bad Request: message to edit not found"),
    ("editMessageText", {**HERE, "message_id": 1, "text": "a"}, "400 Bad Request: message can't be edited"),
    (
        "editMessageText",
        {**HERE, "message_id": 2, "text": "#1", "reply_markup": keys()},
        f"400 Bad Request: {SAME}",
    ),
    (
        "editMessageCaption",
        {**HERE, "message_id": 2, "caption": "a"},
        "400 Bad Request: there is no caption in the message to edit",
    ),
    ("editMessageMedia", {**HERE, "message_id": 2}, "400 Bad Request: there is no media in the request"),
    ("deleteMessage", {**HERE, "message_id": 99}, "400 Bad Request: message to delete not found"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "长" * 201}, "400 Bad Request: MESSAGE_TOO_LONG"),
    ("setMessageReaction", {**HERE, "message_id": 99}, "400 Bad Request: message to react not found"),
    (
        "setMessageReaction",
        {**HERE, "message_id": 1, "reaction": [{"type": "smell"}]},
        "400 Bad Request: REACTION_INVALID",
    ),
    ("getFile", {"file_id": "no"}, "400 Bad Request: wrong file_id or the file is temporarily unavailable"),
    ("getChat", {"chat_id": NOWHERE}, "400 Bad Request: chat not found"),
    ("getChatMember", {**HERE, "user_id": 1}, "400 Bad Request: user not found"),
    (
        "getChatAdministrators",
        {"chat_id": QIU},
        "400 Bad Request: there are no administrators in the private chat",
    ),
    ("setMyCommands", {}, '400 Bad Request: parameter "commands" is required'),
    ("setMyCommands", {"commands": "5"}, "400 Bad Request: can't parse commands JSON array"),
    (
        "setMyCommands",
        {"commands": [{"command": "帮助", "description": "怎么用"}]},
        "400 Bad Request: BOT_COMMAND_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "help", "description": ""}]},
        "400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    ("sendChatAction", {**HERE, "action": "dancing"}, "400 Bad Request: wrong parameter action in request"),
    ("pinChatMessage", {**HERE, "message_id": 99}, "400 Bad Request: message to pin not found"),
    ("leaveChat", {"chat_id": QIU}, "400 Bad Request: chat member status can't be changed in private chats"),
    ("flyToTheMoon", {}, "404 Not Found"),
]


@pytest.mark.parametrize(("method", "params", "words"), REFUSALS, ids=lambda value: str(value)[:40])
async def test_telegrams_refusals(caller: Caller, method: str, params: Json, words: str) -> None:
    """Each wrong call gets Telegram's code and words, and nothing is said in the group."""
    await caller.says()
    await caller.result("sendMessage", **HERE, text="#1", reply_markup=keys())
    before = len(caller.world.chats[MERCHANTS].messages)
    assert await caller.refused(method, **params) == words
    assert len(caller.world.chats[MERCHANTS].messages) == before
    assert caller.world.calls[-1]["error_code"] == int(words[:3])


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("kicked", "403 Forbidden: bot was kicked from the supergroup chat"),
        ("left", "403 Forbidden: bot is not a member of the supergroup chat"),
        ("restricted", "400 Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_bot_that_was_shut_out_is_told_so(caller: Caller, status: str, words: str) -> None:
    """Put out, gone or muted: three different answers, and photos are named as photos."""
    await caller.deed("bot_status", chat=SQUAD, status=status)
    assert await caller.refused("sendMessage", chat_id=SQUAD, text="a") == words
    photo = await caller.refused("sendPhoto", chat_id=SQUAD, photo="a")
    assert photo == words.replace("text messages", "photos")


async def test_group_that_moved_says_where_to(caller: Caller) -> None:
    """The old id is refused with the new one."""
    new = (await caller.deed("migrate", chat=MERCHANTS))[1]["chat"]
    answer = await caller.bot("sendMessage", **HERE, text="a")
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert "upgraded to a supergroup" in answer["description"]
    assert (await caller.result("sendMessage", chat_id=new, text="a"))["chat"]["id"] == new


async def test_wrong_token_is_unauthorized(caller: Caller) -> None:
    """Neither methods nor files are for strangers."""
    for path in ("bot1:wrong/getMe", "file/bot1:wrong/photos/a.jpg"):
        async with caller.session.get(f"{caller.play.url}/{path}") as answer:
            assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")


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


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["text", "photo", "media", "reply_markup", "reply_parameters", "message_id", "latitude", "longitude", "caption",
     "entities", "commands", "reaction", "user_id", "offset", "limit", "allowed_updates", "file_id", "parse_mode",
     "message_thread_id", "live_period", "url", "callback_query_id", "action", "title", "address"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(sorted({*METHODS, "getupdates", "setwebhook"})),
    params=st.dictionaries(NAMES, VALUES, max_size=5),
)
async def test_no_parameters_break_the_server(caller: Caller, method: str, params: Json) -> None:
    """Whatever is sent gets ok or a refusal of the 400 kind, never an error of ours."""
    answer = await caller.bot(method, **{"chat_id": MERCHANTS, **params, "timeout": 0})
    assert answer["ok"] or answer["error_code"] in {400, 403, 404, 409}, answer
