"""At the desk: leads find, read, send, merge, split, extend, void and answer; the cards in the chats follow."""

import pytest
from aiohttp import ClientSession

from bot.settings import SECRETS, Settings, build
from tests.squads import SECOND, two_squads
from tests.town import BAI, JING, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, SUN, ZHANG, Town
from tests.web.conftest import Enters

SECRET = "他电话13812345678，车牌苏GA1234"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with 二中队 beside 三中队, its own officer, and a lead of everything."""
    return two_squads(settings, {SUN: "二中队", LEAD: None})


async def test_lead_finds_and_reads_a_ticket(town: Town, enters: Enters) -> None:
    """By words, number, place and name; what is personal is masked until he says why he looks."""
    town.says(QIU, f"{STALL}{SECRET}")
    town.pins(QIU)
    await town.quiet()
    one = await enters(LEAD)
    for words in ("货车", "#1", "1", "小路", "邱女士"):
        assert 'href="/tickets/1"' in await one.opens(f"/?q={words.replace('#', '%23')}"), words
    assert 'href="/tickets/1"' not in await one.opens("/?q=没有这回事")
    assert "换个条件试试" in one.page
    page = await one.opens("/tickets/1")
    assert "138****5678" in page
    assert "13812345678" not in page
    assert "邱女士" not in page
    assert "邱**" in page
    assert "13812345678" in await one.sends("/tickets/1/exact")
    assert "邱女士" in one.page
    looks = [row["what"] for row in await town.rows("SELECT what FROM audit ORDER BY id")]
    assert looks == ["search", "history", "words"]


async def test_lead_sends_a_ticket_to_another_squad(town: Town, enters: Enters) -> None:
    """The card of the first squad says so, the other gets one; a second press of an old page does no harm."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    one = await enters(LEAD)
    await one.opens("/tickets/1")
    old = one.page
    assert "派好了" in await one.sends("/tickets/1/assign", squad="二中队")
    await town.sees("#1 占道经营", SECOND)
    await town.sees("已转派二中队", SQUAD)
    await town.button("接单", SECOND)
    one.page = old
    assert "#1 刚刚有人动过" in await one.sends("/tickets/1/assign", squad="二中队")
    assert one.status == 409
    assert "退回" in one.page
    assert [row["status"] for row in await town.tickets()] == ["dispatched"]
    assert await town.history(moves=True) == ["dispatch", "give_back", "dispatch"]
    assert card is not None


async def test_lead_takes_it_from_an_officer_on_site(town: Town, enters: Enters) -> None:
    """What somebody has in hand goes back first; the history says each step."""
    town.says(QIU, STALL)
    await town.reached()
    one = await enters(LEAD)
    await one.opens("/tickets/1")
    await one.sends("/tickets/1/assign", squad="二中队")
    await town.button("接单", SECOND)
    assert await town.history(moves=True) == ["dispatch", "accept", "arrive", "release", "give_back", "dispatch"]


async def test_lead_merges_and_splits(town: Town, enters: Enters) -> None:
    """Two are one, and two again; the receipts follow, each matter by its own number."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.quiet()
    one = await enters(LEAD)
    await one.opens("/tickets/2")
    assert "没有找到能并的工单" in await one.sends("/tickets/2/merge", other="99")
    assert 'value="99"' in one.page, "what was typed is still there"
    assert "已并单" in await one.sends("/tickets/2/merge", other="#1")
    receipt = await town.sees("已并到 #1，一起记上了，现在是“待接单”。", MERCHANTS)
    assert receipt["text"].startswith("#2 路灯异常 已有人反映，已并到 #1")
    assert "已并入" in one.page
    assert "已拆出来" in await one.sends("/tickets/2/split")
    await town.quiet()
    assert [t["status"] for t in await town.tickets()] == ["dispatched", "dispatched"]


async def test_lead_extends_and_voids_with_reasons(town: Town, enters: Enters) -> None:
    """Without a reason nothing happens; with one the deadline moves, and the cards say void."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    before = (await town.ticket())["deadline_at"]
    one = await enters(LEAD)
    await one.opens("/tickets/1")
    assert "请写明原因" in await one.sends("/tickets/1/extend", amount="1工作日", reason="")
    assert one.status == 422
    assert "已延期" in await one.sends("/tickets/1/extend", amount="1工作日", reason="等配件")
    assert str((await town.ticket())["deadline_at"]) > str(before)
    assert "2紧急工作时 · 已延期</small>" in one.page
    assert "已作废" in await one.sends("/tickets/1/void", reason="重复了")
    await town.sees("已撤销：重复了", MERCHANTS)
    await town.sees("已作废", SQUAD)
    assert await town.history(moves=True) == ["dispatch", "void"]


