"""What people ask the bot: help, their own tickets, one ticket's history, the figures."""

from collections import Counter
from math import ceil
from typing import Any

import pytest

from bot import summaries
from bot.summaries import Wanted
from tests.sights import moment
from tests.town import BAI, JING, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

SPANS = ("accepted", "arrived", "resolved")
RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"
MANHOLE = "凤鸣路36号门口井盖坏了，太危险，快来人修"


@pytest.mark.parametrize(
    "words", ["/help", "帮助", "/help@qunban_playground_bot", "@qunban_playground_bot 帮助", "/start"]
)
async def test_everybody_asks_for_help_and_gets_that_of_her_role(town: Town, words: str) -> None:
    """Shopkeeper, officer and lead read what concerns them, in one message that fits a phone."""
    asked = town.says(QIU, words)
    answer = await town.sees("有事在群里直接说")
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    assert "接单" not in answer["text"]
    town.says(BAI, words, chat=SQUAD)
    officer = await town.sees("卡片按钮：接单", SQUAD)
    assert "汇总" not in officer["text"]
    town.says(LEAD, words, chat=LEADS)
    lead = await town.sees("卡片按钮：接单", LEADS)
    assert "汇总 今天" in lead["text"]
    assert max(len(m["text"].splitlines()) for m in (answer, officer, lead)) <= 8
    assert await town.tickets() == []


@pytest.mark.parametrize("words", ["/mine", "我的"])
async def test_people_ask_for_their_own_tickets(town: Town, words: str) -> None:
    """邱女士 reads hers, 白洋 what he has in hand; who has none is told so in private."""
    town.says(QIU, STALL)
    town.says(ZHANG, RUBBISH)
    await town.sees("#2 ")
    await town.quiet()
    card = next(m for m in town.by_bot(SQUAD) if "#1 " in (m.get("text") or ""))
    await town.clicks(BAI, card, "接单")
    town.says(QIU, words)
    hers = await town.sees("您的工单：")
    assert "#1 占道经营" in hers["text"]
    assert "已接单" in hers["text"]
    assert "#2" not in hers["text"]
    town.says(BAI, words, chat=SQUAD)
    his = await town.sees("您的工单：", SQUAD)
    assert "#1" in his["text"]
    assert "#2" not in his["text"]
    town.says(JING, words, chat=JING)
    await town.sees("您现在没有在办的工单", JING)


@pytest.mark.parametrize("words", ["/ticket 1", "工单 1", "工单1", "工单 #1"])
async def test_people_ask_for_one_ticket(town: Town, words: str) -> None:
    """Reporter, officer and lead read its whole history; a neighbour does not."""
    town.says(QIU, STALL)
    await town.solved()
    town.says(QIU, words)
    told = await town.sees("开单")
    lines = told["text"].splitlines()
    assert lines[0] == "#1 占道经营 已办结 · 投诉"
    verbs = [line.split()[2] for line in lines if line[:2].isdigit() and "-" in line[:4]]
    assert [v for v in verbs if v not in {"照片", "补充"}] == ["开单", "派遣", "接单", "到场", "办结"]
    town.says(BAI, words, chat=SQUAD)
    await town.sees("办结 白洋 管理", SQUAD)
    town.says(LEAD, words, chat=LEADS)
    await town.sees("办结 白洋 管理", LEADS)
    town.says(JING, words)
    await town.sees("这件工单只给办理的人和反映的人看")


@pytest.mark.parametrize(
    ("words", "answer"),
    [("/ticket", "请带上工单号"), ("/ticket 99", "没有找到这个工单号"), ("工单 99", "没有找到这个工单号"),
     ("/ticket 999999999999999999999", "没有找到这个工单号"), ("/ticket abc", "请带上工单号")],
)  # fmt: skip
async def test_shopkeeper_asks_for_a_ticket_that_is_not(town: Town, words: str, answer: str) -> None:
    """She is told what is missing."""
    town.says(QIU, words)
    await town.sees(answer)
    assert await town.rows("SELECT 1 FROM inbox WHERE state = 'dead'") == []


async def test_shopkeeper_and_officer_ask_for_figures_and_get_their_own(town: Town) -> None:
    """A shopkeeper reads what became of what she told, an officer what he did; a neighbour's talk gets no answer."""
    town.says(QIU, STALL)
    town.says(ZHANG, RUBBISH)
    await town.sees("#2 ")
    await town.quiet()
    town.says(QIU, "/summary 本月")
    hers = await town.sees("本月·我的汇总")
    assert "新开 1 件" in hers["text"]
    town.says(BAI, "汇总", chat=SQUAD)
    his = await town.sees("今天·我的汇总", SQUAD)
    assert "办结" in his["text"]
    assert "新开 0 件" in his["text"]
    await town.quiet()
    before = len(town.by_bot())
    for words in ("这周怎么样？", "汇总", "生意怎么样", "今天生意怎么样"):
        town.says(JING, words)
    await town.quiet()
    assert len(town.by_bot()) == before


