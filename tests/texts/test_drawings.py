"""The pictures by what they contain: every text, every length, nothing beyond the edge; and the PNG."""

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.painter import _font, font_file, paint
from models.figures import Figures, Load, Rate, Spot, Times
from models.numbers import NUMBERS, Asked, Formulas, rates
from texts import sheet, versus
from texts.chart import chart, grouped
from texts.drawing import CARD, MEANS_COLOURS, RED, SKY, Box, Dot, Sheet, Trace, Words, wide
from texts.mapped import mapped
from texts.reports import Heading, plain_lines
from texts.versus import Side

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, tzinfo=ZONE).astimezone(UTC)
MEANS = {"service": 12, "management": 5, "enforcement": 3}
DAYS = {date(2026, 3, 2) + timedelta(days=n): (n * 10, n * 5) for n in range(7)}
FIGURES = Figures(
    START, START + timedelta(days=7),
    dict.fromkeys(NUMBERS, 7) | {"opened": 210, "closed": 105, "overdue_now": 3, "with_means": 20} | MEANS,
    dict.fromkeys(rates(Formulas()), Rate(3, 4)),
    {"to_accept": Times(9, 3.0, 90.0), "to_arrive": Times(9, 61.0, 1500.0), "to_resolve": Times()},
    {"opened": 200}, late=(("三中队", 2), (None, 1)), matters=(("09006", 40), ("09001", 10)),
    places=(Spot("凤鸣路18号", 9),), officers=(Load(1, "白洋", 3, 4, 1),), days=DAYS,
    hours=tuple(tuple(d + h for h in range(24)) for d in range(7)),
)  # fmt: skip
HEAD = Heading("本周", "三中队·占道经营", "连云港市城市管理局高新区分局", "上周")


def boxes(drawn: Sheet, fill: str) -> list[Box]:
    """The rectangles of a colour."""
    return [shape for shape in drawn.shapes if isinstance(shape, Box) and shape.fill == fill]


def edges(drawn: Sheet) -> Sequence[tuple[float, float, float, float]]:
    """Left, upper, right and lower end of everything."""
    found = []
    for shape in drawn.shapes:
        match shape:
            case Box(x, y, w, h):
                found.append((x, y, x + w, y + h))
            case Words(x, y, text, size, _, anchor):
                long = wide(text, size)
                left = {"l": x, "m": x - long / 2, "r": x - long}[anchor]
                found.append((left, y - size / 2, left + long, y + size / 2))
            case Trace(points):
                found += [(x, y, x, y) for x, y in points]
            case Dot(x, y, radius):
                found.append((x - radius, y - radius, x + radius, y + radius))
    return found


def test_chart_tells_the_figures() -> None:
    """What is written, in the order of the page."""
    told = chart(HEAD, FIGURES, ZONE).texts
    line = (
        "210|上周 200|105|75%|3/4|现在超期|3|721 工作法|"
        "20 件|服务 60%|管理 25%|执法 15%|目标 70%|接单|3分|1.5小时|1.0天"
    )
    names = ["本周·三中队·占道经营", "2026年3月2日 至 2026年3月8日", "占道经营", "40", "三中队", "未派中队"]
    for words in (*names, *line.split("|")):
        assert words in told, words


def test_chart_draws_lengths_by_their_numbers() -> None:
    """A bar of twice as much is twice as high; the shares fill the row; what is late is red."""
    drawn = chart(HEAD, FIGURES, ZONE)
    bars = [box for box in boxes(drawn, SKY) if box.w > 30]
    assert [round(box.h / bars[-1].h * 60) for box in bars] == [0, 10, 20, 30, 40, 50, 60]
    lengths = [next(box.w for box in boxes(drawn, colour) if box.h == 52) for colour in MEANS_COLOURS.values()]
    assert [round(20 * long / sum(lengths)) for long in lengths] == [12, 5, 3]
    assert any(isinstance(s, Words) and (s.text, s.fill) == ("3", RED) for s in drawn.shapes)


