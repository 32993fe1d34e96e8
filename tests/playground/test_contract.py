"""What the bot sends and what the playground says are held against the Bot API itself."""

from typing import Any

import pytest
from PIL import Image

from playground import files
from tests.playground.conftest import Caller
from tests.playground.contract import Contract
from tests.playground.pictures import jpeg, upload
from tests.town import BAI, JING, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, Town

Json = dict[str, Any]
ALL = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
WANTED = {
    "getme", "getupdates", "sendmessage", "sendlocation", "sendphoto", "sendmediagroup", "sendvoice", "editmessagetext",
    "editmessagecaption", "answercallbackquery", "getfile",
}  # fmt: skip


async def test_bot_calls_only_what_the_api_knows_in_a_whole_conversation(town: Town, contract: Contract) -> None:
    """The newspaper's case, an album, a voice note, an edit, a move to a supergroup: every call fits."""
    said = town.says(QIU, STALL)
    town.pins(QIU)
    card = await town.button("接单", SQUAD)
    town.presses(BAI, card, "接单")
    await town.sees("白洋已接单")
    town.world.edit(QIU, MERCHANTS, said["message_id"], text=f"{STALL}还挡住了消防通道")
    for colour in ("#a33", "#3a3"):
        town.shows(QIU, colour=colour, media_group_id="77")
    note = files.store(town.world.files, b"RIFF....WAVE", "voice", "n.wav", duration=2, mime_type="audio/wav")
    town.world.say(QIU, MERCHANTS, voice=note)
    await town.quiet()
    town.presses(BAI, await town.button("到场", SQUAD), "到场")
    await town.sees("白洋已到场")
    town.shows(BAI, SQUAD, reply_to=card["message_id"])
    await town.quiet()
    town.presses(BAI, await town.button("办结", SQUAD), "办结")
    town.presses(BAI, await town.button("管理", SQUAD), "管理")
    town.presses(QIU, await town.button("满意", MERCHANTS), "满意")
    await town.sees("谢谢您的评价")
    for words in ("/summary", "/help", "/ticket 1", "/mine"):
        town.says(LEAD, words, LEADS)
    await town.sees("今天汇总", LEADS)
    moved = town.world.migrate(MERCHANTS)
    for colour in ("#33a", "#aa3"):
        town.shows(JING, moved, colour, media_group_id="78")
    await town.quiet()
    town.says(JING, "店门口井盖松了，车一过就响", moved)
    await town.sees("#2", moved)
    await town.until(lambda: _called(town, "getFile") and _called(town, "sendMediaGroup"), "album and download")
    await town.quiet()

    calls = [call for call in town.world.calls if call["error_code"] != 409]
    wrong = [w for call in calls for w in contract.wrong_with_call(call["method"], call["params"], call["files"])]
    assert wrong == []
    assert {call["method"].lower() for call in calls} >= WANTED
    assert [call for call in calls if call["error_code"] not in {None, 400}] == []


def _called(town: Town, method: str) -> bool:
    return any(call["method"] == method for call in town.world.calls)


async def test_every_update_of_the_playground_is_one_that_telegram_could_send(
    caller: Caller, contract: Contract
) -> None:
    """All that people can do on the page, one by one: each update has the form that Telegram gives it."""
    caller.world.updates.allow(ALL)
    await _do_everything(caller)
    updates = list(caller.world.updates.pending)
    assert [w for update in updates for w in contract.wrong_with_update(update)] == []
    assert {key for update in updates for key in update} == {*ALL, "update_id"}
    kinds = {key for update in updates for key in update.get("message", {})}
    assert kinds >= {
        "text", "photo", "media_group_id", "location", "venue", "voice", "document", "reply_to_message",
        "forward_origin", "new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id",
        "sender_chat", "caption", "entities", "is_topic_message",
    }  # fmt: skip


