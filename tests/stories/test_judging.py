"""Whether it was solved: the reporters judge, or a day of silence does; and what falls due before."""

from datetime import timedelta

from tests.sights import labels, moment
from tests.town import BAI, JING, LEADS, MERCHANTS, QIU, SQUAD, STALL, SUN, Town


async def test_shopkeeper_says_unsolved_and_the_second_round_ends_well(town: Town) -> None:
    """没解决: a new card for the squad, nothing of the first round counts as proof, and the second round closes."""
    town.says(QIU, STALL)
    first = await town.solved(BAI)
    deadline = (await town.ticket())["deadline_at"]
    assert await town.clicks(QIU, first, "没解决") == "已重新派人，抱歉让您多等"
    await town.sees("您说没解决，已重新派人")
    await town.sees("第2次办理")
    card = await town.sees("第2次", SQUAD)
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["status"], ticket["round"], ticket["officer_id"]) == ("dispatched", 2, None)
    assert (ticket["proofs"], ticket["means"], ticket["outcome"]) == (0, None, None)
    assert moment(ticket["deadline_at"]) > moment(deadline)
    assert labels(town.world.chats[MERCHANTS].messages[first["message_id"]]) == []

    assert await town.clicks(SUN, card, "接单") == "已接单，路上注意安全"
    await town.clicks(SUN, card, "到场")
    assert "先回复本卡片发一张现场照片" in await town.clicks(SUN, card, "办结")
    town.shows(SUN, SQUAD, colour="#00aa00", reply_to=card["message_id"])
    await town.quiet()
    await town.clicks(SUN, card, "办结")
    await town.clicks(SUN, card, "服务")
    second = await town.sees("已办结（服务）")
    assert await town.clicks(QIU, second, "满意") == "谢谢您"
    await town.sees("谢谢您的评价")
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["status"], ticket["round"], ticket["means"]) == ("closed", 2, "service")
    assert bool(ticket["satisfied"]) is True
    assert await town.history(moves=True) == [
        "dispatch", "accept", "arrive", "resolve", "dispute", "accept", "arrive", "resolve", "confirm",
    ]  # fmt: skip


async def test_button_of_the_first_round_is_dead_in_the_second(town: Town) -> None:
    """Whoever finds the old card open on her phone and presses is told to use the newest."""
    town.says(QIU, STALL)
    first = await town.solved()
    data = [b["callback_data"] for row in first["reply_markup"]["inline_keyboard"] for b in row]
    await town.clicks(QIU, first, "没解决")
    for old in data:
        late = town.world.press(QIU, MERCHANTS, first["message_id"], old)
        assert await town.toast(late) == "这个按钮已经失效，请用最新的卡片"
    ticket = await town.ticket()
    assert (ticket["status"], ticket["round"]) == ("dispatched", 2)


async def test_neighbour_and_officer_press_satisfied_and_are_refused(town: Town) -> None:
    """Only who told of it judges: neither a neighbour nor the officer who did it."""
    town.says(QIU, STALL)
    result = await town.solved(BAI)
    for who in (JING, BAI):
        for label in ("满意", "没解决"):
            assert await town.clicks(who, result, label) == "这个按钮不归您按，谢谢"
    ticket = await town.ticket()
    assert (ticket["status"], ticket["satisfied"]) == ("resolved", None)


async def test_nobody_says_anything_for_a_day_and_the_ticket_is_closed(town: Town) -> None:
    """Silence closes it, without anybody's being satisfied; the buttons go, and not an hour too early."""
    town.says(QIU, STALL)
    result = await town.solved()
    await town.later(hours=23)
    await town.quiet()
    assert (await town.ticket())["status"] == "resolved"
    await town.later(hours=1, minutes=1)
    await town.sees("已结案。没解决的话直接再说一声")
    ticket = await town.ticket()
    assert (ticket["status"], ticket["satisfied"]) == ("closed", None)
    assert labels(town.world.chats[MERCHANTS].messages[result["message_id"]]) == []
    assert (await town.history(moves=True))[-1] == "close"
    assert len(town.by_bot()) == 2


