"""Every button by everybody on a ticket in every state: who may, and that for all others nothing changes."""

import copy
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

import pytest

from bot.rules import rules_of
from bot.settings import build
from handlers.presses import pressed
from ledger.ledger import Ledger
from ledger.work import Rules, Work
from models.arrivals import Pressed
from models.moves import Action
from models.presses import Press
from models.rows import Alias, Card, Event, Group, Job, Message, Person, RoleEvent, RoleRow, Ticket
from models.words import CardKind, GroupKind, PostKind, Role, Status
from tests.town import town_config
from texts.sayings import DONE

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
STREET, SQUAD, OTHER, LEADS, PRIVATE = 1, 2, 3, 4, 5
OURS, THEIRS = "三中队", "二中队"
NUMBER, TWIN = 7, 6
PEOPLE: dict[str, tuple[int, Role | None, str | None]] = {
    "reporter": (1, None, None),
    "neighbour": (2, None, None),
    "namesake": (3, None, None),
    "worker": (4, Role.WORKER, None),
    "officer": (5, Role.OFFICER, OURS),
    "holder": (6, Role.OFFICER, OURS),
    "stranger": (7, Role.OFFICER, THEIRS),
    "former": (8, Role.OFFICER, OURS),
    "lead": (9, Role.LEAD, OURS),
    "admin": (10, Role.ADMIN, None),
}
"""The key and the role; `namesake` bears the holder's name, `former` was an officer until yesterday."""
CHIEFS = {"lead", "admin"}
SQUADS = {"officer", "holder", *CHIEFS}
HANDS = {"holder", *CHIEFS}
HERS = {"reporter"}
S = Status
MAY: dict[tuple[str, str], set[str]] = {
    (S.OPENED, "dispatch"): CHIEFS,
    **{(at, "void"): CHIEFS for at in (S.OPENED, S.DISPATCHED, S.ACCEPTED, S.ON_SITE, S.SUSPENDED)},
    **{(at, verb): HERS for at in (S.OPENED, S.DISPATCHED) for verb in ("withdraw", "matter")},
    **{(at, "merge"): CHIEFS for at in (S.OPENED, S.DISPATCHED)},
    **{(at, "apart"): CHIEFS for at in Status},
    **{(S.DISPATCHED, verb): SQUADS for verb in ("accept", "give_back")},
    **{(S.ACCEPTED, verb): HANDS for verb in ("arrive", "pass_on", "give_back", "suspend")},
    **{(S.ON_SITE, verb): HANDS for verb in ("suspend", "resolve")},
    (S.SUSPENDED, "resume"): HANDS,
    **{(at, verb): CHIEFS for at in (S.OPENED, S.DISPATCHED, S.ACCEPTED, S.ON_SITE) for verb in ("extend", "snooze")},
    **{(S.RESOLVED, verb): HERS for verb in ("confirm", "dispute")},
}
"""Who is let, written down by hand and not taken from the program's own table."""
MOVES_NOTHING = {
    "dispatch", "matter:back", "resolve:enforcement", "extend:w0", "extend:9", "extend:back", "snooze:w0", "snooze:off",
}  # fmt: skip
"""Whoever may press it: no squad is named, a menu is closed that was not open, the lower rungs are missing, no amount
was chosen, nothing is left alone."""
VERBS = sorted(
    {verb for _, verb in MAY}
    | {action.value for action in Action}
    | {"suspend:0", "suspend:1", "dispatch:0", "dispatch:1", "give_back:0", "pass_on:1", "resolve:management", "void:0"}
    | {"extend:0", "close:0", "release:0", "accept:0", "matter:09001", "matter:back", "withdraw:gone"}
    | {
        "extend:9",
        "extend:w0",
        "extend:back",
        "snooze:1",
        "snooze:w0",
        "snooze:off",
        "resolve:enforcement",
        "open",
        "yes",
        "no",
        "yes:55",
        "revoke",
        "restore",
        "menu",
        "place",
        "reply",
        "抢单",
    }
)
CARDS = {
    CardKind.RECEIPT: STREET, CardKind.RESULT: STREET, CardKind.DISPATCH: SQUAD, CardKind.TRIAGE: LEADS,
    CardKind.TWIN: LEADS, CardKind.WATCH: LEADS,
}  # fmt: skip


@cache
def rules() -> Rules:
    """The demonstration's rules with a second squad."""
    found = town_config()
    found["groups"].append({"chat": -1002002, "name": THEIRS, "kind": "squad", "squad": THEIRS})
    return rules_of(build(found))


