"""Random lives of tickets by the real table of moves, and a plain count of them from their histories alone."""

import random
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules import rules_of
from bot.settings import build
from ledger.ledger import Ledger
from ledger.life import Given, _stamp
from ledger.work import Rules, Work
from models import tables as t
from models.moves import MOVES, Action
from models.numbers import Asked
from models.rows import Person, Ticket
from models.words import Means, Status

NAMES = {"09006": "占道经营", "09001": "无照经营游商", "06001": "私搭乱建"}
ZONE = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2025, 12, 31, 16, tzinfo=UTC)
"""The new year of the bureau."""
OFFICERS, MATTERS = (1, 2, 3), (None, "09006", "09001", "06001")
SQUADS, STREETS, PLACES = (
    (None, "一中队", "三中队"),
    (None, "郁洲街道", "新港街道"),
    ("凤鸣路18号", "苍梧路", "凤鸣路KTV", ""),
)
WEIGHTS = {
    Action.VOID: 0.1, Action.WITHDRAW: 0.1, Action.MERGE: 0.2, Action.EXTEND: 0.1, Action.GIVE_BACK: 0.3,
    Action.SUSPEND: 0.3, Action.RELEASE: 0.2, Action.ARRIVE: 4, Action.RESOLVE: 4,
}  # fmt: skip
"""How readily each is done; else 1."""


@dataclass
class Life:
    """A ticket as it stands, and all that was done to it: (when, what, by which officer, by which means)."""

    ticket: Ticket
    done: list[tuple[datetime, Action, int | None, Means | None]] = field(default_factory=list)
    reporters: set[int] = field(default_factory=set)

    def last(self, *actions: Action, undone_by: tuple[Action, ...] = ()) -> datetime | None:
        """When one of these was last done, unless it was undone afterwards."""
        found = None
        for at, action, _, _ in self.done:
            if action in actions:
                found = at
            elif action in undone_by:
                found = None
        return found

    def first(self, action: Action) -> datetime | None:
        """When it was first done."""
        return next((at for at, done, _, _ in self.done if done is action), None)


@cache
def rules() -> Rules:
    """Those of a bureau that settled nothing of its own."""
    return rules_of(build({"groups": []}))


def lives(dice: random.Random, count: int) -> list[Life]:
    """So many tickets, opened around the new year, each some moves on its way; some merged, some back again."""
    found: list[Life] = []
    for number in range(1, count + 1):
        found.append(_life(dice, number, found))
    return found


def _life(dice: random.Random, number: int, others: list[Life]) -> Life:
    opened = MIDNIGHT + timedelta(seconds=dice.choice([-1, 0, dice.uniform(-90_000, 90_000), dice.uniform(-4e6, 4e6)]))
    ticket = Ticket(
        number, dice.choice([1, 2]), str(number), dice.choice([4, 5]), opened, opened, "opened",
        matter=dice.choice(MATTERS), urgent=dice.random() < 0.2, squad=dice.choice(SQUADS),
        street=dice.choice(STREETS), grid=dice.choice(["甲", None]), near=dice.choice([*PLACES, None]),
        place=dice.choice(PLACES),
        recurs=dice.choice(others).ticket.id if others and dice.random() < 0.15 else None,
    )  # fmt: skip
    life = Life(ticket, reporters={ticket.reporter_id, dice.choice([4, 5])})
    at = opened
    if dice.random() < 0.9:
        ticket.deadline_at = opened + timedelta(hours=dice.choice([1, 5, 30]))
    for _ in range(dice.choice([0, 2, 5, 9, 15])):
        edges = [(action, edge) for (status, action), edge in MOVES.items() if status == ticket.status]
        weights = [WEIGHTS.get(action, 1) for action, _ in edges]
        if not edges or (ticket.status == Status.VOID and ticket.same_as is None):
            break
        action, edge = dice.choices(edges, weights)[0]
        at += timedelta(seconds=dice.choice([0, dice.uniform(0, 900), dice.uniform(0, 40_000)]))
        if action is Action.MERGE and not others:
            continue
        officer = dice.choice(OFFICERS)
        given = Given(means=dice.choice(list(Means)) if action is Action.RESOLVE else None, by_hand=dice.random() < 0.3)
        ledger = Ledger(at)
        _stamp(Work(ledger, rules()), ticket, action, edge, Person(officer, "", ""), given)
        if action is Action.MERGE:
            ticket.same_as = dice.choice(others).ticket.id
        if action is Action.DISPUTE:
            ticket.deadline_at = at + timedelta(hours=dice.choice([1, 5]))
        life.done.append((at, action, ticket.officer_id, given.means))
    return life


