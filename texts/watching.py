"""Deadlines in words: as they near and pass, put off, left alone for a while; and the leads' card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.digests import Digest
from models.limits import Chosen
from models.moves import Action, allowed
from models.presses import Press
from models.rows import Card, Ticket
from models.terms import BUREAU_AT, STEPS, rule_from
from models.words import ENDED, Menu, Status
from models.worktime import LimitUnit
from texts.headings import title
from texts.page import Button, Page, bold, plain, quote
from texts.whereabouts import where
from texts.words import EXTEND_BY, EXTEND_REASONS, SNOOZE_FOR, SNOOZE_REASONS, STATUS, VOID_REASONS

SAID = {"soon": "快到时限", "due": "到时限了", "overdue": "已超期", "bureau": "已到时限的{times:g}倍"}
LINES = 40
USUAL = "一般"
"""What no condition is called where there are some."""
RUNNING = frozenset({Status.OPENED, Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE})


def said(kind: str, times: float) -> str:
    """How a deadline stands; `times` is at how many times the limit the bureau hears of it."""
    return SAID[kind].format(times=times) if kind in SAID else ""


def moment(at: datetime, zone: ZoneInfo) -> str:
    """「3月2日21:41」 by the bureau's clock."""
    local = at.astimezone(zone)
    return f"{local.month}月{local.day}日{local:%H:%M}"


def word(ticket: Ticket, kind: str, officer: str, times: float) -> Page:
    """One word about one deadline."""
    head = f"#{ticket.id} {bold(title(ticket))} {said(kind, times)}"
    who = f"{quote(officer, 20)}，" if officer and kind in {"soon", "due"} else ""
    squad = f"{quote(ticket.squad or '') or '未派中队'}，" if kind in {"overdue", "bureau"} else ""
    alone = f"\n先不催：{quote(ticket.snoozed_why)}" if kind == "bureau" and ticket.snoozed_why else ""
    return Page(f"{who}{head}，{squad}现在是“{STATUS[Status(ticket.status)]}”。{alone}")


def gathered(words: Sequence[tuple[Ticket, str]], zone: ZoneInfo, times: float) -> Page:
    """Several in one message, a line each, the latest first; of very many only how many more there are."""
    lines = [f"时限提醒，{len(words)}件："]
    latest = sorted(words, key=lambda one: -STEPS.index(one[1]))
    for ticket, kind in latest[:LINES]:
        at = f" {moment(ticket.deadline_at, zone)}" if ticket.deadline_at else ""
        squad = f" {quote(ticket.squad or '', 20) or '未派中队'}" if kind in {"overdue", "bureau"} else ""
        stands = f"{said(kind, times)}（时限{at}）{squad} {_status(ticket)}"
        lines.append(f"#{ticket.id} {quote(title(ticket), 20)} {stands}")
    lines += [f"还有{len(words) - LINES}件。"] if len(words) > LINES else []
    lines.append(f"看一件请说：工单 {latest[0][0].id}")
    return Page("\n".join(lines))


def _status(ticket: Ticket) -> str:
    return STATUS[Status(ticket.status)]


def extended(ticket: Ticket, zone: ZoneInfo, reason: str) -> Page:
    """The squad hears of a later deadline."""
    until = moment(ticket.deadline_at, zone) if ticket.deadline_at else ""
    return Page(f"#{ticket.id} {bold(title(ticket))} 已延期，新时限 {until}。原因：{quote(reason, 200)}")


def called(chosen: Chosen) -> str:
    """「沉陷 5天」, 「一般 3工作日」: a condition and its limit."""
    return f"{chosen.condition or USUAL} {chosen.words}"


def held(ticket: Ticket, zone: ZoneInfo, chosen: Chosen) -> Page:
    """The squad hears that another condition holds."""
    until = moment(ticket.deadline_at, zone) if ticket.deadline_at else ""
    return Page(f"#{ticket.id} {bold(title(ticket))} 情形改为“{quote(called(chosen), 40)}”，新时限 {until}。")


def pleaded(ticket: Ticket, officer: str, amount: str, reason: str) -> Page:
    """An officer asks the leads for more time."""
    asked = f"#{ticket.id} {quote(officer, 20)}申请延期 {quote(amount, 20)}：{quote(reason, 200)}"
    return Page(f"{asked}\n同意的话，回复 #{ticket.id} 的卡片：延期 {quote(amount, 20)} {quote(reason, 40)}")


def pleading(ticket: Ticket) -> Page:
    """The squad reads that the leads were asked."""
    return Page(f"#{ticket.id} 延期已报队长，同意了会在这里说。")


def ordered(ticket: Ticket, lead: str, words: str) -> Page:
    """What a lead wrote under her card, for the squad."""
    return Page(f"#{ticket.id} {quote(lead, 20)}督办：{quote(words, 400)}")


BEFORE = {Digest.DAILY: "前一天", Digest.WEEKLY: "前一周", Digest.MONTHLY: "上月"}
"""What a digest is compared with."""


