"""The line itself: what surely was not sent, what may have been, and what no log may hold."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import InputFile
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from channels.telegram.channel import TelegramChannel
from channels.telegram.request import AiohttpRequest, AnswerLost, NotSent
from models.outgoing import End
from playground.server import Playground
from tests.channels.doors import nobody_opens
from tests.channels.said import words
from tests.town import MERCHANTS, TOKEN


async def test_closed_port_means_surely_not_sent() -> None:
    """Nobody listens: it can be tried again."""
    channel = TelegramChannel(TOKEN, "http://127.0.0.1:9")
    await channel.bot.request.initialize()
    assert (await channel.send(words())).end is End.RETRY
    with pytest.raises(NotSent):
        await channel.bot.send_message(MERCHANTS, "a")
    await channel.bot.request.shutdown()
    assert (await channel.send(words())).end is End.RETRY


async def test_door_that_nobody_opens_means_surely_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time to be let in runs out long before the time to be answered: nothing went out, it is tried again."""
    with nobody_opens() as url:
        request = AiohttpRequest(url, read=30, connect=0.2)
        await request.initialize()
        async with asyncio.timeout(5):
            with pytest.raises(NotSent, match="Timeout"):
                await request.do_request(f"{url}/bot{TOKEN}/getMe", "POST")
        await request.shutdown()
        channel = TelegramChannel(TOKEN, url)
        await channel.bot.request.initialize()
        monkeypatch.setattr(channel.bot.request, "_connect", 0.2)
        async with asyncio.timeout(5):
            assert (await channel.send(words())).end is End.RETRY
        await channel.bot.request.shutdown()


@asynccontextmanager
async def _server(answer: bytes | None) -> AsyncIterator[str]:
    """A server that answers these bytes and hangs up, or never answers."""
    hung_up = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if answer is None:
            await reader.read()
        else:
            writer.write(answer)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
        hung_up.set()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        await hung_up.wait()


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", b"garbage\r\n\r\n", None], ids=str
)
async def test_answer_that_is_cut_means_unknown(answer: bytes | None) -> None:
    """Hung up, cut in half, no HTTP at all, silence: it went out, and nobody knows."""
    async with _server(answer) as url:
        request = AiohttpRequest(url, read=0.3)
        await request.initialize()
        with pytest.raises(AnswerLost):
            await request.do_request(url, "POST")
        await request.shutdown()


async def test_pool_that_stays_full_means_surely_not_sent() -> None:
    """Whoever waits for a connection in vain has sent nothing."""
    async with _server(None) as url:
        request = AiohttpRequest(url, pool=1, read=0.5, connect=0.1)
        await request.initialize()
        first = asyncio.ensure_future(request.do_request(url, "POST", read_timeout=None))  # noqa: TID251 - cancelled below
        await asyncio.sleep(0)
        with pytest.raises(NotSent):
            await request.do_request(url, "POST")
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await request.shutdown()


async def test_other_side_that_takes_no_more_means_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """It lets us in and reads nothing: megabytes stand half sent, and are given up."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        request = AiohttpRequest(url, read=0.3, connect=0.1)
        await request.initialize()
        monkeypatch.setattr("channels.telegram.request.SLOWEST", 2**26)
        document = InputFile(bytes(16 * 2**20), filename="报表.pdf")
        data = RequestData([RequestParameter.from_input("document", document)])
        with pytest.raises(AnswerLost):
            await request.do_request(url, "POST", data)
        await request.shutdown()


async def test_machines_proxy_is_asked_unless_the_address_is_spared_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens at the address: the proxy answers in its stead, or nobody does."""
    url = "http://127.0.0.1:9/bot1:a/getMe"
    async with _server(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        asked = AiohttpRequest(url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        spared = AiohttpRequest(url)
        await asked.initialize()
        await spared.initialize()
        assert await asked.do_request(url, "POST") == (200, b"")
        with pytest.raises(NotSent):
            await spared.do_request(url, "POST")
        await asked.shutdown()
        await spared.shutdown()


async def test_token_reaches_no_log_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """Neither our lines nor the library's, at the lowest level."""
    caplog.set_level(logging.DEBUG)
    channel = TelegramChannel("123456:very-secret", "http://127.0.0.1:9")
    await channel.bot.request.initialize()
    outcome = await channel.send(words())
    await channel.bot.request.shutdown()
    assert "very-secret" not in caplog.text + repr(channel) + outcome.why


async def test_uploads_keep_their_names(play: Playground, channel: TelegramChannel) -> None:
    """The library's multipart goes through our pool as any other client's: name and bytes arrive."""
    sent = await channel.bot.send_document(MERCHANTS, b"%PDF-1.7", filename="单据.pdf", caption="本周")
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("单据.pdf", "本周")
    assert await channel.download(sent.document.file_id, 100) == b"%PDF-1.7"
