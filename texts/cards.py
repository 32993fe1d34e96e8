"""The cards: receipt and result for the group that asked, dispatch card for the squad, triage card for the leads."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from models.matters import MATTERS, matter_name
from models.presses import Press
from models.rows import Card, Ticket
from models.terms import BUREAU_AT
from models.words import CardKind, Means, Menu, Status
from texts import watching
from texts.headings import title
from texts.masking import hides
from texts.page import Button, Page, bold, plain, quote
from texts.watching import Sight
from texts.whereabouts import area, asked, where
from texts.words import EMERGENCY, ERASED, GIVE_BACK_REASONS, MEANS, STATUS, SUSPEND_REASONS

NAMED = 5
NUMBERED = 12
LABEL = 40
OPEN_TO_CHANGE = (Status.OPENED, Status.DISPATCHED)


@dataclass(frozen=True, slots=True)
class View:
    """All that a card shows: the ticket and the names around it."""

    ticket: Ticket
    card: Card
    zone: ZoneInfo
    group: str = ""
    reporter: str = ""
    shop: str = ""
    officer: str = ""
    squads: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    squad: str | None = None
    """The squad in whose chat the card stands."""
    other: Ticket | None = None
    """The ticket that it was merged into, or that it may repeat."""
    earlier: Ticket | None = None
    """The ended ticket whose trouble is back."""
    told: tuple[tuple[int, str], ...] = ()
    """Numbers and statuses of the tickets that this receipt tells of, where it tells of many."""
    conditions: tuple[str, ...] = ()
    """What a lead may say that it is, with the limits."""
    times: float = BUREAU_AT


def render(view: View) -> Page:
    """The page of a card as the ticket stands now."""
    return {
        CardKind.RECEIPT: receipt,
        CardKind.RESULT: result,
        CardKind.DISPATCH: dispatch,
        CardKind.TRIAGE: triage,
        CardKind.TWIN: twin,
        CardKind.WATCH: watched,
    }[CardKind(view.card.kind)](view)


def receipt(view: View) -> Page:
    """What the person who told of it sees: taken, on the way, done."""
    ticket = view.ticket
    if ticket.told_in is not None:
        return tally(view)
    if ticket.same_as is not None:
        return _merged(view)
    lines = [f"#{ticket.id} {quote(title(ticket))} · {where(ticket)}"]
    if ticket.emergency and ticket.status in {Status.OPENED, Status.DISPATCHED, Status.ACCEPTED}:
        lines.insert(0, f"<b>{EMERGENCY.get(ticket.emergency, '')}</b>，我们同时派人。")
    lines.append(_progress(view))
    lines += asked(ticket)
    if ticket.elsewhere and ticket.status in {Status.OPENED, Status.DISPATCHED}:
        lines.append("这件事可能归其他部门，也可以打12345，我们先帮您转。")
    by_hand = ticket.status == Status.RESOLVED and view.card.menu == Menu.JUDGE
    if view.card.menu == Menu.MATTER and ticket.status in OPEN_TO_CHANGE:
        lines.append("是什么事？选一个，或直接回复这条说明。")
    return Page("\n".join(lines), _judge(ticket) if by_hand else _corrections(view))


def tally(view: View) -> Page:
    """One line for many that came at once, and how they stand."""
    numbers = " ".join(f"#{number}" for number, _ in view.told[:NUMBERED])
    more = "等" if len(view.told) > NUMBERED else ""
    counts = Counter(Status(status) for _, status in view.told)
    stand = "，".join(f"{STATUS[status]}{counts[status]}" for status in Status if counts[status])
    return Page(f"已记下{len(view.told)}件（{numbers}{more}），一件不漏。\n{stand}。办好了一件件告诉您。")


def _merged(view: View) -> Page:
    """One line: others told of it already; whoever knows better takes it out again."""
    ticket, other = view.ticket, view.other
    stands = f"，现在是“{STATUS[Status(other.status)]}”" if other else ""
    first = f"<b>{EMERGENCY.get(ticket.emergency, '')}</b>，我们同时派人。\n" if ticket.emergency else ""
    text = f"{first}#{ticket.same_as} {quote(title(ticket))} 已有人反映，一起记上了{stands}。办好了一并告诉您。"
    live = other is not None and not other.ended
    button = Button("不是一回事", Press("split", ticket.id, ticket.round).data())
    return Page(text, ((button,),) if live else ())


def _corrections(view: View) -> tuple[tuple[Button, ...], ...]:
    """Whoever told of it puts it right with one press, until an officer is on the way."""
    ticket = view.ticket
    if ticket.status not in OPEN_TO_CHANGE:
        return ()

    def button(text: str, verb: str, given: str = "") -> Button:
        return Button(text, Press(verb, ticket.id, ticket.round, given).data())

    if view.card.menu == Menu.MATTER:
        others = [code for code in ticket.also if code in MATTERS and code != ticket.matter][:3]
        named = tuple((button(matter_name(code), "matter", code),) for code in others)
        return (*named, (button("返回", "matter", "back"),))
    return ((button("事项不对", "matter"), button("地点不对", "place"), button("不是报事", "withdraw")),)


def _progress(view: View) -> str:
    ticket, who = view.ticket, quote(view.officer) or "队员"
    status = Status(ticket.status)
    if status in {Status.OPENED, Status.DISPATCHED}:
        again = f"第{ticket.round}次办理，" if ticket.round > 1 else ""
        sent = ticket.squad if status is Status.DISPATCHED else None
        return f"{again}已登记，{f'已派{quote(sent)}' if sent else '正在派人'}"
    return {
        Status.ACCEPTED: f"{who}已接单，正在赶来 {_clock(ticket.accepted_at, view.zone)}",
        Status.ON_SITE: f"{who}已到场 {_clock(ticket.arrived_at, view.zone)}",
        Status.SUSPENDED: f"暂时挂账：{_last_reason(ticket)}，办好会告诉您",
        Status.RESOLVED: f"{who}已办结 {_clock(ticket.resolved_at, view.zone)}",
        Status.CLOSED: "已结案，谢谢您",
        Status.VOID: "已撤销" + (f"：{quote(ticket.reason)}" if ticket.reason else ""),
    }[status]


def _last_reason(ticket: Ticket) -> str:
    return quote(ticket.reason or "需要等一等")


def result(view: View) -> Page:
    """What came of it, with the two buttons for those who told of it."""
    ticket = view.ticket
    how = f"（{MEANS[Means(ticket.means)]}）" if ticket.means else ""
    lines = [
        f"#{ticket.id} {quote(title(ticket))} 已办结{how}",
        f"{quote(view.officer) or '队员'} {_clock(ticket.resolved_at, view.zone)}",
    ]
    if ticket.outcome:
        lines.append(quote(ticket.outcome, 200))
    if view.card.round != ticket.round:
        lines.append("您说没解决，已重新派人。")
    elif ticket.status == Status.CLOSED:
        lines.append("已结案，谢谢您的评价。" if ticket.satisfied else "已结案。没解决的话直接再说一声。")
    else:
        lines.append(f"请{_asked(view)}看看解决了没有：")
    live = view.card.round == ticket.round and ticket.status == Status.RESOLVED
    return Page("\n".join(lines), _judge(ticket) if live else ())


def _asked(view: View) -> str:
    """By name where several told of it: the result hangs under the words of one of them."""
    names = [quote(name, 12) for name in view.reporters[:NAMED] if name]
    more = "等" if len(view.reporters) > NAMED else ""
    return "、".join(names) + more if len(view.reporters) > 1 else ""


def _judge(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    return (
        (
            Button("满意", Press("confirm", ticket.id, ticket.round).data()),
            Button("没解决", Press("dispute", ticket.id, ticket.round).data()),
        ),
    )


def dispatch(view: View) -> Page:
    """What the squad sees and works with."""
    ticket = view.ticket
    if over := _over(view):
        return Page(f"{bold(f'#{ticket.id} {title(ticket)}')} {over}\n“{quote(ticket.words, 300)}”")
    urgent = "【紧急】" if ticket.urgent or ticket.emergency else ""
    again = f" 第{ticket.round}次" if ticket.round > 1 else ""
    lines = [
        f"{urgent}{bold(f'#{ticket.id} {title(ticket)}')} {STATUS[Status(ticket.status)]}{again}",
        f"“{quote(ticket.words, 300)}”",
        f"地点：{where(ticket)}",
        f"来源：{quote(view.group)} {quote(view.shop or view.reporter) or ERASED}"
        + (f" 等{len(view.reporters)}人" if len(view.reporters) > 1 else ""),
    ]
    lines += area(ticket)
    if ticket.party:
        lines.append(f"对象：{quote(ticket.party)}")
    if view.earlier and view.earlier.opened_at:
        lines.append(f"又来了：{_moment(view.earlier.opened_at, view.zone)}的 #{view.earlier.id}")
    if ticket.emergency:
        lines.append(f"已提醒对方先打{ticket.emergency}")
    if ticket.deadline_at:
        lines.append(f"时限：{_moment(ticket.deadline_at, view.zone)}{watching.limit_of(ticket)}")
    lines += _hands(view)
    return Page("\n".join(line for line in lines if line), _buttons(view))


def _over(view: View) -> str:
    """Why a dispatch card has had its day: it is another's matter, another squad's, or a later round's card."""
    ticket = view.ticket
    if ticket.same_as is not None:
        return f"已并入 #{ticket.same_as}，一起办理"
    if view.squad and ticket.squad and view.squad != ticket.squad:
        return f"已转派{quote(ticket.squad)}"
    return f"对方说没解决，第{ticket.round}次办理请看新卡片" if view.card.round != ticket.round else ""


