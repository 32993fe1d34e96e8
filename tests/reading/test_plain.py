"""Plain demands, as textbooks have them, and talk with the same words: none of them is in the corpus.

Nobody is known, and neither the hour nor what others chat of decides anything.
"""

from datetime import UTC, datetime, timedelta

import pytest

from models.reading import Line, Scene, Step
from models.said import Said, Speaker
from models.words import Demand
from reading.reader import Reader

READER = Reader()
SOMEBODY = Speaker("7001")
HOURS = [datetime(2026, 5, 12, hour, 5, tzinfo=UTC) for hour in (23, 4, 7, 11, 14)]
"""7, 12, 15, 19 and 22 o'clock in China."""

DEMANDS = [
    ("有人在天桥口占道摆摊，请来处理一下", "09006", Demand.COMPLAINT),
    ("菜贩子把慢车道占了一半，麻烦派人来疏通", "09006", Demand.COMPLAINT),
    ("来了两辆流动摊贩的三轮，麻烦城管来劝离", "09001", Demand.COMPLAINT),
    ("杂货店出店经营，东西摆了一地，请管一管", "09005", Demand.COMPLAINT),
    ("水果店把筐子摆到人行道，麻烦来说一下", "09005", Demand.COMPLAINT),
    ("有车乱停在路口，请来贴条", "09009", Demand.COMPLAINT),
    ("机动车停在人行道上，麻烦来处理", "09009", Demand.COMPLAINT),
    ("门口电动车乱停放，请来整理一下", "09010", Demand.COMPLAINT),
    ("共享单车堵住人行道，请派人来搬走", "09011", Demand.COMPLAINT),
    ("消防通道停了车，麻烦赶快来清", "09012", Demand.REPORT),
    ("这里有一堆生活垃圾，请安排清理", "06010", Demand.REPORT),
    ("墙角垃圾发臭了，麻烦收一下", "06010", Demand.REPORT),
    ("垃圾箱满溢了，请派车来清运", "06042", Demand.REPORT),
    ("这条街很脏，麻烦扫扫", "06012", Demand.REPORT),
    ("路面坑坑洼洼，请来修一修", "06013", Demand.REPORT),
    ("货车撒了一路石子，麻烦清扫一下", "06014", Demand.REPORT),
    ("有人在空地上烧垃圾，请来制止", "06020", Demand.REPORT),
    ("餐馆油烟扰民，请查一查", "06027", Demand.COMPLAINT),
    ("商场门前喇叭噪音太大，麻烦管一下", "06028", Demand.COMPLAINT),
    ("楼下露天烧烤又开了，能不能来管管", "06029", Demand.COMPLAINT),
    ("小饭馆乱倒污水，请你们来看看", "06030", Demand.COMPLAINT),
    ("楼前有人乱堆杂物，麻烦来清走", "06036", Demand.REPORT),
    ("邻居私搭棚子，请来看看", "06001", Demand.REPORT),
    ("有人沿街晾晒被褥，请来劝说一下", "06007", Demand.REPORT),
    ("这里有辆废弃车，麻烦拖走", "06034", Demand.REPORT),
    ("路边有死猫，请来清理", "06037", Demand.REPORT),
    ("有人私装地锁，请派人拆除", "06040", Demand.REPORT),
    ("有人毁绿种菜，麻烦来管", "06045", Demand.REPORT),
    ("电杆上贴了小广告，请派人清除", "07001", Demand.HELP),
    ("有人在街头发传单，麻烦管一管", "07002", Demand.REPORT),
    ("工地夜里施工太吵，请派人来看看", "08001", Demand.COMPLAINT),
    ("工地扬尘严重，麻烦来管一下", "08004", Demand.COMPLAINT),
    ("渣土运输车敞着口跑，麻烦来拦查", "08011", Demand.REPORT),
    ("桥面结冰了，麻烦派人撒盐", "10001", Demand.REPORT),
    ("路口井盖没了，请赶紧来修", "01023", Demand.REPORT),
    ("我家门前路灯不亮了，请来修修", "01037", Demand.HELP),
    ("十字路口信号灯坏了，麻烦派人来修", "02014", Demand.REPORT),
    ("公厕脏得很，请派人打扫", "03001", Demand.REPORT),
    ("大树倒了，麻烦来锯一下", "04002", Demand.REPORT),
    ("路中护栏倒了，请来扶起来", "02017", Demand.REPORT),
    ("楼角广告牌要掉下来了，请派人加固", "03006", Demand.REPORT),
]
TALK = [
    "昨天路口乱停车，交警来贴过条了",
    "前天有人烧垃圾，后来灭了",
    "上个月门口路灯不亮，现在修好了",
    "占道经营的处罚标准发我一份",
    "谁有井盖的图纸，发我看看",
    "谁家电动车停门口，自己挪一下",
    "谁家的垃圾自己拎走",
    "麻烦谁帮我把水果筐抬进来",
    "麻烦大家帮忙转发一下",
    "店里下水道堵了，谁认识疏通的师傅",
    "家里马桶漏水，哪个会修",
    "我家门锁坏了，谁会修",
    "请各位业主把杂物搬走",
    "请各商家收好店外的东西",
    "请大家不要乱扔垃圾",
    "请大家别把车停在门口",
    "通知：明天修路灯，请注意安全",
    "要是有人乱停车，大家提醒一句",
    "要是垃圾桶满了，麻烦大家先别扔",
    "如果有摊贩来，大家互相说一下",
    "听说烧烤摊要被管了",
    "听说路口要修红绿灯",
    "小广告已经清了，谢谢城管",
    "路灯修好了，谢谢师傅",
    "违停车辆已拖走",
    "今天清理小广告四十张，劝离摊贩五个",
    "高价收旧家具，上门来拉",
    "疏通下水道，随叫随到",
    "请来我家吃饭，有烧烤",
    "来人帮我卸下货",
    "哈哈，占道的老王被抓现行",
    "我打算自己把门口的坑补一下",
]


