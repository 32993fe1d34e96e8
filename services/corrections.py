"""Who told of it puts it right: it is another matter, at another place, gone, or was none."""

from dataclasses import replace

from ledger import life, merging, notices, quiet
from ledger.life import Given, Refused
from ledger.subject import found_of, take_for
from ledger.work import Heard, Work
from models.matters import MATTERS
from models.moves import Action, allowed
from models.reading import Found, Verdict
from models.rows import Card, Job, Person, Post, Ticket
from models.words import CardKind, Menu, PostKind, Priority
from texts import sayings


def correct(work: Work, ticket: Ticket, person: Person, found: Found) -> None:
    """The matter follows her words until somebody is on the way; an officer is not sent about something else."""
    if found.matter is None or found.matter == ticket.matter or allowed(ticket.status, Action.WITHDRAW) is None:
        return
    before = ticket.matter
    take_for(ticket, found)
    work.rules.time.start(ticket, ticket.opened_at)
    notices.start_clock(work, ticket)
    life.jot(work, ticket, "amend", person, matter=before)


def press(work: Work, ticket: Ticket, person: Person, verb: str, given: str) -> str:
    """A button of the receipt that puts something right; gives back the toast. Raises Refused."""
    if not life.may(work, person, verb, ticket):
        raise Refused("not_you")
    if allowed(ticket.status, Action.WITHDRAW) is None:
        raise Refused("late", status=ticket.status)
    if verb == "place":
        return sayings.DONE["place"]
    for card in work.ledger.cards_of(ticket.id, CardKind.RECEIPT):
        card.menu = None if given else Menu.MATTER
    work.ledger.refreshed.add(ticket.id)
    if given in MATTERS:
        others = tuple(code for code in (ticket.matter, *ticket.also) if code and code != given)
        correct(work, ticket, person, replace(found_of(ticket), matter=given, also=others))
    return sayings.DONE["amend" if given in MATTERS else "menu" if given else "matter"]


def take_back(work: Work, ticket: Ticket, person: Person, why: str) -> None:
    """It was none, or it is gone: nobody need come. Raises Refused where an officer is on the way.

    What others told of too goes on without her.
    """
    reason = sayings.TAKEN_BACK.get(why)
    own = next((t for t in work.ledger.merged_into(ticket.id) if t.reporter_id == person.id), None)
    if own is not None and ticket.reporter_id != person.id:
        merging.let_go(work, own, person, reason)
        return
    life.move(work, ticket, Action.WITHDRAW, person, Given(reason=reason))
    merging.hand_over(work, ticket)
    notices.stop_clock(work, ticket)
    for card in (*work.ledger.cards_of(ticket.id, CardKind.DISPATCH), *_receipts(work, ticket)):
        card.menu = None


def _receipts(work: Work, ticket: Ticket) -> list[Card]:
    return work.ledger.cards_of(ticket.id, CardKind.RECEIPT)


def none_at_all(work: Work, heard: Heard, ticket: Ticket) -> None:
    """「我就随口说说」: as good as the button, while nobody is on the way."""
    if allowed(ticket.status, Action.WITHDRAW) is not None:
        take_back(work, ticket, heard.person, "none")


def gone(work: Work, heard: Heard, ticket: Ticket) -> None:
    """「已经走了」: one button takes the ticket back; without a press it stays. An officer on the way hears of it."""
    if life.held(ticket):
        notices.tell_squad(work, ticket, sayings.told_squad(ticket, heard.person.name, heard.said.text))
    if any(job.payload.get("gone") == ticket.id for job in work.ledger.questions(heard.group.id)):
        return
    if allowed(ticket.status, Action.WITHDRAW) is None or quiet.full(work, heard.group, heard.person):
        return
    key = f"question:{heard.group.id}:{heard.said.id}"
    payload = notices.payload_of(sayings.gone(ticket), heard.group.language, reply_to=heard.said.id)
    work.ledger.post(Post(PostKind.ASK, Priority.UPDATE, work.now, heard.group.id, None, None, key, payload))
    asked = {"group": heard.group.id, "message": heard.said.id, "person": heard.person.id, "gone": ticket.id}
    work.ledger.schedule(Job(key, "question", work.now + work.rules.pairing, None, asked))


def reread(work: Work, heard: Heard, ticket: Ticket, verdict: Verdict) -> None:
    """She says in her own words what it is about."""
    correct(work, ticket, heard.person, verdict.founds[0] if verdict.founds else Found())