def test_comparison_shows_both_by_name_and_value() -> None:
    """Every number of both sides, in their colours, the longer bar for the larger; nothing sticks out."""
    other = replace(
        FIGURES, numbers=FIGURES.numbers | {"opened": 105, "closed": 0}, rates=dict.fromkeys(FIGURES.rates, Rate(0, 0))
    )
    drawn = versus.chart(HEAD, (Side("三中队", FIGURES), Side("一中队" + "长" * 60, other)), ZONE)
    assert {"三中队", "新开", "210", "105", "75%  3/4", "暂无", "走势"} <= set(drawn.texts)
    one, two = ([box.w for box in boxes(drawn, colour) if box.h == 28 and box.w > 28] for colour in versus.COLOURS)
    assert one[0] == pytest.approx(2 * two[0])
    for left, upper, right, lower in edges(drawn):
        assert left >= -1
        assert right <= drawn.width + 1
        assert upper >= -1
        assert lower <= drawn.height + 1
    assert Image.open(io.BytesIO(paint(drawn))).size == (drawn.width, drawn.height)
    single = replace(FIGURES, days={date(2026, 3, 2): (1, 1)})
    assert "走势" not in versus.chart(HEAD, (Side("甲", single), Side("乙", single)), ZONE).texts


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("versus", "新开：三中队 210 件，一中队 105 件，三中队多 105 件"),
        ("satisfaction", "满意率：三中队 75%（3/4），一中队 75%（3/4）"),
        ("late", "现在超期：三中队 3 件，一中队 3 件，一样多"),
        ("means", "721：三中队 服务60% 管理25% 执法15%，一中队 暂无"),
        ("times", "用时（半数内，三中队 : 一中队）：接单 3分 : 3分，办结 暂无 : 暂无"),
        ("load", "手上：三中队 7 件，一中队 9 件，一中队多 2 件"),
    ],
)
def test_comparison_answers_first_what_was_asked(topic: str, first: str) -> None:
    """Then the other lines; few of a kind are called few."""
    other = replace(FIGURES, numbers=FIGURES.numbers | {"opened": 105, "with_means": 0, "held_now": 9, "closed": 3})
    told = plain_lines(versus.told(HEAD, (Side("三中队", FIGURES), Side("一中队", other)), topic))
    assert told[1] == first
    assert len(told) == len(set(told)) <= 11
    assert "有一方结案不到 10 件，比率仅供参考。" in told


@pytest.mark.parametrize("days", [1, 2, 7, 31, 60, 366])
@pytest.mark.parametrize("name", ["三中队", "字" * 300, "<b>😀\u202e" * 50])
def test_chart_stays_within_its_edges(days: int, name: str) -> None:
    """However long the names and the period are, whatever the numbers."""
    many = {date(2025, 3, 1) + timedelta(days=n): (n % 9 * 99_999, n % 7) for n in range(days)}
    numbers = dict.fromkeys(NUMBERS, 9_999_999) | {"with_means": 3 * 9_999_999}
    shown = replace(
        FIGURES, days=many, numbers=numbers, late=((name, 9_999_999),), places=(Spot(name, 9_999_999),), matters=()
    )
    drawn = chart(Heading("最近365天", name, name, name), shown, ZONE)
    for left, upper, right, lower in edges(drawn):
        assert left >= -20
        assert upper >= -1
        assert right <= drawn.width + 20
        assert lower <= drawn.height + 1
    assert sum(opened for _, opened, _ in grouped(many)) == sum(opened for opened, _ in many.values())
    assert len(grouped(many)) <= 54


def test_chart_of_nothing_is_a_chart() -> None:
    """A period without a single ticket."""
    empty = Figures(
        START, START + timedelta(days=1), dict.fromkeys(NUMBERS, 0), dict.fromkeys(rates(Formulas()), Rate(0, 0)),
        dict.fromkeys(("to_accept", "to_arrive", "to_resolve"), Times()), days={date(2026, 3, 2): (0, 0)},
    )  # fmt: skip
    told = chart(HEAD, empty, ZONE)
    assert "还没有办结的" in told.texts
    assert "暂无" in told.texts
    assert paint(told)


def test_letters_on_a_phone_are_big_enough() -> None:
    """At 360 pixels wide, a third of what is drawn, nothing is smaller than nine pixels."""
    drawn = chart(HEAD, FIGURES, ZONE)
    assert min(shape.size for shape in drawn.shapes if isinstance(shape, Words)) / 3 >= 9