async def test_officer_answers_the_reporter_and_leaves_a_note(town: Town, enters: Enters) -> None:
    """The bot says it under her words; the note stays in the house."""
    said = town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    one = await enters(BAI)
    await one.opens("/tickets/1")
    assert "派给中队" not in one.page
    assert "已发到群里" in await one.sends("/tickets/1/answer", words="已安排，请稍等")
    shown = await town.sees("白洋：已安排，请稍等", MERCHANTS)
    assert shown["reply_to_message"]["message_id"] == said["message_id"]
    assert "已记下" in await one.sends("/tickets/1/memo", words="摊主是熟人，<b>别急</b>")
    assert "&lt;b&gt;别急" in one.page
    await town.quiet()
    for chat in (MERCHANTS, SQUAD, LEADS):
        assert "熟人" not in "".join(town.texts(chat))
    assert [row["words"] for row in await town.rows("SELECT words FROM ticket_memo")] == ["摊主是熟人，<b>别急</b>"]


async def test_pictures_are_served_to_who_may_see_the_ticket(town: Town, enters: Enters) -> None:
    """Before and after; with walls; to an officer of another squad there is no such picture."""
    town.says(QIU, STALL)
    town.shows(QIU)
    card = await town.reached()
    town.shows(BAI, SQUAD, colour="#aa3300", reply_to=card["message_id"])
    await town.sees_rows("SELECT id FROM medium WHERE state = 'kept' AND id = 2")
    one, other = await enters(BAI), await enters(SUN)
    page = await one.opens("/tickets/1")
    assert page.index("反映时") < page.index("/media/1") < page.index("处理后") < page.index("/media/2")
    async with one.client.get(one.url + "/media/1") as answer:
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert (await answer.read()).startswith(b"\xff\xd8")
    for path in ("/tickets/1", "/media/1", "/media/99", "/tickets/999999999999999", "/media/x"):
        await other.opens(path)
        assert other.status == 404, path
    assert 'href="/tickets/1"' not in await other.opens("/?state=all")


async def test_hostile_words_stay_words(town: Town, enters: Enters) -> None:
    """Markup in names and messages, direction marks, words without an end: shown as they are, harmless."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    town.world.join(MERCHANTS, 7999, evil)
    town.says(7999, f"{evil}\u202e 门口有人摆摊占道 {'长' * 900} ' onmouseover='alert(3)")
    town.says(JING, STALL)
    await town.quiet()
    one = await enters(LEAD)
    for path in ("/", "/tickets/1", "/?q=%3Cscript%3E%22%27&squad=%22%3E%3Cscript%3E", "/lang/en?back=/tickets/1"):
        page = await one.opens(path)
        assert one.status == 200
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page
        assert "onmouseover='" not in page


async def test_lead_lets_nobody_be_reminded_for_a_while(town: Town, enters: Enters) -> None:
    """先不催 with a reason, and 恢复提醒: the same rows and the same history as from the chat; officers may not."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    one, officer = await enters(LEAD), await enters(BAI)
    assert "先不催" not in await officer.opens("/tickets/1")
    await one.opens("/tickets/1")
    assert "请写明原因" in await one.sends("/tickets/1/snooze", amount="2小时", reason=" ")
    assert "请选一个时间" in await one.sends("/tickets/1/snooze", amount="很久", reason="已约好时间")
    assert "好的，先不催" in await one.sends("/tickets/1/snooze", amount="2小时", reason="已约好时间")
    assert "先不催到" in one.page
    assert "已约好时间" in one.page
    [row] = await town.rows("SELECT snoozed_until, snoozed_why, deadline_at FROM ticket")
    assert row["snoozed_why"] == "已约好时间"
    await officer.posts("/tickets/1/wake", token=officer.token)
    assert officer.status == 403
    assert "已恢复提醒" in await one.sends("/tickets/1/wake")
    assert "现在没有暂停提醒" in await one.posts("/tickets/1/wake", token=one.token)
    [after] = await town.rows("SELECT snoozed_until, deadline_at FROM ticket")
    assert after == {"snoozed_until": None, "deadline_at": row["deadline_at"]}
    assert [verb for verb in await town.history() if verb in {"snooze", "calm"}] == ["snooze", "calm"]


