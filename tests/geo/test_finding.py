"""From words to a point: names, nicknames, house numbers, crossings, and what stands beside them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas
from geo.gazetteer import decoded, entries
from geo.phrases import forms
from geo.places import locate
from geo.plane import BEARINGS, Plane, moved
from models.metres import metres
from models.numerals import numeral
from models.said import Point
from tests.geo.test_areas import feature

REPO = Path(__file__).parent.parent.parent
TABLE = """名称,别名,类别,纬度,经度,半径
苍梧小区,苍梧新村、苍梧家园,小区,34.6012,119.1800,200
苍梧小区东门,,小区,34.6012,119.1822,20
师专附小,,学校,34.5900,119.2100,
凤鸣路口站,凤鸣路口公交站,公交站,34.5940,119.2200,
海连路与通灌路交叉口,,路口,34.6060,119.1790,
东方小学,,学校,34.60,119.15,
东方小学,,学校,34.70,119.35,
海州区,,区县,34.57,119.16,15000
郁洲街道,,街道,34.593,119.22,3000
苍梧路,,道路,34.589,119.20,2500
"""
SHOPS = {
    "邱记便利店": (34.5937, 119.2213),
    "凤鸣路18号": (34.5937, 119.2213),
    "凤鸣路26号": (34.5937, 119.2233),
    "凤鸣路31号": (34.59345, 119.2240),
    "老张面馆": (34.5935, 119.2250),
    "好邻居超市": (34.5935, 119.2150),
    "科苑便利店": (34.5950, 119.2300),
    "静姐美甲": (34.5938, 119.2219),
    "静姐理发店": (34.6100, 119.2000),
}


def city() -> Atlas:
    """Roads that cross, a table of names, a few shops."""
    made = Atlas()
    lines = {
        "凤鸣路": [[119.21, 34.5936], [119.23, 34.5936]],
        "科苑路": [[119.225, 34.585], [119.225, 34.605]],
        "远路": [[119.30, 34.60], [119.31, 34.60]],
    }
    drawn = [feature("road", name, {"type": "LineString", "coordinates": line}) for name, line in lines.items()]
    made.add_map({"features": drawn})
    made.add_entries(entries(TABLE))
    made.add_spots([(name, Point(*at)) for name, at in SHOPS.items()])
    return made


CITY = city()


def at(words: str) -> Point | None:
    """Where the atlas finds the words."""
    hit = CITY.find(words)
    return hit.point if hit else None


@pytest.mark.parametrize(
    ("words", "spot", "within"),
    [
        ("邱记便利店", SHOPS["邱记便利店"], 1),
        ("邱记", SHOPS["邱记便利店"], 1),
        ("邱记门口", SHOPS["邱记便利店"], 1),
        ("邱记家", SHOPS["邱记便利店"], 1),
        ("在邱记旁边", SHOPS["邱记便利店"], 1),
        ("我家隔壁邱记", SHOPS["邱记便利店"], 1),
        ("好邻居门前小路", SHOPS["好邻居超市"], 1),
        ("老张家门口", SHOPS["老张面馆"], 1),
        ("凤鸣路18号", SHOPS["凤鸣路18号"], 1),
        ("海州区凤鸣路18号门口", SHOPS["凤鸣路18号"], 1),
        ("凤鸣路22号", (34.5937, 119.2223), 2),
        ("凤鸣路24号", (34.5937, 119.2228), 2),
        ("凤鸣路33号", SHOPS["凤鸣路31号"], 1),
        ("凤鸣路科苑路路口", (34.5936, 119.225), 2),
        ("凤鸣路与科苑路交叉口", (34.5936, 119.225), 2),
        ("科苑路和凤鸣路口", (34.5936, 119.225), 2),
        ("科苑路跟凤鸣路的交叉口", (34.5936, 119.225), 2),
        ("科苑路和凤鸣路", (34.5936, 119.225), 2),
        ("通灌路海连路路口", (34.6060, 119.1790), 1),
        ("苍梧小区", (34.6012, 119.18), 1),
        ("苍梧新村", (34.6012, 119.18), 1),
        ("苍梧小区东门", (34.6012, 119.1822), 1),
        ("苍梧新村北门", (34.60147, 119.18), 2),
        ("师专附小门口", (34.59, 119.21), 1),
        ("凤鸣路口公交站", (34.5940, 119.22), 1),
        ("凤鸣路口站对面", (34.5932, 119.22), 2),
        ("老海边师专附小后面", (34.59, 119.21), 1),
        ("海连路与通灌路交差口", (34.6060, 119.1790), 1),
    ],
)
def test_words_are_found_where_they_mean(words: str, spot: tuple[float, float], within: float) -> None:
    """A clerk who knows the place would put her finger there."""
    found = at(words)
    assert found is not None
    assert metres(found, Point(*spot)) <= within
    assert found.radius is None or found.radius < 400


@pytest.mark.parametrize(
    "words",
    [
        "",
        "这里",
        "门口",
        "桥那头",
        "东方小学",
        "静姐",
        "科苑",
        "海州区",
        "郁洲街道",
        "远路与凤鸣路交叉口",
        "凤鸣路400号附近的楼",
        "东",
        "路",
    ],
)
def test_words_that_say_nothing_or_two_things_are_no_near_point(words: str) -> None:
    """Two schools of one name, two shops of one nickname, a shop named as a road, a district, roads that never meet."""
    found = at(words)
    assert found is None or (found.radius or 0) > 300


@pytest.mark.parametrize(
    ("words", "bearing", "distance"),
    [
        ("邱记便利店东50米", 90, 50),
        ("邱记便利店往北一百米", 0, 100),
        ("邱记往西两百米左右", 270, 200),
        ("邱记向南走30m", 180, 30),
        ("邱记便利店东北方向一百五十米", 45, 150),
        ("邱记的南边约20米处", 180, 20),
        ("邱记便利店往东一百五米", 90, 150),
        ("邱记往北半公里", 0, 500),
        ("邱记便利店北侧", 0, 30),
        ("凤鸣路18号东50米", 90, 50),
        ("凤鸣路18号门口往北一百米", 0, 100),
    ],
)
def test_what_is_so_far_from_a_name_is_there(words: str, bearing: float, distance: float) -> None:
    """The point moves, and the doubt grows."""
    shop, found = Point(*SHOPS["邱记便利店"]), at(words)
    assert found is not None
    assert metres(found, moved(shop, bearing, distance)) < 1
    plain = at("邱记便利店")
    assert plain is not None
    assert (found.radius or 0) > (plain.radius or 50)


def test_way_from_a_crossing_begins_at_the_crossing() -> None:
    """「往东50米」 behind a crossing of two roads."""
    plain, found = at("凤鸣路和科苑路路口"), at("凤鸣路和科苑路路口往东50米")
    assert plain is not None
    assert found is not None
    assert metres(found, moved(plain, 90, 50)) < 1
    assert (found.radius or 0) > (plain.radius or 0)


@pytest.mark.parametrize("name", ["邱记", "凤鸣路18号"])
def test_other_side_of_the_road_is_over_it_and_the_back_is_away_from_it(name: str) -> None:
    """对面 and 后门 go by the nearest road's line."""
    shop, road = Point(*SHOPS["邱记便利店"]), 34.5936
    across, behind = at(f"{name}对面"), at(f"{name}后门")
    assert across is not None
    assert behind is not None
    assert across.lat == pytest.approx(2 * road - shop.lat, abs=1e-6)
    assert behind.lat > shop.lat
    assert 20 < metres(behind, shop) < 30


