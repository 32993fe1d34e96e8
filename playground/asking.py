"""The methods that ask, answer a press, or leave."""

import re
from typing import Any

from playground import files
from playground.chat import BOT_ID
from playground.errors import bad
from playground.formatting import units
from playground.speech import Call

Json = dict[str, Any]
PRESS_SECONDS = 150
TOAST_LIMIT, COMMANDS, COMMAND_WORDS = 200, 100, 256
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
ABILITIES = (
    "can_connect_to_business", "has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics",
    "can_manage_bots", "supports_inline_queries", "supports_guest_queries", "supports_join_request_queries",
)  # fmt: skip
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
DOINGS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def get_me(call: Call) -> Json:
    """GetMe."""
    hears = not call.world.privacy
    joins = {"can_join_groups": True, "can_read_all_group_messages": hears}
    return {**call.world.bot, **joins, **dict.fromkeys(ABILITIES, False)}


def get_file(call: Call) -> Json:
    """GetFile."""
    entry = call.world.files.get(call.params.text("file_id"))
    if entry is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if entry["file_size"] > files.LIMIT:
        raise bad("file is too big")
    return {key: entry[key] for key in ("file_id", "file_unique_id", "file_size")} | {"file_path": entry["path"]}


def get_chat(call: Call) -> Json:
    """GetChat."""
    chat = call.chat()
    pinned = {"pinned_message": chat.messages[chat.pinned]} if chat.pinned and chat.holds(chat.pinned) else {}
    looks = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}
    return {**chat.brief(), **looks, **pinned}


def get_chat_member(call: Call) -> Json:
    """GetChatMember."""
    chat, user = call.chat(), call.params.integer("user_id")
    if user != BOT_ID and user not in call.world.people:
        raise bad("user not found")
    return call.world.member(chat, user)


def get_chat_administrators(call: Call) -> list[Json]:
    """GetChatAdministrators."""
    chat = call.chat()
    if chat.type == "private":
        raise bad("there are no administrators in the private chat")
    owner = chat.owner(call.world.people)
    seats = [] if owner is None else [call.world.member(chat, owner)]
    return seats + ([call.world.member(chat, BOT_ID)] if chat.bot_status == "administrator" else [])


def answer_callback_query(call: Call) -> bool:
    """AnswerCallbackQuery."""
    query, words = call.params.text("callback_query_id"), call.params.text("text")
    if units(words) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    asked = call.world.presses.pop(query, None)
    if asked is None or call.world.clock() - asked > PRESS_SECONDS:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    alert = call.params.truth("show_alert")
    call.world.events.tell({"type": "toast", "query": query, "text": words, "alert": alert})
    return True


def set_my_commands(call: Call) -> bool:
    """SetMyCommands: one list a language is kept, whatever the scope."""
    commands = call.params.sequence("commands")
    if commands is None:
        raise bad('parameter "commands" is required')
    if len(commands) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= COMMAND_WORDS:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.commands[call.params.text("language_code")] = commands
    return True


def send_chat_action(call: Call) -> bool:
    """SendChatAction."""
    chat, doing = call.chat(), call.params.text("action")
    if doing not in DOINGS:
        raise bad("wrong parameter action in request")
    call.world.events.tell({"type": "typing", "chat": chat.id, "user": BOT_ID})
    return True


def leave_chat(call: Call) -> bool:
    """LeaveChat."""
    chat = call.chat()
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    call.world.seat_bot(chat.id, "left")
    return True
