"""The pieces of one complaint come in any order, and those of two never mix."""

import pytest

from tests.sights import buttons, points
from tests.town import JING, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

SMOKE = "烧烤摊占着人行道，油烟呛人，麻烦来人管管"
RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"
CORNER = (34.5961, 119.2190)
MARKET = (34.5915, 119.2301)


def cards(town: Town) -> list[str]:
    """The dispatch cards that the squad has before it."""
    return [m["text"] for m in town.by_bot(SQUAD) if buttons(m)]


async def test_shopkeeper_sends_pin_then_words_and_one_ticket_stands_at_the_pin(town: Town) -> None:
    """A pin alone waits in silence; the words that follow open one ticket at that point."""
    pin = town.pins(QIU, *CORNER)
    await town.quiet()
    assert town.by_bot() == []
    assert await town.tickets() == []

    said = town.says(QIU, STALL)
    await town.sees("#1 占道经营")
    await town.button("接单", SQUAD)
    await town.quiet()

    ticket = await town.ticket()
    assert (ticket["lat"], ticket["lon"], ticket["place_source"]) == (*CORNER, "pin")
    assert points(town.by_bot(SQUAD)) == [CORNER]
    assert await town.linked() == [pin["message_id"], said["message_id"]]
    assert len(town.by_bot()) == 1


async def test_shopkeeper_sends_words_then_pin_and_the_place_moves_with_one_more_pin(town: Town) -> None:
    """The ticket opens at her shop; her pin moves it, the cards follow, and the squad gets exactly one more pin."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    assert (await town.ticket())["place_source"] == "shop"
    [own_shop] = points(town.by_bot(SQUAD))

    pin = town.pins(QIU, *CORNER)
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["lat"], ticket["lon"], ticket["place_source"]) == (*CORNER, "pin")
    assert points(town.by_bot(SQUAD)) == [own_shop, CORNER]
    assert pin["message_id"] in await town.linked()
    assert len(cards(town)) == 1
    card = next(m for m in town.by_bot(SQUAD) if buttons(m))
    last = [m for m in town.by_bot(SQUAD) if "location" in m][-1]
    assert last["reply_to_message"]["message_id"] == card["message_id"]
    assert len(town.by_bot()) == 1


async def test_shopkeeper_pins_her_own_door_and_the_squad_gets_no_second_pin(town: Town) -> None:
    """A pin a few steps from the shop that is known already makes the place exact, and no noise."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.pins(QIU, 34.59371, 119.22135)
    await town.quiet()
    assert (await town.ticket())["place_source"] == "pin"
    assert len(points(town.by_bot(SQUAD))) == 1


async def test_two_people_speak_in_the_same_minute_and_each_keeps_her_own(town: Town) -> None:
    """Words, words, pin, pin, photo, photo: two tickets, each with its own pieces."""
    said = [town.says(QIU, STALL), town.says(ZHANG, SMOKE)]
    pinned = [town.pins(QIU, *CORNER), town.pins(ZHANG, *MARKET)]
    shown = [town.shows(QIU), town.shows(ZHANG, colour="#992211")]
    await town.sees("#2 ")
    await town.quiet()

    first, second = await town.tickets()
    assert (first["lat"], first["lon"]) == CORNER
    assert (second["lat"], second["lon"]) == MARKET
    assert await town.linked(1) == [said[0]["message_id"], pinned[0]["message_id"], shown[0]["message_id"]]
    assert await town.linked(2) == [said[1]["message_id"], pinned[1]["message_id"], shown[1]["message_id"]]
    replies = [m["reply_to_message"]["message_id"] for m in town.by_bot()]
    assert replies == [said[0]["message_id"], said[1]["message_id"]]


async def test_two_people_send_their_pins_before_their_words_and_nothing_is_crossed(town: Town) -> None:
    """Pin, pin, words, words: nobody gets the other's point."""
    town.pins(ZHANG, *MARKET)
    town.pins(QIU, *CORNER)
    town.says(QIU, STALL)
    town.says(ZHANG, SMOKE)
    await town.sees("#2 ")
    await town.quiet()
    first, second = await town.tickets()
    assert (first["lat"], first["lon"]) == CORNER
    assert (second["lat"], second["lon"]) == MARKET


async def test_shopkeeper_sends_an_album_and_every_photo_reaches_the_squad(town: Town) -> None:
    """Three photos, words under the first: one ticket, and the squad sees all three."""
    for number, colour in enumerate(("#111111", "#222222", "#333333")):
        words = {"caption": STALL} if number == 0 else {}
        town.shows(QIU, colour=colour, media_group_id="album-1", **words)
    await town.button("接单", SQUAD)
    await town.quiet()
    assert len(await town.tickets()) == 1
    assert len(await town.linked()) == 3
    assert len([m for m in town.by_bot(SQUAD) if "photo" in m]) == 3
    assert len(town.by_bot()) == 1


