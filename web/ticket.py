"""The page of a ticket, its pictures, its exact words, and the notes that stay in the house."""

from collections import defaultdict
from typing import Any

from aiohttp import web
from sqlalchemy import func, insert, select

from ledger import life
from ledger.store import writing
from models import tables as t
from models.moves import Action, Who, allowed
from models.rows import Ticket
from models.terms import rule_from
from models.words import Looked
from texts.page import clean, whole
from texts.watching import called, condition
from texts.words import SNOOZE_REASONS
from web import looks, tickets
from web.visits import Visit, number

MEMO = 1000
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "audio/mpeg", "video/mp4"})
"""What a browser may show in its place; everything else is only to be saved."""
AMOUNTS = (("2紧急工作时", "running", 2), ("4工作时", "hours", 4), ("1工作日", "days", 1), ("3工作日", "days", 3),
           ("5工作日", "days", 5))  # fmt: skip
"""By how much a deadline is put off: as the clock reads it, and as the catalogue says it."""
SNOOZES = (("2小时", "hours", 2), ("明早", "morning", 1), ("1天", "days", 1), ("3天", "days", 3))
"""How long nobody is reminded."""
DEEDS = {
    "assign": (Action.DISPATCH, Action.PASS_ON, Action.GIVE_BACK, Action.RELEASE),
    "extend": (Action.EXTEND,),
    "snooze": (Action.EXTEND,),
    "condition": (Action.EXTEND,),
    "merge": (Action.MERGE,),
    "split": (Action.SPLIT,),
    "void": (Action.VOID,),
}
"""What is offered on the page, and the moves that do it, or by which a ticket is known to be at work."""


async def wanted(visit: Visit) -> Ticket:
    """The ticket that the address names. Raises HTTPNotFound, also where she may not see it."""
    key = number(visit.request.match_info, "number")
    async with visit.house.reading() as conn:
        found = await tickets.find(conn, key, visit.who) if key is not None else None
    if found is None:
        raise web.HTTPNotFound
    return found


async def show(visit: Visit) -> web.Response:
    """The page."""
    ticket = await wanted(visit)
    await note_look(visit, ticket, Looked.HISTORY)
    done = visit.request.query.get("done", "")
    return await page(visit, ticket, done=done if done in {*DEEDS, "wake", "answer", "memo"} else "")


async def note_look(visit: Visit, ticket: Ticket, what: Looked) -> None:
    """Somebody of the staff reads a ticket's history, or its words as they were said: a row for each who is in it."""
    async with visit.house.reading() as conn:
        people = await looks.people_of(conn, ticket.id)
    await looks.note(visit.house, visit.who.person, people, what, ticket.id)


async def page(  # noqa: PLR0913 - the page, and what is particular this time
    visit: Visit, ticket: Ticket, *, done: str = "", refused: str = "", typed: Any = None, exact: bool = False,
    status: int = 200,
) -> web.Response:  # fmt: skip
    """The ticket's page: with what was done, or why not; what was typed is kept."""
    async with visit.house.reading() as conn:
        found = await tickets.sheet(conn, ticket)
    return visit.show(
        "ticket.html", status, sheet=found, ticket=ticket, done=done, refused=refused, exact=exact,
        typed=defaultdict(str, typed or {}),
        rule=rule_from(ticket.rule) if ticket.rule else None,
        deeds=deeds(visit, ticket), conditions=_conditions(visit, ticket), snoozes=SNOOZES,
        whys=[choice.label for choice in SNOOZE_REASONS],
        squads=visit.house.rules.squads, amounts=AMOUNTS,
        words=whole if exact else clean,
    )  # fmt: skip


def deeds(visit: Visit, ticket: Ticket) -> set[str]:
    """What she may do with it now: by the table of moves, as in the chat."""
    mine = life.of_staff(visit.who.standing, visit.who.person, ticket)
    found = set()
    for deed, actions in DEEDS.items():
        edges = [edge for action in actions if (edge := allowed(ticket.status, action))]
        if any(edge.who & mine for edge in edges) and Who.LEAD in mine:
            found.add(deed)
    return found - ({"split"} if ticket.same_as is None else set()) - _not_now(visit, ticket)


def _not_now(visit: Visit, ticket: Ticket) -> set[str]:
    """What makes no sense without a deadline, or where there is nothing to choose from."""
    if ticket.deadline_at is None:
        return {"extend", "snooze", "condition"}
    return set() if visit.house.rules.time.choices(ticket) else {"condition"}


def _conditions(visit: Visit, ticket: Ticket) -> list[tuple[str, str, bool]]:
    """What it may be: the condition, how it is called with its limit, whether it holds now."""
    time = visit.house.rules.time
    rule = time.rule_of(ticket)
    return [(one.condition, condition(called(one)), one.condition == rule.condition) for one in time.choices(ticket)]


async def back(visit: Visit) -> web.Response:
    """The address of a deed, opened like a page (a refused form stays on it): to the ticket, where nothing is done."""
    return web.Response(status=303, headers={"Location": f"/tickets/{visit.request.match_info['number']}"})


async def memo(visit: Visit) -> web.Response:
    """A note for colleagues; it never goes to a chat."""
    ticket = await wanted(visit)
    words = whole(str((await visit.request.post()).get("words", ""))).strip()
    if not words or len(words) > MEMO:
        return await page(visit, ticket, refused="refused-words", typed={"memo": words}, status=422)
    row = {"ticket_id": ticket.id, "person_id": visit.who.person, "at": visit.house.clock.now(), "words": words}
    async with writing(visit.house.engine) as conn:
        c = t.memo.c
        last = select(c.words).where(c.ticket_id == ticket.id, c.person_id == visit.who.person).order_by(c.id.desc())
        if (await conn.execute(last.limit(1))).scalar() != words:
            await conn.execute(insert(t.memo).values(**row))
    return web.Response(status=303, headers={"Location": f"/tickets/{ticket.id}?done=memo#memos"})


async def medium(visit: Visit) -> web.StreamResponse:
    """A picture, voice note or film of a ticket that she may see."""
    key, f, tied = number(visit.request.match_info, "number"), t.medium.c, t.link.c
    sent = (t.message.c.group_id == f.group_id) & (t.message.c.message == f.message)
    sender = func.coalesce(t.message.c.person_id, t.ticket.c.reporter_id).label("sender")
    query = (
        select(f.sha256, f.mime, t.ticket.c.squad, t.ticket.c.id.label("ticket"), sender)
        .join(t.link, (tied.group_id == f.group_id) & (tied.message == f.message))
        .join(t.ticket, t.ticket.c.id == tied.ticket_id)
        .outerjoin(t.message, sent)
        .where(f.id == key, f.state == "kept", f.sha256.is_not(None))
    )
    async with visit.house.reading() as conn:
        rows = (await conn.execute(query)).all()
    row = next((row for row in rows if life.sees(visit.who.standing, row.squad)), None)
    path = visit.house.media / row.sha256[:2] / row.sha256 if row else None
    if row is None or path is None or not path.is_file():
        raise web.HTTPNotFound
    await looks.note(visit.house, visit.who.person, {row.sender}, Looked.PICTURE, row.ticket)
    return web.FileResponse(path, headers={
        "Content-Type": row.mime if row.mime in SHOWN else "application/octet-stream",
        "Content-Disposition": "inline" if row.mime in SHOWN else "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, max-age=3600",
    })  # fmt: skip