async def _do_everything(caller: Caller) -> None:
    here: Json = {"as": QIU, "chat": MERCHANTS}
    first = await caller.says("这里有人占道")
    keys = {"inline_keyboard": [[{"text": "满意", "callback_data": "x"}]]}
    card = await caller.result("sendMessage", chat_id=MERCHANTS, text="#1", reply_markup=keys)
    number = first["message_id"]
    deeds: list[tuple[str, Json]] = [
        ("say", {**here, "text": "/help"}),
        ("say", {**here, "text": "接着说", "reply_to": number}),
        ("say", {**here, "text": "在话题里", "thread": 7}),
        ("pin", {**here, "lat": 34.59, "lon": 119.22}),
        ("pin", {**here, "lat": 34.59, "lon": 119.22, "title": "凤鸣便利店", "address": "凤鸣路18号"}),
        ("pin", {**here, "lat": 34.59, "lon": 119.22, "live_period": 900}),
        ("voice", here),
        ("press", {**here, "message_id": card["message_id"], "data": "x"}),
        ("press", {**here, "message_id": 9999, "data": "x"}),
        ("edit", {**here, "message_id": number, "text": "这里有人占道卖水果"}),
        ("forward", {**here, "from_chat": MERCHANTS, "message_id": number}),
        ("delete", {**here, "message_id": number}),
        ("anonymous", {"chat": MERCHANTS, "text": "请大家注意"}),
        ("say", {"as": QIU, "chat": QIU, "text": "单独说一句"}),
        ("join", {"chat": MERCHANTS, "user": 7100, "name": "新来的"}),
        ("leave", {"chat": MERCHANTS, "user": 7100}),
        *(
            ("bot_status", {"chat": SQUAD, "status": s})
            for s in ("restricted", "member", "kicked", "administrator", "left")
        ),
    ]
    for path, given in deeds:
        status, answer = await caller.deed(path, **given)
        assert status == 200, (path, answer)
    for path, name, count in (("photo", "photo", 1), ("photo", "photo", 3), ("document", "document", 1)):
        status, answer = await caller.deed(path, upload({**here, "caption": "现场"}, name, count))
        assert status == 200, (path, answer)
    assert (await caller.deed("migrate", chat=MERCHANTS))[0] == 200


