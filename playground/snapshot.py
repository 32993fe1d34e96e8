"""Keeps the world over a restart: one JSON file written whole, and a file for each upload."""

import json
from pathlib import Path
from typing import Any

from playground.chat import Chat
from playground.world import World

Json = dict[str, Any]
NAME = "world.json"
SLACK = 1000
"""Numbers skipped after a restart: what was given out in the second before a crash is never given out again."""


def save(world: World, folder: Path) -> None:
    """Write everything; a crash in between leaves the last whole file."""
    (folder / "files").mkdir(parents=True, exist_ok=True)
    for file_id, entry in world.files.items():
        path = folder / "files" / file_id
        if not path.exists():
            path.write_bytes(entry["data"])
    state = {
        "chats": [_chat(chat) for chat in world.chats.values()],
        "next_update": world.updates.next_id,
        "pending": list(world.updates.pending),
        "allowed": world.updates.allowed,
        "presses": world.presses,
        "files": {key: {k: v for k, v in entry.items() if k != "data"} for key, entry in world.files.items()},
        "people": list(world.people.values()),
    }
    fresh = folder / f"{NAME}.new"
    fresh.write_text(json.dumps(state), encoding="ascii")
    fresh.replace(folder / NAME)


def _chat(chat: Chat) -> Json:
    return {
        "id": chat.id, "title": chat.title, "kind": chat.kind, "type": chat.type, "members": sorted(chat.members),
        "next": chat.next_id, "messages": list(chat.messages.values()), "deleted": sorted(chat.deleted),
        "moved": chat.moved_to, "bot": chat.bot_status, "pinned": chat.pinned,
    }  # fmt: skip


def restore(world: World, folder: Path) -> None:
    """Read it back, where there is one; one that is damaged is set aside, and everything begins anew."""
    path = folder / NAME
    if not path.exists():
        return
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        known = {person["id"] for person in state["people"]}
        chats = [_restored(world, kept, known) for kept in state["chats"]]
        files = {key: _file(folder / "files" / key, entry) for key, entry in state["files"].items()}
    except (ValueError, KeyError, TypeError, OSError):
        path.replace(folder / f"{NAME}.damaged")
        return
    world.people |= {person["id"]: world.people.get(person["id"], person) for person in state["people"]}
    world.chats |= {chat.id: chat for chat in chats}
    world.files |= files
    world.presses |= state["presses"]
    world.updates.next_id = state["next_update"] + SLACK
    world.updates.pending.extend(state["pending"])
    world.updates.allowed = state["allowed"]


def _file(path: Path, entry: Json) -> Json:
    """A file as it was; its bytes may be gone where someone tidied the folder."""
    return {**entry, "shown": entry["shown"], "data": path.read_bytes() if path.exists() else b""}


def _restored(world: World, kept: Json, known: set[int]) -> Chat:
    """A chat as it was; whoever the configuration has newly put in it is in it as well."""
    chat = Chat(kept["id"], kept["title"], kept["kind"], kept["type"])
    seeded = world.chats.get(chat.id)
    if seeded is not None:
        chat.title, chat.kind = seeded.title, seeded.kind
    chat.members = set(kept["members"]) | ({m for m in seeded.members if m not in known} if seeded else set())
    chat.messages = {message["message_id"]: message for message in kept["messages"]}
    chat.next_id, chat.deleted = kept["next"] + SLACK, set(kept["deleted"])
    chat.moved_to, chat.bot_status, chat.pinned = kept["moved"], kept["bot"], kept["pinned"]
    return chat
