"""The digests that come by themselves: at their hours, once each, and after a pause only the last of each kind."""

from datetime import datetime
from typing import Any

import pytest

from bot.settings import SECRETS, Settings, build
from tests.printed import printed
from tests.squads import two_squads
from tests.stories.test_asking import data_of, words_of
from tests.town import LEADS, QIU, STALL, Town

SECOND, THIRD = -1003002, -1003003


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The leads' chat with the digests as they come, and another that wants its own hour and nothing else."""
    found: dict[str, Any] = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    for group in found["groups"]:
        group.pop("digests")
    other = {"daily": "17:00", "weekly": "off", "monthly": False}
    found["groups"].append({"chat": SECOND, "name": "值班室", "kind": "leads", "digests": other})
    found["escalation"] = {"quiet": "22:00-07:00"}
    return build(found)


@pytest.fixture
def hour() -> str:
    """A Saturday afternoon, the last of February: Sunday is the first of a month, then comes a Monday."""
    return "2026-02-28 16:30"


def digests(town: Town, chat: int = LEADS) -> list[str]:
    """The first lines of what came."""
    return [text.splitlines()[0] for text in town.texts(chat) if text.splitlines()[0].endswith("汇总")]


async def test_each_comes_at_its_hour_once(town: Town) -> None:
    """Daily at six, on the first at eight the month, on Monday at eight the week; the other chat at five alone."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.later(minutes=31)
    await town.sees("每日（2月27日17:00—2月28日17:00）汇总", SECOND)
    assert digests(town) == []
    await town.later(hours=1)
    told = await town.sees("每日（2月27日18:00—2月28日18:00）汇总", LEADS)
    assert "新开 1 件" in told["caption"]
    for _ in range(16):
        await town.later(hours=1)
    await town.sees("2026年2月汇总", LEADS)
    for _ in range(24):
        await town.later(hours=1)
    await town.quiet()
    assert digests(town) == [
        "每日（2月27日18:00—2月28日18:00）汇总", "2026年2月汇总", "每日（2月28日18:00—3月1日18:00）汇总",
        "上周（2月23日—3月1日）汇总",
    ]  # fmt: skip
    assert len(digests(town, SECOND)) == 2
    papers = [m["document"]["file_name"] for m in town.by_bot(LEADS) if "document" in m]
    assert papers == ["report-20260201.pdf", "report-20260223.pdf"], "the month and the week come on paper too"


class TestOfAPart:
    """A group may have the figures of one squad, or of one street."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Two squads; the second leads' chat is 二中队's, a third one 凤凰街道's."""
        found = two_squads(settings).model_dump(mode="json", exclude=set(SECRETS.values()))
        for group in found["groups"]:
            if group["chat"] == SECOND:
                group["digests"] |= {"squad": "二中队"}
        of = {"daily": "17:00", "weekly": "08:00", "monthly": "off", "street": "凤凰街道"}
        found["groups"].append({"chat": THIRD, "name": "凤凰值班", "kind": "leads", "digests": of})
        return build(found)

    async def test_digest_counts_the_part_alone(self, town: Town) -> None:
        """All count one ticket; neither that squad nor that street has any."""
        town.says(QIU, STALL)
        await town.sees("#1 ")
        await town.later(minutes=31)
        for chat, name in ((SECOND, "二中队"), (THIRD, "凤凰街道")):
            told = await town.sees(f"每日（2月27日17:00—2月28日17:00）·{name}汇总", chat)
            assert "新开 0 件" in words_of(told)
        await town.later(hours=1)
        assert "新开 1 件" in words_of(await town.sees("每日（2月27日18:00—2月28日18:00）汇总", LEADS))

    async def test_report_is_of_the_part_too(self, town: Town) -> None:
        """The paper that comes on Monday names it."""
        town.says(QIU, STALL)
        await town.sees("#1 ")
        await at(town, "2026-03-02 08:01")
        paper = await town.sees("工作报告", THIRD)
        report = printed(data_of(town, paper))
        assert report.says("凤凰街道")
        assert report.says("新开数", "计数", 0)
        whole = next(m for m in reversed(town.by_bot(LEADS)) if "document" in m)
        assert not printed(data_of(town, whole)).says("凤凰街道工作报告")


class TestMonday:
    """The printed week is ready at eight."""

    @pytest.fixture
    def hour(self) -> str:
        """A Sunday evening, after the day's digest."""
        return "2026-03-08 18:30"

    async def test_week_and_its_report_are_there_at_eight(self, town: Town) -> None:
        """Nothing a minute before; a minute after both name last week, and the paper tells what the chat tells."""
        town.says(QIU, STALL)
        await town.sees("#1 ")
        await at(town, "2026-03-09 07:59")
        assert digests(town) == []
        assert not any("document" in message for message in town.by_bot(LEADS))
        await at(town, "2026-03-09 08:01")
        told = await town.sees("上周（3月2日—3月8日）汇总", LEADS)
        paper = await town.sees("上周（3月2日—3月8日）工作报告", LEADS)
        assert paper["document"]["file_name"] == "report-20260302.pdf"
        report = printed(data_of(town, paper))
        assert report.says("2026年3月2日至2026年3月8日")
        lines = told["caption"].splitlines()[1:]
        assert "新开 1 件" in lines[0]
        assert [line for line in lines if not report.says(line)] == []


async def at(town: Town, words: str) -> None:
    """The bureau's clock goes on to this time, and all that is then due is done."""
    wanted = datetime.fromisoformat(words).replace(tzinfo=town.settings.zone)
    await town.later(seconds=(wanted - town.clock.now()).total_seconds())
    await town.quiet()


async def test_bot_was_away_and_brings_only_the_last_of_each(town: Town) -> None:
    """Nine days later, in the night: nothing at once, one of each kind in the morning, and then as ever."""
    await town.quiet()
    await town.stop_bot()
    town.turn(days=9, hours=7)
    await town.start_bot()
    await town.later(minutes=1)
    await town.quiet()
    assert digests(town) == []
    await town.later(hours=8)
    await town.sees("每日（3月8日18:00—3月9日18:00）汇总", LEADS)
    await town.quiet()
    assert sorted(digests(town)) == sorted(
        ["上周（3月2日—3月8日）汇总", "2026年2月汇总", "每日（3月8日18:00—3月9日18:00）汇总"]
    )
    await town.stop_bot()
    await town.start_bot()
    await town.later(hours=10)
    await town.quiet()
    assert len(digests(town)) == 3
    await town.later(hours=2)
    await town.sees("每日（3月9日18:00—3月10日18:00）汇总", LEADS)


async def test_another_hour_in_the_file_is_the_next_one(town: Town) -> None:
    """Started anew with another hour nothing comes twice; what is off comes no more."""
    await town.later(hours=2)
    await town.sees("每日（2月27日18:00—2月28日18:00）汇总", LEADS)
    await town.quiet()
    await town.stop_bot()
    found: dict[str, Any] = town.settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    for group in found["groups"]:
        if group["chat"] == LEADS:
            group["digests"] = {"daily": "20:30", "weekly": "off", "monthly": "off"}
    town.settings = build(found)
    await town.start_bot()
    await town.later(hours=3)
    await town.sees("每日（2月27日20:30—2月28日20:30）汇总", LEADS)
    await town.later(hours=36)
    await town.quiet()
    assert not any(name.startswith(("上周", "2026年")) for name in digests(town))
    rows = await town.rows("SELECT key FROM due_job WHERE kind = 'digest'")
    assert len(rows) == 2
