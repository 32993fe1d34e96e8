"""Every page in English: whatever is Chinese on it is a name, or the words of people."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bot.settings import SECRETS, Settings, build
from tests.town import LEAD, MERCHANTS, QIU, SQUAD, STALL, Town
from tests.web.conftest import Visitor, link_for
from tests.web.test_parts import SQUARE
from web.routes import ROUTES

CHINESE = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff01-\uff1f]")
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
OFFERED = re.compile(r'(?<=<option )value="[^"]*"')
"""What a form sends, and nobody sees."""
MASKED = re.compile(r".\*\*")
COVER, LAMP, BIN = (
    "凤鸣路36号门口井盖松动，车一压就响，麻烦来修",
    "路灯不亮了，晚上太黑",
    "垃圾桶满了，没人收，麻烦来清一下",
)
REPLY, MEMO = "马上派人来", "摊主是熟人"
"""What people said; the first is a matter with conditions."""
ENGLISH = {"Accept-Language": "en", "User-Agent": "Mozilla/5.0 (iPhone) Safari/604.1 MicroMessenger/8.0"}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """A road to be near to, and limits by condition and shift."""
    found: dict[str, Any] = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    (tmp_path / "map.geojson").write_text(json.dumps(SQUARE), encoding="utf-8")
    found["map"] = str(tmp_path / "map.geojson")
    found["hours"]["shifts"] = [{"name": "夜班", "periods": ["18:00-23:00"]}]
    limits = {"limit": "2紧急工作时", "conditions": {"沉陷": "5工作日", "弹跳": "4工作时"}, "shift": "夜班"}
    found["limits"] |= {"01023": limits}
    return build(found)


def foreign(town: Town, page: str, said: set[str]) -> list[str]:
    """What of a page is neither English nor a name."""
    whole = ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), unescape(OFFERED.sub("", page)))
    here = town.settings
    names = {one.name for one in (*here.people, *here.groups)} | {one.squad or "" for one in here.groups}
    names |= {part or "" for shop in here.shops for part in (shop.name, shop.person, shop.address)}
    names |= {"中文", "夜班", "郁洲街道", "凤鸣路", here.bureau.name, *(one.street or "" for one in here.groups)}
    for name in sorted({*names, *said} - {""}, key=len, reverse=True):
        whole = whole.replace(name, "")
    return [line for line in MASKED.sub("", whole).splitlines() if CHINESE.search(line)]


async def told(town: Town) -> None:
    """#1 is erased, #2 has a condition, #3 and #4 stand near a road; somebody wrote a reply and a memo."""
    town.says(QIU, STALL)
    await town.solved()
    await town.clicks(QIU, await town.button("满意", MERCHANTS), "满意")
    await town.later(days=800)
    await town.sees_rows("SELECT id FROM ticket WHERE erased_at IS NOT NULL")
    town.says(QIU, COVER)
    await town.button("接单", SQUAD)
    one, other = town.strangers(2)
    for number, who, words in ((3, one, LAMP), (4, other, BIN)):
        town.says(who, words)
        await town.sees_rows("SELECT id FROM ticket WHERE id = :n", n=number)
        town.pins(who, 34.5901, 119.22)
        await town.sees_rows("SELECT id FROM ticket WHERE id = :n AND near = '凤鸣路附近'", n=number)
        await town.quiet()


async def enters(town: Town, one: Visitor) -> None:
    """A lead whose browser wants English."""
    one.client.headers.update(ENGLISH)
    await one.opens(await link_for(town, LEAD))
    await one.sends("/login")
    await one.opens("/settings")
    await one.sends("/settings/replies", words=REPLY, matter="01023", status="dispatched")
    await one.opens("/tickets/2")
    await one.sends("/tickets/2/memo", words=MEMO)


async def test_english_pages_are_english(town: Town, visitor: Callable[[], Visitor]) -> None:
    """Every page that can be opened, those of four tickets, what is refused, and the door."""
    await told(town)
    stranger, one = visitor(), visitor()
    stranger.client.headers.update(ENGLISH)
    await enters(town, one)
    pieces = {row[name] or "" for row in await town.tickets() for name in ("place", "party")}
    said = {COVER, LAMP, BIN, REPLY, MEMO, *pieces}
    paths = [route.path for route in ROUTES if route.method == "GET" and "{" not in route.path]
    paths += [f"/tickets/{number}" for number in range(1, 5)] + ["/?state=all", "/tickets/99"]
    shown = {path: await one.opens(path) for path in paths}
    for who, path in ((stranger, "/"), (stranger, await link_for(town, LEAD))):
        shown[f"{path} as nobody"] = await who.opens(path)
    assert {path: left for path, page in shown.items() if (left := foreign(town, page, said))} == {}
    for path, words in {
        "/tickets/1": "erased",
        "/?state=all": "<bdi>erased</bdi>",
        "/tickets/2": "4 working hours · rattling",
        "/tickets/3": "near 凤鸣路",
        "/map": "near 凤鸣路",
        "/map/points.json": "near 凤鸣路",
        "/figures": "near 凤鸣路",
        "/settings": "2 hours, nights too; sunken 5 working days; rattling 4 working hours; 夜班 hours",
        "/me": "WeChat · iPhone",
    }.items():
        assert words in shown[path], path
