"""One thing told of twice: joined, taken apart with a press, decided by the leads; and trouble that comes back."""

import re

import pytest

from tests.sights import labels
from tests.town import BAI, JING, LEAD, LEADS, QIU, SQUAD, STALL, ZHANG, Json, Town

XU = 6001
AGAIN = "又有货车路边卖水果，堵住我们门口，能不能来人管一下？"
FAR = "瀛洲路70号门口有货车卖水果，把路堵了，麻烦来管一下"
SMOKE = "烧烤摊占着人行道，油烟呛人，麻烦来人管管"


def live(town: Town) -> list[str]:
    """The squad's cards that have buttons."""
    return [m["text"] for m in town.by_bot(SQUAD) if labels(m)]


async def joined(town: Town) -> None:
    """邱女士 and then 静姐 tell of the same lorry."""
    town.says(QIU, STALL)
    await town.sees("#1 占道经营")
    town.says(JING, AGAIN)
    await town.sees("#1 占道经营 已有人反映，一起记上了")
    await town.sees("等2人", SQUAD)
    await town.quiet()


async def perhaps_one(town: Town) -> Json:
    """老张 and half an hour later 徐班长, who names no place, tell of rubbish; the card that asks the leads."""
    town.says(ZHANG, "凤鸣路31号门口一堆垃圾没人清，臭死了，麻烦来处理一下")
    await town.sees("#1 ")
    town.turn(minutes=30)
    town.says(XU, "路边一堆垃圾没人清，太臭了，麻烦来处理一下")
    await town.sees("#2 ")
    return await town.sees("是同一件事吗", LEADS)


async def test_neighbour_tells_the_same_and_hears_of_it_to_the_end(town: Town) -> None:
    """静姐 two doors on is joined in one line, stands on the squad's card, is asked by name, and may close it."""
    await joined(town)
    first, second = await town.tickets()
    assert (second["status"], second["same_as"]) == ("void", first["id"])
    assert len(live(town)) == 1

    result = await town.solved()
    assert "邱女士" in result["caption"]
    assert "静姐" in result["caption"]
    await town.clicks(JING, result, "满意")
    await town.sees("谢谢您的评价")
    assert (await town.tickets())[0]["status"] == "closed"
    assert len(town.by_bot()) == 3


async def test_neighbour_sees_in_her_line_how_the_first_one_stands(town: Town) -> None:
    """Her one line follows the ticket that hers stands under."""
    await joined(town)
    await town.reached()
    await town.sees("现在是“已到场”")
    assert len(town.by_bot()) == 2


async def test_neighbour_says_that_hers_is_another_and_it_goes_its_own_way(town: Town) -> None:
    """不是一回事: her line becomes a receipt, the squad gets a card of its own, the first ticket forgets her."""
    await joined(town)
    line = await town.sees("一起记上了")
    assert await town.clicks(JING, line, "不是一回事") == "好的，分开办理"
    await town.sees("#2 占道经营")
    await town.sees("#2 占道经营", SQUAD)
    await town.quiet()

    first, second = await town.tickets()
    assert (first["status"], second["status"], second["same_as"]) == ("dispatched", "dispatched", None)
    assert len(live(town)) == 2
    assert not any("等2人" in text for text in town.texts(SQUAD))
    assert await town.history(2, moves=True) == ["merge", "split", "dispatch"]
    assert len(town.by_bot()) == 2
    assert line["message_id"] in {m["message_id"] for m in town.by_bot()}


async def test_stranger_cannot_take_two_reports_apart(town: Town) -> None:
    """Only who told of it, and the leads."""
    await joined(town)
    line = await town.sees("一起记上了")
    assert await town.clicks(ZHANG, line, "不是一回事") == "这个按钮不归您按，谢谢"
    assert (await town.tickets())[1]["same_as"] == 1


async def test_second_press_on_a_split_report_does_nothing(town: Town) -> None:
    """Her thumb was quick: one split, one card."""
    await joined(town)
    line = await town.sees("一起记上了")
    presses = [town.presses(JING, line, "不是一回事") for _ in range(2)]
    toasts = [await town.toast(press) for press in presses]
    assert toasts[0] == "好的，分开办理"
    assert "待接单" in toasts[1]
    await town.quiet()
    assert await town.history(2, moves=True) == ["merge", "split", "dispatch"]


