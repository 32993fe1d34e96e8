"""Answers to commands: help, one's own tickets, one ticket's history. For figures see services/reckoning.py."""

import re
from dataclasses import dataclass, field
from typing import Any

from ledger import life, looking, notices
from ledger.work import Work
from models.moves import Action, Who, allowed
from models.rows import Group, Person, Post, Ticket
from models.words import STAFF, GroupKind, Looked, PostKind, Priority, Role
from texts import sayings
from texts.speaking import Words
from texts.words import ROLE_WORDS

LEADS = {Role.LEAD, Role.ADMIN}
WORDS = {
    "工单": "ticket", "我的": "mine", "汇总": "summary", "帮助": "help", "查": "party", "隐私": "privacy",
    "发码": "invite", "人员": "people", "登录": "login", "语言": "language",
}  # fmt: skip
NAMES = "help|ticket|mine|summary|party|bind|privacy|invite|people|login|language|start"
SHAPE = re.compile(rf"^/({NAMES})(?:@\w+)?(?:\s+(.*))?$", re.DOTALL)
SAID = re.compile(rf"^(?:@\S+\s*)?({'|'.join(WORDS)})(?:\s*[#＃:：]?\s*(.{{0,40}}))?$", re.DOTALL)
PROGRESS = re.compile(
    r"^(?:@\S+\s*)?(?:工单|单子)?\s*[#＃]?\s*(\d{1,12})\s*(?:这单|这件|那件|号单|号工单)?\s*"
    r"(?:怎么样|咋样|什么情况|到哪一?步?|办到哪|办得怎么样|处理得?怎么样|进展(?:如何|怎么样)?|(?:办|处理)?[好完]了吗|解决了吗|有结果了?吗)"
    r"(?:了|啦|呢)?[?？。]?$"
)
"""「127怎么样了」: the number first, and nothing beside the question."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what was said after it."""

    name: str
    rest: str = field(default="", repr=False)


def command_in(text: str) -> Command | None:
    """The command that a message is, said with a stroke or in Chinese; None for ordinary talk."""
    said = text.strip()
    if shape := SHAPE.match(said):
        return Command("help" if shape[1] == "start" else shape[1], (shape[2] or "").strip())
    if asked := PROGRESS.match(said):
        return Command("ticket", asked[1])
    shape = SAID.match(said)
    if shape is None:
        return None
    name, rest = WORDS[shape[1]], (shape[2] or "").strip()
    plain = {
        "ticket": rest.isdecimal(),
        "mine": not rest,
        "help": not rest,
        "privacy": not rest,
        "login": not rest,
        "language": not rest,
        "party": False,
        "invite": not rest or rest.split()[0] in ROLE_WORDS,
        "people": True,
        "summary": not rest,
    }
    return Command(name, rest) if plain[name] else None


def meant(work: Work, group: Group, person: Person, command: Command, words: str) -> bool:
    """False for talk of the street that only sounds like a command: 「我的」 may answer 「谁的车」."""
    if not group.hears_complaints or words.lstrip().startswith(("/", "@")):
        return True
    match command.name:
        case "mine":
            return bool(_own(work, person))
        case "ticket" if PROGRESS.match(words.strip()):
            ticket = work.ledger.tickets.get(number_in(command.rest))
            return ticket is not None and life.may(work, person, "/ticket", ticket)
        case "summary" | "invite" | "people":
            return work.ledger.standing(person).role in LEADS
        case "login":
            return work.ledger.standing(person).role in STAFF
        case _:
            return command.name != "language"


def answer(work: Work, group: Group, person: Person, command: Command, reply_to: str) -> None:
    """Answer a command where it was said."""
    match command.name:
        case "help":
            _say(work, group, sayings.help_for(work.ledger.standing(person).role), reply_to)
        case "mine":
            _say(work, group, sayings.mine(_own(work, person)), reply_to)
        case "ticket":
            _history(work, group, person, command.rest, reply_to)
        case _:
            _say(work, group, sayings.PARTY_LATER, reply_to)


def _say(work: Work, group: Group, words: Words, reply_to: str) -> None:
    notices.say(work, group, words, reply_to=reply_to, priority=Priority.DISPATCH)


def _own(work: Work, person: Person) -> list[Ticket]:
    tickets = [t for t in work.ledger.tickets if not t.ended]
    mine = [t for t in tickets if person.id == t.officer_id or person.id in work.ledger.reporters_of(t.id)]
    return sorted(mine, key=lambda t: t.id)


def number_in(words: str) -> int | None:
    """The ticket number in a few words."""
    found = re.search(r"\d{1,12}", words)
    return int(found[0]) if found else None


def _history(work: Work, group: Group, person: Person, words: str, reply_to: str) -> None:
    number = number_in(words)
    if number is None:
        _say(work, group, sayings.ASK_NUMBER, reply_to)
        return
    ticket = work.ledger.tickets.get(number)
    if ticket is None:
        _say(work, group, sayings.NO_TICKET, reply_to)
    elif not life.may(work, person, "/ticket", ticket):
        _say(work, group, sayings.NOT_FOR_YOU, reply_to)
    else:
        if Who.REPORTER not in life.relations(work, ticket, person):
            looking.note(work, ticket, person, Looked.HISTORY)
        _tell_all(work, group, person, ticket, reply_to)


def _tell_all(work: Work, group: Group, person: Person, ticket: Ticket, reply_to: str) -> None:
    """The lines, the pictures from before and after; for a lead where leads talk the card to act on.

    What is the bureau's own business is told to its staff, where nobody else reads it.
    """
    inner = work.ledger.standing(person).role in STAFF and not group.hears_complaints
    posts: list[tuple[PostKind, dict[str, Any]]] = [
        (PostKind.HISTORY, {"inner": inner}), (PostKind.ALBUM, {"before": True}), (PostKind.ALBUM, {"before": False}),
    ]  # fmt: skip
    for kind, more in posts:
        payload = {"reply_to": reply_to, **more}
        work.ledger.post(Post(kind, Priority.SUMMARY, work.now, group.id, None, ticket.id, None, payload))
    acts = life.may(work, person, "snooze", ticket) and allowed(ticket.status, Action.VOID) is not None
    if acts and group.kind in {GroupKind.LEADS, GroupKind.PRIVATE}:
        notices.watch(work, ticket, group, reply_to=reply_to)
