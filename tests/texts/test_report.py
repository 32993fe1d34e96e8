"""The printed report by what stands on it: in both languages, of a week and of a month."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image, ImageChops

from bot.painter import paint
from bot.report import document
from models.figures import Figures, Load, Rate, Spot, Times
from models.numbers import Asked, Formulas
from tests.printed import Printed, packed, printed
from tests.texts.test_drawings import DAYS, FIGURES, START, ZONE
from texts import sheet
from texts.chart import chart
from texts.reports import Heading, plain_lines, summary
from texts.speaking import speaking

MONTH = {date(2026, 3, 2) + timedelta(days=n): (n, n // 2) for n in range(31)}
SQUADS = (("三中队", 120), ("一中队", 90))
OPEN = (("三中队", 5), ("一中队", 1), (None, 1))
CREW = tuple(Load(n, f"队员{n}", 100 + n, 200 + n, 300 + n) for n in range(45))
BUREAU = "高新区分局"
HEADS = {"zh": Heading("上周", "三中队", BUREAU, "前一周"), "en": Heading("last week", "mine", BUREAU, "before")}
TOLD = {
    "zh": ["上周·三中队工作报告", "2026年3月2日至{}", "摘要", "指标", "新开210件（比前一周+10）", "占道经营40"],
    "en": ["last week·mine: report", "2 Mar 2026–{}", "In short", "Indicators", "210 opened (+10 to before)",
           "Stall on the road 40"],
}  # fmt: skip
FIGURE = re.compile(r"\d[\d./%]*(?:小时|分/[\d.]+(?:小时|分)|分|天)?")
LAST = {("zh", 7): "2026年3月8日", ("zh", 31): "2026年4月1日", ("en", 7): "8 Mar 2026", ("en", 31): "1 Apr 2026"}


def counted(days: int) -> Figures:
    """Figures of a week or a month, of two squads and more officers than a page holds."""
    end = START + timedelta(days=days)
    return replace(FIGURES, end=end, days=DAYS if days == 7 else MONTH, squads=SQUADS, open=OPEN, officers=CREW)


def report(language: str, found: Figures) -> Printed:
    """The report as it is read."""
    with speaking(language):
        return printed(document(HEADS[language], found, Asked(START, found.end, found.end, ZONE)))


@pytest.mark.parametrize("days", [7, 31])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_report_holds_summary_indicators_squads_and_dates(language: str, days: int) -> None:
    """Every line of the summary, every row of the indicators with its values, each squad and officer, the days."""
    found = counted(days)
    told = report(language, found)
    with speaking(language):
        lines = plain_lines(summary(HEADS[language], found))[1:]
        rows = sheet.indicators(found, Formulas())
        squads, officer = sheet.tell("no-squad"), sheet.tell("paper-resolved")
    assert [line for line in TOLD[language] if not told.says(line.format(LAST[language, days]))] == []
    assert len(lines) == 6
    assert [line for line in lines if not told.says(line)] == []
    assert len(rows) == 25
    assert [row for row in rows if not told.says(*row)] == []
    assert told.says("三中队", 120, 5, 2)
    assert told.says("一中队", 90, 1, 0)
    assert told.says(squads, 0, 1, 1)
    assert told.says(officer)
    assert [one.name for one in CREW if not told.says(one.name, one.held, one.resolved, one.backlog)] == []
    assert told.says("凤鸣路18号", 9)
    assert [packed(BUREAU) in page for page in told.pages] == [True] * len(told.pages)


@pytest.mark.parametrize("days", [7, 31])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_picture_of_the_report_is_that_of_the_chat(language: str, days: int) -> None:
    """The same picture, sign by sign."""
    found = counted(days)
    [picture] = report(language, found).pictures
    with speaking(language):
        drawn = Image.open(io.BytesIO(paint(chart(HEADS[language], found, ZONE)))).convert("RGB")
    assert picture.size == drawn.size
    assert ImageChops.difference(picture, drawn).getbbox() is None


@pytest.mark.parametrize("crew", [0, 3, 4])
def test_no_title_stands_alone_at_the_foot_of_a_page(crew: int) -> None:
    """What is headed begins on the same page, where three or four officers more fill it."""
    told = report("zh", replace(counted(7), officers=CREW[:crew]))
    for title, head in (("队员", "队员手上本期办结超期"), ("事项", "事项新开"), ("多次反映的地方", "地点件数")):
        assert told.text.count(title + head) == (1 if crew or title != "队员" else 0), title


def test_english_breaks_between_words() -> None:
    """No line begins in the middle of one."""
    told = " ".join(report("en", counted(7)).lines)
    for words in ("7 open now", "resolved after rework", "resolved in time 75% (3/4)", "told of more than once"):
        assert words in told, words


@pytest.mark.parametrize("opened", [7, 76, 828, 8281])
def test_no_figure_of_the_summary_is_torn_at_the_end_of_a_line(opened: int) -> None:
    """Each with its unit stands whole in a line, wherever the lines end."""
    numbers = FIGURES.numbers | {"opened": opened, "closed": opened * 3 // 4, "open_now": 148, "overdue_now": 14}
    spans = {span: Times(opened, 9.0, 24 * opened / 7) for span in FIGURES.times}
    shares = dict.fromkeys(FIGURES.rates, Rate(opened * 3 // 4, opened))
    spots = tuple(Spot(f"{road}附近", 14) for road in ("中华西路", "海连中路", "凤鸣路18号"))
    found = replace(counted(7), numbers=numbers, times=spans, rates=shares, places=spots, late=(("三中队", 14),))
    lines = report("zh", found).lines
    for told in plain_lines(summary(HEADS["zh"], found))[1:]:
        assert [one for one in FIGURE.findall(told) if not any(one in line for line in lines)] == [], told
    assert [line for line in lines if line.startswith(tuple("，。、；）：")) or line.endswith("（")] == []


def test_squads_stand_on_the_first_page_below_the_picture() -> None:
    """No page is left two thirds full; a table that a page holds is not broken."""
    first, *others = report("zh", counted(7)).pages
    assert packed("中队新开在办现在超期", "三中队", 120, 5, 2) in first
    [page] = [page for page in others if packed("新开数", "计数", 210) in page]
    assert packed("开单到办结") in page