def work(status: Status, *, merged: bool = False, taken_by: str = "holder") -> Work:
    """A unit of work that holds one ticket in a state, its cards, and everybody."""
    ledger = Ledger(NOW)
    kinds = (GroupKind.MERCHANTS, GroupKind.SQUAD, GroupKind.SQUAD, GroupKind.LEADS, GroupKind.PRIVATE)
    squads = (OURS, OURS, THEIRS, None, None)
    for number, (kind, squad) in enumerate(zip(kinds, squads, strict=True), 1):
        ledger.groups.add(Group(number, f"群{number}", kind, squad=squad, known=True))
        ledger.aliases.add(Alias(f"chat{number}", number))
    for name, (key, role, squad) in PEOPLE.items():
        ledger.seat(ledger.persons.add(Person(key, f"user{key}", "holder" if name == "namesake" else name)))
        if role is not None:
            until = NOW - timedelta(days=1) if name == "former" else None
            ledger.grant(ledger.roles.add(RoleRow(key, role, NOW - timedelta(days=9), squad, until)))
    other = Ticket(TWIN, STREET, "50", 2, NOW, NOW, Status.DISPATCHED, squad=OURS)
    ticket = Ticket(NUMBER, STREET, "51", 1, NOW, NOW, status, squad=OURS, proofs=1, matter="09006", also=["09001"])
    in_hand = status in {Status.ACCEPTED, Status.ON_SITE, Status.SUSPENDED, Status.RESOLVED}
    ticket.officer_id = PEOPLE[taken_by][0] if in_hand else None
    ticket.perhaps, ticket.same_as = (None, TWIN) if merged else (TWIN, None)
    for one in (other, ticket):
        ledger.open_ticket(one)
        ledger.add_reporter(one.id, one.reporter_id)
    for number, (kind, group) in enumerate(CARDS.items(), 1):
        ledger.deal(ledger.cards.add(Card(number, NUMBER, kind, group, message=f"card{number}")))
    ledger.write(Message(STREET, "55", PEOPLE["neighbour"][0], NOW, "早上好"))
    return Work(ledger, rules())


def press(unit: Work, who: str, verb: str, chat: int, message: str) -> str:
    """Somebody presses, or says that she pressed; what she is told."""
    name, _, given = verb.partition(":")
    number = 0 if name in {"yes", "no", "revoke", "restore"} else NUMBER
    person = unit.ledger.persons.rows[PEOPLE[who][0],]
    data = Press(name, number, 1, given).data()
    pressed(unit, Pressed("q", f"chat{chat}", message, person.user, person.name, data, NOW))
    [toast] = [post for post in unit.ledger.posts if post.kind == PostKind.TOAST]
    return str(toast.payload["text"])


def standing(unit: Work) -> dict[str, Any]:
    """All that a press could change, but for the answer to it."""
    ledger = unit.ledger
    shelves = (ledger.tickets, ledger.cards, ledger.roles, ledger.codes, ledger.reporters, ledger.links, ledger.groups)
    rows = [[{name: getattr(row, name) for name in shelf.columns} for row in shelf] for shelf in shelves]
    posts = [asdict(post) for post in ledger.posts if post.kind != PostKind.TOAST]
    more = (ledger.events, ledger.role_events, list(ledger.jobs.values()))
    records: list[list[Event | RoleEvent | Job]] = [list(one) for one in more]
    return copy.deepcopy({"rows": rows, "posts": posts, "records": [[asdict(row) for row in one] for one in records]})


def places(verb: str) -> list[tuple[int, str]]:
    """Every card as a message of its chat, and messages that are none of its cards."""
    return [(group, f"card{number}") for number, group in enumerate(CARDS.values(), 1)] + [(OTHER, "9"), (PRIVATE, "9")]


@pytest.mark.parametrize("status", list(Status))
def test_who_may_may_and_for_all_others_nothing_changes(status: Status) -> None:
    """Each verb is pressed on each card by each person; a word is always said."""
    for verb, who in product(VERBS, PEOPLE):
        done = []
        for chat, message in places(verb):
            unit = work(status)
            before = standing(unit)
            toast = press(unit, who, verb, chat, message)
            changed = standing(unit) != before
            if changed:
                done.append(toast)
            elif verb not in {"menu", "matter:back", "extend:back"}:
                assert toast, (status, verb, who)
        may = who in MAY.get((status, verb.partition(":")[0]), set()) and verb not in MOVES_NOTHING
        assert bool(done) == may, (status, verb, who, done)
        assert all(toast in DONE.values() for toast in done), (status, verb, who, done)


