"""Asks a second reader about a message that the local reader is unsure of; until it is answered nothing is done."""

from dataclasses import replace

from ledger import pointing
from ledger.work import Heard, Work
from models.reading import Reading, Scene, Verdict
from models.rows import Advice, Message
from models.said import Medium, MediumKind, Said, Speaker


def ask(  # noqa: PLR0913, PLR0917 - all that the verdict came from
    work: Work, heard: Heard, row: Message, who: Speaker, reading: Reading, scene: Scene, verdict: Verdict
) -> bool:
    """Put the question down where there is one; whether the verdict waits for its answer."""
    if not work.rules.reader.asks:
        return False
    said = replace(pointing.reckoned(heard.said), text=pointing.words(row.text))
    question = work.rules.reader.question(said, who, reading, scene, verdict, work.rules.members)
    if question is None:
        return False
    number, asked = work.ledger.counters.take("advice"), (question.hash, question.body, question.keys)
    work.ledger.advice.add(Advice(number, row.group_id, row.message, heard.person.id, work.now, *asked))
    return True


def recall(work: Work, group_id: int, message: str) -> Heard | None:
    """A message of the journal as it was heard, with its words as they are now; None where it is gone."""
    group, row = work.ledger.groups.get(group_id), work.ledger.message(group_id, message)
    person = work.ledger.person_by_id(row.person_id) if row else None
    if group is None or row is None or person is None:
        return None
    kinds = ((MediumKind.PHOTO, row.pictured), (MediumKind.VOICE, row.spoken))
    said = Said(
        work.ledger.chat_of(group) or "", row.message, row.at, person.user, person.name,
        pointing.words(row.text),
        row.reply_to, row.point,
        row.venue, tuple(Medium(kind, "") for kind, there in kinds if there), row.album,
        forwarded=row.forwarded, typed=row.text,
    )  # fmt: skip
    return Heard(group, said, person)
