"""Fetches the media that belong to tickets and keeps them under the sha256 of their bytes."""

import asyncio
import hashlib
import io
import warnings
from datetime import timedelta
from pathlib import Path

import structlog
from PIL import ExifTags, Image
from sqlalchemy import Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.contextvars import bound_contextvars

from bot.bell import Bell
from bot.errors import safely
from bot.weather import outlast
from channels.channel import Channel, DownloadRefused
from handlers.receive import picture_placed
from ledger.needs import Needs, fill
from ledger.store import write
from ledger.work import Rules, Work
from models import tables as t
from models.clock import Clock
from models.said import Point

log = structlog.get_logger()
LIMIT = 20 * 2**20
LOOK_SECONDS = 2.0
BATCH = 8
ATTEMPTS = 6
PIXELS = 50_000_000
PICTURES = ("JPEG", "PNG", "GIF", "WEBP", "MPO")
"""What is opened as a picture; the library knows forty more, some of which start other programs."""
RADIUS = 50.0
"""Metres by which a camera's own position may be off."""
SIGNS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)


def type_of(data: bytes) -> str | None:
    """The content's type by its first bytes; None for what is not taken in."""
    for sign, mime in SIGNS:
        if data.startswith(sign):
            return mime
    if data[:4] == b"RIFF" and data[8:12] in {b"WEBP", b"WAVE"}:
        return "image/webp" if data[8:12] == b"WEBP" else "audio/wav"
    return "video/mp4" if data[4:8] == b"ftyp" else None


def whole_picture(data: bytes) -> bool:
    """True for a picture that opens and is no bomb, neither in one frame nor in all of them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=PICTURES) as image:
                width, height = image.size
                if width * height > PIXELS or width * height * getattr(image, "n_frames", 1) > 8 * PIXELS:
                    return False
                image.verify()
    except Exception:  # noqa: BLE001 - whatever a hostile file makes the library raise: it is no picture
        return False
    return True


def position_in(data: bytes) -> tuple[float, float] | None:
    """Where the camera says it was: WGS-84 degrees, from EXIF."""
    try:
        with Image.open(io.BytesIO(data), formats=PICTURES) as image:
            gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat, lon = (_degrees(gps[key]) for key in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))
    except Exception:  # noqa: BLE001 - whatever stands where figures should: it says of no place
        return None
    lat = -lat if gps.get(ExifTags.GPS.GPSLatitudeRef) == "S" else lat
    lon = -lon if gps.get(ExifTags.GPS.GPSLongitudeRef) == "W" else lon
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon) else None  # noqa: PLR2004 - the earth


def _degrees(parts: tuple[float, float, float]) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


class Keeper:
    """Keeps media in a folder."""

    def __init__(self, engine: AsyncEngine, channel: Channel, rules: Rules, folder: Path, clock: Clock) -> None:
        self.engine, self.channel, self.rules, self.folder, self.clock = engine, channel, rules, folder, clock

    async def run(self, bell: Bell, outbox_bell: Bell) -> None:
        """For ever."""
        while True:
            if await outlast(self.once, "keeper"):
                outbox_bell.ring()
            else:
                await bell.wait(LOOK_SECONDS)

    async def once(self) -> int:
        """Fetch a few; how many were looked at."""
        now = self.clock.now()
        tied = select(t.link.c.ticket_id).where(
            t.link.c.group_id == t.medium.c.group_id, t.link.c.message == t.medium.c.message
        )
        ready = or_(t.medium.c.next_try_at.is_(None), t.medium.c.next_try_at <= now)
        query = (
            select(t.medium)
            .where(t.medium.c.state == "wanted", ready, tied.exists())
            .order_by(t.medium.c.id)
            .limit(BATCH)
        )
        async with self.engine.execution_options(reads_only=True).connect() as conn:
            rows = (await conn.execute(query)).all()
        for row in rows:
            with bound_contextvars(medium=row.id, group=row.group_id):
                await self._fetch(row)
        return len(rows)

    async def _fetch(self, row: Row[tuple[object, ...]]) -> None:
        try:
            data = await self.channel.download(row.handle, LIMIT)
            values = await asyncio.to_thread(self._keep, data)
            whole = values["state"] == "kept" and row.handle.startswith("document:")
            position = await asyncio.to_thread(position_in, data) if whole else None
            if position:
                await self._place(row, position)
        except DownloadRefused as refused:
            over = refused.for_good or row.attempts + 1 >= ATTEMPTS
            later = self.clock.now() + timedelta(seconds=5 * 2**row.attempts)
            values = {
                "state": "refused" if over else "wanted",
                "attempts": row.attempts + 1,
                "next_try_at": later,
                "last_error": str(refused)[:300],
            }
        except OSError as error:
            log.error("media cannot be written", error=safely(error))  # noqa: TRY400 - one line says it, a trace would repeat every minute
            values = {"next_try_at": self.clock.now() + timedelta(minutes=1), "last_error": safely(error)}
        async with self.engine.begin() as conn:
            await conn.execute(update(t.medium).where(t.medium.c.id == row.id).values(**values))

    def _keep(self, data: bytes) -> dict[str, object]:
        mime = type_of(data)
        if mime is None or (mime.startswith("image/") and not whole_picture(data)):
            return {"state": "refused", "last_error": "不是能收的图片、声音、影像或PDF"}
        name = hashlib.sha256(data).hexdigest()
        path = self.folder / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.write_bytes(data)
            fresh.replace(path)
        return {"state": "kept", "sha256": name, "mime": mime, "size": len(data), "last_error": None}

    async def _place(self, row: Row[tuple[object, ...]], position: tuple[float, float]) -> None:
        """A picture sent as a file tells where it was taken: its tickets without a better place stand there."""
        c = t.link.c
        tied = select(c.ticket_id).where(c.group_id == row.group_id, c.message == row.message)
        async with self.engine.begin() as conn:
            numbers = set((await conn.execute(tied)).scalars())
            ledger = await fill(conn, Needs(tickets=numbers), self.clock.now())
            picture_placed(Work(ledger, self.rules), numbers, Point(*position, radius=RADIUS))
            await write(conn, ledger)
