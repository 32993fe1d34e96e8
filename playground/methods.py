"""The methods of the Bot API: one function each, by Telegram's name."""

from collections.abc import Callable
from typing import Any

from playground import files, formatting
from playground.errors import Refusal, bad
from playground.pacing import Pace
from playground.params import Params
from playground.world import BOT_ID, Chat, World

Json = dict[str, Any]
Method = Callable[[World, Params, Pace], Any]
TEXT_LIMIT, CAPTION_LIMIT, DATA_LIMIT = 4096, 1024, 64
PRESS_SECONDS = 150
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def _chat(world: World, params: Params, pace: Pace, *, speaks: bool = True) -> Chat:
    chat_id = params.integer("chat_id")
    chat = world.chat(chat_id)
    if chat is None:
        raise bad("chat not found")
    if chat.moved_to is not None:
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
    if chat.bot_status == "kicked":
        raise Refusal(403, f"Forbidden: bot was kicked from the {chat.type} chat")
    if chat.bot_status == "left":
        raise Refusal(403, f"Forbidden: bot is not a member of the {chat.type} chat")
    if speaks and chat.bot_status == "restricted":
        raise bad("not enough rights to send text messages to the chat")
    if speaks:
        pace.spend(chat.id, world.clock(), group=chat.type != "private")
    return chat


def _words(params: Params, name: str, limit: int, *, required: bool) -> tuple[str, list[Json]]:
    text, entities = formatting.parse(params.text(name), params.values.get("parse_mode"))
    if required and not text.strip():
        raise bad("message text is empty")
    if formatting.units(text) > limit:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return text.strip(), entities


def _markup(params: Params) -> Json | None:
    markup = params.object("reply_markup")
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return None
    rows = [list(row) for row in markup["inline_keyboard"] if row]
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
        if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= DATA_LIMIT:
            raise bad("BUTTON_DATA_INVALID")
    return {"inline_keyboard": rows} if rows else None


def _reply(params: Params, chat: Chat) -> int | None:
    given = params.object("reply_parameters") or {}
    number = given.get("message_id") if isinstance(given, dict) else None
    if number is None:
        return None
    number = int(number)
    if number not in chat.messages or number in chat.deleted:
        if given.get("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")
    return number


def _thread(params: Params) -> None:
    if params.integer("message_thread_id", 0):
        raise bad("message thread not found")


def _post(world: World, params: Params, chat: Chat, fields: Json) -> Json:
    _thread(params)
    markup = _markup(params)
    reply = _reply(params, chat)
    full = {"from": world.bot, **fields, **({"reply_markup": markup} if markup else {})}
    return world.put(chat, full, reply)


def send_message(world: World, params: Params, pace: Pace) -> Json:
    """SendMessage."""
    text, entities = _words(params, "text", TEXT_LIMIT, required=True)
    chat = _chat(world, params, pace)
    return _post(world, params, chat, {"text": text, **({"entities": entities} if entities else {})})


def _caption(params: Params) -> Json:
    text, entities = _words(params, "caption", CAPTION_LIMIT, required=False)
    return {**({"caption": text} if text else {}), **({"caption_entities": entities} if text and entities else {})}


def _upload(world: World, params: Params, name: str, value: Any = None) -> Any:
    """An upload, an `attach://` upload, or a file that is known."""
    value = params.values.get(name) if value is None else value
    if name in params.files:
        return params.files[name]
    if isinstance(value, str) and value.startswith("attach://"):
        found = params.files.get(value.removeprefix("attach://"))
        if found is None:
            raise bad("wrong file identifier/HTTP URL specified")
        return found
    known = world.files.get(str(value))
    if known is None:
        raise bad("wrong file identifier/HTTP URL specified" if value else f"there is no {name} in the request")
    return known


def _photo(world: World, given: Any) -> list[Json]:
    if isinstance(given, tuple):
        return files.photo(world.files, given[1])
    return files.photo(world.files, given["data"])


def send_photo(world: World, params: Params, pace: Pace) -> Json:
    """SendPhoto."""
    chat = _chat(world, params, pace)
    return _post(world, params, chat, {"photo": _photo(world, _upload(world, params, "photo")), **_caption(params)})


def _file(world: World, given: Any, folder: str) -> Json:
    if isinstance(given, tuple):
        return {**files.store(world.files, given[1], folder, given[0]), "file_name": given[0]}
    return {key: given[key] for key in ("file_id", "file_unique_id", "file_size")}


