"""Roles by one-time code: who makes one, who is bound by it, who is bound at all, and how that ends."""

from datetime import timedelta

from ledger import life, notices, releasing
from ledger.ledger import WEIGHT
from ledger.life import Refused
from ledger.work import Work
from models.codes import digest
from models.rows import Group, Person, Post, RoleCode, RoleEvent, RoleRow, Standing
from models.words import GroupKind, PostKind, Priority, Role
from texts import sayings, staff
from texts.speaking import Words
from texts.words import ROLE_WORDS

MISSES = 5
"""So many wrong codes an hour; then whatever she sends is not looked at."""
UNDO = timedelta(hours=24)
COMMANDS = frozenset({"bind", "invite", "people"})
SHOWN_TO = frozenset({GroupKind.LEADS, GroupKind.PRIVATE})


def answer(work: Work, group: Group, person: Person, command: tuple[str, str], reply_to: str) -> None:
    """Answer /bind, /invite and /people where they were said."""
    name, rest = command
    words = {"bind": _bind, "invite": _invite, "people": _people}[name](work, group, person, rest)
    if words is not None:
        notices.say(work, group, words, reply_to=reply_to, priority=Priority.DISPATCH)


# --- codes -------------------------------------------------------------------------------------------------------


def overheard(work: Work, person: Person, digests: list[str]) -> None:
    """A code that was said where others read it, or otherwise than it should be, opens nothing any more."""
    for code in filter(None, map(work.ledger.codes.get, digests)):
        if code.state == "open":
            code.state = "void"
            work.ledger.record(RoleEvent(work.now, "spoilt", None, person.id, code.role, code.squad))


def _bind(work: Work, group: Group, person: Person, words: str) -> Words:
    if group.kind != GroupKind.PRIVATE:
        overheard(work, person, [digest(words)])
        return staff.BIND_PRIVATE
    if not words:
        return staff.BIND_HOW
    if work.ledger.missed(person, work.now - timedelta(hours=1)) >= MISSES:
        overheard(work, person, [digest(words)])
        return staff.BIND_SLOWLY
    code = work.ledger.codes.get(digest(words))
    if code is None or code.state != "open" or code.ends_at <= work.now:
        work.ledger.record(RoleEvent(work.now, "wrong", person.id, person.id))
        return staff.BIND_WRONG
    held = work.ledger.role_of(person)
    if held is not None and held.source == "config":
        overheard(work, person, [code.hash])
        return staff.bound_by_file(_named(held))
    return _bound(work, person, code)


def _bound(work: Work, person: Person, code: RoleCode) -> Words:
    """She holds the code's role, and no other; the leads read it, for a code may have gone astray."""
    code.state = "used"
    for row in work.ledger.roles_of(person):
        row.until = row.until or work.now
    row = _grant(work, person, Role(code.role), code.squad)
    work.ledger.record(RoleEvent(work.now, "bound", person.id, person.id, row.role, row.squad))
    releasing.release(work, person, releasing.not_hers(work, person), None)
    for group in work.ledger.lead_groups():
        notices.say(work, group, staff.told_bound(person, _named(row)))
    return staff.bound(_named(row))


def _grant(work: Work, person: Person, role: Role, squad: str | None) -> RoleRow:
    row = work.ledger.roles.get(person.id, role)
    if row is None:
        row = work.ledger.roles.add(RoleRow(person.id, role, work.now))
        work.ledger.grant(row)
    row.squad, row.since, row.until, row.source = squad, work.now, None, "code"
    return row


def _named(row: RoleRow) -> Standing:
    return Standing(Role(row.role), row.squad)