async def keep(conn: AsyncConnection, every: list[Life]) -> None:
    """Put them into an empty database."""
    groups = [{"id": n, "name": f"群{n}", "kind": "merchants"} for n in (1, 2)]
    people = [{"id": n, "user": str(n), "name": f"人{n}"} for n in range(1, 6)]
    await conn.execute(insert(t.group), groups)
    await conn.execute(insert(t.person), people)
    rows = [{k: v for k, v in asdict(life.ticket).items() if k != "hand"} for life in every]
    await conn.execute(insert(t.ticket), rows)
    told = [{"ticket_id": life.ticket.id, "person_id": who} for life in every for who in life.reporters]
    await conn.execute(insert(t.reporter), told)


async def clear(conn: AsyncConnection) -> None:
    """Empty it again."""
    await conn.execute(t.ticket.update().values(same_as=None, recurs=None, status="opened", officer_id=None))
    for table in (t.reporter, t.ticket, t.group, t.person):
        await conn.execute(table.delete())


class Count:
    """The plain count: loops over histories, no table and no formula of the program."""

    def __init__(self, every: list[Life], asked: Asked) -> None:
        self.asked = asked
        self.all = [life for life in every if self.whole(life) and self.chosen(life)]

    @staticmethod
    def whole(life: Life) -> bool:
        """It was not merged, or taken out again."""
        return life.last(Action.MERGE, undone_by=(Action.SPLIT,)) is None

    def chosen(self, life: Life) -> bool:
        """It is among those asked for."""
        ticket, place = life.ticket, self.place(life)
        own: dict[str, Any] = {
            "group": ticket.group_id, "street": ticket.street, "grid": ticket.grid, "squad": ticket.squad,
            "officer": ticket.officer_id, "matter": ticket.matter, "means": self.means(life), "place": place,
            "major": {"09": "街面秩序类", "06": "市容环境类"}.get((ticket.matter or "")[:2]),
        }  # fmt: skip
        within = {
            "about": lambda word: word in (NAMES.get(ticket.matter) or ""),
            "road": lambda word: word.lower() in f"{ticket.near} {ticket.place}".lower(),
            "reporter": lambda who: who in life.reporters,
        }
        named = self.asked.which.named
        return all(within[name](value) if name in within else own[name] == value for name, value in named.items())

    def place(self, life: Life) -> str | None:
        """What its place is called."""
        return life.ticket.near or life.ticket.place or None

    def within(self, at: datetime | None) -> bool:
        """It falls in the period."""
        return at is not None and self.asked.start <= at < self.asked.end

    def resolved_at(self, life: Life) -> datetime | None:
        """When what was done last, and holds, was done."""
        return life.last(Action.RESOLVE, undone_by=(Action.DISPUTE, Action.SPLIT))

    def closed_at(self, life: Life) -> datetime | None:
        """When it was closed for good."""
        return life.last(Action.CONFIRM, Action.CLOSE)

    def means(self, life: Life) -> Means | None:
        """How it was resolved, if it was."""
        held = [means for _, action, _, means in life.done if action is Action.RESOLVE]
        return held[-1] if self.resolved_at(life) else None

    def rounds(self, life: Life) -> int:
        """How often it was begun."""
        return 1 + sum(action is Action.DISPUTE for _, action, _, _ in life.done)

    def content(self, life: Life) -> bool | None:
        """What her last word was."""
        words = [
            action is Action.CONFIRM for _, action, _, _ in life.done if action in {Action.CONFIRM, Action.DISPUTE}
        ]
        return words[-1] if words else None

    def void(self, life: Life) -> bool:
        """It was taken back or found to be none."""
        return life.last(Action.VOID, Action.WITHDRAW) is not None

    def quick(self, life: Life) -> bool:
        """Somebody took it soon."""
        at = life.first(Action.ACCEPT)
        return (
            at is not None
            and int((at - life.ticket.opened_at).total_seconds()) <= self.asked.formulas.respond_minutes * 60
        )

    def in_time(self, life: Life) -> bool:
        """It was done before its deadline, if it has one."""
        at, limit = self.resolved_at(life), life.ticket.deadline_at
        return at is not None and (limit is None or at <= limit)

    def number(self, name: str) -> set[int]:
        """The tickets that a number should count."""
        opened = [life for life in self.all if self.within(life.ticket.opened_at)]
        resolved = [life for life in self.all if self.within(self.resolved_at(life))]
        closed = [life for life in self.all if self.within(self.closed_at(life))]
        rated = [life for life in closed if self.content(life) is not None]
        stands = {id(life): life.ticket.status for life in self.all}
        due = [
            life
            for life in self.all
            if self.within(life.ticket.deadline_at)
            and life.ticket.deadline_at <= self.asked.now  # type: ignore[operator]
            and not self.void(life)
            and stands[id(life)] != "suspended"
        ]
        now = [x for x in self.all if not self.void(x) and self.closed_at(x) is None and self.resolved_at(x) is None]
        late = [
            x for x in now
            if stands[id(x)] != "suspended" and x.ticket.deadline_at and x.ticket.deadline_at < self.asked.now
        ]  # fmt: skip
        again = self.rounds
        found = {
            "opened": opened,
            "void": [x for x in opened if self.void(x)],
            "urgent": [x for x in opened if x.ticket.urgent],
            "opened_again": [x for x in opened if again(x) > 1],
            "recurred": [x for x in opened if x.ticket.recurs],
            "came_back": [x for x in opened if x.ticket.recurs or again(x) > 1],
            "accepted": [x for x in opened if x.first(Action.ACCEPT)],
            "arrived": [x for x in opened if x.first(Action.ARRIVE)],
            "resolved": resolved,
            "resolved_in_time": [x for x in resolved if self.in_time(x)],
            "resolved_again": [x for x in resolved if again(x) > 1],
            "with_means": [x for x in resolved if self.means(x)],
            **{m.value: [x for x in resolved if self.means(x) is m] for m in Means},
            "closed": closed,
            "closed_in_time": [x for x in closed if self.in_time(x)],
            "closed_at_once": [x for x in closed if again(x) == 1],
            "closed_answered": [x for x in closed if self.quick(x)],
            "rated": rated,
            "satisfied": [x for x in rated if self.content(x)],
            "rated_at_once": [x for x in rated if again(x) == 1],
            "rated_answered": [x for x in rated if self.quick(x)],
            "due": due,
            "due_resolved": [x for x in due if self.resolved_at(x) and self.in_time(x)],
            "due_to_close": [x for x in due if stands[id(x)] != "resolved"],
            "due_closed": [x for x in due if self.closed_at(x) and self.in_time(x)],
            "open_now": now,
            "held_now": [x for x in now if stands[id(x)] in {"accepted", "on_site", "suspended"}],
            "overdue_now": late,
            "backlog": [x for x in late if x.ticket.officer_id],
        }
        return {life.ticket.id for life in found[name]}

    def of(self, name: str) -> list[Life]:
        """The same as lives."""
        numbers = self.number(name)
        return [life for life in self.all if life.ticket.id in numbers]

    def times(self, name: str) -> tuple[int, float | None, float | None]:
        """How many, the middle and the ninth tenth, in minutes."""
        of = {"to_accept": "accepted", "to_arrive": "arrived", "to_resolve": "resolved"}[name]
        until = {
            "to_accept": lambda x: x.first(Action.ACCEPT),
            "to_arrive": lambda x: x.first(Action.ARRIVE),
            "to_resolve": self.resolved_at,
        }[name]
        spans = sorted(int((until(x) - x.ticket.opened_at).total_seconds()) for x in self.of(of))  # type: ignore[no-untyped-call]
        if not spans:
            return 0, None, None
        return len(spans), spans[ceil(len(spans) * 0.5) - 1] / 60, spans[ceil(len(spans) * 0.9) - 1] / 60

    def days(self) -> dict[date, tuple[int, int]]:
        """Opened and closed by day, only days that have any."""
        opened = Counter(x.ticket.opened_at.astimezone(self.asked.zone).date() for x in self.of("opened"))
        closed: Counter[Any] = Counter(self.closed_at(x).astimezone(self.asked.zone).date() for x in self.of("closed"))  # type: ignore[union-attr]
        return {day: (opened[day], closed[day]) for day in opened | closed}

    def hours(self) -> Counter[tuple[int, int]]:
        """Opened by weekday and hour."""
        local = [x.ticket.opened_at.astimezone(self.asked.zone) for x in self.of("opened")]
        return Counter((at.weekday(), at.hour) for at in local)
