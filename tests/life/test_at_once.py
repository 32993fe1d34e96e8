"""Fifty press one button in one moment, each in a unit of work of its own: one of them gets the ticket."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.seed import seed
from bot.settings import SECRETS, build
from ledger.store import Overtaken, writing
from models.presses import Press
from models.words import CardKind
from tests.life import laws
from tests.life.bureau import OURS, QIU, Bureau, found, settings
from tests.town import MERCHANTS, SQUAD, STALL
from texts.sayings import DONE

CROWD = range(5301, 5351)


@pytest.fixture
async def bureau(database: str) -> AsyncIterator[Bureau]:
    """Six workers on one database, fifty officers of one squad, a ticket that all of them see."""
    await found(database)
    made = Bureau(database, workers=6)
    file: dict[str, Any] = settings().model_dump(mode="json", exclude=set(SECRETS.values()))
    file["people"] += [{"user": who, "name": f"队员{who}", "role": "officer", "squad": OURS} for who in CROWD]
    await seed(made.engines[0], build(file), made.rules, made.clock.at)
    await made.receives(made.says(QIU, MERCHANTS, STALL))
    await made.delivers()
    yield made
    await made.close()


async def _presses(bureau: Bureau) -> list[dict[str, Any]]:
    """All of the crowd press 接单 on the squad's card."""
    [card] = [row for row in (await bureau.look()).cards if row.kind == CardKind.DISPATCH]
    return [bureau.presses(who, SQUAD, card.message, Press("accept", 1, 1).data()) for who in CROWD]


async def _one_has_it(bureau: Bureau) -> None:
    """One move, one officer whose name all the others read, one answer to each press."""
    seen = await bureau.look()
    laws.hold(seen)
    [taken] = [line for line in seen.events if line.action == "accept"]
    [ticket] = seen.tickets
    assert (ticket.status, ticket.officer_id) == ("accepted", taken.actor_id)
    toasts = Counter(row.payload["text"] for row in seen.posts if row.kind == "toast")
    winner = next(row.name for row in seen.people if row.id == taken.actor_id)
    assert toasts == {DONE["accept"]: 1, f"{winner}已接单，正在办": len(CROWD) - 1}


async def test_fifty_presses_are_done_by_six_workers_at_once(bureau: Bureau) -> None:
    """Each does presses that no other does, so that only the ticket itself stands between them; nobody stumbles."""
    await bureau.arrive(*await _presses(bureau))
    async with writing(bureau.engines[0]) as conn:
        heads = await bureau.workers[0]._heads(conn)
    assert len(heads) == len(CROWD)

    async def works(number: int) -> None:
        for head in heads[number :: len(bureau.workers)]:
            await bureau.workers[number]._alone(head)

    await asyncio.gather(*(works(number) for number in range(len(bureau.workers))))
    assert {(row.state, row.attempts) for row in (await bureau.look()).inbox} == {("done", 0)}
    await _one_has_it(bureau)


async def test_fifty_units_that_read_before_any_of_them_wrote(bureau: Bureau) -> None:
    """The first may write; each of the others is told that it was overtaken, and finds the ticket taken."""
    raws = await _presses(bureau)
    units = [await bureau.begun(raw) for raw in raws]
    await bureau.ends(units[0])
    for unit in units[1:]:
        with pytest.raises(Overtaken, match="ticket"):
            await bureau.ends(unit)
    await bureau.receives(*raws[1:])
    await _one_has_it(bureau)


async def test_stale_unit_whose_press_was_refused_writes_its_answer_alone(bureau: Bureau) -> None:
    """A unit that moves nothing is overtaken by nothing: the guard stands at tickets that are moved."""
    [card] = [row for row in (await bureau.look()).cards if row.kind == CardKind.DISPATCH]
    refused = bureau.presses(QIU, SQUAD, card.message, Press("accept", 1, 1).data())
    unit = await bureau.begun(refused)
    await bureau.receives(bureau.presses(CROWD[0], SQUAD, card.message, Press("accept", 1, 1).data()))
    await bureau.ends(unit)
    [ticket] = (await bureau.look()).tickets
    assert ticket.status == "accepted"