def _hands(view: View) -> list[str]:
    ticket, who = view.ticket, quote(view.officer)
    lines = []
    if ticket.accepted_at and who:
        lines.append(
            f"{who} {_clock(ticket.accepted_at, view.zone)}接单"
            + (f"，{_clock(ticket.arrived_at, view.zone)}到场" if ticket.arrived_at else "")
        )
    if ticket.status == Status.ON_SITE and not view.card.menu:
        lines.append("回复本卡片发现场照片，再按办结。")
    if view.card.menu == Menu.MEANS:
        lines.append("怎么解决的？")
    if view.card.menu == Menu.GIVE_BACK:
        lines.append("退回原因？选一个，或回复本卡片写明。")
    if view.card.menu == Menu.SUSPEND:
        lines.append("挂账原因？选一个，或回复本卡片写明。")
    if view.card.menu == Menu.PASS_ON:
        lines.append("转给哪个中队？")
    if ticket.reason and ticket.status in {Status.SUSPENDED, Status.VOID}:
        lines.append(f"原因：{quote(ticket.reason, 200)}")
    if ticket.outcome:
        lines.append(f"说明：{quote(ticket.outcome, 200)}")
    if ticket.means and ticket.status in {Status.RESOLVED, Status.CLOSED}:
        lines.append(f"手段：{MEANS[Means(ticket.means)]}")
    return lines


