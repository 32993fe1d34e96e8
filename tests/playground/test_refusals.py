"""How the methods refuse, in Telegram's own words, whatever they are given."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.changing import SAME
from playground.methods import METHODS
from tests.playground.conftest import Caller
from tests.town import MERCHANTS, QIU, SQUAD

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
