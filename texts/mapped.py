"""A map of points drawn by ourselves: the outlines of streets, and where the tickets lie."""

from collections.abc import Sequence
from math import cos, radians

from texts.drawing import (
    AMBER,
    BLUE,
    CARD,
    GREEN,
    INK,
    LINE,
    PAPER,
    RED,
    SOFT,
    Box,
    Dot,
    Sheet,
    Trace,
    Words,
    fitted,
)
from texts.page import plain
from texts.speaking import Named, tell

WIDTH, HEAD, FOOT, ROOM = 1080, 150, 96, 60
LEAST = 0.004
"""Degrees that a map shows at least: about 400 m."""
HIGHEST, LOWEST = 1500, 700
COLOURS = {"late": RED, "open": AMBER, "done": GREEN}
NAMES = Named("spot", ("late", "open", "done"))
Ring = Sequence[tuple[float, float]]
Areas = Sequence[tuple[str, Sequence[tuple[tuple[float, float], ...]]]]
Spot = tuple[float, float, str]
"""Longitude, latitude (WGS-84), and late, open or done."""


def mapped(
    title: str, spots: Sequence[Spot], outlines: Sequence[tuple[str, Sequence[Ring]]], missing: int = 0
) -> Sheet:
    """The picture; so many tickets had no point."""
    west, south, east, north = _bounds(spots)
    squeeze = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * ROOM) / ((east - west) * squeeze)
    height = min(HIGHEST, max(LOWEST, (north - south) * scale + 2 * ROOM))
    scale = min(scale, (height - 2 * ROOM) / (north - south))
    middle = ((west + east) / 2, (south + north) / 2)

    def at(lon: float, lat: float) -> tuple[float, float]:
        return WIDTH / 2 + (lon - middle[0]) * squeeze * scale, HEAD + height / 2 - (lat - middle[1]) * scale

    sheet = Sheet(WIDTH, int(HEAD + height + FOOT))
    sheet.put(Box(0, 0, WIDTH, sheet.height, PAPER))
    areas = [(name, [tuple(at(*point) for point in ring) for ring in rings]) for name, rings in outlines]
    _areas(sheet, areas)
    for state in ("done", "open", "late"):
        sheet.put(
            *(
                Dot(*at(lon, lat), 15 if state == "late" else 12, COLOURS[state])
                for lon, lat, of in spots
                if of == state
            )
        )
    _names(sheet, areas)
    _frame(sheet, title, spots, missing)
    _ruler(sheet, 111_320 / scale, HEAD + height)
    return sheet


def _bounds(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    lons, lats = [lon for lon, _, _ in spots], [lat for _, lat, _ in spots]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    wide, high = max(0.0, LEAST - (east - west)) / 2, max(0.0, LEAST - (north - south)) / 2
    return west - wide, south - high, east + wide, north + high


def _areas(sheet: Sheet, areas: Areas) -> None:
    for _, rings in areas:
        sheet.put(*(Trace((*ring, ring[0]), "#9fb2c8", 4, CARD) for ring in rings if len(ring) > 2))  # noqa: PLR2004 - an area


def _names(sheet: Sheet, areas: Areas) -> None:
    """Above the dots, each in the middle of its area."""
    for name, rings in areas:
        xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
        x, y = sum(xs) / len(xs), sum(ys) / len(ys)
        if 0 < x < WIDTH and HEAD < y < sheet.height - FOOT:
            sheet.put(Words(x, y, name, 34, SOFT, "m", rim=CARD))


def _frame(sheet: Sheet, title: str, spots: Sequence[Spot], missing: int) -> None:
    note = tell("spots-without", n=len(spots), missing=missing) if missing else tell("chart-count", n=len(spots))
    sheet.put(
        Box(0, 0, WIDTH, HEAD, BLUE),
        Words(44, 58, fitted(plain(title, 40), 50, WIDTH - 88), 50, CARD, bold=True),
        Words(44, 116, note, 31, "#d6e4fb"),
        Box(0, sheet.height - FOOT, WIDTH, FOOT, CARD),
        Box(0, sheet.height - FOOT, WIDTH, 3, LINE),
    )
    for place, (state, name) in enumerate(NAMES.items()):
        x, count = 60 + place * 250, sum(of == state for _, _, of in spots)
        sheet.put(Dot(x, sheet.height - FOOT / 2, 13, COLOURS[state]))
        sheet.put(Words(x + 26, sheet.height - FOOT / 2, f"{name} {count}", 31, SOFT))


def _ruler(sheet: Sheet, metres: float, bottom: float) -> None:
    """How long so many metres are; `metres` are those of a pixel."""
    steps = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
    long = next((step for step in steps if step / metres > 120), steps[-1])  # noqa: PLR2004 - pixels that are seen
    wide, right = long / metres, WIDTH - 44
    called = tell("scale-km", n=long // 1000) if long >= 1000 else tell("scale-m", n=long)  # noqa: PLR2004 - a kilometre
    sheet.put(
        Trace(((right - wide, bottom - 24), (right, bottom - 24)), INK, 5),
        Words(right, bottom - 50, called, 28, INK, "r"),
    )
