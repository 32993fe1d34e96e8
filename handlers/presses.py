"""A pressed button."""

from typing import Any

from ledger import notices
from ledger.life import Given, Refused, move
from ledger.work import Heard, Work
from models.arrivals import Pressed
from models.moves import Action
from models.presses import Press, parse_press
from models.rows import Card, Group, Person, Post, Ticket
from models.said import Said
from models.words import CardKind, PostKind, Priority
from services import intake, pointing, scene, squad
from texts import sayings
from texts.page import Page

JUDGING = {"confirm": Action.CONFIRM, "dispute": Action.DISPUTE, "withdraw": Action.WITHDRAW}
KNOWN = {action.value for action in Action} | {"menu"}


def pressed(work: Work, arrival: Pressed) -> None:
    """Answer every press, once, with what really happened."""
    press = parse_press(arrival.data)
    group = work.ledger.group_of(arrival.chat)
    if press is None or group is None:
        _toast(work, arrival, sayings.UNKNOWN_PRESS)
        return
    person = work.ledger.person(arrival.user, arrival.name)
    try:
        toast = _answer(work, arrival, group, person, press)
    except Refused as refused:
        toast = sayings.refusal(refused.why, refused.facts)
    _toast(work, arrival, toast)


def _answer(work: Work, arrival: Pressed, group: Group, person: Person, press: Press) -> str:
    if press.verb in {"yes", "no"}:
        return _question(work, arrival, group, person, press)
    ticket = work.ledger.tickets.get(press.ticket)
    if ticket is None or press.verb not in KNOWN:
        return sayings.UNKNOWN_PRESS
    card = _card(work, arrival, group, ticket, press)
    if press.round != ticket.round or card is None:
        return sayings.UNKNOWN_PRESS
    if press.verb in JUDGING:
        return _judged(work, ticket, person, JUDGING[press.verb])
    return squad.press(work, ticket, card, person, press)


def _judged(work: Work, ticket: Ticket, person: Person, action: Action) -> str:
    move(work, ticket, action, person, Given())
    squad.follow(work, ticket, action)
    return sayings.DONE[action.value]


def _card(work: Work, arrival: Pressed, group: Group, ticket: Ticket, press: Press) -> Card | None:
    """The card that was pressed. A copy that a lost answer left behind is adopted, or loses its buttons."""
    kinds = {CardKind.RECEIPT, CardKind.RESULT} if press.verb in JUDGING else {CardKind.DISPATCH, CardKind.TRIAGE}
    cards = [c for kind in kinds for c in work.ledger.cards_of(ticket.id, kind) if c.group_id == group.id]
    exact = next((c for c in cards if c.message == arrival.message), None)
    if exact is not None:
        return exact
    unsent = next((c for c in cards if c.message is None and c.round in {ticket.round, 1}), None)
    if unsent is not None:
        work.ledger.adopt(unsent, arrival.message, pictured=arrival.pictured)
        return unsent
    card = max(cards, key=lambda c: c.round, default=None)
    if card is not None:
        payload = {"message": arrival.message}
        work.ledger.post(Post(PostKind.LEAVE, Priority.UPDATE, work.now, group.id, None, None, None, payload))
    return card


def _question(work: Work, arrival: Pressed, group: Group, person: Person, press: Press) -> str:
    """是的，开单 / 不是: only the sender answers, and only once."""
    row = work.ledger.message(group.id, press.given)
    key = f"question:{group.id}:{press.given}"
    if row is None or work.ledger.tickets_of(group.id, press.given):
        return sayings.GONE
    if row.person_id != person.id:
        return sayings.NOT_ASKED
    work.ledger.cancel(key)
    payload = {"message": arrival.message, "delete": True}
    work.ledger.post(Post(PostKind.WITHDRAW, Priority.UPDATE, work.now, group.id, None, None, None, payload))
    if press.verb == "no":
        return sayings.DONE["no"]
    words = pointing.words(row.text)
    said = Said(arrival.chat, row.message, row.at, person.user, person.name, words, row.reply_to, row.point)
    who = scene.speaker(work, person)
    verdict = work.rules.reader.opening(said, who, scene.scene(work, group, row.message))
    intake.take(work, Heard(group, said, person), verdict, asked=True)
    return sayings.DONE["yes"]


def _toast(work: Work, arrival: Pressed, text: str) -> None:
    group = work.ledger.group_of(arrival.chat)
    payload: dict[str, Any] = notices.page_payload(Page(text[:200]), query=arrival.query)
    work.ledger.post(
        Post(
            PostKind.TOAST,
            Priority.PRESS,
            work.now,
            group.id if group else None,
            None,
            None,
            f"toast:{arrival.query}",
            payload,
        )
    )
