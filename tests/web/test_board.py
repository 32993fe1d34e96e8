"""The board: filters, search, saved views, what it asks again and again; the settings; pages without packages."""

import asyncio
import re

import pytest

from tests.town import BAI, LEAD, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town
from tests.web.conftest import Enters
from web import assets, chart

ASKS = 'hx-trigger="every 10s, look"'
LISTED = re.compile(r'href="/tickets/(\d+)"')


async def two(town: Town) -> None:
    """#1 in 白洋's hands and late, #2 waiting."""
    town.says(QIU, STALL)
    await town.taken()
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.sees("#2", MERCHANTS)
    await town.later(hours=3)
    await town.quiet()


async def test_filters_narrow_the_board(town: Town, enters: Enters) -> None:
    """Status, matter, squad, overdue, mine; what an address says beyond that is let go."""
    await two(town)
    one = await enters(BAI)
    for query, found in {
        "": ["1", "2"], "state=accepted": ["1"], "state=dispatched": ["2"], "matter=09006": ["1"], "overdue=1": ["1"],
        "state=open": ["1", "2"], "state=working": ["1", "2"], "mine=1": ["1"],
        "squad=三中队": ["1", "2"], "squad=没有": [], "matter=none": [], "state=ended": [],
        "state=nonsense&squad=&matter=99999": ["1", "2"], "street=郁洲街道&q=路灯": ["2"], "page=9": [],
        "officer=x&hour=99&weekday=9": [], "number=opened&since=2026-02-31": ["1", "2"], "q=%25": [], "q=_": [],
    }.items():  # fmt: skip
        assert sorted(set(LISTED.findall(await one.opens(f"/?{query}")))) == found, query
        assert one.status == 200


async def test_page_beyond_the_last_says_so_and_leads_back(town: Town, enters: Enters) -> None:
    """How many there are is still true, and nobody is told that there is nothing to do."""
    await two(town)
    one = await enters(LEAD)
    for page in ("2", "99999", "999999999999"):
        shown = await one.opens(f"/?page={page}")
        assert "共 2 件" in shown
        assert "歇一会儿" not in shown
        assert "没有这么多" in shown
        assert '<a href="/?">回到第 1 页</a>' in shown
        assert "page=" not in shown.split('<p class="empty">')[1], "no way to yet another"


async def test_in_hand_is_one_number_everywhere(town: Town, enters: Enters) -> None:
    """Figures, board, tallies and settings count 在办 alike; what waits for the reporter's word is 未结案 beside it."""
    town.says(QIU, STALL)
    await town.solved()
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.sees("#2 ", MERCHANTS)
    await town.quiet()
    one = await enters(LEAD)
    board = await one.opens("/")
    assert LISTED.findall(board) == ["2", "1"]
    assert '<option value="open" selected>未结案</option>' in board
    [shown] = re.findall(r'href="/\?state=working"[^>]*><b>(\d+)</b> <span>在办', board)
    [counted] = re.findall(r"<b>(\d+)</b> <span>在办", await one.opens("/figures"))
    held, *_ = re.findall(r"三中队</bdi></b> <a href=[^>]*>在办 (\d+) 件", await one.opens("/settings"))
    assert LISTED.findall(await one.opens("/?state=working")) == ["2"]
    assert (shown, counted, held) == ("1", "1", "1")


async def test_board_is_asked_often_and_answers_only_news(town: Town, enters: Enters) -> None:
    """Nothing where nothing happened within a minute; the list where something did; who is out is sent to the door."""
    await two(town)
    town.turn(seconds=60 - town.clock.now().timestamp() % 60)
    one = await enters(LEAD)
    stamp = re.search(r"stamp=(\d+-\d+)", one.page)
    assert stamp
    assert ASKS in one.page
    await one.opens(f"/live?stamp={stamp[1]}", **{"HX-Request": "true"})
    assert (one.status, one.page) == (204, "")
    town.says(QIU, "科苑路9号门口井盖松了，车一过就响")
    await town.sees("#3", MERCHANTS)
    assert '<div id="list"' in await one.opens(f"/live?stamp={stamp[1]}", **{"HX-Request": "true"})
    assert ASKS in one.page, "and again"
    assert "<html" not in one.page
    assert "#3" in one.page
    one.client.cookie_jar.clear()
    await one.opens("/live", **{"HX-Request": "true"})
    assert one.headers["HX-Refresh"] == "true"


async def test_views_are_kept_for_their_owner(town: Town, enters: Enters) -> None:
    """Under a name, once; the same name again is the new filters; nobody else sees or drops them."""
    one, other = await enters(LEAD), await enters(BAI)
    await one.opens("/?overdue=1&street=郁洲街道")
    await one.sends("/views", name="  郁洲   超期的 <b>")
    assert "郁洲 超期的 &lt;b&gt;" in await one.opens("/")
    await one.opens("/?mine=1")
    await one.sends("/views", name="郁洲 超期的 <b>")
    rows = await town.rows("SELECT * FROM web_view")
    assert [row["query"] for row in rows] == ["mine=1"]
    assert "超期的 &lt;" not in await other.opens("/")
    await other.posts("/views/drop", token=other.token, view=rows[0]["id"])
    assert len(await town.rows("SELECT * FROM web_view")) == 1
    await one.sends("/views/drop")
    assert await town.rows("SELECT * FROM web_view") == []


