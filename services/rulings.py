"""What leads decide of a ticket beside its deadline: which condition of its matter it is, and that it is void."""

import re
from collections.abc import Sequence

from ledger import life, notices
from ledger.life import Refused
from ledger.work import Work
from models.moves import Action, allowed
from models.rows import Card, Person, Ticket
from models.words import CardKind, Menu
from services import desk
from texts import sayings, watching
from texts.words import VOID_REASONS

VERBS = frozenset({"condition", "void"})
BACK, WHY = "back", "w"
REASON_KEPT = 300
VOID_SAID = re.compile(r"^(?:作废|void)\s*(?:$|[\s:：,，。]\s*(.*)$)", re.DOTALL | re.IGNORECASE)


# --- the verbs ---------------------------------------------------------------------------------------------------


def hold(work: Work, ticket: Ticket, person: Person, condition: str) -> None:
    """It is this condition of its matter: the deadline is reckoned anew by that one's limit. Raises Refused."""
    _may_hold(work, ticket, person)
    before = work.rules.time.rule_of(ticket)
    chosen = next((one for one in work.rules.time.choices(ticket) if one.condition == condition), None)
    if chosen is None:
        raise Refused("condition")
    if chosen.condition == before.condition and chosen.words == before.words:
        raise Refused("same_condition")
    work.rules.time.hold(ticket, chosen)
    until = ticket.deadline_at.isoformat() if ticket.deadline_at else None
    facts = {"words": watching.called(chosen), "before": before.condition, "condition": condition, "until": until}
    life.jot(work, ticket, "condition", person, **facts)
    notices.start_clock(work, ticket)
    notices.tell_squad(work, ticket, watching.held(ticket, work.rules.zone, chosen))


def _may_hold(work: Work, ticket: Ticket, person: Person) -> None:
    if not life.may(work, person, "condition", ticket):
        raise Refused("not_you")
    if allowed(ticket.status, Action.EXTEND) is None or ticket.deadline_at is None:
        raise Refused("late", status=ticket.status, officer=life.name_of(work, ticket.officer_id))


# --- buttons -----------------------------------------------------------------------------------------------------


def press(work: Work, ticket: Ticket, card: Card, person: Person, pressed: tuple[str, str]) -> str:
    """A button of the leads' card, or 作废 of the one on which they dispatch; gives back the toast. Raises Refused."""
    verb, given = pressed
    if card.kind != CardKind.WATCH:
        desk.void(work, ticket, person, sayings.VOID_REASON)
        return sayings.DONE["void"]
    if given in {"", BACK}:
        return _turn(work, ticket, card, person, None if given else Menu(verb))
    if verb == "void":
        desk.void(work, ticket, person, _pick([choice.kept for choice in VOID_REASONS], given.removeprefix(WHY)))
    else:
        offered = tuple(one.condition for one in work.rules.time.choices(ticket))
        hold(work, ticket, person, _pick(offered, given) if given.isdecimal() else given)
    _put_back(work, ticket)
    return sayings.DONE[verb]


def _turn(work: Work, ticket: Ticket, card: Card, person: Person, menu: Menu | None) -> str:
    """Only who may do the verb opens its menu."""
    if menu is Menu.CONDITION:
        _may_hold(work, ticket, person)
    edge = allowed(ticket.status, Action.VOID)
    if edge is None:
        raise Refused("late", status=ticket.status, officer=life.name_of(work, ticket.officer_id))
    if not life.relations(work, ticket, person) & edge.who:
        raise Refused("not_you")
    card.menu, card.chosen = menu, None
    work.ledger.refreshed.add(ticket.id)
    return sayings.DONE["menu" if menu is None else "choose" if menu is Menu.VOID else "condition_which"]


def _pick(choices: Sequence[str], index: str) -> str:
    """The choice of that number; what no button says is no choice."""
    if not index.isdecimal() or int(index) >= len(choices):
        raise Refused("amount")
    return choices[int(index)]


def _put_back(work: Work, ticket: Ticket) -> None:
    for card in work.ledger.cards_of(ticket.id, CardKind.WATCH):
        card.menu = card.chosen = None


# --- replies -----------------------------------------------------------------------------------------------------


def by_reply(work: Work, ticket: Ticket, card: Card, person: Person, words: str) -> bool:
    """「作废 重复了」, 「void told twice」 in reply to a card, or the reason that the leads' card asks for.

    True where it was taken. Raises Refused.
    """
    said = VOID_SAID.match(words)
    asked = card.kind == CardKind.WATCH and card.menu == Menu.VOID
    if said is None and not asked:
        return False
    edge = allowed(ticket.status, Action.VOID)
    if edge is not None and not life.relations(work, ticket, person) & edge.who:
        raise Refused("void_leads")
    desk.void(work, ticket, person, ((said[1] or "") if said else words).strip()[:REASON_KEPT])
    _put_back(work, ticket)
    return True
