"""The settings: groups, squads, people, what the clock runs by, all to look at; canned replies, which leads write."""

from typing import Any

from aiohttp import web
from sqlalchemy import delete, func, insert, or_, select

from ledger.store import writing
from models import tables as t
from models.matters import MATTERS
from models.rows import Standing
from models.words import GroupKind, Role, Status
from web import in_force, tickets
from web.conditions import IN_HAND, seen_by
from web.visits import Visit, number

KEPT = 300
LISTED = 500
REPLIES = 200


async def show(
    visit: Visit, *, refused: str = "", typed: dict[str, str] | None = None, status: int = 200
) -> web.Response:
    """The page."""
    now, g, r = visit.house.clock.now(), t.group.c, t.role.c
    groups = select(t.group, t.alias.c.chat).outerjoin(t.alias, (t.alias.c.group_id == g.id) & t.alias.c.current)
    people = select(t.person.c.name, r.role, r.squad, r.source, r.since).join(t.person, t.person.c.id == r.person_id)
    order = (r.squad, r.role, t.person.c.id)
    held = (or_(r.until.is_(None), r.until > now), r.role != Role.MERCHANT)
    async with visit.house.reading() as conn:
        facts: dict[str, Any] = {
            "groups": (await conn.execute(groups.where(g.kind != GroupKind.PRIVATE).order_by(g.id))).all(),
            "people": (await conn.execute(people.where(*held).order_by(*order).limit(LISTED))).all(),
            "replies": await tickets.all_replies(conn), "hands": await _in_hand(conn, visit.who.standing),
        }  # fmt: skip
        bureau = await _bureau(conn, visit)
    return visit.show(
        "settings.html", status, clock=in_force.facts(visit.house.rules, visit.local(now).date(), bureau),
        rules=visit.house.rules, refused=refused, typed=typed or {}, states=[one.value for one in Status],
        matters=_used(facts["replies"], visit), **facts,
    )  # fmt: skip


def _used(replies: list[Any], visit: Visit) -> list[str]:
    """The matters that a reply can be for: those with limits of their own, those in use, then all."""
    first = [code for code in visit.house.rules.time.limits if code in MATTERS]
    first += [row.matter for row in replies if row.matter]
    return list(dict.fromkeys([*first, *MATTERS]))


async def _bureau(conn: Any, visit: Visit) -> str | None:
    """What the chat is called that hears of what is very late, also where Telegram gave it another number since."""
    a = t.alias.c
    named = select(t.group.c.name).join(t.alias, a.group_id == t.group.c.id)
    found: str | None = (await conn.execute(named.where(a.chat == visit.house.rules.time.bureau))).scalar()
    return found


async def _in_hand(conn: Any, standing: Standing) -> dict[str, int]:
    """How many each squad has in hand (在办, as the figures count it), of those that she may see."""
    c = t.ticket.c
    working = (*IN_HAND, c.squad.is_not(None), *seen_by(standing))
    query = select(c.squad, func.count()).where(*working).group_by(c.squad)
    return dict((await conn.execute(query)).all())


async def back(visit: Visit) -> web.Response:  # noqa: ARG001 - the pages' form
    """The address of a form of the settings, opened like a page."""
    return web.Response(status=303, headers={"Location": "/settings#replies"})


async def keep_reply(visit: Visit) -> web.Response:
    """A new canned reply; the same words for the same case are kept once."""
    given = await visit.request.post()
    typed = {name: str(given.get(name, "")).strip() for name in ("words", "matter", "status")}
    if not typed["words"] or len(typed["words"]) > KEPT:
        return await show(visit, refused="refused-words", typed=typed, status=422)
    row = {
        "words": typed["words"], "matter": typed["matter"] if typed["matter"] in MATTERS else None,
        "status": typed["status"] if typed["status"] in set(Status) else None,
    }  # fmt: skip
    async with writing(visit.house.engine) as conn:
        known = [(one.words, one.matter, one.status) for one in await tickets.all_replies(conn)]
        if (row["words"], row["matter"], row["status"]) not in known and len(known) < REPLIES:
            who = {"person_id": visit.who.person, "at": visit.house.clock.now()}
            await conn.execute(insert(t.canned).values(**row, **who))
    return web.Response(status=303, headers={"Location": "/settings#replies"})


async def drop_reply(visit: Visit) -> web.Response:
    """Let a canned reply go."""
    chosen = number(await visit.request.post(), "reply")
    async with writing(visit.house.engine) as conn:
        await conn.execute(delete(t.canned).where(t.canned.c.id == chosen))
    return web.Response(status=303, headers={"Location": "/settings#replies"})
