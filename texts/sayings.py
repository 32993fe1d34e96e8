"""Everything else that the bot says: toasts, refusals, questions, reminders, help."""

from typing import Any

from models.presses import Press
from models.rows import Ticket
from models.words import Role, Status
from texts.headings import title
from texts.page import Button, Page, bold, plain, quote
from texts.words import STATUS

DONE = {
    "accept": "已接单，路上注意安全",
    "arrive": "已记到场，拍张照片回复卡片",
    "resolve": "已办结，结果已告诉群里",
    "suspend": "已挂账，时限暂停",
    "resume": "已恢复办理",
    "give_back": "已退回，队长会重新派",
    "pass_on": "已转派",
    "dispatch": "已派遣",
    "void": "已作废",
    "withdraw": "好的，已撤回",
    "matter": "选一下是什么事，或直接回复这条说明",
    "place": "请回复这条写明地点，或发个定位",
    "amend": "好的，已改",
    "merge": "已并到一起",
    "split": "好的，分开办理",
    "apart": "好的，分开办理",
    "confirm": "谢谢您",
    "dispute": "已重新派人，抱歉让您多等",
    "extend": "已延期，已告诉中队",
    "snooze": "好的，先不催",
    "calm": "已恢复提醒",
    "amount": "选一个，或回复卡片写明",
    "menu": "",
    "means": "选一下怎么解决的",
    "choose": "请选原因，或回复卡片写明",
    "squad": "请选中队",
    "yes": "好的，已开单",
    "no": "好的，不打扰",
    "revoke": "已撤销，撤错了可以恢复",
    "restore": "已恢复",
}
UNKNOWN_PRESS = "这个按钮已经失效，请用最新的卡片"
GONE = "这个问题已经过期，有事直接再说一遍"
NOT_ASKED = "只问发消息的本人"
LISTED = 15
NAMED = 40
"""UTF-16 units of a name on a toast, of which 200 are shown."""
TAKEN_BACK = {"none": "不是报事", "gone": "对方说不用来了"}
VOID_REASON = "队长核实后作废"


def refusal(why: str, facts: dict[str, Any]) -> str:
    """Why a verb was not done, and what to do next; fits a toast (200 characters)."""
    officer = plain(facts.get("officer") or "别的队员", NAMED)
    if why == "late":
        status = facts.get("status")
        if status in {Status.ACCEPTED, Status.ON_SITE}:
            return f"{officer}已接单，正在办"
        return f"这单现在是“{STATUS[Status(status)]}”，看最新卡片" if status else UNKNOWN_PRESS
    return {
        "not_yours": f"这单由{officer}在办",
        "not_you": "这个按钮不归您按，谢谢",
        "reason": "请写明原因：选一个，或回复卡片",
        "proof": "先回复本卡片发一张现场照片，或写明处理情况，再按办结",
        "means": "选一下怎么解决的",
        "ladder": "执法前要有服务、管理的记录；没有的话请先回复卡片写明理由",
        "squad": "请选中队",
        "apart": "这单没有并入别的单",
        "amount": "没看懂多久，请写成 延期 1工作日 原因，或 先不催 2小时 原因",
        "leads_only": "先不催由队长定；要延期请回复 延期 1工作日 原因",
        "too_little": "延了也已经超期，请多延一些",
        "too_much": "最多延一年，请少延一些",
        "by_file": "他的身份写在配置文件里，这里撤销不了，请改配置文件",
        "oneself": "不能撤销自己，请让别的队长来",
        "unbound": "他现在没有绑定的身份，看最新的名单",
        "bound": "他现在有身份，不用恢复",
        "nobody": "没有找到这个人，看最新的名单",
    }.get(why, UNKNOWN_PRESS)


def question(words: str, about: str, key: str) -> Page:
    """Asks the sender once whether a ticket is wanted."""
    text = f"“{quote(words, 60)}” 需要派人处理（{quote(about)}）吗？"
    yes, no = (Button(t, Press(v, given=key).data()) for t, v in (("是的，开单", "yes"), ("不是", "no")))
    return Page(text, ((yes, no),))


def gone(ticket: Ticket) -> Page:
    """It is said to be gone: one press takes the ticket back."""
    text = f"#{ticket.id} {quote(title(ticket))} 听您说不用来了？不按的话，队员还是来看一眼。"
    return Page(text, ((Button("不用来了", Press("withdraw", ticket.id, ticket.round, "gone").data()),),))


def relayed(ticket: Ticket, officer: str, words: str) -> Page:
    """An officer's words, carried to the person who told of it."""
    return Page(f"#{ticket.id} {quote(officer)}：{quote(words, 600)}")


