"""Pure parts of the pages: what a page may load, whose browser it is, where a point stands, what an address means."""

import re
from dataclasses import replace
from math import hypot
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import Point as Dot
from shapely.geometry import shape

from bot.settings import build
from geo.atlas import Atlas
from web import assets, ground
from web.charts import STEPS
from web.door import agent_of
from web.filters import FIGURES, STATES, WORDS, Filters, day_of, filters_of
from web.guard import policy
from web.house import House, Tiles
from web.visits import language_of, masked

CORNERS = [[119.2, 34.58], [119.24, 34.58], [119.24, 34.61], [119.2, 34.58]]
SQUARE = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"kind": "street", "name": "郁洲街道"},
         "geometry": {"type": "Polygon", "coordinates": [CORNERS]}},
        {"type": "Feature", "properties": {"kind": "road", "name": "凤鸣路"},
         "geometry": {"type": "LineString", "coordinates": [[119.2, 34.59], [119.24, 34.59]]}},
    ],
}  # fmt: skip


def house(tiles: Tiles) -> House:
    """A house of which only the tiles matter."""
    nothing: Any = None
    return House(nothing, nothing, nothing, Path(), lambda _: None, nothing, tiles=tiles)


def test_pictures_are_loaded_from_the_tiles_server_alone() -> None:
    """Without an address from nowhere; never a script, a style, a frame of anybody's."""
    bare = policy(house(Tiles()))
    named = policy(house(Tiles("https://{s}.tiles.example.org:8443/{z}/{x}/{y}.png")))
    assert "img-src 'self' data:;" in bare
    assert "img-src 'self' data: https://*.tiles.example.org:8443;" in named
    for one in (bare, named):
        assert "http:" not in one
        assert one.count("https://") == (one is named)


@pytest.mark.parametrize(
    ("header", "cookie", "language"),
    [("zh-CN,zh;q=0.9", "", "zh"), ("en-GB,en;q=0.9", "", "en"), ("fr,de;q=0.5", "", "zh"), ("", "", "zh"),
     ("fr-FR,en;q=0.5", "", "en"), ("en", "qunban_lang=zh", "zh"), ("en", "qunban_lang=tlh", "en")],
)  # fmt: skip
def test_language_is_the_chosen_one_else_the_browsers(header: str, cookie: str, language: str) -> None:
    """One of ours, in any case."""
    request = make_mocked_request("GET", "/", headers={"Accept-Language": header, "Cookie": cookie})
    assert language_of(request) == language


