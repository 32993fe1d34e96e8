"""The world on this machine: people, chats, messages; what people do in it makes updates for the bot."""

import itertools
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from playground.events import Events
from playground.queue import UpdateQueue

Json = dict[str, Any]
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
BOT_ID = 8721
TRADE = {"officer": "队员", "lead": "队长", "worker": "环卫/工地", "merchant": "商户", "admin": "管理员"}


class Chat:
    """A chat: who is in it, what was said."""

    def __init__(self, chat_id: int, title: str, kind: str, chat_type: str = "supergroup") -> None:
        self.id, self.title, self.kind, self.type = chat_id, title, kind, chat_type
        self.members: set[int] = set()
        self.messages: dict[int, Json] = {}
        self.deleted: set[int] = set()
        self.next_id = 1
        self.moved_to: int | None = None
        self.bot_status = "administrator"
        self.pinned: int | None = None

    def brief(self) -> Json:
        """As it stands in a message."""
        if self.type == "private":
            return {"id": self.id, "type": "private", "first_name": self.title}
        return {"id": self.id, "type": self.type, "title": self.title}


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
            chat.members = {chat_id}
            self.chats[chat_id] = chat
        return self.chats.get(chat_id)

    def user(self, user_id: int) -> Json:
        """A person as Telegram shows her."""
        return {"id": user_id, "is_bot": False, "first_name": self.people[user_id]["name"], "language_code": "zh-hans"}

    # --- what people do --------------------------------------------------------------------------------------------

    def say(self, user: int, chat: int, text: str | None = None, **more: Any) -> Json:
        """A person says something; `more` are the message's other fields (location, photo …)."""
        room = self._room(chat)
        reply_to = more.pop("reply_to", None)
        silent = more.pop("silent", False)
        fields = {"from": self.user(user), **({"text": text} if text is not None else {}), **more}
        message = self.put(room, fields, reply_to)
        if not silent:
            self._tell_bot("message", message, room)
        return message

    def edit(self, user: int, chat: int, message_id: int, **fields: Any) -> Json:
        """A person changes her own message. Raises KeyError or PermissionError."""
        room = self._room(chat)
        message = room.messages[message_id]
        if message.get("from", {}).get("id") != user:
            raise PermissionError("只能改自己的消息")
        message = {**message, **fields, "edit_date": int(self.clock())}
        room.messages[message_id] = message
        self.events.tell({"type": "edited", "chat": room.id, "message": message})
        self._tell_bot("edited_message", message, room)
        return message

    def delete(self, chat: int, message_id: int) -> None:
        """A message is deleted; the bot hears nothing of it, as on Telegram."""
        room = self._room(chat)
        room.deleted.add(message_id)
        self.events.tell({"type": "deleted", "chat": room.id, "message_id": message_id})

    def press(self, user: int, chat: int, message_id: int, data: str) -> str:
        """A person presses a button; gives back the id of the query."""
        room = self._room(chat)
        query = str(7_000_000_000 + next(self._numbers))
        self.presses[query] = self.clock()
        update = {
            "id": query, "from": self.user(user), "chat_instance": str(abs(room.id)), "data": data,
            "message": room.messages.get(message_id, {"chat": room.brief(), "message_id": message_id, "date": 0}),
        }  # fmt: skip
        self.updates.put("callback_query", update)
        return query

    def join(self, chat: int, user: int, name: str | None = None) -> Json:
        """A person comes into a chat."""
        person = self.add_person(user, name or str(user))
        room = self._room(chat)
        room.members.add(person["id"])
        return self.say(user, chat, new_chat_members=[self.user(user)])

    def leave(self, chat: int, user: int) -> Json:
        """A person leaves a chat."""
        message = self.say(user, chat, left_chat_member=self.user(user))
        self._room(chat).members.discard(user)
        return message

    def seat_bot(self, chat: int, status: str) -> None:
        """The bot is made administrator or member, muted, put out."""
        room = self._room(chat)
        old, room.bot_status = room.bot_status, status
        admin = next(iter(room.members), BOT_ID)
        by = self.user(admin) if admin in self.people else self.bot
        change = {
            "chat": room.brief(), "from": by, "date": int(self.clock()),
            "old_chat_member": self.member(room, BOT_ID, old), "new_chat_member": self.member(room, BOT_ID, status),
        }  # fmt: skip
        self.updates.put("my_chat_member", change)
        self.events.tell({"type": "chat", "chat": self.card(room)})

    def migrate(self, chat: int) -> int:
        """A group becomes a supergroup: another id, messages counted anew."""
        room = self._room(chat)
        new = Chat(-1_000_000_000_000 - abs(chat), room.title, room.kind)
        new.members, self.chats[new.id] = set(room.members), new
        speaker = next(iter(room.members))
        self.say(speaker, chat, migrate_to_chat_id=new.id)
        room.moved_to = new.id
        self.say(speaker, new.id, migrate_from_chat_id=chat)
        self.events.tell({"type": "chat", "chat": self.card(new)})
        return new.id

    def raw(self, update: Json) -> None:
        """An update as it is, for tests."""
        kind = next((key for key in update if key != "update_id"), "message")
        self.updates.put(kind, update.get(kind))

    def _room(self, chat: int) -> Chat:
        room = self.chat(chat)
        if room is None:
            raise KeyError(f"没有这个群：{chat}")
        return room

    # --- messages --------------------------------------------------------------------------------------------------

    def put(self, room: Chat, fields: Json, reply_to: int | None = None) -> Json:
        """A new message in a chat, numbered and dated."""
        message: Json = {"message_id": room.next_id, "date": int(self.clock()), "chat": room.brief(), **fields}
        room.next_id += 1
        if reply_to is not None and reply_to in room.messages and reply_to not in room.deleted:
            told = room.messages[reply_to]
            message["reply_to_message"] = {key: value for key, value in told.items() if key != "reply_to_message"}
        room.messages[message["message_id"]] = message
        self.events.tell({"type": "message", "chat": room.id, "message": message})
        return message

    def _tell_bot(self, kind: str, message: Json, room: Chat) -> None:
        if room.bot_status in {"left", "kicked"}:
            return
        if (
            self.privacy
            and room.type != "private"
            and room.bot_status != "administrator"
            and not self._addressed(message)
        ):
            return
        self.updates.put(kind, message)

    def _addressed(self, message: Json) -> bool:
        text = str(message.get("text", ""))
        told = message.get("reply_to_message", {}).get("from", {}).get("id")
        return text.startswith("/") or self.bot["username"] in text or told == BOT_ID

    # --- how things look -------------------------------------------------------------------------------------------

    def member(self, room: Chat, user: int, status: str | None = None) -> Json:
        """A person's place in a chat, as getChatMember tells it."""
        if user == BOT_ID:
            return _bot_member({**self.bot}, status or room.bot_status)
        known = self.user(user) if user in self.people else {"id": user, "is_bot": False, "first_name": "?"}
        return {"status": status or ("member" if user in room.members else "left"), "user": known}

    def card(self, room: Chat) -> Json:
        """A chat as the page lists it."""
        return {
            "id": room.id, "title": room.title, "type": room.type, "kind": room.kind, "members": sorted(room.members),
            "moved": room.moved_to,
        }  # fmt: skip


ADMINISTRATOR_RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]
RESTRICTED_RIGHTS = [
    "is_member",
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]


def _bot_member(user: Json, status: str) -> Json:
    if status == "administrator":
        return {
            "status": status,
            "user": user,
            **dict.fromkeys(ADMINISTRATOR_RIGHTS, False),
            "can_delete_messages": True,
        }
    if status == "restricted":
        return {
            "status": status,
            "user": user,
            **dict.fromkeys(RESTRICTED_RIGHTS, False),
            "is_member": True,
            "until_date": 0,
        }
    return {"status": status, "user": user, **({"until_date": 0} if status == "kicked" else {})}