def _steps(words: str, *before: tuple[int, str, str]) -> list[Step]:
    """What becomes of it at each of the hours; `before`: how many minutes, who, what."""
    reading = READER.read(words, SOMEBODY)
    return [
        READER.judge(Said("c", "9", at, SOMEBODY.id, text=words), SOMEBODY, reading, _scene(at, before)).step
        for at in HOURS
    ]


def _scene(at: datetime, before: tuple[tuple[int, str, str], ...]) -> Scene:
    people = [(ago, Speaker(who), words) for ago, who, words in before]
    return Scene(
        tuple(
            Line(str(number), at - timedelta(minutes=ago), who, words, READER.read(words, who))
            for number, (ago, who, words) in enumerate(people)
        )
    )


@pytest.mark.parametrize(("words", "matter", "demand"), DEMANDS)
def test_plain_demand_opens_at_every_hour(words: str, matter: str, demand: Demand) -> None:
    """A ticket, under the code and the demand that a clerk would write."""
    found = READER.read(words, SOMEBODY).found
    assert set(_steps(words)) == {Step.OPEN}
    assert found is not None
    assert (found.matter, found.demand) == (matter, demand)


@pytest.mark.parametrize("words", TALK)
def test_talk_with_the_same_words_stays_talk(words: str) -> None:
    """Neither a ticket nor a question."""
    assert {Step.OPEN, Step.ASK}.isdisjoint(_steps(words))


@pytest.mark.parametrize(
    "before",
    [
        [(1, "7002", "早上好，今天风真大")],
        [(9, "7002", "谁家有多的零钱，换一千"), (5, "7003", "我有，来拿")],
        [(30, "7001", "今天生意不错啊"), (28, "7002", "还行")],
        [(2, "7002", "中午吃什么？")],
    ],
    ids=["good morning", "change", "her own", "a question"],
)
def test_chat_of_the_others_decides_nothing(before: list[tuple[int, str, str]]) -> None:
    """Good morning of a minute ago makes a demand no talk: 19 in 20 open; the quiet stay so."""
    demands = [step for words, *_ in DEMANDS for step in _steps(words, *before)]
    assert demands.count(Step.OPEN) / len(demands) > 0.95
    assert {Step.OPEN, Step.ASK}.isdisjoint(step for words in TALK for step in _steps(words, *before))


@pytest.mark.parametrize(
    ("words", "demand"),
    [
        ("举报一下，楼上那家私自搭了阳光房", Demand.REPORT),
        ("我要投诉，路面破成这样没人修", Demand.COMPLAINT),
        ("我不是来投诉的，就是告诉一声路灯不亮了", Demand.REPORT),
    ],
)
def test_who_says_which_it_is_has_it_so(words: str, demand: Demand) -> None:
    """「举报」 and 「投诉」 at the beginning go before what the matter mostly is."""
    found = READER.read(words, SOMEBODY).found
    assert found is not None
    assert found.demand is demand
