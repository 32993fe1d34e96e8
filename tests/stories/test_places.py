"""Where it is: pins, links, typed coordinates, streets, names; and what each person then sees."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings, build
from geo import datums
from models.metres import metres
from models.said import Point
from tests.sights import buttons, points
from tests.town import JING, MERCHANTS, QIU, SQUAD, STALL, Town, town_config

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


# --- streets, grids, squads ------------------------------------------------------------------------------------------


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A rectangle."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def mapped(tmp_path: Path, *features: tuple[str, str, dict[str, Any], dict[str, Any]]) -> str:
    """A map file with these: kind, name, geometry, further properties."""
    made = [
        {"type": "Feature", "properties": {"kind": kind, "name": name, **more}, "geometry": geometry}
        for kind, name, geometry, more in features
    ]
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": made}), encoding="utf-8")
    return str(path)


def two_squads() -> list[dict[str, Any]]:
    """The groups as shipped, and 五中队 with its chat, and a group of its own street."""
    own = {"chat": FIFTH, "name": "五中队", "kind": "squad", "squad": "五中队"}
    street = {"chat": -1001005, "name": "朝阳群", "kind": "merchants", "street": "朝阳街道", "squad": "五中队"}
    return [*town_config()["groups"], own, street]


FIFTH = -1002005
HERE, THERE, NOWHERE = (34.5938, 119.2214), (34.6700, 119.3300), (34.9, 119.9)
YUZHOU = ("street", "郁洲街道", square(119.15, 34.55, 119.25, 34.65), {})
CHAOYANG = ("street", "朝阳街道", square(119.30, 34.64, 119.36, 34.70), {})
GRID = ("grid", "320706001001001", square(119.22, 34.59, 119.23, 34.60), {})


async def test_pin_gets_its_street_and_grid_and_the_squad_reads_them(settings: Settings, tmp_path: Path) -> None:
    """The grid's code stands on the card."""
    async with town_with(settings, map=mapped(tmp_path, YUZHOU, GRID)) as town:
        town.pins(STRANGER, *HERE)
        town.says(STRANGER, STALL)
        card = await town.button("接单", SQUAD)
        ticket = await town.ticket()
        assert (ticket["street"], ticket["grid"]) == ("郁洲街道", "320706001001001")
        assert "网格：郁洲街道 320706001001001" in card["text"]
        assert "范围" not in card["text"]


@pytest.mark.parametrize("said_by", ["map", "groups"])
async def test_pin_in_another_street_goes_to_that_streets_squad(
    settings: Settings, tmp_path: Path, said_by: str
) -> None:
    """Whose street it is the map says, or the groups."""
    street = (*CHAOYANG[:3], {"squad": "五中队"}) if said_by == "map" else CHAOYANG
    groups = two_squads() if said_by == "groups" else two_squads()[:-1]
    async with town_with(settings, map=mapped(tmp_path, YUZHOU, street), groups=groups) as town:
        town.pins(STRANGER, *THERE)
        town.says(STRANGER, STALL)
        await town.button("接单", FIFTH)
        await town.quiet()
        ticket = await town.ticket()
        assert (ticket["street"], ticket["squad"]) == ("朝阳街道", "五中队")
        assert points(town.by_bot(FIFTH)) == [THERE]
        assert town.by_bot(SQUAD) == []
        assert "已派五中队" in (await town.sees("#1 "))["text"]


async def test_pin_that_follows_takes_the_ticket_to_the_other_squad(settings: Settings, tmp_path: Path) -> None:
    """Nobody had it in hand yet: the first squad's card loses its buttons and says who has it."""
    async with town_with(settings, map=mapped(tmp_path, YUZHOU, CHAOYANG), groups=two_squads()) as town:
        town.says(QIU, STALL)
        await town.button("接单", SQUAD)
        town.pins(QIU, *THERE)
        await town.button("接单", FIFTH)
        await town.quiet()
        assert (await town.ticket())["squad"] == "五中队"
        assert "reroute" in await town.history()
        [card] = [m for m in town.by_bot(SQUAD) if "location" not in m]
        assert "已转派五中队" in card["text"]
        assert not buttons(card)


async def test_pin_that_follows_leaves_a_ticket_that_is_in_hand(settings: Settings, tmp_path: Path) -> None:
    """The officer who took it decides."""
    async with town_with(settings, map=mapped(tmp_path, YUZHOU, CHAOYANG), groups=two_squads()) as town:
        town.says(QIU, STALL)
        await town.taken()
        town.pins(QIU, *THERE)
        await town.quiet()
        ticket = await town.ticket()
        assert (ticket["squad"], ticket["street"], ticket["status"]) == ("三中队", "朝阳街道", "accepted")
        assert points(town.by_bot(SQUAD))[-1] == THERE
        assert town.by_bot(FIFTH) == []


async def test_pin_outside_all_streets_is_marked(settings: Settings, tmp_path: Path) -> None:
    """The ticket keeps its group's street, and the squad's card says why."""
    async with town_with(settings, map=mapped(tmp_path, YUZHOU, CHAOYANG), groups=two_squads()) as town:
        town.pins(STRANGER, *NOWHERE)
        town.says(STRANGER, STALL)
        card = await town.button("接单", SQUAD)
        ticket = await town.ticket()
        assert (ticket["street"], ticket["squad"], bool(ticket["outside"])) == ("郁洲街道", "三中队", True)
        assert "定位不在地图的街道范围内，暂按郁洲街道派单" in card["text"]
        town.pins(STRANGER, *HERE)
        await town.until(lambda: "范围" not in town.texts(SQUAD)[0], "the mark to go")
        assert not (await town.ticket())["outside"]