MONTH = {date(2026, 3, 1) + timedelta(days=n): (n * 10, n * 5) for n in range(31)}
SPOTS = [(119.2 + n % 60 / 1000, 34.58 + n // 60 / 1000, ("done", "late", "open")[n % 3]) for n in range(3000)]
STREET = ("郁洲街道", [[(119.21, 34.58), (119.24, 34.58), (119.24, 34.61), (119.21, 34.61)]])


@pytest.mark.parametrize(
    "draw",
    [
        lambda: chart(HEAD, replace(FIGURES, days=MONTH), ZONE),
        lambda: versus.chart(HEAD, (Side("三中队", replace(FIGURES, days=MONTH)), Side("一中队", FIGURES)), ZONE),
        lambda: mapped("本周·分布", SPOTS, [STREET], 2),
    ],
    ids=["chart", "versus", "map"],
)
def test_picture_is_made_in_under_a_second(draw: Callable[[], Sheet]) -> None:
    """Drawn and painted, by the processor's clock: what else the machine does is no matter. The font is read anew."""
    _font.cache_clear()
    start = time.process_time()
    drawn = draw()
    painted = paint(drawn)
    assert time.process_time() - start < 1
    assert Image.open(io.BytesIO(painted)).size == (drawn.width, drawn.height)


def test_font_is_chinese() -> None:
    """A Chinese sign is not the box that a font draws for what it lacks."""
    assert font_file().stat().st_size > 5_000_000
    signs = [paint(Sheet(60, 60, [Words(4, 30, sign, 40)])) for sign in "执法龘\U000fffff"]
    assert len(set(signs)) == 4


def test_map_shows_every_point_in_its_place_and_colour() -> None:
    """North is up, east is right; late ones lie on top; streets have their names."""
    spots = [(119.22, 34.59, "done"), (119.23, 34.60, "late"), (119.225, 34.595, "open")]
    street = ("郁洲街道", [[(119.21, 34.58), (119.24, 34.58), (119.24, 34.61), (119.21, 34.61)]])
    drawn = mapped("本周·分布", spots, [street], missing=2)
    dots = [shape for shape in drawn.shapes if isinstance(shape, Dot)][:3]
    assert dots[-1].fill == RED
    assert dots[0].x < dots[1].x < dots[2].x
    assert dots[0].y > dots[1].y > dots[2].y
    assert {"本周·分布", "3 件，另有 2 件没有定位", "郁洲街道", "超期 1", "在办 1", "已办结 1"} <= set(drawn.texts)
    [name] = [shape for shape in drawn.shapes if isinstance(shape, Words) and shape.text == "郁洲街道"]
    assert name.rim == CARD
    assert drawn.shapes.index(name) > drawn.shapes.index(dots[-1]), "no dot lies on a name"
    assert paint(drawn)


def test_map_of_one_point_has_its_ruler() -> None:
    """A single point is not blown up to nothing."""
    drawn = mapped("今天·分布", [(119.22, 34.59, "open")], [])
    assert "50 米" in drawn.texts or "100 米" in drawn.texts or "200 米" in drawn.texts


@pytest.mark.parametrize("nasty", ["=1+1", "+A1", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\ufeff=1", "\n=1"])
def test_no_cell_is_taken_for_a_formula(nasty: str) -> None:
    """What people write stays text."""
    kept = sheet.guarded(nasty)
    assert kept.startswith("'")


@pytest.mark.parametrize(
    ("hours", "long", "told"),
    [(0, 168, ["2026-03-02", "2026-03-08"]), (0, 24, ["2026-03-02", "2026-03-02"]),
     (18, 12, ["2026-03-02 18:00", "2026-03-03 06:00"]), (18, 30, ["2026-03-02 18:00", "2026-03-03"])],
)  # fmt: skip
def test_file_of_indicators_says_of_which_days_it_is(hours: int, long: int, told: list[str]) -> None:
    """Whole days by their dates, the last of them counted; else by the clock. Whose they are is masked."""
    start = START + timedelta(hours=hours)
    asked = Asked(start, start + timedelta(hours=long), start, ZONE)
    assert sheet.scope(asked, "") == [*told, "全部"]
    assert "13912345678" not in sheet.scope(asked, "13912345678")[2]


def test_indicators_name_their_formulas() -> None:
    """By the standards' names; the denominators are those of the settings."""
    rows = {row[0]: row for row in sheet.indicators(FIGURES, Formulas())}
    assert rows["按期结案率"][1:] == ["按期结案数 / 应结案数（时限在期内）", 3, 4, 75.0]
    other = {row[0]: row for row in sheet.indicators(FIGURES, Formulas("done", "opened", "closed"))}
    assert other["按期结案率"][1] == "按期结案数 / 结案数"
    assert other["返工率"][1] == "返工数 / 新开数"
    assert {"响应率", "解决率", "满意率", "按期处置率", "721 服务占比"} <= set(rows)
