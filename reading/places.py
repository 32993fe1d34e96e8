"""Cuts the places out of a cleaned text, as [start, end) spans."""

import re
from functools import lru_cache

from models.plain import plain


def _any(words: str) -> str:
    """A pattern for any of the words, which stand apart by spaces."""
    return f"(?:{'|'.join(words.split())})"


SIGNS = r"[\u4e00-\u9fffA-Za-z0-9]"
ROAD = r"[\u4e00-\u9fff]{1,4}?(?:东路|西路|南路|北路|中路|大道|路|大街|街|巷|桥|河)"
NUMBER = r"\d{1,4}(?:-\d{1,3})?号(?:楼(?!下)|院)?(?:\d{1,2}单元)?"
ESTATE = r"[\u4e00-\u9fff]{2,5}?" + _any(
    "小区 新村 花园 家园 社区 广场 公寓 大厦 新城 苑 府 湾 市场 菜场 小学 中学 学校 "
    "幼儿园 医院 车站 公园 公厕 工地 商场 超市 学院 驿站 加油站 电影院 步行街 城 村 "
)
GATE = _any(
    r"[东南西北前后正侧]?[大小]?门口? \d号门 [东南西北]边 [东南西北]侧 [东南西北]头 "
    r"[前后左右]面 [前后]边 旁边 对面 斜对面 隔壁 路口 拐角 交叉口 楼下 门前 外面 边上 "
    "附近 里面 底下 门口 上 里 这块 那边 这边 "
)
OWN = (
    r"(?:我们|我|俺|咱们|咱|自)(?:家|店|这|们)?(?:的)?"
    r"(?:店|门店|小店|家|铺子|超市|饭店|这边|楼)?(?:的)?"
) + _any(
    "门前小路 门口 门前 大门 窗户 后门 隔壁 对面 斜对面 旁边 楼下 楼上 后面 前面 卷帘门 "
    "店里 店外 后厨 门外 这一排 这条街 这条路 "
)
RELATIVE = _any(
    "店门口 门口 隔壁 斜对面 对面 学校门口 小区门口 菜场门口 公交站 路口 巷子口 巷子里 "
    "桥头 天桥底下 红绿灯 十字路口 停车场 "
)
AREA = r"(?:[a-z]\d{0,2}[市区县])+"
MASK = re.compile(r"[a-z]\d{0,2}[市区县]")
"""A district whose name is masked, as in letters that are made public."""
SUFFIX = _any(
    "小区 国际社区 社区 新村 花园 家园 大厦 新城 广场 公园 市场 学校 小学 中学 幼儿园 "
    "医院 大道 东路 西路 南路 北路 中路 路 街 镇 村 城 苑 府 园 里 湾 栋 期 站 桥 "
    "工地 "
)
KINDS = (ROAD, f"{ESTATE}|{AREA}")
SHAPES = [
    re.compile(f"{AREA}(?:[\u4e00-\u9fffa-z0-9]{{1,10}}?{SUFFIX}(?:[a-z]?\\d{{1,3}}[栋号期])?(?:{GATE})?){{0,2}}"),
    re.compile(f"{OWN}"),
    re.compile(f"{ROAD}(?:{NUMBER})?(?:和|与|跟){ROAD}(?:{GATE})?"),
    re.compile(f"{ROAD}{NUMBER}(?:{GATE}){{0,2}}"),
    re.compile(f"{ESTATE}(?:{NUMBER})?(?:\\d{{1,2}}楼|[一二三四五六]期)?(?:{GATE}){{0,2}}"),
    re.compile(f"{ROAD}(?:{GATE}){{0,2}}"),
    re.compile(r"(?:[一二三四五六]期|[\u4e00-\u9fff]{2,4}(?:那边|这一排|那个))(?:门口|旁边|对面|[东南西北]边)?"),
    re.compile(f"{NUMBER}(?:{GATE}){{0,2}}"),
    re.compile(f"{RELATIVE}"),
]
STANDS = "停在 堆在 摆在 堵在 放在 就 是 在 "
"""Before a place, and never the beginning of a shop's name, as 「大」 and 「上」 are."""
LEADS = re.compile(
    "^"
    + _any(
        STANDS + "地?址是? 这里有? 那里有? 请问 投诉 举报 反映 咨询 恳请 处理 关于 建议 诉 报 映 问 询 "
        "议 理 求 这条 那条 这个 那个 一条 整条 每条 去 到 从 往 靠 的 了 "
        "有 把 和 跟 被 给 又 都 还 过 来 你 我 他 这 那 说 沿 上 下 看 大 走 "
        "占 "
    )
    + "+"
)
EMPTY = re.compile(
    _any(
        "路 街 道路 马路 半路 让路 走路 网路 一路 在路 上路 修路 堵路 公路 线路 思路 "
        "铁路 门路 过路 小路 问路 带路 挡路 占路 大街 逛街 小区 社区 学校 超市 市场 "
        "商场 广场 公园 医院 "
    )
)
EMPTY_ROAD = re.compile(
    _any(
        "道路 马路 半路 让路 走路 网路 一路 在路 上路 下路 修路 堵路 公路 线路 思路 铁路 "
        "门路 过路 小路 问路 带路 挡路 占路 往路 到路 的路 条路 么路 车路 大街 逛街 满街 条街 的街 沿街 了路 "
    )
    + "$"
)
OWN_SHAPE = re.compile(OWN)
OWN_WORDS = re.compile(
    r"我们?(?:家|店)?门|我家|我店|店门口|(?<![他她它人谁别哪])家门口|门面|我这|我们这|俺家|咱家|自家"
)
KEPT = 4096
"""So many places are remembered: those of tickets in hand are looked at again with every new one."""
SHORTEST = 2
"""A road's name has more signs than its last word and one before it."""
HOLLOW = re.compile(
    r"(?:停|挡|挡住|堵|占|车在)路$|(?:有货车路|车路|货车路|什么路|哪条路|没有路)$|(?:他|她|它|你|时候|那个人)(?:那边|那个)$"
)
TALKED = re.compile(r"(?:的人|的时候|的东西)$")


