"""A few drawn photographs that the demonstration city's messages share: before, and after."""

import asyncio
import hashlib
import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

SIZE = (480, 360)
SKIES = ("#9db7cf", "#c9b79a", "#7f94a8", "#b4c4b0")
WALLS = ("#8d6e63", "#78909c", "#a1887f")
MESS = ("#6d4c41", "#8e7b52", "#455a64")


async def hang(shown: list[tuple[int, str, bool]], folder: Path) -> list[dict[str, Any]]:
    """A row for each message with a picture (chat, number, whether it shows what was done); files in the folder."""
    kinds = await asyncio.to_thread(_kept, folder)
    rows = []
    for number, (group, message, done) in enumerate(shown, 1):
        name, size = kinds[done][number % len(kinds[done])]
        rows.append({
            "id": number, "group_id": group, "message": message, "kind": "photo", "handle": f"demo-{name[:16]}",
            "size": size, "sha256": name, "mime": "image/jpeg", "state": "kept",
        })  # fmt: skip
    return rows


def _kept(folder: Path) -> dict[bool, list[tuple[str, int]]]:
    """Draw and keep them by their digest, as the keeper does."""
    found: dict[bool, list[tuple[str, int]]] = {False: [], True: []}
    for done, listed in found.items():
        for n, sky in enumerate(SKIES):
            for m, wall in enumerate(WALLS):
                data = _drawn(sky, wall, n * len(WALLS) + m, done=done)
                name = hashlib.sha256(data).hexdigest()
                path = folder / name[:2] / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                listed.append((name, len(data)))
    return found


def _drawn(sky: str, wall: str, number: int, *, done: bool) -> bytes:
    """A street with shops; before it is tidied something stands on the pavement."""
    image = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(image)
    for shop in range(3):
        left = 160 * shop
        pen.rectangle((left, 90 + 8 * shop, left + 158, 260), fill=wall, outline="#3b3b3b")
        pen.rectangle((left + 12, 110 + 8 * shop, left + 146, 140 + 8 * shop), fill="#d7ccc8")
        pen.rectangle((left + 50, 170, left + 110, 260), fill="#4e5b66")
    pen.polygon(((0, 260), (480, 260), (480, 360), (0, 360)), fill="#b0aca4")
    pen.line((0, 330, 480, 330), fill="#f4f1ea", width=4)
    for piece in range(0 if done else 5 + number % 4):
        x, y = 40 + (number * 53 + piece * 61) % 380, 268 + (piece * 17 + number * 7) % 44
        pen.rectangle((x, y, x + 46, y + 26), fill=MESS[(piece + number) % len(MESS)], outline="#2d2d2d")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