async def test_shopkeeper_disputes_and_the_old_silence_closes_nothing(town: Town) -> None:
    """The day of the first round is over while the second is under way: nothing is closed."""
    town.says(QIU, STALL)
    first = await town.solved()
    await town.clicks(QIU, first, "没解决")
    await town.quiet()
    await town.later(hours=30)
    await town.quiet()
    assert (await town.ticket())["status"] == "dispatched"


async def test_deadline_nears_comes_and_passes_and_the_lead_hears_of_it_last(town: Town) -> None:
    """The squad hears before the two hours are over and when they are; the leads at three hours and at six."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.quiet()
    before = len(town.by_bot(SQUAD))
    await town.later(minutes=85)
    await town.quiet()
    assert len(town.by_bot(SQUAD)) == before
    await town.later(minutes=6)
    soon = await town.sees("快到时限", SQUAD)
    assert soon["reply_to_message"]["message_id"] == card["message_id"]
    await town.later(minutes=30)
    await town.sees("到时限了，现在是“已接单”", SQUAD)
    assert town.texts(LEADS) == []
    await town.later(minutes=61)
    late = await town.sees("已超期，三中队", LEADS)
    assert "#1" in late["text"]
    await town.quiet()
    assert labels(late) == ["延期", "先不催", "作废"]
    await town.later(hours=5)
    again = await town.sees("已到时限的3倍", LEADS)
    await town.quiet()
    await town.later(hours=50)
    await town.quiet()
    assert len(town.by_bot(SQUAD)) == before + 2
    assert len(town.by_bot(LEADS)) == 2
    assert again["message_id"] != late["message_id"]
    assert len(town.by_bot()) == 1
    assert (await town.history()).count("remind") == 4


async def test_ticket_done_in_time_and_nobody_is_reminded(town: Town) -> None:
    """What is resolved is not overdue, however long she takes to judge."""
    town.says(QIU, STALL)
    await town.solved()
    before = town.texts(SQUAD)
    await town.later(hours=20)
    await town.quiet()
    assert len(town.texts(SQUAD)) == len(before)
    assert town.texts(LEADS) == []


async def test_bot_slept_through_every_hour_and_catches_up(town: Town) -> None:
    """Stopped before anything fell due, started long after: the squad reads the last word only, the leads theirs."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    await town.stop_bot()
    town.turn(hours=9)
    await town.start_bot()
    await town.sees("已到时限的3倍", LEADS)
    await town.quiet()
    said = [text for text in town.texts(SQUAD) if "时限" in text and "时限：" not in text]
    assert len(said) == 1
    assert "到时限了" in said[0]
    assert len(town.by_bot(LEADS)) == 1


async def test_dispute_starts_the_clock_anew(town: Town) -> None:
    """The second round has its own two hours, and its own reminders."""
    town.says(QIU, STALL)
    first = await town.solved()
    town.turn(hours=5)
    await town.clicks(QIU, first, "没解决")
    await town.sees("第2次", SQUAD)
    await town.quiet()
    left = moment((await town.ticket())["deadline_at"]) - town.clock.now()
    assert timedelta(minutes=118) < left <= timedelta(hours=2)
    await town.later(minutes=95)
    await town.sees("快到时限", SQUAD)


async def test_shopkeeper_complains_anew_after_it_was_done_and_somebody_goes_again(town: Town) -> None:
    """She presses nothing and says no 没解决: the same trouble is back, so the ticket is too."""
    town.says(QIU, STALL)
    await town.solved(BAI)
    town.turn(minutes=20)
    town.says(QIU, "又有人来摆摊了，堵着门，来管管")
    await town.sees("第2次办理")
    await town.sees("第2次", SQUAD)
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["status"], ticket["round"]) == ("dispatched", 2)
