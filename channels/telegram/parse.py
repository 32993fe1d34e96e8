"""Telegram's updates as arrivals. The one place that knows how an update looks inside."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from models.arrivals import Arrival, Came, Edited, Left, Migrated, Nothing, Pressed, Seated, Spoken, Titled
from models.said import Medium, MediumKind, Point, Said

Raw = dict[str, Any]
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
CHAT_ID = re.compile(r"-?[0-9]+")
ANONYMOUS = "1087968824"
CHANNEL_BOT = "136817688"
OUTSIDE = {"left", "kicked"}
LINKED_CHANNEL = "777000"
FILES = {
    "video": MediumKind.VIDEO,
    "animation": MediumKind.VIDEO,
    "video_note": MediumKind.VIDEO,
    "voice": MediumKind.VOICE,
    "audio": MediumKind.VOICE,
    "document": MediumKind.DOCUMENT,
    "sticker": MediumKind.STICKER,
}


def chat_of(raw: Raw) -> str:
    """Whose queue an update belongs in; `-` where it names no chat."""
    for value in raw.values():
        if isinstance(value, dict):
            inner = value.get("message") if isinstance(value.get("message"), dict) else value
            chat = inner.get("chat") if isinstance(inner, dict) else None
            if isinstance(chat, dict) and CHAT_ID.fullmatch(str(chat.get("id"))):
                return str(chat["id"])[:64]
    return "-"


def number_of(raw: Any) -> int | None:
    """An update's number, whatever it is; None where there is none."""
    try:
        return int(raw["update_id"])
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None


def mark_of(raw: Raw) -> str:
    """What tells an update from every other: the message and its edition, the press; of all else the whole of it."""
    press = raw.get("callback_query")
    if isinstance(press, dict) and press.get("id"):
        return f"press {press['id']}"
    for kind in ("message", "edited_message"):
        said = raw.get(kind)
        if isinstance(said, dict) and isinstance(said.get("chat"), dict) and said.get("message_id"):
            return f"{kind} {said['chat'].get('id')} {said['message_id']} {said.get('edit_date')}"
    return json.dumps({key: value for key, value in raw.items() if key != "update_id"}, sort_keys=True)


def parse(raw: Raw) -> Arrival:
    """What an update means. Raises KeyError, TypeError or ValueError for one that cannot be read."""
    try:
        return _parse(raw)
    except (AttributeError, IndexError, OverflowError, OSError) as error:
        raise ValueError("an update that is not built as Telegram builds them") from error


def _parse(raw: Raw) -> Arrival:
    if "message" in raw:
        return _message(raw["message"])
    if "edited_message" in raw:
        message = raw["edited_message"]
        return Edited(_said(message), _title(message["chat"]))
    if "callback_query" in raw:
        return _press(raw["callback_query"])
    if "my_chat_member" in raw:
        return _seat(raw["my_chat_member"])
    if "chat_member" in raw:
        return _member(raw["chat_member"])
    return Nothing(next((key for key in raw if key != "update_id"), ""))


def _message(message: Raw) -> Arrival:  # noqa: PLR0911 - one return a kind
    chat = str(message["chat"]["id"])
    if "migrate_to_chat_id" in message:
        return Migrated(chat, str(message["migrate_to_chat_id"]))
    if "migrate_from_chat_id" in message:
        return Migrated(str(message["migrate_from_chat_id"]), chat)
    if "new_chat_title" in message:
        return Titled(chat, str(message["new_chat_title"]))
    if "new_chat_members" in message:
        who = message["new_chat_members"][0]
        return Nothing("bot") if who.get("is_bot") else Came(chat, str(who["id"]), _name(who))
    if "left_chat_member" in message:
        return Left(chat, str(message["left_chat_member"]["id"]))
    if _of_bot(message):
        return Nothing("bot")
    said = _said(message)
    if not (said.text or said.media or said.point):
        return Nothing("service")
    return Spoken(said, _title(message["chat"]), message["chat"]["type"] == "private")