def send_document(world: World, params: Params, pace: Pace) -> Json:
    """SendDocument."""
    chat = _chat(world, params, pace)
    return _post(
        world,
        params,
        chat,
        {"document": _file(world, _upload(world, params, "document"), "documents"), **_caption(params)},
    )


def send_voice(world: World, params: Params, pace: Pace) -> Json:
    """SendVoice."""
    chat = _chat(world, params, pace)
    note = _file(world, _upload(world, params, "voice"), "voice")
    note.pop("file_name", None)
    return _post(
        world, params, chat, {"voice": {**note, "duration": params.integer("duration", 1)}, **_caption(params)}
    )


def send_media_group(world: World, params: Params, pace: Pace) -> list[Json]:
    """sendMediaGroup, photos."""
    media = params.object("media")
    if not isinstance(media, list) or not 2 <= len(media) <= 10:  # noqa: PLR2004 - Telegram's bounds
        raise bad("media group must include 2-10 items" if media else "there are no messages to send")
    chat = _chat(world, params, pace)
    album = f"{world.updates.next_id}{chat.next_id}"
    sent = []
    for item in media:
        photo = _photo(world, _upload(world, params, "media", item.get("media")))
        text, entities = formatting.parse(item.get("caption") or "", item.get("parse_mode"))
        words = {"caption": text, **({"caption_entities": entities} if entities else {})} if text else {}
        sent.append(_post(world, params, chat, {"photo": photo, "media_group_id": album, **words}))
    return sent


def _location(params: Params) -> Json:
    lat, lon = params.number("latitude"), params.number("longitude")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - the earth
        raise bad("wrong latitude or longitude specified")
    return {"latitude": lat, "longitude": lon}


def send_location(world: World, params: Params, pace: Pace) -> Json:
    """SendLocation."""
    location = _location(params)
    return _post(world, params, _chat(world, params, pace), {"location": location})


def send_venue(world: World, params: Params, pace: Pace) -> Json:
    """SendVenue."""
    location = _location(params)
    title, address = params.text("title"), params.text("address")
    if not title or not address:
        raise bad("venue title must be non-empty" if not title else "venue address must be non-empty")
    venue = {"location": location, "title": title, "address": address}
    return _post(world, params, _chat(world, params, pace), {"location": location, "venue": venue})


def _target(params: Params, chat: Chat) -> Json:
    number = params.integer("message_id")
    message = chat.messages.get(number)
    if message is None or number in chat.deleted:
        raise bad("message to edit not found")
    if message.get("from", {}).get("id") != BOT_ID:
        raise bad("message can't be edited")
    return message


def _change(world: World, params: Params, chat: Chat, fields: Json, drop: tuple[str, ...]) -> Json:
    message = _target(params, chat)
    markup = _markup(params)
    after = {key: value for key, value in message.items() if key not in {*drop, "reply_markup", "edit_date"}} | fields
    if markup:
        after["reply_markup"] = markup
    if after == {key: value for key, value in message.items() if key != "edit_date"}:
        raise bad(SAME)
    after["edit_date"] = int(world.clock())
    chat.messages[message["message_id"]] = after
    world.events.tell({"type": "edited", "chat": chat.id, "message": after})
    return after


def edit_message_text(world: World, params: Params, pace: Pace) -> Json:
    """EditMessageText."""
    text, entities = _words(params, "text", TEXT_LIMIT, required=True)
    chat = _chat(world, params, pace)
    if "text" not in _target(params, chat):
        raise bad("there is no text in the message to edit")
    return _change(
        world, params, chat, {"text": text, **({"entities": entities} if entities else {})}, ("text", "entities")
    )


def edit_message_caption(world: World, params: Params, pace: Pace) -> Json:
    """EditMessageCaption."""
    chat = _chat(world, params, pace)
    if not {"photo", "document", "video", "voice"} & set(_target(params, chat)):
        raise bad("there is no caption in the message to edit")
    return _change(world, params, chat, _caption(params), ("caption", "caption_entities"))


def edit_message_reply_markup(world: World, params: Params, pace: Pace) -> Json:
    """EditMessageReplyMarkup."""
    return _change(world, params, _chat(world, params, pace), {}, ())


def edit_message_media(world: World, params: Params, pace: Pace) -> Json:
    """editMessageMedia, photos."""
    chat = _chat(world, params, pace)
    item = params.object("media")
    if not isinstance(item, dict):
        raise bad("there is no media in the request")
    photo = _photo(world, _upload(world, params, "media", item.get("media")))
    text, entities = formatting.parse(item.get("caption") or "", item.get("parse_mode"))
    words = {"caption": text, **({"caption_entities": entities} if entities else {})} if text else {}
    return _change(
        world, params, chat, {"photo": photo, **words}, ("text", "entities", "photo", "caption", "caption_entities")
    )


