"""What officers and leads do with a ticket, by button, by reply and by hand."""

from datetime import timedelta

from tests.sights import buttons, labels, moment, points
from tests.town import BAI, JING, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, SUN, ZHANG, Json, Town


def shown(town: Town, message: Json) -> Json:
    """A message as it stands now."""
    found: Json = town.world.chats[message["chat"]["id"]].messages[message["message_id"]]
    return found


async def test_officer_presses_twice_and_it_is_done_once(town: Town) -> None:
    """The same press again, and a press of yesterday's card: a polite word, no second effect."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    data = buttons(card)[0]["callback_data"]
    first = town.world.press(BAI, SQUAD, card["message_id"], data)
    again = town.world.press(BAI, SQUAD, card["message_id"], data)
    assert await town.toast(first) == "已接单，路上注意安全"
    assert await town.toast(again) == "白洋已接单，正在办"
    await town.quiet()
    late = town.world.press(BAI, SQUAD, card["message_id"], data)
    assert await town.toast(late) == "白洋已接单，正在办"
    assert await town.history(moves=True) == ["dispatch", "accept"]


async def test_telegram_brings_the_same_update_twice_and_it_is_done_once(town: Town) -> None:
    """An update that comes again under its number is the same update: one ticket, one row."""
    said = town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.quiet()
    number = town.world.updates.next_id - 1
    town.world.updates.pending.append({"update_id": number, "message": said})
    town.world.updates.arrived.set()
    town.says(JING, "早上好")
    await town.quiet()
    assert len(await town.tickets()) == 1
    assert len(await town.rows("SELECT 1 FROM inbox WHERE update_id = :n", n=number)) == 1
    assert len(town.by_bot()) == 1


async def test_nonsense_is_pressed_and_answered_politely(town: Town) -> None:
    """Data that no button of ours bears changes nothing and breaks nothing."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    for data in ("", "v1", "v1:accept:zzzzzzzz:1", "v1:explode:1:1", "v9:accept:1:1", "v1:accept:-1:1", "v1:accept:1:2",
                 "v1:resolve:1:1:management", "\x00;DROP TABLE ticket", "v1:accept:1:1:" + "9" * 40):  # fmt: skip
        town.world.press(SUN if "9999" not in data else QIU, SQUAD, card["message_id"], data)
    await town.quiet()
    toasts = [e["text"] for _, e in town.world.events.kept if e.get("type") == "toast"]
    assert len(toasts) == 10
    assert all(toasts)
    assert await town.history(moves=True) == ["dispatch"]
    assert await town.rows("SELECT 1 FROM inbox WHERE state = 'dead'") == []


