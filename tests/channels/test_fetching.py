"""Fetching and downloads: acknowledged late, faults waited out, rivals not."""

from types import SimpleNamespace

import pytest
from aiohttp import web

from channels.channel import ChannelRefused, DownloadRefused
from channels.telegram.channel import TelegramChannel
from playground import files
from playground.server import Playground
from tests.channels.said import CHAT, no_wait
from tests.town import MERCHANTS, QIU, TOKEN


async def test_updates_are_acknowledged_only_when_the_next_are_asked_for(
    play: Playground, channel: TelegramChannel
) -> None:
    """A batch that nobody came back from stays pending; faults in between are waited out."""
    play.world.say(QIU, MERCHANTS, "一")
    batches = channel.fetch(None)
    [first] = await anext(batches)
    assert len(play.world.updates.pending) == 1
    play.api.faults.add([{"method": "getUpdates", "fault": "status", "status": 502}])
    play.world.say(QIU, MERCHANTS, "二")
    [second] = await anext(batches)
    assert channel.number(second) == channel.number(first) + 1
    assert (channel.chat_of(second), len(play.world.updates.pending)) == (CHAT, 1)
    await batches.aclose()  # type: ignore[attr-defined]
    resumed = channel.fetch(channel.number(second))
    play.world.say(QIU, MERCHANTS, "三")
    assert [update["message"]["text"] for update in await anext(resumed)] == ["三"]
    await resumed.aclose()  # type: ignore[attr-defined]


async def test_line_that_comes_back_is_heard_within_seconds_but_not_before_telegram_wishes(
    play: Playground, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour of faults makes no longer pauses than a minute of them; a wall is respected."""
    waited: list[float] = []

    async def notes(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("channels.telegram.channel.asyncio", SimpleNamespace(sleep=notes))
    play.api.faults.add([{"method": "getUpdates", "fault": "close", "times": 30}])
    play.api.faults.add([{"method": "getUpdates", "fault": "status", "status": 429, "retry_after": 40}])
    play.world.say(QIU, MERCHANTS, "一")
    assert len(await anext(channel.fetch(None))) == 1
    assert (len(waited), max(waited[:30]), waited[30]) == (31, 5, 40)


async def test_lasting_rival_ends_the_fetching(
    play: Playground, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A passing 409 is borne, four in a row are a rival: one sentence says what to do."""
    monkeypatch.setattr("channels.telegram.channel.asyncio", SimpleNamespace(sleep=no_wait))
    play.api.faults.add(
        [{"method": "getUpdates", "fault": "status", "status": 409, "description": "Conflict", "times": 3}]
    )
    play.world.say(QIU, MERCHANTS, "一")
    batches = channel.fetch(None)
    assert len(await anext(batches)) == 1
    play.api.faults.add(
        [{"method": "getUpdates", "fault": "status", "status": 409, "description": "Conflict", "times": -1}]
    )
    with pytest.raises(ChannelRefused, match="另一个程序正用同一个令牌"):
        await anext(batches)


async def test_download_gives_the_bytes_or_says_why_not(play: Playground, channel: TelegramChannel) -> None:
    """Files by id, pictures that came as files, too large, unknown, and a line that fails."""
    stored = files.store(play.world.files, b"%PDF-1.7", "documents", "a.pdf")["file_id"]
    assert await channel.download(stored, 100) == b"%PDF-1.7"
    assert await channel.download(f"document:{stored}", 100) == b"%PDF-1.7"
    with pytest.raises(DownloadRefused, match="文件超过0MB") as large:
        await channel.download(stored, 5)
    with pytest.raises(DownloadRefused, match=r"[Ww]rong file_id") as unknown:
        await channel.download("none", 100)
    play.api.faults.add([{"method": "getFile", "fault": "status", "status": 502}])
    with pytest.raises(DownloadRefused) as broken:
        await channel.download(stored, 100)
    assert [refused.value.for_good for refused in (large, unknown, broken)] == [True, True, False]


@pytest.mark.parametrize("says", ["its length", "nothing", "a packed length"])
async def test_file_without_end_is_given_up_long_before_memory_is(says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram names no size, and the line brings more and more: refused for good once it is too much."""
    monkeypatch.setattr("channels.telegram.request.LONGEST", 2**20)
    brought = 0

    async def method(request: web.Request) -> web.Response:
        me = {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}
        file = {"file_id": "f", "file_unique_id": "u", "file_path": "x/y.jpg"}
        return web.json_response({"ok": True, "result": me if request.path.lower().endswith("getme") else file})

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal brought
        answer = web.StreamResponse()
        if says == "its length":
            answer.content_length = 2**40
        if says == "a packed length":
            answer.enable_compression(web.ContentCoding.gzip)
        await answer.prepare(request)
        try:
            while brought < 2**30:
                await answer.write(bytes(2**16))
                brought += 2**16
        except ConnectionError:
            pass
        return answer

    app = web.Application()
    app.add_routes([web.post("/bot{token}/{method}", method), web.get("/file/{path:.+}", endless)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    channel = TelegramChannel(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        await channel.start()
        with pytest.raises(DownloadRefused, match="文件超过20MB") as refused:
            await channel.download("f", 20 * 2**20)
        assert refused.value.for_good
        assert brought < 2**28
    finally:
        await channel.stop()
        await runner.cleanup()
