"""A pressed button."""

from collections.abc import Callable

from ledger import merging, notices, pointing
from ledger.life import Given, Refused, may, move, relations
from ledger.work import Heard, Work
from models.arrivals import Pressed
from models.moves import Action
from models.presses import Press, number_of, parse_press
from models.rows import Card, Group, Person, Post, Ticket
from models.said import Said
from models.words import CardKind, PostKind, Priority
from services import corrections, delays, intake, languages, privacy, reckoning, roles, rulings, scene, squad
from texts import sayings
from texts.page import TOAST_LIMIT, Page, plain
from texts.speaking import speaking

JUDGING = {"confirm": Action.CONFIRM, "dispute": Action.DISPUTE}
ROLES = {"revoke", "restore"}
MERGING = {"merge", "split", "apart"}
CORRECTING = {"matter", "place"}
"""Beside taking back, what the receipt lets its reporter put right."""
EXACT = "words"
"""看原话: answered with what was said, by the courier, so that it stands in no other table."""
KNOWN = (
    {action.value for action in Action} - {Action.RELEASE}
    | {"menu", "apart", EXACT}
    | CORRECTING
    | delays.VERBS
    | rulings.VERBS
)


def pressed(work: Work, arrival: Pressed) -> None:
    """Answer every press, once, with what really happened."""
    press = parse_press(arrival.data)
    group = work.ledger.group_of(arrival.chat)
    if press is None or group is None:
        _toast(work, arrival, group, sayings.unknown_press)
        return
    person = work.ledger.person(arrival.user, arrival.name)
    with speaking(group.language):
        try:
            toast = _answer(work, arrival, group, person, press)
        except Refused as refused:
            toast = sayings.refusal(refused.why, refused.facts)
    shows = press.ticket if press.verb == EXACT and not toast else None
    _toast(work, arrival, group, lambda: toast, shows=shows)


def _answer(work: Work, arrival: Pressed, group: Group, person: Person, press: Press) -> str:
    if press.verb in {"yes", "no"}:
        return _question(work, arrival, group, person, press)
    if press.verb == languages.VERB:
        return languages.press(group, person, press.given)
    if press.verb in privacy.VERBS:
        return _own_data(work, arrival, group, person, press.verb)
    if press.verb in reckoning.VERBS:
        return reckoning.press(
            work, Heard(group, Said(arrival.chat, arrival.message, arrival.at, arrival.user), person), press
        )
    if press.verb in ROLES:
        return roles.press(work, group, person, press.verb, work.ledger.person_by_id(number_of(press.given)))
    return _of_ticket(work, arrival, group, person, press)


def _of_ticket(work: Work, arrival: Pressed, group: Group, person: Person, press: Press) -> str:
    ticket = work.ledger.tickets.get(press.ticket)
    if ticket is None or press.verb not in KNOWN:
        return sayings.unknown_press()
    if press.verb == "withdraw" and press.given == "gone":
        return _gone(work, arrival, group, ticket, person)
    card = _card(work, arrival, group, ticket, press, known=bool(relations(work, ticket, person)))
    if press.round != ticket.round or card is None:
        return sayings.unknown_press()
    return _done(work, ticket, card, person, press)


def _done(work: Work, ticket: Ticket, card: Card, person: Person, press: Press) -> str:
    """Do the verb; the toast."""
    if press.verb == "withdraw":
        corrections.take_back(work, ticket, person, "none")
        return sayings.DONE["withdraw"]
    if press.verb in JUDGING:
        return _judged(work, ticket, person, JUDGING[press.verb])
    if press.verb in CORRECTING | delays.VERBS | rulings.VERBS:
        return _put_right(work, ticket, card, person, press)
    if press.verb == EXACT:
        privacy.look(work, ticket, person)
        return ""
    if press.verb in MERGING:
        return _one_matter(work, ticket, person, press.verb)
    return squad.press(work, ticket, card, person, press)


def _put_right(work: Work, ticket: Ticket, card: Card, person: Person, press: Press) -> str:
    """The matter or the place, by who told of it; the deadline, its condition, and that it is none, by a lead."""
    if press.verb in rulings.VERBS:
        return rulings.press(work, ticket, card, person, (press.verb, press.given))
    if press.verb in delays.VERBS:
        return delays.press(work, ticket, card, person, (press.verb, press.given))
    return corrections.press(work, ticket, person, press.verb, press.given)


def _own_data(work: Work, arrival: Pressed, group: Group, person: Person, verb: str) -> str:
    """Under /privacy in private; the question whether to erase goes once it is answered."""
    toast = privacy.press(work, group, person, verb)
    if verb in {"erase_now", "erase_not"}:
        payload = {"message": arrival.message, "delete": True}
        work.ledger.post(Post(PostKind.WITHDRAW, Priority.UPDATE, work.now, group.id, None, None, None, payload))
    return toast


def _judged(work: Work, ticket: Ticket, person: Person, action: Action) -> str:
    move(work, ticket, action, person, Given())
    squad.follow(work, ticket, action)
    return sayings.DONE[action.value]


