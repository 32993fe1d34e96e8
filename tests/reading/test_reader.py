"""What one sentence says: tables of our own sentences, and laws that hold for any words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.reading import Act
from models.said import Speaker
from models.words import Demand, Scope
from reading.cleaning import clean
from reading.reader import Reader

READER = Reader()
OFFICER = Speaker("1", "officer")

WANTED = [
    ("这里有货车路边卖水果，堵住我们门前小路，能不能过来管理？", "09006"),
    ("卖红薯的三轮车又占了半边路，来个人管管", "09001"),
    ("路边露天烧烤又摆出来了，烟呛得睡不着", "06029"),
    ("隔壁饭店桌子摆到人行道上，行人没法走", "09005"),
    ("有车停我门口堵死了，货卸不了，麻烦处理一下", "09009"),
    ("共享单车倒了一地，盲道都堵了", "09011"),
    ("消防通道被货车占了，太危险，快来人", "09012"),
    ("门口垃圾桶满了三天没人收，臭死了", "06042"),
    ("有人半夜偷倒渣土在我店后面", "06011"),
    ("路面塌了一个坑，刚才电动车摔倒了", "06013"),
    ("渣土车洒了一路石子，没人扫", "06014"),
    ("对面ktv唱到两点，吵得睡不着", "06028"),
    ("电线掉下来了拖在地上，危险", "10002"),
    ("井盖没了，差点掉进去", "01023"),
    ("路灯不亮了，晚上一片黑，能不能来修", "01037"),
    ("树枝断了砸到车，请尽快处理", "04002"),
    ("工地夜里还在打桩，吵死了，有没有人管", "08001"),
    ("墙上贴满小广告，清一下吧", "07001"),
    ("公厕堵了，水都流到外面", "03001"),
    ("楼上私搭乱建，又在加盖，来看看", "06001"),
]
TALK = [
    "早上好各位老板，今天风真大",
    "谁家有多的零钱，换一千",
    "昨晚的球你看了没",
    "我老婆说我天天躺沙发，是家里的钉子户哈哈",
    "本店新到冬枣，八折，需要的老板私我",
    "收到",
    "谢谢城管的同志，清走了，效率真高",
    "听说南京那边地摊全放开了",
    "各位商户请注意，明天检查组过来，请自觉收好门口的货，谢谢配合",
    "想起去年夏天那帮烧烤摊，烟大得跟着火一样，今年好多了",
    "谁的电动车停我门口了，帮忙挪一下哈",
    "有人捡到一串钥匙吗，蓝色挂绳的",
    "孩子作业写到十一点，头都大了",
    "房租又涨了，生意难做",
    "不吵了，已经走了",
    "👍",
]


@pytest.mark.parametrize(("words", "matter"), WANTED)
def test_demand_is_heard_and_its_matter_named(words: str, matter: str) -> None:
    """A clerk would open a ticket under this code."""
    reading = READER.read(words)
    assert reading.scope is Scope.CITY
    assert reading.act is Act.OPENING
    assert reading.found is not None
    assert reading.found.matter == matter
    assert reading.why


@pytest.mark.parametrize("words", TALK)
def test_talk_is_left_alone(words: str) -> None:
    """No ticket, and not even a question."""
    reading = READER.read(words)
    assert reading.act is not Act.OPENING
    assert reading.score < READER.sure.ask


@pytest.mark.parametrize(
    ("words", "demand"),
    [
        ("请问门口装个雨棚要办什么手续", Demand.INQUIRY),
        ("建议学校门口加个垃圾桶", Demand.SUGGESTION),
        ("有个老人走丢了，说不清家在哪，帮帮忙", Demand.HELP),
        ("路灯坏了，来修一下", Demand.REPORT),
        ("隔壁店占道经营，来管管", Demand.COMPLAINT),
    ],
)
def test_demand_is_one_of_the_hotlines_five(words: str, demand: Demand) -> None:
    """投诉 举报 求助 咨询 建议."""
    found = READER.read(words).found
    assert found is not None
    assert found.demand is demand


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("着火了！配电箱冒火，快来人", "119"),
        ("有人被砸到头流血了，快来", "120"),
        ("两伙人打起来了，拿着棍子", "110"),
        ("路口撞车了，路堵死了", None),
        ("三楼窗户冒黑烟了快来人", "119"),
        ("出租车撞了个骑车的学生，人躺着", "122"),
        ("有人触电倒了，快来", "120"),
        ("桥底下躺着个人，喊了半天也不应", "120"),
        ("两个人抡着酒瓶对着砸", "110"),
        ("孩子刚才还在门口玩，一转眼找不到了", "110"),
        ("充电棚里电动车冒烟了，谁来管", "119"),
        ("挖机把煤气管挖断了，味道冲得很", "119"),
        ("店门口有个大爷倒下去了，喊他不应", "120"),
        ("师傅从架子上摔下来，腿动不了", "120"),
        ("有个小孩站我店里哭，说不清家在哪", "110"),
        ("有人掉河里了快来人", "110"),
        ("货车把骑车的大姐刮倒了", "122"),
        ("门口护栏被车撞歪了，来修一下", None),
        ("楼道堆满纸箱，万一着火怎么办，来管管", None),
        ("路口车祸，电动车被车撞了", "122"),
        ("火锅店油烟太大，来管管", None),
        ("社区今天消防演练，大家别慌", None),
    ],
)
def test_emergency_names_the_number_to_call(words: str, number: str | None) -> None:
    """And a hot-pot shop is no fire."""
    found = READER.read(words).found
    assert (found.emergency if found else None) == number


@pytest.mark.parametrize("words", ["家里停水了，谁来管", "电费交了还停电，找谁", "老板欠薪三个月不给工资，投诉"])
def test_other_departments_business_is_told_apart(words: str) -> None:
    """Still a demand, but not the city management's."""
    assert READER.read(words).scope is Scope.ELSEWHERE


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("收到，马上到", Act.TAKING),
        ("我们到了", Act.ARRIVING),
        ("已劝离，路通了", Act.DONE),
        ("这个归供电公司管", Act.ANSWER),
    ],
)
def test_officers_words_are_acts(words: str, act: Act) -> None:
    """What moves a ticket when it is said by hand."""
    assert READER.read(words, OFFICER).act is act


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("怎么还没来人啊", Act.CHASER),
        ("没解决，还在那", Act.DISPUTE),
        ("谢谢，处理好了", Act.THANKS),
        ("城管在吗", Act.HALF),
    ],
)
def test_what_follows_is_told_apart(words: str, act: Act) -> None:
    """Chaser, dispute, thanks, a half."""
    assert READER.read(words).act is act


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("凤鸣路18号门口有人摆摊，来管管", "凤鸣路18号门口"),
        ("苍梧路和科苑路路口井盖没了，危险", "苍梧路和科苑路路口"),
        ("货车停在凤鸣路22号门口，堵死了，来管管", "凤鸣路22号门口"),
        ("幸福小区东门垃圾没人收，臭死了", "幸福小区东门"),
        ("蓝湾路公厕没人冲，臭得进不去，来管管", "蓝湾路公厕"),
        ("有辆面包车停我店门口卖瓜，来管管", "我店门口"),
    ],
)
def test_place_is_cut_out_whole(words: str, place: str) -> None:
    """Exact words of the message."""
    assert place in READER.read(words).places


