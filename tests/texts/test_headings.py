"""What stands above figures: a row of the outbox keeps the period in Chinese, each chat reads its own language."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from texts.reports import heading
from texts.speaking import speaking

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = {"from": "2026-03-02T00:00:00+08:00", "to": "2026-03-09T00:00:00+08:00"}
DAY = {"from": "2026-03-02T00:00:00+08:00", "to": "2026-03-03T00:00:00+08:00"}


@pytest.mark.parametrize(
    ("row", "chinese", "english"),
    [
        (
            WEEK | {"name": "上周", "against": "前一周", "called": []},
            ("上周", "前一周"),
            ("last week", "the week before"),
        ),
        (
            WEEK | {"name": "3月2日至8日", "against": "上期", "called": ["我的", "占道经营"]},
            ("3月2日至8日·我的·占道经营", "上期"),
            ("2 Mar 2026 – 8 Mar 2026·mine·Stall on the road", "the period before"),
        ),
        (
            WEEK | {"name": "上周", "against": "前一周", "called": ["我的"], "sides": ["占道经营", "凤鸣路"]},
            ("上周·我的·占道经营和凤鸣路", "前一周"),
            ("last week·mine·Stall on the road and 凤鸣路", "the week before"),
        ),
        (
            DAY | {"name": "上周一", "against": "没有名字的日子", "called": ["凤鸣路"]},
            ("上周一·凤鸣路", "没有名字的日子"),
            ("2 Mar 2026·凤鸣路", "the period before"),
        ),
        (
            WEEK | {"name": "上周（3月2日—3月8日）", "against": "前一周", "called": [], "digest": "weekly"},
            ("上周（3月2日—3月8日）", "前一周"),
            ("Last week (2 Mar – 8 Mar)", "the week before"),
        ),
        (
            WEEK | {"name": "2026年3月", "against": "上月", "called": [], "digest": "monthly"},
            ("2026年3月", "上月"),
            ("Mar 2026", "last month"),
        ),
    ],
)
def test_period_is_named_in_the_language_of_the_chat(
    row: dict[str, Any], chinese: tuple[str, str], english: tuple[str, str]
) -> None:
    """By its name where the catalogue has one, else by its dates; Chinese as it was asked for."""
    head = heading(row, ZONE, "局")
    assert (head.title, head.against) == chinese
    with speaking("en"):
        head = heading(row, ZONE, "局")
    assert (head.title, head.against) == english


def test_what_is_compared_with_has_a_name_as_well() -> None:
    """March beside February: in English both by their dates, and not as the period before."""
    before = {"before": ["2026-02-01T00:00:00+08:00", "2026-03-01T00:00:00+08:00"]}
    row = WEEK | before | {"name": "3月", "against": "2月", "called": []}
    assert heading(row, ZONE, "局").against == "2月"
    with speaking("en"):
        assert heading(row, ZONE, "局").against == "1 Feb 2026 – 28 Feb 2026"
