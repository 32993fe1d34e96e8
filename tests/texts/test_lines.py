"""The lines of a summary that say what figures mean: the 721 shares and their sentence, places told of again."""

from dataclasses import replace

import pytest

from models.figures import Spot
from models.words import Means
from tests.texts.test_drawings import FIGURES, HEAD
from texts.reports import plain_lines, summary
from texts.seven import seven_two_one
from texts.speaking import speaking

SHARES = [
    ((0, 0, 0), "721：还没有办结的，暂无比例"),
    ((1, 0, 0), "721：服务 100% · 管理 0% · 执法 0%（目标 70/20/10），只有 1 件，比例仅供参考"),
    ((7, 1, 1), "721：服务 78% · 管理 11% · 执法 11%（目标 70/20/10），只有 9 件，比例仅供参考"),
    ((7, 2, 1), "721：服务 70% · 管理 20% · 执法 10%（目标 70/20/10），达到 721 的要求"),
    ((69, 30, 1), "721：服务 69% · 管理 30% · 执法 1%（目标 70/20/10），服务比目标少 1 个百分点"),
    (
        (60, 10, 30),
        "721：服务 60% · 管理 10% · 执法 30%（目标 70/20/10），服务比目标少 10 个百分点，执法比目标多 20 个百分点",
    ),
    ((75, 10, 15), "721：服务 75% · 管理 10% · 执法 15%（目标 70/20/10），执法比目标多 5 个百分点"),
    ((100, 0, 0), "721：服务 100% · 管理 0% · 执法 0%（目标 70/20/10），达到 721 的要求"),
]
HONEST = {
    (0, 0, 0): "721: nothing is resolved yet, so there are no shares", (7, 2, 1): "that is what 721 asks for",
    (1, 0, 0): "of 1 only, which says little", (69, 30, 1): "service is 1 point short of its aim",
    (75, 10, 15): "enforcement is 5 points above its aim",
}  # fmt: skip


def counted(shares: tuple[int, int, int]) -> dict[str, int]:
    """So many of each means."""
    return dict(zip(Means, shares, strict=True)) | {"with_means": sum(shares)}


@pytest.mark.parametrize(("shares", "line"), SHARES)
def test_shares_are_told_with_what_they_honestly_say(shares: tuple[int, int, int], line: str) -> None:
    """None, few, short of service, over with enforcement, met."""
    assert seven_two_one(counted(shares)) == line


@pytest.mark.parametrize(("shares", "end"), HONEST.items())
def test_english_says_the_same(shares: tuple[int, int, int], end: str) -> None:
    """By the same table."""
    with speaking("en"):
        assert seven_two_one(counted(shares)).endswith(end)


@pytest.mark.parametrize(
    ("places", "line"),
    [
        ((), "返工 7 件，同一处又发生 7 件"),
        (("凤鸣路18号", "苍梧路"), "返工 7 件，同一处又发生 7 件；多次反映：凤鸣路18号 9，苍梧路 8"),
        (("甲路", "乙路", "丙路", "丁路"), "返工 7 件，同一处又发生 7 件；多次反映：甲路 9，乙路 8，丙路 7"),
    ],
)
def test_places_that_were_told_of_again_stand_in_the_last_line(places: tuple[str, ...], line: str) -> None:
    """At most three, with how often each was told of."""
    spots = tuple(Spot(name, 9 - n) for n, name in enumerate(places))
    assert plain_lines(summary(HEAD, replace(FIGURES, places=spots)))[6] == line


def test_nothing_that_came_back_is_said_too() -> None:
    """Before the places."""
    quiet = replace(FIGURES, numbers=FIGURES.numbers | {"came_back": 0}, places=(Spot("苍梧路", 3),))
    assert plain_lines(summary(HEAD, quiet))[6] == "没有返工和复发；多次反映：苍梧路 3"
