"""Hours, shifts, holidays and limits as the settings say them: what is read, refused, and soon missing."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.calendars import calendars_of
from bot.check import reminders
from bot.errors import SettingsRefused
from bot.rules import timetable_of
from bot.settings import Settings, build
from models.holidays import days_in, last_known_year
from models.limits import Timing, choose, table
from models.matters import MATTERS
from models.rows import Ticket
from models.worktime import parse_limit

NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
SHIFTS = [
    {"name": "夜班", "periods": ["18:00-02:00"], "days": "every"},
    {"name": "周末班", "periods": ["09:00-12:00"], "days": [6, 7]},
    {"name": "早班", "periods": ["05:00-08:00"]},
]


def settings(**blocks: Any) -> Settings:
    """A bureau of no groups."""
    return build({"groups": [], **blocks})


def test_shifts_have_days_of_their_own() -> None:
    """Every day, days of the week, or the bureau's working days."""
    found = calendars_of(settings(hours={"shifts": SHIFTS}))
    assert set(found) == {"", "夜班", "周末班", "早班"}
    monday, saturday, holiday = date(2026, 3, 2), date(2026, 3, 7), date(2026, 10, 1)
    worked = {name: [one.works_on(day) for day in (monday, saturday, holiday)] for name, one in found.items()}
    assert worked == {
        "": [True, False, False], "夜班": [True, True, True], "周末班": [False, True, False],
        "早班": [True, False, False],
    }  # fmt: skip
    assert found["夜班"].periods == ((time(18), time(2)),)


def test_bureau_elsewhere_has_its_own_weekend_and_no_chinese_holidays() -> None:
    """Friday and Saturday off, National Day worked."""
    [own] = calendars_of(settings(hours={"weekend": [5, 6], "holidays": "none"})).values()
    days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3), date(2026, 10, 4)]
    assert [own.works_on(day) for day in days] == [True, False, False, True]


def test_bureaus_file_goes_before_the_national_calendar(tmp_path: Path) -> None:
    """It adds years that nobody knows yet, and changes days that are known; Excel's encoding is read too."""
    file = tmp_path / "calendar.csv"
    file.write_bytes("日期,安排,说明\n2026-10-01,班,值守\n2027/1/1,休,元旦\n".replace("1/1", "01/01").encode("gb18030"))
    [own] = calendars_of(settings(hours={"calendar": str(file)})).values()
    assert own.works_on(date(2026, 10, 1))
    assert not own.works_on(date(2027, 1, 1))
    assert not own.works_on(date(2026, 10, 2))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "第1行要有表头 日期 和 安排"),
        ("日期,说明\n2027-01-01,元旦\n", "第1行要有表头"),
        ("日期,安排\n明年元旦,休\n", "第2行的日期“明年元旦”看不懂"),
        ("日期,安排\n2027-01-01,半天\n", "第2行的安排“半天”看不懂，请写 休 或 班"),
        ("日期,安排\n2027-01-01,休\n\n2027-01-01,班\n", "第4行的 2027-01-01 前面写过别的安排"),
    ],
)
def test_file_that_cannot_be_read_says_which_line(text: str, sentence: str, tmp_path: Path) -> None:
    """The program does not start with half a calendar."""
    with pytest.raises(ValueError, match=sentence):
        days_in(text)
    file = tmp_path / "c.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsRefused, match=f"日历 .*{sentence}"):
        calendars_of(settings(hours={"calendar": str(file)}))


def test_example_file_can_be_read() -> None:
    """What is shipped to be copied."""
    assert days_in((Path(__file__).parents[2] / "examples" / "calendar.csv").read_text(encoding="utf-8"))


def test_next_year_that_nobody_knows_is_told_of(tmp_path: Path) -> None:
    """Until the library or the bureau's file knows it; a bureau without these holidays need not care."""
    last = last_known_year()
    now = NOW.replace(year=last)
    [told] = reminders(settings(), now)
    assert told.startswith(f"{last + 1}年的放假和调休还不知道")
    assert len(reminders(settings(), NOW.replace(year=last + 1))) == 2
    assert reminders(settings(), NOW.replace(year=last - 1)) == []
    assert reminders(settings(hours={"holidays": "none"}), now) == []
    file = tmp_path / "c.csv"
    file.write_text(f"日期,安排\n{last + 1}-01-01,休\n", encoding="utf-8")
    assert reminders(settings(hours={"calendar": str(file)}), now) == []
    assert reminders(settings(hours={"calendar": str(tmp_path / "none.csv")}), now) == []


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ({"hours": {"periods": ["08:00-12:00", "11:00-15:00"]}}, "工作时段“11:00-15:00”和前一段重叠"),
        ({"hours": {"periods": ["14:00-18:00", "08:00-12:00"]}}, "和前一段重叠，请按先后写"),
        ({"hours": {"periods": ["08:00-08:00"]}}, "开始和结束一样"),
        ({"hours": {"shifts": [{"name": "夜", "periods": ["22:00-06:00", "05:00-07:00"]}]}}, "和前一段重叠"),
        ({"hours": {"shifts": [{"name": "夜", "periods": []}]}}, "periods"),
        ({"hours": {"shifts": [SHIFTS[0], SHIFTS[0]]}}, "hours.shifts 里的“夜班”写了两次"),
        ({"hours": {"shifts": [{**SHIFTS[1], "days": [0]}]}}, "星期“0”不对"),
        ({"hours": {"squads": {"三中队": "夜班"}}}, "hours.squads 里的班次“夜班”不在 hours.shifts 里"),
        ({"hours": {"shifts": SHIFTS, "squads": {"九中队": "夜班"}}}, "hours.squads 里的中队“九中队”没有自己的群"),
        ({"limits": {"06029": {"limit": "2工作时", "shift": "夜班"}}}, "limits 里 06029 的班次“夜班”不在 hours.shifts"),
        ({"limits": {"01001": {"conditions": {"缺失": "马上"}}}}, "时限“马上”看不懂"),
        ({"limits": {"99999": "1工作日"}}, "limits 里的事项 99999 不认识"),
        ({"escalation": {"bureau": -5}}, "escalation.bureau 写的群 -5 不在 groups 的带班群"),
        ({"escalation": {"quiet": "07:00-07:00"}}, "夜间免打扰“07:00-07:00”看不懂"),
        ({"escalation": {"quiet": "夜里"}}, "夜间免打扰“夜里”看不懂，请写成 22:00-07:00"),
        ({"groups": [{"chat": -1, "name": "带班", "kind": "leads", "digests": {"daily": "晚"}}]}, "定时汇总的时间“晚”"),
        ({"groups": [{"chat": -1, "name": "街", "kind": "sites", "digests": {"daily": "17:00"}}]}, "不是带班群"),
    ],
)  # fmt: skip
def test_wrong_hours_are_refused_in_one_sentence(blocks: dict[str, Any], sentence: str) -> None:
    """Which, and what to write instead."""
    with pytest.raises(SettingsRefused) as refused:
        settings(**blocks)
    assert sentence in str(refused.value)


