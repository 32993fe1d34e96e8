"""Asks a server of OpenAI's chat completions. It is believed in nothing: neither its time, its size nor its words."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp
import orjson
from pydantic import SecretStr

from models.question import Question
from reading.second.answer import Refused, parse

MOST_BYTES = 64 * 1024
OK, REDIRECTS = 200, 300
BAD = 400
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a question: an answer in the form asked for, or why there is none; and how long it took."""

    answer: Json | None = field(repr=False)
    error: str | None = None
    seconds: float = 0.0


class Answers(Protocol):
    """Whoever answers questions: a server, or a file of answers."""

    async def ask(self, question: Question) -> Reply:
        """What is said to a question."""
        ...


class Failed(Exception):  # noqa: N818 - an outcome: the local decision stands
    """No answer; the reason names no address, no key and no words of anybody."""


class Server:
    """One server at an address like http://127.0.0.1:8000/v1. Redirects are not followed, no proxy is used."""

    def __init__(self, url: str, model: str, key: SecretStr | None, seconds: float, extra: Json | None = None) -> None:
        self._address, self._model, self._key = f"{url}/chat/completions", model, key
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._seconds, self._extra = seconds, extra or {}
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, question: Question) -> Reply:
        """Ask once, within the time that there is for all of it. Never raises."""
        start = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                answer, why = parse(_words(await self._post(question))), None
        except (Failed, Refused) as failed:
            answer, why = None, str(failed)
        except TimeoutError:
            answer, why = None, "too slow"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            answer, why = None, type(error).__name__
        return Reply(answer, why, round(time.monotonic() - start, 3))

    async def _post(self, question: Question) -> bytes:
        headers = {"Content-Type": "application/json"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        body = orjson.dumps({**question.body, **self._extra, "model": self._model})
        session = self._open()
        async with session.post(self._address, data=body, headers=headers, allow_redirects=False) as answer:
            if answer.status != OK:
                kind = "redirect" if REDIRECTS <= answer.status < BAD else "status"
                raise Failed(f"{kind} {answer.status}")
            return await _capped(answer)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


async def _capped(answer: aiohttp.ClientResponse) -> bytes:
    found = bytearray()
    async for piece in answer.content.iter_chunked(8192):
        found += piece
        if len(found) > MOST_BYTES:
            raise Failed("too long")
    return bytes(found)


def _words(body: bytes) -> str:
    """What the model said. Raises Failed where the server's own envelope is not whole."""
    try:
        choice = orjson.loads(body)["choices"][0]
        words, end = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise Failed("not a chat completion") from None
    if not isinstance(words, str) or end not in {"stop", None}:
        raise Failed("cut off" if end == "length" else "no words")
    return words
