"""What goes out in place of pictures that a network refuses: the bytes that we keep, and else their words alone."""

import asyncio
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from channels.channel import Channel
from models import tables as t
from models.outgoing import End, Outcome, Outgoing, Sort
from texts import sayings

SHOWN = {Sort.PHOTO, Sort.PHOTOS}
VAIN = "rights"
"""A chat that takes no pictures takes none of ours either."""
Kept = dict[str, bytes]


class Spare:
    """Handles are a bot's own: those of a former token, or of a file that the network lost, bring nothing any more."""

    def __init__(self, engine: AsyncEngine, channel: Channel, media: Path) -> None:
        self.engine, self.channel, self.media = engine, channel, media

    async def send(self, out: Outgoing, refused: Outcome) -> Outcome:
        """Once with the bytes, then in words; what becomes of it says also what was refused at first."""
        outcome = refused
        if VAIN not in refused.why and (kept := await self._kept(out)):
            outcome = await self.channel.send(
                replace(out, kept=tuple(kept.get(handle, b"") for _, handle in out.handles))
            )
        if outcome.end is End.FAILED:
            words = out.text or sayings.PICTURES_REFUSED().text
            worded = replace(out, sort=Sort.TEXT, text=words, handles=(), file=b"")
            outcome = replace(await self.channel.send(worded), plain=True)
        return replace(outcome, why=outcome.why or refused.why)

    async def _kept(self, out: Outgoing) -> Kept:
        """The bytes on our disk, by handle; a disk that does not give them has none."""
        f = t.medium.c
        here = f.handle.in_([handle for _, handle in out.handles]) & (f.state == "kept") & f.sha256.is_not(None)
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            names = dict((await conn.execute(select(f.handle, f.sha256).where(here))).all())
        return await asyncio.to_thread(self._read, names)

    def _read(self, names: dict[str, str]) -> Kept:
        paths = {handle: self.media / name[:2] / name for handle, name in names.items()}
        try:
            return {handle: path.read_bytes() for handle, path in paths.items() if path.is_file()}
        except OSError:
            return {}
