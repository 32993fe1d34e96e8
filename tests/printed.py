"""A report on paper, read as somebody reads it."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image
from pypdf import PdfReader


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of each page without the spaces that lines break at, its lines as they are, and all pictures."""

    pages: list[str]
    lines: list[str]
    pictures: list[Image.Image]

    @property
    def text(self) -> str:
        """All pages."""
        return "".join(self.pages)

    def says(self, *cells: Any) -> bool:
        """Whether these stand there, one after another."""
        return packed(*cells) in self.text


def packed(*cells: Any) -> str:
    """Words without spaces."""
    return "".join("".join(map(str, cells)).split())


def printed(data: bytes) -> Printed:
    """What stands on a PDF."""
    pages = PdfReader(io.BytesIO(data)).pages
    pictures = [one.image.convert("RGB") for page in pages for one in page.images if one.image]
    told = [page.extract_text() for page in pages]
    return Printed([packed(page) for page in told], "\n".join(told).splitlines(), pictures)
