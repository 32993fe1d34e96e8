"""What all methods that speak share: the chat and its walls, words, buttons, replies."""

from dataclasses import dataclass
from typing import Any

from playground import formatting
from playground.chat import Chat
from playground.errors import Refusal, bad
from playground.formatting import units
from playground.pacing import Pace
from playground.params import Params, clean
from playground.world import World

Json = dict[str, Any]
TEXT_LIMIT, CAPTION_LIMIT, DATA_LIMIT = 4096, 1024, 64
MOST_BUTTONS = 100
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method: the world, what was given, and the pace that is kept."""

    world: World
    params: Params
    pace: Pace

    def chat(self) -> Chat:
        """The chat that is meant. Raises Refusal where the bot cannot reach it."""
        chat_id = self.params.integer("chat_id")
        chat = self.world.chat(chat_id)
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to is not None:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
        if chat.bot_status == "kicked":
            raise Refusal(403, f"Forbidden: bot was kicked from the {chat.type} chat")
        if chat.bot_status == "left":
            raise Refusal(403, f"Forbidden: bot is not a member of the {chat.type} chat")
        return chat

    def room(self, what: str = "text messages") -> Chat:
        """The chat that is meant, where the bot may say something of this kind."""
        chat = self.chat()
        if chat.bot_status == "restricted":
            raise bad(f"not enough rights to send {what} to the chat")
        if chat.type == "private" and not chat.messages:
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def spend(self, chat: Chat, count: int = 1) -> None:
        """So many messages or edits more. Raises Refusal 429."""
        self.pace.spend(chat.id, self.world.clock(), group=chat.type != "private", count=count)

    def post(self, chat: Chat, *parts: Json) -> list[Json]:
        """Messages of the bot, with the buttons and the reply that the call asks for."""
        if self.params.integer("message_thread_id", 0):
            raise bad("message thread not found")
        keys, reply = markup(self.params), _reply(self.params, chat)
        self.spend(chat, len(parts))
        return [self.world.put(chat, {"from": self.world.bot, **part, **keys}, reply) for part in parts]


def text(params: Params) -> Json:
    """The words of a message."""
    found = _worded("text", params.text("text"), params.values.get("parse_mode"), params.sequence("entities"))
    if "text" not in found:
        raise bad("message text is empty")
    return found


def caption(params: Params) -> Json:
    """The words under a picture."""
    entities = params.sequence("caption_entities")
    return _worded("caption", params.text("caption"), params.values.get("parse_mode"), entities)


def item_caption(item: Json) -> Json:
    """The words under one picture of an album."""
    return _worded("caption", clean(str(item.get("caption") or "")), item.get("parse_mode"), None)


def _worded(name: str, source: str, mode: Any, given: list[Json] | None) -> Json:
    if given and not mode:
        words, entities = formatting.trimmed(source, [_entity(entity) for entity in given])
    else:
        words, entities = formatting.parse(source, None if mode is None else str(mode))
    if units(words) > (TEXT_LIMIT if name == "text" else CAPTION_LIMIT):
        raise bad("message is too long" if name == "text" else "message caption is too long")
    marks = "entities" if name == "text" else "caption_entities"
    return ({name: words} if words else {}) | ({marks: entities} if entities else {})


def _entity(given: Json) -> Json:
    if not (isinstance(given.get("offset"), int) and isinstance(given.get("length"), int) and given.get("type")):
        raise bad("can't parse MessageEntity: fields type, offset and length are required")
    return given


def markup(params: Params) -> Json:
    """The buttons under a message, as a field of it; other keyboards are taken and not shown."""
    given = params.mapping("reply_markup")
    if given is None or "inline_keyboard" not in given:
        return {}
    rows = given["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse inline keyboard: expected an array of arrays of InlineKeyboardButton")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    for button in buttons:
        _check_button(button)
    rows = [list(row) for row in rows if row]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _check_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str) or not button["text"]:
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not any(action in button for action in ACTIONS):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")


def _reply(params: Params, chat: Chat) -> int | None:
    given = params.mapping("reply_parameters") or {}
    if "message_id" not in given:
        return None
    number = Params(given, {}).integer("message_id")
    if chat.holds(number):
        return number
    if given.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")
