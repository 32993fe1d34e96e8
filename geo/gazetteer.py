"""Reads a gazetteer: a table of names that a clerk keeps in a spreadsheet and saves as CSV."""

import csv
import io
import re

from geo.datums import to_wgs84
from geo.spots import Spot
from models.said import Point

COLUMNS = {
    "name": ("名称", "name"),
    "aliases": ("别名", "aliases"),
    "kind": ("类别", "kind"),
    "lat": ("纬度", "lat"),
    "lon": ("经度", "lon"),
    "radius": ("半径", "radius"),
    "datum": ("坐标系", "datum"),
}
KINDS = {
    "区县": ("district", None),
    "街道": ("street", None),
    "道路": ("road", 800.0),
    "路口": ("crossing", 60.0),
    "门牌": ("house", 30.0),
    "小区": ("estate", 200.0),
    "学校": ("school", 150.0),
    "公交站": ("stop", 60.0),
    "市场": ("market", 120.0),
    "医院": ("hospital", 150.0),
    "公园": ("park", 300.0),
    "店铺": ("shop", 30.0),
    "单位": ("office", 100.0),
    "地点": ("place", 100.0),
}
"""What the clerk may write under 类别: the word of the code, and the radius where she gives none."""
WORDS = {kind: name for name, (kind, _) in KINDS.items()}
BETWEEN = re.compile(r"[|、;；/]")
Entry = tuple[Spot, tuple[str, ...]]


def decoded(data: bytes) -> str:
    """The text of a file from a spreadsheet: UTF-8, or what Chinese Windows saves. Raises ValueError."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("的文字编码不认识，请另存为 UTF-8 的 CSV")


def entries(text: str, datum: str = "WGS-84") -> list[Entry]:
    """The places of a CSV with their other names, WGS-84. Raises ValueError with a sentence that names the line."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows:
        raise ValueError("是空的，请照 examples/lianyungang.csv 的样子写")
    heads = [head.strip() for head in rows[0]]
    at = {key: heads.index(name) for key, names in COLUMNS.items() for name in names if name in heads}
    missing = [COLUMNS[key][0] for key in ("name", "lat", "lon") if key not in at]
    if missing:
        raise ValueError(f"第1行要有表头：缺 {'、'.join(missing)}")
    found = []
    for number, row in enumerate(rows[1:], 2):
        cells = {key: row[place].strip() for key, place in at.items() if place < len(row)}
        if cells.get("name") and not cells["name"].startswith("#"):
            found.append(_entry(cells, number, datum))
    return found


def _entry(cells: dict[str, str], number: int, datum: str) -> Entry:
    called = f"第{number}行“{cells['name']}”"
    word = cells.get("kind") or "地点"
    name = WORDS.get(word, word)
    if name not in KINDS:
        raise ValueError(f"{called}的类别“{word}”不认识，可以写 {'、'.join(KINDS)}")
    kind, usual = KINDS[name]
    try:
        lat, lon = float(cells.get("lat", "")), float(cells.get("lon", ""))
        radius = float(cells["radius"]) if cells.get("radius") else usual
        point = to_wgs84(Point(lat, lon, cells.get("datum") or datum, radius))
    except ValueError as error:
        raise ValueError(_why(error, called)) from None
    if not (abs(point.lat) <= 90 and abs(point.lon) <= 180) or (radius is not None and not 0 < radius < 100_000):  # noqa: PLR2004 - the earth, a county
        raise ValueError(f"{called}的经纬度或半径超出范围：纬度在前 34.59，经度 119.22，半径写米数")
    return Spot(cells["name"], point, kind), tuple(
        filter(None, map(str.strip, BETWEEN.split(cells.get("aliases", ""))))
    )


def _why(error: ValueError, called: str) -> str:
    """The datum's own sentence, else that a figure is none."""
    told = str(error)
    return f"{called}：{told}" if told.startswith("坐标系") else f"{called}的纬度、经度、半径要写数字，例如 34.5937"
