"""What the patterns of places find in a text, alone; and what two places have in common."""

import pytest

from reading.cleaning import clean
from reading.places import alone, named, numbers_of, other_names, own, spans

CUT = [
    ("文昌路18号门口有人摆摊", ["文昌路18号门口"]),
    ("文昌路和槐花巷路口井盖坏了", ["文昌路和槐花巷路口"]),
    ("停在兴隆小区北门", ["兴隆小区北门"]),
    ("堵在大润发超市门口", ["大润发超市门口"]),
    ("就在上海面馆对面", ["上海面馆对面"]),
    ("我店门口被堵了", ["我店门口"]),
    ("投诉文昌路菜场太脏", ["文昌路菜场"]),
    ("文昌路九号对面漏水", ["文昌路9号对面"]),
    ("整条马路都是水", []),
    ("今天吃什么", []),
    ("车堵路了", []),
    ("12号楼下有人吵架", ["12号楼下"]),
]


@pytest.mark.parametrize(("words", "pieces"), CUT)
def test_places_are_cut_out_by_their_form(words: str, pieces: list[str]) -> None:
    """Small words before them are not of them, and 马路 is no road."""
    text = clean(words).text
    assert [text[a:b] for a, b in spans(text)] == pieces


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("文昌路18号门口", True),
        ("地址是文昌路十八号", True),
        ("就在兴隆小区北门这里", True),
        ("文昌路18号门口有人", False),
        ("在吗", False),
    ],
)
def test_place_alone_says_nothing_else(words: str, told: bool) -> None:
    """What waits for the rest."""
    assert alone(clean(words).text) is told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("文昌路", True),
        ("槐花巷十八号", True),
        ("興隆小區", True),
        ("对面手机店", False),
        ("我们门前小路", False),
        ("那条马路", False),
    ],
)
def test_place_with_a_name_can_be_found_by_anybody(words: str, told: bool) -> None:
    """Whoever speaks."""
    assert named(words) is told


def test_one_door_is_one_however_it_is_written() -> None:
    """Two neighbours tell of one thing in two scripts."""
    assert numbers_of("文昌路十八號") == numbers_of("文昌路18号") == {"18号"}
    assert not other_names("鳳翔路", "凤翔路")
    assert other_names("凤翔路", "文昌路")


@pytest.mark.parametrize(
    ("words", "hers"),
    [("我家门口", True), ("俺家楼下", True), ("他家门口", False), ("路口", False)],
)
def test_own_door_is_hers(words: str, hers: bool) -> None:
    """By 我, 俺, 咱, or the word for a shop's front."""
    assert own(words) is hers
