"""The doctor finds what drifted apart, says it plainly and mends it."""

import asyncio
import inspect
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import drift
from bot.archive import place_of
from bot.doctor import Told, examine
from tests.sights import labels
from tests.town import BAI, JING, LEADS, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"
LAMP = "苍梧路9号门口路灯坏了好几天，晚上黑漆漆的，麻烦来修一下"


async def examined(town: Town, *, repair: bool = False) -> Told:
    """What the doctor says of the town."""
    return await examine(town.settings, None, repair=repair, clock=town.clock)


async def break_it(town: Town, *statements: str) -> None:
    """Do to the tables what nobody should; SQLite is told not to look."""
    assert town.program is not None
    async with town.program.engine.connect() as conn:
        if conn.dialect.name == "sqlite":
            await conn.execution_options(changes_tables=True)
        async with conn.begin():
            for statement in statements:
                await conn.execute(text(statement))
        await conn.invalidate()


async def test_healthy_town_has_no_findings_at_any_stage(town: Town) -> None:
    """Opened, taken, solved, disputed, solved by hand, taken back: nothing is wrong."""
    assert (await examined(town)).sound
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    assert (await examined(town)).lines[0] == "✓ 数据库和照片都对得上"
    result = await town.solved()
    await town.quiet()
    assert (await examined(town)).sound
    await town.clicks(QIU, result, "没解决")
    await town.quiet()
    assert (await examined(town)).sound
    town.says(JING, RUBBISH)
    receipt = await town.sees("#2 ")
    await town.quiet()
    town.says(BAI, "已处理好了", reply_to=receipt["message_id"])
    await town.quiet()
    town.says(ZHANG, LAMP)
    receipt = await town.sees("#3 ")
    await town.clicks(ZHANG, receipt, "不是报事")
    await town.quiet()
    told = await examined(town)
    assert told.lines[0] == "✓ 数据库和照片都对得上"
    assert told.sound


