"""Every answer that Telegram may give, or not give, and what comes of it for a card, an edit, a toast and a photo."""

import asyncio
import socket
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.health import wrongs
from tests.channels.doors import nobody_opens
from tests.sights import labels
from tests.stories.test_courier import asked, cards, fault, until_at_rest
from tests.town import BAI, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, Json, Town

NOWHERE = "http://127.0.0.1:9"
UNKNOWN_FILE = "Bad Request: wrong file identifier/HTTP URL specified"
NO_PHOTOS = "Bad Request: not enough rights to send photos to the chat"
WRONG = "SELECT 1 FROM outbox WHERE last_error IS NOT NULL AND state <> 'sent'"
MENDED = (
    "SELECT 1 FROM outbox WHERE state = 'sent' AND (last_error LIKE 'wrong file%' OR last_error LIKE 'not enough%')"
)


@dataclass(frozen=True)
class Case:
    """What the playground does once, and how many copies may be seen then.

    `only`: it strikes this method alone, `worded`: of a photo the words are left;
    `shut`: the bot was put out, `slow`: we wait less than it takes, `cut`: there is no way out, `deaf`: the other side
    lets us in and reads nothing, `closed`: it does not let us in, `full`: all our connections are taken.
    """

    name: str
    rule: dict[str, Any]
    copies: tuple[int, int] = (1, 1)
    only: str = ""
    worded: bool = False
    shut: bool = False
    slow: bool = False
    cut: bool = False
    deaf: bool = False
    full: bool = False
    closed: bool = False


def refused(name: str, status: int, words: str = "", **more: Any) -> Case:
    """A refusal before anything was done."""
    rule = {"fault": "status", "status": status, **({"description": words} if words else {})}
    return Case(name, rule | more.pop("rule", {}), **more)


CASES = [
    refused("429 for one chat", 429, rule={"retry_after": 5}),
    refused("429 for all", 429, rule={"retry_after": 5, "times": 3, "chat": None}),
    refused("429 without a time", 429, "Too Many Requests: retry later"),
    refused("401", 401, "Unauthorized"),
    refused("403", 403, "Forbidden: bot was kicked from the supergroup chat", shut=True),
    refused("404", 404, "Not Found"),
    refused("409", 409, "Conflict: terminated by other getUpdates request"),
    refused("500", 500),
    refused("502", 502),
    refused("504", 504),
    Case("500 though it was done", {"fault": "status", "status": 500, "before": False}, (1, 2)),
    Case("reset before it was done", {"fault": "close"}),
    Case("reset after it was done", {"fault": "drop"}, (1, 2)),
    Case("half an answer", {"fault": "half"}, (1, 2)),
    Case("read timeout", {"fault": "delay", "seconds": 1.0}, (1, 2), slow=True),
    Case("nothing is taken or answered", {}, deaf=True),
    Case("nobody lets us in", {}, closed=True),
    Case("no place in the pool", {}, full=True),
    Case("no connection", {}, cut=True),
    refused("400 for a photo of a former token", 400, UNKNOWN_FILE, only="sendPhoto"),
    refused("400 for a photo, also for its bytes", 400, UNKNOWN_FILE, only="sendPhoto", rule={"times": 2}, worded=True),
    refused("400 for any photo in that chat", 400, NO_PHOTOS, only="sendPhoto", worded=True),
]


