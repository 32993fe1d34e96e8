"""地图 in the chat leads to the map of the pages, with the same days and part, through the login that there is."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest

from bot.pointers import at_the_figures, on_the_map, whole_days
from bot.settings import SECRETS, Settings, build
from models.numbers import Asked, Slice
from tests.sights import buttons, labels
from tests.squads import two_squads
from tests.town import BAI, LEAD, LEADS, QIU, STALL, ZHANG, Json, Town
from tests.web.conftest import FIELD, Enters, Visitor, link_for
from texts.doors import map_button
from web.figures import LONGEST

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, tzinfo=ZONE)
ASKED = {
    "今天怎么样": "", "今天的占道": "", "今天郁洲街道的": "", "三中队今天怎么样": "", "今天白洋怎么样": "白洋",
    "今天凤鸣路的": "凤鸣路", "今天街面秩序的": "街面秩序类", "今天路灯的": "路灯",
}  # fmt: skip
"""Questions, and what of them the form of the page does not show."""
SAYS = re.compile("新开 (\\d+) 件.*?结案 (\\d+) 件，现在在办 (\\d+) 件")
ONLY = re.compile("只看：([^<]*?) *<a")
TALLY = re.compile(r'<a class="tally[^"]*" href="([^"]+)"><b>(\d+)</b> <span>([^<]+)</span>')
PICKED = re.compile(r'<option(?: value="([^"]*)")? selected>([^<]*)')
OUTSIDE = "http://qunban.example.org"


def outside(settings: Settings) -> Settings:
    """With an address for the pages."""
    found = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    found["web"]["url"] = OUTSIDE
    return build(found)


class TestConfigured:
    """Where the pages have an address of their own."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """The demonstration behind a proxy."""
        return outside(settings)

    async def test_lead_goes_on_to_the_map(self, town: Town, visitor: Callable[[], Visitor]) -> None:
        """Not logged in she is told how; logged in she stands on the map, and it shows what the picture showed."""
        picture = await _drawn(town, "今天的占道")
        [button] = buttons(picture)
        assert button["text"] == "网页地图"
        address = urlsplit(button["url"])
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{OUTSIDE}/map"
        asked = parse_qs(address.query)
        today = town.clock.now().astimezone(town.settings.zone).date().isoformat()
        assert asked == {"matter": ["09006"], "number": ["opened"], "since": [today], "until": [today]}
        one = visitor()
        assert "请先登录" in await one.opens(f"/map?{address.query}")
        await one.opens(await link_for(town, LEAD))
        await one.sends("/login")
        assert one.path == f"/map?{address.query}"
        assert "图上 1 件" in one.page
        await one.opens(await link_for(town, LEAD))
        await one.sends("/login")
        assert one.path == "/", "once"

    async def test_lead_goes_on_to_the_same_figures(self, town: Town, visitor: Callable[[], Visitor]) -> None:
        """Of an officer, a road, a class, a matter: the page says what it is of, and its numbers are the answer's."""
        await _told(town)
        await town.taken()
        await town.quiet()
        one = visitor()
        await one.opens(await link_for(town, LEAD))
        await one.sends("/login")
        for words, part in ASKED.items():
            answer = await _answered(town, words)
            [button] = [each for each in buttons(answer) if "url" in each]
            assert button["text"] == "网页数字"
            page = await one.opens(button["url"].removeprefix(OUTSIDE))
            assert one.status == 200
            assert [told.split("·")[-1] for told in ONLY.findall(page)] == [part] * bool(part)
            told = SAYS.search(answer["caption"])
            shown = {name: n for _, n, name in TALLY.findall(page)}
            assert told is not None
            assert (shown["新开"], shown["结案"], shown["在办"]) == told.groups() != ("0", "0", "0"), words
            await one.opens("/figures?" + urlencode(_form(page)))
            assert {name: n for _, n, name in TALLY.findall(one.page)} == shown, "the form keeps what it does not show"

    async def test_two_beside_each_other_lead_to_the_figures_of_each(
        self, town: Town, visitor: Callable[[], Visitor]
    ) -> None:
        """A button a side."""
        await _told(town)
        answer = await _answered(town, "凤鸣路跟苍梧路今天哪个多")
        assert labels(answer) == ["明细：凤鸣路", "明细：苍梧路", "网页数字：凤鸣路", "网页数字：苍梧路"]
        leading = [each for each in buttons(answer) if "url" in each]
        one = visitor()
        await one.opens(await link_for(town, LEAD))
        await one.sends("/login")
        for button, road in zip(leading, ("凤鸣路", "苍梧路"), strict=True):
            await one.opens(button["url"].removeprefix(OUTSIDE))
            assert [told.split("·")[-1] for told in ONLY.findall(one.page)] == [road]

    async def test_own_figures_have_no_way_to_the_leads_page(self, town: Town) -> None:
        """An officer is not let in there."""
        await _told(town)
        town.says(BAI, "我的 今天怎么样", chat=BAI)
        assert all("url" not in one for one in buttons(await town.button("明细", BAI)))

    async def test_officer_sees_his_own_on_the_map_and_a_shopkeeper_has_no_button(self, town: Town) -> None:
        """Alone with the bot: his are asked for by his number; the pages are not for her."""
        town.says(QIU, STALL)
        town.pins(QIU)
        await town.taken()
        await town.sees_rows("SELECT id FROM ticket WHERE lat IS NOT NULL")
        await town.quiet()
        for who, shown in ((BAI, True), (QIU, False)):
            town.says(who, "我的 今天怎么样", chat=who)
            under = await town.button("地图", who)
            await town.clicks(who, under, "地图")
            picture = await town.sees("1 件", who)
            await town.quiet()
            picture = next(m for m in reversed(town.by_bot(who)) if "photo" in m or "分布" in m.get("caption", ""))
            assert bool(buttons(picture)) is shown
            assert not shown or "officer=" in buttons(picture)[0]["url"]


