"""What a page's figures or tickets are of, in words: of which part, behind which number, of which days."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import tables as t
from models.numbers import NUMBERS
from models.words import STAFF
from reading.registers import grid
from texts.speaking import again
from texts.whereabouts import beside
from web.conditions import Looker, asked_of
from web.filters import NONE, Filters
from web.visits import Visit


async def part(visit: Visit, conn: AsyncConnection, wanted: Filters) -> str:
    """What the figures are of, in words; nothing where they are of all."""
    p, held = t.person.c, t.role.c
    officer = select(p.name).join(t.role, held.person_id == p.id).where(p.id == wanted.officer, held.role.in_(STAFF))
    group = select(t.group.c.name).where(t.group.c.id == wanted.group)
    matter = visit.matter(wanted.matter) if wanted.matter not in {"", NONE} else ""
    called = (
        "" if wanted.squad == NONE else wanted.squad, wanted.street, again(grid(wanted.grid)), matter,
        again(wanted.major), wanted.about, wanted.road, beside(wanted.place),
        visit.say(f"means-{wanted.means}") if wanted.means else "",
        (await conn.execute(officer.limit(1))).scalar() if wanted.officer else "",
        (await conn.execute(group)).scalar() if wanted.group else "",
    )  # fmt: skip
    return "·".join(filter(None, called))


async def told(visit: Visit, conn: AsyncConnection, wanted: Filters, who: Looker) -> str:
    """Behind which number a list stands, of which days and part; nothing where the form says all there is."""
    if not wanted.number:
        of = await part(visit, conn, wanted) if wanted.unseen else ""
        return visit.say("figures-part", part=of) if of else ""
    facts = [
        _days(visit, wanted, who),
        await part(visit, conn, wanted),
        *_without(visit, wanted),
        *_hour(visit, wanted),
    ]
    name = visit.say(f"number-{wanted.number.replace('_', '-')}")
    return visit.say("behind", name=name, facts=" · ".join(filter(None, facts)))


def _days(visit: Visit, wanted: Filters, who: Looker) -> str:
    """The days of the number; of what is counted as things stand, that it is now."""
    if NUMBERS[wanted.number].moment is None:
        return visit.say("behind-now")
    asked = asked_of(wanted, who)
    return visit.span(asked.start, asked.end)


def _without(visit: Visit, wanted: Filters) -> list[str]:
    return [visit.say(f"no-{name}") for name in ("squad", "matter") if getattr(wanted, name) == NONE]


def _hour(visit: Visit, wanted: Filters) -> list[str]:
    """Weekday and hour, where a cell of the table of hours was followed."""
    day = [] if wanted.weekday not in range(7) else [visit.say("weekday", day=visit.say(f"day-{wanted.weekday}"))]
    return day + ([] if wanted.hour is None else [visit.say("behind-hour", n=str(wanted.hour))])
