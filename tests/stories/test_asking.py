"""A lead asks how it goes, in plain words: six lines and a picture, and the tickets behind every number."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from PIL import Image

from tests.sights import buttons, labels, moment
from tests.town import BAI, CHEN, JING, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, SUN, ZHANG, Town

RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"


def answer_to(town: Town, asked: dict[str, Any], chat: int = LEADS) -> dict[str, Any] | None:
    """The bot's reply to a message."""
    replies = [m for m in town.by_bot(chat) if m.get("reply_to_message", {}).get("message_id") == asked["message_id"]]
    return replies[0] if replies else None


async def asks(town: Town, words: str, chat: int = LEADS, who: int = LEAD, **more: Any) -> dict[str, Any]:
    """Somebody asks; what she is answered."""
    said = town.says(who, words, chat=chat, **more)
    found: dict[str, Any] = await town.until(lambda: answer_to(town, said, chat), f"an answer to {words}")
    return found


def words_of(message: dict[str, Any]) -> str:
    """What stands in a message or under its picture."""
    return str(message.get("text") or message.get("caption") or "")


def data_of(town: Town, message: dict[str, Any]) -> bytes:
    """The file of a message, as it was sent."""
    kept = message["photo"][-1] if "photo" in message else message["document"]
    return bytes(town.world.files[kept["file_id"]]["data"])


async def two_tickets(town: Town) -> None:
    """A stall that was removed and praised, and rubbish that lies there still."""
    town.says(QIU, STALL)
    town.pins(QIU)
    first = await town.solved()
    await town.clicks(QIU, first, "满意")
    town.says(ZHANG, RUBBISH)
    await town.sees("#2 ")
    await town.quiet()


async def test_lead_asks_how_the_week_goes_and_opens_what_is_behind(town: Town) -> None:
    """Picture, six lines, three buttons; the list turns its pages, the map and the workbook come as files."""
    await two_tickets(town)
    answer = await asks(town, "这周怎么样")
    lines = words_of(answer).splitlines()
    assert lines[0] == "本周汇总"
    assert lines[1].startswith("新开 2 件，结案 1 件，现在在办 1 件")
    assert len(lines) == 7
    assert labels(answer) == ["明细", "地图", "导出"]
    picture = Image.open(io.BytesIO(data_of(town, answer)))
    assert picture.height > picture.width > 700

    assert await town.clicks(LEAD, answer, "明细") == "正在整理"
    listed = await town.sees("本周 新开 2 件", LEADS)
    assert [line.split()[0] for line in words_of(listed).splitlines()[1:3]] == ["#2", "#1"]
    assert await town.clicks(LEAD, listed, "办结") == "翻到了"
    await town.sees("本周 办结 1 件", LEADS)
    assert len([m for m in town.by_bot(LEADS) if words_of(m).startswith("本周 ")]) == 1

    assert await town.clicks(LEAD, answer, "地图") == "正在画图"
    drawn = await town.sees("件的位置", LEADS)
    assert Image.open(io.BytesIO(data_of(town, drawn))).width > 700
    assert await town.clicks(LEAD, answer, "导出") == "正在导出，稍等"
    sent = await town.sees("第二页是办理记录", LEADS)
    book = openpyxl.load_workbook(io.BytesIO(data_of(town, sent)), read_only=True)
    tickets, events = (list(book[name].iter_rows(values_only=True)) for name in ("工单", "办理记录"))
    assert [row[0] for row in tickets] == ["工单号", 1, 2]
    assert {"开单", "办结"} <= {row[2] for row in events if row[0] == 1}


COUNTED = {
    "结案": 1, "办结": 1, "在办": 1, "超期": 1, "返工复发": 0, "返工": 0, "复发": 0, "按期结案": 1, "应结案": 2,
    "按期处置": 1, "应处置": 2, "满意": 1, "已评价": 1, "服务": 0, "管理": 1, "执法": 0, "新开": 2,
}  # fmt: skip
"""The numbers of the answer about two that were due, of which one is closed, in the order of their buttons."""


NOW = {"在办", "超期"}
"""What is counted as things stand, whatever the period."""


async def test_every_number_of_the_answer_leads_to_as_many_tickets(town: Town) -> None:
    """A button a number, four side by side at most; each list is as long as its number says."""
    await two_tickets(town)
    await town.later(days=8)
    answer = await asks(town, "最近30天怎么样")
    for words in (
        "新开 2 件，结案 1 件，现在在办 1 件，按期结案率 50%（1/2）", "满意率 100%（1/1），按期处置率 50%（1/2）",
        "服务 0% · 管理 100% · 执法 0%", "现在超期 1 件", "没有返工和复发",
    ):  # fmt: skip
        assert words in words_of(answer)
    await town.clicks(LEAD, answer, "明细")
    listed = await town.sees("最近30天 新开 2 件", LEADS)
    assert [*labels(listed), "新开"] == list(COUNTED)
    assert all(len(row) <= 4 for row in listed["reply_markup"]["inline_keyboard"])
    for label, n in COUNTED.items():
        data = next(one["callback_data"] for one in buttons(listed) if one["text"] == label)
        assert await town.toast(town.world.press(LEAD, LEADS, listed["message_id"], data)) == "翻到了"
        listed = await town.sees(f"{'现在' if label in NOW else '最近30天'} {label} {n} 件\n", LEADS)
        assert words_of(listed).count("#") == n


