"""The world on this machine: people, chats, messages; what people do in it makes updates for the bot."""

import itertools
import re
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from playground.chat import BOT_ID, Chat, bot_seat
from playground.events import Events
from playground.formatting import units
from playground.queue import UpdateQueue

Json = dict[str, Any]
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
TRADE = {"officer": "队员", "lead": "队长", "worker": "环卫/工地", "merchant": "商户", "admin": "管理员"}
OUT = {"left", "kicked"}
SERVICE = {"new_chat_members", "left_chat_member", "new_chat_title", "migrate_to_chat_id", "migrate_from_chat_id"}
COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(@\w+)?")


class World:
    """All chats and people, seeded from the bot's configuration read as plain data."""

    def __init__(self, seed: Json, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.events = Events()
        self.updates = UpdateQueue()
        self.people: dict[int, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Json] = {}
        self.presses: dict[str, float] = {}
        self.calls: deque[Json] = deque(maxlen=20_000)
        self.commands: dict[str, list[Json]] = {}
        self._numbers = itertools.count(1)
        self.privacy = False
        self.bot: Json = {"id": BOT_ID, "is_bot": True, "first_name": "群办", "username": "qunban_playground_bot"}
        self._seed(seed)

    # --- the beginning ---------------------------------------------------------------------------------------------

    def _seed(self, seed: Json) -> None:
        for entry in seed.get("people") or []:
            self.add_person(entry["user"], entry["name"], entry["role"], squad=entry.get("squad"))
        for entry in seed.get("shops") or []:
            shop = {key: entry.get(key) for key in ("name", "address", "lat", "lon")}
            self.add_person(entry["user"], entry.get("person") or entry["name"], "merchant", shop=shop)
        for entry in seed.get("groups") or []:
            chat = Chat(entry["chat"], entry["name"], entry["kind"], entry.get("type", "supergroup"))
            chat.members = {p["id"] for p in self.people.values() if self._belongs(p, entry)}
            self.chats[chat.id] = chat

    @staticmethod
    def _belongs(person: Json, entry: Json) -> bool:
        staff = person["role"] in {"officer", "lead", "admin"}
        return {
            "merchants": staff or person["role"] == "merchant",
            "sites": staff or person["role"] == "worker",
            "squad": staff and person.get("squad") in {None, entry.get("squad")},
            "leads": person["role"] in {"lead", "admin"},
        }.get(entry["kind"], False)

    def add_person(
        self, user: int, name: str, role: str = "merchant", squad: str | None = None, shop: Json | None = None
    ) -> Json:
        """A person who can speak."""
        person = {"id": user, "name": name, "role": role, "trade": TRADE.get(role, ""), "squad": squad, "shop": shop}
        return self.people.setdefault(user, person)

    def chat(self, chat_id: int) -> Chat | None:
        """A chat; a person's private chat with the bot comes into being when it is asked for."""
        if chat_id not in self.chats and chat_id in self.people:
            chat = Chat(chat_id, self.people[chat_id]["name"], "private", "private")
            chat.members, chat.bot_status = {chat_id}, "member"
            self.chats[chat_id] = chat
        return self.chats.get(chat_id)

    def room(self, chat: int) -> Chat:
        """A chat that must be there."""
        found = self.chat(chat)
        if found is None:
            raise ValueError(f"没有这个群：{chat}")
        return found

    def user(self, user_id: int) -> Json:
        """A person as Telegram shows her."""
        return {"id": user_id, "is_bot": False, "first_name": self.people[user_id]["name"], "language_code": "zh-hans"}

    # --- what people do --------------------------------------------------------------------------------------------

    def say(self, user: int, chat: int, text: str | None = None, **more: Any) -> Json:
        """A person says something; `more` are the message's other fields (location, photo …)."""
        room = self.room(chat)
        reply_to = more.pop("reply_to", None)
        silent = more.pop("silent", False)
        fields = {"from": self.user(user), **_words(text), **more}
        message = self.put(room, fields, reply_to)
        if not silent:
            self._tell_bot("message", message, room)
        return message

    def edit(self, user: int, chat: int, message_id: int, **fields: Any) -> Json:
        """A person changes her own message. Raises KeyError or PermissionError."""
        room = self.room(chat)
        message = room.messages[message_id]
        if message.get("from", {}).get("id") != user:
            raise PermissionError("只能改自己的消息")
        words = _words(fields.pop("text")) if "text" in fields else {}
        kept = {key: value for key, value in message.items() if not (words and key == "entities")}
        message = {**kept, **words, **fields, "edit_date": int(self.clock())}
        room.messages[message_id] = message
        self.events.tell({"type": "edited", "chat": room.id, "message": message})
        self._tell_bot("edited_message", message, room)
        return message

    def delete(self, chat: int, message_id: int) -> None:
        """A message is deleted; the bot hears nothing of it, as on Telegram."""
        room = self.room(chat)
        room.deleted.add(message_id)
        self.events.tell({"type": "deleted", "chat": room.id, "message_id": message_id})

    def press(self, user: int, chat: int, message_id: int, data: str) -> str:
        """A person presses a button; gives back the id of the query."""
        room = self.room(chat)
        query = str(int(self.clock()) * 1_000_000 + next(self._numbers))
        self.presses[query] = self.clock()
        update = {
            "id": query, "from": self.user(user), "chat_instance": str(abs(room.id)), "data": data,
            "message": room.messages.get(message_id, {"chat": room.brief(), "message_id": message_id, "date": 0}),
        }  # fmt: skip
        self.updates.put("callback_query", update)
        return query

    # --- who comes and goes ----------------------------------------------------------------------------------------

    def join(self, chat: int, user: int, name: str | None = None) -> Json:
        """A person comes into a chat."""
        person = self.add_person(user, name or str(user))
        room = self.room(chat)
        before = self.member(room, user)
        room.members.add(person["id"])
        self.events.tell({"type": "person", "person": person})
        self.events.tell({"type": "chat", "chat": room.card()})
        message = self.say(user, chat, new_chat_members=[self.user(user)])
        self._seat_changed("chat_member", room, self.user(user), before, self.member(room, user))
        return message

    def leave(self, chat: int, user: int) -> Json:
        """A person leaves a chat."""
        room = self.room(chat)
        before = self.member(room, user)
        message = self.say(user, chat, left_chat_member=self.user(user))
        room.members.discard(user)
        self.events.tell({"type": "chat", "chat": room.card()})
        self._seat_changed("chat_member", room, self.user(user), before, self.member(room, user))
        return message

    def seat_bot(self, chat: int, status: str) -> None:
        """The bot is made administrator or member, muted, put out; who does it is the group's owner."""
        room = self.room(chat)
        old, room.bot_status = room.bot_status, status
        owner = room.owner(self.people) or next(iter(sorted(room.members)), None)
        by = self.bot if owner is None else self.user(owner)
        if status in OUT and old not in OUT:
            self.put(room, {"from": by, "left_chat_member": self.bot})
        if old in OUT and status not in OUT:
            self._tell_bot("message", self.put(room, {"from": by, "new_chat_members": [self.bot]}), room)
        self._seat_changed("my_chat_member", room, by, bot_seat(self.bot, old), bot_seat(self.bot, status))
        self.events.tell({"type": "chat", "chat": room.card()})

    def _seat_changed(self, kind: str, room: Chat, by: Json, before: Json, after: Json) -> None:
        if kind == "chat_member" and room.bot_status != "administrator":
            return
        date = int(self.clock())
        change = {"chat": room.brief(), "from": by, "date": date, "old_chat_member": before, "new_chat_member": after}
        self.updates.put(kind, change)

    def migrate(self, chat: int, *, seat_first: bool = False) -> int:
        """A group becomes a supergroup: another id, messages counted anew; its seat there may be told first."""
        room = self.room(chat)
        new = Chat(-1_000_000_000_000 - abs(chat), room.title, room.kind)
        new.members, self.chats[new.id] = set(room.members), new
        speaker = next(iter(sorted(room.members)))
        if seat_first:
            away, here = bot_seat(self.bot, "left"), bot_seat(self.bot, new.bot_status)
            self._seat_changed("my_chat_member", new, self.user(speaker), away, here)
        self.say(speaker, chat, migrate_to_chat_id=new.id)
        room.moved_to = new.id
        self.say(speaker, new.id, migrate_from_chat_id=chat)
        for card in (room.card(), new.card()):
            self.events.tell({"type": "chat", "chat": card})
        return new.id

    def raw(self, update: Json) -> None:
        """An update as it is, for tests."""
        kind = next((key for key in update if key != "update_id"), "message")
        self.updates.put(kind, update.get(kind))

    # --- messages --------------------------------------------------------------------------------------------------

    def put(self, room: Chat, fields: Json, reply_to: int | None = None) -> Json:
        """A new message in a chat, numbered and dated."""
        message: Json = {"message_id": room.next_id, "date": int(self.clock()), "chat": room.brief(), **fields}
        room.next_id += 1
        if reply_to is not None and room.holds(reply_to):
            told = room.messages[reply_to]
            message["reply_to_message"] = {key: value for key, value in told.items() if key != "reply_to_message"}
        room.messages[message["message_id"]] = message
        self.events.tell({"type": "message", "chat": room.id, "message": message})
        return message

    def _tell_bot(self, kind: str, message: Json, room: Chat) -> None:
        if room.bot_status in OUT:
            return
        deaf = self.privacy and room.type != "private" and room.bot_status != "administrator"
        if deaf and not self._addressed(message):
            return
        self.updates.put(kind, message)

    def _addressed(self, message: Json) -> bool:
        text = str(message.get("text", ""))
        told = message.get("reply_to_message", {}).get("from", {}).get("id")
        spoken_to = text.startswith("/") or f"@{self.bot['username']}" in text or told == BOT_ID
        return spoken_to or not SERVICE.isdisjoint(message)

    # --- how things look -------------------------------------------------------------------------------------------

    def member(self, room: Chat, user: int) -> Json:
        """A person's or the bot's place in a chat, as getChatMember tells it."""
        if user == BOT_ID:
            return bot_seat(self.bot, room.bot_status)
        if user in room.members and room.type != "private" and user == room.owner(self.people):
            return {"status": "creator", "user": self.user(user), "is_anonymous": False}
        return {"status": "member" if user in room.members else "left", "user": self.user(user)}


def _words(text: str | None) -> Json:
    """A text, with the command marked that it begins with."""
    if text is None:
        return {}
    found = COMMAND.match(text)
    mark = [{"type": "bot_command", "offset": 0, "length": units(found[0])}] if found else []
    return {"text": text, **({"entities": mark} if mark else {})}
