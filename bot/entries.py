"""What an update becomes in the inbox: a row under a key that no other update bears, whatever came."""

import hashlib
import json
import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import orjson
import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import safely
from channels.channel import Channel, Raw
from models import tables as t

log = structlog.get_logger()
HIGHEST = 2**63 - 1
NO_NUMBER = "its number fits no table"
BROUGHT_AGAIN = timedelta(days=2)
"""A network brings an update again for a day."""
NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""Where the stroke is not itself a letter of the text."""
ERASED = "{}"
Values = dict[str, Any]


def entry(channel: Channel, raw: Raw, now: datetime) -> Values:
    """Its row; one that can be kept in no other way is dead from the beginning, and holds up nobody."""
    try:
        number, chat, text = channel.number(raw), channel.chat_of(raw), text_of(raw)
        fits = number is not None and 0 <= number <= HIGHEST
    except Exception as error:  # noqa: BLE001 - poison is kept, named, and passed by
        return _dead(channel, f"{type(raw)}", now, safely(error))
    if not fits:
        return _dead(channel, text, now, str(raw.get("why") or NO_NUMBER), chat)
    return _row(channel, now, update_id=number, chat=chat, raw=text)


def _dead(channel: Channel, text: str, now: datetime, why: str, chat: str = "-") -> Values:
    log.error("an update is dead", error=why)
    return _row(channel, now, update_id=_fresh(text), chat=chat, raw=text, state="dead", last_error=why)


def _row(channel: Channel, now: datetime, **more: Any) -> Values:
    at_first = {"state": "new", "attempts": 0, "last_error": None}
    return {"channel": channel.account, "received_at": now, **at_first, **more}


def text_of(raw: Raw) -> str:
    """Lone surrogates and numbers beyond 64 bits are kept as near as text can; NULs, which no table takes, are not."""
    try:
        text = orjson.dumps(raw, default=str).decode()
    except (TypeError, ValueError):
        text = json.dumps(raw, ensure_ascii=False, default=str).encode("utf-8", "replace").decode()
    return NUL.sub(r"\1", text)


async def tell_apart(conn: AsyncConnection, channel: Channel, rows: list[Values], now: datetime) -> None:
    """Numbers may begin anew: who bears another's number is kept under a key of its own; who comes again is not."""
    c, often = t.inbox.c, Counter(row["update_id"] for row in rows)
    query = select(c.update_id, c.raw, c.received_at)
    here = await conn.execute(query.where(c.channel == channel.account, c.update_id.in_(often)))
    stored = {row.update_id: row for row in here.all()}
    owners: dict[int, str] = {}
    for row in rows:
        number = row["update_id"]
        if number not in stored and often[number] == 1:
            continue
        mark = _mark(channel, row["raw"])
        owner = owners.setdefault(number, _owner(channel, stored[number], mark, now) if number in stored else mark)
        if mark != owner:
            row["update_id"] = _fresh(mark)


def _owner(channel: Channel, row: Any, mark: str, now: datetime) -> str:
    """Whose number it is: what was erased may have come again as long as a network brings things again."""
    if row.raw == ERASED:
        return mark if now - row.received_at < BROUGHT_AGAIN else ""
    return _mark(channel, row.raw)


def _mark(channel: Channel, text: str) -> str:
    try:
        return channel.mark(orjson.loads(text))
    except Exception:  # noqa: BLE001 - what cannot be read is told by its letters
        return text


def _fresh(mark: str) -> int:
    """A key that no network gives and that the same update is given again: below zero."""
    return -1 - int.from_bytes(hashlib.sha256(mark.encode("utf-8", "replace")).digest()[:8]) // 2