def told_squad(ticket: Ticket, who: str, words: str) -> Page:
    """What the reporter added, for the squad."""
    return Page(f"#{ticket.id} {quote(who)} 补充：{quote(words, 600)}")


def chased(ticket: Ticket, times: int) -> Page:
    """A chaser, for the squad."""
    again = f"（第{times}次）" if times > 1 else ""
    return Page(f"#{ticket.id} 对方在催{again}，请看一下。")


def sent_again(ticket: Ticket) -> Page:
    """A ticket that this squad had and that comes back to it: the card above rings nobody's phone."""
    return Page(f"#{ticket.id} {bold(title(ticket))} 重新派来了，请看上面的卡片。")


def released(ticket: Ticket, officer: str) -> Page:
    """A ticket that an officer had in hand who no longer works on it."""
    return Page(f"#{ticket.id} {bold(title(ticket))} 原来由{quote(officer, 40)}办，现在退回中队，请重新接单。")


def given_back(ticket: Ticket) -> Page:
    """A ticket that comes back to the leads once more."""
    return Page(f"#{ticket.id} {bold(title(ticket))} 又退回来了，请看上面的卡片。")


def mine(tickets: list[Ticket]) -> Page:
    """A person's own open tickets."""
    if not tickets:
        return Page("您现在没有在办的工单。")
    rows = [
        f"#{t.id} {quote(title(t))} · {quote(t.place or '', 60) or '地点待核实'} · {STATUS[Status(t.status)]}"
        for t in tickets[:LISTED]
    ]
    more = [f"还有{len(tickets) - LISTED}件"] if len(tickets) > LISTED else []
    return Page("\n".join(["您的工单：", *rows, *more]))


def help_for(role: Role) -> Page:
    """How to use the bot, for one role; fits one phone screen."""
    common = "有事在群里直接说，带个定位或照片更快。\n我的：看自己的工单\n工单 127：看一件事办到哪了"
    staff = (
        "卡片按钮：接单 · 到场 · 办结 · 转派 · 退回 · 挂账\n"
        "回复卡片：发照片或留言，会转给对方\n"
        "我的：看手上的工单\n工单 127：看全过程"
    )
    lead = (
        "\n汇总 今天、这周怎么样、上月三中队、3月5日到8日：看数字\n谁手上积压最多、721比例、和上个月比：直接问"
        "\n人员：看谁登记了什么身份，可以撤销\n发码 队员 三中队：私聊我，拿一次性的身份码"
    )
    if role in {Role.LEAD, Role.ADMIN}:
        return Page(staff.replace("看全过程", "看全过程，可以延期、先不催") + lead)
    return Page(staff if role is Role.OFFICER else common)


def where(title: str, count: int) -> Page:
    """Under a map of points."""
    return Page(f"{bold(title)} {count} 件的位置")


def reported(title: str) -> Page:
    """Under a report."""
    return Page(f"{bold(title)}工作报告")


def exported(title: str, count: int) -> Page:
    """Under a workbook."""
    return Page(f"{bold(title)} {count} 件，第二页是办理记录")


def not_understood(rest: str) -> Page:
    """A word after /summary that no register knows."""
    return Page(
        f"没看懂“{quote(rest, 40)}”。可以这样问：汇总 今天、上周三中队、3月5日到3月8日、凤鸣路的占道、谁手上积压最多。"
    )


ASKS_NO_MORE = Page("消息有点多，拿不准的先不一一问了；要派人的，请说清地点和事情。")
ANSWERS_NO_MORE = Page("问得有点密，先歇一会儿，过几分钟再问。")
NO_TICKET = Page("没有找到这个工单号，请核对一下。")
NOT_FOR_YOU = Page("这件工单只给办理的人和反映的人看。")
ASK_NUMBER = Page("请带上工单号，例如：工单 127")
SUMMARY_GONE = "这份汇总太久了，请再问一次"
NOT_YOURS = "这份汇总只给问的人和队长看"
NO_POINTS = "这段时间的工单都没有定位，画不出地图"
PICTURES_REFUSED = Page("照片暂时转不过来，请到工单所在的群或网页上看")
TOO_MANY = "件数太多，聊天里发不下：请在电脑上用 qunban export 导出，或把日期写近一点"
SENDING = {"list": "正在整理", "page": "翻到了", "map": "正在画图", "sheet": "正在导出，稍等"}
LEADS_ONLY = Page("汇总给队长看；看自己的工单请说“我的”。")
PARTY_LATER = Page("查对象：请说“工单 号码”看这件事的全过程。")