# --- places in words -------------------------------------------------------------------------------------------------

NAMES = """名称,别名,类别,纬度,经度,半径
苍梧小区,苍梧新村,小区,34.6012,119.1800,100
师专附小,,学校,34.5900,119.2100,100
凤鸣路口公交站,,公交站,34.5940,119.2200,50
朝阳街道,,街道,34.67,119.33,4000
长长路,,道路,34.59,119.20,2500
"""
ROADS = [
    ("road", "凤鸣路", {"type": "LineString", "coordinates": [[119.21, 34.5936], [119.24, 34.5936]]}, {}),
    ("road", "科苑路", {"type": "LineString", "coordinates": [[119.225, 34.585], [119.225, 34.605]]}, {}),
]


@pytest.fixture
async def named_town(settings: Settings, tmp_path: Path) -> AsyncIterator[Town]:
    """The town with two roads and a table of names."""
    table = tmp_path / "names.csv"
    table.write_text(NAMES, encoding="utf-8")
    async with town_with(settings, map=mapped(tmp_path, *ROADS), gazetteer=str(table)) as town:
        yield town


@pytest.mark.parametrize(
    ("words", "spot"),
    [
        ("凤鸣路20号门口有人占道摆摊，麻烦来管一下", (34.59371, 119.2216)),
        ("凤鸣路二十号门口有人占道摆摊，麻烦来管一下", (34.59371, 119.2216)),
        ("鳳鳴路二十號門口有人佔道擺攤，麻煩來管一下", (34.59371, 119.2216)),
        ("蒼梧新村門口有人佔道擺攤，麻煩來管一下", (34.6012, 119.18)),
        ("凤鸣路与科苑路交叉口有人占道摆摊，麻烦来管一下", (34.5936, 119.225)),
        ("苍梧新村门口有人占道摆摊，麻烦来管一下", (34.6012, 119.18)),
        ("师专附小对面有人占道摆摊，麻烦来管一下", (34.59, 119.21)),
        ("凤鸣路口公交站旁边有人占道摆摊，麻烦来管一下", (34.594, 119.22)),
        ("静姐美甲往北一百米那里，有人占道摆摊，麻烦来管一下", (34.59462, 119.2219)),
    ],
)
async def test_named_place_is_found_and_the_squad_gets_a_pin(
    named_town: Town, words: str, spot: tuple[float, float]
) -> None:
    """No pin came, the words say where."""
    named_town.says(STRANGER, words)
    await named_town.button("接单", SQUAD)
    await named_town.quiet()
    ticket = await named_town.ticket()
    assert ticket["place_source"] == "gazetteer"
    [(lat, lon)] = points(named_town.by_bot(SQUAD))
    assert metres(Point(lat, lon), Point(*spot)) < 15
    assert "还不知道在哪里" not in (await named_town.sees("#1 "))["text"]


async def test_road_alone_is_told_of_roughly_and_no_pin_is_sent(named_town: Town) -> None:
    """A pin in the middle of two and a half kilometres would send somebody to the wrong corner."""
    named_town.says(STRANGER, "凤鸣路上有人占道摆摊，麻烦来管一下")
    card = await named_town.button("接单", SQUAD)
    await named_town.quiet()
    assert "米内" in card["text"]
    assert points(named_town.by_bot(SQUAD)) == []


# --- no place at all -------------------------------------------------------------------------------------------------

ASKS = "还不知道在哪里：请在这条下回复，或发个定位。"
CALL = "有人占道摆摊，麻烦来管一下"


async def test_stranger_who_says_no_place_is_asked_once_on_the_receipt(named_town: Town) -> None:
    """No further message; the line goes once the pin is there."""
    named_town.says(STRANGER, CALL)
    receipt = await named_town.sees(ASKS)
    assert "#1 " in receipt["text"]
    named_town.pins(STRANGER, *HERE)
    await named_town.until(lambda: ASKS not in named_town.texts()[0], "the question to go")
    await named_town.quiet()
    assert len(named_town.by_bot()) == 1
    assert points(named_town.by_bot(SQUAD)) == [HERE]


@pytest.mark.parametrize("answer", ["静姐美甲", "静姐门口", "在凤鸣路18号", "凤鸣路十八号", "蒼梧小區對面"])
async def test_question_is_answered_in_words(named_town: Town, answer: str) -> None:
    """A name alone is enough: the squad gets its pin, the question goes."""
    named_town.says(STRANGER, CALL)
    receipt = await named_town.sees(ASKS)
    named_town.says(STRANGER, answer, reply_to=receipt["message_id"])
    await named_town.until(lambda: ASKS not in named_town.texts()[0], "the question to go")
    await named_town.quiet()
    assert (await named_town.ticket())["place_source"] == "gazetteer"
    assert len(points(named_town.by_bot(SQUAD))) == 1
    assert len(named_town.by_bot()) == 1


async def test_vague_words_of_a_stranger_are_no_place_but_of_a_shopkeeper_are(named_town: Town) -> None:
    """「门口」 says where only if the bot knows whose door."""
    named_town.says(STRANGER, "门口" + CALL)
    await named_town.sees(ASKS)
    named_town.says(JING, "门口垃圾堆了一地没人清，麻烦处理一下")
    receipt = await named_town.sees("#2 ")
    assert ASKS not in receipt["text"]


async def test_who_only_asks_is_not_asked_where(named_town: Town) -> None:
    """An inquiry needs no place."""
    named_town.says(STRANGER, "请问店招要换新的，去哪里办审批，需要什么材料？")
    await named_town.quiet()
    assert ASKS not in "".join(named_town.texts())
