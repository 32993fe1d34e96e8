"""Puts the atlas together from what the settings name: maps, gazetteers, shops, and whose beat each street is."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.blocks import PlaceFile
from bot.errors import SettingsRefused
from bot.settings import Settings
from geo.atlas import Atlas
from geo.gazetteer import decoded, entries
from models.said import Point

GRID_DIGITS = 15


def atlas_of(settings: Settings) -> Atlas:
    """The atlas. Raises SettingsRefused with one sentence where a file cannot be read."""
    atlas = Atlas()
    for named in settings.map:
        _take(named, "地图", "map", lambda data, datum: atlas.add_map(json.loads(data), datum))
    for named in settings.gazetteer:
        _take(named, "地名表", "gazetteer", lambda data, datum: atlas.add_entries(entries(decoded(data), datum)))
    for shop in settings.shops:
        if shop.lat is not None and shop.lon is not None:
            point = Point(shop.lat, shop.lon)
            atlas.add_spots([(name, point) for name in (shop.name, shop.address) if name])
    atlas.squads.update(_beats(settings))
    return atlas


def _take(named: PlaceFile, what: str, key: str, add: Callable[[bytes, str], Any]) -> None:
    try:
        add(Path(named.file).read_bytes(), named.datum)
    except OSError:
        raise SettingsRefused(f"打不开{what} {named.file}：请检查 {key} 写的文件名") from None
    except json.JSONDecodeError as error:
        raise SettingsRefused(f"{what} {named.file} 第{error.lineno}行不是合格的 JSON，请重新导出") from None
    except (ValueError, RecursionError) as error:
        raise SettingsRefused(f"{what} {named.file} 读不了：{error}") from None


def _beats(settings: Settings) -> dict[str, str]:
    """Street → squad, as the groups say; a street that two squads serve is nobody's alone."""
    held: dict[str, set[str]] = defaultdict(set)
    for group in settings.groups:
        if group.street and group.squad:
            held[group.street].add(group.squad)
    return {street: next(iter(squads)) for street, squads in held.items() if len(squads) == 1}


def complaints(settings: Settings, atlas: Atlas) -> Iterator[str]:
    """What is not quite right with the maps, in plain sentences; none of it stops the program."""
    odd = [grid.name for grid in atlas.grids if len(grid.name) != GRID_DIGITS or not grid.name.isdecimal()]
    if odd:
        yield f"地图里的网格“{odd[0]}”等{len(odd)}个不是{GRID_DIGITS}位编码：请核对 name"
    squads = {group.squad for group in settings.groups if group.kind == "squad"}
    for street in atlas.streets:
        if street.squad and street.squad not in squads:
            yield f"地图里“{street.name}”的中队“{street.squad}”没有自己的群：请改 squad，或加一个 kind: squad 的群"
    if len(atlas.streets):
        known = {street.name for street in atlas.streets}
        for name in dict.fromkeys(group.street for group in settings.groups if group.street not in {*known, None}):
            yield f"群里写的街道“{name}”不在地图里：请核对 groups 的 street 和地图的 name"
