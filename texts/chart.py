"""The picture of a summary: one phone screen, read at 360 pixels (a third of what is drawn)."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from models.figures import Figures
from models.words import Means
from texts.drawing import (
    AMBER,
    BLUE,
    CARD,
    FAINT,
    GREEN,
    INK,
    LINE,
    MEANS_COLOURS,
    PAPER,
    RED,
    SKY,
    SOFT,
    Box,
    Dot,
    Sheet,
    Trace,
    Words,
    fitted,
    wide,
)
from texts.page import plain
from texts.reports import SPANS, Heading, dated, lasting, of_matter, of_squad, percent
from texts.seven import TARGET
from texts.speaking import tell
from texts.whereabouts import beside
from texts.words import MEANS

WIDTH, EDGE, GAP = 1080, 44, 24
INNER = WIDTH - 2 * EDGE
MOST_BARS, ROWS = 31, 4
SMALL, BODY, TITLE, HUGE = 31, 36, 56, 72


def chart(head: Heading, counted: Figures, zone: ZoneInfo) -> Sheet:
    """The whole picture."""
    sheet = Sheet(WIDTH, 0)
    y = heading(sheet, head, counted, zone)
    y = _tiles(sheet, y, counted, head.against)
    y = _trend(sheet, y, counted)
    y = _means(sheet, y, counted)
    y = _times(sheet, y, counted)
    y = _tops(sheet, y, counted)
    sheet.height = int(y + EDGE - GAP)
    sheet.shapes.insert(0, Box(0, 0, WIDTH, sheet.height, PAPER))
    return sheet


def heading(sheet: Sheet, head: Heading, counted: Figures, zone: ZoneInfo) -> float:
    """The band above: what it is of, which days, whose; where the rest begins."""
    first = counted.start.astimezone(zone).date()
    last = (counted.end - timedelta(microseconds=1)).astimezone(zone).date()
    days = dated(first, last)
    sheet.put(
        Box(0, 0, WIDTH, 180, BLUE),
        Words(EDGE, 70, fitted(plain(head.title, 40), TITLE, INNER), TITLE, CARD, bold=True),
        Words(EDGE, 138, days, SMALL, "#d6e4fb"),
        Words(WIDTH - EDGE, 138, fitted(plain(head.bureau, 40), SMALL, INNER / 2), SMALL, "#d6e4fb", "r"),
    )
    return 180 + GAP


def card(sheet: Sheet, y: float, height: float, title: str, note: str = "") -> float:
    """A white card with its title; where its inside begins."""
    sheet.put(
        Box(EDGE - 16, y, INNER + 32, height, CARD, 24),
        Words(EDGE + 12, y + 46, title, BODY, INK, bold=True),
        Words(WIDTH - EDGE - 12, y + 46, note, SMALL, SOFT, "r"),
    )
    return y + 92


def _tiles(sheet: Sheet, y: float, counted: Figures, against: str) -> float:
    n, late = counted.numbers, counted.numbers["overdue_now"]
    now, before = n["opened"], counted.before.get("opened", 0)
    w, h = (INNER + 32 - 2 * GAP) / 3, 190
    moved = f"{fitted(against, SMALL, w - 24 - wide(f' {before}', SMALL))} {before}" if before else ""
    on_time, glad = counted.rates["in_time_archive"], counted.rates["satisfaction"]
    shown: list[tuple[str, str, str, str]] = [
        (tell("number-opened"), str(now), moved, INK),
        (tell("number-closed"), str(n["closed"]), f"{tell('number-resolved')} {n['resolved']}", INK),
        (tell("number-open-now"), str(n["open_now"]), f"{tell('number-held-now')} {n['held_now']}", INK),
        (tell("rate-in-time-archive"), percent(on_time), f"{on_time.part}/{on_time.whole}", INK),
        (tell("rate-satisfaction"), percent(glad), f"{glad.part}/{glad.whole}", INK),
        (tell("number-overdue-now"), str(late), f"{tell('chart-again')} {n['opened_again']}", RED if late else GREEN),
    ]
    for at, (name, value, note, colour) in enumerate(shown):
        x, top = EDGE - 16 + (at % 3) * (w + GAP), y + (at // 3) * (h + GAP)
        sheet.put(
            Box(x, top, w, h, CARD, 24),
            Words(x + w / 2, top + 38, name, SMALL, SOFT, "m"),
            Words(x + w / 2, top + 98, value, HUGE, colour, "m", bold=True),
            Words(x + w / 2, top + 156, fitted(note, SMALL, w - 24), SMALL, FAINT, "m"),
        )
    return y + 2 * (h + GAP)


def grouped(days: dict[date, tuple[int, int]]) -> list[tuple[str, int, int]]:
    """Days, or where they are too many weeks, or months: what each is called, opened, closed."""
    if len(days) <= MOST_BARS:
        return [(f"{day.month}/{day.day}", *both) for day, both in days.items()]
    weekly = len(days) <= MOST_BARS * 7
    found: dict[str, list[int]] = {}
    for day, (opened, closed) in days.items():
        monday = day - timedelta(days=day.weekday())
        name = f"{monday.month}/{monday.day}" if weekly else f"{day.year % 100}/{day.month}"
        both = found.setdefault(name, [0, 0])
        both[0], both[1] = both[0] + opened, both[1] + closed
    return [(name, both[0], both[1]) for name, both in found.items()]


def _trend(sheet: Sheet, y: float, counted: Figures) -> float:
    bars = grouped(counted.days)
    if len(bars) < 2:  # noqa: PLR2004 - one day is no trend
        return _day(sheet, y, counted)
    _, height, base = card(sheet, y, 350, tell("chart-trend")), 186, y + 286
    _legend(sheet, y + 46)
    most = max([1, *(n for _, opened, closed in bars for n in (opened, closed))])
    step = (INNER - 24) / len(bars)
    points = []
    sheet.put(Box(EDGE + 12, base, INNER - 24, 3, LINE))
    for at, (name, opened, closed) in enumerate(bars):
        x = EDGE + 12 + at * step
        tall = height * opened / most
        sheet.put(Box(x + step * 0.16, base - tall, step * 0.68, tall, SKY, min(8, step / 6)))
        points.append((x + step / 2, base - height * closed / most))
        if named(at, len(bars)):
            sheet.put(Words(x + step / 2, base + 36, name, SMALL, SOFT, "m"))
        if len(bars) <= 8 and opened:  # noqa: PLR2004 - more numbers would touch
            sheet.put(Words(x + step / 2, base - 22, str(opened), SMALL, INK, "m"))
    sheet.put(Trace(tuple(points), GREEN, 5))
    if len(bars) <= MOST_BARS:
        sheet.put(*(Dot(x, at, 7, GREEN) for x, at in points))
    return y + 350 + GAP


def _legend(sheet: Sheet, y: float) -> None:
    """At the right; what is longer than two Chinese signs pushes the rest to the left."""
    opened, closed = tell("number-opened"), tell("number-closed")
    second = WIDTH - EDGE - 12 - max(80, wide(closed, SMALL) + 12)
    first = second - max(148, wide(opened, SMALL) + 64)
    sheet.put(
        Box(first - 40, y - 14, 28, 28, SKY, 6), Words(first, y, opened, SMALL, SOFT),
        Box(second - 40, y - 3, 28, 6, GREEN, 3), Words(second, y, closed, SMALL, SOFT),
    )  # fmt: skip


def named(at: int, count: int) -> bool:
    """Every bar has its name where there is room, else the first of so many."""
    return at % max(1, -(-count // 8)) == 0


def _day(sheet: Sheet, y: float, counted: Figures) -> float:
    """One day: by the hour."""
    card(sheet, y, 340, tell("chart-day"), tell("chart-hours"))
    hours = [sum(row[hour] for row in counted.hours) for hour in range(24)] if counted.hours else [0] * 24
    most, base, step = max([1, *hours]), y + 270, (INNER - 24) / 24
    sheet.put(Box(EDGE + 12, base, INNER - 24, 3, LINE))
    for hour, count in enumerate(hours):
        x, tall = EDGE + 12 + hour * step, 160 * count / most
        sheet.put(Box(x + step * 0.16, base - tall, step * 0.68, tall, SKY, 5))
        if hour % 4 == 0:
            sheet.put(Words(x + step / 2, base + 36, tell("chart-hour", n=hour), SMALL, SOFT, "m"))
        if count and count == most:
            sheet.put(Words(x + step / 2, base - tall - 22, str(count), SMALL, SOFT, "m"))
    return y + 340 + GAP


def _means(sheet: Sheet, y: float, counted: Figures) -> float:
    n = counted.numbers
    total = n["with_means"]
    inside = card(sheet, y, 250, tell("chart-seven"), tell("chart-count", n=total) if total else tell("chart-none"))
    x, room = float(EDGE + 12), INNER - 24
    sheet.put(Box(x, inside + 4, room, 52, LINE, 12))
    for means in Means:
        w = room * n[means] / total if total else 0
        if w:
            sheet.put(Box(x, inside + 4, w, 52, MEANS_COLOURS[means], 12))
        x += w
    reached = 0
    for means in list(Means)[:2]:
        reached += TARGET[means]
        mark = EDGE + 12 + room * reached / 100
        sheet.put(Trace(((mark, inside - 6), (mark, inside + 66)), INK, 4))
    for at, means in enumerate(Means):
        share = f"{round(100 * n[means] / total)}%" if total else "–"
        left = EDGE + 12 + at * room / 3
        sheet.put(
            Box(left, inside + 80, 26, 26, MEANS_COLOURS[means], 6),
            Words(left + 40, inside + 93, f"{MEANS[means]} {share}", SMALL, INK),
            Words(left + 40, inside + 131, tell("chart-target", n=TARGET[means]), SMALL - 3, FAINT),
        )
    return y + 250 + GAP


def _times(sheet: Sheet, y: float, counted: Figures) -> float:
    inside = card(sheet, y, 236, tell("times"), tell("chart-times"))
    for at, (name, called) in enumerate(SPANS.items()):
        times, x = counted.times[name], EDGE + 12 + (at + 0.5) * (INNER - 24) / 3
        sheet.put(
            Words(x, inside + 14, called, SMALL, SOFT, "m"),
            Words(x, inside + 64, lasting(times.median) if times.count else "–", 48, INK, "m", bold=True),
            Words(x, inside + 114, lasting(times.ninth) if times.count else "–", SMALL, FAINT, "m"),
        )
    return y + 236 + GAP


def _tops(sheet: Sheet, y: float, counted: Figures) -> float:
    """Side by side: what it was about, and what is late or, where nothing is, where it was more than once."""
    matters = [(of_matter(code), count) for code, count in counted.matters[:ROWS]]
    late = [(of_squad(squad), count) for squad, count in counted.late[:ROWS]]
    places = [(beside(spot.name), spot.count) for spot in counted.places[:ROWS]]
    lists = [
        (tell("top-matters"), matters, BLUE),
        (tell("number-overdue-now"), late, RED),
        (tell("chart-places"), places, AMBER),
    ]
    shown = [one for one in lists if one[1]][:2]
    if not shown:
        return y
    height, half = 96 + 74 * max(len(rows) for _, rows, _ in shown), (INNER + 32 - GAP) / 2
    for at, (title, rows, colour) in enumerate(shown):
        _list(sheet, Box(EDGE - 16 + at * (half + GAP), y, half, height, CARD, 24), (title, rows, colour))
    return y + height + GAP


def _list(sheet: Sheet, frame: Box, told: tuple[str, Sequence[tuple[str, int]], str]) -> None:
    title, rows, colour = told
    left, right, most = frame.x + 28, frame.x + frame.w - 28, max(count for _, count in rows)
    sheet.put(frame, Words(left, frame.y + 46, title, BODY, INK, bold=True))
    for at, (name, count) in enumerate(rows):
        y = frame.y + 104 + at * 74
        sheet.put(
            Words(left, y, fitted(plain(name, 40), SMALL, right - left - 110), SMALL),
            Words(right, y, str(count), SMALL, SOFT, "r"),
            Box(left, y + 26, right - left, 10, LINE, 5),
            Box(left, y + 26, max(10.0, (right - left) * count / most), 10, colour, 5),
        )
