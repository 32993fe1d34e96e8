"""What can drift apart in the tables: cards, due rows, leases. Each look finds, tells, and mends where asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.results import lapsed
from ledger import notices
from ledger.needs import Needs, fill
from ledger.store import ask_for_cards, write
from ledger.work import Rules, Work
from models import tables as t
from models.rows import Job, Ticket
from models.terms import STEPS
from models.words import CardKind, GroupKind, Menu, Status

LEASE = timedelta(minutes=10)
"""So long nobody sends one thing or asks one question: who held it is gone."""
HANDED_OUT = (Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE, Status.SUSPENDED)
RUNNING = (Status.OPENED, Status.DISPATCHED, Status.ACCEPTED, Status.ON_SITE)
A_CARD = ("pending", "sending", "unknown", "failed")
SOON = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about what is wrong, and whether it was mended."""

    sentence: str
    mended: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One transaction in which all is looked at, the bureau's rules, and the present."""

    conn: AsyncConnection
    rules: Rules
    now: datetime


class Look(Protocol):
    """One thing that can be wrong."""

    async def __call__(self, desk: Desk, *, repair: bool) -> list[Finding]:
        """What is wrong of that kind; mended where asked."""
        ...


def _told(rows: Iterable[Any], words: str, *, repair: bool) -> list[Finding]:
    """One sentence for all that are alike; `words` has a place for how many and one for which."""
    which = list(rows)
    if not which:
        return []
    shown = "、".join(str(one) for one in which[:5]) + ("等" if len(which) > 5 else "")  # noqa: PLR2004 - a handful
    return [Finding(words.format(len(which), shown), repair)]


async def cards_of_nothing(desk: Desk, *, repair: bool) -> list[Finding]:
    """Cards whose ticket is not there: nobody can do anything with them."""
    lone = select(t.card.c.id).outerjoin(t.ticket, t.ticket.c.id == t.card.c.ticket_id).where(t.ticket.c.id.is_(None))
    found = list((await desk.conn.execute(lone.order_by(t.card.c.id))).scalars())
    if repair and found:
        await desk.conn.execute(delete(t.outbox).where(t.outbox.c.card_id.in_(found)))
        await desk.conn.execute(delete(t.card).where(t.card.c.id.in_(found)))
    return _told(found, "有{}张卡片没有工单（卡片 {}）", repair=repair)


async def tickets_without_a_receipt(desk: Desk, *, repair: bool) -> list[Finding]:
    """Whoever told of it must have had an answer."""
    found = await _lacking(desk, CardKind.RECEIPT, t.ticket.c.status.not_in((Status.CLOSED, Status.VOID)))
    return await _renew(desk, found, _receipt, "有{}件工单没有回执（工单 {}）", repair=repair)


async def tickets_without_a_dispatch_card(desk: Desk, *, repair: bool) -> list[Finding]:
    """A squad that has work in hand must have its card, in each round."""
    squads = select(t.group.c.squad).where(t.group.c.kind == GroupKind.SQUAD, t.group.c.known)
    handed = t.ticket.c.status.in_(HANDED_OUT) & t.ticket.c.squad.in_(squads)
    found = await _lacking(desk, CardKind.DISPATCH, handed, t.card.c.round == t.ticket.c.round)
    return await _renew(desk, found, notices.send_out, "有{}件已派的工单没有派单卡片（工单 {}）", repair=repair)


async def tickets_that_no_lead_sees(desk: Desk, *, repair: bool) -> list[Finding]:
    """A ticket that no squad has must be before the leads."""
    leads = (await desk.conn.execute(select(func.count()).where(t.group.c.kind == GroupKind.LEADS))).scalar_one()
    found = await _lacking(desk, CardKind.TRIAGE, t.ticket.c.status == Status.OPENED) if leads else []
    return await _renew(desk, found, notices.triage, "有{}件待派的工单没有给带班的卡片（工单 {}）", repair=repair)


async def tickets_without_a_result(desk: Desk, *, repair: bool) -> list[Finding]:
    """Who told of it must be asked whether it is solved: by a result, or under the receipt."""
    judged = exists().where(t.card.c.ticket_id == t.ticket.c.id, t.card.c.menu == Menu.JUDGE)
    resolved = (t.ticket.c.status == Status.RESOLVED) & ~judged
    found = await _lacking(desk, CardKind.RESULT, resolved, t.card.c.round == t.ticket.c.round)
    return await _renew(desk, found, _result, "有{}件办结的工单没有问过满意不满意（工单 {}）", repair=repair)


async def _lacking(desk: Desk, kind: CardKind, due: Any, *same: Any) -> list[int]:
    """Tickets of which a card of that kind is due and not there."""
    c = t.ticket.c
    there = exists().where(t.card.c.ticket_id == c.id, t.card.c.kind == kind, *same)
    return list((await desk.conn.execute(select(c.id).where(due, ~there).order_by(c.id))).scalars())


async def _renew(
    desk: Desk, found: list[int], show: Callable[[Work, Ticket], None], words: str, *, repair: bool
) -> list[Finding]:
    """Have the card shown, in a unit of work like any other."""
    if repair and found:
        work = await _work(desk, found)
        for number in found:
            ticket = work.ledger.tickets.get(number)
            if ticket is not None:
                show(work, ticket)
        await write(desk.conn, work.ledger)
    return _told(found, words, repair=repair)


