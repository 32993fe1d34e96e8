"""Two parts beside each other: a few lines that say which has more, and one picture of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from models.figures import Figures, Rate
from models.words import Means
from texts.chart import BODY, EDGE, GAP, INNER, SMALL, WIDTH, card, grouped, heading, named
from texts.drawing import AMBER, BLUE, INK, LINE, PAPER, SOFT, Box, Dot, Sheet, Trace, Words, fitted
from texts.page import Page, bold, plain, quote
from texts.reports import SPANS, Heading, lasting, percent, shared
from texts.seven import FEW
from texts.speaking import Named, tell
from texts.words import MEANS, joined

COLOURS = (BLUE, AMBER)
NUMBERS = {
    "opened": "number-opened", "closed": "number-closed", "overdue_now": "number-overdue-now",
    "came_back": "tab-came-back",
}  # fmt: skip
RATES = Named("rate", ("in_time_archive", "satisfaction"))
FIRST = {"late": "overdue_now", "back": "came_back", "satisfaction": "satisfaction", "times": "to_resolve",
         "means": "means", "load": "held_now"}  # fmt: skip
"""Which line stands first, by what was asked about."""
ROW, NAME = 112, 246


@dataclass(frozen=True, slots=True)
class Side:
    """A part by its name, and its figures."""

    name: str
    counted: Figures


Both = tuple[Side, Side]


def told(head: Heading, both: Both, topic: str = "versus") -> Page:
    """The answer: what was asked about stands first; a title and six or seven short lines, no adjectives."""
    lines = {key: _numbers(both, key, tell(name)) for key, name in NUMBERS.items()}
    lines |= {key: _rates(both, key, name) for key, name in RATES.items()}
    lines["to_resolve"] = _times(both)
    more = {"means": _means(both), "held_now": _numbers(both, "held_now", tell("number-held-now"))}
    wanted = FIRST.get(topic, "opened")
    first = more[wanted] if wanted in more else lines.pop(wanted)
    few = min(side.counted.numbers["closed"] for side in both) < FEW
    notes = [tell("versus-few", n=FEW)] if few else []
    return Page("\n".join([bold(tell("versus-head", title=head.title)), first, *lines.values(), *notes]))


def _numbers(both: Both, key: str, name: str) -> str:
    one, other = (side.counted.numbers[key] for side in both)
    sides = [tell("versus-count", side=_named(side), n=n) for side, n in zip(both, (one, other), strict=True)]
    most = tell("versus-more", side=_named(both[one < other]), n=abs(one - other))
    return _line(name, [*sides, tell("versus-same") if one == other else most])


def _line(name: str, parts: Sequence[str]) -> str:
    return tell("versus-line", name=name, told=joined(parts))


def _rates(both: Both, key: str, name: str) -> str:
    return _line(name, [f"{_named(side)} {shared(side.counted.rates[key])}" for side in both])


def _times(both: Both) -> str:
    """From opening until it is taken and until it is done: half of them within that."""
    shown = [
        f"{SPANS[span]} " + " : ".join(_median(side, span) for side in both) for span in ("to_accept", "to_resolve")
    ]
    return tell("versus-times", one=_named(both[0]), other=_named(both[1]), told=joined(shown))


def _median(side: Side, span: str) -> str:
    times = side.counted.times[span]
    return lasting(times.median) if times.count else tell("nothing-yet")


def _means(both: Both) -> str:
    return _line("721", [f"{_named(side)} {_shares(side)}" for side in both])


def _shares(side: Side) -> str:
    n = side.counted.numbers
    shares = " ".join(f"{MEANS[means]}{percent(Rate(n[means], n['with_means']))}" for means in Means)
    return shares if n["with_means"] else tell("nothing-yet")


def _named(side: Side) -> str:
    return quote(side.name, 16)


# --- the picture -------------------------------------------------------------------------------------------------


def chart(head: Heading, both: Both, zone: ZoneInfo) -> Sheet:
    """Every number as two bars, and what was opened day by day as two lines."""
    sheet = Sheet(WIDTH, 0)
    y = heading(sheet, head, both[0].counted, zone)
    y = _bars(sheet, y, both)
    y = _trend(sheet, y, both)
    sheet.height = int(y + EDGE - GAP)
    sheet.shapes.insert(0, Box(0, 0, WIDTH, sheet.height, PAPER))
    return sheet


def _bars(sheet: Sheet, y: float, both: Both) -> float:
    rows = [(tell(name), [_number(side, key) for side in both], False) for key, name in NUMBERS.items()]
    rows[2:2] = [(name, [_share(side, key) for side in both], True) for key, name in RATES.items()]
    rows.append((tell("versus-took"), [_lasted(side) for side in both], False))
    height = 92 + ROW * len(rows) + 10
    inside = card(sheet, y, height, "")
    _legend(sheet, y + 46, both)
    for at, (name, values, whole) in enumerate(rows):
        _pair(sheet, inside + at * ROW, name, values, whole=whole)
    return y + height + GAP


def _number(side: Side, key: str) -> tuple[float, str]:
    return side.counted.numbers[key], str(side.counted.numbers[key])


def _share(side: Side, key: str) -> tuple[float, str]:
    rate = side.counted.rates[key]
    return rate.share or 0, percent(rate) if rate.share is None else f"{percent(rate)}  {rate.part}/{rate.whole}"


def _lasted(side: Side) -> tuple[float, str]:
    times = side.counted.times["to_resolve"]
    return (times.median or 0, lasting(times.median)) if times.count else (0, tell("nothing-yet"))


def _pair(sheet: Sheet, y: float, name: str, values: Sequence[tuple[float, str]], *, whole: bool) -> None:
    """A name and two bars, the longer as long as there is room; rates by the whole."""
    left, room = EDGE + 12 + NAME, INNER - 24 - NAME - 210
    most = 1 if whole else max([1e-9, *(value for value, _ in values)])
    sheet.put(Words(EDGE + 12, y + 36, fitted(name, SMALL, NAME - 4), SMALL, INK))
    for at, (value, shown) in enumerate(values):
        top = y + at * 40
        sheet.put(Box(left, top, room, 28, LINE, 8), Words(left + room + 20, top + 14, shown, SMALL, SOFT))
        if value:
            sheet.put(Box(left, top, max(8.0, room * value / most), 28, COLOURS[at], 8))


def _legend(sheet: Sheet, y: float, both: Both) -> None:
    for at, side in enumerate(both):
        left = EDGE + 12 + at * INNER / 2
        words = fitted(plain(side.name, 40), BODY, INNER / 2 - 70)
        sheet.put(Box(left, y - 14, 28, 28, COLOURS[at], 6), Words(left + 42, y, words, BODY, INK, bold=True))


def _trend(sheet: Sheet, y: float, both: Both) -> float:
    """What was opened, a line a side; one day is no trend."""
    lines = [grouped(side.counted.days) for side in both]
    if len(lines[0]) < 2:  # noqa: PLR2004 - one day is no trend
        return y
    card(sheet, y, 350, tell("chart-trend"), tell("number-opened"))
    height, base, step = 186, y + 286, (INNER - 24) / len(lines[0])
    most = max([1, *(opened for line in lines for _, opened, _ in line)])
    sheet.put(Box(EDGE + 12, base, INNER - 24, 3, LINE))
    for at, (name, *_) in enumerate(lines[0]):
        if named(at, len(lines[0])):
            sheet.put(Words(EDGE + 12 + (at + 0.5) * step, base + 36, name, SMALL, SOFT, "m"))
    for colour, line in zip(COLOURS, lines, strict=True):
        points = [(EDGE + 12 + (at + 0.5) * step, base - height * n / most) for at, (_, n, _) in enumerate(line)]
        sheet.put(Trace(tuple(points), colour, 5), *(Dot(x, top, 7, colour) for x, top in points))
    return y + 350 + GAP
