"""Shops of the register in people's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.register import Register

REGISTER = Register(
    ["蜀香火锅店", "金嗓子KTV", "邱记便利店", "水晶宫洗车", "老王", "蓝湾佳苑二期项目部", "青禾老烤鱼店"]
)


@pytest.mark.parametrize(
    ("text", "own", "named"),
    [
        ("蜀香火锅的烟熏到我二楼了", None, "蜀香火锅"),
        ("蜀香火锅店又把桌子摆出来", None, "蜀香火锅店"),
        ("水晶宫又在马路上洗车", None, "水晶宫"),
        ("水晶宫又在马路上洗车", "水晶宫洗车", None),
        ("水晶宫洗车门口有人摆摊", None, None),
        ("金嗓子KTV对面那家也吵", None, None),
        ("老王家的狗", None, None),
        ("蓝湾佳苑半夜还在打桩", None, "蓝湾佳苑"),
        ("青禾烤鱼的油又倒沟里了", None, "青禾烤鱼"),
        ("青禾路上全是油", None, None),
        ("今天天气不错", None, None),
    ],
)
def test_shop_is_complained_of_and_a_landmark_is_not(text: str, own: str | None, named: str | None) -> None:
    """By its whole name or without its trade; her own shop and a place beside a shop are nobody's fault."""
    assert REGISTER.named(text, own) == named


@given(st.text(max_size=60))
def test_what_is_named_stands_in_the_text(text: str) -> None:
    """Whatever is said: an exact piece of it, or nothing."""
    found = REGISTER.named(text)
    assert found is None or found in text
    assert Register().named(text) is None
