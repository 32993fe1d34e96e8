"""What is asked of the bot itself: commands, codes, questions about figures; and how often it answers one person."""

from datetime import timedelta

from ledger import notices, quiet
from ledger.work import Heard, Work
from models.codes import digest
from models.words import STAFF
from reading import asking
from reading.asking import Question
from services import doors, enquiry, journal, languages, privacy, reckoning, roles
from texts import sayings
from texts.speaking import Words

SAID_AGAIN = timedelta(hours=1)


def command_of(heard: Heard) -> enquiry.Command | None:
    """The command that a message is; nobody in particular and what is passed on command nothing."""
    return None if heard.said.nameless or heard.said.forwarded else enquiry.command_in(heard.said.text)


def taken(work: Work, heard: Heard, command: enquiry.Command | None) -> bool:
    """Do what she asks for, if she asks for anything; whether she did."""
    if command is not None and command.name == "privacy":
        privacy.tell(work, heard.group, heard.said.id)
    elif command is not None and enquiry.meant(work, heard.group, heard.person, command, heard.said.text):
        _obey(work, heard, command)
    elif (question := _question(work, heard)) is not None:
        _answer(work, heard, question)
    else:
        return False
    return True


def bind(work: Work, heard: Heard, written: str) -> None:
    """The journal keeps that a code was sent, and not which. A code that is not answered is spent as well."""
    journal.keep(work, heard.group, heard.said, heard.person)
    if _often(work, heard):
        roles.overheard(work, heard.person, [digest(written)])
        quiet.hush(work, heard, sayings.ANSWERS_NO_MORE)
        return
    roles.answer(work, heard.group, heard.person, ("bind", written), heard.said.id)


def alone(work: Work, heard: Heard) -> None:
    """What is said to the bot alone and is no question: what it can do for her there, once in a while."""
    since, words = work.now - SAID_AGAIN, heard.said.text.strip()
    before = (row for row in work.ledger.lines(heard.group.id) if row.message != heard.said.id and row.at > since)
    nobody = heard.said.nameless or heard.said.forwarded or heard.said.reply_to
    if not words or nobody or any(row.text.strip() and not _was_answered(work, row.text) for row in before):
        return
    works = work.ledger.standing(heard.person).role in STAFF
    told = sayings.not_understood(words) if works else sayings.ALONE
    notices.say(work, heard.group, told, reply_to=heard.said.id)


def _obey(work: Work, heard: Heard, command: enquiry.Command) -> None:
    if _often(work, heard):
        quiet.hush(work, heard, sayings.ANSWERS_NO_MORE)
    elif command.name == "login":
        doors.invite(work, heard.group, heard.person, heard.said.id)
    elif command.name == languages.VERB:
        languages.answer(work, heard.group, heard.said.id)
    elif command.name == "summary":
        reckoning.answer(work, heard, command.rest)
    elif command.name in roles.COMMANDS:
        roles.answer(work, heard.group, heard.person, (command.name, command.rest), heard.said.id)
    else:
        enquiry.answer(work, heard.group, heard.person, command, heard.said.id)


def _question(work: Work, heard: Heard) -> Question | Words | None:
    """A question about figures in plain words, where nobody else can be meant."""
    return None if heard.said.nameless or heard.said.forwarded else reckoning.heard(work, heard)


def _answer(work: Work, heard: Heard, question: Question | Words) -> None:
    if _often(work, heard):
        quiet.hush(work, heard, sayings.ANSWERS_NO_MORE)
    else:
        reckoning.reply(work, heard, question)


def _often(work: Work, heard: Heard) -> bool:
    """She has given more commands in a few minutes than are answered one by one; who works here asks more."""
    manners = work.rules.manners
    if manners is None:
        return False
    since = work.now - manners.span
    lines = work.ledger.lines(heard.group.id)
    hers = (row for row in lines if row.person_id == heard.person.id and row.at > since)
    works = work.ledger.standing(heard.person).role in STAFF
    return sum(_is_asking(row.text) for row in hers) > (manners.a_group if works else manners.a_person)


def _was_answered(work: Work, text: str) -> bool:
    return _is_asking(text) or reckoning.asks(work, text)


def _is_asking(text: str) -> bool:
    return enquiry.command_in(text) is not None or asking.sounds(text)