async def test_officer_gives_back_by_button_and_the_lead_sends_it_out_again(town: Town) -> None:
    """The reason stands on the leads' card; their press brings it back to the squad, with a word there."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.clicks(BAI, card, "退回")
    assert await town.clicks(BAI, card, "不在辖区") == "已退回，队长会重新派"
    triage = await town.sees("退回原因：不在辖区", LEADS)
    await town.sees("正在派人")
    await town.quiet()
    assert labels(shown(town, card)) == []
    ticket = await town.ticket()
    assert (ticket["status"], ticket["officer_id"]) == ("opened", None)

    assert await town.clicks(LEAD, triage, "三中队") == "已派遣"
    await town.sees("已派三中队")
    await town.until(lambda: "接单" in labels(shown(town, card)), "the squad's card with 接单 again")
    told = await town.sees("重新派", SQUAD)
    assert told["reply_to_message"]["message_id"] == card["message_id"]
    await town.quiet()
    assert labels(shown(town, triage)) == []
    await town.taken(SUN)
    assert await town.history(moves=True) == ["dispatch", "accept", "give_back", "dispatch", "accept"]


async def test_officer_gives_back_in_writing_and_the_leads_read_why(town: Town) -> None:
    """A reply to the card that asks for the reason is the reason, and is not carried to the shopkeeper."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.clicks(BAI, card, "退回")
    await town.sees("退回原因？", SQUAD)
    town.says(BAI, "这段路归高速交警管", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("退回原因：这段路归高速交警管", LEADS)
    await town.quiet()
    assert (await town.ticket())["status"] == "opened"
    assert not any("高速交警" in text for text in town.texts())


async def test_ticket_given_back_twice_and_the_leads_hear_of_it_twice(town: Town) -> None:
    """An edited card rings nobody's phone: the second time the leads get a word under it."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    for reason in ("不在辖区", "情况不实"):
        await town.clicks(BAI, card, "退回")
        await town.button(reason, SQUAD)
        await town.clicks(BAI, card, reason)
        triage = await town.sees(f"退回原因：{reason}", LEADS)
        await town.quiet()
        await town.clicks(LEAD, triage, "三中队")
        await town.until(lambda: "接单" in labels(shown(town, card)), "the squad's card with 接单 again")
        await town.quiet()
    first, again = town.by_bot(LEADS)
    assert "又退回来了" in again["text"]
    assert again["reply_to_message"]["message_id"] == first["message_id"]


async def test_lead_voids_a_ticket_and_the_shopkeeper_reads_why(town: Town) -> None:
    """作废 on the leads' card ends it; nothing is due any more."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.clicks(BAI, card, "退回")
    await town.clicks(BAI, card, "情况不实")
    triage = await town.button("作废", LEADS)
    assert await town.clicks(SUN, triage, "作废") == "这个按钮不归您按，谢谢"
    assert await town.clicks(LEAD, triage, "作废") == "已作废"
    await town.sees("已撤销：队长核实后作废")
    await town.quiet()
    assert (await town.ticket())["status"] == "void"
    assert await town.rows("SELECT 1 FROM due_job WHERE state = 'waiting' AND kind <> 'sweep'") == []


async def test_other_officer_cannot_work_on_a_ticket_that_one_has_in_hand(town: Town) -> None:
    """孙倩 presses 到场, 退回 and 挂账 on 白洋's ticket and reads whose it is; a lead may."""
    town.says(QIU, STALL)
    card = await town.taken(BAI)
    await town.button("到场", SQUAD)
    for label in ("到场", "退回", "挂账"):
        assert await town.clicks(SUN, card, label) == "这单由白洋在办"
    assert await town.clicks(LEAD, card, "到场") == "已记到场，拍张照片回复卡片"
    assert (await town.ticket())["status"] == "on_site"


async def test_officer_without_photo_or_words_cannot_resolve(town: Town) -> None:
    """办结 with nothing given: told what is missing, nothing moves; a written account is enough."""
    town.says(QIU, STALL)
    card = await town.reached()
    await town.button("办结", SQUAD)
    assert "先回复本卡片发一张现场照片" in await town.clicks(BAI, card, "办结")
    forged = town.world.press(BAI, SQUAD, card["message_id"], "v1:resolve:1:1:management")
    assert "先回复本卡片发一张现场照片" in await town.toast(forged)
    assert (await town.ticket())["status"] == "on_site"

    town.says(BAI, "摊主已自行驶离，门前已畅通", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("白洋：摊主已自行驶离")
    await town.quiet()
    await town.clicks(BAI, card, "办结")
    await town.clicks(BAI, card, "管理")
    result = await town.sees("已办结（管理）")
    assert "摊主已自行驶离" in result["text"]
    assert (await town.ticket())["status"] == "resolved"


async def test_officers_question_is_no_account_of_what_was_done(town: Town) -> None:
    """「具体在哪个门？」 is carried to the shopkeeper, but does not stand for a photo."""
    town.says(QIU, STALL)
    card = await town.reached()
    town.says(BAI, "具体在哪个门？", chat=SQUAD, reply_to=card["message_id"])
    carried = await town.sees("白洋：具体在哪个门？")
    assert carried["reply_to_message"]["from"]["id"] == QIU
    await town.quiet()
    assert "先回复本卡片发一张现场照片" in await town.clicks(BAI, card, "办结")


async def test_enforcement_without_lower_rungs_is_refused_until_reasons_are_written(town: Town) -> None:
    """A photo is not enough for 执法; a written reason is."""
    town.says(QIU, STALL)
    card = await town.reached()
    town.shows(BAI, SQUAD, reply_to=card["message_id"])
    await town.quiet()
    await town.clicks(BAI, card, "办结")
    assert "执法前要有服务、管理的记录" in await town.clicks(BAI, card, "执法")
    assert (await town.ticket())["status"] == "on_site"

    town.says(BAI, "多次劝离拒不改正，当场立案", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("白洋：多次劝离拒不改正")
    await town.quiet()
    assert await town.clicks(BAI, card, "执法") == "已办结，结果已告诉群里"
    await town.sees("已办结（执法）")
    assert (await town.ticket())["means"] == "enforcement"


async def test_enforcement_after_the_party_was_served_and_asked_to_mend_is_allowed(town: Town) -> None:
    """The lower rungs stand on record from the same party's earlier tickets: 执法 needs no further words."""
    for means in ("服务", "管理"):
        town.says(QIU, "卖水果的货车停在我家店门口，又占道了，麻烦来管一下")
        result = await town.solved(means=means)
        await town.clicks(QIU, result, "满意")
        await town.quiet()
        town.turn(hours=30)
    town.says(QIU, "卖水果的货车停在我家店门口，又占道了，麻烦来管一下")
    await town.sees("#3 ")
    result = await town.solved(means="执法")
    parties = {row["party"] for row in await town.tickets()}
    assert len(parties) == 1
    assert None not in parties
    assert "执法" in result["caption"]


async def test_officer_suspends_and_the_clock_stands_still(town: Town) -> None:
    """挂账 tells the shopkeeper why; meanwhile nothing falls due; on resuming the deadline has moved by as long."""
    town.says(QIU, STALL)
    card = await town.taken()
    before = (await town.ticket())["deadline_at"]
    await town.clicks(BAI, card, "挂账")
    assert await town.clicks(BAI, card, "等产权单位") == "已挂账，时限暂停"
    await town.sees("暂时挂账：等产权单位")
    assert (await town.ticket())["status"] == "suspended"
    await town.quiet()
    words = town.texts(SQUAD)
    await town.later(hours=48)
    await town.quiet()
    assert [text for text in town.texts(SQUAD) if text not in words] == []
    assert town.texts(LEADS) == []

    assert await town.clicks(BAI, card, "恢复办理") == "已恢复办理"
    await town.sees("白洋已接单，正在赶来")
    ticket = await town.ticket()
    assert ticket["status"] == "accepted"
    moved = moment(ticket["deadline_at"]) - moment(before)
    assert timedelta(hours=48) <= moved <= timedelta(hours=48, minutes=1)
    assert "等产权单位" not in shown(town, card)["text"]


async def test_officer_suspends_in_writing(town: Town) -> None:
    """A reply to the card that asks is the reason."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.clicks(BAI, card, "挂账")
    await town.sees("挂账原因？", SQUAD)
    town.says(BAI, "店家装修，下周一再来", chat=SQUAD, reply_to=card["message_id"])
    await town.sees("暂时挂账：店家装修，下周一再来")
    assert (await town.ticket())["status"] == "suspended"


async def test_officer_answers_by_hand_and_the_ticket_moves_with_him(town: Town) -> None:
    """「马上到」 and 「已处理」 with a photo, in reply to her words: taken, then done; she judges on the receipt."""
    said = town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    town.says(BAI, "收到，马上到", reply_to=said["message_id"])
    await town.sees("白洋已接单")
    assert (await town.ticket())["status"] == "accepted"
    town.shows(BAI, caption="已处理", reply_to=said["message_id"])
    receipt = await town.button("满意", MERCHANTS)
    assert "白洋已办结" in receipt["text"]
    await town.quiet()
    assert len(town.by_bot()) == 1
    assert labels(shown(town, card)) == []
    assert await town.history(moves=True) == ["dispatch", "accept", "arrive", "resolve"]
    ticket = await town.ticket()
    assert (ticket["status"], ticket["means"]) == ("resolved", "management")
    await town.clicks(QIU, receipt, "满意")
    await town.sees("已结案，谢谢您")


async def test_officer_writes_done_under_a_fresh_complaint_and_all_is_entered(town: Town) -> None:
    """Nobody pressed anything: 「已处理」 with a photo takes, reaches and resolves in one."""
    said = town.says(QIU, STALL)
    await town.sees("#1 ")
    town.shows(SUN, caption="已处理", reply_to=said["message_id"])
    await town.sees("孙倩已办结")
    assert await town.history(moves=True) == ["dispatch", "accept", "arrive", "resolve"]


async def test_shopkeeper_writes_done_like_an_officer_and_nothing_moves(town: Town) -> None:
    """Who is no officer moves nothing by hand."""
    said = town.says(QIU, STALL)
    await town.sees("#1 ")
    town.shows(ZHANG, caption="已处理", reply_to=said["message_id"])
    await town.quiet()
    assert (await town.ticket())["status"] == "dispatched"


async def test_officers_reply_to_the_card_is_carried_to_the_shopkeeper(town: Town) -> None:
    """His words reach her through the bot, in reply to hers, with his name; her phone number would be masked."""
    said = town.says(QIU, STALL)
    card = await town.taken()
    await town.quiet()
    town.says(BAI, "五分钟到，急事打13812345678", chat=SQUAD, reply_to=card["message_id"])
    carried = await town.sees("#1 白洋：五分钟到")
    assert carried["reply_to_message"]["message_id"] == said["message_id"]
    assert "13812345678" not in carried["text"]
    assert "138****5678" in carried["text"]
    assert "note" in await town.history()


async def test_talk_in_the_squads_chat_is_left_alone(town: Town) -> None:
    """Officers talk among themselves: nothing is carried, nothing opens."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.quiet()
    said = town.says(BAI, "中午吃啥", chat=SQUAD)
    town.says(SUN, "这里有货车路边卖水果，堵住路了，能不能过来管理？", chat=SQUAD, reply_to=said["message_id"])
    town.world.add_person(9001, "路人")
    town.says(9001, "我来说两句", chat=SQUAD, reply_to=card["message_id"])
    await town.quiet()
    assert len(await town.tickets()) == 1
    assert len(town.by_bot()) == 1


async def test_lead_sends_a_pin_for_a_ticket_he_never_saw_and_it_is_not_lost(town: Town) -> None:
    """A pin of an officer in reply to her words says where: the ticket moves."""
    said = town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.pins(LEAD, 34.5961, 119.2190, reply_to=said["message_id"])
    await town.until(lambda: (34.5961, 119.2190) in points(town.by_bot(SQUAD)), "the pin")
    assert (await town.ticket())["place_source"] == "pin"


async def test_officer_says_done_hours_later_and_she_is_asked_all_the_same(town: Town) -> None:
    """Long after the talk moved on, 「已处理」 without a reply ends the ticket, with its two buttons for her."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.later(hours=4)
    town.says(BAI, "已处理，货车已经劝走")
    asked = await town.button("满意", MERCHANTS)
    assert labels(asked) == ["满意", "没解决"]
    assert (await town.ticket())["status"] == "resolved"
