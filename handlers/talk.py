"""What someone says: a command, a reply to a card, or talk of the street."""

import re
from dataclasses import replace

from handlers import asked
from ledger import notices, pointing
from ledger.life import Refused
from ledger.work import Heard, Work
from models.arrivals import Spoken
from models.codes import struck, written_in
from models.reading import Act, Line, Reading, Scene, Step, Verdict
from models.rows import Card, Group, Message, Person, Ticket
from models.said import Said, Speaker
from models.words import STAFF, GroupKind, Status
from services import (
    advice,
    corrections,
    delays,
    enquiry,
    intake,
    journal,
    languages,
    relay,
    roles,
    rulings,
    scene,
    squad,
)
from texts import sayings

CORRECTS = re.compile("不是|错|我说的|我是说|我指的|应该是|其实|改成")
HAND_ACTS = {Act.TAKING, Act.ARRIVING, Act.DONE}


def spoken(work: Work, arrival: Spoken) -> None:
    """Route a message by the chat it was said in."""
    said, codes = _without_codes(arrival.said)
    group = work.ledger.group_of(said.chat)
    if group is None:
        group = work.ledger.join_group(
            said.chat, arrival.title, GroupKind.PRIVATE if arrival.private else GroupKind.MERCHANTS
        )
        group.language = work.rules.language
    if arrival.private:
        group.kind = GroupKind.PRIVATE
    elif not group.known:
        roles.overheard(work, work.ledger.person(said.sender, said.name), codes)
        return
    said = pointing.heard(group, replace(said, at=min(said.at, work.now)))  # nobody speaks tomorrow
    person = _speaker(work, group, said)
    if work.ledger.message(group.id, said.id) is not None:
        return
    heard = Heard(group, said, person)
    command = asked.command_of(heard)
    if command is not None and command.name == "bind":
        written = enquiry.command_in(arrival.said.text)
        asked.bind(work, Heard(group, replace(said, text="/bind", typed=None), person), written.rest if written else "")
        return
    roles.overheard(work, person, codes)
    row = journal.keep(work, group, said, person)
    if asked.taken(work, heard, command):
        return
    if group.hears_complaints:
        _street(work, group, said, person, row)
    elif group.kind == GroupKind.PRIVATE:
        asked.alone(work, heard)
    else:
        _office(work, group, said, person, row)


def _speaker(work: Work, group: Group, said: Said) -> Person:
    """Who said it; alone with the bot she hears her own language."""
    person = work.ledger.person(said.sender, said.name)
    work.rules.members.add(person.name)
    if group.kind == GroupKind.PRIVATE:
        languages.settle(work, group, person)
    return person


def _without_codes(said: Said) -> tuple[Said, list[str]]:
    """What was said with its one-time codes struck out, and their digests: nothing that is kept shows one."""
    codes = written_in(said.text)
    return (replace(said, text=struck(said.text)) if codes else said), codes


def _office(work: Work, group: Group, said: Said, person: Person, row: Message) -> None:
    """In the squad's and leads' chats only replies to cards matter."""
    card = work.ledger.card_at(group.id, said.reply_to) if said.reply_to else None
    ticket = work.ledger.tickets.get(work.ledger.head(card.ticket_id)) if card else _album_ticket(work, group, row)
    if ticket is None or said.nameless:
        return
    if card is not None and not relay.may_speak(work, ticket, person):
        return
    if said.pictured:
        relay.proof(work, ticket, group, row, person)
    if said.text.strip() and card and _from_lead(work, Heard(group, said, person), ticket, card):
        return
    if said.text.strip() and not (card and _reason(work, card, person, said.text)):
        relay.words(work, ticket, group, row, person)


def _from_lead(work: Work, heard: Heard, ticket: Ticket, card: Card) -> bool:
    """延期, 先不催 and 作废 in reply to a card; what cannot be done is said."""
    try:
        words = heard.said.text.strip()
        taken = rulings.by_reply(work, ticket, card, heard.person, words)
        return taken or delays.by_reply(work, ticket, card, heard.person, words)
    except Refused as refused:
        notices.say(work, heard.group, sayings.refused(refused.why, refused.facts), reply_to=heard.said.id)
        return True


def _album_ticket(work: Work, group: Group, row: Message) -> Ticket | None:
    if not row.album:
        return None
    numbers = [n for m in work.ledger.album(group.id, row.album) for n in work.ledger.tickets_of(group.id, m.message)]
    return work.ledger.tickets.get(numbers[0]) if numbers else None


