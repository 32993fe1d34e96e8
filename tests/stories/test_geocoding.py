"""Asking others where it is: after the ticket is there, never in its way, once, within the quota."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.check import check
from bot.settings import Settings, build
from models.metres import metres
from models.said import Point
from tests import maps
from tests.maps import Maps, open_maps
from tests.sights import points
from tests.town import MERCHANTS, QIU, SQUAD, STALL, Town, town_config

CALL = "苍梧小区门口有人占道摆摊，麻烦来管一下"
STRANGER = 8001
AMAP, REGEO, BAIDU, SEARCH = "/v3/geocode/geo", "/v3/geocode/regeo", "/geocoding/v3/", "/search"
BOX = [34.0, 118.4, 35.2, 119.9]
KEY = "SECRETKEY42"


@pytest.fixture
async def services() -> AsyncIterator[Maps]:
    """The map services of this machine, which know nothing unless told."""
    async with open_maps() as made:
        made.says(AMAP, maps.AMAP_NONE)
        made.says(REGEO, maps.AMAP_NAMELESS)
        made.says(BAIDU, maps.baidu_error(1))
        made.says(SEARCH, [])
        yield made


def config(settings: Settings, services: Maps, *names: str, **more: Any) -> Settings:
    """The town's settings with these services."""
    entry = {"url": services.url, "pause_seconds": 0, "timeout_seconds": 2, **more.pop("entry", {})}
    listed = [{"name": name, **entry} for name in names]
    block = {"city": "连云港市", "box": BOX, "providers": listed, **more}
    keys = {"amap_key": KEY, "baidu_key": KEY, "tianditu_key": KEY}
    found = {**town_config(), "database": settings.database, "data": settings.data, "geocoding": block, **keys}
    return Settings(**found)


@asynccontextmanager
async def town_asking(settings: Settings, services: Maps, *names: str, **more: Any) -> AsyncIterator[Town]:
    """The town with these services in this order."""
    made = Town(config(settings, services, *names, **more))
    await made.open()
    made.world.join(MERCHANTS, STRANGER, "路人")
    try:
        yield made
    finally:
        await made.shut()


async def surveyed(town: Town) -> dict[str, Any]:
    """The ticket once the geocoders need not be asked about it any more."""
    await town.sees_rows("SELECT 1 FROM ticket WHERE survey_at IS NULL")
    await town.quiet()
    return await town.ticket()


def at_spot(ticket: dict[str, Any]) -> bool:
    """Within two metres of where the services find it."""
    return metres(Point(ticket["lat"], ticket["lon"]), Point(*maps.SPOT)) < 2


async def test_place_in_words_is_found_and_everybody_sees_it(settings: Settings, services: Maps) -> None:
    """The ticket, its history, the cards, and one pin under the squad's card."""
    services.says(AMAP, maps.amap())
    async with town_asking(settings, services, "amap") as town:
        town.says(STRANGER, CALL)
        card = await town.button("接单", SQUAD)
        ticket = await surveyed(town)
        assert ticket["place_source"] == "geocoder"
        assert at_spot(ticket)
        assert ticket["radius"] == 60
        assert "located" in await town.history()
        [(lat, lon)] = points(town.by_bot(SQUAD))
        assert metres(Point(lat, lon), Point(*maps.SPOT)) < 2
        pin = next(m for m in town.by_bot(SQUAD) if "location" in m)
        assert pin["reply_to_message"]["message_id"] == card["message_id"]
        assert len(town.by_bot()) == 1
        assert services.asked[0][1]["address"] == "连云港市苍梧小区"


async def test_raw_figures_of_an_answer_are_kept(settings: Settings, services: Maps) -> None:
    """As the service gave them, with their datum; what is so far from it is reckoned."""
    services.says(AMAP, maps.amap())
    async with town_asking(settings, services, "amap") as town:
        town.says(STRANGER, "苍梧小区有人占道摆摊，麻烦来管一下")
        ticket = await surveyed(town)
        assert ticket["datum"] == "GCJ-02"
        assert (ticket["raw_lat"], ticket["raw_lon"]) == pytest.approx(maps.GCJ, abs=1e-6)
        assert at_spot(ticket)


async def test_without_settings_nobody_is_asked(town: Town) -> None:
    """Off by default: no task, no question."""
    assert town.program is not None
    assert town.program.surveyor.asking.desks == []
    town.says(QIU, CALL)
    await town.sees("#1 ")


async def test_second_service_is_asked_where_the_first_knows_nothing(settings: Settings, services: Maps) -> None:
    """In the order of the settings."""
    services.says(BAIDU, maps.baidu())
    async with town_asking(settings, services, "amap", "baidu") as town:
        town.says(STRANGER, CALL)
        assert at_spot(await surveyed(town))
        assert [path for path, _ in services.asked] == [AMAP, BAIDU]