def _buttons(view: View) -> tuple[tuple[Button, ...], ...]:
    ticket = view.ticket

    def button(text: str, verb: str, given: str = "") -> Button:
        return Button(text, Press(verb, ticket.id, ticket.round, given).data())

    back = (button("返回", "menu"),)
    match view.card.menu:
        case Menu.MEANS:
            return (tuple(button(MEANS[m], "resolve", m.value) for m in Means), back)
        case Menu.GIVE_BACK:
            return (*_pairs([button(r, "give_back", str(i)) for i, r in enumerate(GIVE_BACK_REASONS)]), back)
        case Menu.SUSPEND:
            return (*_pairs([button(r, "suspend", str(i)) for i, r in enumerate(SUSPEND_REASONS)]), back)
        case Menu.PASS_ON:
            return (*_pairs([button(plain(s, LABEL), "pass_on", str(i)) for i, s in enumerate(view.squads)]), back)
        case _:
            pass
    verbs = {
        Status.DISPATCHED: [("接单", "accept"), ("退回", "give_back")],
        Status.ACCEPTED: [("到场", "arrive"), ("转派", "pass_on"), ("退回", "give_back"), ("挂账", "suspend")],
        Status.ON_SITE: [("办结", "resolve"), ("挂账", "suspend")],
        Status.SUSPENDED: [("恢复办理", "resume")],
    }.get(Status(ticket.status), [])
    return (*_pairs([button(text, verb) for text, verb in verbs]), *_exact(ticket))


def _exact(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    """看原话, where something is masked: who may see it is asked when it is pressed."""
    if ticket.ended or not hides(ticket.words, ticket.party, ticket.place):
        return ()
    return ((Button("看原话", Press("words", ticket.id, ticket.round).data()),),)


def twin(view: View) -> Page:
    """What the leads decide: whether it is the same thing as another."""
    ticket, other = view.ticket, view.other
    lines = [_told(view, ticket)]
    if other is None:
        return Page("\n".join([*lines, "分开办理。"]))
    lines.append(_told(view, other))

    def button(text: str, verb: str) -> Button:
        return Button(text, Press(verb, ticket.id, ticket.round).data())

    if ticket.same_as is not None:
        rows = () if other.ended else ((button("拆开", "split"),),)
        return Page("\n".join([*lines, f"已并入 #{other.id}，一起办理。"]), rows)
    if ticket.status not in OPEN_TO_CHANGE or other.ended or other.status == Status.RESOLVED:
        return Page("\n".join([*lines, "分开办理。"]))
    return Page("\n".join([*lines, "是同一件事吗？"]), ((button("是同一件", "merge"), button("不是", "apart")),))


def watched(view: View) -> Page:
    """What the leads see of a ticket that is late, or that they asked about."""
    return watching.watch(view.ticket, view.card, view.zone, Sight(view.officer, view.conditions, view.times))


def _told(view: View, ticket: Ticket) -> str:
    at = _clock(ticket.opened_at, view.zone)
    return f"{bold(f'#{ticket.id} {title(ticket)}')} {at} {where(ticket)}\n“{quote(ticket.words, 120)}”"


def triage(view: View) -> Page:
    """What the leads decide: which squad, or none."""
    ticket = view.ticket
    lines = [
        f"{bold(f'#{ticket.id} {title(ticket)}')} {STATUS[Status(ticket.status)]}",
        f"“{quote(ticket.words, 300)}”",
        f"地点：{where(ticket)}",
        *area(ticket),
    ]
    if ticket.reason:
        lines.append(f"退回原因：{quote(ticket.reason)}")
    if ticket.status != Status.OPENED:
        return Page("\n".join(lines))
    lines.append("派给哪个中队？")
    squads = [
        Button(plain(squad, LABEL), Press("dispatch", ticket.id, ticket.round, str(i)).data())
        for i, squad in enumerate(view.squads)
    ]
    void = Button("作废", Press("void", ticket.id, ticket.round, "0").data())
    return Page("\n".join(lines), (*_pairs(squads), (void,), *_exact(ticket)))


def _pairs(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def _clock(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M") if moment else ""


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.month}月{local.day}日{local:%H:%M}"
