"""Which words put the squads in order by a rate."""

import pytest

from models.figures import Order
from reading import asking
from reading.topics import Topic
from tests.reading.test_asking import NAMES, TODAY

RANKED: list[tuple[str, str, Topic, str, bool]] = [
    ("哪个中队按期率最高", "本月", Topic.IN_TIME, "in_time_archive", False),
    ("哪个中队的按期结案率最低？", "本月", Topic.IN_TIME, "in_time_archive", True),
    ("上月哪个中队按期处置率最差", "上月", Topic.IN_TIME, "in_time_dispose", True),
    ("哪个中队上周的满意率最高", "上周", Topic.SATISFACTION, "satisfaction", False),
    ("哪个中队本月响应率最好", "本月", Topic.SATISFACTION, "response", False),
    ("哪一个中队解决率低", "本月", Topic.SATISFACTION, "resolution", True),
    ("哪个中队返工率最高", "本月", Topic.BACK, "rework", False),
    ("哪个中队返工率最好", "本月", Topic.BACK, "rework", True),
    ("各中队按期率", "本月", Topic.IN_TIME, "in_time_archive", False),
    ("各中队本月满意率", "本月", Topic.SATISFACTION, "satisfaction", False),
    ("每个中队上周的按期结案率是多少", "上周", Topic.IN_TIME, "in_time_archive", False),
    ("中队按期率排名", "本月", Topic.IN_TIME, "in_time_archive", False),
    ("按期率最低的是哪个中队", "本月", Topic.IN_TIME, "in_time_archive", True),
    ("满意率最高的中队", "本月", Topic.SATISFACTION, "satisfaction", False),
    ("哪個中隊按期率最高", "本月", Topic.IN_TIME, "in_time_archive", False),
    ("which squad has the highest on-time rate", "本月", Topic.IN_TIME, "in_time_archive", False),
    ("which squad had the lowest satisfaction last week", "上周", Topic.SATISFACTION, "satisfaction", True),
    ("on-time rate by squad", "本月", Topic.IN_TIME, "in_time_archive", False),
]


@pytest.mark.parametrize(("words", "name", "topic", "rate", "lowest"), RANKED, ids=[row[0] for row in RANKED])
def test_squads_are_put_in_order_by_a_rate(words: str, name: str, topic: Topic, rate: str, *, lowest: bool) -> None:
    """Which rate, and whether the lowest is asked for; without a period it is this month."""
    assert asking.perhaps(words)
    question = asking.understand(words, NAMES, TODAY)
    assert question.plain
    assert (question.days.name, question.topic, question.order) == (name, topic, Order(rate, lowest))
    assert not question.which


@pytest.mark.parametrize("words", ["按期结案率", "三中队满意率", "三中队和一中队的满意率哪个高", "哪个中队积压最多"])
def test_other_questions_put_no_squads_in_order(words: str) -> None:
    """Of all, of one squad, of two beside each other; by what is no rate."""
    assert asking.understand(words, NAMES, TODAY).order is None
