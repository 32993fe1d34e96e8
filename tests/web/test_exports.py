"""Files from the pages: what is found is what is in them, within her rights, and it is written down."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from bot.settings import Settings
from tests.printed import printed
from tests.squads import two_squads
from tests.town import BAI, LEAD, LEADS, QIU, STALL, ZHANG, ZHOU, Town
from tests.web.conftest import Enters, Visitor
from texts import sheet

LAMP = "苍梧路路灯不亮了，晚上太黑，电话13912345678"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with 二中队, whose lead is 周队; 朱明忠 is named with no squad."""
    return two_squads(settings, {ZHOU: "二中队", LEAD: None})


async def taken(one: Visitor, path: str, **fields: Any) -> bytes:
    """The file behind a button of the page before her."""
    async with one.client.post(one.url + path, data={"token": one.token, **fields}) as answer:
        one.status, one.headers, data = answer.status, answer.headers, await answer.read()
    return data


def rows_of(data: bytes) -> list[dict[str, Any]]:
    """The first sheet, a row a ticket."""
    page = openpyxl.load_workbook(io.BytesIO(data))["工单"]
    return [dict(zip(sheet.TICKETS, (c.value for c in row), strict=True)) for row in page.iter_rows(min_row=2)]


async def looks(town: Town) -> list[str]:
    """What the audit has, in order."""
    return [row["what"] for row in await town.rows("SELECT what FROM audit ORDER BY id")]


async def test_what_is_found_is_what_is_exported(town: Town, enters: Enters) -> None:
    """Searched for lamps, the file has the lamp, masked; with no filters all that is open; each is on record."""
    town.says(QIU, STALL)
    town.says(ZHANG, LAMP)
    await town.sees("#2 ")
    await town.quiet()
    one = await enters(LEAD)
    await one.opens("/?q=路灯")
    assert "导出这些工单" in one.page
    data = await taken(one, "/export", query="q=路灯")
    assert one.status == 200
    assert one.headers["Content-Disposition"].startswith('attachment; filename="qunban-')
    assert int(one.headers["Content-Length"]) == len(data)
    assert one.headers["X-Content-Type-Options"] == "nosniff"
    assert [(row["id"], row["matter_name"]) for row in rows_of(data)] == [(2, "路灯异常")]
    assert "13912345678" not in str(rows_of(data))
    assert [row["id"] for row in rows_of(await taken(one, "/export", query=""))] == [1, 2]
    assert rows_of(await taken(one, "/export", query="q=没有")) == []
    assert await looks(town) == ["sheet", "sheet"], "a row for each of the two who told of something"


async def test_files_keep_to_her_rights(town: Town, enters: Enters) -> None:
    """A lead gets what his form says, of whichever squad; an officer gets no file at all."""
    town.says(QIU, STALL)
    await town.quiet()
    officer, bound = await enters(BAI), await enters(ZHOU)
    assert "导出" not in officer.page
    for path in ("/export", "/figures/xlsx", "/figures/csv", "/figures/pdf"):
        await taken(officer, path, query="")
        assert officer.status == 403, path
    assert await looks(town) == []
    await bound.opens("/figures")
    for squad, found in (("二中队", []), ("三中队", [1])):
        assert [row["id"] for row in rows_of(await taken(bound, "/export", query=f"state=all&squad={squad}"))] == found
        assert [row["id"] for row in rows_of(await taken(bound, "/figures/xlsx", query=f"squad={squad}"))] == found
    assert await looks(town) == ["sheet"], "of the one who told of something"


async def test_figures_come_as_workbook_indicators_and_report(town: Town, enters: Enters) -> None:
    """The days and the part that the page shows; odd kinds are no page."""
    town.says(QIU, STALL)
    town.says(ZHANG, LAMP)
    await town.sees("#2 ")
    await town.quiet()
    one = await enters(LEAD)
    await one.opens("/figures?matter=09006")
    query = "matter=09006"
    assert [row["id"] for row in rows_of(await taken(one, "/figures/xlsx", query=query))] == [1]
    told = (await taken(one, "/figures/csv", query=query)).decode("utf-8-sig")
    [row] = [row for row in csv.reader(io.StringIO(told)) if row[0] == "新开数"]
    assert row[4] == "1"
    assert row[7] == "占道经营"
    report = printed(await taken(one, "/figures/pdf", query=query))
    assert one.headers["Content-Type"] == "application/pdf"
    assert report.says("·占道经营工作报告")
    assert report.says("新开数", "计数", 1)
    await one.opens("/lang/en?back=/figures")
    english = printed(await taken(one, "/figures/pdf", query=query))
    assert english.says("Stall on the road: report")
    assert english.says("Opened", "count", 1)
    assert len(report.pictures) == len(english.pictures) == 1
    await taken(one, "/figures/exe", query=query)
    assert one.status == 404
    assert await looks(town) == ["sheet"], "indicators and report name nobody"


async def test_report_is_called_by_the_name_of_its_days(town: Town, enters: Enters) -> None:
    """What a press on the page chooses, a whole month, else the dates; in the language of the page."""
    today = town.clock.now().astimezone(town.settings.zone).date()
    monday = today - timedelta(days=today.weekday())
    one = await enters(LEAD)
    for language, first, last, title in (
        ("zh", today, today, "今天工作报告"), ("en", today, today, "Today: report"),
        ("zh", monday - timedelta(days=7), monday - timedelta(days=1), "上周工作报告"),
        ("zh", date(2026, 2, 1), date(2026, 2, 28), "2026年2月工作报告"),
        ("zh", date(2026, 2, 3), date(2026, 2, 20), "2026年2月3日至2026年2月20日工作报告"),
        ("en", date(2026, 2, 3), date(2026, 2, 20), "3 Feb 2026–20 Feb 2026: report"),
    ):  # fmt: skip
        await one.opens(f"/lang/{language}?back=/figures")
        paper = printed(await taken(one, "/figures/pdf", query=f"since={first}&until={last}"))
        assert paper.says(title), title


async def test_export_in_the_chat_is_on_record_too(town: Town) -> None:
    """导出 under a lead's figures leaves the same row."""
    town.says(QIU, STALL)
    await town.quiet()
    town.says(LEAD, "汇总 今天", chat=LEADS)
    shown = await town.button("导出", LEADS)
    await town.clicks(LEAD, shown, "导出")
    await town.until(lambda: any("document" in m for m in town.by_bot(LEADS)), "the workbook")
    assert await looks(town) == ["sheet"]
