"""Edits, people coming and going, the bot's own place, groups that move."""

from dataclasses import replace

from ledger import pointing
from ledger.work import Heard, Work
from models.arrivals import Came, Edited, Left, Migrated, Seated, Titled
from models.codes import struck, written_in
from models.reading import Scene
from models.rows import Alias
from models.words import GroupKind
from services import intake, privacy, roles, scene


def edited(work: Work, arrival: Edited) -> None:
    """What was said is amended where it stands; it never opens a ticket."""
    said, codes = arrival.said, written_in(arrival.said.text)
    if codes:
        said = replace(said, text=struck(said.text))
        roles.overheard(work, work.ledger.person(said.sender, said.name), codes)
    group = work.ledger.group_of(said.chat)
    row = work.ledger.message(group.id, said.id) if group else None
    if group is None or row is None:
        return
    person = work.ledger.person(said.sender, said.name)
    if row.person_id == person.id:
        said = pointing.heard(group, said)
        verdict = work.rules.reader.opening(said, scene.speaker(work, person), Scene())
        intake.amend(work, Heard(group, said, person), row, verdict)


def seated(work: Work, arrival: Seated) -> None:
    """The bot was added, muted or removed; no ticket is lost by it."""
    group = work.ledger.group_of(arrival.chat) or work.ledger.join_group(
        arrival.chat, arrival.title, GroupKind.PRIVATE if arrival.private else GroupKind.MERCHANTS
    )
    group.language = group.language if group.known else work.rules.language
    group.state = arrival.state
    if arrival.came and arrival.state == "active" and group.known and group.hears_complaints:
        privacy.announce(work, group, pins=arrival.pins)


def migrated(work: Work, arrival: Migrated) -> None:
    """A group became a supergroup: the same group under a new id; its old message ids mean nothing there.

    Where the bot was told of its seat in the new chat first, that looked like a group of its own, and is none.
    """
    group = work.ledger.group_of(arrival.old) or work.ledger.group_of(arrival.new)
    if group is None:
        return
    there = work.ledger.group_of(arrival.new)
    if there is not group:
        work.ledger.moved[group.id] = arrival.old
    if there is not None and there is not group:
        there.state = "left"
    for chat, current in ((arrival.old, False), (arrival.new, True)):
        alias = work.ledger.aliases.get(chat)
        if alias is None:
            work.ledger.aliases.add(Alias(chat, group.id, current))
        else:
            alias.group_id, alias.current = group.id, current


def titled(work: Work, arrival: Titled) -> None:
    """A group has another name; groups of the configuration keep the bureau's."""
    group = work.ledger.group_of(arrival.chat)
    if group is not None and not group.known:
        group.name = arrival.title


def came(work: Work, arrival: Came) -> None:
    """Someone joined: she is entered, nothing is said."""
    work.ledger.person(arrival.user, arrival.name)


def left(work: Work, arrival: Left) -> None:
    """Someone left a chat: her roles are the leads' to end; what she had in hand there goes back to the squad."""
    person, group = work.ledger.person(arrival.user, ""), work.ledger.group_of(arrival.chat)
    if group is not None and group.kind == GroupKind.SQUAD:
        roles.left(work, group, person)
