"""What a question about figures is about: 积压, 721, 超期, 哪里最多, 满意率, 返工, 用时."""

import re
from enum import StrEnum


class Topic(StrEnum):
    """What a question is about; the answer begins with it."""

    ALL = "all"
    LOAD = "load"
    MEANS = "means"
    LATE = "late"
    PLACES = "places"
    MATTERS = "matters"
    SATISFACTION = "satisfaction"
    BACK = "back"
    TIMES = "times"
    DONE = "done"
    SQUADS = "squads"
    IN_TIME = "in_time"
    COMPARED = "compared"
    VERSUS = "versus"


MEASURES = re.compile(
    "(?:[干做办]得)?(?:怎么样|怎样|咋样|如何)|情况|汇总|汇报|小结|总结|数字|数据|统计|报表|指标|多少[单起]|多少|几件|几个|几[单起]|件数|"
    "(?:干|做|处理|办结|接|解决)了(?:多少|几)[件单起个]?|按期结案率?|按期处置率?|按期率?|结案率?|处置率?|办结率?|新开|新增|办了|来了|开了|收到"
)
FILLERS = re.compile(
    "[各每]个?中队|按中队|(?:单元)?网格|有没有|有没|[\\s,，。、?？!！:：;；~～…·的了吗呢呀啊吧嘛]|请问|请|帮我|帮忙|给我|给|看一下|看下|看看|看|"
    "查一下|查下|查查|查|报一下|说说|说一下|发一下|工单|投诉|诉求|案件|件|单子|全区|全部|所有|整个|我们|咱们|咱|"
    "目前|现在|还有|有|是|在|都|一共|总共|辖区|队里|群里|那边|这边|方面|类|问题|群|队员|街道|附近|一带|周边|一下|总体|整体|最近|上|里"
)
HAND = "(?:谁|哪个人|哪个队员|哪位)?(?:的?手上|手里|手头)?的?"
HOW = "(?:有)?(?:多少|几件|哪些)?"
OPEN = "积压|压着|没办完|没办结|未办结|没结案|未结案|没处理完|欠账"
LATENESS = "超期|逾期|超时|过期"
TOPICS: list[tuple[re.Pattern[str], Topic]] = [
    (re.compile(f"哪一?个中队的?(?:{OPEN}|{LATENESS})的?(?:工单|件|单子)?最[多重]"), Topic.LATE),
    (re.compile(f"(?:{LATENESS})最多的是?(?:谁|哪[个位])?|(?:谁|哪个人|哪位)的?(?:{LATENESS})的?最多"), Topic.LATE),
    (re.compile(f"(?:{OPEN}|手上|手里|手头)的?(?:工单|件|单子)?最多的是(?:谁|哪个人|哪位)"), Topic.LOAD),
    (re.compile(f"{HAND}(?:{OPEN})的?(?:最多|最重|排名|情况)?"), Topic.LOAD),
    (re.compile("谁(?:的?手上|手里|手头)?的?(?:件|活|工单|单子)?最多|谁最忙"), Topic.LOAD),
    (re.compile("(?:手上|手里|手头)(?:现在|还)?有?(?:几[件单个]|多少[件单个]?|哪些)"), Topic.LOAD),
    (re.compile("(?:谁|哪个(?:队员|人)|哪位)(?:办|干|做|处理|处置|办结|结案)(?:得|的|了)?最多"), Topic.DONE),
    (re.compile("(?:队员|人员)的?(?:排名|忙闲|负荷|工作量)"), Topic.LOAD),
    (re.compile("7[-: ]?2[-: ]?1(?:的?(?:比例|占比|工作法|情况|怎么样|达标了?))?|七二一(?:比例)?"), Topic.MEANS),
    (re.compile("(?:服务|管理|执法)的?(?:比例|占比|有?(?:多少|几)[件单起]?)"), Topic.MEANS),
    (re.compile(HOW + f"都?(?:{LATENESS})的?" + HOW + "(?:率|情况|工单)?"), Topic.LATE),
    (
        re.compile(
            "(?:哪里|哪儿|哪些地方|什么地方|哪条路|哪个地方)的?(?:问题|投诉|工单)?最多|多次反映(?:的地方)?|(?:重复|反映|投诉|问题|举报)最多的(?:地方|地点|点位|路段|路)"
        ),
        Topic.PLACES,
    ),
    (re.compile("(?:热点|高发|重复|多发|常发)(?:地点|点位|地方|路段|投诉)|热点(?!问题|事项)"), Topic.PLACES),
    (re.compile("(?:哪类|哪种|什么|哪些)(?:事项|问题|事|投诉)的?最多"), Topic.MATTERS),
    (re.compile("(?:事项|问题)(?:排名|分布|类型|构成)"), Topic.MATTERS),
    (re.compile("(?:群众|商户)?满意(?:率|度|的)?(?:有)?(?:多少|怎么样)?|三率|响应率|解决率"), Topic.SATISFACTION),
    (re.compile("返工率?|(?:反复|复发|又来|重开)的?(?:有)?(?:多少|几件|率)?|没解决的"), Topic.BACK),
    (
        re.compile("(?:平均|中位)?(?:接单|到场|办结|处置|响应)的?(?:时间|用时|时长|速度|要多久|多快|快不快)"),
        Topic.TIMES,
    ),
    (
        re.compile("(?:平均)?(?:要|得)?(?:多久|多长时间)(?:才|能)*(?:接单|到场|办结|处置完?|处理完?|办完)"),
        Topic.TIMES,
    ),
    (re.compile("用时|要多久"), Topic.TIMES),
    (
        re.compile(
            "哪一?个中队的?(?:工单|件|单子|投诉|问题|活)?最[多忙]|(?:[各每]个?|按)?中队的?(?:排名|分布|对比|比较)"
        ),
        Topic.SQUADS,
    ),
]


EACH = re.compile("[各每]个?中队|按中队")
"""Squad by squad: a question about them where figures are asked for, else talk to them."""


OF_A_MONTH = {
    Topic.MEANS, Topic.PLACES, Topic.MATTERS, Topic.SATISFACTION, Topic.BACK, Topic.TIMES, Topic.IN_TIME, Topic.DONE,
    Topic.SQUADS,
}  # fmt: skip
"""Of these a day says little: where no period is named, this month is meant."""


def topic_in(left: str) -> tuple[Topic, str]:
    """The first that is found, and the text without it."""
    for shape, topic in TOPICS:
        if shape.search(left):
            return topic, shape.sub(" ", left, count=1)
    return Topic.ALL, left
