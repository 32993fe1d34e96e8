"""Everything that can be said by everybody in every kind of chat: who gets what, what moves, and that nothing leaks."""

from collections.abc import Callable
from dataclasses import asdict
from itertools import product

import pytest

from handlers.receive import receive
from ledger.work import Work
from models.arrivals import Spoken
from models.moves import BESIDE
from models.reading import Act
from models.rows import Link, Message, Post
from models.said import Medium, MediumKind, Said
from models.words import Means, PostKind, Status
from services import enquiry
from tests.handlers.test_who_may import (
    CHIEFS,
    LEADS,
    NOW,
    NUMBER,
    OTHER,
    OURS,
    PEOPLE,
    PRIVATE,
    SQUAD,
    SQUADS,
    STREET,
    standing,
    work,
)

K = PostKind
CHATS = {"street": STREET, "squad": SQUAD, "other squad": OTHER, "leads": LEADS, "private": PRIVATE}
STAFF = {"officer", "holder", "stranger", *CHIEFS}
KNOWS = {"reporter", *SQUADS}
"""Who may read about the ticket: she who told of it, its squad, the leads."""
SHOWN = {"leads", "private"}
WORDS, PLACE = "王家的摊子堵了消防通道", "秘密巷7号"
"""What the ticket was opened with; whoever may not read it reads no sign of it."""


def _to_act_on(who: str, chat: str) -> set[PostKind]:
    """The card with 延期 and 先不催, for leads; where one stood in that chat already, it goes."""
    if who not in CHIEFS or chat not in SHOWN:
        return set()
    return {K.CARD, K.WITHDRAW} if chat == "leads" else {K.CARD}


COMMANDS: dict[str, Callable[[str, str], set[PostKind]]] = {
    f"/ticket {NUMBER}": lambda who, chat: (
        {K.TEXT} if who not in KNOWS else {K.HISTORY, K.ALBUM} | _to_act_on(who, chat)
    ),
    "/ticket 999": lambda _who, _chat: {K.TEXT},
    "/ticket": lambda _who, _chat: {K.TEXT},
    "/mine": lambda _who, _chat: {K.TEXT},
    "/help": lambda _who, _chat: {K.TEXT},
    "/start": lambda _who, _chat: {K.TEXT},
    "/party 王家": lambda _who, _chat: {K.TEXT},
    "/privacy": lambda _who, _chat: {K.TEXT},
    "/language": lambda _who, _chat: {K.TEXT},
    "/bind K7QX-M2PA-9RTW": lambda _who, _chat: {K.TEXT},
    "/login": lambda who, chat: {K.LOGIN} if who in STAFF and chat == "private" else {K.TEXT},
    f"/invite 队员 {OURS}": lambda who, chat: {K.CODE} if who in CHIEFS and chat == "private" else {K.TEXT},
    "/people": lambda _who, _chat: {K.TEXT},
    "/summary": lambda _who, _chat: {K.SUMMARY},
}
"""What comes of a command, written down by hand."""
READ_BY: dict[str, Callable[[str, str], bool]] = {
    "/people": lambda who, chat: who in CHIEFS and chat in SHOWN,
    "/mine": lambda who, _chat: who in {"reporter", "holder"},
}
"""Whose answer names what others may not read: people with roles, tickets."""
NAMES = {"/people": "officer", "/mine": f"#{NUMBER}"}


def unit(status: Status = Status.ACCEPTED) -> Work:
    """A unit of work that holds the ticket, the line that opened it, and everybody."""
    made = work(status)
    ticket = made.ledger.tickets.rows[NUMBER,]
    ticket.words, ticket.place = WORDS, PLACE
    if status in {Status.RESOLVED, Status.CLOSED}:
        ticket.means, ticket.resolved_at = Means.MANAGEMENT, NOW
    made.ledger.write(Message(STREET, "51", PEOPLE["reporter"][0], NOW, WORDS))
    made.ledger.knot(made.ledger.links.add(Link(NUMBER, STREET, "51", Act.OPENING)))
    return made


def says(made: Work, who: str, chat: int, words: str, reply_to: str | None = None, **more: object) -> list[Post]:
    """Somebody says something; what goes out for it."""
    person = made.ledger.persons.rows[PEOPLE[who][0],]
    said = Said(f"chat{chat}", "90", NOW, person.user, person.name, words, reply_to, **more)  # type: ignore[arg-type]
    receive(made, Spoken(said, "", chat == PRIVATE))
    return list(made.ledger.posts)


def told(posts: list[Post]) -> str:
    """All that stands in what goes out."""
    return repr([asdict(post) for post in posts])


@pytest.mark.parametrize("command", list(COMMANDS))
def test_command_gives_each_what_is_hers_and_moves_nothing(command: str) -> None:
    """Role × relation × kind of chat: the kind of answer, where it goes, and what it names."""
    for who, (chat, number) in product(PEOPLE, CHATS.items()):
        made = unit()
        before = standing(made) | {"posts": []}
        posts = says(made, who, number, command)
        at = (command, who, chat, [post.kind for post in posts])
        assert {post.kind for post in posts} == COMMANDS[command](who, chat), at
        assert {post.group_id for post in posts} == {number}, at
        if K.CARD not in COMMANDS[command](who, chat) and not command.startswith("/bind"):
            assert standing(made) | {"posts": []} == before, at
        assert not made.ledger.events, at
        assert not [row for row in made.ledger.role_events if row.action != "wrong"], at
        assert made.ledger.tickets.rows[NUMBER,].status == Status.ACCEPTED
        assert WORDS not in told(posts), at
        assert PLACE not in told(posts) or command == "/mine", at
        if command in READ_BY:
            assert (NAMES[command] in told(posts)) == READ_BY[command](who, chat), at


