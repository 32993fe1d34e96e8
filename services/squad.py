"""The officers' and leads' verbs, pressed on a card or done by hand in the group."""

from collections.abc import Sequence
from typing import TypeVar

from ledger import life, notices
from ledger.life import Given, Refused
from ledger.work import Heard, Work
from models.moves import Action, allowed, way
from models.presses import Press
from models.reading import Act
from models.rows import Card, Job, Person, Ticket
from models.words import CardKind, Demand, Means, Menu, Status
from texts import sayings
from texts.speaking import Choice
from texts.words import GIVE_BACK_REASONS, SUSPEND_REASONS

T = TypeVar("T")
MENUS = {"give_back": Menu.GIVE_BACK, "suspend": Menu.SUSPEND, "pass_on": Menu.PASS_ON, "resolve": Menu.MEANS}
HAND = {
    Act.TAKING: (Action.ACCEPT,),
    Act.ARRIVING: (Action.ACCEPT, Action.ARRIVE),
    Act.DONE: (Action.ACCEPT, Action.RESUME, Action.ARRIVE, Action.RESOLVE),
}
SILENT_CLOSE = "silence"


def press(work: Work, ticket: Ticket, card: Card | None, person: Person, pressed: Press) -> str:
    """Do what a pressed button says; gives back the toast. Raises Refused."""
    if pressed.verb == "menu":
        if not life.may(work, person, "menu", ticket):
            raise Refused("not_you")
        return _turn(work, ticket, card, None, "menu")
    action = Action(pressed.verb)
    if allowed(ticket.status, action) is None:
        return _late(work, ticket)
    if action.value in MENUS and not pressed.given:
        _may_open_menu(work, ticket, person, action)
        return _turn(
            work,
            ticket,
            card,
            MENUS[action.value],
            {"resolve": "means", "pass_on": "squad"}.get(action.value, "choose"),
        )
    life.move(work, ticket, action, person, _given(work, pressed))
    follow(work, ticket, action)
    return sayings.DONE[action.value]


def _late(work: Work, ticket: Ticket) -> str:
    officer = work.ledger.person_by_id(ticket.officer_id)
    raise Refused("late", status=ticket.status, officer=officer.name if officer else "")


def _may_open_menu(work: Work, ticket: Ticket, person: Person, action: Action) -> None:
    """Only who may do the verb opens its menu, and 办结 wants its proof first."""
    edge = allowed(ticket.status, action)
    mine = life.relations(work, ticket, person)
    if edge is None or not mine & edge.who:
        officer = work.ledger.person_by_id(ticket.officer_id)
        raise Refused(
            "not_yours" if officer and officer.id != person.id else "not_you", officer=officer.name if officer else ""
        )
    if action is Action.RESOLVE and not (ticket.proofs or ticket.outcome):
        raise Refused("proof")


def _turn(work: Work, ticket: Ticket, card: Card | None, menu: Menu | None, toast: str) -> str:
    for shown in [card] if card else work.ledger.cards_of(ticket.id, CardKind.DISPATCH):
        shown.menu = menu
    work.ledger.refreshed.add(ticket.id)
    return sayings.DONE[toast]


def _given(work: Work, pressed: Press) -> Given:
    match pressed.verb:
        case "resolve":
            return Given(means=Means(pressed.given) if pressed.given in set(Means) else None)
        case "give_back":
            return Given(reason=_reason(GIVE_BACK_REASONS, pressed.given))
        case "suspend":
            return Given(reason=_reason(SUSPEND_REASONS, pressed.given))
        case "pass_on" | "dispatch":
            squad = _pick(work.rules.squads, pressed.given)
            if squad is None:
                raise Refused("squad")
            return Given(squad=squad)
        case _:
            return Given()


def _pick(choices: Sequence[T], index: str) -> T | None:
    return choices[int(index)] if index.isdecimal() and int(index) < len(choices) else None


def _reason(choices: Sequence[Choice], index: str) -> str | None:
    chosen = _pick(choices, index)
    return chosen.kept if chosen else None