@pytest.mark.parametrize(
    ("header", "shown"),
    [("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
     ("Mozilla/5.0 (iPhone) Safari/604.1 MicroMessenger/8.0", "微信 · iPhone"),
     ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0", "Firefox · Linux"), ("curl/8", "—")],
)  # fmt: skip
def test_browser_is_told_in_two_words(header: str, shown: str) -> None:
    """Enough to know one's own again."""
    assert agent_of(header) == shown


@pytest.mark.parametrize(("name", "shown"), [("邱女士", "邱**"), ("", ""), ("\u202e甲", "甲**"), ("<b>", "<**")])
def test_names_are_masked(name: str, shown: str) -> None:
    """The first sign, and no direction marks; escaping is the page's."""
    assert masked(name) == shown


def test_ground_moves_with_the_tiles_datum() -> None:
    """On GCJ-02 tiles everything stands some hundred metres elsewhere, together."""
    atlas = Atlas.from_geojson(SQUARE)
    plain, moved = (ground.collection(atlas, datum)["features"] for datum in ("WGS-84", "GCJ-02"))
    assert [one["properties"] for one in plain] == [one["properties"] for one in moved]
    for before, after in zip(plain, moved, strict=True):
        a, b = shape(before["geometry"]).centroid, shape(after["geometry"]).centroid
        assert 0.003 < a.distance(b) < 0.009, "degrees: some hundred metres"
    lat, lon = ground.moved(34.59, 119.22, "GCJ-02")
    assert shape(moved[0]["geometry"]).buffer(0.01).contains(Dot(lon, lat))


def test_drawing_holds_every_ticket_once() -> None:
    """Alone or in a crowd; without a map as well."""
    rows: list[Any] = [
        type("Row", (), {"id": n, "lat": 34.59 + n * 1e-4, "lon": 119.22, "late": n == 3}) for n in range(9)
    ]
    for atlas in (Atlas.from_geojson(SQUARE), Atlas()):
        drawn = ground.drawing(atlas, rows)
        assert sum(spot.count for spot in drawn.spots) == 9
        assert any(spot.late for spot in drawn.spots)
    assert ground.drawing(Atlas(), []).spots == []
    assert {kind for kind, _ in ground.drawing(Atlas.from_geojson(SQUARE), []).paths} == {"street", "road"}


SCATTERED = st.lists(st.tuples(st.floats(119.2, 119.24), st.floats(34.58, 34.61), st.booleans()), max_size=80).map(
    lambda all_: [type("Row", (), {"id": n, "lon": x, "lat": y, "late": late}) for n, (x, y, late) in enumerate(all_)]
)


@given(SCATTERED)
def test_no_bubble_of_the_drawing_lies_on_another_or_is_cut_off(rows: list[Any]) -> None:
    """Every ticket is in one, every number can be read, and names stand beside them and beside each other."""
    drawn = ground.drawing(Atlas.from_geojson(SQUARE), rows)
    left, top, wide, high = map(float, drawn.box.split())
    assert sum(spot.count for spot in drawn.spots) == len(rows)
    for at, spot in enumerate(drawn.spots):
        assert left <= spot.x - spot.radius
        assert spot.x + spot.radius <= left + wide
        assert top <= spot.y - spot.radius
        assert spot.y + spot.radius <= top + high
        for other in drawn.spots[:at]:
            assert hypot(spot.x - other.x, spot.y - other.y) >= spot.radius + other.radius
        for x, y, name in drawn.names:
            near = min(max(spot.x, x - 7 * len(name)), x + 7 * len(name))
            assert hypot(spot.x - near, spot.y - min(max(spot.y, y - 14), y)) >= spot.radius


def test_street_bears_its_name_in_the_middle() -> None:
    """Where no bubble lies there; else as near as there is room."""
    atlas = Atlas.from_geojson(SQUARE)
    bare = {name: (x, y) for x, y, name in ground.drawing(atlas, []).names}
    assert set(bare) == {"郁洲街道", "凤鸣路"}
    row: Any = type("Row", (), {"id": 1, "lat": 34.59, "lon": 119.225, "late": False})
    crowd = {name: (x, y) for x, y, name in ground.drawing(atlas, [row] * 300).names}
    assert "郁洲街道" in crowd
    assert abs(crowd["郁洲街道"][0] - bare["郁洲街道"][0]) < 1


addresses = st.dictionaries(
    st.sampled_from(["state", "q", "matter", "means", "number", "since", "until", "overdue", "mine", *WORDS, *FIGURES]),
    st.one_of(st.text(max_size=70), st.sampled_from(["open", "09006", "opened", "2026-03-02", "1", "service", "none"])),
)


@example({"q": "0 \ud7fc"})
@example({"q": "\x00 路" + " " * 58 + "灯"})
@given(addresses)
def test_whatever_an_address_says_is_read_or_let_go(given_: dict[str, str]) -> None:
    """Said again it means the same, and nothing of it is outside what is known."""
    wanted = filters_of(given_)
    assert wanted.state in STATES
    assert filters_of(dict(parse_qsl(wanted.query))) == wanted
    assert len(wanted.q) <= 60
    assert wanted.q.isprintable()
    assert all(not day or day_of(day) for day in (wanted.since, wanted.until))


def test_plain_board_has_a_plain_address() -> None:
    """What is as usual is left out."""
    assert Filters().query == ""
    assert replace(Filters(), overdue=True, q="路 灯").query == "q=%E8%B7%AF+%E7%81%AF&overdue=1"


@pytest.mark.parametrize(
    ("url", "secure"), [("", False), ("http://10.0.0.2:8722/", False), ("https://q.example.org", True)]
)
def test_address_of_the_pages_is_kept_without_its_stroke(url: str, secure: bool) -> None:
    """And says whether cookies go over https alone."""
    found = build({"groups": [], "web": {"url": url}}).web.url
    assert not found.endswith("/")
    assert found.startswith("https://") is secure


SHEETS = {
    file.name: file.read_text(encoding="utf-8") for file in (Path(assets.__file__).parent / "static").glob("*.css")
}
NEWER = re.compile(r"color-mix\(|oklch\(|light-dark\(|@layer|@container|:has\(|&\s*[.:{]")
"""What a desktop of 2020 does not know; where a value has var() in it, a plainer one before it would not help."""


def test_old_desktops_know_what_the_style_sheets_say() -> None:
    """Every hour of the week has its colour there too: a plain one, in the light and in the dark, no two alike."""
    assert set(SHEETS) == {"base.css", "pages.css"}
    assert [found for words in SHEETS.values() for found in NEWER.findall(words)] == []
    steps = dict(re.findall(r"\.s(\d) \{ background: var\(--([\w-]+)\)", SHEETS["pages.css"]))
    assert list(steps) == [str(step) for step in range(1, STEPS + 1)]
    for theme in SHEETS["base.css"].split("prefers-color-scheme: dark")[:2]:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", theme))
        assert len({colours[name] for name in steps.values()}) == STEPS
