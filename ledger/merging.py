"""Two tickets that are one matter: the later stands under the earlier, and can be taken out again."""

from ledger import life, notices
from ledger.pointing import POINTED
from ledger.work import Work
from models.moves import Action
from models.rows import Person, Ticket
from models.words import CardKind, Status
from texts import sayings

PLACE = (
    "place", "place_source", "lat", "lon", "raw_lat", "raw_lon", "datum", "radius", "near", "street", "grid", "outside",
    "placeless",
)  # fmt: skip
"""What a ticket knows of where."""


def merge(work: Work, ticket: Ticket, into: Ticket, actor: Person | None) -> None:
    """Put a ticket, and what stands under it, under another; all who told of it hear of that one. Raises Refused."""
    if into.ended or into.status == Status.RESOLVED or work.ledger.head(into.id) == ticket.id:
        raise life.Refused("late", status=into.status)
    life.move(work, ticket, Action.MERGE, actor)
    ticket.perhaps = None
    for card in work.ledger.cards_of(ticket.id, CardKind.DISPATCH):
        card.menu = None
    for under in (ticket, *work.ledger.merged_into(ticket.id)):
        _hang(work, under, into)
    notices.stop_clock(work, ticket)
    life.jot(work, into, "join", actor or work.ledger.person_by_id(ticket.reporter_id), number=ticket.id)
    _learn(work, into, ticket)
    notices.pictures(work, into, [link.message for link in work.ledger.linked(ticket.id)])


def _hang(work: Work, ticket: Ticket, under: Ticket) -> None:
    """It stands under that one, and so do its reporters."""
    ticket.same_as = under.id
    work.ledger.turn_lines(ticket.id)
    for person in sorted(work.ledger.reporters_of(ticket.id)):
        work.ledger.add_reporter(under.id, person, via=ticket.id)


def _learn(work: Work, into: Ticket, ticket: Ticket) -> None:
    """What only the later report knew: danger, who did it, and where, if nobody showed that yet."""
    worse = (ticket.emergency and not into.emergency) or (ticket.urgent and not into.urgent)
    into.emergency, into.urgent = into.emergency or ticket.emergency, into.urgent or ticket.urgent
    into.party = into.party or ticket.party
    if worse:
        notices.tell_squad(work, into, sayings.told_squad(into, life.name_of(work, ticket.reporter_id), ticket.words))
    if ticket.place_source in POINTED and into.place_source not in POINTED:
        for name in PLACE:
            setattr(into, name, getattr(ticket, name))
        notices.pin(work, into)


def split(work: Work, ticket: Ticket, actor: Person | None) -> None:
    """Take a ticket out from under another: it goes its own way from here, with its own reporters. Raises Refused."""
    over = work.ledger.tickets.get(ticket.same_as)
    life.move(work, ticket, Action.SPLIT, actor)
    work.ledger.turn_lines(ticket.id)
    _leave(work, ticket, over, actor)
    set_out(work, ticket)


def _leave(work: Work, ticket: Ticket, over: Ticket | None, actor: Person | None) -> None:
    """Its reporters are no longer those of the ticket that it stood under, but for whom another brings too."""
    if over is None:
        return
    work.ledger.drop_reporters(over.id, via=ticket.id)
    for other in work.ledger.merged_into(over.id):
        for person in sorted(work.ledger.reporters_of(other.id)):
            work.ledger.add_reporter(over.id, person, via=other.id)
    life.jot(work, over, "part", actor, number=ticket.id)


def let_go(work: Work, ticket: Ticket, actor: Person, reason: str | None) -> None:
    """Whoever told of it too takes back her own report alone; the other ticket goes on without her."""
    over = work.ledger.tickets.get(ticket.same_as)
    ticket.same_as, ticket.reason = None, reason
    work.ledger.turn_lines(ticket.id)
    life.jot(work, ticket, "withdraw", actor)
    _leave(work, ticket, over, actor)


def hand_over(work: Work, ticket: Ticket) -> None:
    """Its first reporter takes it back, but others told of it: the oldest of their reports goes on with the rest."""
    others = work.ledger.merged_into(ticket.id)
    if not others:
        return
    first, *rest = others
    split(work, first, None)
    for other in rest:
        work.ledger.drop_reporters(ticket.id, via=other.id)
        _hang(work, other, first)
        life.jot(work, first, "join", None, number=other.id)


def keep_apart(work: Work, ticket: Ticket, actor: Person | None) -> None:
    """They are two matters after all."""
    life.jot(work, ticket, "apart", actor, number=ticket.perhaps)
    ticket.perhaps = None


def set_out(work: Work, ticket: Ticket) -> None:
    """The clock starts and the squad hears of it; without a squad the leads decide."""
    work.rules.time.start(ticket, work.now)
    notices.start_clock(work, ticket)
    if ticket.squad and work.ledger.squad_group(ticket.squad):
        life.move(work, ticket, Action.DISPATCH, None)
    notices.send_out(work, ticket)
