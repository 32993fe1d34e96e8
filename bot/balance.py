"""A day's balance: every update that came in has gone somewhere, and every ticket comes from a message.

received = tickets + joined + talk + presses + edits + notices + unserved + repeated + waiting + dead + dropped

Messages are counted, not tickets: one message may open two. A ticket counts by the day on which its message came.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dead import DROPPED
from models import tables as t
from models.arrivals import Arrival, Edited, Pressed, Spoken

Parse = Callable[[dict[str, Any]], Arrival]
Key = tuple[int, str]
BATCH = 200
WORDS = {
    "tickets": "开单", "joined": "并入工单", "talk": "不用开单的话", "presses": "按键", "edits": "改动",
    "notices": "通知",
    "unserved": "不服务的群", "repeated": "重复", "waiting": "待办", "dead": "搁置", "dropped": "丢开",
}  # fmt: skip
SHELVES: tuple[tuple[str, Any, Any, tuple[Any, ...]], ...] = (
    ("talk", t.message, t.message.c.message, ()),
    ("waiting", t.advice, t.advice.c.message, (t.advice.c.state.in_(("new", "asked")),)),
    ("joined", t.link, t.link.c.message, ()),
    ("joined", t.ticket, t.ticket.c.opens, (t.ticket.c.same_as.is_not(None),)),
    ("tickets", t.ticket, t.ticket.c.opens, (t.ticket.c.same_as.is_(None),)),
)
"""Where a message can stand; what stands further down tells more of it."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Updates received, where they went (words of `WORDS`), how many tickets they opened, and what is astray.

    `lost` are updates that were done and yet stand nowhere, `orphans` tickets whose message is not in the journal.
    """

    received: int
    parts: Counter[str]
    opened: int
    lost: tuple[int, ...]
    orphans: tuple[int, ...]

    @property
    def sound(self) -> bool:
        """True where nothing is astray."""
        return self.received == self.parts.total() and not self.lost and not self.orphans


async def balance(conn: AsyncConnection, start: datetime, end: datetime, parsers: Mapping[str, Parse]) -> Balance:
    """The balance of what was received in [start, end)."""
    c = t.inbox.c
    query = select(t.inbox).where(c.received_at >= start, c.received_at < end).order_by(c.seq)
    rows = (await conn.execute(query)).all()
    journal = await _journal(conn)
    told = [(row.seq, *journal.sort(row, parsers)) for row in rows]
    where = await _places(conn, [key for _, _, key in told if key])
    parts, lost, seen = Counter[str](), list[int](), set[Key]()
    for seq, sort, key in told:
        place = sort if key is None else "repeated" if key in seen else where.get(key, sort)
        seen |= {key} if key else set()
        if place == "lost":
            lost.append(seq)
        else:
            parts[place] += 1
    opened = await _opened(conn, seen)
    return Balance(len(rows), parts, opened, tuple(lost), await _orphans(conn, start, end))


@dataclass(frozen=True, slots=True)
class Journal:
    """Which groups have one: group by chat, chats that are former ids of theirs, and since when it is kept."""

    groups: dict[str, int]
    former: frozenset[str]
    since: dict[int, datetime]

    def sort(self, row: Row[Any], parsers: Mapping[str, Parse]) -> tuple[str, Key | None]:
        """What became of an update; for a message, where it stands in the journal, and what it is if it does not."""
        if row.state != "done":
            return ("dead" if row.state == "dead" else "waiting"), None
        if (row.last_error or "").startswith(DROPPED):
            return "dropped", None
        match parsers[row.channel.partition(":")[0]](orjson.loads(row.raw)):
            case Spoken(said=said):
                return self._said(said.chat, said.id, said.at)
            case Edited():
                return "edits", None
            case Pressed():
                return "presses", None
            case _:
                return "notices", None

    def _said(self, chat: str, message: str, at: datetime) -> tuple[str, Key | None]:
        """A chat that moved bears its old id before the numbers of what was said there."""
        group = self.groups.get(chat)
        if group is None or group not in self.since or at < self.since[group]:
            return "unserved", None
        return "lost", (group, f"{chat}/{message}" if chat in self.former else message)


async def _journal(conn: AsyncConnection) -> Journal:
    aliases = (await conn.execute(select(t.alias.c.chat, t.alias.c.group_id, t.alias.c.current))).all()
    query = select(t.message.c.group_id, func.min(t.message.c.at)).group_by(t.message.c.group_id)
    since: dict[int, datetime] = dict((await conn.execute(query)).all())
    return Journal(
        {row.chat: row.group_id for row in aliases}, frozenset(row.chat for row in aliases if not row.current), since
    )


async def _places(conn: AsyncConnection, keys: list[Key]) -> dict[Key, str]:
    """For each message of the journal: it opened a ticket, joined one, waits for a second reader, or was talk."""
    found: dict[Key, str] = {}
    for some in _some(keys):
        for name, table, column, more in SHELVES:
            query = select(table.c.group_id, column).where(tuple_(table.c.group_id, column).in_(some), *more)
            found |= dict.fromkeys((await conn.execute(query)).all(), name)
    return found


def _some(keys: list[Key]) -> Iterator[list[Key]]:
    for at in range(0, len(keys), BATCH):
        yield keys[at : at + BATCH]


async def _opened(conn: AsyncConnection, keys: set[Key]) -> int:
    """How many tickets these messages opened."""
    c, opened = t.ticket.c, 0
    for some in _some(sorted(keys)):
        query = select(func.count()).where(tuple_(c.group_id, c.opens).in_(some))
        opened += (await conn.execute(query)).scalar_one()
    return opened


async def _orphans(conn: AsyncConnection, start: datetime, end: datetime) -> tuple[int, ...]:
    """Tickets of these hours whose message is not in the journal."""
    c = t.ticket.c
    said = select(t.message.c.message).where(t.message.c.group_id == c.group_id, t.message.c.message == c.opens)
    query = select(c.id).where(c.opened_at >= start, c.opened_at < end, ~said.exists()).order_by(c.id)
    return tuple((await conn.execute(query)).scalars())
