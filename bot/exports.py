"""Reads a Telegram Desktop export as a stream of messages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ijson

from models.said import Medium, MediumKind, Point, Said

ALBUM_SECONDS = 2
KINDS = {
    "voice_message": MediumKind.VOICE,
    "audio_file": MediumKind.VOICE,
    "video_file": MediumKind.VIDEO,
    "video_message": MediumKind.VIDEO,
    "animation": MediumKind.VIDEO,
    "sticker": MediumKind.STICKER,
}
Json = dict[str, Any]


class ExportRefused(Exception):  # noqa: N818 - a plain sentence for the person
    """A file that is no export."""


def title(path: Path) -> str:
    """The chat's name, from the head of the file. Raises ExportRefused."""
    try:
        with path.open("rb") as file:
            for prefix, event, value in ijson.parse(file, use_float=True):
                if prefix == "name" and event == "string":
                    return str(value)
                if prefix == "messages" and event == "start_array":
                    return path.stem
    except OSError:
        raise ExportRefused(f"打不开 {path.name}，请检查文件名") from None
    except (ijson.JSONError, UnicodeDecodeError):
        raise ExportRefused(f"{path.name} 不是完整的 JSON：请在 Telegram Desktop 里选 JSON 格式重新导出") from None
    raise ExportRefused(f"{path.name} 里没有 messages：请在 Telegram Desktop 里导出单个群的 JSON（result.json）")


def messages(path: Path, chat: str, told: Any = None) -> Iterator[Said]:
    """The messages in order; `told` gets the bytes read so far. Raises ExportRefused where the file breaks off."""
    before: Json = {}
    album = ""
    try:
        with path.open("rb") as file:
            for number, record in enumerate(ijson.items(file, "messages.item", use_float=True)):
                if told and number % 200 == 0:
                    told(file.tell())
                if not isinstance(record, dict) or record.get("type") != "message":
                    continue
                album = _album(before, record, album)
                before = record
                said = _said(record, chat, album)
                if said is not None:
                    yield said
    except (ijson.JSONError, UnicodeDecodeError):
        raise ExportRefused(f"{path.name} 从中间断了，后面读不出来：请重新导出") from None


def _album(before: Json, record: Json, album: str) -> str:
    """Consecutive photos of one sender within two seconds are an album, named after its first part."""
    near = (
        "photo" in record
        and "photo" in before
        and record.get("from_id") == before.get("from_id")
        and abs(_seconds(record) - _seconds(before)) <= ALBUM_SECONDS
    )
    return album if near else str(record.get("id"))


def _seconds(record: Json) -> int:
    return int(record.get("date_unixtime") or 0)


def _said(record: Json, chat: str, album: str) -> Said | None:
    try:
        point = record.get("location_information")
        return Said(
            chat=chat,
            id=str(int(record["id"])),
            at=datetime.fromtimestamp(_seconds(record), UTC),
            sender=str(record["from_id"]),
            name=str(record.get("from") or ""),
            text=_text(record.get("text", "")),
            reply_to=str(record["reply_to_message_id"]) if "reply_to_message_id" in record else None,
            point=Point(float(point["latitude"]), float(point["longitude"])) if point else None,
            venue=record.get("place_name"),
            media=_media(record),
            album=album if "photo" in record else None,
            forwarded="forwarded_from" in record,
            nameless=not str(record["from_id"]).startswith("user"),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _text(text: Any) -> str:
    if isinstance(text, list):
        return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in text)
    return str(text)


def _media(record: Json) -> tuple[Medium, ...]:
    if "photo" in record:
        return (Medium(MediumKind.PHOTO, str(record["photo"])),)
    kind = KINDS.get(str(record.get("media_type")))
    if kind is None and "file" in record:
        kind = MediumKind.DOCUMENT
    return (Medium(kind, str(record.get("file", ""))),) if kind else ()
