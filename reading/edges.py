"""Sets right where a found place begins and ends: verbs of asking are not of it, 「附近」 and the like are."""

import re

Span = tuple[int, int]


def _any(words: str) -> str:
    """A pattern for any of the words, which stand apart by spaces; longer ones first."""
    return f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})"


ASKED = re.compile(
    _any(
        "请求 恳请 希望 要求 强烈 反映 投诉 举报 关于 处理 理 解决 搬迁 拆除 整治 查处 治理 强行 改造 "
        "加快 建议 请 在 对 给 向 让 将 把"
    )
    + "+"
)
TOLD = re.compile(
    _any(
        "长期 如同 添置 上户口 何时 为何 为什么 竟然 居然 严重 经常 天天 每天 晚上 夜间 半夜 凌晨 存在 "
        "没有 无人 违规 非法 违法 违章 扰民 乱 的"
    )
)
BESIDE = re.compile(
    _any(
        "附近 周边 旁边 旁 门口 大门前 大门口 楼下 楼上 对面 路口 路段 沿线 一带 两侧 南侧 北侧 东侧 "
        "西侧 方向 后门 前门 正门 东门 西门 南门 北门 里面 内 门面 "
        "底商 人行道 小区 社区 别墅区 别墅 工地 广场 公园 市场 菜市场 收费站 地铁站 火车站 夜宵街 步行街 "
        "商业街 架空层 地下车库 车库 校门口 公路 桥下 河边 江边"
    )
    + "(?!舞|路)"
)
THERE = re.compile(
    _any(
        "公厕 厕所 工地大门 工地 空地 消防通道 绿化带 桥洞 围墙 公交站 楼顶 屋顶 巷子里 巷子 卷帘门 后墙 停车场 "
        "这边 那边 这块 这一排 "
        "那一排 这一段 那一段 那段 那儿 那头 这头 边上 底下 中间 拐角 里头 北头 南头 东头 西头 东侧 "
        "往东 往西 往南 往北 往北一点 往南一点"
    )
    + "(?!的?(?:广告|招牌|灯))"
)
"""In talk what stands there without a 「的」 says where, too."""
MINE = re.compile("(?:家|店|们|门口|门前|窗|楼|后门|院|卷帘门)")
HERS = "我俺咱"
OURS = re.compile("(?:我们|俺们|咱们)(?=..)")
"""Says whose it is, not where: 「我们门前小路」 is 门前小路. 「我门口」 is hers alone, and says where by who she is."""
NOWHERE = re.compile(r"[\d\s-]+|.*(?:成河|(?:流|漏|撒|淌|泼)一路|(?:走|在|往|到|又)(?:马|大)?路上?)")
"""A telephone number, and what only sounds like a road."""
MASKED = re.compile(r"[a-z]\d{0,2}[市区县]$")
ANY_MASKED = re.compile(r"[a-z]\d{0,2}[市区县]")
NAME = re.compile(
    _any(
        "小区 社区 别墅 中心 天下 广场 公园 苑 府 湾 园 村 镇 街道 路 街 大道 大厦 学校 小学 中学 医院 "
        "库区 站 家园 花园 公寓 名邸 郡"
    )
)
STOP = re.compile(r"[的将被是等强收何为有无乱违没不太很存长常晚夜半凌每天占施噪环垃油停，。？！、“”（）\s]|车辆|路灯")
COMMON = re.compile(
    _any(
        "交通 政策 规划 建设 农村 市政 城管 分院 委 应 户口 机关 局 城际 地铁 公交 宅基 农机 教育 学生 "
        "居民 市民 业主 退休 职工 政府"
    )
)
NAMED = range(3, 8)
"""How many signs a name without a telling last word may have."""
SEARCHED = 9
BESIDES = 3


def settled(text: str, spans: list[Span], words: list[Span]) -> list[Span]:
    """The spans with their edges set right; `words` are those of matters, which no place goes into."""
    found = [_grown(text, *_trimmed(text, *span), words) for span in spans]
    return [(start, end) for start, end in found if somewhere(text, start, end)]


def somewhere(text: str, start: int, end: int) -> bool:
    """Whether these signs can be a place at all."""
    return end - start > 1 and NOWHERE.fullmatch(text, start, end) is None


def _trimmed(text: str, start: int, end: int) -> Span:
    asked = ASKED.match(text, start, end)
    if asked and asked.end() < end - 1:
        start = asked.end()
    ours = OURS.match(text, start, end)
    start = ours.end() if ours else start
    told = TOLD.search(text, start + 2, end)
    return start, told.start() if told else end


def _grown(text: str, start: int, end: int, words: list[Span]) -> Span:
    """Take along what says where, and the name behind a district that is masked."""
    written = ANY_MASKED.search(text) is not None
    if start and text[start - 1] in HERS and MINE.match(text, start):
        start -= 1
    for _ in range(BESIDES):
        beside = BESIDE.match(text, end) or (None if written else THERE.match(text, end))
        if beside is None:
            break
        end = beside.end()
    return start, _name_end(text, end, words) if MASKED.search(text[start:end]) else end


def _name_end(text: str, start: int, words: list[Span]) -> int:
    stop = STOP.search(text, start)
    last = min([stop.start() if stop else len(text), *(a for a, _ in words if a >= start)])
    if not 1 < last - start <= SEARCHED:
        return start
    piece = text[start:last]
    name = NAME.search(piece)
    if name:
        return start + name.end()
    return last if len(piece) in NAMED and not COMMON.search(piece) else start
