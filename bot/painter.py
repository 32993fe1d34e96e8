"""Paints drawings with Pillow, in the font that a wheel brings (Noto Sans SC, OFL)."""

import io
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from texts.drawing import Box, Dot, Shape, Sheet, Trace, Words

BOLD = 0.026
"""The font has one weight: bold is a rim of so much of the size."""
RIM = 0.12


@lru_cache(maxsize=1)
def font_file() -> Path:
    """Where the font lies. The package that brings it is not imported: it would load what nobody needs."""
    found = find_spec("zhplot")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("没有装中文字体：请重新运行 make install")
    return Path(found.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file()), size)


def paint(sheet: Sheet) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", (sheet.width, sheet.height), "white")
    draw = ImageDraw.Draw(image)
    for shape in sheet.shapes:
        _paint(draw, shape)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _paint(draw: ImageDraw.ImageDraw, shape: Shape) -> None:
    match shape:
        case Box(x, y, w, h, fill, radius):
            if w >= 1 and h >= 1:
                draw.rounded_rectangle((x, y, x + w, y + h), min(radius, w / 2, h / 2), fill)
        case Words():
            rim = shape.size * (RIM if shape.rim else BOLD if shape.bold else 0)
            draw.text(
                (shape.x, shape.y), shape.text, shape.fill, _font(shape.size), f"{shape.anchor}m",
                stroke_width=rim, stroke_fill=shape.rim or shape.fill,
            )  # fmt: skip
        case Trace(points, colour, width, fill):
            if fill is not None:
                draw.polygon(points, fill)
            draw.line(points, colour, max(1, round(width)), joint="curve")
        case Dot(x, y, radius, fill, rim):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill, rim, 3)
