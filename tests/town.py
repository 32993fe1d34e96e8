"""A town for stories: the real program against the real playground over HTTP, with a clock that a test can turn."""

import asyncio
import io
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from bot.program import Program
from bot.settings import Settings
from channels.telegram.channel import TelegramChannel
from playground import files
from playground.server import Playground
from tests.sights import MERCHANTS, Json, Sights, buttons, labels

SITES, SQUAD, LEADS = -1001002, -1002001, -1003001
QIU, JING, ZHANG, QIANG = 7001, 7002, 7003, 7004
LEAD, BAI, SUN, CHEN, ZHOU = 5001, 5002, 5003, 5004, 5005
STALL = "这里有货车路边卖水果，堵住我们门前小路，能不能过来管理？"
TOKEN = "8721:playground"


def town_config() -> Json:
    """config.yaml as shipped, on any free port and without pacing; nothing in it goes by the hour of the day."""
    found: Json = yaml.safe_load((Path(__file__).parent.parent / "config.yaml").read_text(encoding="utf-8"))
    for group in found["groups"]:
        if group["kind"] == "leads":
            group["digests"] = {"daily": "off", "weekly": "off", "monthly": "off"}
    found["limits"]["default"] = "3工作日"
    return found | {"web": {"port": 0}, "telegram": {"a_minute": 0}, "escalation": {"quiet": "off"}}


def city_config() -> Json:
    """The demonstration city as shipped, like `town_config`; its map is found wherever the tests run."""
    root = Path(__file__).parent.parent
    found: Json = yaml.safe_load((root / "examples" / "city.yaml").read_text(encoding="utf-8"))
    return found | {"map": str(root / found["map"]), "web": {"port": 0}, "telegram": {"a_minute": 0}}


class TurningClock:
    """The machine's clock, moved ahead as far as a test says."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The town's time."""
        return datetime.now(UTC) + self.ahead  # noqa: TID251 - the test's own clock


def picture(colour: str = "#557799") -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