def delete_message(world: World, params: Params, pace: Pace) -> bool:
    """DeleteMessage."""
    chat = _chat(world, params, pace, speaks=False)
    number = params.integer("message_id")
    if number not in chat.messages or number in chat.deleted:
        raise bad("message to delete not found")
    world.delete(chat.id, number)
    return True


def answer_callback_query(world: World, params: Params, pace: Pace) -> bool:  # noqa: ARG001 - answers are free
    """AnswerCallbackQuery."""
    query = params.text("callback_query_id")
    asked = world.presses.pop(query, None)
    if asked is None or world.clock() - asked > PRESS_SECONDS:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if formatting.units(text) > 200:  # noqa: PLR2004 - Telegram's bound
        raise bad("MESSAGE_TOO_LONG")
    world.events.tell({"type": "toast", "query": query, "text": text, "alert": params.text("show_alert") == "true"})
    return True


def set_message_reaction(world: World, params: Params, pace: Pace) -> bool:
    """SetMessageReaction."""
    chat = _chat(world, params, pace, speaks=False)
    number = params.integer("message_id")
    if number not in chat.messages:
        raise bad("message to react not found")
    emoji = [item.get("emoji") for item in params.object("reaction") or []]
    world.events.tell({"type": "reaction", "chat": chat.id, "message_id": number, "emoji": emoji})
    return True


def get_file(world: World, params: Params, pace: Pace) -> Json:  # noqa: ARG001 - reading is free
    """GetFile."""
    entry = world.files.get(params.text("file_id"))
    if entry is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if entry["file_size"] > files.LIMIT:
        raise bad("file is too big")
    return {key: entry[key] for key in ("file_id", "file_unique_id", "file_size")} | {"file_path": entry["path"]}


def get_chat(world: World, params: Params, pace: Pace) -> Json:
    """GetChat."""
    chat = _chat(world, params, pace, speaks=False)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat.brief(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(world: World, params: Params, pace: Pace) -> Json:
    """GetChatMember."""
    chat = _chat(world, params, pace, speaks=False)
    return world.member(chat, params.integer("user_id"))


def get_chat_administrators(world: World, params: Params, pace: Pace) -> list[Json]:
    """GetChatAdministrators."""
    chat = _chat(world, params, pace, speaks=False)
    return [world.member(chat, BOT_ID)] if chat.bot_status == "administrator" else []


def send_chat_action(world: World, params: Params, pace: Pace) -> bool:
    """SendChatAction."""
    chat = _chat(world, params, pace, speaks=False)
    world.events.tell({"type": "typing", "chat": chat.id, "action": params.text("action")})
    return True


def pin_chat_message(world: World, params: Params, pace: Pace) -> bool:
    """PinChatMessage."""
    chat = _chat(world, params, pace, speaks=False)
    number = params.integer("message_id")
    if number not in chat.messages:
        raise bad("message to pin not found")
    chat.pinned = number
    world.events.tell({"type": "pinned", "chat": chat.id, "message_id": number})
    return True


def leave_chat(world: World, params: Params, pace: Pace) -> bool:
    """LeaveChat."""
    chat = _chat(world, params, pace, speaks=False)
    world.seat_bot(chat.id, "left")
    return True


def get_me(world: World, params: Params, pace: Pace) -> Json:  # noqa: ARG001 - reading is free
    """GetMe."""
    more = (
        "can_connect_to_business", "has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics",
        "can_manage_bots", "supports_inline_queries", "supports_guest_queries", "supports_join_request_queries",
    )  # fmt: skip
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        **dict.fromkeys(more, False),
    }


def agree(world: World, params: Params, pace: Pace) -> bool:  # noqa: ARG001 - nothing is kept
    """setMyCommands: accepted."""
    commands = params.object("commands")
    if not isinstance(commands, list):
        raise bad("can't parse commands JSON array" if commands else 'parameter "commands" is required')
    return True


METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "sendmediagroup": send_media_group,
    "sendlocation": send_location,
    "sendvenue": send_venue,
    "senddocument": send_document,
    "sendvoice": send_voice,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "editmessagemedia": edit_message_media,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "setmessagereaction": set_message_reaction,
    "getfile": get_file,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "setmycommands": agree,
    "sendchataction": send_chat_action,
    "pinchatmessage": pin_chat_message,
    "leavechat": leave_chat,
}