def test_road_alone_is_its_middle_with_a_wide_radius() -> None:
    """So wide that nobody is sent there by a pin."""
    found = at("凤鸣路")
    assert found is not None
    assert metres(found, Point(34.5936, 119.22)) < 1
    assert 800 < (found.radius or 0) < 1000


def test_name_of_a_street_gives_the_street_and_no_point() -> None:
    """郁洲街道 says whose, not where."""
    place = locate(text="郁洲街道", point=None, own_place=False, atlas=CITY)
    assert (place.lat, place.street, place.source) == (None, "郁洲街道", "none")


def test_neighbour_that_is_named_goes_before_her_own_shop() -> None:
    """「邱记门口」 is not the door of who says it; 「我家门口」 is."""
    own = {"own_place": True, "shop_name": "老张面馆", "shop_point": Point(*SHOPS["老张面馆"])}
    theirs = locate(text="邱记门口", point=None, atlas=CITY, **own)  # type: ignore[arg-type]
    assert (theirs.source, theirs.lat) == ("gazetteer", SHOPS["邱记便利店"][0])
    for words in ("我家门口", "老张面馆门口", "这里"):
        mine = locate(text=words, point=None, atlas=CITY, **own)  # type: ignore[arg-type]
        assert (mine.source, mine.lat) == ("shop", SHOPS["老张面馆"][0])


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("50", 50),
        ("一百", 100),
        ("两百", 200),
        ("一百五", 150),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("三千", 3000),
        ("半", 0.5),
    ],
)
def test_numerals_count(words: str, value: float) -> None:
    """As people say them."""
    assert numeral(words) == value


@given(st.sampled_from(sorted(BEARINGS)), st.floats(1, 3000), st.floats(18, 53), st.floats(74, 134))
def test_going_there_and_back_ends_where_it_began(wind: str, distance: float, lat: float, lon: float) -> None:
    """And the way is as long as it was said to be."""
    start = Point(lat, lon, radius=30)
    there = moved(start, BEARINGS[wind], distance)
    assert metres(start, there) == pytest.approx(distance, rel=2e-3)
    assert metres(start, moved(there, BEARINGS[wind] + 180, distance)) < 1
    assert there.radius == 30


