"""What is to be seen of a town: messages, buttons, toasts, and what stands in the tables."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from bot.program import Program
from playground.world import World

MERCHANTS = -1001001
Json = dict[str, Any]


class Sights:
    """A playground, and the program in it while it runs."""

    world: World
    program: Program | None

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
