"""What is said about roles: codes, who is bound, who no longer is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from models.presses import Press, base36
from models.rows import Person, RoleRow, Standing
from models.words import Role
from texts.page import Button, Page, bold, plain, quote
from texts.speaking import fixed, later, tell
from texts.words import ROLE, moment, named, sentences

NAME = 20
LISTED = 60
BUTTONS = 40
BIND_PRIVATE = fixed("bind-private")
BIND_HOW = fixed("bind-how")
BIND_WRONG = fixed("bind-wrong")
BIND_SLOWLY = fixed("bind-slowly")
INVITE_PRIVATE = fixed("invite-private")
LEADS_ONLY = fixed("staff-leads-only")
INVITE_ABOVE = fixed("invite-above")
PEOPLE_PRIVATE = fixed("people-private")


def role_of(held: Standing) -> str:
    """三中队队员; 管理员."""
    role = ROLE[held.role]
    return tell("role-of-squad", squad=quote(held.squad, NAME), role=role) if held.squad else role


def code(written: str, held: Standing, ends_at: datetime, zone: ZoneInfo) -> Page:
    """A new code, for the lead to hand on."""
    first = tell("code-of", role=role_of(held), code=f"<code>{written}</code>")
    until = moment(ends_at, zone)
    return Page("\n".join([first, tell("code-hand-on", code=written), tell("code-holds", until=until)]))


@later
def invite_how(squads: tuple[str, ...]) -> Page:
    """How to ask for a code."""
    squad = quote(squads[0], NAME) if squads else tell("invite-some-squad")
    return Page(tell("invite-how", squad=squad, squads=quote(named(squads), 300)))


@later
def bound(held: Standing) -> Page:
    """She is bound."""
    return Page(tell("bound", role=role_of(held)))


@later
def bound_by_file(held: Standing) -> Page:
    """What the configuration says goes before a code."""
    return Page(tell("bound-by-file", role=role_of(held)))


@later
def told_bound(person: Person, held: Standing) -> Page:
    """A word to the leads, with a way back."""
    return Page(tell("told-bound", who=quote(person.name, NAME), role=role_of(held)), ((_revoke(person),),))


@later
def revoked(person: Person, held: Standing, tickets: int) -> Page:
    """It is done, and can be undone."""
    who, role = quote(person.name, NAME), role_of(held)
    work = tell("revoked-working", who=who, role=role, n=tickets) if tickets else ""
    restore = Button(tell("press-restore"), Press("restore", given=base36(person.id)).data())
    return Page(work or tell("revoked", who=who, role=role), ((restore,),))


@later
def restored(person: Person, held: Standing) -> Page:
    """It is undone."""
    return Page(tell("restored", who=quote(person.name, NAME), role=role_of(held)), ((_revoke(person),),))


@later
def told_left(person: Person, group: str, tickets: int, row: RoleRow | None) -> Page:
    """Who had work in hand has left the squad's chat."""
    by_code = row is not None and row.source == "code"
    rows = ((_revoke(person),),) if by_code else ()
    text = tell("told-left", who=quote(person.name, NAME), group=quote(group, NAME), n=tickets)
    still = tell("left-by-code" if by_code else "left-by-file") if row else ""
    return Page(sentences(text, still), rows)


@later
def people(held: list[tuple[Person, RoleRow]]) -> Page:
    """Who may act as what; who was bound by a code can be revoked with a button."""
    if not held:
        return Page(tell("people-none"))
    lines = [bold(tell("people-head"))]
    for person, row in held[:LISTED]:
        role, who = role_of(Standing(Role(row.role), row.squad)), quote(person.name, NAME)
        lines.append(tell("people-by-file" if row.source == "config" else "people-by-code", role=role, who=who))
    if len(held) > LISTED:
        lines.append(tell("people-more", n=len(held) - LISTED))
    lines.append(tell("people-file-only"))
    buttons = [_revoke(person) for person, row in held[:LISTED] if row.source == "code"][:BUTTONS]
    return Page("\n".join(lines), tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)))


def _revoke(person: Person) -> Button:
    return Button(tell("press-revoke", who=plain(person.name, NAME)), Press("revoke", given=base36(person.id)).data())