@pytest.mark.parametrize(("who", "may"), [("reporter", True), ("neighbour", False), ("lead", True), ("officer", False)])
def test_merged_ticket_is_split_by_its_reporter_and_the_leads_alone(who: str, may: bool) -> None:
    """不是一回事 on the line that says it was merged."""
    unit = work(Status.VOID, merged=True)
    before = standing(unit)
    press(unit, who, "split", STREET, "card1")
    assert (standing(unit) != before) == may


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.ON_SITE, Status.SUSPENDED])
def test_former_officer_whose_name_still_stands_on_a_ticket_may_nothing(status: Status) -> None:
    """Held by who is no officer any more: the verbs of the one who took it are not his."""
    for verb in VERBS:
        unit = work(status, taken_by="former")
        before = standing(unit)
        press(unit, "former", verb, SQUAD, "card3")
        assert standing(unit) == before, verb


@pytest.mark.parametrize("who", [name for name in PEOPLE if name not in SQUADS])
def test_menu_of_a_card_is_closed_by_those_alone_who_work_with_it(who: str) -> None:
    """返回 on the squad's card: an open menu stays open for everybody else."""
    for mine in (who, "officer"):
        unit = work(Status.ACCEPTED)
        [card] = unit.ledger.cards_of(NUMBER, CardKind.DISPATCH)
        card.menu = "suspend"
        press(unit, mine, "menu", SQUAD, "card3")
        assert card.menu == (None if mine == "officer" else "suspend")


@pytest.mark.parametrize("who", list(PEOPLE))
@pytest.mark.parametrize("verb", ["extend", "snooze"])
def test_deadline_is_put_off_and_left_alone_by_leads_alone(who: str, verb: str) -> None:
    """The last of the three presses, by everybody, where an amount was chosen already."""
    unit = work(Status.ACCEPTED)
    ticket = unit.ledger.tickets.rows[NUMBER,]
    unit.rules.time.start(ticket, NOW)
    [card] = unit.ledger.cards_of(NUMBER, CardKind.WATCH)
    card.menu, card.chosen = f"{verb}_why", "1"
    before = standing(unit)
    toast = press(unit, who, f"{verb}:w0", LEADS, card.message or "")
    assert (standing(unit) != before) == (who in CHIEFS)
    assert (toast == DONE[verb]) == (who in CHIEFS)


@pytest.mark.parametrize("who", list(PEOPLE))
def test_copy_that_is_another_card_is_neither_adopted_nor_stripped(who: str) -> None:
    """Data of this ticket pressed on another ticket's card: whoever may do the verb, that card keeps its buttons."""
    unit = work(Status.DISPATCHED)
    unit.ledger.deal(unit.ledger.cards.add(Card(9, TWIN, CardKind.DISPATCH, SQUAD, message="theirs")))
    before = standing(unit)
    assert press(unit, who, "accept", SQUAD, "theirs")
    assert standing(unit) == before


@pytest.mark.parametrize("who", list(PEOPLE))
def test_question_that_was_never_asked_is_answered_by_nobody(who: str) -> None:
    """A forged 是的 or 不是 for one's own line opens nothing and deletes nothing."""
    for verb in ("yes:55", "no:55"):
        unit = work(Status.DISPATCHED)
        before = standing(unit)
        assert press(unit, who, verb, STREET, "card1")
        assert standing(unit) == before


def test_question_that_waits_is_answered_by_its_sender() -> None:
    """The other side of it: the one who was asked says no, and the question goes."""
    unit = work(Status.DISPATCHED)
    unit.ledger.waiting = {f"question:{STREET}:55"}
    press(unit, "reporter", "no:55", STREET, "q")
    assert f"question:{STREET}:55" not in unit.ledger.cancelled
    unit.ledger.posts.clear()
    assert press(unit, "neighbour", "no:55", STREET, "q") == DONE["no"]
    assert f"question:{STREET}:55" in unit.ledger.cancelled


@pytest.mark.parametrize("who", list(PEOPLE))
def test_roles_are_revoked_by_leads_where_leads_read_alone(who: str) -> None:
    """撤销 and 恢复 by everybody in every chat: done by leads in the leads' chat and in private, and nowhere else."""
    for chat, verb in product((STREET, SQUAD, OTHER, LEADS, PRIVATE), ("revoke:2", "restore:2")):
        unit = work(Status.DISPATCHED)
        until = None if verb == "revoke:2" else NOW - timedelta(hours=1)
        unit.ledger.grant(unit.ledger.roles.add(RoleRow(2, Role.OFFICER, NOW, OURS, until, "code")))
        before = standing(unit)
        if who == "neighbour":
            continue
        assert press(unit, who, verb, chat, "list")
        assert (standing(unit) != before) == (who in CHIEFS and chat in {LEADS, PRIVATE}), (who, chat, verb)