def test_plate_is_the_party() -> None:
    """A number plate names whom to look for."""
    found = READER.read("苏G·8K21T 天天停我门口堵死，来管管").found
    assert found is not None
    assert found.party == "苏G·8K21T"


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("卖烤肠的又停我门口，一地竹签，来管管", "卖烤肠的"),
        ("隔壁火锅店的油烟全灌进我家，谁来管管", "火锅店"),
        ("老灶烧烤的烟天天往我窗户里灌", "烧烤"),
        ("学院路路灯不亮了，来修一下", None),
        ("城管来看看，门口井盖没了", None),
    ],
)
def test_party_is_who_does_it(words: str, party: str | None) -> None:
    """A stall or shop by what people call it; no road, and nobody who is called for help."""
    found = READER.read(words).found
    assert found is not None
    assert (found.party is None) if party is None else (found.party is not None and party in found.party)


def test_telephone_number_is_no_place() -> None:
    """However it stands in the words."""
    assert not any(place.isdigit() for place in READER.read("小广告又贴满卷帘门 电话13800001234").places)


def test_two_matters_in_one_message_are_two() -> None:
    """Each gets a ticket."""
    founds = READER.read("门口垃圾没人收，还有路灯不亮了，来处理一下").founds
    assert [found.matter for found in founds] == ["06010", "01037"]


