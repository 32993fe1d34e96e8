"""Which Bot API method, with which parameters, brings something to a chat; no connection is needed to say it."""

from typing import Any

from telegram import InputFile, InputMediaPhoto, InputMediaVideo

from models.outgoing import Outgoing, Sort, link

Call = tuple[str, dict[str, Any]]
HTML = "HTML"
DOCUMENT = "document:"
"""Stands before the handle of a picture that came as a file: it can only be sent on as one."""
ALBUM = 10
BARE = {Sort.DELETE: "deleteMessage", Sort.STRIP: "editMessageReplyMarkup"}
NO_PREVIEW = {"is_disabled": True}


def call_of(out: Outgoing) -> Call:  # noqa: PLR0911 - one return a sort
    """The method and its parameters."""
    to: dict[str, Any] = {"chat_id": int(out.chat)}
    at = to | {"message_id": int(out.message or 0)}
    words = {"text": out.text, "parse_mode": HTML, "link_preview_options": NO_PREVIEW}
    match out.sort:
        case Sort.TOAST:
            alert = {"show_alert": True} if out.alert else {}
            return "answerCallbackQuery", {"callback_query_id": out.query, "text": out.text} | alert
        case Sort.FASTEN:
            return "pinChatMessage", at | {"disable_notification": True}
        case Sort.DELETE | Sort.STRIP:
            return BARE[out.sort], at
        case Sort.EDIT:
            return "editMessageText", at | words | _keyboard(out)
        case Sort.CAPTION:
            return "editMessageCaption", at | _caption(out) | _keyboard(out)
        case Sort.PIN:
            return "sendLocation", to | {"latitude": out.lat, "longitude": out.lon} | _reply(out)
        case Sort.PHOTO | Sort.DOCUMENT:
            return _made(to, out) if out.file else _medium(to, out)
        case Sort.PHOTOS:
            return _album(to, out)
        case Sort.TEXT:
            return "sendMessage", to | words | _keyboard(out) | _reply(out)


def plain_call_of(out: Outgoing) -> Call:
    """Its words without a reply and without markup: better plain than lost."""
    return "sendMessage", {"chat_id": int(out.chat), "text": out.text or "…"} | _keyboard(out)


def _made(to: dict[str, Any], out: Outgoing) -> Call:
    """Something that we made goes along as it is."""
    kind = "document" if out.sort is Sort.DOCUMENT else "photo"
    file = InputFile(out.file, filename=out.name)
    return f"send{kind.capitalize()}", to | {kind: file} | _caption(out) | _keyboard(out) | _reply(out)


def _medium(to: dict[str, Any], out: Outgoing) -> Call:
    kind, handle, file = _parts(out)[0]
    if handle.startswith(DOCUMENT):
        kind = "document"
    kind = kind if kind in {"document", "voice", "video"} else "photo"
    medium = {kind: file or handle.removeprefix(DOCUMENT)}
    return f"send{kind.capitalize()}", to | medium | _caption(out) | _keyboard(out) | _reply(out)


def _album(to: dict[str, Any], out: Outgoing) -> Call:
    parts = _parts(out)
    shown = [part for part in parts if part[0] != "voice" and not part[1].startswith(DOCUMENT)]
    if len(parts) == 1 or len(shown) < 2:  # noqa: PLR2004 - an album has two parts or more
        return _medium(to, out)
    made = {"video": InputMediaVideo}
    words = [_caption(out), *({} for _ in shown)]
    media = [
        made.get(kind, InputMediaPhoto)(file or handle, **said)
        for (kind, handle, file), said in zip(shown[:ALBUM], words, strict=False)
    ]
    return "sendMediaGroup", to | {"media": media} | _reply(out)


def _parts(out: Outgoing) -> list[tuple[str, str, InputFile | None]]:
    """Kind, handle, and the bytes where they go along in its place."""
    if not any(out.kept):
        return [(kind, handle, None) for kind, handle in out.handles]
    names = {"video": "video.mp4", "voice": "voice.ogg"}
    return [
        (kind, handle, InputFile(data, filename=names.get(kind, "photo.jpg"), attach=out.sort is Sort.PHOTOS))
        for (kind, handle), data in zip(out.handles, out.kept, strict=True)
        if data
    ]


def _caption(out: Outgoing) -> dict[str, Any]:
    return {"caption": out.text, "parse_mode": HTML} if out.text else {}


def _reply(out: Outgoing) -> dict[str, Any]:
    if not out.reply_to or not out.reply_to.isdecimal():
        return {}
    return {"reply_parameters": {"message_id": int(out.reply_to), "allow_sending_without_reply": True}}


def _keyboard(out: Outgoing) -> dict[str, Any]:
    if not out.rows:
        return {}
    rows = [[{"text": text, "url" if link(data) else "callback_data": data} for text, data in row] for row in out.rows]
    return {"reply_markup": {"inline_keyboard": rows}}
