"""Turns the written conversations of corpus/chats into exports with gold: `python -m scripts.corpus [FILE …]`.

Each `NAME.chat` becomes `NAME.export.json` (as Telegram Desktop exports a chat) and `NAME.gold.jsonl` (what a careful
clerk makes of it) in corpus/. What is wrong in a file is said with its line; nothing is written for that file then. The
form of a .chat file is described in corpus/README.md.
"""

import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from models.matters import MATTERS
from models.words import Demand, GroupKind

CORPUS = Path(__file__).parent.parent / "corpus"
CHINA = ZoneInfo("Asia/Shanghai")
ROLES = ("merchant", "officer", "lead", "worker")
WHEN = re.compile(r"(\d\d-\d\d) (\d\d:\d\d)(?::(\d\d))? (\S+) ?(.*)")
PART = re.compile(r"\[(photo|pin|voice|video|sticker|fwd|edited|>)([^\]]*)\]\s*")
TICKETS = re.compile(r"\s*##((?:(?:##)?T\d+!?\s*)+)$")
MISSING = "(File not included. Change data exporting settings to download.)"
Json = dict[str, Any]


class Wrong(Exception):  # noqa: N818 - a sentence with a line number
    """Something in a .chat file that cannot be."""


@dataclass
class Chat:
    """A conversation being read."""

    year: int = 2026
    name: str = ""
    kind: str = ""
    street: str | None = None
    people: dict[str, Json] = field(default_factory=dict)
    messages: list[Json] = field(default_factory=list)
    tickets: dict[str, Json] = field(default_factory=dict)
    first: int = 0
    at: datetime | None = None


def read(path: Path) -> Chat:
    """A file's conversation. Raises Wrong."""
    seed = int(hashlib.sha256(path.stem.encode()).hexdigest()[:8], 16)
    chat = Chat(first=1000 + seed % 50_000)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            _take(chat, line.rstrip())
        except (Wrong, ValueError, KeyError, IndexError) as error:
            raise Wrong(f"{path.name} line {number}: {error} | {line[:80]}") from None
    _whole(chat, path.name)
    return chat


def _take(chat: Chat, line: str) -> None:
    if line.startswith("chat "):
        chat.name, kind, street, year = (part.strip() for part in line[5:].split("|"))
        chat.kind, chat.street, chat.year = GroupKind(kind).value, street or None, int(year)
    elif line.startswith("who "):
        _enter(chat, [part.strip() for part in line[4:].split("|")])
    elif line.startswith("= "):
        _settle(chat, line[2:])
    else:
        _say(chat, line)


def _enter(chat: Chat, parts: list[str]) -> None:
    key, name = parts[0].split(" ", 1)
    role = parts[1]
    if role not in ROLES:
        raise Wrong(f"role {role}: one of {ROLES}")
    number = int(hashlib.sha256(f"{chat.name}{key}".encode()).hexdigest()[:8], 16) + 10_000_000
    person: Json = {"id": f"user{number}", "name": name, "role": role}
    if len(parts) > 2:  # noqa: PLR2004 - key and role came first
        lat, lon = (float(part) for part in parts[4].split(","))
        person["shop"] = {"name": parts[2], "address": parts[3], "lat": lat, "lon": lon}
    chat.people[key] = person