async def test_lead_writes_a_canned_reply_and_it_is_offered_where_it_fits(town: Town, enters: Enters) -> None:
    """For a matter and a status; the closest first; the same words are kept once."""
    await two(town)
    one = await enters(LEAD)
    shown = await one.opens("/settings")
    assert "配置文件" in shown
    assert "<td>2紧急工作时</td>" in shown, "as it was written in config.yaml"
    for words, matter, status in (("谁都行", "", ""), ("占道专用", "09006", "accepted"), ("路灯专用", "01037", "")):
        for _ in range(2):
            await one.opens("/settings")
            await one.sends("/settings/replies", words=words, matter=matter, status=status)
            assert one.status == 200
    assert len(await town.rows("SELECT * FROM canned_reply")) == 3
    page = await one.opens("/tickets/1")
    assert page.index("占道专用") < page.index("谁都行")
    assert "路灯专用" not in page
    await one.opens("/settings")
    assert "请写上要说的话" in await one.sends("/settings/replies", words=" ")
    await one.sends("/settings/replies/drop")
    assert len(await town.rows("SELECT * FROM canned_reply")) == 2


async def test_two_leads_press_at_once_and_one_is_told_so(town: Town, enters: Enters) -> None:
    """The same form twice in one moment: it is done once."""
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    await town.quiet()
    crowd = [await enters(LEAD) for _ in range(4)]
    for one in crowd:
        await one.opens("/tickets/1")
    await asyncio.gather(*(one.sends("/tickets/1/void", reason="重复了") for one in crowd))
    assert sorted(one.status for one in crowd) == [200, 409, 409, 409]
    assert (await town.history(moves=True)).count("void") == 1
    beaten = next(one for one in crowd if one.status == 409)
    assert "作废" in beaten.page
    assert "重复了" in beaten.page


async def test_pages_do_without_packages(town: Town, enters: Enters, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without node_modules nothing is asked for that is not there, and the server draws."""
    monkeypatch.setattr(assets, "MODULES", assets.MODULES / "gone")
    assets.asset.cache_clear()
    try:
        town.says(QIU, STALL)
        town.pins(QIU)
        await town.sees_rows("SELECT id FROM ticket WHERE lat IS NOT NULL")
        one = await enters(LEAD)
        for path in ("/", "/map", "/figures"):
            page = await one.opens(path)
            assert one.status == 200
            for asked in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
                await one.opens(asked)
                assert one.status == 200, asked
        assert '<circle class="fine"' in await one.opens("/map")
        assert '<svg class="trend"' in await one.opens("/figures")
        assert await one.opens("/static/htmx.js")
        assert one.status == 404
    finally:
        assets.asset.cache_clear()


async def test_files_are_kept_by_browsers_and_no_others_are_served(town: Town, enters: Enters) -> None:
    """With their digest for ever, packed; nothing outside the list."""
    one = await enters(LEAD)
    [style] = re.findall(r'href="(/static/base.css[^"]+)"', one.page)
    await one.opens(style)
    assert "immutable" in one.headers["Cache-Control"]
    assert one.headers["Content-Encoding"] == "gzip"
    await one.opens("/static/base.css", **{"If-None-Match": one.headers["ETag"]})
    assert one.status == 304
    for path in ("../app.py", "..%2fapp.py", "%2e%2e/app.py", "axe.min.js", "package.json", ".", ""):
        await one.opens(f"/static/{path}")
        assert one.status == 404, path


async def test_map_that_does_not_show_all_says_so(town: Town, enters: Enters, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more tickets than it draws, these are the newest."""
    town.says(QIU, STALL)
    town.pins(QIU)
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    town.pins(ZHANG, lat=34.61)
    await town.sees_rows("SELECT 1 WHERE (SELECT count(*) FROM ticket WHERE lat IS NOT NULL) = 2")
    await town.quiet()
    one = await enters(LEAD)
    assert "图上 2 件" in await one.opens("/map")
    monkeypatch.setattr(chart, "SHOWN", 1)
    assert "图上最新的 1 件" in await one.opens("/map")


async def test_number_finds_its_ticket_whatever_became_of_it_and_when(town: Town, enters: Enters) -> None:
    """Closed months ago, by its number alone or with its sign; other words say how far back they were looked for."""
    town.says(QIU, STALL)
    town.pins(QIU)
    card = await town.solved()
    await town.clicks(QIU, card, "满意")
    await town.later(days=100)
    await town.quiet()
    one = await enters(LEAD)
    for words in ("1", "%231", "工单1", "工单 %231", "00001"):
        for state in ("open", "all", "closed"):
            assert LISTED.findall(await one.opens(f"/?q={words}&state={state}")) == ["1"], (words, state)
    shown = await one.opens("/?q=水果&state=all")
    assert LISTED.findall(shown) == []
    assert "已经结束的只查了近 90 天上报的" in shown
    assert "近 90 天" not in await one.opens("/?q=水果")