def spans(text: str) -> list[tuple[int, int]]:
    """Places in a cleaned text, in order, none inside another; at most four."""
    by_name = BY_SHOP.fullmatch(text.strip())
    if by_name is not None:
        start = text.index(by_name["place"])
        return [(start, start + len(by_name["place"]))]
    taken: list[tuple[int, int]] = []
    for shape in SHAPES:
        for found in shape.finditer(text):
            start, end = _trim(text, found.start(), found.end())
            if not _names_a_place(text[start:end]):
                continue
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
    return sorted(taken)[:4]


def alone(text: str) -> bool:
    """True where a cleaned text says where something is and nothing else: 「凤鸣路31号门口」, 「烤鱼店对面」."""
    if by_shop(text):
        return True
    found, rest = spans(text), text
    for start, end in reversed(found):
        rest = rest[:start] + " " + rest[end:]
    return bool(found) and filler(rest)


def filler(rest: str) -> bool:
    """True for what may stand beside a place that is told alone, and for nothing."""
    return BESIDE.fullmatch(rest) is not None


def by_shop(text: str) -> bool:
    """True for 「烤鱼店对面」 and nothing else: what the shop's trade sounds like is no matter."""
    return BY_SHOP.fullmatch(text.strip()) is not None


def _names_a_place(piece: str) -> bool:
    hollow = EMPTY.fullmatch(piece) or HOLLOW.search(piece) or TALKED.search(piece)
    return len(piece) > 1 and not hollow


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Small words that a name never begins with are not of the name."""
    piece = text[start:end]
    lead = None if OWN_SHAPE.match(piece) else LEADS.match(piece)
    if lead and lead.end() < len(piece):
        start += lead.end()
    return start, end


BESIDE = re.compile(
    "(?:地址|地点|位置|地方|定位|就是|就在|是|在|我们|我|这里|这边|这儿|这|那边|那|附近|旁边|对面|门口|[前后侧东西南北]门|靠近|呢|啊|哦|呀|哈|吧|的|了|[\\s,，。.、:：~～!！])*"
)
"""What may stand beside a place that is told alone."""
BY_SHOP = re.compile(
    _any(STANDS)
    + "*(?P<place>[\u4e00-\u9fff]{0,6}"
    + _any(
        "店 馆 铺 超市 药房 银行 网吧 酒楼 茶楼 理发 便利 幼儿园 小学 中学 学校 医院 菜场 菜市场 市场 公园 广场 小区 "
        "车站 公交站 公厕"
    )
    + "(?:那|的)?"
    + _any(
        "对面 斜对面 正对面 门口 门前 旁边 隔壁 楼下 后门 侧门 东门 西门 南门 北门 后面 边上 附近 前面 "
        "东边 西边 南边 北边 "
    )
    + "(?:那边|那里|那儿|这边|这里|那块)?)[呢啊哦吧的，,。 ]*"
)
LANDMARK = re.compile(
    f"{ESTATE}|[一二三四五六]期|"
    + _any("菜场 市场 学校 小学 中学 幼儿园 医院 公园 广场 公厕 工地 车站 公交站 天桥 桥头 加油站 小区 河 社区 停车场")
)
DOOR = re.compile(f"(?P<number>{NUMBER})(?P<beside>(?:{GATE}){{0,2}})")
"""A house number, and what says where beside it."""
POINTED = re.compile("[那这]个")
BESIDE_HER = re.compile("隔壁|对面|斜对面|楼上|楼下|旁边|门口|我")


@lru_cache(maxsize=KEPT)
def named(piece: str) -> bool:
    """True where a place can be found without knowing who speaks: 「对面手机店」, 「我们门前小路」 cannot."""
    piece = plain(piece)
    if numbers_of(piece) or re.search(AREA, piece):
        return True
    rest = OWN_SHAPE.sub("", piece)
    roads = [found.group() for found in re.finditer(ROAD, rest)]
    return any(len(road) > SHORTEST and not EMPTY_ROAD.search(road) for road in roads) or bool(
        LANDMARK.search(rest) and not BESIDE_HER.match(piece)
    )


@lru_cache(maxsize=KEPT)
def names_of(text: str) -> frozenset[str]:
    """Roads, estates and other proper names in the words of a place."""
    return frozenset(found.group() for found in re.finditer(f"{ROAD}|{ESTATE}|{AREA}", plain(text)))


@lru_cache(maxsize=KEPT)
def other_names(one: str, other: str) -> bool:
    """True where both name a road, or both an estate, and not the same; a road and an estate can be one place."""
    pairs = [(_proper(kind, one), _proper(kind, other)) for kind in KINDS]
    return any(mine and theirs and not mine & theirs for mine, theirs in pairs)


def _proper(kind: str, text: str) -> set[str]:
    """「那个工地」 is no name."""
    return {found for one in re.finditer(kind, plain(text)) if not POINTED.search(found := one.group())}


@lru_cache(maxsize=KEPT)
def numbers_of(text: str) -> frozenset[str]:
    """House numbers in the words of a place."""
    return frozenset(found.group() for found in re.finditer(r"\d{1,4}(?:-\d{1,3})?号", plain(text)))


def bare_number(piece: str) -> bool:
    """True for 「81号」 and 「13号门口」, which say nothing of the road."""
    return DOOR.fullmatch(piece) is not None


def put_right(before: str, piece: str) -> str:
    """A place with a piece of it put right: the number of a road that was told, or the road of a number."""
    door, road = DOOR.fullmatch(piece), re.search(ROAD, before)
    if door is not None and (numbered := DOOR.search(before)):
        number = door["number"] if not door["beside"] else piece
        end = numbered.end("number") if not door["beside"] else numbered.end()
        return before[: numbered.start()] + number + before[end:]
    if door is not None and road is not None:
        return before[: road.end()] + piece
    if road is not None and re.fullmatch(ROAD, piece) and DOOR.match(before, road.end()):
        return before[: road.start()] + piece + before[road.end() :]
    return piece


def own(text: str) -> bool:
    """True where the speaker's own shop or home says where."""
    return bool(OWN_WORDS.search(text))
