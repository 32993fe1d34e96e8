"""What arrived → which verb."""

from collections.abc import Iterable

from handlers import changes, presses, talk
from ledger import placing
from ledger.needs import Needs
from ledger.work import Work
from models.arrivals import Arrival, Came, Edited, Left, Migrated, Pressed, Seated, Spoken, Titled
from models.codes import digest, written_in
from models.moves import Action
from models.presses import number_of, parse_press
from models.rows import Job
from models.said import Point, Said
from models.terms import STEPS
from reading import asking
from services import digesting, dues, enquiry, reckoning


def receive(work: Work, arrival: Arrival) -> None:
    """Do what an arrival asks for, on the ledger."""
    match arrival:
        case Spoken():
            talk.spoken(work, arrival)
        case Edited():
            changes.edited(work, arrival)
        case Pressed():
            presses.pressed(work, arrival)
        case Migrated():
            changes.migrated(work, arrival)
        case Seated():
            changes.seated(work, arrival)
        case Titled():
            changes.titled(work, arrival)
        case Came():
            changes.came(work, arrival)
        case Left():
            changes.left(work, arrival)
        case _:
            pass


def fall_due(work: Work, jobs: Iterable[Job]) -> None:
    """Do what has become due; words about deadlines that are due in one moment are said together."""
    words = []
    for job in jobs:
        ticket = work.ledger.tickets.get(job.ticket_id)
        if job.kind == "question":
            dues.withdraw(work, job.payload)
        elif job.kind == "digest":
            digesting.bring(work, job)
        elif ticket is not None and job.kind == "silence":
            dues.close_in_silence(work, ticket, job.payload.get("round", 1))
        elif ticket is not None and job.kind in STEPS:
            words.append((ticket, job.kind))
    dues.remind(work, words)


def picture_placed(work: Work, numbers: set[int], point: Point) -> None:
    """A picture of these tickets says where it was taken."""
    for number in sorted({work.ledger.head(number) for number in numbers}):
        ticket = work.ledger.tickets.get(number)
        if ticket is not None:
            placing.stand_at(work, ticket, point)


def needs_of(arrival: Arrival, needs: Needs) -> None:
    """Add to `needs` what an arrival makes a unit of work look at."""
    match arrival:
        case Spoken(said=said) | Edited(said=said):
            _of_words(said, needs)
            if isinstance(arrival, Spoken) and arrival.private:
                needs.alone.add(said.sender)
        case Pressed():
            _of_press(arrival, needs)
        case Migrated(old=old, new=new):
            needs.chats |= {old, new}
        case Seated(chat=chat) | Titled(chat=chat):
            needs.chats.add(chat)
        case Came(user=user):
            needs.users.add(user)
        case Left(chat=chat, user=user):
            needs.chats.add(chat)
            needs.own.add(user)
        case _:
            pass


def _of_words(said: Said, needs: Needs) -> None:
    needs.chats.add(said.chat)
    needs.talk.add(said.chat)
    needs.users.add(said.sender)
    needs.lines |= {(said.chat, said.id)} | ({(said.chat, said.reply_to)} if said.reply_to else set())
    needs.codes |= set(written_in(said.text))
    needs.jobs.add(("hush", said.chat, said.sender))
    if said.album:
        needs.albums.add((said.chat, said.album))
    command = enquiry.command_in(said.text)
    needs.staff = needs.staff or asking.perhaps(said.text)
    match command.name if command else "":
        case "ticket" if command and (number := enquiry.number_in(command.rest)):
            needs.tickets.add(number)
        case "mine":
            needs.own.add(said.sender)
        case "people" | "summary":
            needs.staff = True
        case "bind" if command:
            needs.codes.add(digest(command.rest))
            needs.own.add(said.sender)


def _of_press(pressed: Pressed, needs: Needs) -> None:
    chat, press = pressed.chat, parse_press(pressed.data)
    needs.chats.add(chat)
    needs.users.add(pressed.user)
    needs.lines.add((chat, pressed.message))
    if press and press.verb in reckoning.VERBS:
        needs.posts.add(press.ticket)
    elif press and press.ticket:
        needs.tickets.add(press.ticket)
        if press.verb == Action.RESOLVE:
            needs.met.add(press.ticket)
    elif press and press.verb in presses.ROLES:
        needs.held.add(number_of(press.given) or 0)
    elif press and press.given:
        needs.talk.add(chat)
        needs.lines.add((chat, press.given))
        needs.jobs.add(("question", chat, press.given))