def test_yaml_without_quotes_means_what_it_says() -> None:
    """18:00 without quotes is a number to YAML, and off is no."""
    leads = {"chat": -1, "name": "带班", "kind": "leads", "digests": {"daily": 18 * 60 + 30, "weekly": False}}
    [group] = settings(groups=[leads]).groups
    assert (group.digests.daily, group.digests.weekly, group.digests.monthly) == ("18:30", False, "08:00")


@pytest.mark.parametrize(
    ("own", "matter", "words", "limit", "condition"),
    [
        ({}, "01003", "雨水井盖没了", "2紧急工作时", "缺失"),
        ({}, "01003", "雨水井盖一压就响", "2天", "弹跳"),
        ({}, "01003", "雨水井盖有问题", "2紧急工作时", ""),
        ({}, "06010", "垃圾没人清", "4小时", ""),
        ({}, None, "想问一下", "3工作日", ""),
        ({"default": Timing("5工作日")}, "01003", "雨水井盖没了", "5工作日", ""),
        ({"01003": Timing("1紧急工作时")}, "01003", "雨水井盖一压就响", "1紧急工作时", ""),
        ({"01003": Timing(conditions={"弹跳": "1工作日"})}, "01003", "雨水井盖一压就响", "1工作日", "弹跳"),
        ({"01003": Timing(conditions={"弹跳": "1工作日"})}, "01003", "雨水井盖没了", "2紧急工作时", "缺失"),
        ({"06010": Timing("2小时", {"建筑垃圾": "2工作日"})}, "06010", "建筑垃圾堆在路口", "2工作日", "建筑垃圾"),
        ({"06010": Timing("2小时", {"建筑垃圾": "2工作日"})}, "06010", "垃圾堆在路口", "2小时", ""),
    ],
)  # fmt: skip
def test_bureaus_own_figure_goes_before_the_table(
    own: dict[str, Timing], matter: str | None, words: str, limit: str, condition: str
) -> None:
    """For the condition, for the matter, for all; then the example table in the same order."""
    chosen = choose(own, matter, words)
    assert (chosen.words, chosen.condition) == (limit, condition)


def test_every_row_of_the_table_can_be_read_and_names_its_source() -> None:
    """Matters that there are, limits that can be counted, words to know the condition by."""
    assert len(table()) > 25
    for matter, rows in table().items():
        assert matter in MATTERS
        assert len({row.name for row in rows}) == len(rows)
        for row in rows:
            assert parse_limit(row.limit).hours > 0
            assert row.words
            assert row.source


def test_squads_hours_and_a_matters_shift() -> None:
    """A squad's limits run by its shift, unless the matter names another; on duty it may be spoken to at night."""
    hours = {"shifts": SHIFTS, "squads": {"三中队": "夜班"}}
    groups = [{"chat": -1, "name": "三中队", "kind": "squad", "squad": "三中队"}]
    timetable = timetable_of(settings(groups=groups, hours=hours, limits={"06012": {"shift": "早班"}}))
    ticket = Ticket(1, 1, "1", 1, NOW, NOW, matter="06010", squad="三中队")
    assert timetable.rule_for(ticket).shift == "夜班"
    ticket.matter = "06012"
    assert timetable.rule_for(ticket).shift == "早班"
    ticket.squad = "二中队"
    assert timetable.rule_for(ticket).shift == "早班"
    midnight = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    assert timetable.quiet_until(midnight, "三中队") is None
    assert timetable.quiet_until(midnight, "二中队") == datetime(2026, 3, 2, 23, tzinfo=UTC)
    assert timetable.quiet_until(midnight) == datetime(2026, 3, 2, 23, tzinfo=UTC)
    assert timetable.quiet_until(NOW) is None
