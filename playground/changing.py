"""The methods that change or remove what stands there."""

from typing import Any

from playground.chat import BOT_ID, Chat
from playground.errors import bad
from playground.sending import medium
from playground.speech import Call, caption, markup, text

Json = dict[str, Any]
CAPTIONED = {"photo", "document", "video", "voice"}
WORDS = {"text", "entities", "caption", "caption_entities"}
DELETABLE_SECONDS = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def _target(call: Call, chat: Chat) -> Json:
    number = call.params.integer("message_id")
    if not chat.holds(number):
        raise bad("message to edit not found")
    message = chat.messages[number]
    if message.get("from", {}).get("id") != BOT_ID:
        raise bad("message can't be edited")
    return message


def _change(call: Call, chat: Chat, fields: Json, drop: set[str]) -> Json:
    """The message with these fields for those; buttons that are not named again go."""
    message = _target(call, chat)
    kept = {key: value for key, value in message.items() if key not in drop | {"reply_markup", "edit_date"}}
    after = kept | fields | markup(call.params)
    if _looks(after) == _looks(message):
        raise bad(SAME)
    call.spend(chat)
    after["edit_date"] = int(call.world.clock())
    chat.messages[message["message_id"]] = after
    call.world.events.tell({"type": "edited", "chat": chat.id, "message": after})
    return after


def _looks(message: Json) -> Json:
    """What a reader sees of it: the same picture under another file id is the same picture."""
    looks = {key: value for key, value in message.items() if key not in {"edit_date", "photo"}}
    return looks | {"photo": [size["file_unique_id"] for size in message.get("photo", [])]}


def edit_message_text(call: Call) -> Json:
    """EditMessageText."""
    chat = call.room()
    if "text" not in _target(call, chat):
        raise bad("there is no text in the message to edit")
    return _change(call, chat, text(call.params), WORDS)


def edit_message_caption(call: Call) -> Json:
    """EditMessageCaption."""
    chat = call.room()
    if CAPTIONED.isdisjoint(_target(call, chat)):
        raise bad("there is no caption in the message to edit")
    return _change(call, chat, caption(call.params), WORDS)


def edit_message_reply_markup(call: Call) -> Json:
    """EditMessageReplyMarkup."""
    return _change(call, call.room(), {}, set())


def edit_message_media(call: Call) -> Json:
    """Another photo or film: editMessageMedia."""
    chat = call.room("photos")
    item = call.params.mapping("media")
    if item is None:
        raise bad("there is no media in the request")
    if _target(call, chat).keys() & {"location", "venue"}:
        raise bad("message can't be edited")
    return _change(call, chat, medium(call, item), WORDS | CAPTIONED)


def delete_message(call: Call) -> bool:
    """DeleteMessage."""
    chat = call.chat()
    number = call.params.integer("message_id")
    if not chat.holds(number):
        raise bad("message to delete not found")
    message = chat.messages[number]
    own = message.get("from", {}).get("id") == BOT_ID
    old = call.world.clock() - message["date"] > DELETABLE_SECONDS
    if chat.bot_status != "administrator" and (old or not own):
        raise bad("message can't be deleted for everyone" if own else "message can't be deleted")
    call.world.delete(chat.id, number)
    return True


def set_message_reaction(call: Call) -> bool:
    """SetMessageReaction."""
    chat = call.chat()
    number = call.params.integer("message_id")
    if not chat.holds(number):
        raise bad("message to react not found")
    given = call.params.sequence("reaction") or []
    if len(given) > 1 or any(item.get("type") != "emoji" or not item.get("emoji") for item in given):
        raise bad("REACTION_INVALID")
    emoji = [item["emoji"] for item in given]
    call.world.events.tell({"type": "reaction", "chat": chat.id, "message_id": number, "emoji": emoji})
    return True


def pin_chat_message(call: Call) -> bool:
    """PinChatMessage."""
    chat = call.chat()
    number = call.params.integer("message_id")
    if not chat.holds(number):
        raise bad("message to pin not found")
    if chat.bot_status != "administrator" and chat.type != "private":
        raise bad("not enough rights to manage pinned messages in the chat")
    chat.pinned = number
    call.world.events.tell({"type": "chat", "chat": chat.card()})
    told = {key: value for key, value in chat.messages[number].items() if key != "reply_to_message"}
    call.world.put(chat, {"from": call.world.bot, "pinned_message": told})
    return True