def _reason(work: Work, card: Card, person: Person, words: str) -> bool:
    ticket = work.ledger.tickets.get(work.ledger.head(card.ticket_id))
    try:
        return ticket is not None and squad.reason_by_reply(work, ticket, card, person, words.strip())
    except Refused:
        return False


def _street(work: Work, group: Group, said: Said, person: Person, row: Message) -> None:
    """Merchants' and site groups: read, judge, and do what the verdict says."""
    heard = Heard(group, said, person)
    verdict = _sibling(work, group, row)
    if verdict is None:
        who, reading, shown = seen(work, group, said, person)
        verdict = work.rules.reader.judge(pointing.reckoned(said), who, reading, shown)
        if advice.ask(work, heard, row, who, reading, shown, verdict):
            return
    carry_out(work, heard, verdict)


def _sibling(work: Work, group: Group, row: Message) -> Verdict | None:
    """A picture of an album whose other part belongs to a ticket belongs to it too."""
    if not row.album:
        return None
    for other in work.ledger.album(group.id, row.album):
        numbers = work.ledger.tickets_of(group.id, other.message)
        if numbers and other.message != row.message:
            return Verdict(Step.ADD, Act.DETAIL, work.ledger.head(numbers[0]))
    return None


def seen(work: Work, group: Group, said: Said, person: Person) -> tuple[Speaker, Reading, Scene]:
    """What a message is judged by: who speaks, what her words say, the talk that they fall into."""
    named = _replied_to(work, group, said)
    shown = _with_reply(work, group, said, scene.scene(work, group, said.id, named), named)
    who = scene.speaker(work, person)
    return who, work.rules.reader.read(said.text, who), shown


def _replied_to(work: Work, group: Group, said: Said) -> tuple[int, ...]:
    """Numbers of the tickets that the message answers to: by one of the bot's cards, or by a line of theirs."""
    if not said.reply_to:
        return ()
    card = work.ledger.card_at(group.id, said.reply_to)
    numbers = [card.ticket_id] if card else work.ledger.tickets_of(group.id, said.reply_to)
    return tuple(map(work.ledger.head, numbers))


def _with_reply(work: Work, group: Group, said: Said, shown: Scene, named: tuple[int, ...]) -> Scene:
    """A reply may point at one of the bot's own cards, or at a line long past: show it as a line of that ticket."""
    if not said.reply_to or not named or any(line.id == said.reply_to for line in shown.lines):
        return shown
    row = work.ledger.message(group.id, said.reply_to)
    line = scene.line(work, row) if row else Line(said.reply_to, said.at, Speaker("bot", "bot"), tickets=named)
    return replace(shown, lines=(line, *shown.lines))


def carry_out(work: Work, heard: Heard, verdict: Verdict) -> None:
    """Do what the verdict says."""
    match verdict.step:
        case Step.OPEN:
            intake.take(work, heard, verdict)
        case Step.ASK:
            intake.ask(work, heard, verdict)
        case Step.ADD:
            _add(work, heard, verdict)
        case _:
            pass


def _talk_back(work: Work, heard: Heard, ticket: Ticket, verdict: Verdict) -> None:
    """Who told of it says that it is not solved, is back, or was taken for something else."""
    if verdict.act is Act.DISPUTE and ticket.status == Status.RESOLVED:
        squad.dispute(work, ticket, heard.person)
    elif verdict.act is Act.DISPUTE and ticket.status == Status.CLOSED:
        intake.reopen(work, heard, ticket)
    elif verdict.act is Act.DETAIL and heard.said.reply_to and CORRECTS.search(heard.said.text):
        who = scene.speaker(work, heard.person)
        corrections.reread(work, heard, ticket, work.rules.reader.opening(heard.said, who, Scene()))
    elif verdict.act is Act.GONE:
        corrections.gone(work, heard, ticket)
    elif verdict.act is Act.NOTHING:
        corrections.none_at_all(work, heard, ticket)


def _add(work: Work, heard: Heard, verdict: Verdict) -> None:
    for number in verdict.tickets or (verdict.ticket,):
        ticket = work.ledger.tickets.get(number)
        if ticket is None:
            continue
        intake.add(work, heard, ticket, verdict)
        if heard.person.id in work.ledger.reporters_of(ticket.id):
            _talk_back(work, heard, ticket, verdict)
        staff = work.ledger.standing(heard.person).role in STAFF and not heard.said.nameless
        if staff and verdict.act in HAND_ACTS and not ticket.ended:
            try:
                squad.by_hand(work, heard, ticket, verdict.act)
            except Refused:
                continue