def _said(message: Raw) -> Said:
    sender, name, nameless = _sender(message)
    location = message.get("location")
    venue = message.get("venue")
    reply = message.get("reply_to_message")
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    if reply is not None and reply["message_id"] == thread:
        reply = None
    return Said(
        chat=str(int(message["chat"]["id"])),
        id=str(int(message["message_id"])),
        at=datetime.fromtimestamp(message["date"], UTC),
        sender=sender,
        name=name,
        text=str(message.get("text") or message.get("caption") or ""),
        reply_to=str(reply["message_id"]) if reply else None,
        to_bot=reply is not None and _of_bot(reply),
        point=_point(location) if location else None,
        venue=" ".join(filter(None, (venue.get("title"), venue.get("address")))) if venue else None,
        media=_media(message),
        album=message.get("media_group_id"),
        thread=str(thread) if thread is not None else None,
        forwarded="forward_origin" in message,
        nameless=nameless,
        live=bool(location and location.get("live_period")),
    )


def _of_bot(message: Raw) -> bool:
    """Whether a bot said it; an anonymous administrator and a channel speak through accounts that look like one."""
    return bool((message.get("from") or {}).get("is_bot")) and "sender_chat" not in message


def _point(location: Raw) -> Point:
    lat, lon = float(location["latitude"]), float(location["longitude"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - the earth
        raise ValueError("a position that is not on the earth")
    return Point(lat, lon, "WGS-84", location.get("horizontal_accuracy"))


def _sender(message: Raw) -> tuple[str, str, bool]:
    """Id, name, and whether nobody in particular speaks: an anonymous administrator or a channel."""
    chat = message.get("sender_chat")
    user = message.get("from")
    if chat is not None and (user is None or str(user["id"]) in {ANONYMOUS, CHANNEL_BOT, LINKED_CHANNEL}):
        return f"chat{chat['id']}", str(chat.get("title", "")), True
    if user is None:
        raise ValueError("a message from nobody")
    return str(int(user["id"])), _name(user), False


def _name(user: Raw) -> str:
    return " ".join(filter(None, (user.get("first_name"), user.get("last_name"))))[:120]


def _title(chat: Raw) -> str:
    return str(chat.get("title") or _name(chat))[:200]


def _media(message: Raw) -> tuple[Medium, ...]:
    if "photo" in message:
        best = max(message["photo"], key=lambda size: size["width"] * size["height"])
        return (Medium(MediumKind.PHOTO, best["file_id"], best["file_unique_id"], best.get("file_size")),)
    for field, kind in FILES.items():
        if field in message:
            file = message[field]
            pictured = kind is MediumKind.DOCUMENT and str(file.get("mime_type", "")).startswith("image/")
            shown = MediumKind.PHOTO if pictured else kind
            handle = f"document:{file['file_id']}" if pictured else file["file_id"]
            return (Medium(shown, handle, file["file_unique_id"], file.get("file_size"), file.get("file_name")),)
    return ()


def _press(query: Raw) -> Arrival:
    message = query.get("message")
    if message is None or "data" not in query:
        return Nothing("press without a message")
    user = query["from"]
    return Pressed(
        str(query["id"]), str(message["chat"]["id"]), str(message["message_id"]), str(int(user["id"])), _name(user),
        str(query["data"]), datetime.fromtimestamp(message.get("date") or 0, UTC), "photo" in message,
    )  # fmt: skip


def _seat(change: Raw) -> Arrival:
    new, before = change["new_chat_member"], change["old_chat_member"]["status"]
    silent = new["status"] == "restricted" and not new.get("can_send_messages", False)
    state = "left" if new["status"] in OUTSIDE else "muted" if silent else "active"
    came = before in OUTSIDE and state != "left"
    pins = new["status"] == "administrator" and bool(new.get("can_pin_messages"))
    return Seated(
        str(change["chat"]["id"]), _title(change["chat"]), state, came, pins, change["chat"].get("type") == "private"
    )


def _member(change: Raw) -> Arrival:
    new, chat = change["new_chat_member"], str(change["chat"]["id"])
    if new["status"] in OUTSIDE:
        return Left(chat, str(new["user"]["id"]))
    return Came(chat, str(new["user"]["id"]), _name(new["user"]))