HALF_SENT = (
    "UPDATE outbox SET state = 'sending', sent_at = '2026-01-01 00:00:00+00' "
    "WHERE id = (SELECT max(id) FROM outbox WHERE kind = 'card')"
)
ASKED = (
    "INSERT INTO advice (id, group_id, message, person_id, made_at, hash, body, keys, state, asks, asked_at) VALUES "
    "(1, 1, '1', 1, '2026-01-01 00:00:00+00', 'h', '{}', '{}', 'asked', 1, '2026-01-01 00:00:00+00')"
)
FAULTS: dict[str, tuple[list[str], str]] = {
    "receipt": (
        ["DELETE FROM outbox WHERE card_id IN (SELECT id FROM card WHERE kind = 'receipt')",
         "DELETE FROM card WHERE kind = 'receipt'"],
        "有1件工单没有回执（工单 1）",
    ),
    "dispatch": (
        ["DELETE FROM outbox WHERE card_id IN (SELECT id FROM card WHERE kind = 'dispatch')",
         "DELETE FROM card WHERE kind = 'dispatch'"],
        "有1件已派的工单没有派单卡片（工单 1）",
    ),
    "never sent": (
        ["DELETE FROM outbox WHERE kind = 'card'", "UPDATE card SET message = NULL WHERE kind = 'dispatch'"],
        "有1张卡片从没发出去（卡片 2）",
    ),
    "reminders": (["DELETE FROM due_job"], "有1件工单到时限没有提醒（工单 1）"),
    "stuck sending": ([HALF_SENT], "有1条回复发到一半停住了"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_drifted_is_found_told_and_mended(town: Town, fault: str) -> None:
    """Found without --repair and left; with it mended; after it nothing is found, and the card can be pressed."""
    statements, sentence = FAULTS[fault]
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    await break_it(town, *statements)
    first = await examined(town)
    assert not first.sound
    assert any(sentence in line and line.startswith("✗") for line in first.lines)
    second = await examined(town, repair=True)
    assert second.sound
    assert any(line.startswith("✓ 修好了：") and sentence in line for line in second.lines)
    assert town.program is not None
    town.program.outbox_bell.ring()
    await town.quiet()
    assert (await examined(town)).lines[0] == "✓ 数据库和照片都对得上"
    assert any("不是报事" in labels(m) for m in town.by_bot(MERCHANTS))
    assert await town.clicks(BAI, await town.button("接单", SQUAD), "接单") == "已接单，路上注意安全"


async def test_result_nobody_saw_and_its_silent_end_are_mended(town: Town) -> None:
    """The reporter is asked after all, and the ticket closes after a day of silence."""
    town.says(QIU, STALL)
    await town.solved()
    await town.quiet()
    await break_it(
        town, "DELETE FROM outbox WHERE card_id IN (SELECT id FROM card WHERE kind = 'result')",
        "DELETE FROM card WHERE kind = 'result'", "DELETE FROM due_job WHERE kind = 'silence'",
    )  # fmt: skip
    told = await examined(town)
    assert "✗ 有1件办结的工单没有问过满意不满意（工单 1）" in told.lines
    assert "✗ 有1件办结的工单没有结案的时间（工单 1）" in told.lines
    assert (await examined(town, repair=True)).sound
    await town.later(seconds=1)
    await town.until(lambda: len([m for m in town.by_bot() if "满意" in labels(m)]) == 2, "the result again")
    await town.quiet()
    await town.later(hours=25)
    await town.sees_rows("SELECT 1 FROM ticket WHERE status = 'closed'")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_card_of_no_ticket_is_taken_away(town: Town) -> None:
    """Only where keys were not held: SQLite with a foreign hand in it. PostgreSQL holds its keys itself."""
    town.says(QIU, STALL)
    await town.quiet()
    await break_it(town, "INSERT INTO card (id, ticket_id, kind, round, group_id) VALUES (99, 98, 'receipt', 1, 1)")
    assert "✗ 有1张卡片没有工单（卡片 99）" in (await examined(town)).lines
    assert (await examined(town, repair=True)).sound
    assert not await town.rows("SELECT 1 FROM card WHERE id = 99")


async def test_photos_without_files_are_fetched_anew_and_strange_files_go(town: Town) -> None:
    """One gone, one damaged, one that nobody knows; a file that is just being written is left."""
    town.says(QIU, STALL)
    town.shows(QIU)
    town.shows(QIU, colour="#224466")
    await town.sees_rows("SELECT count(*) FROM medium WHERE state = 'kept' GROUP BY state HAVING count(*) = 2")
    await town.quiet()
    media = Path(town.settings.data) / "media"
    one, two = [row["sha256"] for row in await town.rows("SELECT sha256 FROM medium ORDER BY id")]
    await asyncio.to_thread(_spoil, media, one, two)
    told = await examined(town)
    assert "✗ 有2张照片的文件不在或坏了，要重新取" in told.lines
    assert "✗ 有1个照片文件没有人认领，可以删去" in told.lines
    assert not told.sound
    assert (await examined(town, repair=True)).sound
    await town.sees_rows("SELECT count(*) FROM medium WHERE state = 'kept' GROUP BY state HAVING count(*) = 2")
    assert (await examined(town)).lines[0] == "✓ 数据库和照片都对得上"
    assert await asyncio.to_thread(lambda: sorted(p.name for p in media.rglob("*") if p.is_file())) == sorted(
        [one, two, "young"]
    )


def _spoil(media: Path, one: str, two: str) -> None:
    (media.parent / place_of(one)).unlink()
    (media.parent / place_of(two)).write_bytes(b"damaged")
    for name in ("old", "young"):
        (media / name).write_bytes(b"whose is it")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    os.utime(media / "old", (long_ago, long_ago))


async def test_photos_of_a_lost_folder_come_back_from_telegram(town: Town) -> None:
    """The whole folder is gone: the repair asks for all of them again."""
    town.says(QIU, STALL)
    town.shows(QIU)
    await town.sees_rows("SELECT 1 FROM medium WHERE state = 'kept'")
    await asyncio.to_thread(shutil.rmtree, Path(town.settings.data) / "media")
    assert (await examined(town, repair=True)).sound
    await town.sees_rows("SELECT 1 FROM medium WHERE state = 'kept'")
    assert (await examined(town)).sound


async def test_question_to_the_second_reader_that_nobody_asks_is_asked_again(town: Town) -> None:
    """A lease of ten minutes."""
    town.says(QIU, "早上好")
    await town.quiet()
    await break_it(town, ASKED)
    told = await examined(town)
    assert "✗ 有1条给第二读者的问题问到一半停住了（advice 1）" in told.lines
    assert (await examined(town, repair=True)).sound
    [row] = await town.rows("SELECT state FROM advice")
    assert row["state"] == "new"


async def test_ticket_that_no_lead_sees_comes_before_the_leads(town: Town) -> None:
    """Given back by the squad, its card to the leads lost: found, sent, and it can be dispatched."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.clicks(BAI, card, "退回")
    await town.clicks(BAI, card, "不在辖区")
    await town.sees("退回原因：不在辖区", LEADS)
    await town.quiet()
    triage = "(SELECT id FROM card WHERE kind = 'triage')"
    await break_it(town, f"DELETE FROM outbox WHERE card_id IN {triage}", "DELETE FROM card WHERE kind = 'triage'")  # noqa: S608 - ours
    before = len(town.by_bot(LEADS))
    told = await examined(town)
    assert any("有1件待派的工单没有给带班的卡片（工单 1）" in line for line in told.lines)
    assert (await examined(town, repair=True)).sound
    assert town.program is not None
    town.program.outbox_bell.ring()
    await town.until(lambda: len(town.by_bot(LEADS)) > before, "a card for the leads")
    assert (await examined(town)).sound


def test_every_look_has_a_story() -> None:
    """A look that is added wants a test here."""
    told = Path(__file__).read_text(encoding="utf-8")
    found = {sentence for look in drift.LOOKS for sentence in re.findall('有{}[^{（"]+', inspect.getsource(look))}
    assert len(found) >= len(drift.LOOKS)
    assert {sentence for sentence in found if sentence.removeprefix("有{}")[:8] not in told} == set()
