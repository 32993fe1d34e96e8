"""A town for stories: the real program against the real playground over HTTP, with a clock that a test can turn."""

import asyncio
import io
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from PIL import Image
from sqlalchemy import text

from bot.program import Program
from bot.settings import Settings
from channels.telegram.channel import TelegramChannel
from playground import files
from playground.server import Playground

MERCHANTS, SITES, SQUAD, LEADS = -1001001, -1001002, -1002001, -1003001
QIU, JING, ZHANG, QIANG = 7001, 7002, 7003, 7004
LEAD, BAI, SUN, CHEN, ZHOU = 5001, 5002, 5003, 5004, 5005
STALL = "这里有货车路边卖水果，堵住我们门前小路，能不能过来管理？"
TOKEN = "8721:playground"
Json = dict[str, Any]


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


class Town:
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

    def by_bot(self, chat: int = MERCHANTS) -> list[Json]:
        """What stands there from the bot."""
        room = self.world.chats.get(chat)
        messages = room.messages.values() if room else []
        return [
            m
            for m in messages
            if m["from"]["id"] == self.world.bot["id"] and room and m["message_id"] not in room.deleted
        ]

    def texts(self, chat: int = MERCHANTS) -> list[str]:
        """The words of that."""
        return [m.get("text") or m.get("caption") or "" for m in self.by_bot(chat)]

    async def sees(self, words: str, chat: int = MERCHANTS, seconds: float = 15) -> Json:
        """Wait until the bot shows these words in a chat; the newest message that does."""
        return await self.until(
            lambda: next(
                (m for m in reversed(self.by_bot(chat)) if words in (m.get("text") or m.get("caption") or "")), None
            ),
            f"“{words}” in {chat}; there stands: {self.texts(chat)}",
            seconds,
        )

    async def sees_rows(self, query: str, seconds: float = 15, **values: Any) -> list[Json]:
        """Wait until a query finds something in the tables."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := await self.rows(query, **values):
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"waited in vain for {query}")

    async def keeps(self) -> list[Json]:
        """Wait until the pictures shown so far lie in the folder; the rows of all kept."""
        await self.quiet()
        assert self.program is not None
        await self.program.keeper.once()
        return await self.sees_rows(
            "SELECT * FROM medium WHERE state = 'kept' AND NOT EXISTS (SELECT 1 FROM medium WHERE state = 'wanted') "
            "ORDER BY id"
        )

    async def button(self, label: str, chat: int, seconds: float = 15) -> Json:
        """Wait for a message of the bot with this button; the newest."""
        return await self.until(
            lambda: next(
                (m for m in reversed(self.by_bot(chat)) if any(b["text"].startswith(label) for b in buttons(m))), None
            ),
            f"button {label} in {chat}",
            seconds,
        )

    async def toast(self, query: str, seconds: float = 15) -> str:
        """The answer to a press."""
        found = await self.until(
            lambda: next(
                (e for _, e in self.world.events.kept if e.get("type") == "toast" and e["query"] == query), None
            ),
            "an answer to the press",
            seconds,
        )
        return str(found["text"])

    async def until(self, look: Callable[[], Any], what: str, seconds: float = 15) -> Any:
        """Wait until `look` finds something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            await asyncio.sleep(0.01)
        raise AssertionError(f"waited in vain for {what}")

    async def breath(self) -> None:
        """Let the bot get on for a moment."""
        await asyncio.sleep(0.01)

    async def quiet(self) -> None:
        """Wait until everything said was read and everything to be sent is sent."""
        await self.until(lambda: not self.world.updates.pending or self.program is None, "updates to be fetched")
        for _ in range(600):
            rows = await self.rows(
                "SELECT (SELECT count(*) FROM inbox WHERE state = 'new') + "
                "(SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')) AS open"
            )
            if rows[0]["open"] == 0 and await self._confirmed():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("the bot does not come to rest")

    async def _confirmed(self) -> bool:
        highest = await self.rows("SELECT max(update_id) AS top FROM inbox")
        return not self.world.updates.pending or (highest[0]["top"] or 0) >= self.world.updates.next_id - 1

    async def rows(self, query: str, **values: Any) -> list[Json]:
        """What stands in the tables."""
        assert self.program is not None
        async with self.program.engine.execution_options(reads_only=True).connect() as conn:
            return [dict(row) for row in (await conn.execute(text(query), values)).mappings()]

    async def tickets(self) -> list[Json]:
        """All tickets, by number."""
        return await self.rows("SELECT * FROM ticket ORDER BY id")

    async def ticket(self) -> Json:
        """The one ticket that there is."""
        [found] = await self.tickets()
        return found

    async def history(self, number: int = 1, *, moves: bool = False) -> list[str]:
        """A ticket's verbs in order; with `moves` only those that moved it."""
        rows = await self.rows("SELECT * FROM ticket_event WHERE ticket_id = :n ORDER BY id", n=number)
        return [row["action"] for row in rows if not moves or row["before"] not in {None, row["after"]}]

    async def linked(self, number: int = 1) -> list[int]:
        """The messages of the ticket's own group that belong to it."""
        query = (
            "SELECT m.message FROM ticket_message m JOIN ticket t ON t.id = m.ticket_id AND t.group_id = m.group_id "
            "WHERE t.id = :n"
        )
        return sorted(int(row["message"]) for row in await self.rows(query, n=number))


def points(messages: list[Json]) -> list[tuple[float, float]]:
    """The points among messages."""
    return [(m["location"]["latitude"], m["location"]["longitude"]) for m in messages if "location" in m]


def moment(value: Any) -> datetime:
    """A moment as the tables give it to plain SQL: text on SQLite."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def labels(message: Json) -> list[str]:
    """The texts of a message's buttons."""
    return [button["text"] for button in buttons(message)]


def buttons(message: Json) -> list[Json]:
    """A message's buttons."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]
