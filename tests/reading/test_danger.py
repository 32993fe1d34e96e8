"""Danger without its usual words, and usual words without danger: none of it is in the corpus."""

from models.said import Speaker
from reading.reader import Reader

READER = Reader()
SOMEBODY = Speaker("7001")


DANGERS = {
    "我爸叫不醒了 手冰凉": "120",
    "师傅从架子上下来了 头着的地 不动": "120",
    "楼上那家窗户往外窜红光 噼里啪啦响": "119",
    "厨房一股臭鸡蛋味 阀门关不上 头都晕了": "119",
    "那男的把她往车里拽 她一直喊救我": "110",
    "我妈带着外孙出去买菜 到现在两个人都联系不上": "110",
    "两辆车顶在一块儿 司机趴方向盘上": "122",
    "面包车把骑车的学生带出去好几米": "122",
}
HARMLESS = [
    "昨天消防来给我们讲课了 讲得真好", "打火机五块钱三个 要的来拿", "门口电动车停得走不过去人 麻烦来摆一下",
    "急死我了 卸货的车位又被占了",
]  # fmt: skip


def number(words: str) -> str | None:
    """The number that is named first."""
    found = READER.read(words, SOMEBODY).found
    return found.emergency if found else None


def test_most_dangers_are_heard_without_their_usual_words() -> None:
    """What a neighbour would shout back before anything else; one in eight may be missed, none named wrong."""
    heard = {words: number(words) for words in DANGERS}
    assert sum(heard[words] == right for words, right in DANGERS.items()) >= len(DANGERS) - 1
    assert all(named in {None, DANGERS[words]} for words, named in heard.items())


def test_usual_words_without_danger_name_no_number() -> None:
    """A lesson about fires, an advert, vexation."""
    assert [number(words) for words in HARMLESS] == [None] * len(HARMLESS)
