"""A person's own data: what is kept, a copy of it, erasing it; and who of the staff looks at whose words.

Reading and erasing go through many tables and are done when they are due (bot/own.py, bot/erasing.py).
"""

from ledger import life, looking, notices
from ledger.life import Refused
from ledger.work import Work
from models.moves import Who
from models.rows import Audit, Group, Job, Person, Ticket
from models.words import STAFF, GroupKind, Looked, Priority
from texts import privacy

STAFFED = {Who.SQUAD, Who.HOLDER, Who.LEAD}
VERBS = {"copy", "erase", "erase_now", "erase_not"}


def tell(work: Work, group: Group, reply_to: str) -> None:
    """/privacy: in a group where to ask, in private everything."""
    private = group.kind == GroupKind.PRIVATE
    page = privacy.rules(work.rules.bureau, work.rules.contact, work.rules.kept) if private else privacy.HERE
    notices.say(work, group, page, reply_to=reply_to, priority=Priority.DISPATCH)


def press(work: Work, group: Group, person: Person, verb: str) -> str:
    """A button under it; the toast. Only in private, where nobody but she can press."""
    if group.kind != GroupKind.PRIVATE:
        return privacy.TOASTS["elsewhere"]
    if verb == "erase_not":
        return ""
    if verb != "copy" and work.ledger.standing(person).role in STAFF:
        return privacy.TOASTS["staff"]
    if verb == "erase":
        notices.say(work, group, privacy.confirmation(), priority=Priority.DISPATCH)
        return privacy.TOASTS["asked"]
    what = Looked.EXPORT if verb == "copy" else Looked.ERASE
    work.ledger.audit(Audit(work.now, person.id, person.id, what))
    payload = {"person": person.id, "group": group.id}
    work.ledger.schedule(Job(f"{what}:{person.id}", what, work.now, payload=payload))
    return privacy.TOASTS["coming" if verb == "copy" else "erasing"]


def look(work: Work, ticket: Ticket, person: Person) -> None:
    """看原话: who has or may have the ticket in hand reads what was said, and that is written down. Raises Refused."""
    if not life.relations(work, ticket, person) & STAFFED:
        raise Refused("not_you")
    looking.note(work, ticket, person, Looked.WORDS)


def announce(work: Work, group: Group, *, pins: bool) -> None:
    """A group is told once who listens here; pinned where that is allowed."""
    if group.noticed_at is not None:
        return
    group.noticed_at = work.now
    page = privacy.notice(work.rules.bureau, work.rules.contact, work.rules.kept)
    notices.say(work, group, page, pinned=pins)
