"""A place is looked up at each opening: five thousand shops and two thousand names must not be felt."""

import random
import statistics
import time

import pytest

from geo.atlas import Atlas
from geo.places import locate
from geo.spots import Spot
from models.said import Point

ROADS = [f"{a}{b}路" for a in "凤苍海朝郁瀛科巨学花解通" for b in "鸣梧连阳洲苑龙院果放"]


def city() -> Atlas:
    """As large as a district gets."""
    made, dice = Atlas(), random.Random(7)

    def anywhere() -> Point:
        return Point(34.5 + dice.random() / 5, 119.1 + dice.random() / 5, radius=50)

    for number in range(5000):
        address = f"{dice.choice(ROADS)}{dice.randint(1, 400)}号"
        made.add_spots([(f"{dice.choice('张王李赵')}{number}便利店", at := anywhere()), (address, at)])
    made.add_entries((Spot(f"{dice.choice(ROADS)}{n}小区", anywhere(), "estate"), (f"别名{n}",)) for n in range(2000))
    made.find("先建好")
    return made


CITY = city()


@pytest.mark.parametrize(
    "words",
    [
        "凤鸣路18号对面",
        "凤鸣路与苍梧路交叉口",
        "张7便利店往北一百米",
        "完全不认识的地方那边",
        "凤鸣路1000小去门口",
        "门口",
    ],
)
def test_look_up_takes_less_than_a_millisecond(words: str) -> None:
    """The median of a hundred."""
    spent = []
    for _ in range(100):
        start = time.perf_counter()
        locate(text=words, point=None, own_place=False, atlas=CITY)
        spent.append(time.perf_counter() - start)
    assert statistics.median(spent) < 0.001