async def test_every_method_answers_in_the_form_that_the_api_promises(caller: Caller, contract: Contract) -> None:
    """Each method of the playground once, with its result held against the described type."""
    keys = {"inline_keyboard": [[{"text": "接单", "callback_data": "v1"}]]}
    await caller.says()
    photo = await caller.raw("sendPhoto", data=upload({"chat_id": MERCHANTS}, "photo"))
    document = await caller.raw("sendDocument", data=upload({"chat_id": MERCHANTS}, "document"))
    voice = await caller.raw("sendVoice", data=upload({"chat_id": MERCHANTS, "duration": 3}, "voice"))
    video = await caller.raw("sendVideo", data=upload({"chat_id": MERCHANTS}, "video"))
    handle = photo["result"]["photo"][-1]["file_id"]
    words = await caller.result(
        "sendMessage", chat_id=MERCHANTS, text="<b>#1</b> 占道", parse_mode="HTML", reply_markup=keys
    )
    query = caller.world.press(QIU, MERCHANTS, words["message_id"], "v1")
    spot = {"chat_id": MERCHANTS, "latitude": 34.59, "longitude": 119.22}
    one = {"chat_id": MERCHANTS, "message_id": words["message_id"]}
    pictured = {"chat_id": MERCHANTS, "message_id": photo["result"]["message_id"]}
    calls: list[tuple[str, Json]] = [
        ("getMe", {}),
        ("getChat", {"chat_id": MERCHANTS}),
        ("getChatMember", {"chat_id": MERCHANTS, "user_id": QIU}),
        ("getChatMember", {"chat_id": MERCHANTS, "user_id": LEAD}),
        ("getChatMember", {"chat_id": MERCHANTS, "user_id": 8721}),
        ("getChatAdministrators", {"chat_id": MERCHANTS}),
        ("getFile", {"file_id": handle}),
        ("sendLocation", spot),
        ("sendVenue", {**spot, "title": "凤鸣便利店", "address": "凤鸣路18号"}),
        ("sendMediaGroup", {"chat_id": MERCHANTS, "media": [{"type": "photo", "media": handle, "caption": "一"}] * 2}),
        ("sendPhoto", {"chat_id": MERCHANTS, "photo": handle, "reply_parameters": {"message_id": 1}}),
        ("editMessageText", {**one, "text": "已接单"}),
        ("editMessageReplyMarkup", {**one, "reply_markup": keys}),
        ("editMessageCaption", {**pictured, "caption": "已办结"}),
        ("editMessageMedia", {**pictured, "media": {"type": "photo", "media": handle, "caption": "另一张"}}),
        ("setMessageReaction", {**one, "reaction": [{"type": "emoji", "emoji": "👍"}]}),
        ("answerCallbackQuery", {"callback_query_id": query, "text": "已接单"}),
        ("pinChatMessage", one),
        ("sendChatAction", {"chat_id": MERCHANTS, "action": "typing"}),
        ("setMyCommands", {"commands": [{"command": "help", "description": "怎么用"}]}),
        ("deleteMessage", one),
        ("setWebhook", {"url": "https://example.org/hook", "secret_token": "abc"}),
        ("getWebhookInfo", {}),
        ("deleteWebhook", {}),
        ("getUpdates", {"timeout": 0}),
        ("leaveChat", {"chat_id": LEADS}),
    ]
    for method, params in calls:
        result = await caller.result(method, **params)
        assert contract.wrong_with_call(method, params, []) == []
        assert contract.wrong_with_answer(method, result) == []
    for method, answer in (
        ("sendPhoto", photo),
        ("sendDocument", document),
        ("sendVoice", voice),
        ("sendVideo", video),
    ):
        assert answer["ok"], answer
        assert contract.wrong_with_answer(method, answer["result"]) == []


@pytest.mark.parametrize(
    ("method", "params", "wrong"),
    [
        ("sendMessage", {"chat_id": 1}, ["sendMessage.text: missing"]),
        ("sendMessage", {"chat_id": 1, "text": "a", "colour": "red"}, ["sendMessage.colour: unknown"]),
        ("sendMessage", {"chat_id": [], "text": "a"}, ["sendMessage.chat_id: no Integer but []"]),
        (
            "sendMessage",
            {"chat_id": 1, "text": "长" * 4097},
            ["sendMessage.text: 4097 is not within 1-4096 characters"],
        ),
        ("sendSmell", {}, ["sendSmell: no such method"]),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "a",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y" * 65}]]},
            },
            ["sendMessage.reply_markup.inline_keyboard[0][0].callback_data: 65 is not within 1-64 bytes"],
        ),
    ],
)
def test_the_checker_finds_what_is_wrong(contract: Contract, method: str, params: Json, wrong: list[str]) -> None:
    """The checker itself can say no."""
    assert contract.wrong_with_call(method, params, []) == wrong


def test_the_checker_finds_a_wrong_update(contract: Contract) -> None:
    """A message without a date, an unknown field, a seat of no known status."""
    chat = {"id": 1, "type": "private"}
    assert contract.wrong_with_update({"update_id": 1, "message": {"message_id": 1, "chat": chat, "mood": "good"}}) == [
        "update.message.mood: not in Message",
        "update.message.date: missing in Message",
    ]
    user = {"id": 1, "is_bot": False, "first_name": "x"}
    seat = {"status": "asleep", "user": user}
    change = {"chat": chat, "from": user, "date": 1, "old_chat_member": seat, "new_chat_member": seat}
    assert contract.wrong_with_update({"update_id": 1, "my_chat_member": change})


def test_pictures_of_the_tests_are_pictures() -> None:
    """What is uploaded here is a JPEG that Pillow reads."""
    assert Image.open(jpeg()).size == (64, 48)