class Town(Sights):
    """Who speaks where, and what they then see."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = TurningClock()
        world = settings.model_dump(mode="json", include={"groups", "people", "shops"})
        self.play = Playground(world, TOKEN, pacing=False)
        self.world = self.play.world
        self.world.clock = lambda: time.time() + self.clock.ahead.total_seconds()
        self.program: Program | None = None

    async def open(self) -> None:
        """Start both."""
        await self.play.start(port=0)
        await self.start_bot()

    async def start_bot(self, token: str = TOKEN) -> None:
        """Start the bot (again), with this token."""
        self.program = Program(self.settings, TelegramChannel(token, self.play.url, poll_seconds=5), self.clock)
        await self.program.start()

    async def stop_bot(self) -> None:
        """Stop the bot."""
        if self.program is not None:
            await self.program.stop()
            self.program = None

    async def kill_bot(self) -> None:
        """The bot stops between two steps: what was begun is not ended, what was sent is not written down.

        A transaction that is under way is waited for: killed in it, a real process leaves what stood there before.
        """
        if self.program is not None:
            program, self.program = self.program, None
            pool: Any = program.engine.pool
            while pool.checkedout():  # noqa: ASYNC110 - a pool has no event
                await asyncio.sleep(0)
            await program.tasks.stop()
            if program.second is not None:
                await program.second.close()
            if program.pages is not None:
                await program.pages.cleanup()
            await program.channel.stop()
            await program.engine.dispose()
            await program.lease.release()

    async def shut(self) -> None:
        """Stop both."""
        await self.stop_bot()
        await self.play.stop()

    def turn(self, **span: float) -> None:
        """Move the clock ahead."""
        self.clock.ahead += timedelta(**span)

    async def later(self, **span: float) -> None:
        """Move the clock ahead, and let all be done that is then due."""
        self.turn(**span)
        assert self.program is not None
        while await self.program.alarm.once():
            pass
        self.program.inbox_bell.ring()
        self.program.outbox_bell.ring()

    def strangers(self, count: int, chat: int = MERCHANTS) -> list[int]:
        """So many people in a group whom nobody knows."""
        users = list(range(8000, 8000 + count))
        for user in users:
            self.world.add_person(user, f"路人{user}")
            self.world.chats[chat].members.add(user)
        return users

    def stand_at(self, words: str) -> None:
        """The town's clock shows this time (「2026-03-02 09:00」, the bureau's) before anything has begun."""
        assert self.program is None
        wanted = datetime.fromisoformat(words).replace(tzinfo=self.settings.zone)
        self.clock.ahead += wanted - self.clock.now()

    # --- people speak ----------------------------------------------------------------------------------------------

    def says(self, who: int, words: str, chat: int = MERCHANTS, **more: Any) -> Json:
        """Somebody says something."""
        return self.world.say(who, chat, words, **more)

    def pins(self, who: int, lat: float = 34.5938, lon: float = 119.2214, chat: int = MERCHANTS, **more: Any) -> Json:
        """Somebody sends a point."""
        return self.world.say(who, chat, location={"latitude": lat, "longitude": lon}, **more)

    def shows(self, who: int, chat: int = MERCHANTS, colour: str = "#557799", **more: Any) -> Json:
        """Somebody sends a photo."""
        return self.world.say(who, chat, photo=files.photo(self.world.files, picture(colour)), **more)

    def sends(self, who: int, data: bytes, name: str, mime: str, chat: int = MERCHANTS, **more: Any) -> Json:
        """Somebody sends a file as it is."""
        kept = files.store(self.world.files, data, "documents", name, file_name=name, mime_type=mime)
        return self.world.say(who, chat, document=kept, **more)

    def speaks(self, who: int, chat: int = MERCHANTS, **more: Any) -> Json:
        """Somebody sends a voice note."""
        kept = files.store(self.world.files, b"OggS" + bytes(60), "voice", "v.ogg", duration=3, mime_type="audio/ogg")
        return self.world.say(who, chat, voice=kept, **more)

    def presses(self, who: int, message: Json, label: str) -> str:
        """Somebody presses the button whose text begins so, on a message as it stands now."""
        room = self.world.chats[message["chat"]["id"]]
        shown = room.messages[message["message_id"]]
        data = next(b["callback_data"] for b in buttons(shown) if b["text"].startswith(label))
        return self.world.press(who, room.id, message["message_id"], data)

    async def clicks(self, who: int, message: Json, label: str) -> str:
        """Somebody waits for a button on a message and presses it; what she is told."""
        room = self.world.chats[message["chat"]["id"]]

        def there() -> bool:
            return any(text.startswith(label) for text in labels(room.messages[message["message_id"]]))

        await self.until(there, f"{label} under {message['message_id']}")
        return await self.toast(self.presses(who, message, label))

    # --- the usual course -------------------------------------------------------------------------------------------

    async def told(self, words: str = STALL, who: int = QIU) -> Json:
        """Her words are a ticket that nobody has taken; its card."""
        self.says(who, words)
        await self.sees("#1 ")
        card = await self.button("接单", SQUAD)
        await self.quiet()
        return card

    async def taken(self, who: int = BAI, chat: int = SQUAD) -> Json:
        """An officer takes the newest card that can be taken; the card."""
        card = await self.button("接单", chat)
        assert await self.clicks(who, card, "接单") == "已接单，路上注意安全"
        return card

    async def reached(self, who: int = BAI, chat: int = SQUAD) -> Json:
        """He takes it and arrives; the card."""
        card = await self.taken(who, chat)
        assert await self.clicks(who, card, "到场") == "已记到场，拍张照片回复卡片"
        return card

    async def solved(self, who: int = BAI, chat: int = SQUAD, means: str = "管理") -> Json:
        """He takes it, arrives, photographs, is done; the result."""
        await self.finishes(who, await self.reached(who, chat), means, chat)
        await self.quiet()
        return await self.sees(f"已办结（{means}）")

    async def finishes(self, who: int, card: Json, means: str, chat: int = SQUAD) -> None:
        """On the place already, he photographs it and is done."""
        self.shows(who, chat, reply_to=card["message_id"])
        await self.quiet()
        await self.clicks(who, card, "办结")
        await self.clicks(who, card, means)

    async def looked_up(self, label: str, number: int = 1) -> Json:
        """A lead asks for a ticket's card in the leads' chat and finds this button below; the card."""
        self.says(LEAD, f"工单 {number}", chat=LEADS)
        return await self.button(label, LEADS)

    # --- people see ------------------------------------------------------------------------------------------------
