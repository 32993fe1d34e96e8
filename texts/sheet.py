"""Tables for spreadsheets: what columns are called, and values that no spreadsheet takes for a formula."""

import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.figures import Figures, Rate
from models.matters import matter_name
from models.words import Demand, Means, Status
from texts.page import clean
from texts.reports import SPANS
from texts.words import ACTION, DEMAND, MEANS, STATUS

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELL = 32_000
"""Signs that a cell holds."""
TICKETS = {
    "id": "工单号",
    "status": "状态",
    "group": "群",
    "street": "街道",
    "grid": "单元网格",
    "squad": "中队",
    "officer": "队员",
    "demand": "诉求",
    "matter": "事项编码",
    "matter_name": "事项",
    "standard": "标准",
    "also": "其他事项",
    "urgent": "紧急",
    "emergency": "警情",
    "elsewhere": "不属本部门",
    "words": "原话",
    "place": "地点",
    "near": "附近",
    "lat": "纬度",
    "lon": "经度",
    "radius": "误差（米）",
    "place_source": "地点来源",
    "outside": "辖区外",
    "placeless": "地点待核实",
    "raw_lat": "原始纬度",
    "raw_lon": "原始经度",
    "datum": "坐标系",
    "party": "管理相对人",
    "means": "721手段",
    "outcome": "办理结果",
    "reason": "原因",
    "proofs": "办结照片",
    "round": "第几轮",
    "satisfied": "满意",
    "same_as": "并入工单",
    "recurs": "上次工单",
    "perhaps": "疑似同一件",
    "chasers": "催办次数",
    "opened_at": "开单时间",
    "dispatched_at": "派遣时间",
    "accepted_at": "接单时间",
    "arrived_at": "到场时间",
    "resolved_at": "办结时间",
    "closed_at": "结案时间",
    "suspended_at": "挂账时间",
    "deadline_at": "时限",
    "rule": "时限依据",
    "told": "提醒到第几步",
    "snoozed_until": "先不催到",
    "snoozed_why": "先不催原因",
    "last_at": "最后动静",
    "chased_at": "最后催办",
    "accept_minutes": "接单用时（分）",
    "arrive_minutes": "到场用时（分）",
    "resolve_minutes": "办结用时（分）",
    "reporter": "反映人",
    "asked": "确认后开单",
    "version": "版本",
    "opens": "开单消息",
    "part": "消息里第几件",
    "spans": "地点原文",
    "surveys": "地图查询次数",
    "survey_at": "下次地图查询",
    "told_in": "合并告知",
    "erased_at": "清除时间",
}
"""The first sheet, in this order."""
EVENTS = ("工单号", "时间", "动作", "谁", "之前", "之后", "说明")
INDICATORS = ("指标", "公式", "分子", "分母", "数值")


def guarded(value: Any) -> Any:
    """What a person wrote, as text that stays text: an apostrophe stands before what would be reckoned."""
    if not isinstance(value, str):
        return value
    text = CONTROL.sub("", value)[:CELL]
    return f"'{text}" if text.lstrip(" \u3000\ufeff").startswith(FORMULA) or text.startswith(FORMULA) else text


def ticket(row: Any, zone: ZoneInfo) -> list[Any]:
    """A ticket's row of the first sheet; words of people are masked as in a group."""
    return [guarded(_cell(name, row, zone)) for name in TICKETS]


def _cell(name: str, row: Any, zone: ZoneInfo) -> Any:  # noqa: PLR0911 - one return a kind of cell
    match name:
        case "matter_name":
            return matter_name(row.matter) if row.matter else ""
        case "accept_minutes" | "arrive_minutes" | "resolve_minutes":
            seconds = getattr(row, name.replace("minutes", "seconds"))
            return None if seconds is None else round(seconds / 60, 1)
        case "status":
            return STATUS[Status(row.status)]
        case "demand":
            return DEMAND[Demand(row.demand)]
        case "means":
            return MEANS[Means(row.means)] if row.means else ""
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None)
    if isinstance(value, bool):
        return "是" if value else "否"
    return clean(_told(value)) if isinstance(value, list | dict | str) else value


def _told(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""


def event(row: Any, zone: ZoneInfo) -> list[Any]:
    """A line of a history, as the second sheet has it."""
    before, after = (STATUS[Status(one)] if one in STATUS else one or "" for one in (row.before, row.after))
    told = clean(_told(row.data))
    cells = [row.ticket_id, row.at.astimezone(zone).replace(tzinfo=None), ACTION.get(row.action, row.action)]
    return [guarded(cell) for cell in (*cells, clean(row.name or ""), before, after, told)]


RATES = {
    "in_time_archive": ("按期结案率", {"due": "按期结案数 / 应结案数（时限在期内）", "done": "按期结案数 / 结案数"}),
    "in_time_dispose": ("按期处置率", {"due": "按期处置数 / 应处置数（时限在期内）", "done": "按期处置数 / 处置数"}),
    "rework": ("返工率", {"resolved": "返工数 / 处置数", "opened": "返工数 / 新开数"}),
    "response": ("响应率", {"rated": "及时响应数 / 评价数", "closed": "及时响应数 / 结案数"}),
    "resolution": ("解决率", {"rated": "一次解决数 / 评价数", "closed": "一次解决数 / 结案数"}),
    "satisfaction": ("满意率", {"rated": "满意数 / 评价数", "closed": "满意数 / 结案数"}),
}
COUNTS = {
    "opened": "新开数",
    "closed": "结案数",
    "resolved": "处置数",
    "opened_again": "返工数",
    "recurred": "复发数",
    "void": "作废数",
    "urgent": "紧急数",
    "open_now": "在办数（现在）",
    "held_now": "手上数（现在）",
    "overdue_now": "超期数（现在）",
}


def indicators(counted: Figures, formulas: Any) -> list[list[Any]]:
    """The indicators by the standards' names: name, formula, part, whole, value (percent, minutes)."""
    chosen = {
        "in_time_archive": formulas.on_time_of,
        "in_time_dispose": formulas.on_time_of,
        "rework": formulas.rework_of,
    }
    rows: list[list[Any]] = [[name, "计数", "", "", counted.numbers[key]] for key, name in COUNTS.items()]
    for key, (name, told) in RATES.items():
        rate = counted.rates[key]
        rows.append([name, told[chosen.get(key, formulas.three_of)], rate.part, rate.whole, _percent(rate)])
    total = counted.numbers["with_means"]
    for means in Means:
        rate = Rate(counted.numbers[means], total)
        rows.append(
            [f"721 {MEANS[means]}占比", f"{MEANS[means]}数 / 记了手段的处置数", rate.part, total, _percent(rate)]
        )
    for key, name in SPANS.items():
        times = counted.times[key]
        for called, value in (("中位", times.median), ("九成以内", times.ninth)):
            rows.append([f"{name}用时{called}（分）", f"开单到{name}", "", times.count, _minutes(value)])
    return rows


def _percent(rate: Rate) -> Any:
    return "" if rate.share is None else round(100 * rate.share, 2)


def _minutes(value: float | None) -> Any:
    return "" if value is None else round(value, 1)
