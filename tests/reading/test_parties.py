"""Who is complained of, by patterns alone: plates, shops, stalls, sites."""

import pytest

from reading.cleaning import clean
from reading.parties import party, plates, site

PLATES = [
    ("苏G·8K21T 天天堵门", "苏G·8K21T"),
    ("鲁q88z66把盲道占了", "鲁q88z66"),
    ("新能源的 沪AD12345", "沪AD12345"),
    ("车牌 苏 G 12345", "苏 G 12345"),
    ("皖A-77889的货车", "皖A-77889"),
    ("豫Ｃ·９９８８７ 横停", "豫Ｃ·９９８８７"),
    ("津A.6B7C8漏油", "津A.6B7C8"),
    ("蘇G·55X66横著停", "蘇G·55X66"),
]
NO_PLATES = [
    "苏州来的车",
    "鲁菜馆门口",
    "3号楼A座",
    "电话13800001234",
    "G12345没有省",
    "京东快递车乱停",
    "苏打水500瓶",
]
PARTIES = [
    ("隔壁饭店的泔水倒沟里", "隔壁饭店"),
    ("对面水果店把筐子摆出来", "对面水果店"),
    ("楼下那家烤鱼店一股烟", "楼下那家烤鱼店"),
    ("老王火锅店门口全是油", "老王火锅店"),
    ("卖甘蔗的三轮车又来了", "卖甘蔗的三轮车"),
    ("修鞋的摆在路口", "修鞋的"),
    ("收废品的喇叭响一天", "收废品的"),
    ("菜摊占了半边路", "菜摊"),
    ("渣土车洒了一路", "渣土车"),
    ("ktv唱到三点", "ktv"),
    ("洗车行的水流到路上", "洗车行"),
    ("快递站的车堵着门", "快递站"),
    ("发传单的见人就塞", "发传单的"),
    ("苏G12345的渣土车洒了一路", "苏G12345"),
    ("外卖骑手在人行道上骑", "外卖骑手"),
]
NOBODY = [
    "路灯不亮了",
    "垃圾没人收",
    "收到的",
    "他卖我的东西坏了",
    "我到ktva站了",
    "今天吃火锅",
    "修你的车去",
    "树倒了",
]
SITES = [
    ("3号工地夜里打桩", "3号工地"),
    ("滨河花园夜里打桩", "滨河花园"),
    ("金辉工地一路泥", "金辉工地"),
    ("那个工地一路泥", None),
    ("桩机响了一夜", None),
]


def cut(text: str, span: tuple[int, int] | None) -> str | None:
    """The exact piece of what was written."""
    return clean(text).span(*span) if span else None


@pytest.mark.parametrize(("text", "plate"), PLATES)
def test_plate_is_cut_out_as_written(text: str, plate: str) -> None:
    """Small letters, gaps, full width, traditional signs."""
    assert [cut(text, span) for span in plates(clean(text).text)] == [plate]


@pytest.mark.parametrize("text", NO_PLATES)
def test_no_plate_is_heard_in_other_letters(text: str) -> None:
    """A province alone is none."""
    assert not plates(clean(text).text)


@pytest.mark.parametrize(("text", "who"), PARTIES)
def test_party_is_cut_out(text: str, who: str) -> None:
    """A plate before all else."""
    assert cut(text, party(clean(text).text)) == who


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_heard_where_nobody_is_named(text: str) -> None:
    """收到 is no collector."""
    assert party(clean(text).text) is None


@pytest.mark.parametrize(("text", "where"), SITES)
def test_site_has_a_number_or_a_name(text: str, where: str | None) -> None:
    """「那个工地」 has neither."""
    assert cut(text, site(clean(text).text)) == where
