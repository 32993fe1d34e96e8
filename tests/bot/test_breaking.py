"""Where lines end on paper: figures stay whole, nothing is lost, nothing stands out over the edge."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.breaking import CLOSING, lines

RUN = re.compile("[0-9][0-9./%]*")
WORDS = st.sampled_from([
    "到场 24分/1.2小时", "按期处置率 88%（148/168）", "中华西路附近 14，", "（75%，621/828）", "目标 70/20/10",
    "3.7小时", "用时（半数内/九成内）：", "服务 0% · 管理 100% · 执法 0%", "2026年11月23日 至 28日",
    "reworked / resolved ", "「海连中路（东）」", "很长的一句话没有标点", "No.12,", "凤鸣路18号", "三中队",
    "+10", "，", "。", "（", "）", " ",
])  # fmt: skip


def em(text: str) -> float:
    """About what a printed line takes: a Chinese sign one, another half."""
    return sum(1.0 if sign > "\u2e7f" else 0.5 for sign in text)


@given(st.lists(WORDS, max_size=12).map("".join), st.integers(2, 60))
def test_no_figure_is_torn_and_nothing_is_lost(text: str, width: int) -> None:
    """Whatever is said, however narrow the column is."""
    found = lines(text, width, em)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert [line for line in found if em(line) > width] == []
    runs = RUN.findall(text)
    if all(em(run) <= width for run in runs):
        assert [run for line in found for run in RUN.findall(line)] == runs


@given(st.lists(WORDS, max_size=12).map("".join), st.integers(24, 60))
def test_no_line_begins_with_a_stop(text: str, width: int) -> None:
    """In a column that holds every word of it."""
    for line in lines(text, width, em)[1:]:
        assert not line.startswith(tuple(CLOSING)) or set(line) <= set(CLOSING), line


@pytest.mark.parametrize(
    ("text", "width", "told"),
    [
        ("用时：接单 9分/30分，到场 24分/1.2小时", 16, ["用时：接单 9分/30分，到场", "24分/1.2小时"]),
        ("按期处置率 88%（148/168）", 12, ["按期处置率 88%", "（148/168）"]),
        ("中华西路附近 14，", 9, ["中华西路附近 14，"]),
        ("中华西路附近 14，", 7, ["中华西路附近", "14，"]),
        ("海连中路（东）", 5, ["海连中路", "（东）"]),
        ("resolved in time", 5, ["resolved", "in time"]),
        ("第一行\n第二行", 20, ["第一行", "第二行"]),
        ("13800000000", 2, ["1380", "0000", "000"]),
        ("", 5, [""]),
    ],
)
def test_lines_end_where_one_would_end_them(text: str, width: int, told: list[str]) -> None:
    """Between words; before a bracket, not after it; what fits no column is broken anywhere."""
    assert lines(text, width, em) == told