@pytest.mark.parametrize("answer", [maps.amap("市"), maps.amap(at=(39.9, 116.4)), maps.AMAP_NONE])
async def test_answer_that_is_none_leaves_the_ticket_as_it_is(settings: Settings, services: Maps, answer: Any) -> None:
    """The middle of the town, a street of that name elsewhere, nothing at all."""
    services.says(AMAP, answer)
    async with town_asking(settings, services, "amap") as town:
        town.says(STRANGER, CALL)
        ticket = await surveyed(town)
        assert (ticket["lat"], ticket["place_source"]) == (None, "none")
        assert points(town.by_bot(SQUAD)) == []


@pytest.mark.parametrize("fault", ["html", "cut", 500, maps.amap_error("10021"), maps.amap_error("10003"), 429])
async def test_fault_is_survived_and_the_next_service_helps(settings: Settings, services: Maps, fault: Any) -> None:
    """The ticket was there long before; the fault stops nothing."""
    services.says(AMAP, fault)
    services.says(BAIDU, maps.baidu())
    async with town_asking(settings, services, "amap", "baidu") as town:
        town.says(STRANGER, CALL)
        assert at_spot(await surveyed(town))
        assert town.program is not None
        assert not town.program.tasks.ended.is_set()


async def test_slow_server_is_not_in_the_way(settings: Settings, services: Maps) -> None:
    """While it thinks, tickets open, are sent out and are taken."""
    services.gate.clear()
    services.says(AMAP, maps.amap())
    async with town_asking(settings, services, "amap", entry={"timeout_seconds": 30}) as town:
        town.says(STRANGER, CALL)
        await services.reached.wait()
        await town.taken()
        town.says(QIU, "垃圾桶满了，没人收，麻烦来清一下")
        await town.sees("#2 ")
        services.gate.set()
        await town.sees_rows("SELECT 1 FROM ticket WHERE place_source = 'geocoder' AND status = 'accepted'")


async def test_fault_of_all_is_tried_again_later(settings: Settings, services: Maps) -> None:
    """No answer is not the answer that there is none."""
    services.says(AMAP, 500, maps.amap())
    async with town_asking(settings, services, "amap", faults=5) as town:
        town.says(STRANGER, CALL)
        await town.sees_rows("SELECT 1 FROM ticket WHERE surveys = 1 AND survey_at IS NOT NULL")
        town.turn(minutes=2)
        assert at_spot(await surveyed(town))
        assert services.count(AMAP) == 2


async def test_service_that_fails_again_and_again_is_left_alone_for_a_while(settings: Settings, services: Maps) -> None:
    """After three faults nobody asks it until its rest is over."""
    services.says(AMAP, 500)
    async with town_asking(settings, services, "amap", faults=3, rest_minutes=60) as town:
        town.says(STRANGER, CALL)
        for tries in range(1, 6):
            await town.sees_rows("SELECT 1 FROM ticket WHERE surveys >= :n", n=tries)
            town.turn(minutes=2**tries)
        assert services.count(AMAP) == 3
        services.says(AMAP, maps.amap())
        town.turn(hours=2)
        assert at_spot(await surveyed(town))


async def test_quota_of_the_day_is_kept_and_is_new_tomorrow(settings: Settings, services: Maps) -> None:
    """One question a day: the second waits."""
    services.says(AMAP, maps.amap())
    async with town_asking(settings, services, "amap", entry={"a_day": 1}) as town:
        town.says(STRANGER, CALL)
        await surveyed(town)
        town.says(STRANGER, "新海中学门口垃圾堆了一地没人清，麻烦处理一下")
        await town.sees_rows("SELECT 1 FROM ticket WHERE id = 2 AND surveys > 0")
        assert services.count(AMAP) == 1
        town.turn(days=1)
        await town.sees_rows("SELECT 1 FROM ticket WHERE id = 2 AND place_source = 'geocoder'")
        assert services.count(AMAP) == 2


@pytest.mark.parametrize("known", [maps.amap(), maps.AMAP_NONE])
async def test_what_was_answered_is_not_asked_again(settings: Settings, services: Maps, known: Any) -> None:
    """Neither what was found nor, for a day, what was not."""
    services.says(AMAP, known)
    async with town_asking(settings, services, "amap") as town:
        town.says(STRANGER, CALL)
        await surveyed(town)
        town.turn(hours=13)
        town.says(STRANGER, "苍梧小区旁边路灯不亮了，麻烦修一下")
        await town.sees_rows("SELECT 1 FROM ticket WHERE id = 2 AND survey_at IS NULL")
        assert services.count(AMAP) == 1
        town.turn(days=200)
        town.says(STRANGER, "苍梧小区旁边井盖坏了，麻烦修一下")
        await town.sees_rows("SELECT 1 FROM ticket WHERE id = 3 AND survey_at IS NULL")
        assert services.count(AMAP) == 2


