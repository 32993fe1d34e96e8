"""Where it is: pins, links, typed coordinates, streets, names; and what each person then sees."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.settings import Settings, build
from geo import datums
from models.metres import metres
from models.said import Point
from tests.town import MERCHANTS, QIU, SQUAD, STALL, Town, points, town_config

SPOT = (34.5961, 119.2190)
GCJ = datums.wgs_to_gcj(*SPOT)
AMAP = f"https://uri.amap.com/marker?position={GCJ[1]:.6f},{GCJ[0]:.6f}&name=x"
STRANGER = 8001


@asynccontextmanager
async def town_with(settings: Settings, **changes: Any) -> AsyncIterator[Town]:
    """The town with other settings, on the same database."""
    found = {**town_config(), "database": settings.database, "data": settings.data, **changes}
    made = Town(build(found))
    await made.open()
    made.world.join(MERCHANTS, STRANGER, "路人")
    try:
        yield made
    finally:
        await made.shut()


def groups_with(**changes: Any) -> list[dict[str, Any]]:
    """The groups as shipped, all of them with these changes."""
    return [group | changes for group in town_config()["groups"]]


def near(lat: float, lon: float, spot: tuple[float, float] = SPOT) -> bool:
    """Within two metres."""
    return metres(Point(lat, lon), Point(*spot)) < 2


# --- links and coordinates -----------------------------------------------------------------------------------------


async def test_shopkeeper_types_a_map_link_and_it_is_her_pin(town: Town) -> None:
    """The ticket stands at the link's point, datum and raw numbers are kept, the squad gets a pin for its own map."""
    town.says(QIU, f"{STALL} {AMAP}")
    card = await town.button("接单", SQUAD)
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["place_source"], ticket["datum"]) == ("link", "GCJ-02")
    assert (ticket["raw_lat"], ticket["raw_lon"]) == pytest.approx(GCJ, abs=1e-6)
    assert near(ticket["lat"], ticket["lon"])
    [(lat, lon)] = points(town.by_bot(SQUAD))
    assert near(lat, lon)
    assert "amap" not in card["text"]
    [line] = await town.rows("SELECT text, lat, datum, shown_by FROM message")
    assert line["text"].endswith(AMAP)
    assert (line["datum"], line["shown_by"]) == ("GCJ-02", "link")


async def test_link_alone_waits_like_a_pin_and_goes_with_the_words(town: Town) -> None:
    """Nothing is said about it until the words come."""
    first = town.says(QIU, f"【位置】{AMAP}")
    await town.quiet()
    assert await town.tickets() == []
    assert town.by_bot() == []
    second = town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.quiet()
    ticket = await town.ticket()
    assert ticket["place_source"] == "link"
    assert near(ticket["lat"], ticket["lon"])
    assert await town.linked() == [first["message_id"], second["message_id"]]


async def test_link_after_the_words_moves_the_ticket(town: Town) -> None:
    """As a pin would."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    town.says(QIU, AMAP)
    await town.quiet()
    ticket = await town.ticket()
    assert ticket["place_source"] == "link"
    assert near(*points(town.by_bot(SQUAD))[-1])
    assert len(town.by_bot()) == 1


async def test_typed_coordinates_are_a_pin(town: Town) -> None:
    """In either order."""
    town.says(QIU, f"{STALL} {SPOT[1]:.5f},{SPOT[0]:.5f}")
    await town.button("接单", SQUAD)
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["place_source"], ticket["datum"]) == ("link", "WGS-84")
    assert points(town.by_bot(SQUAD)) == [SPOT]


async def test_short_link_gives_no_place_and_nothing_is_fetched(town: Town) -> None:
    """Her shop says where instead."""
    town.says(QIU, f"{STALL} https://surl.amap.com/4fk2Bc1a7")
    await town.button("接单", SQUAD)
    await town.quiet()
    assert (await town.ticket())["place_source"] == "shop"


async def test_edit_puts_a_link_in_and_the_ticket_follows(town: Town) -> None:
    """The journal keeps the words as typed."""
    said = town.says(QIU, STALL)
    await town.sees("#1 ")
    town.world.edit(QIU, MERCHANTS, said["message_id"], text=f"{STALL} {AMAP}")
    await town.sees_rows("SELECT 1 FROM ticket WHERE place_source = 'link'")
    await town.quiet()
    assert near(*points(town.by_bot(SQUAD))[-1])


# --- datums of pins --------------------------------------------------------------------------------------------------


async def test_pins_of_a_group_in_gcj_are_reckoned_and_go_back_as_they_came(settings: Settings) -> None:
    """The squad's clients show what hers sent; the ticket is reckoned in WGS-84."""
    async with town_with(settings, groups=groups_with(datum="GCJ-02")) as town:
        town.pins(QIU, *GCJ)
        town.says(QIU, STALL)
        await town.button("接单", SQUAD)
        await town.quiet()
        ticket = await town.ticket()
        assert (ticket["raw_lat"], ticket["raw_lon"], ticket["datum"]) == (*GCJ, "GCJ-02")
        assert near(ticket["lat"], ticket["lon"])
        assert points(town.by_bot(SQUAD)) == [GCJ]


async def test_shops_point_goes_to_a_chat_in_gcj_in_its_datum(settings: Settings) -> None:
    """What the register knows in WGS-84 would be half a kilometre off on their maps."""
    async with town_with(settings, groups=groups_with(datum="GCJ-02")) as town:
        town.says(QIU, STALL)
        await town.button("接单", SQUAD)
        await town.quiet()
        [(lat, lon)] = points(town.by_bot(SQUAD))
        assert near(lat, lon, datums.wgs_to_gcj(34.5937, 119.2213))
