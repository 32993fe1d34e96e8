"""The page of the settings: groups, squads and people as they are, and nothing to change but canned replies."""

import re
from html import unescape

from tests.stories.test_roles import bound
from tests.town import LEAD, QIU, STALL, ZHANG, Town
from tests.web.conftest import FORM, Enters

SECTION = re.compile(r'<section class="card" aria-labelledby="(\w+)">(.*?)</section>', re.DOTALL)
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
CONTROL = re.compile(r"<(?:input|select|textarea|button)\b")


def rows(part: str) -> list[list[str]]:
    """A table's rows, in words."""
    return [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in CELL.findall(row)] for row in ROW.findall(part)]


async def test_settings_show_groups_squads_and_people(town: Town, enters: Enters) -> None:
    """By name and kind; a squad with what it has in hand, a press away; a person with her role and whence it is."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await bound(town, ZHANG)
    await town.quiet()
    one = await enters(LEAD)
    parts = dict(SECTION.findall(await one.opens("/settings")))
    groups = rows(parts["groups"])
    assert ["郁洲街道城管共建群", "城管+商户", "郁洲街道", "三中队", "在用"] in groups
    assert ["带班群", "带班群", "—", "—", "在用"] in groups
    assert len(groups) == 1 + len(town.settings.groups)
    people = rows(parts["people"])
    assert ["白洋", "队员", "三中队", "配置文件"] in people
    assert ["徐班长", "环卫/工地", "—", "配置文件"] in people
    assert ["老张", "队员", "三中队", "身份码"] in people
    assert not any("邱女士" in row for row in people), "whose shop it is has no office"
    [(href, count)] = re.findall(r'三中队</bdi></b> <a href="([^"]+)">在办 (\d+) 件', parts["squads"])
    assert int(count) == 1
    assert "共 1 件" in await one.opens(unescape(href))


async def test_settings_change_nothing_but_canned_replies(town: Town, enters: Enters) -> None:
    """No form goes elsewhere, and outside the forms there is nothing to fill in or to press."""
    one = await enters(LEAD)
    await one.opens("/settings")
    await one.sends("/settings/replies", words="马上安排", matter="", status="")
    assert {action for action, _ in FORM.findall(one.page)} == {"/settings/replies", "/settings/replies/drop"}
    assert CONTROL.findall(re.sub(r"<form.*?</form>", "", one.page, flags=re.DOTALL)) == []
    parts = dict(SECTION.findall(one.page))
    assert {name for name, part in parts.items() if "<form" in part} == {"replies"}