class Line:
    """The line to Telegram, on which the fault of a case strikes a method once."""

    def __init__(self, town: Town, case: Case, deaf: socket.socket, closed: str) -> None:
        self.town, self.case, self._deaf, self._closed = town, case, deaf, closed
        self._wrong = 0
        self._query = MENDED if case.only else WRONG
        self._queue: list[asyncio.Task[Any]] = []

    async def strikes(self, method: str, chat: int | None) -> None:
        """The next such call meets the fault."""
        if self.case.only not in {"", method}:
            return
        self._wrong = len(await self.town.rows(self._query))
        if self.case.rule:
            rule = {key: value for key, value in self.case.rule.items() if key != "chat"}
            fault(self.town, **{"method": method, **({} if chat is None else {"chat": chat}), **rule})
        patient = not (self.case.slow or self.case.deaf)
        away = self.case.cut or self.case.deaf or self.case.closed
        self._set(read=30.0 if patient else 0.4, proxy=self._nowhere() if away else None)
        if self.case.full:
            await self._fill()

    async def struck(self) -> None:
        """Wait until it has met the fault; then all is well again, and what waits is tried again."""
        if self.case.only and not self.town.play.api.faults.rules:
            await self.town.quiet()
            return
        counted = f"SELECT 1 WHERE (SELECT count(*) FROM ({self._query}) AS wrong) > {self._wrong}"  # noqa: S608 - ours
        await self.town.sees_rows(counted)
        self._set(read=30.0, proxy=None)
        for task in self._queue:
            task.cancel()
        await asyncio.gather(*self._queue, return_exceptions=True)
        self.town.play.api.faults.rules.clear()

    async def mended(self, chat: int) -> None:
        """What waits is tried again."""
        await asyncio.sleep(self.case.rule.get("seconds", 0))  # what acts late has acted before the clock is turned
        if self.case.shut:
            await self.town.sees_rows("SELECT 1 FROM chat_group WHERE state = 'left'")
            self.town.world.seat_bot(chat, "administrator")
        for _ in range(0 if self.case.only else 3):
            await asyncio.sleep(0.1)
            await self.town.later(seconds=31)
        await until_at_rest(self.town)

    def _nowhere(self) -> str:
        if self.case.closed:
            return self._closed
        return f"http://127.0.0.1:{self._deaf.getsockname()[1]}" if self.case.deaf or self.case.full else NOWHERE

    async def _fill(self) -> None:
        """All connections of the pool wait for an answer that does not come."""
        request = self._request()
        request._queue = 0.4
        hold = partial(request._session.get, NOWHERE, proxy=self._nowhere())
        self._queue = [asyncio.ensure_future(hold()) for _ in range(request._pool)]  # noqa: TID251 - cancelled
        while len(request._session.connector._acquired) < request._pool:  # noqa: ASYNC110 - a pool has no event
            await asyncio.sleep(0.01)

    def _set(self, *, read: float, proxy: str | None) -> None:
        request = self._request()
        request._read, request._queue, request._connect = read, 40.0, 0.2 if self.case.closed else 10.0
        request._session._default_proxy = URL(proxy) if proxy else None

    def _request(self) -> Any:
        assert self.town.program is not None
        channel: Any = self.town.program.channel
        return channel.bot.request


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_fault_strikes_card_edit_toast_and_photo_of_one_ticket(town: Town, case: Case) -> None:
    """One ticket from the word to the result, and each kind of sending meets the fault once.

    Card and result come, in as many copies as the fault allows; the edit shows; a toast is lost and nothing else.
    """
    with socket.create_server(("127.0.0.1", 0)) as deaf, nobody_opens() as closed:
        await _tell(town, case, Line(town, case, deaf, closed))


async def _tell(town: Town, case: Case, line: Line) -> None:
    everywhere = case.rule.get("chat", "") is None
    await line.strikes("sendMessage", None if everywhere else SQUAD)
    town.says(QIU, STALL)
    await line.struck()
    await line.mended(SQUAD)
    assert case.copies[0] <= len(cards(town)) <= case.copies[1]

    await line.strikes("editMessageText", None if everywhere else SQUAD)
    town.presses(BAI, cards(town)[-1], "接单")
    await line.struck()
    await line.mended(SQUAD)
    [card] = [m for m in cards(town) if "到场" in labels(m)]

    await _lost_toast(town, line, card)
    town.shows(BAI, SQUAD, reply_to=card["message_id"])
    await town.keeps()
    await town.clicks(BAI, card, "办结")
    await line.strikes("sendPhoto", None if everywhere else MERCHANTS)
    await town.until(lambda: "管理" in labels(_now(town, card)), "管理")
    town.presses(BAI, _now(town, card), "管理")
    await line.struck()
    await line.mended(MERCHANTS)
    results = [m for m in town.by_bot() if "photo" in m]
    if case.worded:
        assert not results
        results = [m for m in town.by_bot() if "已办结（管理）" in m.get("text", "") and labels(m)]
    assert case.copies[0] <= len(results) <= case.copies[1]
    assert await town.history(moves=True) == ["dispatch", "accept", "arrive", "resolve"]
    assert await town.clicks(QIU, results[-1], "满意") == "谢谢您"
    await town.sees("谢谢您的评价")


