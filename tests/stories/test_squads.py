"""Two squads and a crowd of officers: who gets a ticket, who hands it on."""

import pytest

from bot.settings import Settings
from tests.sights import buttons, labels, points
from tests.squads import SECOND, two_squads
from tests.town import BAI, LEAD, QIU, SQUAD, STALL, Town

MA = 5201
CROWD = range(5301, 5351)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with 二中队 beside 三中队, and fifty officers more."""
    crowd = [{"user": user, "name": f"队员{user}", "role": "officer", "squad": "三中队"} for user in CROWD]
    return two_squads(settings, more=[{"user": MA, "name": "马力", "role": "officer", "squad": "二中队"}, *crowd])


async def test_fifty_officers_press_at_once_and_one_gets_it(town: Town) -> None:
    """One takes the ticket, forty-nine read his name in a polite toast; the history knows one."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    data = buttons(card)[0]["callback_data"]
    queries = {user: town.world.press(user, SQUAD, card["message_id"], data) for user in CROWD}
    toasts = {user: await town.toast(query) for user, query in queries.items()}
    [winner] = [user for user, text in toasts.items() if text == "已接单，路上注意安全"]
    assert {text for user, text in toasts.items() if user != winner} == {f"队员{winner}已接单，正在办"}
    await town.quiet()
    assert await town.history(moves=True) == ["dispatch", "accept"]
    [officer] = await town.rows('SELECT p."user" FROM ticket t JOIN person p ON p.id = t.officer_id')
    assert officer["user"] == str(winner)
    await town.sees(f"队员{winner}已接单")


async def test_officer_passes_it_on_and_the_other_squad_takes_it(town: Town) -> None:
    """转派: the other squad gets card and pin, the first one's card says so and loses its buttons."""
    town.says(QIU, STALL)
    card = await town.taken()
    assert await town.clicks(BAI, card, "转派") == "请选中队"
    assert await town.clicks(BAI, card, "二中队") == "已转派"
    theirs = await town.button("接单", SECOND)
    await town.sees("已派二中队")
    await town.quiet()
    assert len(points(town.by_bot(SECOND))) == 1
    ours = town.world.chats[SQUAD].messages[card["message_id"]]
    assert labels(ours) == []
    assert "二中队" in ours["text"]

    forged = town.world.press(BAI, SQUAD, card["message_id"], buttons(theirs)[0]["callback_data"])
    assert await town.toast(forged) == "这个按钮不归您按，谢谢"
    assert await town.clicks(MA, theirs, "接单") == "已接单，路上注意安全"
    await town.sees("马力已接单")
    ticket = await town.ticket()
    assert (ticket["squad"], ticket["status"]) == ("二中队", "accepted")
    assert await town.history(moves=True) == ["dispatch", "accept", "pass_on", "accept"]


async def test_ticket_is_passed_to_and_fro_and_the_first_squad_is_told(town: Town) -> None:
    """It comes back to the squad that had it: the card there has its buttons again, and a word hangs under it."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.clicks(BAI, card, "转派")
    await town.clicks(BAI, card, "二中队")
    theirs = await town.button("接单", SECOND)
    await town.quiet()
    await town.clicks(MA, theirs, "接单")
    await town.clicks(MA, theirs, "转派")
    await town.clicks(MA, theirs, "三中队")
    told = await town.sees("重新派来了", SQUAD)
    assert told["reply_to_message"]["message_id"] == card["message_id"]
    await town.quiet()
    assert labels(town.world.chats[SECOND].messages[theirs["message_id"]]) == []
    assert await town.clicks(BAI, card, "接单") == "已接单，路上注意安全"


async def test_lead_sends_a_returned_ticket_to_the_other_squad(town: Town) -> None:
    """The leads' card names all squads; the one that is pressed gets it."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.clicks(BAI, card, "退回")
    await town.clicks(BAI, card, "不在辖区")
    triage = await town.button("二中队", -1003001)
    assert labels(triage) == ["三中队", "二中队", "作废"]
    assert await town.clicks(LEAD, triage, "二中队") == "已派遣"
    await town.button("接单", SECOND)
    await town.quiet()
    assert labels(town.world.chats[SQUAD].messages[card["message_id"]]) == []
    assert (await town.ticket())["squad"] == "二中队"


async def test_chaser_goes_to_the_squad_that_has_it_now(town: Town) -> None:
    """After 转派 the first squad hears no more of it."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.clicks(BAI, card, "转派")
    await town.clicks(BAI, card, "二中队")
    await town.button("接单", SECOND)
    await town.quiet()
    before = len(town.by_bot(SQUAD))
    town.says(QIU, "怎么还没来人？")
    await town.sees("对方在催", SECOND)
    await town.later(minutes=95)
    await town.sees("快到时限", SECOND)
    await town.quiet()
    assert len(town.by_bot(SQUAD)) == before


async def test_second_round_goes_to_the_squad_that_did_the_first(town: Town) -> None:
    """没解决 after 转派: the new card is the second squad's."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.clicks(BAI, card, "转派")
    await town.clicks(BAI, card, "二中队")
    await town.button("接单", SECOND)
    await town.quiet()
    result = await town.solved(MA, SECOND)
    await town.clicks(QIU, result, "没解决")
    again = await town.sees("第2次", SECOND)
    assert labels(again) == ["接单", "退回"]
    await town.quiet()
    assert not any("第2次" in text for text in town.texts(SQUAD))