def _gone(work: Work, arrival: Pressed, group: Group, ticket: Ticket, person: Person) -> str:
    """不用来了, under the bot's question: the ticket is taken back, the question goes."""
    if group.id != ticket.group_id:
        return sayings.unknown_press()
    corrections.take_back(work, ticket, person, "gone")
    _put_away(work, arrival, group)
    return sayings.DONE["withdraw"]


def _put_away(work: Work, arrival: Pressed, group: Group) -> None:
    """The question goes; the courier looks whether it is what bore this button, for a client may say anything."""
    payload = {"message": arrival.message, "pressed": arrival.data}
    work.ledger.post(Post(PostKind.WITHDRAW, Priority.UPDATE, work.now, group.id, None, None, None, payload))


def _one_matter(work: Work, ticket: Ticket, person: Person, verb: str) -> str:
    """The leads say whether two tickets are one; who told of it may say that they are not."""
    other = work.ledger.tickets.get(work.ledger.head(ticket.perhaps)) if ticket.perhaps else None
    if verb == "split":
        merging.split(work, ticket, person)
    elif not may(work, person, "apart", ticket):
        raise Refused("not_you")
    elif other is None:
        raise Refused("late", status=ticket.status)
    elif verb == "merge":
        merging.merge(work, ticket, other, person)
    else:
        merging.keep_apart(work, ticket, person)
    return sayings.DONE[verb]


def _card(  # noqa: PLR0913 - what was pressed, and where
    work: Work, arrival: Pressed, group: Group, ticket: Ticket, press: Press, *, known: bool
) -> Card | None:
    """The card that was pressed. A copy that a lost answer left behind is adopted, or loses its buttons.

    Only who has to do with the ticket (`known`) shows where a copy stands, and never at another card's place.
    """
    kinds = _kinds(press.verb)
    cards = [c for kind in kinds for c in work.ledger.cards_of(ticket.id, kind) if c.group_id == group.id]
    exact = next((c for c in cards if c.message == arrival.message), None)
    if exact is not None:
        return exact
    if work.ledger.card_at(group.id, arrival.message) is not None:
        return None
    if not known:
        return max(cards, key=lambda c: c.round, default=None)
    unsent = next((c for c in cards if c.message is None and c.round in {ticket.round, 1}), None)
    if unsent is not None:
        work.ledger.adopt(unsent, arrival.message, pictured=arrival.pictured)
        return unsent
    card = max(cards, key=lambda c: c.round, default=None)
    if card is not None:
        payload = {"message": arrival.message, "pressed": arrival.data}
        work.ledger.post(Post(PostKind.LEAVE, Priority.UPDATE, work.now, group.id, None, ticket.id, None, payload))
    return card


def _kinds(verb: str) -> tuple[CardKind, ...]:
    """The cards that bear a verb's button."""
    if verb in JUDGING or verb in CORRECTING or verb == Action.WITHDRAW:
        return (CardKind.RECEIPT, CardKind.RESULT)
    if verb in delays.VERBS or verb == "condition":
        return (CardKind.WATCH,)
    if verb == Action.VOID:
        return (CardKind.TRIAGE, CardKind.WATCH)
    return (CardKind.TWIN, CardKind.RECEIPT) if verb in MERGING else (CardKind.DISPATCH, CardKind.TRIAGE)


def _question(work: Work, arrival: Pressed, group: Group, person: Person, press: Press) -> str:
    """是的，开单 / 不是: only the sender answers, and only once."""
    row = work.ledger.message(group.id, press.given)
    key = f"question:{group.id}:{press.given}"
    if row is None or work.ledger.tickets_of(group.id, press.given):
        return sayings.question_gone()
    if row.person_id != person.id:
        return sayings.not_asked()
    if not work.ledger.waits(key):
        return sayings.question_gone()
    work.ledger.cancel(key)
    _put_away(work, arrival, group)
    if press.verb == "no":
        return sayings.DONE["no"]
    words = pointing.words(row.text)
    said = Said(arrival.chat, row.message, row.at, person.user, person.name, words, row.reply_to, row.point)
    who = scene.speaker(work, person)
    verdict = work.rules.reader.opening(pointing.reckoned(said), who, scene.scene(work, group, row.message))
    intake.take(work, Heard(group, said, person), verdict, asked=True)
    return sayings.DONE["yes"]


def _toast(
    work: Work, arrival: Pressed, group: Group | None, text: Callable[[], str], shows: int | None = None
) -> None:
    language = group.language if group else work.rules.language
    payload = notices.payload_of(lambda: Page(plain(text(), TOAST_LIMIT)), language, query=arrival.query)
    payload |= {"exact": True} if shows else {}
    work.ledger.post(
        Post(
            PostKind.TOAST,
            Priority.PRESS,
            work.now,
            group.id if group else None,
            None,
            shows,
            f"toast:{arrival.query}",
            payload,
        )
    )
