"""A lead asks which of two has more: a short true answer, one picture of both, and nothing for who may not."""

import io
from typing import Any

import pytest
from PIL import Image

from bot import summaries
from bot.errors import SettingsRefused
from bot.settings import Settings
from bot.summaries import Wanted
from tests.sights import buttons, labels
from tests.squads import SECOND, two_squads
from tests.town import BAI, JING, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

LAMP = "苍梧路33号门口有人摆摊卖菜，人行道都堵了，麻烦来管一下"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with 二中队."""
    return two_squads(settings)


async def told(town: Town) -> None:
    """One that is done and one that is open on 凤鸣路, one on 苍梧路."""
    town.says(QIU, "凤鸣路18号门口有货车卖水果，把路堵了，麻烦来管一下")
    await town.solved()
    town.says(ZHANG, LAMP)
    town.says(7004, "凤鸣路36号门口垃圾堆了一地没人清，麻烦处理一下")
    await town.sees("#3 ")
    await town.quiet()


async def test_lead_compares_two_roads_and_two_squads(town: Town) -> None:
    """Counted as anywhere else; a picture with both; the way to the list of each."""
    await told(town)
    asked = town.says(LEAD, "凤鸣路跟苍梧路这个月哪个多", chat=LEADS)
    answer = await town.sees("凤鸣路和苍梧路对比", LEADS)
    lines = answer["caption"].split("\n")
    assert lines[0].startswith("本月")
    assert lines[1] == "新开：凤鸣路 2 件，苍梧路 1 件，凤鸣路多 1 件"
    assert "按期结案率：凤鸣路 暂无，苍梧路 暂无" in lines
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    assert labels(answer) == ["明细：凤鸣路", "明细：苍梧路"]
    size = answer["photo"][-1]
    assert size["width"] > 0
    town.says(LEAD, "三中队和二中队比", chat=LEADS)
    answer = await town.sees("三中队和二中队对比", LEADS)
    assert "新开：三中队 3 件，二中队 0 件，三中队多 3 件" in answer["caption"]


async def test_each_side_has_the_list_that_a_question_about_it_alone_has(town: Town) -> None:
    """The same title, tickets and numbers, through every number; who may not see the answer is told so."""
    await told(town)
    town.says(LEAD, "凤鸣路跟苍梧路这个月哪个多", chat=LEADS)
    answer = await town.sees("凤鸣路和苍梧路对比", LEADS)
    for side, road, n in ((0, "凤鸣路", 2), (1, "苍梧路", 1)):
        town.says(LEAD, f"{road}本月怎么样", chat=LEADS)
        await town.clicks(LEAD, await town.sees(f"本月·{road}汇总", LEADS), "明细")
        alone = await town.sees(f"本月·{road} 新开 {n} 件", LEADS)
        await town.quiet()
        await town.clicks(LEAD, answer, labels(answer)[side])
        await town.until(lambda said=alone: _last(town) != said, "its own list")
        await town.quiet()
        beside = _last(town)
        assert beside["text"] == alone["text"]
        assert labels(beside) == labels(alone)
        assert all(len(one["callback_data"].encode()) <= 64 for one in buttons(beside))
        await town.clicks(LEAD, beside, "在办")
        await town.sees(f"现在·{road} 在办 1 件", LEADS)
        await town.clicks(LEAD, alone, "在办")
        await town.quiet()
    assert await town.clicks(BAI, answer, "明细：苍梧路") == "这份汇总只给问的人和队长看"


def _last(town: Town) -> dict[str, Any]:
    return dict(town.by_bot(LEADS)[-1])


async def test_who_may_not_gets_no_answer_or_her_own(town: Town) -> None:
    """An officer compares his own on two roads, alone with the bot; of others he is told that it is the leads'."""
    await told(town)
    before = len(town.by_bot(MERCHANTS))
    town.says(QIU, "凤鸣路跟苍梧路这个月哪个多")
    town.says(BAI, "三中队和二中队比", chat=SQUAD)
    town.says(BAI, "凤鸣路和苍梧路本月哪个多", chat=BAI)
    answer = await town.sees("凤鸣路和苍梧路对比", BAI)
    assert "新开：凤鸣路 1 件，苍梧路 0 件，凤鸣路多 1 件" in answer["text"]
    town.says(BAI, "白洋和孙倩谁办得多", chat=BAI)
    await town.sees("汇总给队长看", BAI)
    await town.quiet()
    assert len(town.by_bot(MERCHANTS)) == before
    assert not any("对比" in text for text in town.texts(SQUAD))


