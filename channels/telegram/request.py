"""PTB's requests over aiohttp: faster than HTTPX (docs/benchmarks.md), and it says what surely was not sent."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

LONGEST = 21 * 2**20
"""Bytes; files may have 20 MB."""
SLOWEST = 16 * 2**10
"""Bytes a second at which an upload still goes on: aiohttp itself waits for ever where the other side takes nothing."""


class NotSent(NetworkError):  # noqa: N818 - an end of sending
    """The connection was never made: nothing reached Telegram."""


class AnswerLost(TimedOut):
    """The request went out and its answer did not come back: it may have been done."""


class TooLong(NetworkError):  # noqa: N818 - an end of fetching
    """The answer is longer than anything that is taken in; most of it was never read."""


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API at an address, through the machine's proxy where it has one.

    Seconds: `connect` to be let in, `read` without a sign from the other side, both together in a pool that is full.
    """

    def __init__(self, address: str, pool: int = 32, read: float = 30.0, connect: float = 10.0) -> None:
        self._proxy, self._pool, self._read, self._connect = _proxy_of(address), pool, read, connect
        self._queue = read + connect
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where the call says nothing else."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._pool, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(connector=connector, proxy=self._proxy)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917 - PTB's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Ask once. Raises NotSent or AnswerLost."""
        if self._session is None:
            raise NotSent("the pool is closed")
        files = _files(request_data)
        read = self._read if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        upload = sum(held.getbuffer().nbytes for _, held, _ in files)
        whole = self._queue + upload / SLOWEST if files else None
        timeout = aiohttp.ClientTimeout(whole, connect=self._queue, sock_connect=self._connect, sock_read=read)
        try:
            async with self._session.request(method, url, data=_body(request_data, files), timeout=timeout) as answer:
                return answer.status, await (_file(answer) if method == "GET" else answer.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AnswerLost(type(error).__name__) from None


async def _file(answer: aiohttp.ClientResponse) -> bytes:
    """The bytes of a file, whatever it says of its length and however it was packed. Raises TooLong.

    Updates may be longer, and must not be lost: they are not read by this.
    """
    if (answer.content_length or 0) > LONGEST:
        raise TooLong(f"{answer.content_length} bytes")
    found = bytearray()
    async for part in answer.content.iter_chunked(2**16):
        found += part
        if len(found) > LONGEST:
            answer.close()
            raise TooLong(f"more than {LONGEST} bytes")
    return bytes(found)


def _proxy_of(address: str) -> str | None:
    """Looked up once: aiohttp's own `trust_env` reads the netrc file at every request."""
    parts = urlsplit(address)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


def _files(data: RequestData | None) -> list[tuple[str, BytesIO, dict[str, str]]]:
    """What is uploaded: a field's name, its bytes, what they are called and what they are."""
    parts = (data.multipart_data if data else None) or {}
    return [
        (field, BytesIO(held if isinstance(held, bytes) else held.read()), {"filename": name, "content_type": kind})
        for field, (name, held, kind) in parts.items()
    ]


def _body(data: RequestData | None, files: list[tuple[str, BytesIO, dict[str, str]]]) -> Any:
    if data is None or not files:
        return data and data.json_parameters
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, held, more in files:
        form.add_field(name, held, **more)
    return form