def digest_name(kind: Digest, start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """「昨天18:00到今天18:00」 by dates, last week, last month."""
    first, last = start.astimezone(zone), (end - timedelta(microseconds=1)).astimezone(zone)
    if kind is Digest.MONTHLY:
        return f"{first.year}年{first.month}月"
    if kind is Digest.WEEKLY:
        return f"上周（{first.month}月{first.day}日—{last.month}月{last.day}日）"
    return f"每日（{moment(start, zone)}—{moment(end, zone)}）"


# --- the leads' card ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sight:
    """What the leads' card shows beside the ticket: who has it, what it may be, and when the bureau hears of it."""

    officer: str = ""
    conditions: tuple[str, ...] = ()
    times: float = BUREAU_AT


def watch(ticket: Ticket, card: Card, zone: ZoneInfo, sight: Sight) -> Page:
    """What leads see of a ticket that is late, or that they asked about: how it stands, and what they can do."""
    lines = [_head(ticket, sight), f"地点：{where(ticket)}", *_deadline(ticket, zone)]
    if card.round != ticket.round:
        lines.append(f"对方说没解决，现在是第{ticket.round}次办理。")
        return Page("\n".join(lines))
    if ticket.snoozed_until and ticket.snoozed_why:
        lines.append(f"先不催到 {moment(ticket.snoozed_until, zone)}：{quote(ticket.snoozed_why, 100)}")
    if allowed(ticket.status, Action.VOID) is None:
        return Page("\n".join(lines))
    if ticket.status not in RUNNING and card.menu != Menu.VOID:
        card = replace(card, menu=None)
    if asked := ASKS.get(Menu(card.menu)) if card.menu else None:
        lines.append(asked)
    return Page("\n".join(lines), _buttons(ticket, card, sight))


def _head(ticket: Ticket, sight: Sight) -> str:
    officer = sight.officer
    late = f" {said(STEPS[ticket.told - 1], sight.times)}" if ticket.told and ticket.status in RUNNING else ""
    hand = f"，{quote(officer, 20)}在办" if officer and ticket.status not in ENDED else ""
    squad = quote(ticket.squad or "") or "未派中队"
    return f"#{ticket.id} {bold(title(ticket))}{late}，{squad}{hand}，现在是“{_status(ticket)}”。"


def _deadline(ticket: Ticket, zone: ZoneInfo) -> list[str]:
    if ticket.deadline_at is None:
        return []
    return [f"时限：{moment(ticket.deadline_at, zone)}{limit_of(ticket)}"]


def limit_of(ticket: Ticket) -> str:
    """「（2紧急工作时，井盖缺失，按夜班）」: by what the deadline was reckoned; nothing for tickets of old."""
    if not ticket.rule:
        return ""
    rule = rule_from(ticket.rule)
    shift = f"按{rule.shift}" if rule.shift and rule.unit is LimitUnit.WORKING else ""
    return f"（{'，'.join(quote(part, 20) for part in (rule.words, rule.condition, shift) if part)}）"


ASKS = {
    Menu.EXTEND: "延多久？也可以回复本卡片，例如：延期 1工作日 等配件",
    Menu.EXTEND_WHY: "延期原因？选一个，或回复本卡片写明。",
    Menu.SNOOZE: "先不催到什么时候？也可以回复本卡片，例如：先不催 明早 已约好",
    Menu.SNOOZE_WHY: "先不催的原因？选一个，或回复本卡片写明。",
    Menu.CONDITION: "是哪种情形？时限按选的重算。",
    Menu.VOID: "作废原因？选一个，或回复本卡片写明。",
}


def _buttons(ticket: Ticket, card: Card, sight: Sight) -> tuple[tuple[Button, ...], ...]:
    if card.menu and (asked := _choices(ticket, sight).get(Menu(card.menu))):
        texts, verb, sign = asked
        made = [_button(ticket, plain(text, 40), verb, f"{sign}{n}") for n, text in enumerate(texts)]
        rows = [tuple(made[n : n + 2]) for n in range(0, len(made), 2)]
        return (*rows, (_button(ticket, "返回", verb, "back"),))
    void = _button(ticket, "作废", "void")
    if ticket.status not in RUNNING:
        return ((void,),)
    off = ("恢复提醒", "snooze", "off") if ticket.snoozed_until else ("先不催", "snooze", "")
    other = (_button(ticket, "改情形", "condition"),) if sight.conditions else ()
    return ((_button(ticket, "延期", "extend"), _button(ticket, *off)), (*other, void))


def _button(ticket: Ticket, text: str, verb: str, given: str = "") -> Button:
    return Button(text, Press(verb, ticket.id, ticket.round, given).data())


def _choices(ticket: Ticket, sight: Sight) -> dict[Menu, tuple[Sequence[str], str, str]]:
    """What each menu offers: the texts, the verb, and the sign before a choice that is a reason."""
    unit = rule_from(ticket.rule).unit if ticket.rule else LimitUnit.RUNNING
    return {
        Menu.EXTEND: (EXTEND_BY[unit], "extend", ""), Menu.EXTEND_WHY: (EXTEND_REASONS, "extend", "w"),
        Menu.SNOOZE: (SNOOZE_FOR, "snooze", ""), Menu.SNOOZE_WHY: (SNOOZE_REASONS, "snooze", "w"),
        Menu.CONDITION: (sight.conditions, "condition", ""), Menu.VOID: (VOID_REASONS, "void", "w"),
    }  # fmt: skip
