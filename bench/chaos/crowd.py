"""Shopkeepers who complain and drop pins, and officers who press what they see."""

import asyncio
import io
import time
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from PIL import Image

from bench import load
from bench.chaos.ground import Ground
from playground import files

FIRST_PERSON = 2_000_000
DOORS_APART = 40
CELL = 0.006
"""Degrees between two pins: farther than anything is joined over."""
ACROSS = 60
OFFICERS = 800_000
STEPS, CONTENT, ASKED = ("接单", "到场", "办结", "服务"), "满意", 0.2
Where = tuple[int, int]


@dataclass(slots=True)
class Said:
    """What was said and pressed so far: complaints by chat and message with the moment, and numbers of presses."""

    complaints: dict[Where, float] = field(default_factory=dict)
    messages: int = 0
    taken: set[str] = field(default_factory=set)
    presses: int = 0


class Crowd:
    """Everyone has one complaint, at a place of its own: nothing may be joined to another, so all can be counted."""

    def __init__(self, ground: Ground, chance: Random, spared: AbstractSet[int] = frozenset()) -> None:
        self.ground, self.chance, self.said = ground, chance, Said()
        self._groups = [group for group in range(load.GROUPS) if group not in spared]
        self._next = 0

    async def complain(self, pause: float = 0.3) -> None:
        """Somebody new complains and drops a pin a moment later."""
        number, self._next = self._next, self._next + 1
        chat, user = self._comes(number)
        message = self.ground.world.say(user, chat, _words(chat, number // len(self._groups)))
        self.said.complaints[chat, message["message_id"]] = time.time()
        self.said.messages += 2
        await asyncio.sleep(self.chance.uniform(0, pause))
        point = {"latitude": 34.0 + CELL * (number % ACROSS), "longitude": 118.0 + CELL * (number // ACROSS)}
        self.ground.world.say(user, chat, location=point)

    def chatter(self) -> None:
        """Somebody says something that is not for the bot."""
        group = self.chance.randrange(load.GROUPS)
        user = load.FIRST_PERSON + group + load.GROUPS * self.chance.randrange(load.PEOPLE_A_GROUP)
        self.ground.world.say(user, load.chat_of(group), self.chance.choice(load.words()["chatter"]))
        self.said.messages += 1

    def press(self) -> None:
        """An officer takes what he sees, is there, sends a photo, is done, says how; or who complained is content."""
        if self.chance.random() < ASKED:
            self._answer()
            return
        number = self.chance.randrange(load.SQUADS)
        room = self.ground.world.chats[load.squad_chat(number)]
        shown = [message for message in room.messages.values() if _label(message) in STEPS]
        if not shown:
            return
        step = self.chance.choice(sorted({_label(message) for message in shown}))
        card = self.chance.choice([message for message in shown if _label(message) == step][-20:])
        if _label(card) == "办结":
            photo = files.photo(self.ground.world.files, _picture())
            self.ground.world.say(OFFICERS + number, room.id, photo=photo, reply_to=card["message_id"])
            self.said.messages += 1
        self._press(number, card)

    def _answer(self) -> None:
        room = self.ground.world.chats[load.chat_of(self.chance.choice(self._groups))]
        shown = [message for message in room.messages.values() if _label(message) == CONTENT]
        if shown:
            result = self.chance.choice(shown[-20:])
            data = result["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
            self.ground.world.press(result["reply_to_message"]["from"]["id"], room.id, result["message_id"], data)
            self.said.presses += 1

    def press_copies(self) -> None:
        """Where a squad sees two cards of one ticket, somebody presses them all."""
        for number in range(load.SQUADS):
            room = self.ground.world.chats[load.squad_chat(number)]
            shown = [message for message in room.messages.values() if _label(message)]
            many = Counter(number_of(message) for message in shown)
            for message in shown:
                if many[number_of(message)] > 1:
                    self._press(number, message)

    def _press(self, number: int, message: dict[str, Any]) -> None:
        room = self.ground.world.chats[load.squad_chat(number)]
        if _label(message) == "接单":
            self.said.taken.add(number_of(message))
        data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        self.ground.world.press(OFFICERS + number, room.id, message["message_id"], data)
        self.said.presses += 1

    def _comes(self, number: int) -> Where:
        chat, user = load.chat_of(self._groups[number % len(self._groups)]), FIRST_PERSON + number
        self.ground.world.add_person(user, f"路人{number}")
        self.ground.world.chats[chat].members.add(user)
        return chat, user


def number_of(message: dict[str, Any]) -> str:
    """The ticket's number that a card bears."""
    return str(message.get("text") or message.get("caption", "")).partition("#")[2].split()[0]


def _label(message: dict[str, Any]) -> str:
    """The first button's text."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return str(rows[0][0]["text"]) if rows and rows[0] else ""


@cache
def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#557799").save(out, "JPEG")
    return out.getvalue()


def _words(chat: int, turn: int) -> str:
    """Every turn of a group has a door of its own."""
    streets, complaints = load.words()["streets"], load.words()["complaints"]
    return f"{streets[(turn + chat) % len(streets)]}{1 + DOORS_APART * turn}号{complaints[turn % len(complaints)]}"
