"""Every update received has gone somewhere: what the daily balance counts, and what it says of what is missing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.balance import Balance, balance
from bot.doctor import PARSERS, account
from tests.town import BAI, JING, MERCHANTS, QIU, SITES, SQUAD, STALL, ZHANG, Town
from tests.upkeep.test_doctor import LAMP, RUBBISH, break_it, examined


async def counted(town: Town) -> Balance:
    """The balance of today."""
    assert town.program is not None
    now = town.clock.now()
    async with town.program.engine.execution_options(reads_only=True).connect() as conn:
        return await balance(conn, now - timedelta(hours=12), now + timedelta(hours=12), PARSERS)


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
