"""What the words around a matter do in the talk, alone: each cue where it is heard, and where it must not be."""

import pytest

from reading.cleaning import clean
from reading.cues import scan, words

HEARD = [
    ("麻烦派人来看看", "request"),
    ("谁来管管这事", "request"),
    ("轮椅过不去", "problem"),
    ("去年这里就这样", "past"),
    ("小时候河边都是菜地", "past"),
    ("如果明天还停这儿再说", "condition"),
    ("万一砸到车呢", "condition"),
    ("听说要拆了", "hearsay"),
    ("抖音上看到的", "hearsay"),
    ("谢谢大家，弄好了", "thanks"),
    ("路灯亮了", "thanks"),
    ("各位老板，明天停水", "notice"),
    ("温馨提示：收到请回复", "notice"),
    ("新品八折，需要的老板私我", "advert"),
    ("不用来了，没事", "negation"),
    ("请问下要办什么手续", "inquiry"),
    ("建议装个减速带", "suggestion"),
    ("有个老人走丢了", "help"),
    ("我要举报", "report"),
    ("谁家的车挡门了", "neighbour"),
    ("我老婆天天念叨", "household"),
    ("城管在吗", "hello"),
    ("怎么还没来", "chaser"),
    ("前脚走后脚又摆上了", "dispute"),
    ("收到，马上到", "taking"),
    ("我们到了", "arriving"),
    ("已劝离", "done"),
    ("大家早，周末愉快", "greeting"),
]
UNHEARD = [
    ("路灯不亮了", "thanks"),
    ("路还没通了一半", "arriving"),
    ("垃圾没清走了", "thanks"),
    ("没解决", "thanks"),
    ("还没搞定", "done"),
    ("有人在吗", "report"),
    ("城管在吗", "report"),
    ("路边都是泥", "past"),
    ("来修一下灯", "advert"),
]
IRONY = [
    "这路修得真好，天天洗车",
    "隔壁真会做人，半夜三点请一条街听歌",
    "感谢楼上的空调水，我家门口天天下雨",
    "谢谢这坑，我一个月补了三次胎",
    "物业服务真到位，垃圾堆了五天没人动",
    "托工地的福，家里吃饭都不用放盐，全是灰",
    "免费洗脸，洒水车又来一趟，一身泥",
    "设计太妙了，井盖正好在门口，轮椅过不去",
    "真有创意，把桌子摆到盲道上，一排占满",
    "好一个步行街，电动车天天横着走",
    "总统待遇，出门就踩水坑",
    "停得真整齐，消防车都进不去",
    "多谢隔壁的油烟，熏得我不用做饭",
    "车摆得真漂亮，我家大门都堵上了",
    "这卫生搞的，服务真好，一地烟头没人扫",
]
MEANT = [
    "谢谢城管，门口的垃圾清走了",
    "路修得真好，再也不堵了",
    "感谢隔壁老板帮我看店",
    "师傅修得真好，灯亮了",
    "你家店装修得真漂亮",
    "谢谢大家捧场",
    "服务真好，下次还来",
    "多谢同志，处理好了",
    "今天的汤真好喝",
    "物业帮忙送来雨伞，真贴心",
    "感谢他把钥匙送来",
    "感谢隔壁的烟，熏肉省钱了，开玩笑的",
    "给他点赞，捡到钱包还等了半天",
    "这孩子真有才",
    "活干得真漂亮，值得表扬",
]
JOKES = [
    "哈哈，占道的是我自己",
    "笑死，他把城管当客人了",
    "说个笑话，井盖去旅游了",
    "昨晚梦见门口摆满地摊",
    "开玩笑的，别当真",
    "我编个段子，电线杆会走路",
    "别听他吹牛，哪有渣土车",
    "垃圾桶满了🤣",
]


def cues(text: str) -> set[str]:
    """The cues of a text."""
    return {hit.key for hit in scan(clean(text).text).hits if hit.kind == "cue"}


@pytest.mark.parametrize(("text", "cue"), HEARD)
def test_cue_is_heard(text: str, cue: str) -> None:
    """By its own words."""
    assert cue in cues(text)


@pytest.mark.parametrize(("text", "cue"), UNHEARD)
def test_cue_is_not_heard_where_it_is_denied_or_a_piece_of_another(text: str, cue: str) -> None:
    """「不亮了」 is no 「亮了」, 「有人在吗」 no 「有人」."""
    assert cue not in cues(text)


@pytest.mark.parametrize("text", IRONY)
def test_praise_of_what_plagues_is_a_complaint(text: str) -> None:
    """And its thanks are none."""
    assert "irony" in cues(text)
    assert "thanks" not in cues(text)


@pytest.mark.parametrize("text", MEANT)
def test_praise_that_is_meant_is_no_irony(text: str) -> None:
    """It tells of what was mended, or of nothing that anybody would mend."""
    assert "irony" not in cues(text)


@pytest.mark.parametrize("text", JOKES)
def test_plain_jokes_are_heard(text: str) -> None:
    """By laughter, dreams, and what they call themselves."""
    assert "joke" in cues(text)


def test_no_word_of_a_cue_is_heard_nowhere() -> None:
    """Every word of the lexicon is found where it stands alone, or a longer one around it."""
    for key, cue in words("cues").items():
        for word in cue["words"]:
            found = {hit.word for hit in scan(clean(word).text).hits}
            assert any(word.lower() in one for one in found), (key, word)
