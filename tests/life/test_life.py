"""A ticket's life by everybody at once: any order, twice, late, from the wrong chat, in a fault; the laws hold.

A few hundred steps with every run of the tests; thousands with `--hypothesis-profile=long`.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models.arrivals import Left
from models.presses import Press, base36, parse_press
from models.said import Medium, MediumKind, Point
from models.words import CardKind, Role, Status
from services import delays, desk, rulings
from tests.life import laws
from tests.life.bureau import (
    BAI,
    CHIEF,
    FORMER,
    JING,
    LEAD,
    MA,
    OURS,
    QIU,
    SECOND,
    STRANGER,
    SUN,
    SWEEPER,
    THEIRS,
    Bureau,
    Deed,
    Row,
    Tables,
    found,
)
from tests.life.nowhere import LOST, about
from tests.town import LEADS, MERCHANTS, SQUAD
from texts.sayings import DONE

EVERYBODY = [QIU, JING, STRANGER, BAI, SUN, MA, FORMER, LEAD, CHIEF, SWEEPER]
OFFICERS = {OURS: (BAI, SUN), THEIRS: (MA,)}
ROOM = {OURS: SQUAD, THEIRS: SECOND, None: LEADS}
HERE, THERE = Point(34.5938, 119.2214), Point(34.5962, 119.2214)
TROUBLES = [
    "这里有货车路边卖水果，堵住我们门前小路，能不能过来管理？",
    "凤鸣路18号门口有人摆摊卖水果，堵路了，快来人管管",
    "苍梧路9号门口井盖坏了，太危险，快来人修",
    "凤鸣路36号门口垃圾桶满了没人收，臭得很，麻烦来清一下",
]
TALK = [
    "怎么还没人来",
    "还没解决，又来了", "没解决啊", "已经走了", "不用来了，他们走了", "我就随口说说", "谢谢", "在凤鸣路36号门口",
    "不是摆摊，是井盖坏了", "还有，占道的有三个人", "这是两回事", "有人打起来了，流血了",
]  # fmt: skip
BY_HAND = ["马上到", "到了", "已处理", "这个归我们，我去"]
VERBS = [
    "accept", "arrive", "resolve", "resolve:service", "resolve:management", "resolve:enforcement", "pass_on",
    "pass_on:0", "pass_on:1", "give_back", "give_back:1", "suspend", "suspend:0", "resume", "extend", "extend:0",
    "confirm", "dispute", "withdraw", "withdraw:gone", "void", "merge", "split", "apart", "matter", "matter:09001",
    "matter:back", "place", "menu", "dispatch:0", "dispatch:1", "close", "release", "open", "reply",
    "snooze", "snooze:0", "calm", "condition", "condition:0", "condition:1",
]  # fmt: skip
KINDS = {
    **dict.fromkeys(["confirm", "dispute", "withdraw", "matter", "place"], (CardKind.RESULT, CardKind.RECEIPT)),
    **dict.fromkeys(["merge", "split", "apart"], (CardKind.TWIN, CardKind.RECEIPT)),
}
ONWARD: dict[str, list[str]] = {
    Status.OPENED: ["dispatch:0", "dispatch:1", "dispatch:0", "void"],
    Status.DISPATCHED: ["accept", "accept", "accept", "accept", "give_back:1"],
    Status.ACCEPTED: ["arrive", "arrive", "arrive", "pass_on:1", "pass_on:0", "give_back:0", "suspend:0"],
    Status.ON_SITE: ["resolve:management", "resolve:service", "suspend:1"],
    Status.SUSPENDED: ["resume"],
    Status.RESOLVED: ["dispute", "dispute", "confirm"],
}
DESK: dict[str, Deed] = {
    "assign": lambda work, ticket, who, _: desk.assign(work, ticket, who, OURS, "就近"),
    "assign elsewhere": lambda work, ticket, who, _: desk.assign(work, ticket, who, THEIRS),
    "void": lambda work, ticket, who, _: desk.void(work, ticket, who, "重复"),
    "merge": lambda work, ticket, who, other: desk.merge(work, ticket, other, who),
    "split": lambda work, ticket, who, _: desk.split(work, ticket, who),
    "extend": lambda work, ticket, who, _: delays.extend(work, ticket, who, "2工作日", "等配件"),
    "snooze": lambda work, ticket, who, _: delays.snooze(work, ticket, who, "1工作日", "已约好"),
    "wake": lambda work, ticket, who, _: delays.wake(work, ticket, who),
    "condition": lambda work, ticket, who, _: rulings.hold(work, ticket, who, "缺失"),
    "answer": lambda work, ticket, who, _: desk.answer(work, ticket, who, "今天下午来看"),
}
numbers = st.integers(0, 5)
lines = st.tuples(st.sampled_from(EVERYBODY), st.sampled_from(TROUBLES + TALK))


@cache
def ground() -> Path:
    """A database that every life begins with; copied, never written."""
    path = Path(tempfile.mkdtemp(prefix="qunban-life-")) / "ground.db"
    asyncio.run(found(f"sqlite:///{path}"))
    return path


@cache
def ground_on(server: str) -> str:
    """The same on a server: the name of a database there."""
    asyncio.run(_told(server, "CREATE DATABASE life_ground"))
    asyncio.run(found(_at_server(server, "life_ground")))
    return "life_ground"


async def _told(server: str, statement: str) -> None:
    conn = await asyncpg.connect(server)
    try:
        await conn.execute(statement)
    finally:
        await conn.close()


def _at_server(server: str, name: str) -> str:
    head, _, tail = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{tail}" if tail else "")


class Life(RuleBasedStateMachine):
    """Everybody does anything."""

    server = ""
    """A PostgreSQL; without one it is a file of SQLite's."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="qunban-life-"))
        self.database = self._a_copy()
        self.runner = asyncio.Runner()
        self.bureau = self.runner.run(self._open())
        self.seen = self.runner.run(self.bureau.look())
        self.before = self.seen
        self.last: tuple[int, int, str, str] | None = None

    def _a_copy(self) -> str:
        if self.server:
            name = self.folder.name.replace("-", "_")
            asyncio.run(_told(self.server, f'CREATE DATABASE "{name}" TEMPLATE {ground_on(self.server)}'))
            return _at_server(self.server, name)
        shutil.copy(ground(), self.folder / "q.db")
        return f"sqlite:///{self.folder}/q.db"

    async def _open(self) -> Bureau:
        return Bureau(self.database)

    # --- the step itself ---------------------------------------------------------------------------------------------

    def does(self, step: Any) -> Tables:
        """One step, a minute later; what stood there before it is kept."""
        self.bureau.clock.at += timedelta(minutes=1)
        self.before = self.seen
        self.runner.run(step)
        self.seen = self.runner.run(self.bureau.look())
        laws.followed(self.before, self.seen)
        return self.seen

    def press(self, who: int, chat: int, message: str, data: str) -> str:
        """Somebody presses; what she is told. Whoever is refused has changed nothing."""
        raw = self.bureau.presses(who, chat, message, data)
        self.does(self.bureau.receives(raw))
        [toast] = [row.payload["text"] for row in self.seen.posts if row.dedupe == f"toast:{raw['n']}"]
        if toast not in DONE.values():
            assert self.seen.standing() == self.before.standing(), (who, data, toast)
        self.last = (who, chat, message, data)
        return str(toast)

    def copies(self) -> list[tuple[str, str, list[str]]]:
        """Messages with buttons that no card is known to be: number, chat, data."""
        known = {card.message for card in self.seen.cards}
        stands = self.bureau.channel.stands.items()
        return [
            (n, out.chat, [data for _, data in sum(out.rows, ())]) for n, out in stands if n not in known and out.rows
        ]

    def ticket(self, number: int) -> Row:
        """One of the tickets, the newest oftener."""
        return self.seen.tickets[-1 - number % len(self.seen.tickets)]

    def spot(self, ticket: Row, verb: str) -> tuple[int, str] | None:
        """Chat and message of the newest card that bears a verb; a triage card while nobody has been sent."""
        kinds = KINDS.get(verb) or ((CardKind.TRIAGE,) if ticket.status == Status.OPENED else (CardKind.DISPATCH,))
        home = {row.id: row for row in self.seen.groups}
        mine = [c for c in self.seen.cards if c.ticket_id == ticket.id and c.kind in kinds and self._at(c)]
        if kinds == (CardKind.DISPATCH,):
            mine = [c for c in mine if home[c.group_id].squad == ticket.squad]
        newest = max(mine, key=lambda c: (c.round, c.id), default=None)
        return (self.chat(newest.group_id), self._at(newest)) if newest else None

    def _at(self, card: Row) -> str:
        """Where it stands; a copy of it where both answers about it were lost."""
        chats = {row.group_id: row.chat for row in self.seen.aliases}
        spot = (chats[card.group_id], card.ticket_id)
        stands = self.bureau.channel.stands.items()
        return card.message or next((n for n, out in reversed(stands) if about(out) == spot), "")

    def chat(self, group: int) -> int:
        """A group's number in its channel."""
        named = {"郁洲街道城管共建群": MERCHANTS, OURS: SQUAD, THEIRS: SECOND, "带班群": LEADS}
        return next(named[row.name] for row in self.seen.groups if row.id == group)

    @initialize(trouble=st.sampled_from(TROUBLES), same=st.booleans(), point=st.sampled_from([HERE, THERE]),
                weather=st.permutations(["killed", "lost", "sent", "sent"]))  # fmt: skip
    def begins(self, trouble: str, same: bool, point: Point, weather: list[str]) -> None:
        """Two people tell of something, of one thing or of two; the program dies over the first answers."""
        self.tells(QIU, trouble, point)
        self.tells(JING, trouble if same else TROUBLES[-1], point if same else None)
        self.courier_comes(weather)
        self.courier_comes_round()

    # --- people speak ------------------------------------------------------------------------------------------------

    @rule(
        who=st.sampled_from([QIU, JING, STRANGER]),
        trouble=st.sampled_from(TROUBLES),
        point=st.sampled_from([None, HERE, THERE]),
    )
    def tells(self, who: int, trouble: str, point: Point | None) -> None:
        """Trouble, with a pin or without."""
        raws = [self.bureau.says(who, MERCHANTS, trouble)]
        raws += [self.bureau.says(who, MERCHANTS, "", point=point)] if point else []
        self.does(self.bureau.receives(*raws))

    @precondition(lambda self: self.seen.tickets)
    @rule(who=st.sampled_from(EVERYBODY), words=st.sampled_from(TALK + BY_HAND), number=numbers, answers=st.booleans())
    def talks(self, who: int, words: str, number: int, answers: bool) -> None:
        """A word more in the group, in reply to the ticket or not."""
        ticket = self.ticket(number)
        reply = ticket.opens if answers else None
        self.does(self.bureau.receives(self.bureau.says(who, MERCHANTS, words, reply_to=reply)))

    @precondition(lambda self: self.seen.tickets)
    @rule(
        who=st.sampled_from(EVERYBODY),
        number=numbers,
        words=st.sampled_from(["", "已经劝离", "不归我们管，请转走"]),
        photo=st.booleans(),
    )
    def replies(self, who: int, number: int, words: str, photo: bool) -> None:
        """Words or a photo in reply to the squad's card: an account, a proof, or the reason that a menu asked for."""
        spot = self.spot(self.ticket(number), "reply")
        if spot is not None:
            media = (Medium(MediumKind.PHOTO, "photo:1"),) if photo else ()
            self.does(self.bureau.receives(self.bureau.says(who, spot[0], words, reply_to=spot[1], media=media)))

    # --- people press ------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.seen.tickets)
    @rule(who=st.sampled_from(EVERYBODY), verb=st.sampled_from(VERBS), number=numbers,
          turn=st.sampled_from([0, 0, 0, -1, 1]),
          wrong=st.sampled_from(["", "", "", "copy", "card", "chat"]))  # fmt: skip
    def presses(self, who: int, verb: str, number: int, turn: int, wrong: str) -> None:
        """Anybody, any verb, any ticket; also an old round, a copy, another ticket's card, the wrong chat."""
        ticket = self.ticket(number)
        name, _, given = verb.partition(":")
        chat, message = self.spot(ticket, name) or (SQUAD, laws.FORGED[0])
        if wrong == "copy":
            message = laws.FORGED[1]
        if wrong == "card":
            message = next((c.message for c in self.seen.cards if c.ticket_id != ticket.id and c.message), message)
        if wrong == "chat":
            chat = LEADS if chat != LEADS else MERCHANTS
        self.press(who, chat, message, Press(name, ticket.id, ticket.round + turn, given).data())

    @precondition(lambda self: any(self.seen.buttons.values()))
    @rule(who=st.sampled_from(EVERYBODY), number=st.integers(0, 99))
    def presses_what_stands_there(self, who: int, number: int) -> None:
        """A button that a card bears now."""
        shown = [(card, b) for card in self.seen.cards for b in self.seen.buttons[card.id] if card.message]
        if shown:
            card, button = shown[number % len(shown)]
            self.press(who, self.chat(card.group_id), card.message, button.data)

    @precondition(lambda self: self.last)
    @rule()
    def presses_again(self) -> None:
        """The same press once more makes no second move."""
        assert self.last is not None
        self.press(*self.last)
        self.before = self.seen
        events = len(self.seen.events)
        self.press(*self.last)
        assert len(self.seen.events) == events, self.last

    @precondition(lambda self: self.seen.tickets)
    @rule(number=numbers, choices=st.lists(st.integers(0, 20), min_size=1, max_size=6))
    def goes_on(self, number: int, choices: list[int]) -> None:
        """Who may does what is next, and what is next after it."""
        chosen = self.ticket(number).id
        for choice in choices:
            [ticket] = [row for row in self.seen.tickets if row.id == chosen]
            self.step(ticket, choice)
            laws.hold(self.seen)

    def step(self, ticket: Row, choice: int) -> None:
        """One verb by who may; it is done."""
        verbs = ONWARD.get(ticket.status)
        if not verbs:
            return
        self.does(self.bureau.comes_round())
        laws.delivered(self.seen)
        verb = verbs[choice % len(verbs)]
        who = self.entitled(ticket)
        if verb.startswith("resolve"):
            self.replies(who, self.seen.tickets[::-1].index(ticket), "已经劝离", photo=True)
            if next(row.status for row in self.seen.tickets if row.id == ticket.id) != ticket.status:
                return  # his card asked for a reason, and these words were it
        name, _, given = verb.partition(":")
        spot = self.spot(ticket, name)
        assert spot is not None, (ticket, verb)
        toast = self.press(who, *spot, Press(name, ticket.id, ticket.round, given).data())
        assert toast == DONE[name], (ticket, verb, who, toast)

    def entitled(self, ticket: Row) -> int:
        """Somebody who may do what is next."""
        if ticket.status == Status.RESOLVED:
            return self.seen.user_of(min(self.seen.told_by(ticket.id))) or 0
        holder = self.seen.user_of(ticket.officer_id)
        return holder or (LEAD if ticket.status == Status.OPENED else self.officer(ticket.squad))

    def officer(self, squad: str | None) -> int:
        """One of the squad who is an officer now, or the lead."""
        held = {row.person_id for row in self.seen.roles if row.role == Role.OFFICER and row.until is None}
        return next((who for who in OFFICERS.get(squad or "", ()) if self.seen.key_of(who) in held), LEAD)

    @precondition(lambda self: self.seen.tickets)
    @rule(who=st.sampled_from([*EVERYBODY, LEAD, LEAD, CHIEF]), name=st.sampled_from(sorted(DESK)), number=numbers,
          other=numbers)  # fmt: skip
    def at_the_desk(self, who: int, name: str, number: int, other: int) -> None:
        """The same from the pages, by anybody: who is refused has changed nothing.

        What is done bears her name first; what follows from it (a split ticket is dispatched) may be the bot's.
        """
        refused: list[str] = []

        async def acts() -> None:
            refused.append(await self.bureau.at_desk(who, DESK[name], self.ticket(number).id, self.ticket(other).id))

        self.does(acts())
        if refused[0]:
            assert self.seen.standing() == self.before.standing(), (who, name, refused)
        else:
            done = self.seen.events[len(self.before.events) :]
            assert self.seen.user_of(done[0].actor_id) == who, (who, name)

    # --- time, roles, faults -----------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 3, 26]))
    def time_passes(self, hours: int) -> None:
        """Reminders, deadlines, and the silence of a day fall due."""
        self.does(self.bureau.later(timedelta(hours=hours)))

    @rule(weather=st.lists(st.sampled_from(["sent", "sent", *LOST]), max_size=8))
    def courier_comes(self, weather: Iterable[str] = ()) -> None:
        """What was to be sent is sent, gets lost, or its answer does; or the program dies over it."""
        self.does(self.bureau.delivers(*weather))

    @rule()
    def courier_comes_round(self) -> None:
        """In good weather, until all has gone."""
        self.does(self.bureau.comes_round())
        laws.delivered(self.seen)

    @rule()
    def starts_again(self) -> None:
        """The program is stopped and started: no ticket moves."""
        self.does(self.bureau.restarts())
        assert self.seen.tickets == self.before.tickets
        assert self.seen.events == self.before.events

    @precondition(lambda self: self.copies())
    @rule(who=st.sampled_from(EVERYBODY), number=st.integers(0, 99))
    def presses_a_copy(self, who: int, number: int) -> None:
        """A second copy stands where an answer was lost: pressed by who may, it is the card from now on."""
        found = self.copies()
        message, chat, data = found[number % len(found)]
        chosen = parse_press(data[number % len(data)])
        toast = self.press(who, int(chat), message, data[number % len(data)])
        group = next(row.group_id for row in self.seen.aliases if row.chat == chat)
        mine = [c for c in self.before.cards if chosen and (c.ticket_id, c.group_id) == (chosen.ticket, group)]
        if toast in DONE.values() and len(mine) == 1 and mine[0].message is None:
            assert next(c.message for c in self.seen.cards if c.id == mine[0].id) == message

    @rule(numbers=st.lists(st.integers(0, 999), min_size=1, max_size=6))
    def updates_are_brought_again(self, numbers: list[int]) -> None:
        """Any of the past, in any order: nothing happens."""
        past = [row.update_id for row in self.seen.inbox]
        if past:
            again = [{"n": past[number % len(past)]} for number in numbers]
            self.does(self.bureau.receives(*again))
            assert self.seen.standing() == self.before.standing()
            assert self.seen.posts == self.before.posts
            assert len(self.seen.inbox) == len(self.before.inbox)

    @precondition(lambda self: self.seen.tickets)
    @rule(order=st.randoms(use_true_random=False), said=st.lists(lines, min_size=2))
    def updates_are_brought_in_disorder(self, order: Any, said: list[tuple[int, str]]) -> None:
        """Several at once, shuffled, each of them twice: each is done once."""
        raws = [self.bureau.says(who, MERCHANTS, words) for who, words in said]
        brought = raws[:4] * 2
        order.shuffle(brought)
        self.does(self.bureau.receives(*brought))
        assert len(self.seen.inbox) == len(self.before.inbox) + len(raws[:4])

    @rule(
        who=st.sampled_from([LEAD, BAI, QIU]),
        verb=st.sampled_from(["revoke", "restore"]),
        chat=st.sampled_from([LEADS, SQUAD]),
    )
    def takes_a_role_away(self, who: int, verb: str, chat: int) -> None:
        """撤销 and 恢复 of an officer who was bound by a code."""
        key = base36(self.seen.key_of(FORMER) or 0)
        self.press(who, chat, "1", Press(verb, 0, 1, key).data())

    @rule(who=st.sampled_from([BAI, SUN, None]))
    def file_changes(self, who: int | None) -> None:
        """Somebody is struck from the file, or all are named again."""
        self.does(self.bureau.strikes(who))

    @rule(who=st.sampled_from([BAI, SUN, MA, FORMER]), chat=st.sampled_from([SQUAD, SECOND]))
    def leaves(self, who: int, chat: int) -> None:
        """An officer leaves a squad's chat."""
        self.does(self.bureau.receives(self.bureau.lay(chat, lambda _: Left(str(chat), str(who)))))

    @precondition(lambda self: self.seen.tickets)
    @rule(number=numbers, choice=st.integers(0, 20))
    def power_fails(self, number: int, choice: int) -> None:
        """The unit of work dies before it is on disk, and is done again: once."""
        self.bureau.armed = True
        self.step(self.ticket(number), choice)
        self.bureau.armed = False

    @precondition(lambda self: self.seen.tickets)
    @rule(first=st.sampled_from(EVERYBODY), second=st.sampled_from(EVERYBODY), number=numbers,
          choices=st.tuples(st.integers(0, 20), st.integers(0, 20)), stale=st.booleans())  # fmt: skip
    def two_at_once(self, first: int, second: int, number: int, choices: tuple[int, int], stale: bool) -> None:
        """Two press on one ticket in the same moment: by two workers, or one of them on what it read before."""
        ticket, raws = self.ticket(number), []
        for who, choice in zip((first, second), choices, strict=True):
            verbs = ONWARD.get(ticket.status) or VERBS
            name, _, given = verbs[choice % len(verbs)].partition(":")
            chat, message = self.spot(ticket, name) or (SQUAD, laws.FORGED[0])
            raws.append(self.bureau.presses(who, chat, message, Press(name, ticket.id, ticket.round, given).data()))
        self.does(self.bureau.overtaken(*raws) if stale else self.bureau.receives(*raws, together=True))
        moved = [
            e for e in self.seen.events[len(self.before.events) :] if e.before != e.after and e.ticket_id == ticket.id
        ]
        assert len({(e.before, e.action) for e in moved}) == len(moved), moved
        toasts = [row for row in self.seen.posts if row.dedupe in {f"toast:{raw['n']}" for raw in raws}]
        assert len(toasts) == len(raws)

    @invariant()
    def the_laws_hold(self) -> None:
        """After every step."""
        laws.hold(self.seen)
        laws.network(self.seen, self.bureau.channel)

    def teardown(self) -> None:
        """The file is whole to the end."""
        try:
            self.runner.run(self.bureau.close())
        finally:
            self.runner.close()
            shutil.rmtree(self.folder, ignore_errors=True)


TestLife = Life.TestCase
LONG = settings.get_current_profile_name() == "long"
pytestmark = pytest.mark.timeout(0 if LONG else 300)
TestLife.settings = settings(
    max_examples=settings().max_examples if LONG else 6,
    stateful_step_count=settings().stateful_step_count if LONG else 25,
    phases=tuple(Phase) if LONG else (Phase.generate,),
    deadline=None, derandomize=not LONG, suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.postgres
def test_life_on_postgresql(postgres: str) -> None:
    """The same, and less of it: each life begins with a copy of one database of that server."""

    class Elsewhere(Life):
        server = postgres

    smaller = {} if LONG else {"max_examples": 3, "stateful_step_count": 12}
    run_state_machine_as_test(Elsewhere, settings=settings(TestLife.settings, **smaller))  # type: ignore[no-untyped-call]
