"""The ledger (台账): what one unit of work sees and changes.

It holds plain rows. `ledger.needs` fills it from the database before the work, `ledger.store` writes the changes
back after it, in one transaction; a replay uses it alone. So the verbs of services/ are plain functions, the same live
and in a replay.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ledger.shelf import Shelf
from models import tables
from models.rows import (
    Advice,
    Alias,
    Audit,
    Card,
    Event,
    Group,
    Job,
    Link,
    MediumRow,
    Message,
    Person,
    Post,
    Reporter,
    RoleCode,
    RoleEvent,
    RoleRow,
    Shop,
    Standing,
    Ticket,
)
from models.words import GroupKind, Role

LINES_KEPT = 60
LINES_AGE = timedelta(hours=3)
TICKETS_AGE = timedelta(days=3)
OPEN_AGE = timedelta(days=30)
WEIGHT = {Role.MERCHANT: 0, Role.WORKER: 1, Role.OFFICER: 2, Role.LEAD: 3, Role.ADMIN: 4}


@dataclass
class Counters:
    """The last key given out for each table that numbers by itself here."""

    ticket: int = 0
    card: int = 0
    person: int = 0
    chat_group: int = 0
    medium: int = 0
    shop: int = 0
    advice: int = 0

    def take(self, name: str) -> int:
        """The next free key."""
        value: int = getattr(self, name) + 1
        setattr(self, name, value)
        return value


class Ledger:
    """The rows of a unit of work; look-ups and additions in the trade's words."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.counters = Counters()
        self.groups = Shelf(tables.group, Group)
        self.aliases = Shelf(tables.alias, Alias)
        self.persons = Shelf(tables.person, Person)
        self.roles = Shelf(tables.role, RoleRow)
        self.codes = Shelf(tables.code, RoleCode)
        self.shops = Shelf(tables.shop, Shop)
        self.messages = Shelf(tables.message, Message)
        self.media = Shelf(tables.medium, MediumRow)
        self.tickets = Shelf(tables.ticket, Ticket)
        self.reporters = Shelf(tables.reporter, Reporter)
        self.links = Shelf(tables.link, Link)
        self.cards = Shelf(tables.card, Card)
        self.advice = Shelf(tables.advice, Advice)
        self.events: list[Event] = []
        self.role_events: list[RoleEvent] = []
        self.misses: list[RoleEvent] = []
        self.waiting: set[str] = set()
        self.asked: dict[str, Job] = {}
        self.posts: list[Post] = []
        self.sent: dict[int, Post] = {}
        self.homes: dict[int, int] = {}
        self.audits: list[Audit] = []
        self.jobs: dict[str, Job] = {}
        self.cancelled: set[str] = set()
        self.refreshed: set[int] = set()
        self.moved: dict[int, str] = {}
        self._person_of: dict[str, Person] = {}
        self._roles_of: dict[int, list[RoleRow]] = defaultdict(list)
        self._shop_of: dict[int, Shop] = {}
        self._lines: dict[int, deque[Message]] = defaultdict(lambda: deque(maxlen=LINES_KEPT))
        self._links_of: dict[tuple[int, str], list[Link]] = defaultdict(list)
        self._linked: dict[int, list[Link]] = defaultdict(list)
        self._tickets_in: dict[int, list[Ticket]] = defaultdict(list)
        self._reporters_of: dict[int, set[int]] = defaultdict(set)
        self._albums: dict[tuple[int, str], list[Message]] = defaultdict(list)
        self._cards_of: dict[int, list[Card]] = defaultdict(list)
        self._card_at: dict[tuple[int, str], Card] = {}

    # --- who and where -------------------------------------------------------------------------------------------

    def group_of(self, chat: str) -> Group | None:
        """The group that has, or had, this id in its channel."""
        alias = self.aliases.get(chat)
        return self.groups.get(alias.group_id) if alias else None

    def chat_of(self, group: Group) -> str | None:
        """The group's present id in its channel."""
        return next((a.chat for a in self.aliases if a.group_id == group.id and a.current), None)

    def squad_group(self, squad: str | None) -> Group | None:
        """The chat of a squad's officers."""
        return next((g for g in self.groups if g.kind == GroupKind.SQUAD and g.squad == squad and squad), None)

    def lead_groups(self) -> list[Group]:
        """The chats of the leads."""
        return [g for g in self.groups if g.kind == GroupKind.LEADS]

    def join_group(self, chat: str, name: str, kind: str) -> Group:
        """A chat seen for the first time."""
        group = self.groups.add(Group(self.counters.take("chat_group"), name, kind))
        self.aliases.add(Alias(chat, group.id))
        return group

    def person(self, user: str, name: str) -> Person:
        """The person of this channel id; newcomers are entered."""
        known = self._person_of.get(user)
        if known is None:
            known = self.seat(self.persons.add(Person(self.counters.take("person"), user, name, self.now)))
        elif name and name != known.name and not self._roles_of.get(known.id) and known.id not in self._shop_of:
            known.name = name
        return known

    def person_by_id(self, person_id: int | None) -> Person | None:
        """The person of this key of ours, if this unit holds her."""
        return None if person_id is None else self.persons.get(person_id)

    def standing(self, person: Person) -> Standing:
        """What she may act as now."""
        best = self.role_of(person)
        return Standing(Role(best.role), best.squad) if best else Standing()

    def roles_of(self, person: Person) -> list[RoleRow]:
        """All roles that she holds or held."""
        return self._roles_of.get(person.id, [])

    def role_of(self, person: Person) -> RoleRow | None:
        """The weightiest role that she holds now."""
        held = [r for r in self.roles_of(person) if r.until is None or r.until > self.now]
        return max(held, key=lambda r: WEIGHT[Role(r.role)], default=None)

    def shop_of(self, person: Person) -> Shop | None:
        """Her shop."""
        return self._shop_of.get(person.id)

    # --- the talk ------------------------------------------------------------------------------------------------

    def write(self, message: Message) -> Message:
        """A line of the journal."""
        self.messages.add(message)
        self.hang(message)
        return message

    def lines(self, group_id: int) -> deque[Message]:
        """The last lines of a chat, oldest first, at most 60."""
        return self._lines[group_id]

    def album(self, group_id: int, album: str) -> list[Message]:
        """The parts of an album seen so far."""
        return self._albums[group_id, album]

    def message(self, group_id: int, message: str) -> Message | None:
        """One line of the journal, if this unit holds it."""
        return self.messages.get(group_id, message)

    # --- tickets -------------------------------------------------------------------------------------------------

    def open_ticket(self, ticket: Ticket) -> Ticket:
        """A new ticket."""
        self.tickets.add(ticket)
        self.shelve(ticket)
        return ticket

    def tickets_in(self, group_id: int) -> list[Ticket]:
        """A group's tickets of which something was heard within three days, oldest first."""
        since = self.now - TICKETS_AGE
        return [ticket for ticket in self._tickets_in[group_id] if ticket.last_at > since]

    def reporters_of(self, ticket_id: int) -> set[int]:
        """Keys of all persons who told of it."""
        return self._reporters_of[ticket_id]

    def opened(self) -> list[Ticket]:
        """The tickets that this unit of work opened."""
        return [ticket for ticket in self.tickets if self.tickets.is_new(ticket)]

    def add_reporter(self, ticket_id: int, person_id: int, via: int | None = None) -> None:
        """Another person tells of it, maybe by a ticket that was merged into it."""
        if person_id not in self._reporters_of[ticket_id]:
            self._reporters_of[ticket_id].add(person_id)
            self.reporters.add(Reporter(ticket_id, person_id, via))

    def drop_reporters(self, ticket_id: int, via: int) -> None:
        """Those whom a merged ticket brought go with it again."""
        for row in [r for r in self.reporters if r.ticket_id == ticket_id and r.via == via]:
            self.reporters.remove(row)
            self._reporters_of[ticket_id].discard(row.person_id)

    def head(self, number: int) -> int:
        """The ticket that stands for this one: itself, or the one that it was merged into."""
        ticket = self.tickets.get(number)
        return number if ticket is None or ticket.same_as is None else self.head(ticket.same_as)

    def turn_lines(self, ticket_id: int) -> None:
        """Its messages show their tickets anew."""
        for link in self._linked[ticket_id]:
            line = self.messages.get(link.group_id, link.message)
            if line is not None:
                line.line = None

    def merged_into(self, number: int) -> list[Ticket]:
        """The tickets that were merged into this one, if this unit holds them."""
        return [ticket for ticket in self.tickets if ticket.same_as == number]

    def tie(self, link: Link) -> None:
        """A message belongs to a ticket."""
        if self.links.get(link.ticket_id, link.group_id, link.message):
            return
        self.links.add(link)
        self.knot(link)

    def tickets_of(self, group_id: int, message: str) -> list[int]:
        """Numbers of the tickets that a message belongs to."""
        return [link.ticket_id for link in self._links_of.get((group_id, message), ())]

    def linked(self, ticket_id: int) -> list[Link]:
        """The messages of a ticket, in the order they were tied."""
        return self._linked[ticket_id]

    def card_at(self, group_id: int, message: str) -> Card | None:
        """The card that is this message of the bot."""
        return self._card_at.get((group_id, message))

    def cards_of(self, ticket_id: int, kind: str) -> list[Card]:
        """Cards of a ticket of one kind, if this unit holds them."""
        return [card for card in self._cards_of.get(ticket_id, ()) if card.kind == kind]

    def adopt(self, card: Card, message: str, *, pictured: bool) -> None:
        """It turns out where a card stands that nobody knew to have arrived."""
        card.message, card.pictured = message, pictured
        self._card_at[card.group_id, message] = card

    def note(self, event: Event) -> None:
        """A line of a ticket's history; its cards will follow."""
        self.events.append(event)
        self.refreshed.add(event.ticket_id)

    def record(self, event: RoleEvent) -> None:
        """A line of the record of roles."""
        self.role_events.append(event)

    def missed(self, person: Person, since: datetime) -> int:
        """How often she sent a wrong code since then."""
        known = [*self.misses, *self.role_events]
        return sum(e.action == "wrong" and e.actor_id == person.id and e.at > since for e in known)

    def audit(self, row: Audit) -> None:
        """Somebody looks at a person's data."""
        self.audits.append(row)

    # --- what goes out, what is due --------------------------------------------------------------------------------

    def post(self, post: Post) -> None:
        """Something for the courier."""
        self.posts.append(post)

    def schedule(self, job: Job) -> None:
        """Something due; a later word under the same key replaces the earlier."""
        self.jobs[job.key] = job
        self.cancelled.discard(job.key)

    def waits(self, key: str) -> bool:
        """Whether something is due under a key, if this unit asked for it."""
        return key in self.jobs or (key in self.waiting and key not in self.cancelled)

    def questions(self, group_id: int) -> list[Job]:
        """The questions that stand unanswered in a group."""
        open_ = {key: job for key, job in {**self.asked, **self.jobs}.items() if job.kind == "question"}
        return [j for key, j in open_.items() if key not in self.cancelled and j.payload.get("group") == group_id]

    def cancel(self, *keys: str) -> None:
        """What is no longer due."""
        for key in keys:
            self.jobs.pop(key, None)
            self.cancelled.add(key)

    # --- indexes, also used when rows are read ---------------------------------------------------------------------

    def seat(self, person: Person) -> Person:
        """Index a person."""
        self._person_of[person.user] = person
        return person

    def grant(self, row: RoleRow) -> None:
        """Index a role."""
        self._roles_of[row.person_id].append(row)

    def furnish(self, shop: Shop) -> None:
        """Index a shop."""
        self._shop_of[shop.person_id] = shop

    def hang(self, message: Message) -> None:
        """Index a line of the journal."""
        self._lines[message.group_id].append(message)
        if message.album:
            self._albums[message.group_id, message.album].append(message)

    def shelve(self, ticket: Ticket) -> None:
        """Index a ticket."""
        self._tickets_in[ticket.group_id].append(ticket)

    def deal(self, card: Card) -> Card:
        """Index a card."""
        self._cards_of[card.ticket_id].append(card)
        if card.message is not None:
            self._card_at[card.group_id, card.message] = card
        return card

    def name_reporters(self, rows: Iterable[Reporter]) -> None:
        """Index reporters."""
        for row in rows:
            self._reporters_of[row.ticket_id].add(row.person_id)

    def knot(self, link: Link) -> None:
        """Index a link; the line shows its tickets anew."""
        self._links_of[link.group_id, link.message].append(link)
        self._linked[link.ticket_id].append(link)
        line = self.messages.get(link.group_id, link.message)
        if line is not None:
            line.line = None

    def forget(self) -> None:
        """Let go what no decision will look at again; keeps a replay's memory flat."""
        for group_id, lines in self._lines.items():
            held = {line.message for line in lines}
            for row in [m for m in self.messages if m.group_id == group_id and m.message not in held]:
                self._drop_line(row)
        for group_id, held_tickets in self._tickets_in.items():
            kept = [t for t in held_tickets if t.last_at > self.now - (TICKETS_AGE if t.ended else OPEN_AGE)]
            for ticket in {t.id: t for t in held_tickets}.keys() - {t.id for t in kept}:
                self._drop_ticket(self.tickets.rows[ticket,])
            self._tickets_in[group_id] = kept
        self.events.clear()
        self.posts.clear()
        self.audits.clear()
        self.refreshed.clear()

    def _drop_line(self, row: Message) -> None:
        self.messages.drop(row)
        self._links_of.pop((row.group_id, row.message), None)
        if row.album:
            self._albums.pop((row.group_id, row.album), None)

    def _drop_ticket(self, ticket: Ticket) -> None:
        self.tickets.drop(ticket)
        for link in self._linked.pop(ticket.id, ()):
            self.links.drop(link)
        for card in self._cards_of.pop(ticket.id, ()):
            self.cards.drop(card)
            self._card_at.pop((card.group_id, card.message or ""), None)
        for person_id in self._reporters_of.pop(ticket.id, set()):
            row = self.reporters.get(ticket.id, person_id)
            if row:
                self.reporters.drop(row)