@given(st.floats(-80, 80), st.floats(-179, 179))
def test_plane_gives_back_what_it_was_given(lat: float, lon: float) -> None:
    """To less than a millimetre."""
    plane = Plane(lat)
    assert metres(plane.back(*plane.xy(Point(lat, lon))), Point(lat, lon)) < 0.001


SAYINGS = ["凤鸣路", "科苑路", "邱记", "18号", "与", "路口", "对面", "东50米", "往北一百米", "的", "苍梧", "，", "半米"]
PIECES = st.lists(st.sampled_from(SAYINGS), max_size=6)


@given(st.text(max_size=60) | PIECES.map("".join))
def test_no_words_make_it_stumble(words: str) -> None:
    """Whatever was cut out; a point that is found lies in the city, its radius counts."""
    place = locate(text=words, point=None, own_place=False, atlas=CITY)
    if place.lat is not None and place.lon is not None:
        assert metres(Point(place.lat, place.lon), Point(34.6, 119.2)) < 40_000
        assert (place.radius or 0) > 0
    assert len(list(forms(words))) < 60


# --- the table of a clerk ------------------------------------------------------------------------------------------


def test_example_table_is_read_and_names_every_district() -> None:
    """What is shipped works."""
    found = entries(decoded((REPO / "examples" / "lianyungang.csv").read_bytes()))
    names = {spot.name for spot, _ in found if spot.kind == "district"}
    assert names == {"海州区", "连云区", "赣榆区", "东海县", "灌云县", "灌南县"}
    assert len(found) > 50
    assert all(33.9 < spot.point.lat < 35.2 and 118.3 < spot.point.lon < 119.9 for spot, _ in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_table_is_read_as_spreadsheets_save_it(encoding: str) -> None:
    """Excel in China saves neither UTF-8 nor without a mark."""
    assert len(entries(decoded(TABLE.encode(encoding)))) == 10


def test_table_may_have_english_heads_and_a_datum_for_a_line() -> None:
    """One line in Amap's figures, the others in the file's."""
    found = entries("name,kind,lat,lon,datum\n甲,店铺,34.596653,119.221611,GCJ-02\n乙,shop,34.5977,119.2161,\n")
    assert metres(found[0][0].point, Point(34.597681, 119.2160716)) < 1
    assert [spot.point.radius for spot, _ in found] == [30, 30]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "是空的"),
        ("名称,纬度\n甲,34\n", "缺 经度"),
        ("名称,纬度,经度\n甲,北,119\n", "第2行“甲”的纬度、经度、半径要写数字"),
        ("名称,纬度,经度\n甲,34,119\n乙,119,34.5\n", "第3行“乙”的经纬度或半径超出范围"),
        ("名称,纬度,经度,类别\n甲,34,119,车站\n", "类别“车站”不认识，可以写 区县、"),
        ("名称,纬度,经度,坐标系\n甲,34,119,北京54\n", "坐标系“北京54”不认识"),
        ("名称,纬度,经度,半径\n甲,34,119,-5\n", "超出范围"),
        ("名称,纬度,经度\n甲,nan,119\n", "超出范围"),
    ],
)
def test_line_that_is_wrong_is_named(table: str, sentence: str) -> None:
    """In words for a clerk."""
    with pytest.raises(ValueError, match=sentence):
        entries(table)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("鳳鳴路18號", "凤鸣路18号"),
        ("凤鸣路十八号门口", "凤鸣路18号"),
        ("鳳鳴路二十六號對面", "凤鸣路26号"),
        ("蒼梧小區", "苍梧小区"),
        ("海連路與通灌路交叉口", "海连路与通灌路交叉口"),
        ("老張麵館", "老张面馆"),
    ],
)
def test_traditional_signs_and_numerals_are_looked_up_as_the_map_has_them(words: str, name: str) -> None:
    """鳳鳴路 is 凤鸣路."""
    hit, meant = CITY.find(words), CITY.find(name)
    assert hit is not None
    assert meant is not None
    assert hit.name == meant.name


def test_map_in_traditional_signs_is_found_by_them() -> None:
    """As it is written, where plain signs find nothing."""
    made = Atlas()
    made.add_spots([("鳴記茶檔", Point(34.6, 119.2))])
    assert made.find("鳴記茶檔") is not None
    assert made.mention("鳴記茶檔對面漏水") == "鳴記茶檔對面"


def test_place_mentioned_in_traditional_signs_is_cut_out_as_written() -> None:
    """So that it can be marked in the message."""
    assert CITY.mention("蒼梧小區對面垃圾滿了") == "蒼梧小區對面"


def test_address_in_numerals_is_a_door_on_its_road() -> None:
    """Whoever typed the register."""
    made = Atlas()
    made.add_spots([("槐花巷十八号", Point(34.6, 119.2))])
    assert made.find("槐花巷18号门口") is not None
