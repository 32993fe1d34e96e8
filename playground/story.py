"""Plays the newspaper's case: people speak by themselves, the bot answers for real."""

import asyncio
from pathlib import Path
from typing import Any

import yaml

from playground import files
from playground.chat import BOT_ID
from playground.world import World

Json = dict[str, Any]
HERE = Path(__file__).parent
PATIENCE = 30.0
FRESH = 8.0
LOOK = 0.1
TYPES = 3.0
"""Seconds for which a person is seen typing before she speaks."""
LINGERS = 0.45
"""Before it goes to another group, the story stays this share of its wait, so that the bot's answer is seen."""


class Story:
    """The steps of story.yaml, one after another."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.script: list[Json] = yaml.safe_load((HERE / "story.yaml").read_text(encoding="utf-8"))
        self.step, self.running, self.line = 0, False, ""
        self.who, self.chat = 0, 0
        self._card: Json = {}
        self._from: dict[int, int] = {}

    def state(self) -> Json:
        """For the page: how far it is, and where to look."""
        where = {"who": self.who, "chat": self.chat} if self.running else {}
        return {"running": self.running, "step": self.step, "steps": len(self.script), "line": self.line, **where}

    async def run(self, speed: float = 1.0) -> None:
        """Play; a step that cannot be done says why, and the story ends there."""
        self.running, self.step, self.line, self.chat = True, 0, "", 0
        self._from = {chat.id: chat.next_id for chat in self.world.chats.values()}
        try:
            for number, step in enumerate(self.script, 1):
                if (wrong := await self._play(number, step, speed)) is not None:
                    self.line = wrong
                    return
            self.line = "故事讲完了，自己试试吧"
        except asyncio.CancelledError:
            self.line = "故事停下了，可以从头再放一遍"
            raise
        finally:
            self.running = False
            self._tell()

    def _tell(self) -> None:
        self.world.events.tell({"type": "story", **self.state()})

    async def _play(self, number: int, step: Json, speed: float) -> str | None:
        """One step; what was wrong with it, or None."""
        who, chat = self._person(step["who"]), self._chat(step["chat"])
        if who is None or chat is None:
            return f"配置里没有{step['who']}或“{step['chat']}”，故事停在这里"
        lingering = step["wait"] * LINGERS if self.chat not in {0, chat} else 0.0
        await asyncio.sleep(lingering / speed)
        self.step, self.line, self.who, self.chat = number, step["line"], who, chat
        self._tell()
        typing = 0.0 if "press" in step else min(TYPES, step["wait"] / 4)
        await asyncio.sleep((step["wait"] - lingering - typing) / speed)
        if typing:
            self.world.events.tell({"type": "typing", "chat": chat, "user": who})
            await asyncio.sleep(typing / speed)
        if "press" in step:
            pressed = await self._press(who, chat, step["press"])
            return None if pressed else f"等了{round(PATIENCE)}秒，没等到按钮“{step['press']}”，故事停在这里"
        self._speak(who, chat, step)
        return None

    def _speak(self, who: int, chat: int, step: Json) -> None:
        if "pin" in step:
            lat, lon = step["pin"]
            self.world.say(who, chat, location={"latitude": lat, "longitude": lon})
        elif "photo" in step:
            sizes = files.photo(self.world.files, (HERE / step["photo"]).read_bytes())
            self.world.say(who, chat, photo=sizes, reply_to=self._card.get("message_id"))
        else:
            self.world.say(who, chat, step["say"])

    async def _press(self, who: int, chat: int, text: str) -> bool:
        """Wait for the bot's newest card that has this button, and press it.

        At first only cards of this story count; a ticket that was left open before has an older one.
        """
        for look in range(int(PATIENCE / LOOK)):
            found = self._button(chat, text, self._from.get(chat, 0) if look * LOOK < FRESH else 0)
            if found is not None:
                self._card, data = found
                number = self._card["message_id"]
                self._from[chat] = min(number, self._from.get(chat, 0))
                query = self.world.press(who, chat, number, data)
                press = {"chat": chat, "message_id": number, "data": data, "user": who, "query": query}
                self.world.events.tell({"type": "press", **press})
                return True
            await asyncio.sleep(LOOK)
        return False

    def _button(self, chat: int, text: str, since: int) -> tuple[Json, str] | None:
        room = self.world.chats[chat]
        for number in reversed([number for number in room.messages if number >= since]):
            message = room.messages[number]
            if message.get("from", {}).get("id") != BOT_ID or number in room.deleted:
                continue
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"].startswith(text):
                        return message, button["callback_data"]
        return None

    def _person(self, name: str) -> int | None:
        return next((int(p["id"]) for p in self.world.people.values() if p["name"] == name), None)

    def _chat(self, title: str) -> int | None:
        return next((c.id for c in self.world.chats.values() if c.title == title and c.moved_to is None), None)
