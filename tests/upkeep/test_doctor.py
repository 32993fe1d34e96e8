"""The doctor finds what drifted apart, says it plainly, mends it; and every update received has gone somewhere."""

import asyncio
import inspect
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import drift
from bot.archive import place_of
from bot.balance import Balance, balance
from bot.doctor import PARSERS, Told, account, examine
from tests.town import BAI, JING, LEADS, MERCHANTS, QIU, SITES, SQUAD, STALL, ZHANG, Town, labels

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


async def counted(town: Town) -> Balance:
    """The balance of today."""
    assert town.program is not None
    now = town.clock.now()
    async with town.program.engine.execution_options(reads_only=True).connect() as conn:
        return await balance(conn, now - timedelta(hours=12), now + timedelta(hours=12), PARSERS)


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


# --- the balance -----------------------------------------------------------------------------------------------------


async def test_every_update_of_a_played_day_has_gone_somewhere(town: Town) -> None:
    """A story with something of each sort: the sum is what came in, to the last update."""
    poison: dict[str, Any] = {"message": "not a message"}
    town.says(QIU, STALL)
    town.pins(QIU)
    card = await town.taken()
    town.says(JING, "今天天气真好")
    said = town.says(ZHANG, RUBBISH)
    await town.sees("#2 ")
    town.world.edit(ZHANG, MERCHANTS, said["message_id"], text=RUBBISH + "，谢谢")
    town.says(QIU, "怎么还没来人？")
    town.shows(BAI, SQUAD, reply_to=card["message_id"])
    town.says(BAI, "晚上吃什么", SQUAD)
    town.says(QIU, "/help")
    town.world.raw(poison)
    town.says(6001, LAMP, chat=SITES)
    await town.sees("#3 ", SITES)
    await town.quiet()
    found = await counted(town)
    received = len(await town.rows("SELECT 1 FROM inbox"))
    assert found.sound
    assert found.received == received
    notices = received - 13
    expected = {"tickets": 3, "joined": 3, "talk": 3, "presses": 1, "edits": 1, "dead": 1}
    assert {name: n for name, n in found.parts.items() if name != "notices"} == expected
    assert found.parts["notices"] == notices + 1
    assert found.opened == len(await town.tickets()) == 3


async def test_two_matters_in_one_message_are_one_message_and_two_tickets(town: Town) -> None:
    """And one that is merged counts as joined, with its ticket."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    town.says(JING, "路边卖水果的货车堵住我们门前小路，能不能过来管理？", reply_to=None)
    await town.quiet()
    found = await counted(town)
    tickets = await town.tickets()
    assert found.sound
    assert found.opened == len(tickets)
    merged = len([ticket for ticket in tickets if ticket["same_as"]])
    assert found.parts["tickets"] == len(tickets) - merged
    assert found.parts["joined"] == 2 - found.parts["tickets"] - found.parts["talk"]


async def test_groups_that_are_not_served_and_what_is_said_again_are_told_apart(town: Town) -> None:
    """A stranger's group is not kept; a message that Telegram brings under two numbers counts once."""
    stranger = {"id": -100777, "type": "supergroup", "title": "别人的群"}
    person = {"id": QIU, "is_bot": False, "first_name": "邱"}
    served = {"id": MERCHANTS, "type": "supergroup", "title": "群"}
    message = {
        "message_id": 9001,
        "date": int(town.clock.now().timestamp()),
        "chat": served,
        "from": person,
        "text": "早",
    }
    town.world.raw({"message": message | {"chat": stranger}})
    town.world.raw({"message": message})
    town.world.raw({"message": message})
    await town.quiet()
    found = await counted(town)
    assert found.sound
    assert (found.parts["unserved"], found.parts["talk"], found.parts["repeated"]) == (1, 1, 1)


async def test_balance_holds_when_a_group_moves(town: Town) -> None:
    """A group becomes a supergroup: what was said before is found under its old name."""
    said = town.says(QIU, STALL)
    await town.quiet()
    town.world.migrate(MERCHANTS)
    await town.quiet()
    found = await counted(town)
    assert said
    assert found.sound
    assert found.parts["tickets"] == 1


async def test_update_that_vanished_and_ticket_of_no_message_are_told(town: Town) -> None:
    """Exit 1: the doctor cannot mend what nobody knows."""
    town.says(QIU, STALL)
    town.says(JING, "早上好")
    await town.quiet()
    [seq] = await town.rows("SELECT max(seq) AS top FROM inbox")
    await break_it(
        town, "DELETE FROM message WHERE text = '早上好'", "UPDATE ticket SET opens = '77777'",
        "DELETE FROM ticket_message",
    )  # fmt: skip
    told = await examined(town)
    assert not told.sound
    assert f"✗ 有1条消息办过了却找不到去处：{seq['top']}（inbox.seq）" in told.lines
    assert "✗ 有1件工单找不到它的原话：1" in told.lines


def test_account_is_a_sum_that_a_clerk_can_add_up() -> None:
    """Parts that are nought are not shown."""
    from collections import Counter  # noqa: PLC0415 - only here

    found = Balance(6, Counter(tickets=2, joined=3, talk=1), 3, (), ())
    day = datetime(2026, 3, 1, tzinfo=UTC).date()
    assert account(day, found) == ["2026-03-01 收到 6 = 开单 2 + 并入工单 3 + 不用开单的话 1；新工单 3 件"]
    assert account(day, Balance(0, Counter(), 0, (), ())) == ["2026-03-01 收到 0 = 0；新工单 0 件"]


def test_every_look_has_a_story() -> None:
    """A look that is added wants a test here."""
    told = Path(__file__).read_text(encoding="utf-8")
    found = {sentence for look in drift.LOOKS for sentence in re.findall('有{}[^{（"]+', inspect.getsource(look))}
    assert len(found) >= len(drift.LOOKS)
    assert {sentence for sentence in found if sentence.removeprefix("有{}")[:8] not in told} == set()
