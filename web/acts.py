"""What leads do on a ticket's page: the same verbs as in the chat, on the ticket as it was shown."""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from aiohttp import web

from ledger.ledger import Ledger
from ledger.life import Refused
from ledger.needs import Needs, fill
from ledger.store import Overtaken, write, writing
from ledger.work import Work
from models.rows import Person, Ticket
from models.words import Looked
from services import delays, desk, privacy, rulings
from texts.speaking import chosen
from texts.words import SNOOZE_REASONS
from web import ticket as pages
from web import tickets
from web.visits import Visit, number

log = structlog.get_logger()
Verb = Callable[[Work, Ticket, Person], None]
SAID = {"squad", "same_squad", "late", "not_you", "not_yours", "reason", "apart", "amount", "too_little",
        "too_much", "number", "words", "awake", "condition", "same_condition"}  # fmt: skip
"""Refusals that the catalogue has words for."""


class Older(Exception):  # noqa: N818 - an answer, not an error
    """The form was made of an older ticket than there is."""


def _verb(deed: str, given: Mapping[str, Any], other: int | None) -> Verb:
    """What a form asks for."""
    reason, squad, amount = (str(given.get(name, "")).strip() for name in ("reason", "squad", "amount"))

    def do(work: Work, ticket: Ticket, person: Person) -> None:
        match deed:
            case "assign":
                desk.assign(work, ticket, person, squad, reason)
            case "merge":
                desk.merge(work, ticket, work.ledger.tickets.get(other) if other else None, person)
            case "split":
                desk.split(work, ticket, person)
            case "extend":
                delays.extend(work, ticket, person, amount, reason)
            case "snooze":
                delays.snooze(work, ticket, person, amount, chosen(reason, SNOOZE_REASONS)[: delays.REASON_KEPT])
            case "wake":
                delays.wake(work, ticket, person)
            case "condition":
                rulings.hold(work, ticket, person, str(given.get("condition", "")))
            case "void":
                desk.void(work, ticket, person, reason)
            case _:
                desk.answer(work, ticket, person, str(given.get("words", "")))

    return do


async def act(visit: Visit) -> web.Response:
    """Do what a form says, once; what cannot be done is said, and nothing typed is lost."""
    ticket, deed = await pages.wanted(visit), visit.request.match_info["deed"]
    given = await visit.request.post()
    other = number({"other": str(given.get("other", "")).strip().lstrip("#＃")}, "other")
    try:
        await unit(visit, ticket.id, _verb(deed, given, other), number(given, "version"), other)
    except Refused as refused:
        why = refused.why.replace("_", "-") if refused.why in SAID else "other"
        return await pages.page(visit, ticket, refused=f"refused-{why}", typed={"deed": deed, **given}, status=422)
    except (Older, Overtaken):
        return await _older(visit, ticket.id, deed, given)
    return web.Response(status=303, headers={"Location": f"/tickets/{ticket.id}?done={deed}"})


async def exact(visit: Visit) -> web.Response:
    """The page with the words as they were said: told to the audit before it is shown."""
    ticket = await pages.wanted(visit)
    await unit(visit, ticket.id, privacy.look)
    await pages.note_look(visit, ticket, Looked.WORDS)
    return await pages.page(visit, ticket, exact=True)


async def unit(visit: Visit, key: int, verb: Verb, version: int | None = None, other: int | None = None) -> Ledger:
    """One unit of work on a ticket, as the worker does it; `version` is the one that the form was made of."""
    house, who = visit.house, visit.who
    async with writing(house.engine) as conn:
        needs = Needs(tickets={key, *({other} if other else ())}, users={who.user})
        ledger = await fill(conn, needs, house.clock.now())
        work, ticket = Work(ledger, house.rules), ledger.tickets.rows[key,]
        if version is not None and ticket.version != version:
            raise Older
        verb(work, ticket, ledger.person(who.user, who.name))
        await write(conn, ledger)
    house.done(ledger)
    return ledger


async def _older(visit: Visit, key: int, deed: str, given: Mapping[str, Any]) -> web.Response:
    """Somebody was faster: what has changed since the form was made, and the form again where it still makes sense."""
    ticket = await pages.wanted(visit)
    async with visit.house.reading() as conn:
        news = await tickets.events(conn, key, number(given, "seen") or 0)
        found = await tickets.sheet(conn, ticket)
    kept = {name: str(value) for name, value in given.items() if name not in {"token", "version", "seen"}}
    again = deed in pages.deeds(visit, ticket) or deed == "answer"
    return visit.show("older.html", 409, ticket=ticket, news=news, sheet=found, deed=deed, kept=kept, again=again)
