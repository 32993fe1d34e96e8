"""A playground alone, spoken to over HTTP as a bot and as the page would."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from playground.server import Playground
from tests.playground.contract import Contract
from tests.town import MERCHANTS, QIU, TOKEN, town_config

Json = dict[str, Any]


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One kind of database: the playground knows of none."""
    return f"sqlite:///{tmp_path}/q.db"


class Caller:
    """Speaks to a playground over HTTP."""

    def __init__(self, play: Playground, session: aiohttp.ClientSession) -> None:
        self.play, self.session, self.world = play, session, play.world

    async def bot(self, method: str, **params: Any) -> Json:
        """A call of the Bot API with JSON; the whole answer."""
        return await self.raw(method, json=params)

    async def raw(self, method: str, **request: Any) -> Json:
        """A call of the Bot API in any form."""
        async with self.session.post(f"{self.play.url}/bot{TOKEN}/{method}", **request) as answer:
            body: Json = await answer.json()
            assert body["ok"] is (answer.status == 200)
            assert body["ok"] or body["error_code"] == answer.status
            return body

    async def result(self, method: str, **params: Any) -> Any:
        """A call that must succeed; its result."""
        answer = await self.bot(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """A call that must fail; `code description`."""
        answer = await self.bot(method, **params)
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"

    async def deed(self, path: str, form: aiohttp.FormData | None = None, **given: Any) -> tuple[int, Json]:
        """Something that the page does."""
        body: Json = {"data": form} if form is not None else {"json": given}
        async with self.session.post(f"{self.play.url}/play/{path}", **body) as answer:
            return answer.status, await answer.json()

    async def says(self, words: str = "早上好", who: int = QIU, chat: int = MERCHANTS) -> Json:
        """Words of a person through the page."""
        status, message = await self.deed("say", **{"as": who, "chat": chat, "text": words})
        assert status == 200, message
        return message


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    """A playground without Telegram's pace."""
    async with _serving(pacing=False) as one:
        yield one


@pytest.fixture
async def paced() -> AsyncIterator[Caller]:
    """A playground with Telegram's pace."""
    async with _serving(pacing=True) as one:
        yield one


class _serving:  # noqa: N801 - used as a function
    def __init__(self, *, pacing: bool) -> None:
        self.play = Playground(town_config(), TOKEN, pacing=pacing)

    async def __aenter__(self) -> Caller:
        await self.play.start(port=0)
        self.session = aiohttp.ClientSession(json_serialize=json.dumps)
        return Caller(self.play, self.session)

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        await self.play.stop()


@pytest.fixture
def contract(shared: Path) -> Contract:
    """The Bot API as its makers describe it."""
    return Contract(shared / "standards" / "botapi.json")
