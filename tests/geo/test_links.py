"""Map links and typed coordinates: the point, its datum, its order; and nothing from what holds none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import mercator
from geo.links import shared
from models.metres import metres
from models.said import Point

HERE = (34.5937, 119.2213)
DMS = (34 + 35 / 60 + 37 / 3600, 119 + 13 / 60 + 17 / 3600)

LINKS = [
    ("https://uri.amap.com/marker?position=119.2213,34.5937&name=便利店&src=app&callnative=1", "GCJ-02"),
    ("https://uri.amap.com/marker?position=119.2213,34.5937&coordinate=wgs84", "WGS-84"),
    ("https://uri.amap.com/marker?position=119.2213%2C34.5937&coordinate=gaode", "GCJ-02"),
    ("https://uri.amap.com/navigation?from=119.1,34.5,start&to=119.2213,34.5937,end&mode=car", "GCJ-02"),
    ("https://www.amap.com/?q=34.5937,119.2213,凤鸣路18号", "GCJ-02"),
    ("https://www.amap.com/?p=B0FFG1,34.5937,119.2213,便利店,凤鸣路18号", "GCJ-02"),
    ("https://ditu.amap.com/regeo?lng=119.2213&lat=34.5937&name=x", "GCJ-02"),
    ("iosamap://viewMap?sourceApplication=a&poiname=x&lat=34.5937&lon=119.2213&dev=0", "GCJ-02"),
    ("http://api.map.baidu.com/marker?location=34.5937,119.2213&title=x&content=y&output=html", "BD-09"),
    ("http://api.map.baidu.com/marker?location=34.5937,119.2213&coord_type=gcj02&output=html", "GCJ-02"),
    ("http://api.map.baidu.com/marker?location=34.5937,119.2213&coord_type=wgs84", "WGS-84"),
    ("baidumap://map/marker?location=34.5937,119.2213&title=x", "BD-09"),
    ("https://apis.map.qq.com/uri/v1/marker?marker=coord:34.5937,119.2213;title:便利店;addr:凤鸣路", "GCJ-02"),
    ("https://apis.map.qq.com/uri/v1/geocoder?coord=34.5937,119.2213&coord_type=1", "WGS-84"),
    ("https://map.qq.com/?type=marker&isopeninfowin=1&pointx=119.2213&pointy=34.5937&name=x", "GCJ-02"),
    ("https://maps.google.com/?q=34.5937,119.2213", "GCJ-02"),
    ("https://www.google.com/maps/search/?api=1&query=34.5937%2C119.2213", "GCJ-02"),
    ("https://www.google.com/maps/place/x/@34.5,119.1,17z/data=!3m1!4b1!8m2!3d34.5937!4d119.2213", "GCJ-02"),
    ("https://www.google.com/maps/@34.5937,119.2213,17z", "GCJ-02"),
    ("https://maps.apple.com/?ll=34.5937,119.2213&q=x", "GCJ-02"),
    ("https://maps.apple.com/place?coordinate=34.5937,119.2213&name=x", "GCJ-02"),
    ("https://www.openstreetmap.org/?mlat=34.5937&mlon=119.2213#map=17/34.60/119.23", "WGS-84"),
    ("https://www.openstreetmap.org/#map=17/34.5937/119.2213", "WGS-84"),
    ("geo:34.5937,119.2213?z=17", "WGS-84"),
]
TYPED = [
    "34.5937,119.2213",
    "119.2213，34.5937",
    "34.5937 119.2213",
    "(34.5937, 119.2213)",
    "34.5937°N, 119.2213°E",
    "N34.5937 E119.2213",
    "纬度：34.5937，经度：119.2213",
    "经度119.2213纬度34.5937",
    "北纬34.5937度，东经119.2213度",
    "lat=34.5937 lng=119.2213",
]
MINUTES = [
    "北纬34°35'37\" 东经119°13'17\"",
    "东经119°13′17″，北纬34°35′37″",
    "34°35'37''N 119°13'17''E",
    "北纬34度35分37秒东经119度13分17秒",
]
POINTLESS = [
    "https://surl.amap.com/4fk2Bc1a7",
    "https://j.map.baidu.com/a1/2bC",
    "https://maps.app.goo.gl/abcdef",
    "https://map.qq.com/m/x",
    "https://uri.amap.com/marker?position=",
    "https://uri.amap.com/marker?position=abc,def",
    "https://www.google.com/maps/@91.5,200.25,3z",
    "http://[",
]
TALK = [
    "价格 34.500 , 30.125 两样",
    "今天进货 12.5,119.8 元",
    "119.2213",
    "电话 0518-85520000，119 也打了",
    "版本 1.2.3.4",
    "3.14159,2.71828",
]


def test_metres_of_baidus_addresses_agree_with_the_published_pairs(shared_standards: Path) -> None:
    """A metre at most, for every city of the list."""
    rows = json.loads(shared_standards.read_text(encoding="utf-8"))["city_fixture"]
    pairs = [(row["bd09mc_xy"], row["bd09"]) for row in rows if "bd09mc_xy" in row]
    assert len(pairs) > 5
    for metric, degrees in pairs:
        found = mercator.to_degrees(*metric)
        assert found is not None
        assert metres(Point(*found), Point(*degrees)) < 1


@pytest.fixture
def shared_standards(shared: Path) -> Path:
    """The published vectors."""
    return shared / "standards" / "coordinates.json"


def test_metres_of_lianyungang_are_its_degrees() -> None:
    """One pair that needs no file: the metres that Baidu's page shows for the city's middle."""
    found = mercator.to_degrees(13272571.152, 4085477.135)
    assert found is not None
    assert metres(Point(*found), Point(34.602306, 119.228238)) < 1
    assert mercator.to_degrees(1e9, 0) is None


@pytest.mark.parametrize(("address", "datum"), LINKS)
def test_link_gives_its_point_in_its_datum_and_no_words(address: str, datum: str) -> None:
    """Each service's order and datum are known; nothing is left for the reader."""
    found = shared(address)
    assert found.point is not None
    assert (found.point.lat, found.point.lon) == HERE
    assert (found.point.datum, found.point.shown_by) == (datum, "link")
    assert found.words == ""


