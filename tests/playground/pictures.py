"""Uploads for the tests of this folder."""

import io
from typing import Any

import aiohttp
from PIL import Image

from tests.town import picture


def jpeg(size: tuple[int, int] | None = None) -> io.BytesIO:
    """A small JPEG, or one of another size."""
    if size is None:
        return io.BytesIO(picture())
    out = io.BytesIO()
    Image.new("RGB", size, "#557799").save(out, "JPEG")
    return io.BytesIO(out.getvalue())


def upload(
    fields: dict[str, Any], name: str, count: int = 1, data: bytes | None = None, filename: str = "p.jpg"
) -> Any:
    """A multipart form with so many files under one name, as a browser writes it."""
    form = aiohttp.FormData(quote_fields=False)
    for key, value in fields.items():
        form.add_field(key, str(value))
    for _ in range(count):
        content = io.BytesIO(picture() if data is None else data)
        form.add_field(name, content, filename=filename, content_type="image/jpeg")
    return form
