"""Which plain words ask for figures, what about, and which are left alone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading import asking, calendar, naming
from reading.registers import Names
from reading.topics import Topic

TODAY = date(2026, 11, 25)
NAMES = Names(
    ("一中队", "三中队"),
    ("郁洲街道", "新港街道"),
    ("A01网格", "320706001001002"),
    {"郁洲街道城管共建群": 1},
    {"白洋": 2, "孙倩": 3},
)
ASKED: list[tuple[str, str, Topic, dict[str, str | int]]] = [
    ("今天怎么样", "今天", Topic.ALL, {}),
    ("这周怎么样？", "本周", Topic.ALL, {}),
    ("上周凤鸣路的占道", "上周", Topic.ALL, {"road": "凤鸣路", "matter": "09006"}),
    ("三中队本月", "本月", Topic.ALL, {"squad": "三中队"}),
    ("三中队怎么样", "今天", Topic.ALL, {"squad": "三中队"}),
    ("谁手上积压最多", "今天", Topic.LOAD, {}),
    ("谁最忙", "今天", Topic.LOAD, {}),
    ("721比例", "本月", Topic.MEANS, {}),
    ("和上个月比", "本月", Topic.COMPARED, {}),
    ("本月比上月如何", "本月", Topic.COMPARED, {}),
    ("这周比上周多了吗", "本周", Topic.COMPARED, {}),
    ("今年同比", "今年", Topic.COMPARED, {}),
    ("白洋这周办了多少件", "本周", Topic.ALL, {"officer": 2}),
    ("郁洲街道上月垃圾", "上月", Topic.ALL, {"street": "郁洲街道", "about": "垃圾"}),
    ("郁洲上月情况", "上月", Topic.ALL, {"street": "郁洲街道"}),
    ("郁洲街道城管共建群本月情况", "本月", Topic.ALL, {"group": 1}),
    ("A01网格本月", "本月", Topic.ALL, {"grid": "A01网格"}),
    ("网格320706001001002上月", "上月", Topic.ALL, {"grid": "320706001001002"}),
    ("哪里投诉最多", "本月", Topic.PLACES, {}),
    ("超期的有哪些", "今天", Topic.LATE, {}),
    ("有没有超期的", "今天", Topic.LATE, {}),
    ("本月满意度", "本月", Topic.SATISFACTION, {}),
    ("本月三率", "本月", Topic.SATISFACTION, {}),
    ("街面秩序类本月", "本月", Topic.ALL, {"major": "街面秩序类"}),
    ("最近7天井盖", "最近7天", Topic.ALL, {"about": "井盖"}),
    ("上个月的报表发一下", "上月", Topic.ALL, {}),
    ("一中队上月接单用时", "上月", Topic.TIMES, {"squad": "一中队"}),
    ("汇总 上周", "上周", Topic.ALL, {}),
    ("今年以来怎么样", "今年以来", Topic.ALL, {}),
    ("三中队上月5号到10号", "10月5日至10日", Topic.ALL, {"squad": "三中队"}),
    ("按期结案率", "本月", Topic.IN_TIME, {}),
    ("三中队按期率", "本月", Topic.IN_TIME, {"squad": "三中队"}),
    ("上月按期处置率", "上月", Topic.IN_TIME, {}),
    ("响应率", "本月", Topic.SATISFACTION, {}),
    ("上周三中队", "上周", Topic.ALL, {"squad": "三中队"}),
    ("凤鸣路附近上月", "上月", Topic.ALL, {"road": "凤鸣路"}),
    ("未办结的有多少", "今天", Topic.LOAD, {}),
    ("积压最多的是谁", "今天", Topic.LOAD, {}),
    ("谁超期最多", "今天", Topic.LATE, {}),
    ("本月热点", "本月", Topic.PLACES, {}),
    ("本月执法多少件", "本月", Topic.MEANS, {}),
    ("今天新增多少", "今天", Topic.ALL, {}),
    ("昨天的情况汇报一下", "昨天", Topic.ALL, {}),
    ("这周比上周好还是差", "本周", Topic.COMPARED, {}),
    ("咱们这周干得怎么样", "本周", Topic.ALL, {}),
    ("国庆期间占道多少", "国庆期间", Topic.ALL, {"matter": "09006"}),
    ("三中队全年", "今年", Topic.ALL, {"squad": "三中队"}),
    ("和去年同期比", "今年", Topic.COMPARED, {}),
    ("本月比去年同期多了吗", "本月", Topic.COMPARED, {}),
    ("今年以来和去年同期比怎么样", "今年以来", Topic.COMPARED, {}),
    ("哪个中队积压最多", "今天", Topic.LATE, {}),
    ("哪个中队超期最多", "今天", Topic.LATE, {}),
    ("各中队本月情况", "本月", Topic.SQUADS, {}),
    ("哪条路投诉最多", "本月", Topic.PLACES, {}),
    ("本月重复最多的地方", "本月", Topic.PLACES, {}),
    ("上周投诉最多的路段", "上周", Topic.PLACES, {}),
    ("这个周怎么样", "本周", Topic.ALL, {}),
    ("白洋这个月干了多少", "本月", Topic.ALL, {"officer": 2}),
    ("一中队手上几件", "今天", Topic.LOAD, {"squad": "一中队"}),
    ("上月5号到10号店外经营", "10月5日至10日", Topic.ALL, {"matter": "09005"}),
    ("A01网格本月", "本月", Topic.ALL, {"grid": "A01网格"}),
    ("哪个队员办得最多", "本月", Topic.DONE, {}),
    ("上周谁办结最多", "上周", Topic.DONE, {}),
    ("平均多久到场", "本月", Topic.TIMES, {}),
    ("各中队怎么样", "本月", Topic.SQUADS, {}),
    ("上周按中队", "上周", Topic.SQUADS, {}),
    ("每个中队上周多少单", "上周", Topic.SQUADS, {}),
    ("哪个中队最忙", "本月", Topic.SQUADS, {}),
    ("本月哪个中队工单最多", "本月", Topic.SQUADS, {}),
    ("中队排名", "本月", Topic.SQUADS, {}),
    ("各中队本月满意率", "本月", Topic.SATISFACTION, {}),
    ("各中队超期多少", "今天", Topic.LATE, {}),
    ("还有多少没办完", "今天", Topic.LOAD, {}),
    ("按期结案率多少", "本月", Topic.IN_TIME, {}),
    ("本月按期结案率多少", "本月", Topic.IN_TIME, {}),
    ("接单要多久", "本月", Topic.TIMES, {}),
    ("昨天几单", "昨天", Topic.ALL, {}),
    ("今天多少起", "今天", Topic.ALL, {}),
    ("流动摊贩本月", "本月", Topic.ALL, {"matter": "09001"}),
    ("3中队本月", "本月", Topic.ALL, {"squad": "三中队"}),
    ("11月3中队情况", "11月", Topic.ALL, {"squad": "三中队"}),
    ("今天怎麼樣", "今天", Topic.ALL, {}),
    ("這週怎麼樣", "本周", Topic.ALL, {}),
    ("誰手上積壓最多", "今天", Topic.LOAD, {}),
]


@pytest.mark.parametrize(("words", "name", "topic", "which"), ASKED, ids=[row[0] for row in ASKED])
def test_plain_question_is_understood(words: str, name: str, topic: Topic, which: dict[str, str | int]) -> None:
    """Its period, what it is about, which tickets."""
    assert asking.perhaps(words)
    question = asking.understand(words, NAMES, TODAY)
    assert question.plain
    assert (question.days.name, question.topic, question.which) == (name, topic, which)


@pytest.mark.parametrize(
    ("words", "against"),
    [("11月和10月比", "10月同期"), ("本月和9月比", "9月同期"), ("10月和9月比", "9月"), ("和去年同期比", "去年同期")],
)
def test_what_is_not_over_is_compared_with_a_part_and_says_so(words: str, against: str) -> None:
    """Of November until today the same days of October are meant: they are not called October."""
    days = asking.understand(words, NAMES, TODAY).days
    assert days.against_by(ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 25, 4, tzinfo=UTC)) == against


@pytest.mark.parametrize("words", ["和去年同期比", "今年比去年同期多了吗", "今年以来跟去年同期相比"])
def test_same_days_of_last_year_are_compared(words: str) -> None:
    """Not the whole of last year, and not the days just before."""
    days = asking.understand(words, NAMES, TODAY).days
    assert days.against == "去年同期"
    assert days.before == (date(2025, 1, 1), days.last.replace(year=2025))


BESIDE: list[tuple[str, str, Topic, dict[str, str | int], dict[str, str | int]]] = [
    ("三中队和一中队比", "本月", Topic.VERSUS, {"squad": "三中队"}, {"squad": "一中队"}),
    ("凤鸣路跟凤凰路这个月哪个多", "本月", Topic.VERSUS, {"road": "凤鸣路"}, {"road": "凤凰路"}),
    ("三中队比一中队多吗", "本月", Topic.VERSUS, {"squad": "三中队"}, {"squad": "一中队"}),
    ("对比一下三中队和一中队", "本月", Topic.VERSUS, {"squad": "三中队"}, {"squad": "一中队"}),
    ("三中队跟一中队今年差多少", "今年", Topic.VERSUS, {"squad": "三中队"}, {"squad": "一中队"}),
    ("三中队和一中队上周的满意率哪个高", "上周", Topic.SATISFACTION, {"squad": "三中队"}, {"squad": "一中队"}),
    ("三中队和一中队超期哪个多", "本月", Topic.LATE, {"squad": "三中队"}, {"squad": "一中队"}),
    ("一中队比三中队接单快吗", "本月", Topic.TIMES, {"squad": "一中队"}, {"squad": "三中队"}),
    ("白洋和孙倩谁办得多", "本月", Topic.VERSUS, {"officer": 2}, {"officer": 3}),
    ("占道和垃圾这个月哪个多", "本月", Topic.VERSUS, {"matter": "09006"}, {"about": "垃圾"}),
    ("上月凤鸣路还是凤凰路占道多", "上月", Topic.VERSUS,
     {"matter": "09006", "road": "凤鸣路"}, {"matter": "09006", "road": "凤凰路"}),
    ("郁洲街道和新港街道上月占道比较", "上月", Topic.VERSUS,
     {"matter": "09006", "street": "郁洲街道"}, {"matter": "09006", "street": "新港街道"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "name", "topic", "one", "other"), BESIDE, ids=[row[0] for row in BESIDE])
def test_two_parts_are_set_beside_each_other(
    words: str, name: str, topic: Topic, one: dict[str, str | int], other: dict[str, str | int]
) -> None:
    """Both sides, what they have in common on both, and what about; without a period this month."""
    assert asking.perhaps(words)
    question = asking.understand(words, NAMES, TODAY)
    assert question.plain
    assert question.beside is not None
    assert (question.days.name, question.topic, question.which, question.beside.which) == (name, topic, one, other)


@pytest.mark.parametrize(
    "words",
    ["三中队和凤鸣路比", "三中队和三中队比", "三中队和一中队", "小张和小李谁高", "苹果和梨哪个好吃",
     "我家和他家门口哪个好", "凤鸣路和凤凰路交叉口有人摆摊", "凤鸣路和凤凰路的路灯比以前少了", "三中队和四中队比"],
)  # fmt: skip
def test_what_cannot_be_compared_is_no_question(words: str) -> None:
    """Different kinds, one and the same, talk of the street, somebody whom nobody knows."""
    assert not asking.understand(words, NAMES, TODAY).plain


@pytest.mark.parametrize(
    "words",
    [
        "生意怎么样",
        "今天生意怎么样",
        "今天天气怎么样",
        "明天怎么样",
        "今天吃什么",
        "今天谁值班",
        "昨天的会议纪要",
        "白洋",
        "三中队",
        "今天下午开会",
        "周末去哪里",
        "凤鸣路18号有人占道",
        "昨天",
        "上周三",
        "好的",
        "收到",
        "这边垃圾没人管",
        "路边停车怎么样",
        "今天卖了多少单",
        "你三中队的吧",
        "昨天几点收摊",
        "昨晚生意怎么样",
        "昨晚有人占道",
        "今晚夜班谁值",
        "昨天跑了几单",
        "今天几单生意",
        "今天好几起",
        "还有多少没搬完",
        "各中队注意",
        "多久到",
        "手上有活吗",
        "上月5号店里来人",
        "今天干了多少活",
        "各中队",
        "各中队今天到局里开会",
        "按中队站好",
        "本月前三天下雨",
        "前三天下雨",
        "上月5号有人占道",
        "国庆期间值班",
        "近半年生意不好",
        "周一到周五上班",
        "哪个中队值班",
        "13中队本月",
        "哪个中队的人最高",
        "各中队按期率要重视",
        "哪个中队满意率最高就奖励",
    ],
)
def test_talk_is_no_question(words: str) -> None:
    """Not wholly understood, or nothing to know of it; a period alone is one only where nobody else is spoken to."""
    assert not asking.understand(words, NAMES, TODAY).plain


@pytest.mark.parametrize("words", ["要多久", "没办完", "结案率", "接单", "几单", "多少钱"])
def test_half_a_question_is_not_looked_at(words: str) -> None:
    """Among people these are said to people."""
    assert not asking.perhaps(words)


@pytest.mark.parametrize("words", ["昨天", "3月", "3月5日到3月8日", "去年", "最近7天", "第三季度"])
def test_period_alone_is_bare(words: str) -> None:
    """Understood, and nothing else said."""
    question = asking.understand(words, NAMES, TODAY)
    assert question.bare
    assert not question.plain


def test_own_figures_are_asked_for_by_name_of_nobody() -> None:
    """我的, and not 我们."""
    assert asking.understand("我上周的情况", NAMES, TODAY).mine
    assert not asking.understand("我们上周的情况", NAMES, TODAY).mine


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("09006", {"matter": "09006"}),
        ("占道经营", {"matter": "09006"}),
        ("街面秩序", {"major": "街面秩序类"}),
        ("井盖", {"about": "井盖"}),
        ("没有这种事", {}),
        ("凤鸣路", {}),
    ],
)
def test_matter_by_code_name_or_word(name: str, which: dict[str, str | int]) -> None:
    """As the command line takes it."""
    assert naming.matter_of(name) == which


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_said_is_a_question_or_not(words: str) -> None:
    """Nothing breaks, and what is plain was wholly understood."""
    try:
        question = asking.understand(words, NAMES, TODAY)
    except calendar.NoSuchDay:
        return
    assert not (question.plain and question.rest)