@pytest.mark.parametrize(("address", "datum"), LINKS)
def test_words_around_a_link_stay_and_the_link_goes(address: str, datum: str) -> None:
    """What she says is read, the letters of the address are not."""
    found = shared(f"有人占道 {address} 麻烦来看看")
    assert found.point is not None
    assert found.point.datum == datum
    assert found.words.split() == ["有人占道", "麻烦来看看"]


def test_address_of_baidus_page_is_in_metres() -> None:
    """What stands behind the @ there is no degrees."""
    found = shared("https://map.baidu.com/@13272571.152,4085477.135,17z").point
    assert found is not None
    assert metres(found, Point(34.602306, 119.228238)) < 1
    assert (found.datum, found.radius) == ("BD-09", 200)


@pytest.mark.parametrize("words", TYPED)
def test_typed_coordinates_are_a_point_in_either_order(words: str) -> None:
    """The range tells latitude from longitude in China."""
    found = shared(words)
    assert found.point is not None
    assert (found.point.lat, found.point.lon) == pytest.approx(HERE)
    assert (found.point.datum, found.words) == ("WGS-84", "")


@pytest.mark.parametrize("words", MINUTES)
def test_degrees_minutes_and_seconds_are_a_point(words: str) -> None:
    """As compasses show them."""
    found = shared(f"这里 {words}").point
    assert found is not None
    assert (found.lat, found.lon) == pytest.approx(DMS)


def test_datum_that_words_name_is_taken() -> None:
    """「高德坐标」 is GCJ-02, 「百度坐标」 BD-09."""
    for words, datum in (("高德坐标 34.5937,119.2213", "GCJ-02"), ("百度坐标：34.5937,119.2213", "BD-09")):
        found = shared(words).point
        assert found is not None
        assert found.datum == datum


@pytest.mark.parametrize("address", POINTLESS)
def test_link_without_coordinates_gives_nothing(address: str) -> None:
    """Short links are not followed."""
    assert shared(address).point is None


@pytest.mark.parametrize("words", TALK)
def test_figures_of_talk_are_no_point_and_stay_words(words: str) -> None:
    """Prices, numbers, versions."""
    assert shared(words).point is None
    assert shared(words).words == words


@pytest.mark.parametrize("words", ["【我的位置】{}", "[位置] {}", "高德地图：{}", "我在这里 {}", "分享位置给你：{}"])
def test_what_apps_write_around_a_link_is_no_words(words: str) -> None:
    """A shared place is a pin alone."""
    assert shared(words.format(LINKS[0][0])).words == ""


@given(st.text() | st.text(alphabet="0123456789.,°'\" NSEWhttps:/?&=@!dgeomapc北纬东经"))
def test_no_text_makes_it_stumble(words: str) -> None:
    """Whatever people type."""
    found = shared(words)
    assert len(found.words) <= len(words) + 8
    assert found.point is None or (abs(found.point.lat) <= 90 and abs(found.point.lon) <= 180)


@given(st.floats(18.5, 53), st.floats(74, 134))
def test_point_survives_being_put_into_a_link(lat: float, lon: float) -> None:
    """To the seventh decimal, from either order."""
    for address in (
        f"https://uri.amap.com/marker?position={lon:.7f},{lat:.7f}",
        f"https://maps.google.com/?q={lat:.7f},{lon:.7f}",
    ):
        found = shared(address).point
        assert found is not None
        assert (found.lat, found.lon) == (round(lat, 7), round(lon, 7))


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text",
    [
        "纬 " + " " * 4000 + "1", "-" * 4000 + "1.234", "=:" * 2000, "1°1′" * 1000, "1.1234567," * 400,
        "maps.apple.com/" + "a" * 4000 + " 1", " " * 4090 + "1.234", "a." * 2000 + "amap.com",
    ],
)  # fmt: skip
def test_hostile_text_of_full_length_holds_nobody_up(text: str) -> None:
    """A whole message of one sign: read in no time, and no point in it."""
    assert shared(text).point is None


@pytest.mark.parametrize(
    ("address", "radius"),
    [
        ("https://osm.org/go/0EEQjE--", 200),
        ("osm.org/go/0EEQjEEb?m", 50),
        ("看这里 https://www.openstreetmap.org/go/0EEQjEEb?layers=T&m", 50),
    ],
)
def test_short_link_of_openstreetmap_is_read_without_asking(address: str, radius: float) -> None:
    """The point is in the letters themselves; the place is the example of its wiki (Shortlink), 51.511, 0.055."""
    found = shared(address).point
    assert found is not None
    assert metres(found, Point(51.511, 0.055)) < 60
    assert (found.datum, found.radius) == ("WGS-84", radius)