async def test_shopkeeper_sends_a_silent_album_then_words_and_it_is_one_ticket(town: Town) -> None:
    """Photos wait; the words gather all of them."""
    for colour in ("#111111", "#222222"):
        town.shows(QIU, colour=colour, media_group_id="album-2")
    await town.quiet()
    assert town.by_bot() == []
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    assert len(await town.tickets()) == 1
    assert len([m for m in town.by_bot(SQUAD) if "photo" in m]) == 2


@pytest.mark.parametrize("kind", ["photo", "voice"])
async def test_shopkeeper_sends_photo_or_voice_then_words_and_the_squad_gets_both(town: Town, kind: str) -> None:
    """What came before the words hangs under the squad's card."""
    piece = town.shows(QIU) if kind == "photo" else town.speaks(QIU)
    await town.quiet()
    assert town.by_bot() == []
    said = town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    assert await town.linked() == [piece["message_id"], said["message_id"]]
    [brought] = [m for m in town.by_bot(SQUAD) if kind in m]
    assert brought["reply_to_message"]["message_id"] == card["message_id"]


async def test_voice_note_after_the_words_is_added_and_never_a_second_ticket(town: Town) -> None:
    """A second thought by voice goes to the squad under the card."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.speaks(QIU)
    await town.until(lambda: any("voice" in m for m in town.by_bot(SQUAD)), "the voice note")
    assert len(await town.tickets()) == 1


async def test_pin_that_waited_too_long_belongs_to_nothing(town: Town) -> None:
    """A pin of eleven minutes ago is not taken for the place of new words."""
    town.pins(QIU, *MARKET)
    await town.quiet()
    town.turn(minutes=11)
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.quiet()
    ticket = await town.ticket()
    assert ticket["place_source"] == "shop"
    assert len(await town.linked()) == 1


async def test_colleague_pins_in_reply_and_the_ticket_moves_there(town: Town) -> None:
    """静姐 answers 邱女士's words with a pin: it is that ticket's place, not a ticket of hers."""
    said = town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.pins(JING, *CORNER, reply_to=said["message_id"])
    await town.until(lambda: CORNER in points(town.by_bot(SQUAD)), "the new pin")
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["lat"], ticket["lon"], ticket["place_source"]) == (*CORNER, "pin")
    reporters = await town.rows("SELECT p.name FROM ticket_reporter r JOIN person p ON p.id = r.person_id")
    assert [row["name"] for row in reporters] == ["邱女士"]


async def test_message_tells_of_two_matters_and_each_gets_its_ticket(town: Town) -> None:
    """One message, two matters: two tickets that share it."""
    said = town.says(QIU, "门口垃圾桶满了没人收，另外对面工地渣土车半夜施工吵得睡不着，麻烦管管")
    await town.sees("#2 ")
    await town.quiet()
    first, second = await town.tickets()
    assert first["matter"] != second["matter"]
    assert await town.linked(1) == await town.linked(2) == [said["message_id"]]


async def test_half_waits_and_a_greeting_is_not_answered(town: Town) -> None:
    """「在吗」 waits without a word; what follows within ten minutes opens the ticket with it."""
    greeting = town.says(ZHANG, "在吗")
    await town.quiet()
    assert town.by_bot(MERCHANTS) == []
    said = town.says(ZHANG, RUBBISH)
    await town.sees("#1 ")
    await town.quiet()
    assert await town.linked() == [greeting["message_id"], said["message_id"]]


async def test_words_beside_the_matter_do_not_move_its_place(town: Town) -> None:
    """A named place is not given up for 「隔壁」, whatever the reader makes of the sentence."""
    said = town.says(QIU, RUBBISH)
    await town.sees("#1 ")
    town.says(QIU, "我下午不在，货放隔壁就行", reply_to=said["message_id"])
    await town.quiet()
    assert (await town.ticket())["place"] == "凤鸣路31号门口"
    town.says(QIU, "不是凤鸣路31号，是凤鸣路51号门口", reply_to=said["message_id"])
    await town.sees("凤鸣路51号门口")


async def test_shopkeeper_says_where_then_what_and_the_place_alone_opened_nothing(town: Town) -> None:
    """An address waits in silence, as a pin does; the words that follow have it."""
    where = town.says(QIU, "凤鸣路31号门口")
    await town.quiet()
    assert town.by_bot() == []
    assert await town.tickets() == []

    said = town.says(QIU, "井盖没了，快来人修")
    await town.sees("凤鸣路31号门口")
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["matter"], ticket["place"]) == ("01023", "凤鸣路31号门口")
    assert await town.linked() == [where["message_id"], said["message_id"]]
