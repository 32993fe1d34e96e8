"""What people do by hand on the page: speak, send, press, change, come and go."""

import io
import math
import mimetypes
import struct
import wave
from collections.abc import Awaitable, Callable
from typing import Any

from playground import files
from playground.chat import STATUSES, Chat
from playground.errors import Refusal
from playground.formatting import units
from playground.speech import CAPTION_LIMIT, TEXT_LIMIT
from playground.world import ANONYMOUS, World

Json = dict[str, Any]
ALBUM = 10
NAME = 120
KEPT = ("text", "entities", "photo", "location", "venue", "voice", "video", "document", "caption")


class Deeds:
    """One method a deed; each takes what the page gave and gives back JSON."""

    def __init__(self, world: World) -> None:
        self.world = world

    def all(self) -> dict[str, Callable[[Json], Awaitable[Any]]]:
        """The deeds by their paths."""
        return {
            "say": self.say, "pin": self.pin, "photo": self.photo, "document": self.document, "voice": self.voice,
            "press": self.press, "edit": self.edit, "delete": self.delete, "forward": self.forward, "join": self.join,
            "leave": self.leave, "bot_status": self.bot_status, "migrate": self.migrate, "raw": self.raw,
            "anonymous": self.anonymous,
        }  # fmt: skip

    def _where(self, given: Json) -> tuple[int, Chat]:
        """Who acts, and in which chat she is."""
        user, room = int(given["as"]), self.world.room(int(given["chat"]))
        if user not in self.world.people:
            raise ValueError(f"没有这个人：{user}")
        if room.moved_to is not None:
            raise ValueError("群已升级，请到新群里说")
        if user not in room.members:
            raise PermissionError(f"{self.world.people[user]['name']}不在“{room.title}”里")
        return user, room

    def _say(self, given: Json, text: str | None = None, **more: Any) -> Json:
        user, room = self._where(given)
        reply = given.get("reply_to")
        return self.world.say(user, room.id, text, reply_to=int(reply) if reply not in {None, ""} else None, **more)

    async def say(self, given: Json) -> Any:
        """Words."""
        more = {"message_thread_id": given["thread"], "is_topic_message": True} if given.get("thread") else {}
        return self._say(given, _words(given["text"], TEXT_LIMIT), **more)

    async def pin(self, given: Json) -> Any:
        """A point, a place with a name, or a live position."""
        lat, lon = float(given["lat"]), float(given["lon"])
        if not (abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004 - the earth
            raise ValueError("这个位置不在地球上")
        location: Json = {"latitude": lat, "longitude": lon}
        if given.get("live_period"):
            location |= {"live_period": int(given["live_period"]), "horizontal_accuracy": 20.0}
        title = str(given.get("title") or "")[:NAME]
        more: Json = {"location": location}
        if title:
            more["venue"] = {"location": location, "title": title, "address": str(given.get("address") or title)[:NAME]}
        return self._say(given, **more)

    async def photo(self, given: Json) -> Any:
        """One photo, or an album."""
        uploads = given["files"].get("photo", [])
        if not 1 <= len(uploads) <= ALBUM:
            raise ValueError("没有收到照片" if not uploads else f"一次最多发{ALBUM}张照片")
        caption = _words(given["caption"], CAPTION_LIMIT) if given.get("caption") else None
        self._where(given)
        pictures = [_picture(self.world, name, data) for name, data in uploads]
        album = {"media_group_id": f"{self.world.updates.next_id}{given['as']}"} if len(uploads) > 1 else {}
        words: list[Json] = [{"caption": caption} if caption else {}, *({} for _ in uploads[1:])]
        return {"messages": [self._say(given, photo=p, **album, **w) for p, w in zip(pictures, words, strict=True)]}

    async def document(self, given: Json) -> Any:
        """A file."""
        if "document" not in given["files"]:
            raise ValueError("没有收到文件")
        name, data = given["files"]["document"][0]
        if not 0 < len(data) <= files.LIMIT:
            raise ValueError("这个文件是空的" if not data else "文件太大了，一次最多 20 MB")
        self._where(given)
        shown = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\"<>')[-NAME:] or "文件"
        more = {"file_name": shown, "mime_type": mimetypes.guess_type(shown)[0] or "application/octet-stream"}
        stored = files.store(self.world.files, data, "documents", shown, **more)
        return {"messages": [self._say(given, document=stored)]}

    async def voice(self, given: Json) -> Any:
        """A voice note; without one, a short hum."""
        uploads = given["files"].get("voice")
        data = uploads[0][1] if uploads else _hum()
        note = files.store(self.world.files, data, "voice", "note.wav", duration=2, mime_type="audio/wav")
        return {"messages": [self._say(given, voice=note)]}

    async def press(self, given: Json) -> Any:
        """A button."""
        user, room = self._where(given)
        query = self.world.press(user, room.id, int(given["message_id"]), str(given["data"]))
        return {"callback_query_id": query}

    async def edit(self, given: Json) -> Any:
        """Other words."""
        user, room = self._where(given)
        number = _message(room, given["message_id"])
        return self.world.edit(user, room.id, number, text=_words(given["text"], TEXT_LIMIT))

    async def delete(self, given: Json) -> Any:
        """Gone; one's own words only."""
        user, room = self._where(given)
        number = _message(room, given["message_id"])
        if room.messages[number].get("from", {}).get("id") != user:
            raise PermissionError("只能删自己的消息")
        self.world.delete(room.id, number)
        return {}

    async def forward(self, given: Json) -> Any:
        """Somebody's words, carried on; who said them first stays named."""
        room = self.world.room(int(given["from_chat"]))
        source = room.messages[_message(room, given["message_id"])]
        kept = {key: source[key] for key in KEPT if key in source}
        first = {"type": "user", "date": source["date"], "sender_user": source["from"]}
        return self._say(given, forward_origin=source.get("forward_origin", first), **kept)

    async def join(self, given: Json) -> Any:
        """Someone comes."""
        name = str(given.get("name") or "")[:NAME]
        return self.world.join(self.world.room(int(given["chat"])).id, int(given["user"]), name or None)

    async def leave(self, given: Json) -> Any:
        """Someone goes."""
        user, room = self._where({**given, "as": given["user"]})
        return self.world.leave(room.id, user)

    async def bot_status(self, given: Json) -> Any:
        """The bot's place."""
        status = str(given["status"])
        if status not in STATUSES:
            raise ValueError(f"机器人的身份只能是 {'、'.join(STATUSES)}")
        self.world.seat_bot(int(given["chat"]), status)
        return {}

    async def migrate(self, given: Json) -> Any:
        """A supergroup."""
        return {"chat": self.world.migrate(int(given["chat"]))}

    async def raw(self, given: Json) -> Any:
        """An update as it is."""
        if not isinstance(given["body"], dict):
            raise TypeError("一条更新是一个 JSON 对象")
        self.world.raw(given["body"])
        return {}

    async def anonymous(self, given: Json) -> Any:
        """An administrator who does not show his name."""
        room = self.world.room(int(given["chat"]))
        fields = {"from": ANONYMOUS, "sender_chat": room.brief(), "text": _words(given["text"], TEXT_LIMIT)}
        message = self.world.put(room, fields)
        self.world.updates.put("message", message)
        return message


def _words(given: Any, limit: int) -> str:
    text = str(given)
    if not text.strip():
        raise ValueError("写点什么再发")
    if units(text) > limit:
        raise ValueError(f"一条消息最多{limit}个字，请分开发")
    return text


def _message(room: Chat, given: Any) -> int:
    number = int(given)
    if not room.holds(number):
        raise ValueError("这条消息已经不在了")
    return number


def _picture(world: World, name: str, data: bytes) -> list[Json]:
    try:
        return files.photo(world.files, data)
    except Refusal as refusal:
        shown = "".join(sign for sign in name if sign.isprintable())[:40]
        why = (
            "太大或太长了，请缩小再发"
            if "DIMENSIONS" in str(refusal) or "too big" in str(refusal)
            else "不是能打开的照片"
        )
        raise ValueError(f"“{shown}”{why}") from None


def _hum() -> bytes:
    """Two seconds of a soft tone."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"".join(struct.pack("<h", int(3000 * math.sin(i / 8))) for i in range(16_000)))
    return out.getvalue()