async def test_photo_of_the_neighbour_reaches_the_squad_under_the_first_card(town: Town) -> None:
    """What a joined report brings along is not lost, and what she adds later goes to the first ticket."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    town.shows(JING, caption=AGAIN)
    await town.sees("一起记上了")
    await town.quiet()
    [shown] = [m for m in town.by_bot(SQUAD) if "photo" in m]
    assert shown["reply_to_message"]["message_id"] == card["message_id"]

    town.shows(JING, colour="#aa1100")
    await town.quiet()
    assert len([m for m in town.by_bot(SQUAD) if "photo" in m]) == 2
    assert len(await town.linked(2)) == 2


async def test_lead_says_that_two_are_one_and_takes_them_apart_again(town: Town) -> None:
    """Perhaps one thing: the leads are asked; 是同一件 merges, 拆开 undoes it, and nobody is lost."""
    asked = await perhaps_one(town)
    assert "#1 " in asked["text"]
    assert "#2 " in asked["text"]

    assert await town.clicks(BAI, asked, "是同一件") == "这个按钮不归您按，谢谢"
    assert await town.clicks(LEAD, asked, "是同一件") == "已并到一起"
    await town.sees("已并入 #1，一起办理", LEADS)
    await town.sees("已有人反映，一起记上了")
    await town.quiet()
    assert [t["same_as"] for t in await town.tickets()] == [None, 1]
    assert [label for m in town.by_bot(SQUAD) if "#2 " in m.get("text", "") for label in labels(m)] == []

    assert await town.clicks(LEAD, asked, "拆开") == "好的，分开办理"
    await town.sees("重新派来了", SQUAD)
    await town.quiet()
    first, second = await town.tickets()
    assert (second["same_as"], second["status"], second["squad"]) == (None, "dispatched", first["squad"])
    people = await town.rows("SELECT ticket_id, count(*) AS n FROM ticket_reporter GROUP BY ticket_id ORDER BY 1")
    assert [row["n"] for row in people] == [1, 1]


async def test_lead_says_that_two_are_two(town: Town) -> None:
    """不是: the card loses its buttons, both go on."""
    asked = await perhaps_one(town)
    assert await town.clicks(LEAD, asked, "不是") == "好的，分开办理"
    await town.sees("分开办理。", LEADS)
    await town.quiet()
    assert [t["status"] for t in await town.tickets()] == ["dispatched", "dispatched"]
    assert all(labels(m) == [] for m in town.by_bot(LEADS))


async def test_same_words_at_another_place_stay_apart(town: Town) -> None:
    """Near-identical words, two streets: two tickets, nobody is asked."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    town.says(7009, FAR)
    await town.sees("#2 ")
    await town.quiet()
    assert [t["same_as"] for t in await town.tickets()] == [None, None]
    assert town.by_bot(LEADS) == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (
            "刚才有人冒充消防打电话诈骗，让我买灭火器，谁能管管",
            "凤鸣路17号停电了，冰柜里的货都要化了，能不能派人来修一下",
            None,
        ),
        ("自来水又停了，开店没法洗碗，能不能帮忙问问什么时候来水", "我家也没水了，帮忙反映一下，什么时候来", 1),
    ],
)
async def test_other_departments_business_is_one_where_it_is_the_same_departments(
    town: Town, first: str, second: str, same: int | None
) -> None:
    """Both have no matter of the standard's; what their words point to tells whether they are one."""
    town.says(ZHANG, first)
    await town.sees("#1 ")
    town.turn(minutes=6)
    town.says(JING, second)
    await town.sees("一起记上了" if same else "#2 ")
    await town.quiet()
    assert [t["same_as"] for t in await town.tickets()] == [None, same]


async def test_other_words_about_one_place_come_together(town: Town) -> None:
    """「我家也…」 in the same minutes is the same smoke, whatever it is called."""
    town.says(ZHANG, SMOKE)
    await town.sees("#1 ")
    town.says(JING, "我家也呛得不行，店里全是烧烤味，客人都走了，管管吧")
    await town.sees("一起记上了")
    await town.quiet()
    assert [t["same_as"] for t in await town.tickets()] == [None, 1]


async def test_merged_report_survives_a_restart(town: Town) -> None:
    """What was merged is merged after a restart, and can still be taken apart."""
    await joined(town)
    await town.stop_bot()
    await town.start_bot()
    line = await town.sees("一起记上了")
    assert await town.clicks(JING, line, "不是一回事") == "好的，分开办理"
    await town.sees("#2 占道经营", SQUAD)


