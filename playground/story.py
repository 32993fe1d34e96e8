"""Plays the newspaper's case: people speak by themselves, the bot answers for real."""

import asyncio
import io
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

from playground import files
from playground.world import BOT_ID, World

Json = dict[str, Any]
PATIENCE = 30.0
LOOK = 0.1


class Story:
    """The steps of story.yaml, one after another."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.script: list[Json] = yaml.safe_load(Path(__file__).with_name("story.yaml").read_text(encoding="utf-8"))
        self.step, self.steps, self.running, self.line = 0, len(self.script), False, ""
        self._card: Json = {}

    def state(self) -> Json:
        """For the page."""
        return {"running": self.running, "step": self.step, "steps": self.steps, "line": self.line}

    async def run(self, speed: float = 1.0) -> None:
        """Play; a step that waits in vain says what it waited for."""
        self.running, self.step = True, 0
        try:
            for number, step in enumerate(self.script, 1):
                self.step, self.line = number, step.get("line", "")
                self.world.events.tell({"type": "story", **self.state()})
                await asyncio.sleep(step.get("wait", 2) / speed)
                if not await self._do(step):
                    self.line = f"等了{round(PATIENCE)}秒，没等到按钮“{step.get('press')}”，故事停在这里"
                    return
            self.line = "故事讲完了，自己试试吧"
        finally:
            self.running = False
            self.world.events.tell({"type": "story", **self.state()})

    async def _do(self, step: Json) -> bool:
        who = self._person(step["who"])
        chat = self._chat(step["chat"])
        if "say" in step:
            self.world.say(who, chat, step["say"])
        elif "pin" in step:
            lat, lon = step["pin"]
            self.world.say(who, chat, location={"latitude": lat, "longitude": lon})
        elif "photo" in step:
            sizes = files.photo(self.world.files, _picture(step["photo"]))
            self.world.say(who, chat, photo=sizes, reply_to=self._card.get("message_id"))
        elif "press" in step:
            return await self._press(who, chat, step["press"])
        return True

    async def _press(self, who: int, chat: int, text: str) -> bool:
        """Wait for the bot's newest card that has this button, and press it."""
        for _ in range(int(PATIENCE / LOOK)):
            found = self._button(chat, text)
            if found is not None:
                self._card, data = found
                self.world.press(who, chat, self._card["message_id"], data)
                return True
            await asyncio.sleep(LOOK)
        return False

    def _button(self, chat: int, text: str) -> tuple[Json, str] | None:
        room = self.world.chats[chat]
        for message in reversed(list(room.messages.values())):
            if message.get("from", {}).get("id") != BOT_ID or message["message_id"] in room.deleted:
                continue
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"].startswith(text):
                        return message, button["callback_data"]
        return None

    def _person(self, name: str) -> int:
        return next(int(p["id"]) for p in self.world.people.values() if p["name"] == name)

    def _chat(self, title: str) -> int:
        return next(c.id for c in self.world.chats.values() if c.title == title and c.moved_to is None)


def _picture(kind: str) -> bytes:
    """A drawn scene: the lane with a fruit truck, or the lane cleared."""
    image = Image.new("RGB", (800, 600), "#c9d7e2")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 330, 800, 600), fill="#8a8d91")
    draw.rectangle((40, 120, 360, 340), fill="#d8b48a")
    draw.rectangle((60, 150, 340, 190), fill="#b5432f")
    draw.rectangle((160, 230, 240, 340), fill="#5c4a3d")
    draw.polygon([(420, 600), (520, 330), (560, 330), (760, 600)], fill="#9ea2a6")
    if kind == "truck":
        draw.rectangle((430, 300, 700, 420), fill="#3f6fa8")
        draw.rectangle((640, 250, 730, 420), fill="#2f578a")
        for x in range(440, 640, 28):
            draw.ellipse((x, 280, x + 26, 306), fill="#e0902f")
        for x in (480, 680):
            draw.ellipse((x - 30, 400, x + 30, 460), fill="#2b2b2b")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