def _say(chat: Chat, line: str) -> None:
    shape = WHEN.fullmatch(line)
    if shape is None:
        raise Wrong("not a line that I know")
    person = chat.people[shape[4]]
    at = datetime.strptime(f"{chat.year}-{shape[1]} {shape[2]}", "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    at += timedelta(seconds=int(shape[3]) if shape[3] else (len(chat.messages) * 7) % 50)
    if chat.at is not None and at < chat.at:
        at = chat.at + timedelta(seconds=1) if chat.at - at < timedelta(minutes=1) else _back(chat.at)
    chat.at = at
    message: Json = {
        "id": chat.first + len(chat.messages), "type": "message", "date": at.strftime("%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(int(at.timestamp())), "from": person["name"], "from_id": person["id"],
    }  # fmt: skip
    words = shape[5]
    marks = TICKETS.search(words)
    if marks:
        words = words[: marks.start()]
    while part := PART.match(words):
        message |= _part(chat, part[1], part[2].strip())
        words = words[part.end() :]
    message |= {"text": words, "text_entities": [{"type": "plain", "text": words}] if words else []}
    if "##" in words:
        raise Wrong("a mark stands in the words: marks stand at the end, ##T1 or ##T1! T2")
    if "location_information" in message and words:
        raise Wrong("a pin never carries text: give the words a line of their own")
    if not words and len(message) == 8:  # noqa: PLR2004 - nothing was said
        raise Wrong("neither words nor picture, pin or voice")
    chat.messages.append(message)
    for mark in marks[1].replace("##", " ").split() if marks else ():
        _mark(chat, mark, message)


def _back(last: datetime) -> datetime:
    raise Wrong(f"time runs backwards: the line before was at {last:%m-%d %H:%M}")


SIGHTS: dict[str, Json] = {
    "photo": {"photo": MISSING, "photo_file_size": 180_000, "width": 960, "height": 1280},
    "voice": {"file": MISSING, "media_type": "voice_message", "mime_type": "audio/ogg", "duration_seconds": 8},
    "video": {"file": MISSING, "media_type": "video_file", "mime_type": "video/mp4", "duration_seconds": 7},
}


def _part(chat: Chat, kind: str, given: str) -> Json:
    match kind:
        case "pin":
            lat, lon = (float(part) for part in given.split(","))
            return {"location_information": {"latitude": lat, "longitude": lon}}
        case "sticker":
            sticker = {"file": MISSING, "media_type": "sticker", "mime_type": "image/webp"}
            return sticker | {"sticker_emoji": given or "😂"}
        case "fwd":
            return {"forwarded_from": given or "另一个群的人"}
        case "edited":
            return {"edited": chat.at.strftime("%Y-%m-%dT%H:%M:%S") if chat.at else ""}
        case ">":
            return {"reply_to_message_id": _target(chat, given)}
        case _:
            return dict(SIGHTS[kind])


def _target(chat: Chat, given: str) -> int:
    if given.startswith("T"):
        return int(chat.tickets[given]["opens"])
    return int(chat.messages[int(given)]["id"])


def _mark(chat: Chat, mark: str, message: Json) -> None:
    name = mark.rstrip("!")
    if mark.endswith("!"):
        if name in chat.tickets and "opens" in chat.tickets[name]:
            raise Wrong(f"{name} is opened twice")
        waiting = chat.tickets.pop(name, {"messages": []})
        chat.tickets[name] = {"opens": message["id"], "messages": waiting["messages"], "reporter": message["from_id"]}
    ticket = chat.tickets.setdefault(name, {"messages": []})
    ticket["messages"].append(message["id"])


def _settle(chat: Chat, line: str) -> None:
    head, *facts = (part.strip() for part in line.split("|"))
    name, demand, matter = head.split()
    ticket = chat.tickets[name]
    ticket |= {
        "demand": Demand(demand).value,
        "matter": None if matter == "-" else matter,
        "also": [],
        "urgent": False,
        "emergency": None,
        "spans": [],
        "own_shop": False,
        "party": None,
        "same_as": None,
        "elsewhere": False,
    }
    for fact in facts:
        key, _, value = fact.partition(" ")
        _fact(ticket, key, value.strip())


def _fact(ticket: Json, key: str, value: str) -> None:
    match key:
        case "urgent" | "elsewhere":
            ticket[key] = True
        case "own":
            ticket["own_shop"] = True
        case "place":
            ticket["spans"] = [part.strip() for part in value.split(";") if part.strip()]
        case "also":
            ticket["also"] = [part.strip() for part in value.split(",")]
        case "party" | "emergency" | "same_as":
            ticket[key] = value
        case _:
            raise Wrong(f"fact {key}: place, own, party, urgent, emergency, same_as, also, elsewhere")


def _whole(chat: Chat, name: str) -> None:
    """Every ticket has its gold, every span stands in a message of it. Raises Wrong."""
    texts = {m["id"]: m["text"] for m in chat.messages}
    for number, ticket in chat.tickets.items():
        if "opens" not in ticket or "demand" not in ticket:
            raise Wrong(f"{name}: {number} has no opening (##{number}!) or no gold line (= {number} …)")
        for code in (ticket["matter"], *ticket["also"]):
            if code is not None and code not in MATTERS:
                raise Wrong(f"{name}: {number}: no matter {code}")
        ticket["place"] = [[_where(texts, ticket, span, f"{name}: {number}"), span] for span in ticket["spans"]]
        if ticket["party"]:
            _where(texts, ticket, ticket["party"], f"{name}: {number}")
        if ticket["same_as"] and ticket["same_as"] not in chat.tickets:
            raise Wrong(f"{name}: {number} repeats {ticket['same_as']}, which is none")


def _where(texts: dict[int, str], ticket: Json, span: str, whose: str) -> int:
    for message in ticket["messages"]:
        if span in texts[message]:
            return int(message)
    raise Wrong(f"{whose}: “{span}” stands in none of its messages")


def gold(chat: Chat) -> list[Json]:
    """The gold's lines."""
    ordered = sorted(chat.tickets.items(), key=lambda item: item[1]["opens"])
    numbers = {name: f"T{index:03d}" for index, (name, _) in enumerate(ordered, 1)}
    pins = {m["id"] for m in chat.messages if "location_information" in m}
    taken = {message for ticket in chat.tickets.values() for message in ticket["messages"]}
    talk = [m["id"] for m in chat.messages if m["id"] not in taken]
    return [_head(chat), *(_row(name, ticket, numbers, pins) for name, ticket in ordered), {"chatter": talk}]


def _head(chat: Chat) -> Json:
    by_role = {role: [p["id"] for p in chat.people.values() if p["role"] == role] for role in ROLES}
    shops = {p["id"]: p["shop"] for p in chat.people.values() if "shop" in p}
    staff = {"officers": by_role["officer"], "leads": by_role["lead"], "workers": by_role["worker"]}
    return {"chat": {"kind": chat.kind, "street": chat.street, **staff, "shops": shops}}


def _row(name: str, ticket: Json, numbers: dict[str, str], pins: set[int]) -> Json:
    kept = {key: ticket[key] for key in ("opens", "reporter", "demand", "matter", "also", "urgent", "emergency")}
    pin = next((message for message in ticket["messages"] if message in pins), None)
    return {
        "ticket": numbers[name],
        **kept,
        "messages": sorted(set(ticket["messages"])),
        "place": {"spans": ticket["place"], "pin": pin, "own_shop": ticket["own_shop"]},
        "party": ticket["party"],
        "same_as": numbers.get(ticket["same_as"] or ""),
        "elsewhere": ticket["elsewhere"],
    }


def _write(path: Path, chat: Chat) -> str:
    """Write both files; a line for the person at the screen."""
    export = {"name": chat.name, "type": "private_supergroup", "id": chat.first, "messages": chat.messages}
    rows = gold(chat)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (CORPUS / f"{path.stem}.export.json").write_text(json.dumps(export, ensure_ascii=False, indent=0) + "\n", "utf-8")
    (CORPUS / f"{path.stem}.gold.jsonl").write_text(lines, "utf-8")
    share = round(100 * len(rows[-1]["chatter"]) / len(chat.messages))
    return f"{path.stem}: {len(chat.messages)} messages, {len(chat.tickets)} tickets, {share} % talk"


def main(files: list[str]) -> int:
    """Turn these files, or all; the number that could not be."""
    failed = 0
    for path in [Path(file) for file in files] or sorted((CORPUS / "chats").glob("*.chat")):
        try:
            chat = read(path)
        except Wrong as wrong:
            failed += 1
            print(wrong)
            continue
        print(_write(path, chat))
    return failed


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