async def _work(desk: Desk, numbers: list[int]) -> Work:
    return Work(await fill(desk.conn, Needs(tickets=set(numbers)), desk.now), desk.rules)


def _receipt(work: Work, ticket: Ticket) -> None:
    _show(work, ticket, CardKind.RECEIPT)


def _result(work: Work, ticket: Ticket) -> None:
    _show(work, ticket, CardKind.RESULT)


def _show(work: Work, ticket: Ticket, kind: CardKind) -> None:
    home = work.ledger.groups.get(ticket.group_id)
    if home is not None:
        notices.show(work, ticket, kind, home, ticket.opens)


async def cards_never_sent(desk: Desk, *, repair: bool) -> list[Finding]:
    """A card that stands nowhere and that nobody is going to send."""
    c, sent = t.card.c, t.outbox
    ended = select(t.ticket.c.id).where(t.ticket.c.status.in_((Status.CLOSED, Status.VOID)))
    on_its_way = exists().where(sent.c.card_id == c.id, sent.c.kind == "card", sent.c.state.in_(A_CARD))
    still = c.message.is_(None) & c.ticket_id.not_in(ended) & ~on_its_way
    query = select(c.id).where(still).order_by(c.id)
    found = list((await desk.conn.execute(query)).scalars())
    if repair and found:
        await ask_for_cards(desk.conn, found, desk.now)
    return _told(found, "有{}张卡片从没发出去（卡片 {}）", repair=repair)


async def stuck_sendings(desk: Desk, *, repair: bool) -> list[Finding]:
    """Sendings that somebody began long ago and never ended."""
    old = desk.now - LEASE
    query = select(t.outbox.c.id).where(t.outbox.c.state == "sending", t.outbox.c.sent_at < old)
    found = list((await desk.conn.execute(query.order_by(t.outbox.c.id))).scalars())
    if repair and found:
        await lapsed(desk.conn, desk.now, old)
    return _told(found, "有{}条回复发到一半停住了（outbox {}）", repair=repair)


async def stuck_questions(desk: Desk, *, repair: bool) -> list[Finding]:
    """Questions to the second reader that nobody is asking any more."""
    stuck = (t.advice.c.state == "asked") & (t.advice.c.asked_at < desk.now - LEASE)
    found = list((await desk.conn.execute(select(t.advice.c.id).where(stuck).order_by(t.advice.c.id))).scalars())
    if repair and found:
        await desk.conn.execute(update(t.advice).where(t.advice.c.id.in_(found)).values(state="new"))
    return _told(found, "有{}条给第二读者的问题问到一半停住了（advice {}）", repair=repair)


async def deadlines_without_a_reminder(desk: Desk, *, repair: bool) -> list[Finding]:
    """An open ticket with a deadline is reminded of before it, at it, and after it."""
    c = t.ticket.c
    query = select(c.id, c.deadline_at).where(c.status.in_(RUNNING), c.deadline_at.is_not(None)).order_by(c.id)
    rows = (await desk.conn.execute(query)).all()
    wanted = {row.id: STEPS for row in rows if row.deadline_at - desk.now > SOON}
    wanted |= {row.id: STEPS[1:] for row in rows if row.id not in wanted}
    keys = {f"{kind}:{number}" for number, kinds in wanted.items() for kind in kinds}
    missing = keys - set((await desk.conn.execute(select(t.job.c.key).where(t.job.c.ticket_id.in_(wanted)))).scalars())
    found = sorted({int(key.partition(":")[2]) for key in missing})
    if repair and found:
        await _remind(desk, found, missing)
    return _told(found, "有{}件工单到时限没有提醒（工单 {}）", repair=repair)


async def _remind(desk: Desk, found: list[int], missing: set[str]) -> None:
    work = await _work(desk, found)
    for number in found:
        ticket = work.ledger.tickets.get(number)
        if ticket is not None:
            notices.start_clock(work, ticket)
    for key in set(work.ledger.jobs) - missing:
        del work.ledger.jobs[key]
    await write(desk.conn, work.ledger)


async def results_without_an_end(desk: Desk, *, repair: bool) -> list[Finding]:
    """A ticket that is done is closed after a day of silence."""
    c = t.ticket.c
    rows = (await desk.conn.execute(select(c.id, c.round).where(c.status == Status.RESOLVED).order_by(c.id))).all()
    keys = {f"silence:{row.id}:{row.round}": row for row in rows}
    waits = select(t.job.c.key).where(t.job.c.key.in_(keys), t.job.c.state.in_(("waiting", "dead")))
    there = set((await desk.conn.execute(waits)).scalars())
    found = [row.id for key, row in keys.items() if key not in there]
    if repair and found:
        work = await _work(desk, found)
        for key, row in keys.items():
            if row.id in found:
                due = desk.now + desk.rules.silence
                work.ledger.schedule(Job(key, "silence", due, row.id, {"round": row.round}))
        await write(desk.conn, work.ledger)
    return _told(found, "有{}件办结的工单没有结案的时间（工单 {}）", repair=repair)


LOOKS: tuple[Look, ...] = (
    cards_of_nothing, tickets_without_a_receipt, tickets_without_a_dispatch_card, tickets_that_no_lead_sees,
    tickets_without_a_result, cards_never_sent, stuck_sendings, stuck_questions, deadlines_without_a_reminder,
    results_without_an_end,
)  # fmt: skip
