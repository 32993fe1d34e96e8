"""Is somebody in danger or badly blocked now, and which number comes first."""

import re

EMERGENCIES = [
    (
        "119",
        re.compile(
            r"着火|起火|失火|火灾|冒火|燃气管|煤气味|燃气味|天然气漏|漏气|爆炸|烧起来|(?:挖|碰)到.{0,3}燃气|瓦斯"
        ),
    ),
    (
        "120",
        re.compile(
            r"流血|骨折|晕倒|昏倒|晕过去|昏过去|叫救护|休克|不省人事|心脏病|抽搐|没呼吸|头破|砸到人|人被砸|倒地不起|爬不起来"
        ),
    ),
    (
        "110",
        re.compile(r"打架|打起来|动刀|持刀|抢劫|小偷|偷东西|打人|走失|走丢|说不清家|找不到家|迷路|砸店|拿刀|拿棍|报警"),
    ),
    ("122", re.compile(r"车祸|撞人|撞了人|追尾|撞到人|被车撞|撞上了|两车相撞|肇事")),
]
PRESSING = re.compile(
    r"快来|快派|马上来人|急死|急急|摔了|摔倒|摔一跤|受伤|砸到|砸了|砸下|漏电|触电|火花|要倒|要掉|快掉|快倒|塌了|塌陷|掉下来|多危险|太危险|很危险|"
    r"(?:堵|封)(?:死|住|得).{0,4}(?:出不去|进不去|不能走|车出)|堵死|钻进去|差点|救护车|消防通道|掉进|没灯没|喷出来|水管.{0,3}断|进水|淹"
)
DENIED = re.compile(r"没(?:有)?着火|着火一样|着火似的|不是着火|消防演练|防火|灭火器|119宣传|火锅|烧火|打110的")


def emergency(text: str) -> str | None:
    """The number to call first, or None."""
    for number, shape in EMERGENCIES:
        found = shape.search(text)
        if found and not DENIED.search(text):
            return number
    return None


def urgent(text: str) -> bool:
    """True where words say that it cannot wait."""
    return bool(PRESSING.search(text))
