"""Files: photos in sizes as Telegram makes them, other files as they are."""

import hashlib
import io
from typing import Any

from PIL import Image, UnidentifiedImageError

from playground.errors import bad

SIZES = (90, 320, 1280)
LIMIT = 20 * 2**20
Image.MAX_IMAGE_PIXELS = 50_000_000


def store(files: dict[str, dict[str, Any]], data: bytes, folder: str, name: str) -> dict[str, Any]:
    """Keep bytes; the same bytes keep the same unique id."""
    unique = hashlib.sha256(data).hexdigest()[:16]
    file_id = f"{folder}-{unique}-{len(files)}"
    suffix = name.rsplit(".", 1)[-1][:8] if "." in name else "bin"
    entry = {
        "file_id": file_id,
        "file_unique_id": unique,
        "file_size": len(data),
        "path": f"{folder}/{file_id}.{suffix}",
        "data": data,
    }
    files[file_id] = entry
    return {key: entry[key] for key in ("file_id", "file_unique_id", "file_size")}


def photo(files: dict[str, dict[str, Any]], data: bytes) -> list[dict[str, Any]]:
    """A photo's sizes, smallest first, re-encoded without the camera's notes. Raises Refusal for no picture."""
    try:
        image: Image.Image = Image.open(io.BytesIO(data))
        image.load()
        image = image.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    found = []
    for longest in SIZES:
        shown = image.copy()
        shown.thumbnail((longest, longest))
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=82)
        found.append({**store(files, out.getvalue(), "photos", "p.jpg"), "width": shown.width, "height": shown.height})
        if longest >= max(image.size):
            break
    return found
