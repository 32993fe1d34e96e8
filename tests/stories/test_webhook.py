"""Updates are brought to the bot's own page instead of being fetched."""

import io
from collections.abc import AsyncIterator

import aiohttp
import pytest
from pydantic import SecretStr

from bot.settings import Settings
from tests.town import BAI, JING, QIU, SQUAD, STALL, TOKEN, Town

SECRET = "a-secret-of-this-story"


class HookedTown(Town):
    """A town whose bot has its updates brought."""

    async def start_bot(self) -> None:
        """Start it, and tell the playground where it is, as a person does with curl."""
        await super().start_bot()
        assert self.program is not None
        self.hook = f"{self.program.web_url}/telegram/{self.program._hook_path()}"
        given = {"url": self.hook, "secret_token": SECRET, "allowed_updates": ["message", "callback_query"]}
        address = f"{self.play.url}/bot{TOKEN}/setWebhook"
        async with aiohttp.ClientSession() as session, session.post(address, json=given) as answer:
            assert (await answer.json())["ok"] is True


@pytest.fixture
async def hooked(settings: Settings) -> AsyncIterator[HookedTown]:
    """A town with a webhook."""
    telegram = settings.telegram.model_copy(update={"receive": "webhook"})
    made = HookedTown(settings.model_copy(update={"telegram": telegram, "webhook_secret": SecretStr(SECRET)}))
    await made.open()
    try:
        yield made
    finally:
        await made.shut()


async def test_webhook_brings_the_newspapers_case_to_its_end(hooked: HookedTown) -> None:
    """From the first word to the closing press, without one getUpdates."""
    hooked.says(QIU, STALL)
    result = await hooked.solved()
    assert await hooked.clicks(QIU, result, "满意") == "谢谢您"
    await hooked.sees("谢谢您的评价")
    await hooked.quiet()
    assert await hooked.history(moves=True) == ["dispatch", "accept", "arrive", "resolve", "confirm"]
    assert not [call for call in hooked.world.calls if call["method"].lower() == "getupdates"]


async def test_stranger_knocks_without_the_secret_and_is_sent_away(hooked: HookedTown) -> None:
    """A wrong secret, none at all, a wrong path: 403 or 404, and nothing is believed."""
    message = {"message_id": 1, "date": 1, "chat": {"id": -1001001, "type": "supergroup"}, "text": STALL,
               "from": {"id": QIU, "is_bot": False, "first_name": "邱"}}  # fmt: skip
    update = {"update_id": 1, "message": message}
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}, {"X-Telegram-Bot-Api-Secret-Token": ""}):
            async with session.post(hooked.hook, json=update, headers=headers) as answer:
                assert answer.status == 403
        right = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with session.post(hooked.hook[:-1] + "/", json=update, headers=right) as answer:
            assert answer.status == 404
        for body in (b"not json", b"{}", b"[]", b"[" * 5000):
            async with session.post(hooked.hook, data=body, headers=right) as answer:
                assert answer.status == 200
    await hooked.quiet()
    assert await hooked.rows("SELECT 1 FROM inbox") == []
    assert await hooked.tickets() == []


async def test_same_update_is_brought_twice_and_done_once(hooked: HookedTown) -> None:
    """Telegram brings again what it thinks was not taken."""
    said = hooked.says(QIU, STALL)
    await hooked.sees("#1 ")
    number = hooked.world.updates.next_id - 1
    async with aiohttp.ClientSession() as session:
        right = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with session.post(hooked.hook, json={"update_id": number, "message": said}, headers=right) as answer:
            assert answer.status == 200
    await hooked.quiet()
    assert len(await hooked.tickets()) == 1
    assert len(await hooked.rows("SELECT 1 FROM inbox")) == 1


async def test_bot_is_away_and_telegram_brings_everything_later(hooked: HookedTown) -> None:
    """Nobody answers at the page: the updates wait, and come in order when it is back."""
    hooked.says(QIU, STALL)
    card = await hooked.button("接单", SQUAD)
    await hooked.quiet()
    await hooked.stop_bot()
    hooked.says(QIU, "怎么还没来人？")
    hooked.presses(BAI, card, "接单")
    hooked.says(JING, "凤鸣路22号门口垃圾桶满了没人收，麻烦来清一下")
    await hooked.start_bot()
    await hooked.sees("白洋已接单")
    await hooked.sees("#2 ")
    await hooked.quiet()
    assert [t["chasers"] for t in await hooked.tickets()] == [1, 0]


POISON = {
    "longer than any update": b'{"update_id": 7, "message": "' + b"x" * 2**21 + b'"}',
    "RecursionError": b'{"update_id": 7, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "JSONDecodeError": b'{"update_id": 7, "message": ',
    "ValueError": b'{"update_id": ' + b"9" * 5000 + b"}",
    "its number fits no table": b'{"update_id": 1180591620717411303424, "message": {}}',
    "no table": b'{"update_id": 1e400, "message": {}}',
    "fits": b'{"update_id": "x"}',
    "number": b'{"update_id": -3}',
}


async def test_poison_is_taken_laid_aside_and_holds_no_chat_back(hooked: HookedTown) -> None:
    """200 for all of it, lest Telegram bring it for ever; once each, its beginning kept; who speaks then is heard."""
    right = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession() as session:
        for body in [*POISON.values(), *POISON.values()]:
            async with session.post(hooked.hook, data=io.BytesIO(body), headers=right) as answer:
                assert answer.status == 200, body[:60]
    rows = await hooked.rows("SELECT last_error, raw, state FROM inbox ORDER BY seq")
    assert [words in row["last_error"] for row, words in zip(rows, POISON, strict=True)] == [True] * len(POISON)
    assert {row["state"] for row in rows} == {"dead"}
    assert max(len(row["raw"]) for row in rows) < 10_000
    hooked.says(QIU, STALL)
    await hooked.sees("#1 ")