async def test_trouble_of_another_day_is_a_new_ticket_that_names_the_old_one(town: Town) -> None:
    """Two days later the lorry is back: a new ticket, linked, and the squad's card says so."""
    town.says(QIU, STALL)
    result = await town.solved()
    await town.clicks(QIU, result, "满意")
    await town.quiet()
    await town.later(days=5)
    town.says(QIU, "又有货车路边卖水果，堵住我们门前小路，麻烦来管一下")
    card = await town.sees("又来了：", SQUAD)
    assert "#1" in card["text"]
    await town.quiet()
    assert [t["recurs"] for t in await town.tickets()] == [None, 1]
    assert "recur" in await town.history(2)


async def test_summary_counts_one_matter_once(town: Town) -> None:
    """Two people, one lorry: the leads' figures say one."""
    await joined(town)
    town.says(LEAD, "汇总 今天", chat=LEADS)
    said = await town.sees("新开", LEADS)
    assert re.search(r"新开\s*1(?!\d)", said["caption"])


async def test_neighbour_takes_back_her_own_report_alone(town: Town) -> None:
    """静姐 says that she only chatted: 邱女士's ticket goes on, and asks 静姐 no more."""
    await joined(town)
    receipt = await town.sees("#1 占道经营 · ")
    assert await town.clicks(JING, receipt, "不是报事") == "好的，已撤回"
    await town.quiet()
    first, second = await town.tickets()
    assert (first["status"], second["status"], second["same_as"]) == ("dispatched", "void", None)
    assert not any("等2人" in text for text in town.texts(SQUAD))


async def test_first_reporter_takes_it_back_and_the_neighbours_report_goes_on(town: Town) -> None:
    """What others told of too is not lost with the first: it goes out as a ticket of its own."""
    await joined(town)
    receipt = await town.sees("#1 占道经营 · ")
    assert await town.clicks(QIU, receipt, "不是报事") == "好的，已撤回"
    await town.sees("#2 占道经营", SQUAD)
    await town.quiet()
    first, second = await town.tickets()
    assert (first["status"], second["status"], second["same_as"]) == ("void", "dispatched", None)


async def test_danger_that_the_second_saw_reaches_the_squad(town: Town) -> None:
    """The joined report knows of somebody hurt: the first ticket is urgent, and she is told whom to call."""
    town.says(QIU, "凤鸣路18号门口一堆垃圾没人清，臭死了，麻烦来处理一下")
    await town.sees("#1 ")
    town.says(JING, "凤鸣路18号门口那堆垃圾没人清，有人踩了摔倒头上流血了，快来人")
    await town.sees("一起记上了")
    await town.sees("【紧急】", SQUAD)
    await town.sees("先打120")
    await town.quiet()
    assert (await town.tickets())[0]["emergency"] == "120"


async def test_words_of_a_passer_by_do_not_move_a_pin(town: Town) -> None:
    """邱女士 showed where; 老张's 「她说的是…」 changes the words, not the point."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    town.pins(QIU, 34.5961, 119.2190)
    await town.quiet()
    town.says(ZHANG, "她说的是实验幼儿园后门那个")
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["place_source"], ticket["lat"], ticket["lon"]) == ("pin", 34.5961, 119.2190)


async def test_finished_job_takes_no_fresh_report_in(town: Town) -> None:
    """是同一件 on a card that was asked before the first was done: refused, the fresh report goes on."""
    asked = await perhaps_one(town)
    card = next(m for m in town.by_bot(SQUAD) if "#1 " in m.get("text", ""))
    for label in ("接单", "到场"):
        await town.clicks(BAI, card, label)
    await town.finishes(BAI, card, "服务")
    await town.quiet()
    data = "v1:merge:2:1"
    assert "已办结" in await town.toast(town.world.press(LEAD, LEADS, asked["message_id"], data))
    assert [t["same_as"] for t in await town.tickets()] == [None, None]


async def test_history_of_a_joined_report_leads_to_the_first(town: Town) -> None:
    """工单 2 says where hers is dealt with."""
    await joined(town)
    town.says(JING, "工单 2")
    told = await town.sees("已并入 #1")
    assert "工单 1" in told["text"]


async def test_smoke_at_one_door_and_a_full_bin_at_another_are_not_asked_about(town: Town) -> None:
    """Both stink, of one family of matters, nine doors apart: nobody at the leads' is bothered."""
    town.says(JING, "门口垃圾桶满了两天没人收，味道大得很")
    await town.sees("#1 ")
    town.says(ZHANG, "隔壁烧烤摊油烟全熏到我店里")
    await town.sees("#2 ")
    await town.quiet()
    assert not any("是同一件" in text for text in town.texts(LEADS))
    assert [row["perhaps"] for row in await town.tickets()] == [None, None]