async def _lost_toast(town: Town, line: Line, card: Json) -> None:
    """The answer to a press meets the fault: the ticket moved all the same, and nobody answers twice."""
    if line.case.shut or line.case.only:
        await town.clicks(BAI, card, "到场")
        return
    before = len(asked_answers(town))
    await line.strikes("answerCallbackQuery", None)
    town.presses(BAI, card, "到场")
    await town.sees_rows("SELECT 1 FROM ticket WHERE status = 'on_site'")
    await line.struck()
    ends = "'failed', 'unknown'" + (", 'sent'" if line.case.full else "")  # where a place came free in time
    await town.sees_rows(f"SELECT 1 FROM outbox WHERE kind = 'toast' AND state IN ({ends})")  # noqa: S608 - ours
    await line.mended(SQUAD)
    assert len(asked_answers(town)) <= before + 1


def asked_answers(town: Town) -> list[Json]:
    """Answers to presses that Telegram was given."""
    return [call for call in town.world.calls if call["ok"] and call["method"] == "answerCallbackQuery"]


def _now(town: Town, message: Json) -> Json:
    return town.world.chats[message["chat"]["id"]].messages[message["message_id"]]


async def test_card_is_refused_for_good_and_the_operator_reads_of_it(town: Town) -> None:
    """400: it is not tried again as it is; /readyz says that a card did not arrive; the receipt does not suffer."""
    fault(
        town,
        method="sendMessage",
        chat=SQUAD,
        fault="status",
        status=400,
        description="Bad Request: message is too long",
    )
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'failed'")
    await until_at_rest(town)
    assert len(asked(town, "sendMessage", SQUAD)) == 1
    assert cards(town) == []
    assert town.program is not None
    assert any("卡片没送到" in sentence for sentence in await wrongs(town.program.engine, town.clock.now()))
    async with aiohttp.ClientSession() as session, session.get(f"{town.program.web_url}/readyz") as answer:
        assert answer.status == 503


@pytest.mark.parametrize(("words", "again"), [("message is not modified", False), ("message to edit not found", True)])
async def test_edit_is_refused_and_the_card_stands_as_it_should(town: Town, words: str, again: bool) -> None:
    """Not modified is done; not found is shown once more as a new message."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    fault(town, method="editMessageText", chat=SQUAD, fault="status", status=400, description=f"Bad Request: {words}")
    town.presses(BAI, card, "接单")
    await town.sees("白洋已接单")
    await until_at_rest(town)
    assert len(cards(town)) == 1 + again
    states = {row["state"] for row in await town.rows("SELECT state FROM outbox WHERE kind = 'edit'")}
    assert states == ({"sent", "failed"} if again else {"sent"})


async def test_bureau_takes_a_new_bot_and_pictures_of_the_old_one_still_arrive(town: Town) -> None:
    """No handle of before is known any more: the squad's pictures and the proof go out as we kept them, or in words."""
    town.says(QIU, STALL)
    card = await town.reached()
    town.shows(BAI, SQUAD, reply_to=card["message_id"])
    await town.keeps()
    town.world.files.clear()
    await town.clicks(BAI, card, "办结")
    await town.clicks(BAI, card, "管理")
    result = await town.sees("已办结（管理）")
    assert "photo" in result
    await town.quiet()
    await town.clicks(QIU, result, "没解决")
    await town.quiet()

    for kept in await asyncio.to_thread(lambda: list(Path(town.settings.data, "media").glob("*/*"))):
        kept.unlink()
    town.world.files.clear()
    town.says(LEAD, "/ticket 1", LEADS)
    await town.sees("#1 办理后 1张", LEADS)
    assert await town.rows("SELECT 1 FROM outbox WHERE state = 'failed'") == []