async def _busy_day(town: Town) -> None:
    """Five tickets: one closed content, one disputed and open, one done by service, one overdue, one void."""
    town.says(QIU, STALL)
    first = await town.solved(means="管理")
    await town.clicks(QIU, first, "满意")
    await town.quiet()
    town.turn(minutes=3)
    town.says(ZHANG, RUBBISH)
    await town.sees("#2 ")
    second = await town.solved(means="管理")
    await town.clicks(ZHANG, second, "没解决")
    await town.quiet()
    town.says(JING, MANHOLE)
    await town.sees("#3 ")
    await town.sees("#3", SQUAD)
    card = next(m for m in town.by_bot(SQUAD) if "#3 " in (m.get("text") or ""))
    town.turn(minutes=4)
    await town.clicks(BAI, card, "接单")
    town.turn(minutes=7)
    await town.clicks(BAI, card, "到场")
    town.says(BAI, "井盖已换新", chat=SQUAD, reply_to=card["message_id"])
    await town.quiet()
    await town.clicks(BAI, card, "办结")
    await town.clicks(BAI, card, "服务")
    await town.sees("已办结（服务）")
    town.says(7009, "瀛洲路70号门口有货车路边卖水果，把路堵了，麻烦来管一下")
    receipt = await town.sees("#4 ")
    await town.quiet()
    town.says(7012, "学院路27号门口垃圾桶满了没人收，麻烦来清一下")
    void = await town.sees("#5 ")
    await town.quiet()
    await town.clicks(7012, void, "不是报事")
    await town.quiet()
    assert receipt


async def test_leads_figures_equal_the_tables(town: Town) -> None:
    """Every figure of 汇总 is counted anew from the tickets and the history, by another way."""
    await _busy_day(town)
    town.turn(hours=3)
    asked = town.says(LEAD, "汇总 本月", chat=LEADS)
    answer = await town.sees("本月汇总", LEADS)
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    lines = answer["caption"].splitlines()

    tickets = await town.tickets()
    closed = [t for t in tickets if t["status"] == "closed"]
    done = [t for t in tickets if t["resolved_at"]]
    open_now = [t for t in tickets if t["status"] not in {"closed", "void", "resolved"}]
    now = town.clock.now()
    due = [t for t in tickets if t["status"] != "void" and moment(t["deadline_at"]) <= now]
    to_close = [t for t in due if t["status"] != "resolved"]
    in_time = [t for t in due if t["resolved_at"] and moment(t["resolved_at"]) <= moment(t["deadline_at"])]

    def share(part: list[Any], whole: list[Any]) -> str:
        return f"{round(100 * len(part) / len(whole))}%（{len(part)}/{len(whole)}）"

    archived = share([t for t in in_time if t["status"] == "closed"], to_close)
    opened, shut, standing = (len(held) for held in (tickets, closed, open_now))
    assert lines[1] == f"新开 {opened} 件，结案 {shut} 件，现在在办 {standing} 件，按期结案率 {archived}"

    def ranks(column: str) -> str:
        spans = sorted((moment(t[column]) - moment(t["opened_at"])).total_seconds() // 60 for t in tickets if t[column])
        return "/".join(f"{spans[ceil(len(spans) * part) - 1]:.0f}分" for part in (0.5, 0.9))

    assert ranks("accepted_at").endswith("/4分")
    assert ranks("arrived_at").endswith("/11分")
    told = [f"{name} {ranks(f'{verb}_at')}" for name, verb in zip(("接单", "到场", "办结"), SPANS, strict=True)]
    assert lines[2] == f"用时（半数内/九成内）：{'，'.join(told)}"
    assert lines[3] == f"满意率 100%（1/1），按期处置率 {share(in_time, due)}"
    means: Counter[str] = Counter(t["means"] for t in done)
    shares = [round(100 * means[m] / len(done)) for m in ("service", "management", "enforcement")]
    seven = "721：服务 {}% · 管理 {}% · 执法 {}%（目标 70/20/10），只有 {} 件，比例仅供参考"
    assert lines[4] == seven.format(*shares, len(done))
    late = [t for t in open_now if moment(t["deadline_at"]) < now]
    assert late
    assert lines[5] == f"现在超期 {len(late)} 件：三中队 {len(late)}"
    again = sum(t["round"] > 1 for t in tickets)
    assert lines[6].startswith(f"返工 {again} 件，同一处又发生 0 件")
    assert len(lines) == 7


async def test_command_line_and_chat_tell_the_same_figures(town: Town) -> None:
    """`qunban summary` and 汇总 are one count."""
    town.says(QIU, STALL)
    await town.solved()
    town.says(LEAD, "汇总 今天", chat=LEADS)
    said = (await town.sees("今天汇总", LEADS))["caption"]
    text = await summaries.text(town.settings, Wanted("今天"))
    assert text.splitlines() == said.splitlines()
    here = await summaries.text(town.settings, Wanted(options={"group": "高新区城管工地环卫群"}))
    assert here.startswith("今天·高新区城管工地环卫群汇总\n新开 0 件")


async def test_shopkeeper_asks_in_private_and_is_answered_there(town: Town) -> None:
    """What she asks the bot alone is told to her alone."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    town.says(QIU, "我的", chat=QIU)
    await town.sees("#1 占道经营", QIU)
    town.says(QIU, "工单 1", chat=QIU)
    await town.sees("派遣", QIU)
    assert len(town.by_bot(MERCHANTS)) == 1
