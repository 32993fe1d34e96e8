"""Keeps the world over a restart: one JSON file written whole, and a file for each upload."""

import json
from pathlib import Path
from typing import Any

from playground.world import Chat, World

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
    chats = [
        {
            "id": c.id,
            "title": c.title,
            "kind": c.kind,
            "type": c.type,
            "members": sorted(c.members),
            "next": c.next_id,
            "messages": list(c.messages.values()),
            "deleted": sorted(c.deleted),
            "moved": c.moved_to,
            "bot": c.bot_status,
        }
        for c in world.chats.values()
    ]
    state = {
        "chats": chats,
        "next_update": world.updates.next_id,
        "pending": list(world.updates.pending),
        "allowed": world.updates.allowed,
        "files": {key: {k: v for k, v in entry.items() if k != "data"} for key, entry in world.files.items()},
        "people": list(world.people.values()),
    }
    fresh = folder / f"{NAME}.new"
    fresh.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
    fresh.replace(folder / NAME)


def restore(world: World, folder: Path) -> None:
    """Read it back, where there is one."""
    path = folder / NAME
    if not path.exists():
        return
    state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for person in state["people"]:
        world.people.setdefault(person["id"], person)
    for kept in state["chats"]:
        chat = world.chats.setdefault(kept["id"], Chat(kept["id"], kept["title"], kept["kind"], kept["type"]))
        chat.members |= set(kept["members"])
        chat.messages = {message["message_id"]: message for message in kept["messages"]}
        chat.next_id, chat.deleted = kept["next"] + SLACK, set(kept["deleted"])
        chat.moved_to, chat.bot_status = kept["moved"], kept["bot"]
    world.updates.next_id = state["next_update"] + SLACK
    world.updates.pending.extend(state["pending"])
    world.updates.allowed = state["allowed"]
    for file_id, entry in state["files"].items():
        data = folder / "files" / file_id
        if data.exists():
            world.files[file_id] = {**entry, "data": data.read_bytes()}