@settings(max_examples=300)
@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_any_words_are_read_without_a_fault_and_spans_are_exact(words: str) -> None:
    """NUL, surrogates, bidi marks: a reading, and every span is a piece of the words."""
    reading = READER.read(words)
    assert 0 <= reading.score <= 1
    assert all(place and place in words for place in reading.places)
    assert all(found.party is None or found.party in words for found in reading.founds)


PIECES = st.lists(
    st.sampled_from(
        ["门口", "凤鸣路18号", "摆摊", "堵住", "，", "来管管", "Ａ１", "門", "\u200b", "隔壁饭店", "苏G12345", " "]
    )
)


@settings(max_examples=300)
@given(PIECES)
def test_spans_survive_full_width_traditional_and_hidden_signs(pieces: list[str]) -> None:
    """Cleaning changes signs; what is given back is the original's."""
    words = "".join(pieces)
    reading = READER.read(words)
    assert all(place in words for place in reading.places)


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(words: str) -> None:
    """Idempotent."""
    once = clean(words).text
    assert clean(once).text == once


@pytest.mark.parametrize(
    "figures", ["https://uri.amap.com/marker?position=119.2213,34.5937&name=x", "34.5937,119.2213", "http://t.cn/Rx120"]
)
def test_letters_of_links_and_coordinates_are_not_read(figures: str) -> None:
    """119 in a longitude is no fire."""
    plain, linked = READER.read("有人占道摆摊，麻烦来管一下"), READER.read(f"有人占道摆摊，麻烦来管一下 {figures}")
    assert linked.found is not None
    assert plain.found is not None
    assert (linked.found.matter, linked.found.emergency) == (plain.found.matter, None)
    assert linked.places == plain.places


def test_ten_megabytes_are_read_in_a_moment() -> None:
    """Only the beginning counts."""
    assert READER.read("堵" * 10_000_000).score <= 1


@pytest.mark.parametrize("before", [0, 12])
def test_place_is_found_wherever_it_stands_in_a_long_story(before: int) -> None:
    """The chain marks the first signs, the patterns what comes after."""
    story = "我在这里住了二十年，说了多少回了也没有人来看一眼，心里真不是滋味。"
    words = story * before + "凤鸣路18号门口垃圾没人清，麻烦来处理。" + story * (12 - before)
    assert "凤鸣路18号门口" in READER.read(words).places


@pytest.mark.parametrize(
    ("words", "matters"),
    [
        ("门口垃圾没人收 还有路灯也不亮", {"06010", "01037"}),
        ("一个是井盖翘起来了 一个是对面烧烤店油烟太大 都麻烦看下", {"01002", "06027"}),
        ("1.门口井盖响 2.路灯不亮 3.墙上小广告 麻烦都处理一下", {"01002", "01037", "07001"}),
        ("路灯坏了来修一下，井盖也松了", {"01037", "01023"}),
        ("我要投诉两件事，一是占道经营，二是油烟扰民", {"09006", "06027"}),
        ("垃圾桶满了，路上也到处是垃圾", {"06042"}),
        ("门口摆摊的又来了，喇叭也一直叫", {"09006"}),
        ("井盖松了，一压就响，我家孩子也睡不着", {"01023"}),
    ],
)
def test_matters_of_one_message_are_as_many_as_were_told(words: str, matters: set[str]) -> None:
    """Counted, listed, or joined by 也; one thing under two names stays one."""
    found = READER.read(words).founds
    assert len(found) == len(matters)
    assert len({one.matter for one in found} & matters) >= min(len(matters), 2) or len(matters) == 1
