"""What became of a question to a second reader → what is done about the message."""

from typing import Any

from handlers import talk
from ledger.needs import Needs
from ledger.pointing import reckoned
from ledger.work import Heard, Work
from models.question import Question
from models.reading import Step, Verdict
from models.rows import Advice
from reading.second.answer import Refused
from services import enquiry
from services.advice import recall

Json = dict[str, Any]


def settle(work: Work, row: Advice, answer: Json | None, state: str, why: str | None = None) -> None:
    """Do once what is to be done: by the answer, or where there is none that may be used, by the local verdict.

    `state` and `why` say what became of the asking where there is no answer. The message is judged as the talk is now.
    """
    row.state, row.error, row.answer, row.ended_at = state, why, answer, work.now
    heard = recall(work, row.group_id, row.message)
    if heard is None or work.ledger.tickets_of(row.group_id, row.message):
        row.state, row.error = "skipped", "the message is gone" if heard is None else "it belongs to a ticket by now"
        return
    verdict = _verdict(work, row, heard)
    talk.carry_out(work, heard, verdict)
    if verdict.step in {Step.OPEN, Step.ADD}:
        _catch_up(work, heard)


def _verdict(work: Work, row: Advice, heard: Heard) -> Verdict:
    who, reading, shown = talk.seen(work, heard.group, heard.said, heard.person)
    if row.answer is not None:
        try:
            question = Question(row.hash, row.body, row.keys)
            return work.rules.reader.advised(question, row.answer).judge(reckoned(heard.said), who, reading, shown)
        except Refused as refused:
            row.state, row.error = "refused", str(refused)
    return work.rules.reader.judge(reckoned(heard.said), who, reading, shown)


def _catch_up(work: Work, heard: Heard) -> None:
    """What she said while the question was open, and what others answered to it, is added where it now belongs."""
    order = list(work.ledger.lines(heard.group.id))
    place = next((n for n, row in enumerate(order) if row.message == heard.said.id), len(order))
    for row in order[place + 1 :]:
        if row.person_id != heard.person.id and row.reply_to != heard.said.id:
            continue
        later = recall(work, row.group_id, row.message)
        if later is None or work.ledger.tickets_of(row.group_id, row.message) or enquiry.command_in(row.text):
            continue
        verdict = work.rules.reader.judge(reckoned(later.said), *talk.seen(work, later.group, later.said, later.person))
        if verdict.step is Step.ADD:
            talk.carry_out(work, later, verdict)
            _let_go(work, row.group_id, row.message)


def _let_go(work: Work, group_id: int, message: str) -> None:
    """Nobody need be asked about it any more."""
    for waiting in [
        row for row in work.ledger.advice if (row.group_id, row.message) == (group_id, message) and row.open
    ]:
        waiting.state, waiting.error, waiting.ended_at = "skipped", "it belongs to a ticket by now", work.now


def needs_of(row: Advice, chat: str, user: str, reply_to: str | None) -> Needs:
    """What settling it will look at."""
    lines = {(chat, row.message)} | ({(chat, reply_to)} if reply_to else set())
    numbers = set(row.keys["tickets"].values())
    jobs = {("hush", chat, user)}
    return Needs(chats={chat}, talk={chat}, users={user}, lines=lines, tickets=numbers, jobs=jobs)
