"""Shows pairing what it may look at: who speaks, the last lines, the tickets in hand."""

from collections.abc import Sequence
from operator import attrgetter

from ledger.ledger import LINES_AGE
from ledger.pointing import POINTED, wgs, words
from ledger.subject import found_of
from ledger.work import Work
from models.reading import InHand, Line, Scene
from models.rows import Group, Message, Person, Ticket
from models.said import Speaker
from models.words import Status

NEAR_METRES = 150
"""A point that is vaguer says nothing of whether two people mean one thing."""
FOUND = frozenset({"gazetteer", "geocoder"})
"""Sources of a place that only its words gave."""
SEEN = attrgetter(
    "demand", "matter", "also", "party", "urgent", "emergency", "elsewhere", "lat", "lon", "radius", "reporter_id",
    "officer_id", "status", "place", "place_source", "opened_at", "last_at", "asked", "words",
)  # fmt: skip
"""What of a ticket `in_hand` shows."""


def speaker(work: Work, person: Person) -> Speaker:
    """The person as the reader knows her."""
    shop = work.ledger.shop_of(person)
    role = work.ledger.standing(person).role.value
    if shop is None:
        return Speaker(person.user, role, person.name)
    return Speaker(person.user, role, person.name, shop.name, shop.address, shop.point)


def line(work: Work, message: Message) -> Line:
    """A line of the journal, read."""
    if message.line is None:
        person = work.ledger.person_by_id(message.person_id)
        who = speaker(work, person) if person else Speaker("")
        said = words(message.text)
        reading = work.rules.reader.read(said, who)
        message.line = Line(
            message.message, message.at, who, said, reading, message.reply_to, wgs(message.point),
            message.pictured, message.spoken, message.album,
            tuple(map(work.ledger.head, work.ledger.tickets_of(message.group_id, message.message))),
        )  # fmt: skip
    return message.line


def in_hand(work: Work, ticket: Ticket) -> InHand:
    """A ticket as pairing sees it; it looks at all of a group's at every message, so a view is kept until it is old."""
    seen = (len(work.ledger.reporters_of(ticket.id)), *SEEN(ticket))
    if ticket.hand is None or ticket.hand[0] != seen:
        ticket.hand = (seen, _in_hand(work, ticket))
    return ticket.hand[1]


def _in_hand(work: Work, ticket: Ticket) -> InHand:
    name = {
        p.id: p.user
        for pid in (*work.ledger.reporters_of(ticket.id), ticket.officer_id)
        if (p := work.ledger.person_by_id(pid))
    }
    clear = ticket.point if ticket.doubt <= NEAR_METRES else None
    first = name.get(ticket.reporter_id, "")
    others = tuple(
        sorted(name[pid] for pid in work.ledger.reporters_of(ticket.id) if pid in name and pid != ticket.reporter_id)
    )
    return InHand(
        ticket.id, Status(ticket.status), (first, *others), name.get(ticket.officer_id or 0), found_of(ticket),
        ticket.place if ticket.spans else "", clear, ticket.place_source in POINTED, ticket.opened_at, ticket.last_at,
        ticket.asked, (ticket.near or "") if ticket.place_source == "shop" else "", ticket.place_source in FOUND,
        ticket.words,
    )  # fmt: skip


def scene(work: Work, group: Group, until: str, named: Sequence[int] = ()) -> Scene:
    """The last lines of a group before message `until`, its tickets of the last days, and those that are named."""
    since = work.now - LINES_AGE
    lines = tuple(m.line or line(work, m) for m in work.ledger.lines(group.id) if m.message != until and m.at > since)
    tickets = {ticket.id: ticket for ticket in work.ledger.tickets_in(group.id) if ticket.same_as is None}
    for number in named:
        ticket = work.ledger.tickets.get(number)
        if ticket is not None:
            tickets[number] = ticket
    return Scene(lines, tuple(in_hand(work, ticket) for ticket in tickets.values()), work.rules.pairing)