@pytest.mark.parametrize("chat", list(CHATS))
def test_summary_is_of_all_for_leads_and_of_her_own_for_everybody_else(chat: str) -> None:
    """The figures are reckoned by what the row says: it names her alone, as officer or as the one who told."""
    for who, (key, _, _) in PEOPLE.items():
        [post] = says(unit(), who, CHATS[chat], "/summary")
        hers = {} if who in CHIEFS else {"officer" if who in STAFF else "reporter": key}
        assert (post.payload["own"], post.payload["which"]) == (who not in CHIEFS, hers), (who, post.payload)


@pytest.mark.parametrize("command", list(COMMANDS))
@pytest.mark.parametrize("mark", ["nameless", "forwarded"])
def test_nobody_in_particular_commands_nothing(command: str, mark: str) -> None:
    """An anonymous administrator, a channel, a forwarded line of a lead: no command is heard, nothing is answered."""
    for chat, number in CHATS.items():
        made = unit()
        assert says(made, "lead", number, command, **{mark: True}) == [], (command, chat)
        assert not made.ledger.role_events
        assert made.ledger.tickets.rows[NUMBER,].status == Status.ACCEPTED


REPLIES = {"已经劝离": SQUADS, "还要多久？": SQUADS, "": SQUADS, "延期 1工作日 现场复杂": SQUADS}


@pytest.mark.parametrize("words", list(REPLIES))
def test_reply_to_a_squads_card_is_the_squads_alone(words: str) -> None:
    """An account, a question, a photo, a lead's 延期: from everybody else nothing is kept and nothing is carried on."""
    for who in PEOPLE:
        made = unit()
        before = standing(made)
        media = {"media": (Medium(MediumKind.PHOTO, "photo:1"),)} if not words else {}
        posts = says(made, who, SQUAD, words, "card3", **media)
        assert (standing(made) != before) == (who in REPLIES[words]), (words, who)
        assert {post.group_id for post in posts} <= {STREET, SQUAD, LEADS}
        assert WORDS not in told(posts)


@pytest.mark.parametrize("chat", [chat for chat in CHATS.values() if chat not in {SQUAD, STREET}])
def test_reply_elsewhere_to_a_message_with_a_cards_number_is_nothing(chat: int) -> None:
    """The same number in another chat is another message: no word of it reaches the ticket."""
    for who in PEOPLE:
        made = unit()
        before = standing(made)
        says(made, who, chat, "已经劝离", "card3")
        assert standing(made) == before, (who, chat)


SPOKEN: dict[tuple[Status, str], tuple[set[str], Status]] = {
    (Status.DISPATCHED, "马上到"): (SQUADS, Status.ACCEPTED),
    (Status.ACCEPTED, "到了"): (SQUADS, Status.ON_SITE),
    (Status.ON_SITE, "已处理"): (SQUADS, Status.RESOLVED),
    (Status.DISPATCHED, "我就随口说说"): ({"reporter"}, Status.VOID),
    (Status.RESOLVED, "没解决啊"): ({"reporter"}, Status.DISPATCHED),
}
"""Words in reply to the complaint: whose they move the ticket, and where to."""


@pytest.mark.parametrize(("status", "words"), list(SPOKEN))
def test_words_in_the_street_move_it_for_those_alone_whose_they_are(status: Status, words: str) -> None:
    """「马上到」 of an officer and of a shopkeeper, 「没解决」 of the neighbour and of who told of it."""
    may, to = SPOKEN[status, words]
    for who in PEOPLE:
        made = unit(status)
        posts = says(made, who, STREET, words, "51")
        now = made.ledger.tickets.rows[NUMBER,].status
        assert now == (to if who in may else status), (words, who, now)
        assert PLACE not in told([post for post in posts if post.group_id == STREET and who not in KNOWS])


@pytest.mark.parametrize("who", list(PEOPLE))
@pytest.mark.parametrize("chat", [SQUAD, OTHER, LEADS, PRIVATE])
def test_same_words_elsewhere_move_nothing(who: str, chat: int) -> None:
    """In the office and in private nothing but a reply to a card is about a ticket."""
    for status, words in SPOKEN:
        made = unit(status)
        says(made, who, chat, words)
        assert made.ledger.tickets.rows[NUMBER,].status == status, words
        assert not made.ledger.events, words


def test_group_that_nobody_settled_is_told_nothing() -> None:
    """A group that invited the bot by itself: whoever asks whatever is not answered."""
    for who, command in product(PEOPLE, COMMANDS):
        made = unit()
        [group] = [one for one in made.ledger.groups if one.id == OTHER]
        group.known = False
        assert [post for post in says(made, who, OTHER, command) if post.group_id == OTHER] == [], (who, command)


def test_every_command_is_in_the_table() -> None:
    """Those that the program understands, and those that its own table of rights names."""
    tried = {command.split()[0] for command in COMMANDS}
    assert tried == {f"/{name}" for name in enquiry.NAMES.split("|")}
    assert tried >= {verb for verb in BESIDE if verb.startswith("/")}
