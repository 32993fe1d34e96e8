"""Picture, map, workbook and report in English: all of their own words, inside their frame."""

import re
from dataclasses import asdict, replace
from types import SimpleNamespace

from bot.report import document, lists
from models.figures import Spot
from models.numbers import Asked, Formulas
from models.rows import Ticket
from tests.texts.test_drawings import FIGURES, START, ZONE, edges
from texts import sheet, versus
from texts.chart import chart
from texts.mapped import mapped
from texts.reports import Heading, plain_lines, summary
from texts.speaking import speaking
from texts.versus import Side

CHINESE = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff08-\uff1f]")
HEAD = Heading("last week", "mine", "Bureau", "the week before")
NAMES = {"三中队", "一中队", "凤鸣路18号", "凤鸣路", "白洋", "郁洲街道", "新海商户群"}
BY_A_ROAD = replace(FIGURES, late=(), places=(Spot("凤鸣路附近", 9),))


def foreign(words: list[str]) -> list[str]:
    """What is neither English nor a name."""
    return [one for one in words if CHINESE.search(re.sub("|".join(sorted(NAMES, reverse=True)), "", one))]


def test_picture_and_map_speak_english() -> None:
    """No Chinese but names; the longer words stay inside the picture."""
    outlines = [("郁洲街道", [[(119.2, 34.5), (119.3, 34.5), (119.3, 34.6)]])]
    with speaking("en"):
        drawn = [chart(HEAD, FIGURES, ZONE), mapped("last week", [(119.21, 34.59, "late")], outlines, 2)]
    for picture in drawn:
        assert foreign(picture.texts) == []
    assert {"Opened", "Closed in time", "The 721 way", "Stall on the road", "No squad"} <= set(drawn[0].texts)
    for left, upper, right, lower in edges(drawn[0]):
        assert -1 <= left <= right <= drawn[0].width + 1
        assert -1 <= upper <= lower <= drawn[0].height + 1


def test_comparison_speaks_english() -> None:
    """Its lines and its picture, with either side ahead and with none."""
    other = replace(FIGURES, numbers=FIGURES.numbers | {"opened": 300, "closed": 1, "with_means": 0})
    both = (Side("三中队", FIGURES), Side("一中队", other))
    with speaking("en"):
        drawn = versus.chart(HEAD, both, ZONE)
        told = [line for topic in ("versus", *versus.FIRST) for line in plain_lines(versus.told(HEAD, both, topic))]
    assert foreign([*drawn.texts, *told]) == []
    assert {"Opened: 三中队 210, 一中队 300, 一中队 has 90 more", "Overdue now: 三中队 3, 一中队 3, as many"} <= set(
        told
    )
    assert "Closed in time" in drawn.texts
    assert all(-1 <= left <= right <= drawn.width + 1 for left, _, right, _ in edges(drawn))


def test_sheets_and_report_speak_english() -> None:
    """Heads, indicators and formulas; the lines under the picture; the report is made of them."""
    with speaking("en"):
        told = [*sheet.TICKETS.values(), *sheet.EVENTS.values(), *sheet.INDICATORS.values()]
        told += [str(cell) for row in sheet.indicators(FIGURES, Formulas()) for cell in row]
        for topic in ("all", "load", "matters", "satisfaction", "compared", "places"):
            told += plain_lines(summary(HEAD, replace(FIGURES, rates_before=FIGURES.rates), topic))
        told += [cell for title, heads, rows in lists(FIGURES) for row in ([title], heads, *rows) for cell in row]
        made = document(HEAD, FIGURES, Asked(START, FIGURES.end, FIGURES.end, ZONE))
    assert foreign(told) == []
    assert len(set(sheet.TICKETS.values())) == len(sheet.TICKETS)
    assert made.startswith(b"%PDF")


def test_road_that_many_told_of_is_said_in_english() -> None:
    """In the lines, the picture and the report's lists, which the tables keep as 「凤鸣路附近」."""
    with speaking("en"):
        lines, drawn = plain_lines(summary(HEAD, BY_A_ROAD)), chart(HEAD, BY_A_ROAD, ZONE).texts
        rows = [row for _, _, rows in lists(BY_A_ROAD) for row in rows]
    assert lines[-1].endswith("told of more than once: near 凤鸣路 9")
    assert "near 凤鸣路" in drawn
    assert ["near 凤鸣路", "9"] in rows
    assert foreign([*lines, *drawn]) == []


def test_workbooks_row_is_english() -> None:
    """What the tables keep in Chinese of a ticket: that its words were erased, road, limit, condition, reasons."""
    rule = {"words": "2天", "hours": 16, "unit": "working", "calendar": "x", "condition": "弹跳"}
    ticket = Ticket(
        1, 1, "51", 1, START, START, words="已删除", near="凤鸣路附近", rule=rule, also=["09006"],
        reason="天气原因", snoozed_why="已约好时间",
    )  # fmt: skip
    row = SimpleNamespace(**asdict(ticket), group="新海商户群", officer="白洋", reporter="")
    with speaking("en"):
        cells = dict(zip(sheet.TICKETS, sheet.ticket(row, ZONE), strict=True))
    assert foreign([str(cell) for cell in cells.values()]) == []
    assert [cells[name] for name in ("words", "near", "rule", "also", "reason", "snoozed_why")] == [
        "erased", "near 凤鸣路", "2 days, rattling", "Stall on the road", "Weather", "A time is agreed",
    ]  # fmt: skip
