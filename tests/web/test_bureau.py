"""The settings: groups, squads, people, what the clock runs by as it is, and nothing to change but canned replies."""

import re
from html import unescape
from pathlib import Path
from typing import Any

from bot.settings import SECRETS, build
from models.holidays import last_known_year
from models.matters import MATTERS
from tests.stories.test_roles import bound
from tests.town import LEAD, LEADS, QIU, STALL, ZHANG, Town
from tests.web.conftest import FORM, Enters

SECTION = re.compile(r'<section class="card" aria-labelledby="(\w+)">(.*?)</section>', re.DOTALL)
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
FACT = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>", re.DOTALL)
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


# --- what the clock runs by ----------------------------------------------------------------------------------------

COVER = "凤鸣路36号门口井盖塌陷，麻烦来修"
"""A manhole that has sunk."""
NIGHT = {"name": "夜班", "periods": ["18:00-20:00", "20:30-24:00"], "days": "every"}
LATE = {"name": "晚班", "periods": ["22:00-06:00"]}
WEEKEND = {"name": "周末班", "periods": ["09:00-17:00"], "days": [1, 6, 7]}
TABLE, FILE = "默认表", "config.yaml"


def facts(part: str) -> dict[str, str]:
    """What stands beside each other, in words."""
    return dict(FACT.findall(re.sub(r"</?bdi>", "", unescape(part))))


async def rules(town: Town, **blocks: Any) -> None:
    """The bot starts anew with these blocks of config.yaml; nothing of its limits is left but what they say."""
    await town.stop_bot()
    found: dict[str, Any] = town.settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    town.settings = build({**found, "limits": {}, **blocks})
    await town.start_bot()


async def parts(town: Town, enters: Enters, path: str = "/settings") -> dict[str, str]:
    """The sections of the page that a lead is shown."""
    one = await enters(LEAD)
    return dict(SECTION.findall(await one.opens(path)))


def limits(parts: dict[str, str]) -> dict[str, list[str]]:
    """The limit and whence it is, by the matter; each stands there once."""
    found = [row for row in rows(parts["limits"].replace("\u00a0", " "))[1:] if len(row) == 3 and row[0] != "事项"]
    assert len({row[0] for row in found}) == len(found)
    return {name: told for name, *told in found}


async def test_limits_of_the_default_table_are_shown_with_their_conditions(town: Town, enters: Enters) -> None:
    """All matters, each once, folded; what a new ticket then gets is what stood there."""
    await rules(town)
    shown = await parts(town, enters)
    found = limits(shown)
    assert found["雨水井盖异常 01003"] == [
        "2紧急工作时；缺失 2紧急工作时；破损 4工作时；弹跳 2天；沉陷 5天", TABLE
    ]  # fmt: skip
    assert found["占道经营 09006"] == ["2紧急工作时", TABLE]
    assert found["其他事项"] == ["3工作日", "程序默认"]
    assert len(found) == len(MATTERS) + 1
    folded = re.search(r"<details(.*?)</details>", shown["limits"], re.DOTALL)
    assert folded
    assert f"{len(MATTERS)} 个" in folded[1]
    assert "街面秩序类" in folded[1]
    town.says(QIU, COVER)
    await town.quiet()
    [ticket] = await town.tickets()
    one = await enters(LEAD)
    assert "5天 · 沉陷" in await one.opens("/tickets/1")
    assert "；沉陷 5天" in found[f"{MATTERS[ticket['matter']].name} {ticket['matter']}"][0]


async def test_limit_that_config_sets_wins_and_says_so(town: Town, enters: Enters) -> None:
    """The whole matter; one condition of it beside the table's; a shift alone, which running hours do not know."""
    await rules(
        town, hours={"shifts": [NIGHT]},
        limits={
            "01003": {"limit": "2工作日", "conditions": {"缺失": "1紧急工作时"}},
            "01001": {"conditions": {"沉陷": "9工作日"}},
            "06029": {"shift": "夜班"}, "09006": {"shift": "夜班"},
            "06003": {"limit": "2小时", "shift": "夜班"},
        },
    )  # fmt: skip
    shown = await parts(town, enters)
    found, named = limits(shown), rows(shown["limits"].split("<details")[0])[1:]
    assert found["雨水井盖异常 01003"] == ["2工作日；缺失 1紧急工作时", FILE], "the table's conditions are gone"
    assert found["供水井盖异常 01001"] == [
        (
            "2紧急工作时（默认表）；沉陷 9工作日（config.yaml）；"
            "缺失 2紧急工作时（默认表）；破损 4工作时（默认表）；弹跳 2天（默认表）"
        ),
        f"{TABLE}、{FILE}",
    ]
    assert found[f"{MATTERS['06003'].name} 06003"] == ["2工作时；按夜班", FILE]
    assert found["占道经营 09006"] == ["2紧急工作时", TABLE]
    assert [row[0].split()[-1] for row in named] == ["01003", "01001", "06029", "09006", "06003", "其他事项"]
    assert len(found) == len(MATTERS) + 1


