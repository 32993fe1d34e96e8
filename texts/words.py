"""Chinese for the fixed words: statuses, verbs, means, roles."""

from models.words import Demand, Looked, Means, Role, Status
from models.worktime import LimitUnit

STATUS = {
    Status.OPENED: "待派遣",
    Status.DISPATCHED: "待接单",
    Status.ACCEPTED: "已接单",
    Status.ON_SITE: "已到场",
    Status.SUSPENDED: "已挂账",
    Status.RESOLVED: "已办结",
    Status.CLOSED: "已结案",
    Status.VOID: "已作废",
}
ACTION = {
    "open": "开单",
    "join": "同一件事",
    "part": "拆开",
    "dispatch": "派遣",
    "accept": "接单",
    "pass_on": "转派",
    "give_back": "退回",
    "arrive": "到场",
    "resolve": "办结",
    "suspend": "挂账",
    "resume": "恢复办理",
    "extend": "延期",
    "confirm": "满意",
    "dispute": "没解决",
    "close": "结案",
    "void": "作废",
    "withdraw": "撤回",
    "merge": "并单",
    "split": "拆单",
    "release": "退回中队",
    "apart": "不是同一件",
    "recur": "又来了",
    "add": "补充",
    "amend": "修改",
    "photo": "照片",
    "note": "留言",
    "remind": "提醒",
    "chaser": "催办",
    "reroute": "改派",
    "located": "定位",
    "snooze": "先不催",
    "calm": "恢复提醒",
    "order": "督办",
    "plea": "申请延期",
}
MEANS = {Means.SERVICE: "服务", Means.MANAGEMENT: "管理", Means.ENFORCEMENT: "执法"}
DEMAND = {
    Demand.COMPLAINT: "投诉",
    Demand.REPORT: "举报",
    Demand.HELP: "求助",
    Demand.INQUIRY: "咨询",
    Demand.SUGGESTION: "建议",
}
ROLE = {Role.MERCHANT: "商户", Role.WORKER: "环卫/工地", Role.OFFICER: "队员", Role.LEAD: "队长", Role.ADMIN: "管理员"}
ROLE_WORDS = {
    "队员": Role.OFFICER, "队长": Role.LEAD, "环卫": Role.WORKER, "工地": Role.WORKER, "管理员": Role.ADMIN,
}  # fmt: skip
"""How a lead names the role that a code is for."""
LOOKED = {
    Looked.WORDS: "看原话",
    Looked.HISTORY: "看全过程",
    Looked.EXPORT: "要资料",
    Looked.ERASE: "删资料",
    Looked.SHEET: "导出",
    Looked.PICTURE: "看照片",
    Looked.SEARCH: "按名字查",
}
ERASED = "已删除"
"""What stands where words were erased."""
GIVE_BACK_REASONS = ("不在辖区", "情况不实", "重复工单", "其他部门职责")
EXTEND_BY = {
    LimitUnit.RUNNING: ("1紧急工作时", "2紧急工作时", "4紧急工作时", "1自然日"),
    LimitUnit.WORKING: ("4工作时", "1工作日", "3工作日", "5工作日"),
}
"""By how much a deadline is put off with one press, in the unit of the ticket's own limit."""
EXTEND_REASONS = ("等配件材料", "等产权单位", "天气原因", "需多部门会商")
SNOOZE_FOR = ("2小时", "明早", "1天", "3天")
SNOOZE_REASONS = ("已在路上", "已约好时间", "等对方回复", "等上级意见")
SUSPEND_REASONS = ("等维修配件", "等产权单位", "天气原因", "需多部门会商")
EMERGENCY = {
    "110": "人身安全或治安，先打110",
    "119": "着火、漏气，先打119",
    "120": "有人受伤，先打120",
    "122": "交通事故，先打122",
}