async def test_pin_that_came_meanwhile_is_better(settings: Settings, services: Maps) -> None:
    """The answer is left, and the squad gets her pin alone."""
    services.gate.clear()
    services.says(AMAP, maps.amap())
    async with town_asking(settings, services, "amap", naming=False, entry={"timeout_seconds": 30}) as town:
        town.says(STRANGER, CALL)
        await services.reached.wait()
        town.pins(STRANGER, 34.5938, 119.2214)
        await town.sees_rows("SELECT 1 FROM ticket WHERE place_source = 'pin'")
        services.gate.set()
        await town.sees_rows("SELECT 1 FROM geocoder_answer")
        await surveyed(town)
        assert (await town.ticket())["place_source"] == "pin"
        assert points(town.by_bot(SQUAD)) == [(34.5938, 119.2214)]


async def test_ticket_that_was_taken_back_meanwhile_is_left_alone(settings: Settings, services: Maps) -> None:
    """Ended is ended."""
    services.gate.clear()
    services.says(AMAP, maps.amap())
    async with town_asking(settings, services, "amap", entry={"timeout_seconds": 30}) as town:
        town.says(STRANGER, CALL)
        await services.reached.wait()
        receipt = await town.sees("#1 ")
        await town.clicks(STRANGER, receipt, "不是报事")
        services.gate.set()
        await town.sees_rows("SELECT 1 FROM geocoder_answer")
        await town.quiet()
        assert ((await town.ticket())["status"], (await town.ticket())["lat"]) == ("void", None)


async def test_killed_between_asking_and_writing_it_is_asked_again_without_double_effect(
    settings: Settings, services: Maps
) -> None:
    """One pin, one line of history."""
    services.gate.clear()
    services.says(AMAP, maps.amap())
    async with town_asking(settings, services, "amap", entry={"timeout_seconds": 30}) as town:
        town.says(STRANGER, CALL)
        await services.reached.wait()
        await town.kill_bot()
        services.gate.set()
        await town.start_bot()
        assert at_spot(await surveyed(town))
        assert services.count(AMAP) == 2
        assert (await town.history()).count("located") == 1
        assert len(points(town.by_bot(SQUAD))) == 1


async def test_pin_gets_a_name_where_the_map_knows_none(settings: Settings, services: Maps) -> None:
    """The squad reads the road; no second pin."""
    services.says(REGEO, maps.AMAP_NAME)
    async with town_asking(settings, services, "amap") as town:
        town.pins(STRANGER, *maps.SPOT)
        town.says(STRANGER, STALL)
        await town.sees("幸福路7号附近", SQUAD)
        ticket = await surveyed(town)
        assert (ticket["near"], ticket["place_source"]) == ("幸福路7号附近", "pin")
        assert points(town.by_bot(SQUAD)) == [maps.SPOT]
        assert services.count(AMAP) == 0


async def test_check_says_what_is_wrong_with_the_services(settings: Settings, services: Maps) -> None:
    """A key that is refused, and a server that is not there; never the key."""
    services.says(REGEO, maps.amap_error("10001"))
    told = "\n".join(await check(config(settings, services, "amap")))
    assert "高德没有接受密钥：请核对环境变量 QUNBAN_AMAP_KEY" in told
    dead = config(settings, services, "amap", entry={"url": "http://127.0.0.1:1"})
    told = "\n".join(await check(dead))
    assert "高德没有应答（GeocoderUnavailable）" in told
    assert KEY not in told
    services.says(REGEO, maps.AMAP_NAME)
    assert "高德" not in "\n".join(await check(config(settings, services, "amap")))


def test_settings_that_do_not_hold_together_are_refused() -> None:
    """A service without its key, no box, a service twice."""
    groups: list[Any] = []
    cases = {
        "请把它的密钥放进环境变量 QUNBAN_AMAP_KEY": {"providers": [{"name": "amap"}], "box": BOX},
        "geocoding.box 要写本市的范围": {"providers": [{"name": "photon"}]},
        "photon 写了两次": {"providers": [{"name": "photon"}, {"name": "photon"}], "box": BOX},
        "geocoding.box 要写": {"providers": [{"name": "photon"}], "box": [35.2, 118.4, 34.0, 119.9]},
        "地址“nominatim”不完整": {"providers": [{"name": "nominatim", "url": "nominatim"}], "box": BOX},
    }
    for sentence, block in cases.items():
        with pytest.raises(Exception, match=sentence):
            build({"groups": groups, "geocoding": block})


async def test_two_questions_keep_their_distance(settings: Settings, services: Maps) -> None:
    """A public service allows one a second."""
    services.says(SEARCH, maps.nominatim())
    async with town_asking(settings, services, "nominatim", entry={"pause_seconds": 0.4}) as town:
        loop = asyncio.get_running_loop()
        start = loop.time()
        town.says(STRANGER, CALL)
        town.says(QIU, "新海中学门口垃圾堆了一地没人清，麻烦处理一下")
        await town.sees_rows("SELECT 1 FROM ticket WHERE id = 2 AND survey_at IS NULL")
        await town.sees_rows("SELECT 1 FROM ticket WHERE id = 1 AND survey_at IS NULL")
        assert services.count(SEARCH) == 2
        assert timedelta(seconds=loop.time() - start) >= timedelta(seconds=0.4)
