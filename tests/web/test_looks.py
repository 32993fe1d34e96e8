"""Every way in which somebody of the staff comes to see a person's data, and the row that it leaves."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import text

from bot import audits, summaries
from bot.summaries import Wanted
from tests.stories.test_one_matter import joined
from tests.town import JING, LEAD, LEADS, QIU, SQUAD, Json, Town
from tests.web.conftest import Enters, Visitor
from tests.web.test_exports import taken
from web.routes import ROUTES

BOTH, FIRST = ["邱女士", "静姐"], ["邱女士"]
WAYS = {
    "工单 1": ("history", BOTH),
    "看原话": ("words", BOTH),
    "/tickets/{number}": ("history", BOTH),
    "/tickets/{number}/exact": ("words", BOTH),
    "/media/{number}": ("picture", FIRST),
    "/": ("search", FIRST),
    "/live": ("search", FIRST),
    "/map": ("search", FIRST),
    "/map/points.json": ("search", FIRST),
    "/export": ("sheet", BOTH),
    "/figures/{kind}": ("sheet", BOTH),
    "导出": ("sheet", BOTH),
    "qunban export": ("sheet", BOTH),
}
"""Each way in, what the row says of it, and of whom there is one."""
SHOWS_NOBODY = {
    "/tickets/{number}/{deed:exact|memo|answer|assign|condition|extend|merge|snooze|split|void|wake}",
    "/settings/{form:replies|replies/drop}",
    "/login/{secret}",
    "/lang/{language}",
    "/me",
    "/figures",
    "/settings",
    "/map/areas.json",
}


class Ways:
    """A lead, who goes every way in turn."""

    def __init__(self, town: Town, lead: Visitor, medium: int, folder: Path) -> None:
        self.town, self.lead, self.medium, self.file = town, lead, medium, folder / "export.xlsx"

    async def goes(self, way: str) -> None:
        """One of them."""
        deeds: dict[str, Callable[[], Awaitable[object]]] = {
            "工单 1": self._asks, "看原话": self._presses, "/tickets/{number}/exact": self._reads,
            "/export": self._takes_found,
            "/figures/{kind}": self._takes_figures, "导出": self._exports, "qunban export": self._on_the_machine,
        }  # fmt: skip
        if way in deeds:
            await deeds[way]()
        else:
            number = self.medium if "media" in way else 1
            await self.lead.opens(way.replace("{number}", str(number)) + ("" if "{" in way else "?q=邱女士"))
            assert self.lead.status == 200

    async def _asks(self) -> None:
        self.town.says(LEAD, "工单 1", chat=LEADS)
        await self.town.sees("开单", LEADS)

    async def _presses(self) -> None:
        card = await self.town.button("看原话", SQUAD)
        assert "13812345678" in await self.town.toast(self.town.presses(LEAD, card, "看原话"))

    async def _reads(self) -> None:
        await self.lead.opens("/tickets/1")
        assert "静姐" in await self.lead.sends("/tickets/1/exact")

    async def _takes_found(self) -> None:
        await self.lead.opens("/")
        assert await taken(self.lead, "/export", query="")

    async def _takes_figures(self) -> None:
        await self.lead.opens("/figures")
        assert await taken(self.lead, "/figures/xlsx", query="")

    async def _exports(self) -> None:
        self.town.says(LEAD, "/summary 今天", chat=LEADS)
        summary = await self.town.button("导出", LEADS)
        await self.town.clicks(LEAD, summary, "导出")
        await self.town.until(lambda: any("document" in m for m in self.town.by_bot(LEADS)), "the file")

    async def _on_the_machine(self) -> None:
        await summaries.export(self.town.settings, Wanted("今天"), self.file, lambda _: None, lambda _: None)


def test_every_page_that_can_be_opened_is_a_way_in_or_shows_nobody() -> None:
    """A new one has to say which."""
    opened = {route.path for route in ROUTES if route.method == "GET"} | {"/tickets/{number}/exact"}
    assert opened <= set(WAYS) | SHOWS_NOBODY
    assert not set(WAYS) & SHOWS_NOBODY


async def test_every_way_to_a_persons_data_leaves_a_row_for_each(town: Town, enters: Enters, tmp_path: Path) -> None:
    """Two told of one ticket, the first with a picture: who looked, what at, of both where both are shown."""
    await joined(town)
    town.says(QIU, "电话13812345678", reply_to=1)
    town.shows(QIU, reply_to=1)
    [medium] = await town.keeps()
    assert town.program is not None
    ways = Ways(town, await enters(LEAD), medium["id"], tmp_path)
    for way, (what, people) in WAYS.items():
        async with town.program.engine.begin() as conn:
            await conn.execute(text("DELETE FROM audit"))
        await ways.goes(way)
        seer = None if way == "qunban export" else "朱明忠"
        expected = sorted((seer, seen, what) for seen in people)
        found = {row for row in await _looks(town) if row[2] == what}
        assert sorted(found, key=str) == sorted(expected, key=str), way
    told = await audits.lines(town.settings, "静姐", None)
    assert "本机命令行 导出 静姐" in told[0]


async def _looks(town: Town) -> list[tuple[str | None, str, str]]:
    rows: list[Json] = await town.rows(
        "SELECT s.name AS seer, p.name AS seen, a.what FROM audit a JOIN person p ON p.id = a.person_id "
        "LEFT JOIN person s ON s.id = a.actor_id"
    )
    return [(row["seer"], row["seen"], row["what"]) for row in rows]


async def test_who_looks_again_within_the_hour_is_noted_once(town: Town, enters: Enters) -> None:
    """A list keeps itself fresh, and a page has ten pictures; an hour later it is another look."""
    await joined(town)
    lead, sister = await enters(LEAD), await enters(LEAD)
    for _ in range(2):
        for one in (lead, sister):
            await one.opens("/tickets/1")
            await one.opens("/live?q=邱女士")
    assert sorted(await _looks(town)) == sorted(
        [("朱明忠", "邱女士", "history"), ("朱明忠", "静姐", "history"), ("朱明忠", "邱女士", "search")]
    )
    town.turn(hours=1.1)
    await lead.opens("/tickets/1")
    assert len(await _looks(town)) == 5


async def test_her_own_words_are_no_look(town: Town, enters: Enters) -> None:
    """Nor is a search that finds nobody."""
    await joined(town)
    town.says(JING, "工单 1")
    await town.sees("开单")
    lead = await enters(LEAD)
    await lead.opens("/?q=没有这回事")
    assert await _looks(town) == []
