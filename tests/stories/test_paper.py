"""On paper: the command line tells what the chat tells; workbook, indicators, report."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from bot import reckoner, summaries, workbook
from bot.__main__ import app
from bot.errors import SettingsRefused
from bot.summaries import Wanted
from models.numbers import Asked
from reading import calendar
from tests.printed import printed
from tests.town import LEADS, QIU, STALL, ZHANG, Town, town_config
from texts import sheet

NASTY = "=1+1 凤鸣路31号门口垃圾堆了一地没人清，电话13912345678，麻烦处理一下"


async def test_workbook_has_all_and_is_guarded(town: Town, tmp_path: Path) -> None:
    """A row a ticket with every field, a second sheet of events; formulas are text, telephones are masked."""
    town.says(QIU, STALL)
    await town.solved()
    town.says(ZHANG, NASTY)
    await town.sees("#2 ")
    await town.quiet()
    file, heard = tmp_path / "a.xlsx", [0, 0]

    def sized(rows: int) -> None:
        heard[0] = rows

    def told(rows: int) -> None:
        heard[1] += rows

    await summaries.export(town.settings, Wanted("今天"), file, sized, told)
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    first, second = book["工单"], book["办理记录"]
    assert [cell.value for cell in first[1]] == list(sheet.TICKETS.values())
    rows = [dict(zip(sheet.TICKETS, (c.value for c in row), strict=True)) for row in first.iter_rows(min_row=2)]
    assert [row["id"] for row in rows] == [1, 2]
    assert rows[0]["officer"] == "白洋"
    assert rows[0]["matter_name"] == "占道经营"
    assert rows[1]["words"].startswith("'=1+1")
    assert "13912345678" not in str([[c.value for c in row] for row in first.iter_rows()])
    assert not [c for row in (*first.iter_rows(), *second.iter_rows()) for c in row if c.data_type == "f"]
    events = await town.rows("SELECT 1 FROM ticket_event")
    assert second.max_row == len(events) + 1
    assert heard == [2 + len(events), 2 + len(events)]
    columns = {row["name"] for row in await _columns(town)}
    told_in = {"group_id": "group", "officer_id": "officer", "reporter_id": "reporter"}
    told_in |= {f"{name}_seconds": f"{name}_minutes" for name in ("accept", "arrive", "resolve")}
    assert {told_in.get(name, name) for name in columns} <= set(sheet.TICKETS)


async def _columns(town: Town) -> list[dict[str, Any]]:
    if town.settings.database.startswith("sqlite"):
        return await town.rows("SELECT name FROM pragma_table_info('ticket')")
    return await town.rows("SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'ticket'")


async def test_indicators_and_picture_come_as_files(town: Town, tmp_path: Path) -> None:
    """The CSV opens in the right letters and names its formulas; the picture is a PNG."""
    town.says(QIU, STALL)
    await town.solved()
    await summaries.export(town.settings, Wanted("今天"), tmp_path / "i.csv", lambda _: None, lambda _: None)
    raw = (tmp_path / "i.csv").read_bytes()
    assert raw.startswith("\ufeff".encode())
    rows = {row[0]: row for row in csv.reader(io.StringIO(raw.decode("utf-8-sig")))}
    assert rows["新开数"][4] == "1"
    assert rows["按期结案率"][1] == "按期结案数 / 应结案数（时限在期内）"
    assert rows["721 管理占比"][2:5] == ["1", "1", "100.0"]
    assert rows["指标"] == ["指标", "公式", "分子", "分母", "数值", "起", "止", "范围"]
    today = str(town.clock.now().astimezone(town.settings.zone).date())
    assert {tuple(row[5:]) for name, row in rows.items() if name != "指标"} == {(today, today, "全部")}
    assert "新开 1 件" in await summaries.text(town.settings, Wanted("今天"), tmp_path / "p.png")
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("week", [True, False])
async def test_report_tells_what_summary_and_indicators_tell(town: Town, tmp_path: Path, week: bool) -> None:
    """Of a week and of a month: the lines of the chat, the rows of the CSV, the squad, the days, the picture."""
    town.says(QIU, STALL)
    await town.solved()
    today = town.clock.now().astimezone(town.settings.zone).date()
    days = calendar.week_of(today) if week else calendar.month_of(today)
    wanted = Wanted(first=str(days.first), last=str(days.last), options={"squad": "三中队"})
    await summaries.report(town.settings, (week, str(today)), wanted.options, tmp_path / "r.pdf")
    told = printed((tmp_path / "r.pdf").read_bytes())
    lines = (await summaries.text(town.settings, wanted)).splitlines()
    assert "新开 1 件" in lines[1]
    assert [line for line in lines[1:] if not told.says(line)] == []
    await summaries.export(town.settings, wanted, tmp_path / "i.csv", lambda _: None, lambda _: None)
    rows = list(csv.reader(io.StringIO((tmp_path / "i.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) > 20
    assert [row for row in rows if not told.says(*row[:5])] == []
    assert {tuple(row[5:]) for row in rows[1:]} == {(str(days.first), str(days.last), "三中队")}
    first, last = (f"{at.year}年{at.month}月{at.day}日" for at in (days.first, days.last))
    assert told.says(f"{first}至{last}")
    assert told.says("三中队", 1, 0)
    assert len(told.pictures) == 1


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted("2月30日"), "2月没有30日"),
        (Wanted(first="2026-02-30"), "日期请写成 2026-03-01 这样"),
        (Wanted(first="2026-03-02", last="2026-03-01"), "起始日期在结束日期之后"),
        (Wanted(first="2999-03-01", last="2999-03-02"), "这段日子还没到"),
        (Wanted("四中队"), "没看懂“四中队”"),
        (Wanted(options={"squad": "四中队"}), "没有叫“四中队”的中队"),
        (Wanted(options={"matter": "没有这种事"}), "没有叫“没有这种事”的事项"),
    ],
)
async def test_what_nobody_knows_gets_a_sentence(town: Town, wanted: Wanted, sentence: str) -> None:
    """It says which word, and what to write instead."""
    with pytest.raises(SettingsRefused, match=sentence):
        await summaries.text(town.settings, wanted)


def test_commands_give_up_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of no known kind, no period chosen: exit code 1, nothing written."""
    config = tmp_path / "c.yaml"
    config.write_text(yaml.safe_dump(town_config() | {"database": f"sqlite:///{tmp_path}/q.db"}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    for words, sentence in (
        (["export", "a.doc"], "请把文件写成 .xlsx"),
        (["report", "a.pdf"], "请选一个"),
        (["report", "a.pdf", "--week", "--at", "2999-03-01"], "这段日子还没到"),
        (["report", "a.pdf", "--month", "--at", "2999-03-01"], "这段日子还没到"),
        (["summary", "2月30日"], "2月没有30日"),
    ):
        done = runner.invoke(app, [*words, "--config", str(config)])
        assert done.exit_code == 1
        assert sentence in done.output
        assert not (tmp_path / "a.pdf").exists()
    done = runner.invoke(app, ["summary", "本月三中队", "--config", str(config)])
    assert done.exit_code == 0
    assert "本月·三中队汇总" in done.output
    done = runner.invoke(app, ["export", "a.csv", "本月", "--config", str(config)])
    assert done.exit_code == 0
    assert (tmp_path / "a.csv").exists()


async def test_chat_is_not_sent_more_than_it_takes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many tickets a sentence says where to export them."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    monkeypatch.setattr(reckoner, "IN_CHAT", 0)
    town.says(5001, "今天怎么样", chat=LEADS)
    answer = await town.sees("今天汇总", LEADS)
    await town.clicks(5001, answer, "导出")
    await town.sees("件数太多", LEADS)
    now = town.clock.now()
    asked = Asked(now - timedelta(days=1), now + timedelta(days=1), now, town.settings.zone)
    assert town.program is not None
    async with town.program.engine.connect() as conn:
        assert await workbook.size(conn, asked) > 1
