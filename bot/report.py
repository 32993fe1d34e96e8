"""The weekly and monthly report as PDF: the same figures and the same picture, on A4."""

import io
from datetime import timedelta
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, WrapMode, XPos, YPos
from fpdf.fonts import FontFace

from bot.painter import font_file, paint
from models.figures import Figures
from models.matters import matter_name
from models.numbers import Asked
from texts import reports, sheet
from texts.chart import chart, dated
from texts.page import clean
from texts.reports import NOWHERE, Heading

FAMILY, MARGIN = "noto", 16
INK, SOFT, BAND = (29, 39, 51), (91, 103, 117), (244, 246, 249)
PICTURE, OFFICERS = 92, 20
RULE = (215, 221, 229)
Rows = list[list[str]]


class Paper(FPDF):
    """Pages with the bureau's name below."""

    def __init__(self, bureau: str) -> None:
        super().__init__(format="A4")
        self.bureau = clean(bureau)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=18)
        self.add_font(FAMILY, fname=str(font_file()))
        self.set_text_color(*INK)

    def footer(self) -> None:
        """Whose it is, and which page."""
        self.set_y(-13)
        self.set_font(FAMILY, size=8)
        self.set_text_color(*SOFT)
        self.cell(0, 6, f"{self.bureau}　第 {self.page_no()} 页，共 {{nb}} 页", align="C")
        self.set_text_color(*INK)

    def headline(self, words: str, size: int = 13) -> None:
        """A heading above what follows."""
        self.set_font(FAMILY, size=size)
        self.cell(0, size * 0.62, clean(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def listed(self, heads: list[str], rows: Rows, widths: tuple[int, ...]) -> None:
        """A table; its head is shown again on every page."""
        self.set_font(FAMILY, size=9)
        self.set_draw_color(*RULE)
        style = FontFace(fill_color=BAND, color=INK, emphasis="")
        lines = TableBordersLayout.HORIZONTAL_LINES
        with self.table(headings_style=style, borders_layout=lines, col_widths=widths, line_height=6) as table:
            for row in (heads, *rows):
                table.row([clean(str(cell)) for cell in row])
        self.ln(4)


def document(head: Heading, counted: Figures, asked: Asked) -> bytes:
    """The report. Takes about a second: call it beside the loop."""
    paper = Paper(head.bureau)
    paper.set_title(f"{head.title}工作报告")
    paper.set_creation_date(asked.now)
    paper.add_page()
    _first(paper, head, counted, asked)
    paper.add_page()
    _second(paper, counted, asked)
    return bytes(paper.output())


def _first(paper: Paper, head: Heading, counted: Figures, asked: Asked) -> None:
    start, end = asked.start.astimezone(asked.zone), (asked.end - timedelta(microseconds=1)).astimezone(asked.zone)
    paper.headline(f"{head.title}工作报告", 20)
    paper.set_font(FAMILY, size=10)
    paper.set_text_color(*SOFT)
    made = f"{asked.now.astimezone(asked.zone):%Y-%m-%d %H:%M} 统计"
    paper.cell(0, 6, f"{dated(start.date())} 至 {dated(end.date())}　{made}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_text_color(*INK)
    paper.ln(3)
    top = paper.get_y()
    picture = paint(chart(head, counted, asked.zone))
    paper.image(io.BytesIO(picture), x=MARGIN, y=top, w=PICTURE)
    left = MARGIN + PICTURE + 8
    paper.set_left_margin(left)
    paper.set_y(top)
    paper.headline("摘要")
    paper.set_font(FAMILY, size=10)
    for line in reports.plain_lines(reports.summary(head, counted))[1:]:
        paper.set_x(left)
        paper.multi_cell(210 - left - MARGIN, 6, line, align="L", wrapmode=WrapMode.CHAR)
        paper.ln(2.5)
    paper.set_left_margin(MARGIN)


def _second(paper: Paper, counted: Figures, asked: Asked) -> None:
    rows = sheet.indicators(counted, asked.formulas)
    paper.headline("指标")
    paper.listed(list(sheet.INDICATORS), [[str(cell) for cell in row] for row in rows], (40, 66, 20, 20, 20))
    lists: list[tuple[str, list[str], Rows]] = [
        ("中队", ["中队", "新开", "现在超期"], _squads(counted)),
        ("队员", ["队员", "手上", "本期办结", "超期"], [
            [load.name, str(load.held), str(load.resolved), str(load.backlog)] for load in counted.officers[:OFFICERS]
        ]),
        ("事项", ["事项", "新开"], [
            [matter_name(code) if code else "咨询求助建议", str(n)] for code, n in counted.matters
        ]),
        ("多次反映的地方", ["地点", "件数"], [[spot.name, str(spot.count)] for spot in counted.places]),
    ]  # fmt: skip
    for title, heads, told in lists:
        if told:
            paper.headline(title)
            paper.listed(heads, told, (60, *(25 for _ in heads[1:])))


def _squads(counted: Figures) -> Rows:
    late: dict[Any, int] = dict(counted.late)
    names = dict.fromkeys([*(squad for squad, _ in counted.squads), *late])
    opened = dict(counted.squads)
    return [[squad or NOWHERE, str(opened.get(squad, 0)), str(late.get(squad, 0))] for squad in names]
