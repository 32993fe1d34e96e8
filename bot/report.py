"""The weekly and monthly report as PDF: the same figures and the same picture, on A4."""

import io
from datetime import timedelta

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from bot import breaking
from bot.painter import font_file, paint
from models.figures import Figures
from models.numbers import Asked
from texts import reports, sheet
from texts.chart import chart
from texts.page import clean
from texts.reports import Heading
from texts.speaking import tell
from texts.whereabouts import beside
from texts.words import day

FAMILY, MARGIN = "noto", 16
INK, SOFT, BAND = (29, 39, 51), (91, 103, 117), (244, 246, 249)
PICTURE = 92
TOGETHER, BELOW = 24, 8
"""Millimetres that a title, the head of its table and a row take; and what is left free below the picture."""
SLACK = 0.2
"""Millimetres less than a column has, so that rounding breaks no line anew."""
ROW = 6
"""Millimetres of a row of one line."""
SQUAD_HEADS = ("squad", "number-opened", "number-open-now", "number-overdue-now")
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
        self.cell(0, 6, tell("paper-foot", bureau=self.bureau, page=self.page_no(), pages="{nb}"), align="C")
        self.set_text_color(*INK)

    def headline(self, words: str, size: int = 13, below: int = 0) -> None:
        """A heading above what follows, on the same page: all so many rows below it where a page holds them."""
        whole = TOGETHER + ROW * max(below - 1, 0)
        if self.will_page_break(whole if whole < self.eph else TOGETHER):
            self.add_page()
        self.set_font(FAMILY, size=size)
        self.cell(0, size * 0.62, clean(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def broken(self, words: str, width: float) -> str:
        """Words as the lines that a column of this width holds: fpdf2 by itself would tear figures in two."""
        within = width - 2 * self.c_margin - SLACK
        return "\n".join(breaking.lines(clean(words), within, self.get_string_width))

    def listed(self, heads: list[str], rows: Rows, widths: tuple[int, ...]) -> None:
        """A table; its head is shown again on every page."""
        self.set_font(FAMILY, size=9)
        self.set_draw_color(*RULE)
        style = FontFace(fill_color=BAND, color=INK, emphasis="")
        lines = TableBordersLayout.HORIZONTAL_LINES
        room = [self.epw * width / sum(widths) for width in widths]
        with self.table(
            headings_style=style, borders_layout=lines, col_widths=widths, line_height=ROW, text_align="LEFT"
        ) as table:
            for row in (heads, *rows):
                table.row([self.broken(cell, width) for cell, width in zip(row, room, strict=True)])
        self.ln(4)


def document(head: Heading, counted: Figures, asked: Asked) -> bytes:
    """The report. Takes about a second: call it beside the loop."""
    paper = Paper(head.bureau)
    paper.set_title(tell("report-title", title=head.title))
    paper.set_creation_date(asked.now)
    paper.add_page()
    _first(paper, head, counted, asked)
    _tables(paper, counted, asked)
    return bytes(paper.output())


def _first(paper: Paper, head: Heading, counted: Figures, asked: Asked) -> None:
    start, end = asked.start.astimezone(asked.zone), (asked.end - timedelta(microseconds=1)).astimezone(asked.zone)
    paper.headline(tell("report-title", title=head.title), 20)
    paper.set_font(FAMILY, size=10)
    paper.set_text_color(*SOFT)
    days = tell("days", first=day(start.date()), last=day(end.date()))
    made = tell("paper-made", days=days, at=f"{asked.now.astimezone(asked.zone):%Y-%m-%d %H:%M}")
    paper.cell(0, 6, made, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_text_color(*INK)
    paper.ln(3)
    top = paper.get_y()
    picture = paint(chart(head, counted, asked.zone))
    bottom = top + paper.image(io.BytesIO(picture), x=MARGIN, y=top, w=PICTURE).rendered_height
    left = MARGIN + PICTURE + 8
    paper.set_left_margin(left)
    paper.set_y(top)
    paper.headline(tell("paper-short"))
    paper.set_font(FAMILY, size=10)
    room = paper.w - left - MARGIN
    for line in reports.plain_lines(reports.summary(head, counted))[1:]:
        paper.set_x(left)
        paper.multi_cell(room, 6, paper.broken(line, room), align="L")
        paper.ln(2.5)
    paper.set_left_margin(MARGIN)
    paper.set_y(max(bottom, paper.get_y()) + BELOW)


def _tables(paper: Paper, counted: Figures, asked: Asked) -> None:
    """The squads, which mostly go below the picture, the indicators, and who and what else was counted."""
    squads, *others = lists(counted)
    _table(paper, *squads)
    rows = [[str(cell) for cell in row] for row in sheet.indicators(counted, asked.formulas)]
    _table(paper, tell("paper-indicators"), list(sheet.INDICATORS.values()), rows, (40, 66, 20, 20, 20))
    for one in others:
        _table(paper, *one)


def _table(paper: Paper, title: str, heads: list[str], rows: Rows, widths: tuple[int, ...] = ()) -> None:
    if rows:
        paper.headline(title, below=len(rows))
        paper.listed(heads, rows, widths or (60, *(25 for _ in heads[1:])))


def lists(counted: Figures) -> list[tuple[str, list[str], Rows]]:
    """What was counted of whom and what: a title, its heads, its rows."""
    return [
        (tell("squad"), [tell(name) for name in SQUAD_HEADS], _squads(counted)),
        (tell("officers"), [tell(name) for name in ("officers", "number-held-now", "paper-resolved", "overdue")], [
            [load.name, str(load.held), str(load.resolved), str(load.backlog)] for load in counted.officers
        ]),
        (tell("top-matters"), [tell("top-matters"), tell("number-opened")], [
            [reports.of_matter(code), str(n)] for code, n in counted.matters
        ]),
        (tell("chart-places"), [tell("place"), tell("paper-count")], [
            [beside(spot.name), str(spot.count)] for spot in counted.places
        ]),
    ]  # fmt: skip


def _squads(counted: Figures) -> Rows:
    return [[reports.of_squad(one.squad), str(one.opened), str(one.open), str(one.late)] for one in counted.by_squad]
