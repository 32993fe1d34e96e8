"""Danger and haste by words alone: what is called for at once, and the same words where nobody is in danger."""

import pytest

from models.said import Speaker
from reading.cleaning import clean
from reading.reader import Reader
from reading.urgency import emergency, urgent

READER = Reader()
DANGERS = [
    ("火锅店着火了，快来人", "119"),
    ("对面卷帘门缝里往外窜烟", "119"),
    ("液化气罐在喷，没人敢靠近", "119"),
    ("小孩掉井里了", "119"),
    ("有人卡在电梯里，喊了半天", "119"),
    ("货架倒了，人埋在板子下面", "119"),
    ("管道漏气，一屋子煤气味", "119"),
    ("粽子噎住了，一口气上不来", "120"),
    ("我爸怎么摇都不醒", "120"),
    ("他从楼梯滚下来，满头是血", "120"),
    ("电线泡在水里，踩进去的大姐一直抖个不停", "120"),
    ("老板心脏病犯了，靠在墙上", "120"),
    ("有个姑娘站在栏杆外面要跳", "110"),
    ("楼顶坐着一个人，腿在外面", "110"),
    ("我店里被几个人砸了", "110"),
    ("老太太坐我门口，问她家在哪也不知道", "110"),
    ("一个小孩站路口哭，找不到妈妈", "110"),
    ("三岁男孩迷路了，在我柜台后面", "110"),
]
HARMLESS = [
    "配电箱门敞着，小孩拿棍子往里捅",
    "烟囱天天冒黑烟，衣服都不敢晒",
    "店庆爆炸价，袜子一块一双",
    "人多得店里要挤爆炸了",
    "油锅起火怎么办，社区给讲了一课",
    "追尾险哪家便宜",
    "车祸后一地碎玻璃没人扫",
    "倒车把花盆撞倒了，没人赔",
    "叉车把防护墩撞倒了，来扶一下",
    "防中暑的绿豆汤，免费喝",
    "我家老人有心脏病，音响能不能小点",
    "气得我心脏病都犯了",
    "笑得我说不出话来",
    "两只猫在雨棚上打架",
    "为个车位打架一样，天天抢",
    "烟雾报警器老响，物业不来修",
    "小偷都懒得来这条街",
    "我家泰迪走丢了",
    "路灯的电线被偷了，一条街都黑",
    "落水管断了，水往店里流",
    "三轮车胎漏气，谁有打气筒",
    "上个月那起车祸的监控还有吗",
    "昨天中暑的小伙出院了",
    "社区今天演习，楼道着火是假的",
    "我家灶打不着火",
]
PRESSING = [
    ("树快倒了", True),
    ("路堵死了，车出不去", True),
    ("井盖没了，差点骑进去", True),
    ("电线掉下来了", True),
    ("水往店里淹", True),
    ("招牌要掉了", True),
    ("路面塌了一块", True),
    ("老太太在坑边摔倒了", True),
    ("占了消防通道", True),
    ("灯箱漏电", True),
    ("墙上有小广告", False),
    ("能不能装个垃圾桶", False),
    ("门口有人摆摊", False),
    ("路灯不亮", False),
    ("谢谢师傅", False),
]


@pytest.mark.parametrize(("words", "number"), DANGERS)
def test_danger_is_heard_by_its_words(words: str, number: str) -> None:
    """The number that is called first."""
    assert emergency(clean(words).text) == number


@pytest.mark.parametrize("words", HARMLESS)
def test_words_of_danger_in_harmless_use_call_nobody(words: str) -> None:
    """Neither by the rules nor by the model behind them."""
    found = READER.read(words, Speaker("7001")).found
    assert emergency(clean(words).text) is None
    assert found is None or found.emergency is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("火锅店的后厨着火了", "119"),
        ("报警器响了，厨房里冒黑烟", "119"),
        ("车祸后一地碎玻璃，司机晕过去了", "120"),
        ("两只猫打架把花盆推下来，砸到人头破了", "120"),
        ("昨天打架的那两家，今天又动刀了", "110"),
    ],
)
def test_harmless_words_hide_no_danger_beside_them(words: str, number: str) -> None:
    """They are passed over, no more."""
    assert emergency(clean(words).text) == number


@pytest.mark.parametrize(("words", "presses"), PRESSING)
def test_haste_is_in_the_words(words: str, presses: bool) -> None:
    """What cannot wait; the model weighs it with the rest."""
    assert urgent(clean(words).text) is presses
