"""Keeps the journal: what was said, by whom, with what hanging on it."""

from ledger.work import Work
from models.rows import Group, MediumRow, Message, Person
from models.said import MediumKind, Said, storable

TEXT_KEPT = 8000
FETCHED = {MediumKind.PHOTO, MediumKind.VIDEO, MediumKind.VOICE, MediumKind.DOCUMENT}


def keep(work: Work, group: Group, said: Said, person: Person) -> Message:
    """Write a message into the journal. A message already there is given back as it stands."""
    known = work.ledger.message(group.id, said.id)
    if known is not None:
        return known
    point = said.point
    row = Message(
        group.id, said.id, person.id, said.at, storable(said.whole)[:TEXT_KEPT], said.reply_to,
        point.lat if point else None, point.lon if point else None, said.venue, said.album,
        said.pictured, said.spoken, said.forwarded, None,
        point.datum if point else None, point.radius if point else None, point.shown_by if point else None,
    )  # fmt: skip
    for medium in said.media:
        if medium.kind in FETCHED:
            number = work.ledger.counters.take("medium")
            work.ledger.media.add(MediumRow(number, group.id, said.id, medium.kind, medium.handle, medium.size))
    return work.ledger.write(row)
