"""Files: photos in sizes as Telegram makes them, other files as they are."""

import hashlib
import io
import re
import warnings
from typing import Any

from PIL import Image, UnidentifiedImageError

from playground.errors import bad

Json = dict[str, Any]
SIZES = (90, 320, 1280)
LIMIT = 20 * 2**20
PHOTO_LIMIT = 10 * 2**20
LONGEST_SIDES, STEEPEST = 10_000, 20
SUFFIX = re.compile(r"\.([A-Za-z0-9]{1,8})$")
KINDS = {"photos": "Photo", "documents": "Document", "voice": "VoiceNote", "videos": "Video"}


def store(files: dict[str, Json], data: bytes, folder: str, name: str, **more: Any) -> Json:
    """Keep bytes; the same bytes keep the same unique id. `more` are the fields that such a file bears in a message."""
    unique = hashlib.sha256(data).hexdigest()[:16]
    file_id = f"{folder}-{unique}-{len(files)}"
    suffix = SUFFIX.search(name)
    shown = {"file_id": file_id, "file_unique_id": unique, "file_size": len(data), **more}
    path = f"{folder}/{file_id}.{suffix[1] if suffix else 'bin'}"
    files[file_id] = {**shown, "shown": shown, "path": path, "data": data}
    return shown


def known(entry: Json, folder: str) -> Any:
    """A file that is sent again, as it stands in a message (a photo: its sizes). Raises Refusal for another kind."""
    have = str(entry["path"]).partition("/")[0]
    if have != folder:
        raise bad(f"can't use file of type {KINDS[have]} as {KINDS[folder]}")
    return [dict(size) for size in entry["sizes"]] if folder == "photos" else dict(entry["shown"])


def photo(files: dict[str, Json], data: bytes) -> list[Json]:
    """A photo's sizes, smallest first, re-encoded without the camera's notes. Raises Refusal for no picture."""
    if len(data) > PHOTO_LIMIT:
        raise bad("file is too big for a photo")
    image = _opened(data)
    found = []
    for longest in SIZES:
        shown = image.copy()
        shown.thumbnail((longest, longest))
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=82)
        found.append(store(files, out.getvalue(), "photos", "p.jpg", width=shown.width, height=shown.height))
        if longest >= max(image.size):
            break
    for size in found:
        files[size["file_id"]]["sizes"] = found
    return found


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning):
            image: Image.Image = Image.open(io.BytesIO(data))
        if sum(image.size) > LONGEST_SIDES or max(image.size) > STEEPEST * min(image.size):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        image.load()
        return image.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise bad("PHOTO_INVALID_DIMENSIONS") from None