async def test_limit_for_all_others_takes_the_place_of_the_table(town: Town, enters: Enters) -> None:
    """Then there is no table to unfold, for none of it is used."""
    await rules(town, limits={"default": "5工作日", "09006": "90分钟"})
    shown = await parts(town, enters)
    assert limits(shown) == {"占道经营 09006": ["90分钟", FILE], "其他事项": ["5工作日", FILE]}
    assert "<details" not in shown["limits"]
    assert "不用默认表" in shown["limits"]


async def test_hours_lunch_shifts_and_squads_are_shown(town: Town, enters: Enters) -> None:
    """Of the bureau, of each shift, and by which each squad works."""
    hours = {
        "periods": ["08:30-11:30", "13:00-17:30"], "hours_a_day": 7.5, "weekend": [7],
        "shifts": [NIGHT, LATE, WEEKEND], "squads": {"三中队": "晚班"},
    }  # fmt: skip
    await rules(town, hours=hours, limits={"default": "5工作日"})
    shown = await parts(town, enters)
    work = facts(shown["work"])
    assert work["工作时段"] == "08:30—11:30、13:00—17:30"
    assert work["午休"] == "11:30—13:00"
    assert work["工作日"] == "周一至周六"
    assert work["一个工作日"] == "7.5工作时"
    assert work["节假日"].endswith(f"已知到 {last_known_year()} 年")
    assert "另定放假" not in work
    assert "1 工作日算 7.5 工作时" in shown["limits"]
    assert rows(shown["shifts"])[1:] == [
        ["夜班", "18:00—20:00、20:30—24:00", "每天，节假日也上班"],
        ["晚班", "22:00—次日06:00", "工作日"],
        ["周末班", "09:00—17:00", "周一、周六、周日，节假日也上班"],
    ]
    assert facts(shown["shifts"]) == {"三中队": "晚班"}


async def test_days_of_the_bureaus_own_file_are_shown(town: Town, enters: Enters, tmp_path: Path) -> None:
    """Days off and days worked, those in a row as one; and of which years nobody knows the holidays."""
    year = last_known_year() + 1
    file = tmp_path / "calendar.csv"
    file.write_text(
        f"日期,安排\n2026-03-04,休\n{year}-05-01,休\n{year}-05-03,休\n{year}-05-02,休\n2026-03-07,班\n", "utf-8"
    )
    town.clock.ahead += town.clock.now().replace(year=last_known_year(), month=6, day=1) - town.clock.now()
    await rules(town)
    shown = await parts(town, enters)
    assert f"{year} 年的放假和调休还不知道" in shown["work"]
    await rules(town, hours={"calendar": str(file)})
    shown = await parts(town, enters)
    work = facts(shown["work"])
    assert work["另定放假"] == f"2026-03-04（周三）、{year}-05-01至{year}-05-03"
    assert work["另定上班（调休）"] == "2026-03-07（周六）"
    assert "还不知道" not in shown["work"]
    await rules(town, hours={"holidays": "none"})
    assert facts((await parts(town, enters))["work"])["节假日"] == "不按全国的放假和调休安排"


async def test_who_hears_when_and_the_night_are_shown(town: Town, enters: Enters) -> None:
    """As they are in force: the figures, the chat that was named, the night or that there is none."""
    shown = facts((await parts(town, enters))["steps"])
    assert shown["报局里"] == "到时限的 3 倍，发到带班群"
    assert shown["夜间免打扰"] == "不设，夜里也提醒"
    above = {"quiet": "21:30-06:00", "bureau": LEADS, "lead_at": 1.25, "bureau_at": 4}
    renamed = [one.model_dump(mode="json") for one in town.settings.groups]
    renamed[-1]["name"] = "局办公室"
    await rules(town, escalation=above, groups=renamed)
    shown = facts((await parts(town, enters))["steps"])
    assert shown["快到时限"] == "还剩 1/4 时提醒中队，最多提前 2 小时"
    assert shown["报队长"] == "到时限的 1.25 倍，发到带班群"
    assert shown["报局里"] == "到时限的 4 倍，发到局办公室"
    assert shown["夜间免打扰"].startswith("21:30—次日06:00，")


async def test_clock_of_the_settings_in_english(town: Town, enters: Enters) -> None:
    """Every limit of the table, hours, shifts and steps; what is Chinese there is a shift's name."""
    await rules(town, hours={"shifts": [NIGHT, WEEKEND]}, escalation={"quiet": "22:00-07:00"})
    shown = await parts(town, enters, "/lang/en?back=/settings")
    found = limits(shown)
    assert found["Storm drain manhole 01003"][0].startswith("2 hours, nights too; missing 2 hours, nights too; ")
    whole = "".join(shown[name] for name in ("limits", "work", "shifts", "steps"))
    left = re.sub("夜班|周末班|三中队", "", unescape(whole))
    assert [line for line in left.splitlines() if re.search("[\u3001-\u303f\u4e00-\u9fff\uff01-\uff1f]", line)] == []
    assert rows(shown["shifts"])[2] == ["周末班", "09:00–17:00", "Mon, Sat, Sun, holidays too"]
    assert facts(shown["work"])["Working days"] == "Mon to Fri"
    assert facts(shown["steps"])["Quiet at night"].startswith("22:00–07:00 of the next day; ")