async def test_command_line_compares_too(town: Town, tmp_path: Any) -> None:
    """The same lines, the picture into a file; there is nothing to export."""
    await told(town)
    said = await summaries.text(town.settings, Wanted("本月凤鸣路和苍梧路比"), tmp_path / "p.png")
    assert "新开：凤鸣路 2 件，苍梧路 1 件，凤鸣路多 1 件" in said
    assert Image.open(io.BytesIO((tmp_path / "p.png").read_bytes())).size[0] == 1080
    with pytest.raises(SettingsRefused, match="对比没有明细"):
        await summaries.export(
            town.settings, Wanted("凤鸣路和苍梧路比"), tmp_path / "a.xlsx", lambda _: None, lambda _: None
        )


async def test_lead_asks_which_squad_keeps_its_deadlines_best(town: Town) -> None:
    """The squads in order with part and whole, the end that was asked for first; the way to the tickets of each."""
    town.says(QIU, STALL)
    await town.clicks(QIU, await town.solved(), "满意")
    town.says(ZHANG, LAMP)
    await town.sees("#2 ")
    town.says(JING, "凤鸣路36号门口垃圾堆了一地没人清，麻烦处理一下")
    await town.sees("#3 ")
    card = await town.taken()
    await town.clicks(BAI, card, "转派")
    await town.clicks(BAI, card, "二中队")
    await town.button("接单", SECOND)
    assert {one["squad"] for one in await town.tickets()} == {"二中队", "三中队"}
    await ask(town, "哪个中队按期率最高", "按期结案率：各中队暂无")
    told = await summaries.text(town.settings, Wanted("最近7天各中队满意率"))
    assert told.splitlines()[1] == "满意率从高到低：三中队 100%（1/1）"
    await town.later(days=8)
    await town.quiet()
    for words, line in (
        ("最近30天哪个中队按期率最高", "按期结案率从高到低：三中队 50%（1/2），二中队 0%（0/1）"),
        ("最近30天哪个中队按期结案率最低", "按期结案率从低到高：二中队 0%（0/1），三中队 50%（1/2）"),
        ("最近30天各中队按期处置率", "按期处置率从高到低：三中队 50%（1/2），二中队 0%（0/1）"),
        ("最近30天哪个中队满意率最高", "满意率从高到低：三中队 100%（1/1）"),
    ):
        await ask(town, words, line)
    answer = await ask(town, "最近30天各中队按期率", "按期结案率从高到低：三中队 50%（1/2），二中队 0%（0/1）")
    await town.clicks(LEAD, answer, "明细")
    listed = await town.sees("最近30天 新开 3 件", LEADS)
    await town.clicks(LEAD, listed, "应结案")
    listed = await town.sees("最近30天 应结案 3 件", LEADS)
    await town.clicks(LEAD, listed, "二中队 1")
    await town.sees("最近30天·二中队 应结案 1 件", LEADS)


async def ask(town: Town, words: str, line: str) -> Any:
    """The lead's question; the first line of the answer stands right under its title."""
    asked = town.says(LEAD, words, chat=LEADS)

    def answered() -> Any:
        found = [
            m for m in town.by_bot(LEADS) if m.get("reply_to_message", {}).get("message_id") == asked["message_id"]
        ]
        return found[0] if found else None

    answer = await town.until(answered, f"an answer to {words}")
    assert answer["caption"].split("\n")[1] == line, words
    return answer