def follow(work: Work, ticket: Ticket, action: Action, *, by_hand: bool = False) -> None:
    """What a move brings with it: cards, clocks, words to others."""
    for card in work.ledger.cards_of(ticket.id, CardKind.DISPATCH):
        card.menu = None
    match action:
        case Action.RESOLVE:
            _resolved(work, ticket, by_hand=by_hand)
        case Action.GIVE_BACK:
            notices.triage(work, ticket)
        case Action.PASS_ON | Action.DISPATCH:
            notices.send_out(work, ticket)
        case Action.DISPUTE:
            _again(work, ticket)
        case Action.SUSPEND | Action.VOID | Action.WITHDRAW:
            notices.stop_clock(work, ticket)
        case Action.RESUME:
            notices.start_clock(work, ticket)
        case Action.CONFIRM | Action.CLOSE:
            work.ledger.cancel(f"{SILENT_CLOSE}:{ticket.id}:{ticket.round}")
        case _:
            pass


def _resolved(work: Work, ticket: Ticket, *, by_hand: bool) -> None:
    notices.stop_clock(work, ticket)
    key = f"{SILENT_CLOSE}:{ticket.id}:{ticket.round}"
    work.ledger.schedule(Job(key, SILENT_CLOSE, work.now + work.rules.silence, ticket.id, {"round": ticket.round}))
    group = work.ledger.groups.get(ticket.group_id)
    if by_hand and ticket.told_in is None:
        for card in work.ledger.cards_of(ticket.id, CardKind.RECEIPT):
            card.menu = Menu.JUDGE
    elif group is not None:
        notices.show(work, ticket, CardKind.RESULT, group, ticket.opens)


def dispute(work: Work, ticket: Ticket, person: Person) -> None:
    """Who told of it says that it is not solved, pressed or in words."""
    life.move(work, ticket, Action.DISPUTE, person)
    follow(work, ticket, Action.DISPUTE)


def _again(work: Work, ticket: Ticket) -> None:
    """没解决: back to the squad, with a new card and a new clock."""
    work.ledger.cancel(f"{SILENT_CLOSE}:{ticket.id}:{ticket.round - 1}")
    for card in work.ledger.cards_of(ticket.id, CardKind.RECEIPT):
        card.menu = None
    work.rules.time.start(ticket, work.now)
    notices.start_clock(work, ticket)
    notices.send_out(work, ticket)


def by_hand(work: Work, heard: Heard, ticket: Ticket, act: Act) -> list[Action]:
    """An officer tells the shopkeeper herself that she takes it, is there, has done it: the ticket moves too."""
    done = []
    for action in way(ticket.status, *HAND[act]):
        if action is Action.ACCEPT and act is not Act.TAKING and life.held(ticket):
            continue
        given = Given(by_hand=True)
        if action is Action.RESOLVE:
            said = heard.said
            given = Given(reason=said.text or None, proof=said.pictured, means=likely_means(ticket), by_hand=True)
        life.move(work, ticket, action, heard.person, given)
        follow(work, ticket, action, by_hand=True)
        done.append(action)
    return done


def likely_means(ticket: Ticket) -> Means:
    """Which of the three means words alone suggest: asking and repairs are service, keeping order is management."""
    served = ticket.demand in {Demand.HELP, Demand.INQUIRY, Demand.SUGGESTION} or ticket.elsewhere
    repaired = (ticket.matter or "9") < "06"
    return Means.SERVICE if served or repaired else Means.MANAGEMENT


def reason_by_reply(work: Work, ticket: Ticket, card: Card, person: Person, words: str) -> bool:
    """A reply to a card that asks for a reason is that reason. True where it was taken."""
    action = (
        {Menu.GIVE_BACK: Action.GIVE_BACK, Menu.SUSPEND: Action.SUSPEND}.get(Menu(card.menu)) if card.menu else None
    )
    if action is None or allowed(ticket.status, action) is None:
        return False
    if action is Action.GIVE_BACK or action is Action.SUSPEND:
        life.move(work, ticket, action, person, Given(reason=words[:300]))
        follow(work, ticket, action)
    return True


def in_work(ticket: Ticket) -> bool:
    """True between taking and resolving."""
    return ticket.status in {Status.ACCEPTED, Status.ON_SITE}