class TestNamedWithAnotherSquad:
    """朱明忠 is named with 二中队; the tickets are 三中队's."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """The demonstration behind a proxy, with 二中队."""
        return two_squads(outside(settings), {LEAD: "二中队"})

    async def test_lead_counts_the_same_in_the_chat_and_on_the_page(self, town: Town, enters: Enters) -> None:
        """And each number leads to as many tickets."""
        await _told(town)
        one = await enters(LEAD)
        for words in ("今天怎么样", "三中队今天怎么样", "今天的占道"):
            answer = await _answered(town, words)
            [button] = [each for each in buttons(answer) if "url" in each]
            told = SAYS.search(answer["caption"])
            page = await one.opens(button["url"].removeprefix(OUTSIDE))
            shown = {name: (n, href) for href, n, name in TALLY.findall(page)}
            assert told is not None
            for name, n in zip(("新开", "结案", "在办"), told.groups(), strict=True):
                assert shown[name][0] == n, words
                assert f"共 {n} 件" in await one.opens(unescape(shown[name][1])), (words, name)
            assert told[1] != "0"


async def _told(town: Town) -> None:
    """A stall that has a pin, and a lamp."""
    town.says(QIU, STALL)
    town.pins(QIU)
    town.says(ZHANG, "苍梧路路灯不亮了，晚上太黑")
    await town.sees("#2 ")
    await town.sees_rows("SELECT id FROM ticket WHERE id = 1 AND lat IS NOT NULL")
    await town.quiet()


async def _answered(town: Town, words: str) -> Json:
    """A lead asks; the picture with its lines."""
    before = len(town.by_bot(LEADS))
    town.says(LEAD, words, chat=LEADS)
    await town.until(lambda: len(town.by_bot(LEADS)) > before, "the answer")
    found: Json = town.by_bot(LEADS)[-1]
    return found


def _form(page: str) -> list[tuple[str, str]]:
    """What the form of the page sends as it is shown."""
    [inside] = re.findall(r'<form class="filters card".*?</form>', page, re.DOTALL)
    chosen = re.findall(r'<select name="([^"]+)">(.*?)</select>', inside, re.DOTALL)
    picked = [(name, found[1] or found[2]) for name, options in chosen if (found := PICKED.search(options))]
    return FIELD.findall(inside) + picked


async def _drawn(town: Town, words: str) -> Json:
    """A lead asks, and presses 地图; the picture."""
    await _told(town)
    town.says(LEAD, f"{words}怎么样", chat=LEADS)
    under = await town.button("地图", LEADS)
    await town.clicks(LEAD, under, "地图")
    await town.until(lambda: len([m for m in town.by_bot(LEADS) if "photo" in m]) > 1, "the map")
    found: Json = [m for m in town.by_bot(LEADS) if "photo" in m][-1]
    return found


async def test_without_an_address_the_map_is_a_picture_alone(town: Town) -> None:
    """Nobody elsewhere could open it."""
    assert buttons(await _drawn(town, "今天")) == []


async def test_goal_of_a_stranger_leads_nowhere_else(town: Town, visitor: Callable[[], Visitor]) -> None:
    """A cookie that somebody planted: the board."""
    for planted in ("https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%0A", "x"):
        one = visitor()
        one.client.cookie_jar.update_cookies({"qunban_to": planted})
        await one.opens(await link_for(town, LEAD))
        await one.sends("/login")
        assert one.path == "/", planted


@pytest.mark.parametrize(
    ("which", "query"),
    [
        (Slice(squad="三中队", road="凤鸣路"), "squad=%E4%B8%89%E4%B8%AD%E9%98%9F&road=%E5%87%A4%E9%B8%A3%E8%B7%AF&"),
        (Slice(major="施工管理", officer=5), "major=%E6%96%BD%E5%B7%A5%E7%AE%A1%E7%90%86&officer=5&"),
        (Slice(), ""),
    ],
)
def test_address_says_the_same_part(which: Slice, query: str) -> None:
    """Whatever a question can be about, but for who told of it."""
    asked = Asked(START, START + timedelta(days=7), START, ZONE, which)
    assert on_the_map("https://q", asked) == f"https://q/map?{query}number=opened&since=2026-03-02&until=2026-03-08"
    assert at_the_figures("https://q", asked) == f"https://q/figures?{query}since=2026-03-02&until=2026-03-08"
    for way in (on_the_map, at_the_figures):
        assert way("https://q", Asked(START, START, START, ZONE, Slice(reporter=3))) is None
    assert at_the_figures("https://q", replace(asked, start=START - LONGEST)) is None, "the page does not look so far"


def test_days_are_whole_or_not() -> None:
    """A digest from six to six is none of whole days, and its button says so."""
    asked = Asked(START, START + timedelta(days=1), START, ZONE)
    assert whole_days(asked)
    assert not whole_days(Asked(START + timedelta(hours=18), asked.end, START, ZONE))
    assert map_button("2026-03-02", "2026-03-03") == "网页地图（2026-03-02 至 2026-03-03 整天）"