def _invite(work: Work, group: Group, person: Person, words: str) -> Words | None:
    """The code itself is made when it is sent, so that nothing of it stays in the tables but its hash."""
    if not life.may(work, person, "/invite"):
        return staff.LEADS_ONLY
    if group.kind != GroupKind.PRIVATE:
        return staff.INVITE_PRIVATE
    named = words.split()
    role = next((ROLE_WORDS[word] for word in named if word in ROLE_WORDS), None)
    squad = next((word for word in named if word in work.rules.squads), None)
    strange = [word for word in named if word not in ROLE_WORDS and word not in work.rules.squads]
    if role is None or strange or (role is Role.OFFICER and squad is None):
        return staff.invite_how(work.rules.squads)
    if WEIGHT[role] > WEIGHT[work.ledger.standing(person).role]:
        return staff.INVITE_ABOVE
    payload = {"role": role.value, "squad": squad, "by": person.id}
    work.ledger.post(Post(PostKind.CODE, Priority.DISPATCH, work.now, group.id, None, None, None, payload))
    return None


# --- who is bound ------------------------------------------------------------------------------------------------


def _people(work: Work, group: Group, person: Person, words: str) -> Words:
    if not life.may(work, person, "/people"):
        return staff.LEADS_ONLY
    if group.kind not in SHOWN_TO:
        return staff.PEOPLE_PRIVATE
    rows = [row for row in work.ledger.roles if row.until is None and row.role != Role.MERCHANT]
    held = [(one, row) for row in rows if (one := work.ledger.person_by_id(row.person_id))]
    wanted = [(one, row) for one, row in held if not words or words in {row.squad, one.name}]
    return staff.people(sorted(wanted, key=lambda pair: (pair[1].squad or "", -WEIGHT[Role(pair[1].role)], pair[0].id)))


def press(work: Work, group: Group, person: Person, verb: str, target: Person | None) -> str:
    """撤销 and 恢复 under a list or a word about roles; gives back the toast. Raises Refused."""
    if not life.may(work, person, verb) or group.kind not in SHOWN_TO:
        raise Refused("not_you")
    if target is None:
        raise Refused("nobody")
    return _revoke(work, group, person, target) if verb == "revoke" else _restore(work, group, person, target)


def _revoke(work: Work, group: Group, person: Person, target: Person) -> str:
    row = work.ledger.role_of(target)
    if row is None:
        raise Refused("unbound")
    if row.source == "config":
        raise Refused("by_file")
    if target.id == person.id:
        raise Refused("oneself")
    if WEIGHT[Role(row.role)] > WEIGHT[work.ledger.standing(person).role]:
        raise Refused("not_you")
    row.until = work.now
    work.ledger.record(RoleEvent(work.now, "revoked", target.id, person.id, row.role, row.squad))
    tickets = releasing.release(work, target, releasing.not_hers(work, target), person)
    notices.say(work, group, staff.revoked(target, _named(row), tickets))
    return sayings.DONE["revoke"]


def _restore(work: Work, group: Group, person: Person, target: Person) -> str:
    """Within a day; what was given back to the squad stays there."""
    if work.ledger.role_of(target) is not None:
        raise Refused("bound")
    gone = [row for row in work.ledger.roles_of(target) if row.source == "code" and row.until]
    row = max(gone, key=lambda one: one.until or work.now, default=None)
    if row is None or row.until is None or row.until < work.now - UNDO:
        raise Refused("unbound")
    if WEIGHT[Role(row.role)] > WEIGHT[work.ledger.standing(person).role]:
        raise Refused("not_you")
    row.until = None
    work.ledger.record(RoleEvent(work.now, "restored", target.id, person.id, row.role, row.squad))
    notices.say(work, group, staff.restored(target, _named(row)))
    return sayings.DONE["restore"]


def left(work: Work, group: Group, person: Person) -> None:
    """Who leaves a squad's chat sees its cards no more: what she had in hand goes back, and the leads hear of it."""
    tickets = releasing.release(work, person, releasing.out_of_sight(work, person, group), None)
    if tickets:
        for leads in notices.leads(work):
            notices.say(work, leads, staff.told_left(person, group.name, tickets, work.ledger.role_of(person)))
