"""The way to the pages: who of the staff asks in private is sent a link of her own."""

from ledger import life, notices
from ledger.work import Work
from models.rows import Group, Person, Post
from models.words import GroupKind, PostKind, Priority
from texts import doors


def invite(work: Work, group: Group, person: Person, reply_to: str) -> None:
    """The link itself is made when it is sent, so that nothing of it stays in the tables but its hash."""
    if group.kind != GroupKind.PRIVATE:
        notices.say(work, group, doors.PRIVATE, reply_to=reply_to, priority=Priority.DISPATCH)
    elif not life.may(work, person, "/login"):
        notices.say(work, group, doors.STAFF_ONLY, reply_to=reply_to, priority=Priority.DISPATCH)
    else:
        payload = {"person": person.id}
        work.ledger.post(Post(PostKind.LOGIN, Priority.DISPATCH, work.now, group.id, None, None, None, payload))