@pytest.mark.parametrize(
    ("words", "said", "behind"),
    [
        (
            "最近30天满意率怎么样",
            "响应率 100%（1/1），解决率 100%（1/1），满意率 100%（1/1）",
            {"及时响应": 1, "一次解决": 1},
        ),
        ("谁手上积压最多", "白洋 超期 1、手上 1", {"手上": 1, "手上超期": 1}),
    ],
)
async def test_what_only_one_question_names_leads_to_its_tickets_too(
    town: Town, words: str, said: str, behind: dict[str, int]
) -> None:
    """The three rates where satisfaction was asked about, what people have in hand where that was."""
    await two_tickets(town)
    await town.taken(BAI)
    await town.later(days=8)
    await town.quiet()
    answer = await asks(town, words)
    assert said in words_of(answer)
    await town.clicks(LEAD, answer, "明细")
    await town.until(lambda: set(behind) <= set(labels(town.by_bot(LEADS)[-1])), "its buttons")
    listed = town.by_bot(LEADS)[-1]
    for label, n in behind.items():
        data = next(one["callback_data"] for one in buttons(listed) if one["text"] == label)
        town.world.press(LEAD, LEADS, listed["message_id"], data)
        listed = await town.sees(f" {label} {n} 件\n", LEADS)
        assert words_of(listed).count("#") == n


async def test_lead_asks_in_many_ways(town: Town) -> None:
    """By period, squad, matter, road, officer; about one thing; with a date that is none."""
    await two_tickets(town)
    for words, title, more in (
        ("/summary", "今天汇总", "新开 2 件"), ("汇总 上周", "上周汇总", "新开 0 件"),
        ("三中队本月", "本月·三中队汇总", "新开 2 件"), ("凤鸣路的垃圾本月怎么样", "本月·凤鸣路·", "新开 1 件"),
        ("白洋今天办了多少件", "今天·白洋汇总", "结案 1 件"), ("谁手上积压最多", "今天汇总", "现在没有人手上有积压"),
        ("721比例", "本月汇总", "只有 1 件，比例仅供参考"),
        ("各中队本月情况", "本月汇总", "各中队：三中队 新开 2、现在在办 1、超期 0"),
        ("昨晚怎么样", "昨晚（18点至次日6点）汇总", "按期结案率"),
    ):  # fmt: skip
        told = words_of(await asks(town, words))
        assert told.startswith(title), words
        assert more in told, words
    town.turn(minutes=11)
    for words, sentence in (
        ("2月30日怎么样", "2月没有30日，请看一下日期"),
        ("/summary 2026-03-31 2026-03-01", "起始日期在结束日期之后，请倒过来写"),
        ("/summary 四中队", "没看懂“四中队”"), ("汇总 13月", "没有13月，请看一下日期"),
    ):  # fmt: skip
        assert words_of(await asks(town, words)).startswith(sentence), words
    private = await asks(town, "昨天", chat=LEAD)
    assert words_of(private).startswith("昨天汇总")


async def test_lead_asks_who_has_the_longest_backlog(town: Town) -> None:
    """By name, how much is late and how much is in hand, the heaviest first; who is in time stands last."""
    for who, officer, words in (
        (QIU, SUN, STALL), (ZHANG, BAI, RUBBISH), (JING, BAI, "苍梧路路灯不亮了，晚上太黑"),
    ):  # fmt: skip
        town.says(who, words)
        await town.taken(officer)
        await town.quiet()
    await town.later(days=8)
    await town.quiet()
    town.says(QIU, "科苑路9号门口井盖松了，车一过就响")
    await town.taken(CHEN)
    await town.quiet()
    told = words_of(await asks(town, "谁手上积压最多")).splitlines()
    assert told[1] == "手上积压：白洋 超期 2、手上 2，孙倩 超期 1、手上 1，陈海涛 超期 0、手上 1"


