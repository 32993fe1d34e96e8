"""Maps and gazetteers of the settings: one or several files, each in its datum; what is wrong is said in a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsRefused
from bot.maps import atlas_of, complaints
from bot.settings import Settings, build
from geo import datums
from models.metres import metres
from models.said import Point
from tests.town import town_config

HERE = (34.5937, 119.2213)
RING = [[119.2, 34.5], [119.3, 34.5], [119.3, 34.6], [119.2, 34.6], [119.2, 34.5]]


def collection(*features: tuple[str, str, Any]) -> str:
    """A map: kind, name, outline; and a squad that nobody is."""
    made = [
        {
            "properties": {"kind": kind, "name": name, "squad": "九中队"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for kind, name, ring in features
    ]
    return json.dumps({"features": made})


def settings(**changes: Any) -> Settings:
    """The demonstration's settings with these."""
    return build({**town_config(), **changes})


def written(folder: Path, name: str, words: str | bytes) -> str:
    """A file with these words; its name."""
    path = folder / name
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return str(path)


def test_one_file_several_and_another_datum_are_written_alike(tmp_path: Path) -> None:
    """A string, a list, a block."""
    plain = written(tmp_path, "a.geojson", collection(("street", "甲街道", RING)))
    other = written(tmp_path, "b.geojson", collection(("grid", "320706001001001", RING)))
    gcj = datums.wgs_to_gcj(*HERE)
    table = written(tmp_path, "c.csv", f"名称,纬度,经度\n某小区,{gcj[0]},{gcj[1]}\n".encode("gb18030"))
    assert atlas_of(settings(map=plain)).street_at(Point(34.55, 119.25)) == "甲街道"
    assert len(atlas_of(settings(map=None)).streets) == 0
    made = settings(map=[plain, {"file": other, "datum": "GCJ-02"}], gazetteer={"file": table, "datum": "GCJ-02"})
    atlas = atlas_of(made)
    assert atlas.street_at(Point(34.55, 119.25)) == "甲街道"
    assert atlas.grid_at(Point(34.55, 119.25)) == "320706001001001"
    found = atlas.find("某小区")
    assert found is not None
    assert found.point is not None
    assert metres(found.point, Point(*HERE)) < 1


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("map", None, "打不开地图 {file}：请检查 map 写的文件名"),
        ("gazetteer", None, "打不开地名表 {file}：请检查 gazetteer 写的文件名"),
        ("map", '{"features": [\n', "地图 {file} 第2行不是合格的 JSON，请重新导出"),
        ("map", "[]", "地图 {file} 读不了：不是 GeoJSON 的 FeatureCollection"),
        ("map", '{"a": ' * 100_000, "地图 {file} "),
        ("gazetteer", "名称,纬度,经度\n甲,x,1\n", "地名表 {file} 读不了：第2行“甲”的纬度、经度、半径要写数字"),
        ("gazetteer", b"\xff\xfe\x00\xd8", "地名表 {file} 读不了："),
    ],
)
def test_file_that_cannot_be_read_is_named(tmp_path: Path, key: str, words: str | bytes | None, sentence: str) -> None:
    """Which one, and what to do."""
    file = str(tmp_path / "none") if words is None else written(tmp_path, "some", words)
    with pytest.raises(SettingsRefused) as refused:
        atlas_of(settings(**{key: file}))
    assert str(refused.value).startswith(sentence.format(file=file))


def test_check_tells_codes_squads_and_streets_that_do_not_fit(tmp_path: Path) -> None:
    """None of them stops the program."""
    drawn = collection(("street", "甲街道", RING), ("grid", "3207", RING))
    made = settings(map=written(tmp_path, "a.geojson", drawn))
    told = "\n".join(complaints(made, atlas_of(made)))
    assert "网格“3207”等1个不是15位编码" in told
    assert "“甲街道”的中队“九中队”没有自己的群" in told
    assert "群里写的街道“郁洲街道”不在地图里" in told
    assert list(complaints(settings(), atlas_of(settings()))) == []


def test_example_of_lianyungang_can_be_named_as_it_is() -> None:
    """As config.yaml shows it."""
    assert atlas_of(settings(gazetteer="examples/lianyungang.csv")).find("海州区") is not None
