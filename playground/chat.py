"""A chat of the playground, and how people and the bot sit in it."""

from typing import Any

Json = dict[str, Any]
BOT_ID = 8721
LEADERS = {"lead", "admin"}
ADMINISTRATOR_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
RESTRICTED_RIGHTS = (
    "is_member", "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
    "can_pin_messages", "can_manage_topics",
)  # fmt: skip
STATUSES = ("administrator", "member", "restricted", "left", "kicked")


class Chat:
    """Who is in it, what was said."""

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

    def card(self) -> Json:
        """As the page lists it."""
        return {
            "id": self.id, "title": self.title, "type": self.type, "kind": self.kind, "members": sorted(self.members),
            "moved": self.moved_to, "pinned": self.pinned, "bot": self.bot_status,
        }  # fmt: skip

    def holds(self, number: int) -> bool:
        """True where this message stands there."""
        return number in self.messages and number not in self.deleted

    def owner(self, people: dict[int, Json]) -> int | None:
        """Whose group it is: the first lead in it."""
        return next((user for user in sorted(self.members) if people[user]["role"] in LEADERS), None)


def bot_seat(bot: Json, status: str) -> Json:
    """The bot's own place, with every right that Telegram names."""
    seat: Json = {"status": status, "user": bot}
    if status == "administrator":
        return (
            seat | dict.fromkeys(ADMINISTRATOR_RIGHTS, False) | {"can_delete_messages": True, "can_pin_messages": True}
        )
    if status == "restricted":
        return seat | dict.fromkeys(RESTRICTED_RIGHTS, False) | {"is_member": True, "until_date": 0}
    return seat | ({"until_date": 0} if status == "kicked" else {})