async def test_lead_reads_what_is_late_by_how_late_it_is(town: Town) -> None:
    """Behind 超期: the longest first, by how much, whose squad's and in whose hands it is; in 手上超期 too."""
    for who, words in ((JING, "苍梧路路灯不亮了，晚上太黑"), (QIU, STALL), (ZHANG, RUBBISH)):
        town.says(who, words)
        if who != ZHANG:
            await town.taken(BAI)
        await town.quiet()
    await town.later(days=8)
    await town.quiet()
    late = sorted(await town.tickets(), key=lambda one: str(one["deadline_at"]))
    order = [f"#{one['id']}" for one in late]
    assert order not in (["#1", "#2", "#3"], ["#3", "#2", "#1"]), "each order would do"
    answer = await asks(town, "谁手上积压最多")
    await town.clicks(LEAD, answer, "明细")
    listed = await town.sees("今天 新开 0 件", LEADS)
    await town.clicks(LEAD, listed, "超期")
    lines = words_of(await town.sees("现在 超期 3 件", LEADS)).splitlines()[1:4]
    assert [line.split()[0] for line in lines] == order
    hands = {"#1": "三中队 白洋 · 已接单", "#2": "三中队 白洋 · 已接单", "#3": "三中队 · 待接单"}
    for line, ticket in zip(lines, late, strict=True):
        over = town.clock.now() - moment(ticket["deadline_at"])
        assert line.endswith(f" · 超期 {over / timedelta(days=1):.1f}天 · {hands[line.split()[0]]}"), line
    await town.clicks(LEAD, listed, "手上超期")
    lines = words_of(await town.sees("现在 手上超期 2 件", LEADS)).splitlines()[1:3]
    assert [line.split()[0] for line in lines] == [number for number in order if number != "#3"]


async def test_leads_small_talk_is_left_alone(town: Town) -> None:
    """What is said among people is not answered: in the leads' chat, in the squad's, in the street's."""
    for words in ("今天生意怎么样", "白洋", "昨天的会议纪要发一下", "明天开会", "周末去哪里", "今天谁值班"):
        town.says(LEAD, words, chat=LEADS)
        town.says(BAI, words, chat=SQUAD)
        town.says(LEAD, words)
    meeting = town.says(LEAD, "什么时候的事", chat=LEADS)
    town.says(LEAD, "昨天", chat=LEADS, reply_to=meeting["message_id"])
    town.says(BAI, "这周怎么样", chat=SQUAD)
    town.says(LEAD, "三中队本月")
    await town.quiet()
    assert [town.by_bot(chat) for chat in (LEADS, SQUAD, MERCHANTS)] == [[], [], []]


async def test_only_leads_and_who_asked_open_what_is_behind(town: Town) -> None:
    """A shopkeeper's own figures are hers: her neighbour is told so; a summary of another chat opens nothing here."""
    await two_tickets(town)
    hers = await asks(town, "/summary 本月", chat=MERCHANTS, who=QIU)
    assert "新开 1 件" in words_of(hers)
    assert "photo" not in hers
    assert await town.clicks(JING, hers, "明细") == "这份汇总只给问的人和队长看"
    assert await town.clicks(QIU, hers, "明细") == "正在整理"
    listed = await town.sees("本月·我的 新开 1 件")
    assert "#1" in words_of(listed)
    assert "#2" not in words_of(listed)
    whole = await asks(town, "本月怎么样")
    data = next(b["callback_data"] for row in whole["reply_markup"]["inline_keyboard"] for b in row)
    query = town.world.press(QIU, MERCHANTS, hers["message_id"], data)
    assert await town.toast(query) == "这份汇总太久了，请再问一次"


@pytest.mark.parametrize(("fault", "copies"), [("close", {1}), ("drop", {1, 2})])
async def test_figures_are_not_lost(town: Town, fault: str, copies: set[int]) -> None:
    """The line breaks before or after the picture arrived, a button is pressed twice: all comes, hardly twice."""
    await two_tickets(town)
    town.play.api.faults.add([{"method": "sendPhoto", "chat": LEADS, "fault": fault, "times": 1}])
    answer = await asks(town, "这周怎么样")
    for _ in range(2):
        town.presses(LEAD, answer, "导出")
    await town.quiet()
    await town.sees("第二页是办理记录", LEADS)
    rows = await town.rows("SELECT kind, state FROM outbox WHERE kind IN ('summary', 'sheet')")
    assert {row["state"] for row in rows} == {"sent"}
    assert sum("本周汇总" in words_of(m) for m in town.by_bot(LEADS)) in copies
    assert sum("第二页" in words_of(m) for m in town.by_bot(LEADS)) <= 2


@pytest.mark.parametrize("words", ["和上个月比", "这周比上周多了吗", "同比"])
async def test_lead_compares(town: Town, words: str) -> None:
    """Both periods are told, the earlier one first."""
    await two_tickets(town)
    told = words_of(await asks(town, words))
    assert "→" in told.splitlines()[1]
    assert "新开 0→2" in told
