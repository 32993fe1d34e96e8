"""An answer says what its numbers are of: whose, of which days or now, and what the map draws."""

import pytest

from tests.sights import labels
from tests.stories.test_asking import RUBBISH, asks, two_tickets, words_of
from tests.town import BAI, JING, LEAD, LEADS, QIANG, QIU, SQUAD, STALL, SUN, ZHANG, Town


@pytest.mark.parametrize("words", ["孙倩本月", "孙倩手上有几单", "孙倩这周办了多少件"])
async def test_officer_who_asks_about_a_colleague_is_not_told_his_own_under_her_name(town: Town, words: str) -> None:
    """Figures of others are the lead's; by his own name he hears his own."""
    await two_tickets(town)
    for chat, said in ((BAI, words), (SQUAD, f"/summary {words}")):
        assert words_of(await asks(town, said, chat=chat, who=BAI)).startswith("汇总给队长看")
    assert "孙倩" in words_of(await asks(town, words))
    own = words_of(await asks(town, "白洋本月", chat=BAI, who=BAI))
    assert own.startswith("本月·我的·白洋汇总\n新开 1 件")


async def test_parts_of_a_number_lead_to_their_tickets_in_the_chat(town: Town) -> None:
    """A place that came back, what each officer has in hand: a button each, and from there to the others."""
    for who, words in ((QIU, STALL), (ZHANG, "凤鸣路31号门口路灯不亮了"), (JING, RUBBISH), (QIANG, "苍梧路井盖坏了")):
        town.says(who, words)
        await town.quiet()
    await town.taken(BAI)
    await town.quiet()
    answer = await asks(town, "本月怎么样")
    place = words_of(answer).rsplit("多次反映：", 1)[1].split()[0]
    assert f"{place} 2" in words_of(answer)
    await town.clicks(LEAD, answer, "明细")
    listed = await town.sees("本月 新开 4 件", LEADS)
    await town.clicks(LEAD, listed, f"{place} 2")
    listed = await town.sees(f"本月·{place} 新开 2 件", LEADS)
    assert words_of(listed).count("#") == 2
    await town.clicks(LEAD, listed, "在办")
    listed = await town.sees("现在 在办 4 件", LEADS)
    assert "三中队 4" not in labels(listed), "one squad has all"
    loads = await asks(town, "谁手上积压最多")
    await town.clicks(LEAD, loads, "明细")
    listed = await town.sees("今天 新开", LEADS)
    await town.clicks(LEAD, listed, "手上")
    await town.sees("现在 手上 1 件", LEADS)


@pytest.mark.parametrize("hour", ["2026-03-30 09:00"])
async def test_what_is_counted_now_is_not_told_of_last_month(town: Town) -> None:
    """What stands open today may have been opened since; its list says now as well."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.later(days=4)
    town.says(ZHANG, RUBBISH)
    await town.sees("#2 ")
    await town.quiet()
    answer = await asks(town, "上月怎么样")
    assert "新开 1 件" in words_of(answer)
    assert "现在在办 2 件" in words_of(answer)
    await town.clicks(LEAD, answer, "明细")
    listed = await town.sees("上月 新开 1 件", LEADS)
    await town.clicks(LEAD, listed, "在办")
    await town.sees("现在 在办 2 件", LEADS)


async def test_map_does_not_draw_what_is_void(town: Town) -> None:
    """What the lead found to be none lies nowhere, as on the pages' map; what has no point is counted without it."""
    for who, words in ((QIU, STALL), (ZHANG, RUBBISH)):
        town.says(who, words)
        town.pins(who)
    await town.sees("#2 ")
    await town.quiet()
    card = await town.taken(SUN, SQUAD)
    await town.clicks(SUN, card, "退回")
    await town.clicks(SUN, card, "情况不实")
    triage = await town.button("作废", LEADS)
    await town.clicks(LEAD, triage, "作废")
    await town.quiet()
    answer = await asks(town, "本月怎么样")
    assert "新开 2 件" in words_of(answer)
    await town.clicks(LEAD, answer, "地图")
    await town.sees("1 件", LEADS)
