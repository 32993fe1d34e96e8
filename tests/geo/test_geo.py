"""Where it is: datums against published figures, areas and names on a small map."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import datums
from geo.atlas import Atlas
from geo.places import locate
from models.metres import metres
from models.said import Point

LIANYUNGANG = (34.597681, 119.2160716)


def test_datums_agree_with_the_published_vectors(shared: Path) -> None:
    """One metre forward, everywhere on the list."""
    found = json.loads((shared / "standards" / "coordinates.json").read_text(encoding="utf-8"))
    assert len(found["formula"]) >= 3
    for row in found["formula"]:
        wgs, gcj, bd = (Point(*row[key]) for key in ("wgs84", "gcj02", "bd09"))
        assert metres(Point(*datums.wgs_to_gcj(wgs.lat, wgs.lon)), gcj) < 1
        assert metres(Point(*datums.gcj_to_bd(gcj.lat, gcj.lon)), bd) < 1


PUBLISHED = [
    ((34.597681, 119.2160716), (34.596652991, 119.221611026), (34.602301837, 119.228232501)),
    ((34.739, 119.366), (34.738242218, 119.371702618), (34.744274615, 119.378195105)),
    ((34.839, 119.128), (34.838348841, 119.13373987), (34.844423467, 119.140236925)),
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215), (31.181328607, 121.538015686)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363), (22.546667438, 113.923684729)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657), (39.919575551, 116.390454713)),
]


@pytest.mark.parametrize(("wgs", "gcj", "bd"), PUBLISHED)
def test_datums_agree_with_vectors_of_the_published_formula(
    wgs: tuple[float, float], gcj: tuple[float, float], bd: tuple[float, float]
) -> None:
    """A metre forward, a tenth of a metre back, whichever way; the radius and what showed it stay."""
    start = Point(*wgs, radius=30, shown_by="link")
    for datum, expected in (("GCJ-02", gcj), ("BD-09", bd), ("WGS-84", wgs)):
        there = datums.from_wgs84(start, datum)
        assert metres(there, Point(*expected)) < 1
        assert (there.datum, there.radius, there.shown_by) == (datum, 30, "link")
        assert metres(datums.to_wgs84(there), start) < 0.1
    with pytest.raises(ValueError, match="请用 WGS-84"):
        datums.from_wgs84(start, "MARS")


def test_shop_of_lianyungang_is_half_a_kilometre_off_in_the_other_datum() -> None:
    """The figure that a mix-up costs here."""
    there = Point(*datums.wgs_to_gcj(*LIANYUNGANG))
    assert 500 < metres(Point(*LIANYUNGANG), there) < 540


@given(st.floats(18.5, 53), st.floats(74, 134))
def test_datums_come_back_to_where_they_began(lat: float, lon: float) -> None:
    """A tenth of a metre, both ways, all over China."""
    start = Point(lat, lon)
    gcj = datums.wgs_to_gcj(lat, lon)
    assert metres(start, Point(*datums.gcj_to_wgs(*gcj))) < 0.1
    assert metres(Point(*gcj), Point(*datums.bd_to_gcj(*datums.gcj_to_bd(*gcj)))) < 0.1


def test_every_datum_is_brought_to_one() -> None:
    """A pin is reckoned in WGS-84 whatever it was given in; others are refused."""
    gcj = datums.wgs_to_gcj(*LIANYUNGANG)
    bd = datums.gcj_to_bd(*gcj)
    for point in (Point(*LIANYUNGANG), Point(*gcj, "GCJ-02"), Point(*bd, "BD-09")):
        assert metres(datums.to_wgs84(point), Point(*LIANYUNGANG)) < 0.1
    with pytest.raises(ValueError, match="请用 WGS-84"):
        datums.to_wgs84(Point(1, 2, "MARS"))


def test_abroad_nothing_is_shifted() -> None:
    """The offsets hold in China only."""
    assert datums.wgs_to_gcj(48.85, 2.35) == (48.85, 2.35)
    assert datums.gcj_to_wgs(48.85, 2.35) == (48.85, 2.35)


def atlas() -> Atlas:
    """Two streets, a road, a market."""

    def square(west: float, east: float) -> list[list[list[float]]]:
        return [[[west, 34.5], [east, 34.5], [east, 34.7], [west, 34.7], [west, 34.5]]]

    features = [
        {"kind": "street", "name": "郁洲街道", "type": "Polygon", "coordinates": square(119.1, 119.25)},
        {"kind": "street", "name": "朝阳街道", "type": "Polygon", "coordinates": square(119.25, 119.4)},
        {"kind": "grid", "name": "320706001001", "type": "Polygon", "coordinates": square(119.2, 119.25)},
        {"kind": "road", "name": "凤鸣路", "type": "LineString", "coordinates": [[119.21, 34.5937], [119.23, 34.5937]]},
        {"kind": "place", "name": "新海苍梧农贸市场", "type": "Point", "coordinates": [119.2190, 34.5961]},
    ]
    made = [
        {
            "properties": {"kind": f["kind"], "name": f["name"], "aliases": ["菜市场"] if f["kind"] == "place" else []},
            "geometry": {"type": f["type"], "coordinates": f["coordinates"]},
        }
        for f in features
    ]
    return Atlas.from_geojson({"features": made})


def test_pin_gets_its_street_grid_and_nearest_road() -> None:
    """A pin is worth more than any words."""
    place = locate(text="门口", point=Point(34.5938, 119.2213), own_place=True, atlas=atlas())
    assert (place.source, place.street, place.grid, place.near) == ("pin", "郁洲街道", "320706001001", "凤鸣路附近")


def test_pin_in_another_datum_is_reckoned_in_ours() -> None:
    """A GCJ-02 pin of the shop lands at the shop."""
    gcj = datums.wgs_to_gcj(34.5938, 119.2213)
    place = locate(text="", point=Point(*gcj, "GCJ-02"), own_place=False, atlas=atlas())
    assert place.lat == pytest.approx(34.5938, abs=1e-6)


def test_own_shop_says_where_when_no_pin_came() -> None:
    """Her shop's address stands on the card."""
    place = locate(
        text="我家门口", point=None, own_place=True, atlas=atlas(), shop_name="凤鸣便利店",
        shop_address="凤鸣路18号", shop_point=Point(34.5937, 119.2213),
    )  # fmt: skip
    assert (place.source, place.near, place.street) == ("shop", "凤鸣路18号", "郁洲街道")


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("12号门口", "shop"), ("我们12号后墙", "shop"), ("店门口，12号", "shop"),
        ("14号门口", "none"), ("桥头路12号", "none"), ("12号，14号", "none"), ("门口", "none"),
    ],
)  # fmt: skip
def test_own_house_number_without_a_road_is_ones_own_shop(words: str, source: str) -> None:
    """Who keeps number 12 and says 「12号门口」 means her own door; another number, or a road before it, does not."""
    place = locate(
        text=words, point=None, own_place=False, atlas=atlas(), shop_name="凤鸣便利店", shop_address="凤鸣路12号",
        shop_point=Point(34.5938, 119.2213),
    )  # fmt: skip
    assert place.source == source


@pytest.mark.parametrize("words", ["新海苍梧农贸市场", "菜市场", "新海苍梧农贸市场门口", "新海苍梧农贸市厂"])
def test_known_place_is_found_by_name_alias_and_slip(words: str) -> None:
    """The gazetteer forgives one wrong sign."""
    assert locate(text=words, point=None, own_place=False, atlas=atlas()).source == "gazetteer"


def test_unknown_words_stay_words() -> None:
    """Nothing is made up."""
    place = locate(text="桥那头", point=None, own_place=False, atlas=atlas())
    assert (place.source, place.lat, place.text) == ("none", None, "桥那头")


def test_broken_map_names_the_feature() -> None:
    """The clerk learns which one."""
    broken = {"features": [{"properties": {"kind": "street", "name": "郁洲街道"}, "geometry": {"type": "Polygon"}}]}
    with pytest.raises(ValueError, match="第1个要素“郁洲街道”"):
        Atlas.from_geojson(broken)
