"""A matter of the demonstration city from first word to end: the services do to it what they do to any other.

People's acts are laid out ahead (they say it, somebody takes it, is there, has done it, is it solved?); what falls due
meanwhile is done by the same code that does it live, on a ledger of the matter's own.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import numpy as np

from bot.demo.calendar import Report
from bot.demo.cast import NUMBERS, Beat, Dice
from handlers.receive import fall_due
from ledger import life
from ledger.ledger import Ledger
from ledger.life import Refused
from ledger.work import Heard, Rules, Work
from models.matters import MATTERS
from models.moves import Action
from models.presses import Press
from models.reading import Act, Found, Step, Verdict
from models.rows import Event, Group, Job, Message, Person, Ticket
from models.said import Point, Said
from models.words import Means, Status
from services import corrections, delays, desk, intake, relay, squad
from texts.city import phrases
from texts.words import EXTEND_REASONS, GIVE_BACK_REASONS, SUSPEND_REASONS, VOID_REASONS

SHOP_SHARE, PIN_SHARE, PICTURED, PROVEN, RATED, GLAD, TOLD = 0.3, 0.6, 0.35, 0.7, 0.42, 0.92, 0.3
WITHDRAWN, VOIDED, GIVEN_BACK, PASSED_ON, SUSPENDED, EXTENDED, STUCK, CHASED = (
    0.015, 0.015, 0.02, 0.01, 0.03, 0.02, 0.04, 0.06,
)  # fmt: skip
STUCK_DAYS = 5
"""So long after its limit, about, a matter is done that got stuck."""
PART, REPAIR, SPREAD = 0.12, 0.4, 0.85
"""How much of its limit a matter takes, about; and a repair, which waits for somebody with tools."""
REPAIRS = "06"
MORNING, NIGHT = 7, 23
AWAKE = frozenset({"night", "building"})
"""What disturbs the night is seen to at night."""
BACK_WITHIN = timedelta(days=30)
Say = Callable[[], None]


@dataclass(slots=True)
class Seen:
    """What the whole city remembers from one tale to the next."""

    ids: dict[int, set[int]] = field(default_factory=dict)
    """Numbers of messages that are taken, by chat."""
    closed: dict[tuple[int, str | None, str], tuple[int, datetime]] = field(default_factory=dict)
    """When a matter was last closed at a place: what comes after it within a month is a recurrence."""
    pictures: list[tuple[int, str, bool]] = field(default_factory=list)
    """Chat, message, and whether it shows how it is done."""

    def message(self, group: Group, at: datetime, since: datetime) -> str:
        """A number for a message: later ones are greater, and none meets those of a chat that begins."""
        taken = self.ids.setdefault(group.id, set())
        number = 1_000_000 + int((at - since).total_seconds())
        while number in taken:
            number += 1
        taken.add(number)
        return str(number)


@dataclass(frozen=True, slots=True)
class Ground:
    """What all tales share: the ledger of people and chats, the rules, the span, the dice, and what is remembered."""

    ledger: Ledger
    rules: Rules
    since: datetime
    now: datetime
    dice: Dice
    seen: Seen
    cast: list[Beat]

    def squad_after(self, beat: Beat) -> Beat:
        """The beat of the next squad: what belongs there is passed on to it."""
        after = (beat.squad + 1) % len(self.rules.squads)
        return next((one for one in self.cast if one.squad == after), beat)

    def beat_of(self, squad: str | None, beat: Beat) -> Beat:
        """A beat of that squad."""
        return next((one for one in self.cast if self.rules.squads[one.squad] == squad), beat)


class Tale:
    """One matter."""

    def __init__(self, ground: Ground, beat: Beat, first: Report, again: Iterable[Report]) -> None:
        self.ground, self.beat, self.theme, self.dice = ground, beat, first.theme, ground.dice
        self.work = Work(_ledger(ground, beat), ground.rules)
        self.done: dict[str, Job] = {}
        self._acts: list[tuple[datetime, int, Say]] = []
        self._order = count()
        self.number, self.last_report = first.number, max([first.at, *(one.at for one in again)])
        self._place, self._point = self._where()
        self.at(first.at, lambda: self.open(first))
        for one in again:
            self.at(one.at, lambda one=one: self.join(one))  # type: ignore[misc]

    # --- time ----------------------------------------------------------------------------------------------------

    def at(self, moment: datetime, act: Say) -> datetime:
        """Something will happen then."""
        heapq.heappush(self._acts, (moment, next(self._order), act))
        return moment

    def run(self) -> Ledger:
        """Until now; the ledger of what happened."""
        while True:
            due = min(self.ledger.jobs.values(), key=lambda job: job.due_at, default=None)
            act = self._acts[0][0] if self._acts else None
            if due is not None and (act is None or due.due_at <= act):
                if due.due_at > self.ground.now:
                    break
                self._fall_due(due)
            elif act is not None and act <= self.ground.now:
                self.ledger.now = max(self.ledger.now, act)
                self._do(heapq.heappop(self._acts)[2])
            else:
                break
        return self.ledger

    def _fall_due(self, job: Job) -> None:
        self.ledger.now = max(self.ledger.now, job.due_at)
        self.done[job.key] = self.ledger.jobs.pop(job.key)
        fall_due(self.work, [job])

    def _do(self, act: Say) -> None:
        try:
            act()
        except Refused:
            return  # somebody was quicker, as in any city

    @property
    def ledger(self) -> Ledger:
        """The matter's own."""
        return self.work.ledger

    def ticket(self, number: int | None = None) -> Ticket:
        """The matter, or a report of it that goes its own way."""
        return self.ledger.tickets.rows[number or self.number,]

    # --- people speak ----------------------------------------------------------------------------------------------

    def open(self, report: Report) -> None:
        """Somebody tells of it."""
        who = self._somebody()
        own = self.beat.shops.get(who.id)
        if own is not None and self._luck(SHOP_SHARE) and own.lat is not None and own.lon is not None:
            self._place, self._point = own.address or own.name, Point(own.lat, own.lon)
        words = self._pick(self.theme.words).format(place=self._place)
        self._take(report, who, words, None)
        self._recur(self.ticket())
        self._lay_out()

    def join(self, report: Report) -> None:
        """Somebody else tells of it too."""
        words = self._pick(phrases().reports).format(place=self._place)
        head = self.ticket()
        same = None if head.ended or head.status == Status.RESOLVED else head.id
        self._take(report, self._somebody(), words, same)
        if same is None:
            self._round(report.number)

    def _take(self, report: Report, who: Person, words: str, same: int | None) -> None:
        point = self._point if self._luck(PIN_SHARE) else None
        message = self._say(self.beat.group, who, words, point=point, pictured=self._luck(PICTURED))
        theme, named = self.theme, self._place in words
        found = Found(theme.demand, theme.code, party=theme.party, urgent=theme.urgent)
        why = (MATTERS[theme.code].name,) if theme.code else ()
        places = ((message.message, self._place),) if named else ()
        verdict = Verdict(Step.OPEN, Act.OPENING, founds=(found,), places=places, same_as=same, why=why)
        self.ledger.counters.ticket = report.number - 1
        intake.take(self.work, self._heard(self.beat.group, who, message), verdict)

    def _say(
        self, group: Group, who: Person, words: str, *, point: Point | None = None, pictured: bool = False
    ) -> Message:
        number = self.ground.seen.message(group, self.work.now, self.ground.since)
        message = Message(group.id, number, who.id, self.work.now, words, pictured=pictured)
        if point is not None:
            message.lat, message.lon, message.datum, message.shown_by = point.lat, point.lon, group.datum, "pin"
        if pictured:
            self.ground.seen.pictures.append((group.id, number, group.id == self.beat.squad_group.id))
        return self.ledger.write(message)

    def _heard(self, group: Group, who: Person, message: Message) -> Heard:
        said = Said(self.beat.chat, message.message, message.at, who.user, who.name, message.text, point=message.point)
        return Heard(group, said, who)

    def _chase(self) -> None:
        ticket = self.ticket()
        who = self.ledger.persons.rows[ticket.reporter_id,]
        if not ticket.ended:
            message = self._say(self.beat.group, who, self._pick(phrases().chasers))
            verdict = Verdict(Step.ADD, Act.CHASER, ticket=self.number)
            intake.add(self.work, self._heard(self.beat.group, who, message), ticket, verdict)

    def _recur(self, ticket: Ticket) -> None:
        """The same trouble was there within the month, and had ended."""
        earlier = self.ground.seen.closed.get(self._key(ticket))
        if earlier is not None and timedelta() < ticket.opened_at - earlier[1] < BACK_WITHIN:
            ticket.recurs = earlier[0]
            facts = {"number": earlier[0]}
            self.ledger.note(Event(ticket.id, self.work.now, "recur", None, ticket.status, ticket.status, facts))

    @staticmethod
    def _key(ticket: Ticket) -> tuple[int, str | None, str]:
        return ticket.group_id, ticket.matter, ticket.place

    # --- the squad comes ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """What will become of it, unless something else does."""
        opened = self.work.now
        if self._luck(WITHDRAWN):
            self.at(opened + self._minutes(4, 0.8), self._take_back)
        elif self._luck(VOIDED):
            self.at(opened + self._minutes(25, 0.8), self._void)
        elif self._luck(GIVEN_BACK):
            back = self.at(opened + self._minutes(20, 0.8), self._give_back)
            self.at(back + self._minutes(15, 0.6), self._send_again)
        else:
            self._round(self.number)
        if self._luck(CHASED):
            self.at(opened + self._minutes(90, 1.0), self._chase)

    def _take_back(self) -> None:
        """The reporter needs nobody any more; who told of it too still does."""
        ticket = self.ticket()
        corrections.take_back(self.work, ticket, self.ledger.persons.rows[ticket.reporter_id,], "gone")
        self._others_go_on()

    def _others_go_on(self) -> None:
        for other in self.ledger.tickets:
            if not other.ended:
                self._round(other.id)

    def _void(self) -> None:
        reason = VOID_REASONS[self.number % len(VOID_REASONS)]
        desk.void(self.work, self.ticket(), self.beat.lead, reason.kept)
        self._others_go_on()

    def _give_back(self) -> None:
        self._press(self.number, "give_back", self._officer(self.number), self._any(GIVE_BACK_REASONS))

    def _send_again(self) -> None:
        self._press(self.number, "dispatch", self.beat.lead, str(self.beat.squad))
        self._round(self.number)

    def _round(self, number: int) -> None:
        """Taken, there, done, by the squad that has it."""
        officer, begun = self._officer(number), self.work.now
        accept = self.at(self._awake(begun + self._minutes(6, 0.9)), lambda: self._press(number, "accept", officer))
        arrive = self.at(self._awake(accept + self._minutes(16, 0.6)), lambda: self._press(number, "arrive", officer))
        ready = max(arrive + self._minutes(14, 0.8), self._when_done(number), self.last_report + self._minutes(5))
        if self._luck(SUSPENDED):
            ready = self._stand_still(number, officer, arrive, ready)
        elif self._luck(EXTENDED):
            self.at(arrive + (ready - arrive) / 2, lambda: self._extend(number))
        elif self._luck(PASSED_ON):
            self.at(accept + (arrive - accept) / 2, lambda: self._pass_on(number, officer))
        self.at(self._awake(ready), lambda: self._finish(number, officer))

    def _when_done(self, number: int) -> datetime:
        """Most well within the limit, some after it, a few get stuck."""
        begun = self.work.now
        limit = self.ticket(number).deadline_at or begun + timedelta(days=1)
        if self._luck(STUCK):
            return limit + self._minutes(STUCK_DAYS * 24 * 60, 0.8)
        usual = REPAIR if (self.theme.code or REPAIRS) < REPAIRS else PART
        return begun + float(self.dice.lognormal(np.log(usual), SPREAD)) * self.beat.slow * (limit - begun)

    def _stand_still(self, number: int, officer: Person, arrive: datetime, ready: datetime) -> datetime:
        why = self._any(SUSPEND_REASONS)
        still = self.at(arrive + self._minutes(10), lambda: self._press(number, "suspend", officer, why))
        again = self._awake(still + self._minutes(60 * 30, 0.6))
        self.at(again, lambda: self._press(number, "resume", officer))
        back = self.at(again + self._minutes(10), lambda: self._press(number, "arrive", officer))
        return max(ready, back + self._minutes(30))

    def _finish(self, number: int, officer: Person) -> None:
        """Proof or an account, then 办结; the reporter is asked."""
        ticket, means, proven = self.ticket(number), self._means(), self._luck(PROVEN)
        if ticket.status != Status.ON_SITE or ticket.officer_id != officer.id:
            return
        home = self.beat.squad_group
        if not proven or means is Means.ENFORCEMENT or self._luck(TOLD):
            account = self._say(home, officer, self._pick(phrases().accounts[means]))
            relay.words(self.work, ticket, home, account, officer)
        if proven:
            relay.proof(self.work, ticket, home, self._say(home, officer, "", pictured=True), officer)
        self._press(number, "resolve", officer, means)
        if self._luck(RATED):
            self.at(self._awake(self.work.now + self._minutes(45, 1.1)), lambda: self._judge(number))

    def _judge(self, number: int) -> None:
        ticket = self.ticket(number)
        who = self.ledger.persons.rows[ticket.reporter_id,]
        if ticket.status != Status.RESOLVED:
            return
        if self._luck(GLAD):
            life.move(self.work, ticket, Action.CONFIRM, who)
            squad.follow(self.work, ticket, Action.CONFIRM)
        else:
            squad.dispute(self.work, ticket, who)
            self._round(number)

    def _press(self, number: int, verb: str, who: Person, given: str = "") -> None:
        ticket = self.ticket(number)
        squad.press(self.work, ticket, None, who, Press(verb, number, ticket.round, given))

    def _pass_on(self, number: int, officer: Person) -> None:
        self._press(number, "pass_on", officer, str(self.ground.squad_after(self.beat).squad))
        self._round(number)

    def _extend(self, number: int) -> None:
        delays.extend(self.work, self.ticket(number), self.beat.lead, "1工作日", self._pick(EXTEND_REASONS).kept)

    # --- what chance decides -----------------------------------------------------------------------------------------

    def _where(self) -> tuple[str, Point]:
        roads = self.beat.roads
        road = roads[min(int(self.dice.geometric(0.28)) - 1, len(roads) - 1)]
        number = 1 + int(self.dice.pareto(0.7) * 9) % NUMBERS
        return f"{road.name}{number}号", road.at(number, self.dice)

    def _somebody(self) -> Person:
        people = self.beat.people
        return people[min(int(self.dice.exponential(len(people) / 3)), len(people) - 1)]

    def _officer(self, number: int) -> Person:
        officers = self.ground.beat_of(self.ticket(number).squad, self.beat).officers
        return officers[min(int(self.dice.geometric(0.4)) - 1, len(officers) - 1)]

    def _means(self) -> Means:
        return list(Means)[int(self.dice.choice(3, p=self.theme.means))]

    def _luck(self, share: float) -> bool:
        return float(self.dice.random()) < share

    def _pick(self, things: Any) -> Any:
        return things[int(self.dice.integers(len(things)))]

    def _any(self, things: tuple[Any, ...]) -> str:
        """The place of one of them, as a button says it."""
        return str(self.dice.integers(len(things)))

    def _minutes(self, median: float, spread: float = 0.4) -> timedelta:
        return timedelta(minutes=float(self.dice.lognormal(np.log(median), spread)))

    def _awake(self, moment: datetime) -> datetime:
        """At night only what is urgent, or belongs to the night, is seen to at once."""
        local = moment.astimezone(self.ground.rules.zone)
        if self.theme.urgent or self.theme.hours in AWAKE or MORNING <= local.hour < NIGHT:
            return moment
        late = local.hour >= NIGHT
        morning = local.replace(hour=MORNING, minute=0, second=0) + timedelta(days=1 if late else 0)
        return (morning + self._minutes(50, 0.4)).astimezone(moment.tzinfo)


def _ledger(ground: Ground, beat: Beat) -> Ledger:
    """A ledger of its own, with the city's people and chats."""
    base = ground.ledger
    ledger = Ledger(ground.since)
    ledger.groups, ledger.aliases, ledger.persons, ledger.counters = (
        base.groups,
        base.aliases,
        base.persons,
        base.counters,
    )
    for row in base.roles:
        ledger.grant(row)
    for shop in beat.shops.values():
        ledger.furnish(shop)
    return ledger
