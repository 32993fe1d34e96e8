"""Each geocoding service against its documented answers, errors and quotas, over HTTP on this machine."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderParseError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from geo.datums import to_wgs84
from geo.geocoders.provider import KEYED, NAMES, provider
from models.metres import metres
from models.said import Point
from tests import maps
from tests.maps import Maps, open_maps

BOX = (34.0, 118.4, 35.2, 119.9)
KEY = "SECRETKEY42"
PLACE = {
    "amap": "/v3/geocode/geo",
    "baidu": "/geocoding/v3/",
    "tianditu": "/geocoder",
    "nominatim": "/search",
    "photon": "/api",
}
NAME = {
    **PLACE,
    "amap": "/v3/geocode/regeo",
    "baidu": "/reverse_geocoding/v3/",
    "nominatim": "/reverse",
    "photon": "/reverse",
}
FOUND: dict[str, Any] = {
    "amap": maps.amap(),
    "baidu": maps.baidu(),
    "tianditu": maps.tianditu(),
    "nominatim": maps.nominatim(),
    "photon": maps.photon(),
}
NAMED: dict[str, Any] = {
    "amap": maps.AMAP_NAME,
    "baidu": maps.BAIDU_NAME,
    "tianditu": maps.TIANDITU_NAME,
    "nominatim": maps.NOMINATIM_NAME,
    "photon": maps.photon(),
}


@pytest.fixture
async def town() -> AsyncIterator[Maps]:
    """The services."""
    async with open_maps() as made:
        yield made


async def place(town: Maps, name: str, answer: Any, timeout: float = 5.0) -> Point | None:  # noqa: ASYNC109 - the service's
    """What a service makes of one answer."""
    town.says(PLACE[name], answer)
    service = provider(name, key=KEY, url=town.url, city="连云港市", box=BOX, timeout=timeout)
    try:
        found = await service.place("苍梧小区")
    finally:
        await service.close()
    return found.point if found else None


@pytest.mark.parametrize("name", NAMES)
async def test_each_finds_a_place_in_its_own_datum(town: Maps, name: str) -> None:
    """Whatever the datum, it is one spot; the city stands before the words, the key goes along."""
    found = await place(town, name, FOUND[name])
    assert found is not None
    assert metres(to_wgs84(found), Point(*maps.SPOT)) < 1
    assert found.datum == {"amap": "GCJ-02", "baidu": "BD-09"}.get(name, "WGS-84")
    assert 20 <= (found.radius or 0) <= 100
    [(_, query)] = town.asked
    assert "连云港市苍梧小区" in "".join(query.values())
    assert (KEY in query.values()) == (name in KEYED)


@pytest.mark.parametrize("name", NAMES)
async def test_each_names_a_point(town: Maps, name: str) -> None:
    """The road, and the house number where it tells one; it is asked in its own datum and order."""
    town.says(NAME[name], NAMED[name])
    service = provider(name, key=KEY, url=town.url, box=BOX)
    found = await service.called(Point(*maps.SPOT))
    await service.close()
    assert found is not None
    assert found.name.startswith("幸福路")
    told = "".join(town.asked[0][1].values())
    figures = {"amap": maps.GCJ, "baidu": maps.BD}.get(name, maps.SPOT)
    assert f"{figures[0]:.4f}"[:6] in told
    assert f"{figures[1]:.4f}"[:6] in told


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        *(("amap", maps.amap(level)) for level in ("市", "区县", "省", "乡镇", "未知", "开发区")),
        ("amap", maps.AMAP_NONE),
        ("amap", maps.amap_error("30001")),
        ("baidu", maps.baidu(40)),
        ("baidu", maps.baidu(100, "城市")),
        ("baidu", maps.baidu(100, "区县")),
        ("baidu", maps.baidu_error(1)),
        ("tianditu", maps.tianditu("区县")),
        ("tianditu", maps.tianditu("什么", 60)),
        ("tianditu", maps.TIANDITU_NONE),
        ("nominatim", []),
        ("nominatim", maps.nominatim("city")),
        ("nominatim", maps.nominatim("road", 0.03)),
        ("photon", maps.photon("city")),
        ("photon", maps.photon("district")),
        ("photon", {"type": "FeatureCollection", "features": []}),
    ],
)
async def test_answer_that_names_only_the_town_is_none(town: Maps, name: str, answer: Any) -> None:
    """The middle of the city is not where the stall is."""
    assert await place(town, name, answer) is None


@pytest.mark.parametrize(
    ("name", "answer", "radius"),
    [
        ("amap", maps.amap("门牌号"), 40),
        ("amap", maps.amap("兴趣点"), 80),
        ("amap", maps.amap("道路"), 800),
        ("baidu", maps.baidu(90), 50),
        ("baidu", maps.baidu(70), 300),
        ("tianditu", maps.tianditu("道路"), 800),
        ("photon", maps.photon("street"), 800),
    ],
)
async def test_precision_that_is_told_becomes_a_radius(town: Maps, name: str, answer: Any, radius: float) -> None:
    """In metres."""
    found = await place(town, name, answer)
    assert found is not None
    assert found.radius == radius


@pytest.mark.parametrize(
    ("name", "answer", "error"),
    [
        ("amap", maps.amap_error("10003"), GeocoderQuotaExceeded),
        ("amap", maps.amap_error("10044"), GeocoderQuotaExceeded),
        ("amap", maps.amap_error("10021"), GeocoderRateLimited),
        ("amap", maps.amap_error("10001"), GeocoderAuthenticationFailure),
        ("amap", maps.amap_error("99999"), GeocoderServiceError),
        ("baidu", maps.baidu_error(302), GeocoderQuotaExceeded),
        ("baidu", maps.baidu_error(4), GeocoderQuotaExceeded),
        ("baidu", maps.baidu_error(401), GeocoderRateLimited),
        ("baidu", maps.baidu_error(200), GeocoderAuthenticationFailure),
        ("baidu", maps.baidu_error(2), GeocoderServiceError),
        ("tianditu", {"msg": "error", "status": "404"}, GeocoderServiceError),
        ("tianditu", 403, GeocoderServiceError),
        ("tianditu", 429, GeocoderRateLimited),
        ("nominatim", 429, GeocoderRateLimited),
    ],
)
async def test_errors_inside_an_answer_are_told_apart(
    town: Maps, name: str, answer: Any, error: type[Exception]
) -> None:
    """A quota, a hurry, a key, a fault: each is treated otherwise."""
    with pytest.raises(error):
        await place(town, name, answer)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("html", GeocoderParseError),
        ("cut", GeocoderServiceError),
        (500, GeocoderServiceError),
        (302, GeocoderServiceError),
    ],
)
async def test_junk_and_broken_answers_are_errors_and_give_no_key_away(  # noqa: PLR0913, PLR0917 - the fault and where it is seen
    town: Maps, name: str, fault: Any, error: type[Exception], caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """HTML instead of JSON, half an answer, a failing server, a page elsewhere."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(error) as seen:
        await place(town, name, fault)
    assert KEY not in f"{seen.value!r} {caplog.text} {capfd.readouterr()}"


async def test_slow_server_is_not_waited_for_and_a_dead_one_is_noticed(town: Maps) -> None:
    """The time that the settings allow."""
    with pytest.raises(GeocoderTimedOut):
        await place(town, "amap", "slow", timeout=0.1)
    service = provider("amap", key=KEY, url="http://127.0.0.1:1", box=BOX)
    with pytest.raises(GeocoderUnavailable):
        await service.place("苍梧小区")
    await service.close()


def test_unknown_service_is_refused() -> None:
    """In a sentence."""
    with pytest.raises(ValueError, match="不认识，可以写 nominatim"):
        provider("google", box=BOX)
