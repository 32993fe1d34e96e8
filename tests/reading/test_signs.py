"""What the rules make of a text before any model: which matter its words speak for, what it does, how much it wants."""

import pytest

from models.reading import Act
from reading.cleaning import clean
from reading.cues import scan
from reading.matters import weigh
from reading.signs import Signs, signs_of

MATTERS = [
    ("卖玉米的三轮车又来了", "09001"),
    ("路边摆摊，过不去", "09006"),
    ("店外经营，桌子摆到路上", "09005"),
    ("小车横停堵着门", "09009"),
    ("电动车停满了，走不了", "09010"),
    ("共享单车倒一片", "09011"),
    ("消防通道被占了", "09012"),
    ("路灯不亮", "01037"),
    ("井盖没了", "01023"),
    ("垃圾桶满了没人收", "06042"),
    ("小广告贴满墙", "07001"),
    ("油烟大得开不了窗", "06027"),
    ("半夜施工打桩", "08001"),
    ("渣土车洒了一路", "06014"),
    ("公厕堵了", "03001"),
    ("路面塌了个坑", "06013"),
]
NO_MATTER = ["今天天气不错", "早上好", "谁有零钱", "明天见", "👍", "苏G12345", "我在门口"]
ACTS = [
    ("凤翔路18号门口有人摆摊，麻烦来管管", "merchant", Act.OPENING),
    ("垃圾堆了三天没人收，臭死了，谁来管", "merchant", Act.OPENING),
    ("凤翔路十八号门口", "merchant", Act.HALF),
    ("在吗", "merchant", Act.HALF),
    ("怎么还没来", "merchant", Act.CHASER),
    ("又来了，还在那", "merchant", Act.DISPUTE),
    ("谢谢，弄好了", "merchant", Act.THANKS),
    ("今天客人真多", "merchant", Act.TALK),
    ("各位商户收好门口的货", "merchant", Act.TALK),
    ("马上到", "officer", Act.TAKING),
    ("到现场了", "officer", Act.ARRIVING),
    ("已劝离", "officer", Act.DONE),
    ("这个归水务管", "officer", Act.ANSWER),
    ("马上去", "worker", Act.TAKING),
    ("补好了", "worker", Act.DONE),
    ("马上去", "merchant", Act.TALK),
    ("补好了", "merchant", Act.TALK),
]
MORE = [
    ("有人摆摊", "有人摆摊，麻烦来管管"),
    ("路灯不亮", "路灯不亮，快来人，太危险"),
    ("听说路口有人摆摊", "路口有人摆摊"),
    ("去年这里摆摊堵路", "这里摆摊堵路"),
    ("如果有人占道摆摊", "有人占道摆摊"),
    ("垃圾没人收，哈哈", "垃圾没人收"),
    ("通知：小广告要清理", "小广告要清理"),
    ("高价回收旧电动车，私我", "旧电动车堵路"),
    ("货车堵门", "货车堵门，苏G·12345"),
    ("垃圾没人收，谢谢，清走了", "垃圾没人收"),
    ("谁家的车堵门了，挪下车", "有车堵门了，挪一下"),
    ("没事，不堵了", "堵了"),
    ("垃圾满了", "垃圾满了，厨房着火了"),
    ("我老公说路灯不亮", "路灯不亮"),
    ("路修好了，谢谢", "路修得真好，天天一身泥，谢谢这坑"),
]


def signs(text: str, role: str = "merchant") -> Signs:
    """What the rules find."""
    return signs_of(clean(text), role)[0]


@pytest.mark.parametrize(("text", "code"), MATTERS)
def test_matter_is_weighed_by_its_words(text: str, code: str) -> None:
    """The weightiest first."""
    assert weigh(scan(clean(text).text))[0].code == code


@pytest.mark.parametrize("text", NO_MATTER)
def test_words_without_a_matter_weigh_nothing(text: str) -> None:
    """Nothing outright, and no thing with its state."""
    assert not [one for one in weigh(scan(clean(text).text)) if one.score >= 1]


def test_state_must_stand_near_its_thing() -> None:
    """Fourteen signs, no more."""
    near, far = (weigh(scan(f"货架{'，' * apart}摆满")) for apart in (3, 20))
    assert near[0].score > 1 > far[0].score


@pytest.mark.parametrize(("text", "role", "act"), ACTS)
def test_words_are_an_act_by_whose_they_are(text: str, role: str, act: Act) -> None:
    """「马上去」 takes a ticket in an officer's mouth alone."""
    assert signs(text, role).act is act


@pytest.mark.parametrize(("less", "more"), MORE)
def test_words_speak_for_a_ticket_or_against(less: str, more: str) -> None:
    """Requests, haste, plates for; the past, hearsay, conditions, jokes, notices, thanks against."""
    assert signs(less).score < signs(more).score


def test_officers_words_open_less_easily() -> None:
    """They tell of work more than they ask for it."""
    words = "路口有人摆摊堵路，来管管"
    assert signs(words, "officer").score < signs(words).score


def test_why_names_the_words_that_decided() -> None:
    """In the words of the trade, with what was heard."""
    _, why = signs_of(clean("听说路灯不亮，麻烦来修"), "merchant")
    assert any(one.startswith("事项 01037") for one in why)
    assert "请求：麻烦、来修" in why
    assert "听说：听说" in why