async def test_page_says_kept_reasons_in_her_language(town: Town, enters: Enters) -> None:
    """Chosen on the English page, kept in Chinese, shown in each language; what she wrote herself stands."""
    town.says(QIU, STALL)
    card = await town.taken()
    one = await enters(LEAD)
    await one.opens("/lang/en?back=/tickets/1")
    assert '<option value="A time is agreed">' in one.page
    await one.sends("/tickets/1/snooze", amount="2小时", reason="A time is agreed")
    assert "A time is agreed" in one.page
    assert "已约好时间" not in one.page
    assert [row["snoozed_why"] for row in await town.tickets()] == ["已约好时间"]
    await town.clicks(BAI, card, "挂账")
    await town.clicks(BAI, card, "天气原因")
    await town.quiet()
    assert "Weather" in await one.opens("/tickets/1")
    assert "天气原因" not in one.page
    assert "天气原因" in await one.opens("/lang/zh?back=/tickets/1")
    assert "已约好时间" in one.page


class TestConditions:
    """By the table's limits, which know conditions."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Without a limit for all matters."""
        found = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
        del found["limits"]["default"]
        return build(found)

    async def test_lead_says_which_condition_it_is(self, town: Town, enters: Enters) -> None:
        """Chosen on the page: the deadline follows, the squad hears; what is no condition of the matter is none."""
        town.says(QIU, "凤鸣路36号门口井盖松动，车一压就响，麻烦来修")
        town.says(ZHANG, STALL)
        await town.sees("#2 ")
        await town.quiet()
        one = await enters(LEAD)
        assert "改情形" not in await one.opens("/tickets/2"), "its matter has one limit only"
        assert 'value="弹跳" selected' in await one.opens("/tickets/1")
        assert "没有这种情形" in await one.sends("/tickets/1/condition", condition="固定")
        assert "已改情形" in await one.sends("/tickets/1/condition", condition="沉陷")
        assert "5天 · 沉陷" in one.page
        await town.sees("情形改为“沉陷 5天”", SQUAD)
        assert "现在就是按这种情形算的" in await one.sends("/tickets/1/condition", condition="沉陷")
        assert "已改情形" in await one.sends("/tickets/1/condition", condition="")
        assert [verb for verb in await town.history() if verb == "condition"] == ["condition", "condition"]


class TestHours:
    """A limit that is written in hours of work."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Four hours for stalls."""
        found = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
        found["limits"]["09006"] = {"limit": "4小时"}
        return build(found)

    async def test_page_says_the_limit_as_the_card_does(self, town: Town, enters: Enters) -> None:
        """Hours of work are no hours of the clock."""
        town.says(QIU, STALL)
        card = await town.button("接单", SQUAD)
        assert "4工作时" in card["text"]
        one = await enters(LEAD)
        assert "4工作时" in await one.opens("/tickets/1")
        assert "4小时" not in one.page


async def test_file_that_is_no_picture_is_only_to_be_saved(town: Town, enters: Enters) -> None:
    """A PDF under a name that lies is no page of ours: to be saved, of no kind, in a sandbox; a stranger gets none."""
    said = town.says(QIU, STALL)
    town.sends(QIU, b"%PDF-1.7 <script>alert(1)</script>", "x.html", "text/html", reply_to=said["message_id"])
    await town.button("接单", SQUAD)
    await town.sees_rows("SELECT id FROM medium WHERE state = 'kept' AND id = 1")
    one = await enters(BAI)
    async with one.client.get(one.url + "/media/1") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    async with ClientSession() as nobody, nobody.get(one.url + "/media/1", allow_redirects=False) as answer:
        assert b"PDF" not in await answer.read()


async def test_address_of_a_refused_deed_leads_to_the_ticket(town: Town, enters: Enters) -> None:
    """Opened again, as a browser does that starts anew, it is the ticket's page; nothing is done by it."""
    town.says(QIU, STALL)
    await town.sees("#1 ", SQUAD)
    await town.quiet()
    one = await enters(LEAD)
    await one.opens("/tickets/1")
    await one.sends("/tickets/1/merge", other="99")
    assert (one.status, one.path) == (422, "/tickets/1/merge")
    for deed in ("merge", "void", "assign", "answer", "memo", "exact", "wake"):
        await one.opens(f"/tickets/1/{deed}")
        assert (one.status, one.path) == (200, "/tickets/1"), deed
    await one.opens("/settings/replies")
    assert (one.status, one.path) == (200, "/settings")
    assert await town.history(moves=True) == ["dispatch"]


async def test_page_says_why_a_ticket_is_not_merged_any_more(town: Town, enters: Enters) -> None:
    """Until an officer takes it there is the form; then a quiet line in its place."""
    town.says(QIU, STALL)
    await town.sees("#1 ", SQUAD)
    await town.quiet()
    one = await enters(LEAD)
    why = "队员接单以后，不能再并到别的单里"
    page = await one.opens("/tickets/1")
    assert ('action="/tickets/1/merge"' in page, why in page) == (True, False)
    await town.taken()
    await town.quiet()
    page = await one.opens("/tickets/1")
    assert ('action="/tickets/1/merge"' in page, why in page) == (False, True)
