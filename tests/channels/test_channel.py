"""The channel against the playground: sending, its four ends, fetching, downloads, complaints."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import telegram
from telegram.error import Conflict

from channels.channel import ChannelRefused, DownloadRefused
from channels.telegram.channel import TelegramChannel
from channels.telegram.request import AiohttpRequest, AnswerLost, NotSent
from models.outgoing import End, Outcome, Outgoing, Sort
from playground import files
from playground.server import Playground
from tests.town import LEADS, MERCHANTS, QIU, SQUAD, TOKEN, picture, town_config

Json = dict[str, Any]
CHAT = str(MERCHANTS)


@pytest.fixture
async def play() -> AsyncIterator[Playground]:
    """A playground alone."""
    made = Playground(town_config(), TOKEN, pacing=True)
    await made.start(port=0)
    yield made
    await made.stop()


@pytest.fixture
async def channel(play: Playground) -> AsyncIterator[TelegramChannel]:
    """The channel, started."""
    made = TelegramChannel(TOKEN, play.url, poll_seconds=1)
    await made.start()
    yield made
    await made.stop()


def words(text: str = "#1 占道", **more: Any) -> Outgoing:
    """Something to say in the merchants' group."""
    return Outgoing(**{"sort": Sort.TEXT, "chat": CHAT, "text": text, **more})


def stands(play: Playground, chat: int = MERCHANTS) -> list[Json]:
    """What stands in a group and was not deleted."""
    room = play.world.chats[chat]
    return [message for number, message in room.messages.items() if number not in room.deleted]


# --- sending -------------------------------------------------------------------------------------------------------


async def test_card_is_sent_edited_stripped_and_deleted(play: Playground, channel: TelegramChannel) -> None:
    """One message all along: its text, then its buttons, then itself."""
    sent = await channel.send(words("<b>#1</b> 占道", rows=((("接单", "v1:a"), ("退回", "v1:g")),)))
    assert sent == Outcome(End.SENT, "1")
    [card] = stands(play)
    assert card["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert [b["text"] for b in card["reply_markup"]["inline_keyboard"][0]] == ["接单", "退回"]
    assert (await channel.send(words("完", sort=Sort.EDIT, message="1", rows=((("满意", "v1:c"),),)))).end is End.SENT
    assert (await channel.send(Outgoing(Sort.STRIP, CHAT, message="1"))).end is End.SENT
    [card] = stands(play)
    assert (card["text"], "reply_markup" in card) == ("完", False)
    assert (await channel.send(Outgoing(Sort.STRIP, CHAT, message="1"))).end is End.SENT
    assert (await channel.send(Outgoing(Sort.DELETE, CHAT, message="1"))).end is End.SENT
    assert stands(play) == []
    assert (await channel.send(words("改", sort=Sort.EDIT, message="1"))).end is End.GONE
    assert (await channel.send(Outgoing(Sort.DELETE, CHAT, message="1"))).end is End.GONE


async def test_pictures_pins_and_voices_are_sent_as_what_they_are(play: Playground, channel: TelegramChannel) -> None:
    """A photo with a caption, an album, a picture that came as a file, a voice note, a film, a pin."""
    kept = play.world.files
    photo = [files.photo(kept, picture(colour))[-1]["file_id"] for colour in ("#a33", "#3a3")]
    paper = files.store(kept, picture(), "documents", "a.jpg", file_name="a.jpg")["file_id"]
    voice = files.store(kept, b"OggS", "voice", "n.ogg", duration=2)["file_id"]
    film = files.store(kept, b"ftyp", "videos", "f.mp4", width=1, height=1, duration=1)["file_id"]
    shown = (("photo", photo[0]), ("photo", photo[1]))
    for out in (
        words("结果", sort=Sort.PHOTO, handles=(("photo", photo[0]),), rows=((("满意", "v1:c"),),)),
        words("", sort=Sort.PHOTOS, handles=shown),
        words("", sort=Sort.PHOTOS, handles=(("photo", photo[0]),)),
        words("", sort=Sort.PHOTO, handles=(("photo", f"document:{paper}"),)),
        words("", sort=Sort.PHOTO, handles=(("voice", voice),)),
        words("", sort=Sort.PHOTOS, handles=(("video", film), ("photo", photo[1]))),
        words("", sort=Sort.PIN, lat=34.5937, lon=119.2213),
    ):
        assert (await channel.send(out)).end is End.SENT, out
    sorts = [next(k for k in ("photo", "document", "voice", "video", "location") if k in m) for m in stands(play)]
    assert sorts == ["photo", "photo", "photo", "photo", "document", "voice", "video", "photo", "location"]
    assert (stands(play)[0]["caption"], "media_group_id" in stands(play)[1]) == ("结果", True)
    edited = await channel.send(words("满意", sort=Sort.CAPTION, message="1"))
    assert (edited.end, stands(play)[0]["caption"]) == (End.SENT, "满意")


@pytest.mark.parametrize("reply", ["99", "1", "not a number", None])
async def test_reply_whose_target_is_gone_is_still_sent(play: Playground, channel: TelegramChannel, reply: str) -> None:
    """Better without the quotation than lost."""
    play.world.say(QIU, MERCHANTS, "占道")
    assert (await channel.send(words(reply_to=reply))).end is End.SENT
    assert ("reply_to_message" in stands(play)[-1]) is (reply == "1")


@pytest.mark.parametrize("text", ["<b>#1", "<marquee>#1</marquee>", "#1 < 2"])
async def test_markup_that_telegram_cannot_read_goes_out_plain(
    play: Playground, channel: TelegramChannel, text: str
) -> None:
    """Ugly is better than lost."""
    assert (await channel.send(words(text))).end is End.SENT
    assert stands(play)[-1]["text"] == text


@pytest.mark.parametrize(
    ("rule", "end", "said"),
    [
        ({"fault": "close"}, End.UNKNOWN, 0),
        ({"fault": "drop"}, End.UNKNOWN, 1),
        ({"fault": "half"}, End.UNKNOWN, 1),
        ({"fault": "status", "status": 502}, End.UNKNOWN, 0),
        ({"fault": "status", "status": 500, "before": False}, End.UNKNOWN, 1),
        ({"fault": "status", "status": 429, "retry_after": 3}, End.RETRY, 0),
        ({"fault": "status", "status": 429}, End.RETRY, 0),
        ({"fault": "status", "status": 403, "description": "Forbidden: bot was kicked"}, End.SHUT, 0),
        ({"fault": "status", "status": 400, "description": "Bad Request: chat not found"}, End.SHUT, 0),
        ({"fault": "status", "status": 401, "description": "Unauthorized"}, End.RETRY, 0),
    ],
)
async def test_four_ends(play: Playground, channel: TelegramChannel, rule: Json, end: End, said: int) -> None:
    """What the line does to a message, and what we may conclude from it."""
    play.api.faults.add([{"method": "sendMessage", **rule}])
    outcome = await channel.send(words())
    assert (outcome.end, len(stands(play))) == (end, said)


async def test_telegrams_wall_is_told_with_its_pause(play: Playground, channel: TelegramChannel) -> None:
    """The 21st message in a minute: retry, and when."""
    for number in range(20):
        assert (await channel.send(words(str(number)))).end is End.SENT
    outcome = await channel.send(words("太快"))
    assert outcome.end is End.RETRY
    assert 50 <= outcome.after <= 60


async def test_moved_group_and_old_presses(play: Playground, channel: TelegramChannel) -> None:
    """The new id comes back; a toast for a press that is too old is gone, not an error."""
    new = play.world.migrate(MERCHANTS)
    moved = await channel.send(words())
    assert (moved.end, moved.chat) == (End.MOVED, str(new))
    assert (await channel.send(Outgoing(Sort.TOAST, CHAT, "已接单", query="1"))).end is End.GONE


# --- the line ------------------------------------------------------------------------------------------------------


async def test_closed_port_means_surely_not_sent() -> None:
    """Nobody listens: it can be tried again."""
    channel = TelegramChannel(TOKEN, "http://127.0.0.1:9")
    await channel.bot.request.initialize()
    assert (await channel.send(words())).end is End.RETRY
    with pytest.raises(NotSent):
        await channel.bot.send_message(MERCHANTS, "a")
    await channel.bot.request.shutdown()
    assert (await channel.send(words())).end is End.RETRY


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
    request = AiohttpRequest(read=0.3)
    await request.initialize()
    async with _server(answer) as url:
        with pytest.raises(AnswerLost):
            await request.do_request(url, "POST")
    await request.shutdown()


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


# --- fetching and downloads ----------------------------------------------------------------------------------------


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


async def test_lasting_rival_ends_the_fetching(
    play: Playground, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A passing 409 is borne, four in a row are a rival: one sentence says what to do."""
    monkeypatch.setattr("channels.telegram.channel.asyncio", SimpleNamespace(sleep=_no_wait))
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


async def _no_wait(_: float) -> None:
    """No time passes."""


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


# --- complaints ----------------------------------------------------------------------------------------------------


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks for a rival are short."""
    monkeypatch.setattr("channels.telegram.channel.RIVAL_SECONDS", 1)
    monkeypatch.setattr("channels.telegram.channel.RIVAL_PAUSE", 0.1)


async def test_all_is_well_and_nothing_is_said(play: Playground, channel: TelegramChannel, hurried: None) -> None:
    """A bot that hears, sits in its groups and is alone; looking confirms no update."""
    play.world.say(QIU, MERCHANTS, "占道")
    assert channel.capabilities().hears_all
    assert await channel.complaints({CHAT: "郁洲街道城管共建群"}) == []
    assert await channel.rivals() == []
    assert len(play.world.updates.pending) == 1


async def test_every_wrong_is_one_plain_sentence(play: Playground) -> None:
    """Privacy mode, a group that is not reached, one that put the bot out."""
    play.world.privacy = True
    play.world.seat_bot(SQUAD, "kicked")
    channel = TelegramChannel(TOKEN, play.url)
    await channel.start()
    try:
        said = await channel.complaints({"-42": "不存在的群", str(SQUAD): "三中队", str(LEADS): "带班群"})
    finally:
        await channel.stop()
    assert "隐私模式" in said[0]
    assert "/setprivacy" in said[0]
    assert said[1:] == [
        "群“不存在的群”（-42）进不去：请把机器人拉进群，并核对群号",
        f"群“三中队”（{SQUAD}）进不去：请把机器人拉进群，并核对群号",
    ]


async def test_rival_poller_is_noticed(
    play: Playground, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program polls with the same token: the sentence says so, whoever of the two is sent away first."""
    monkeypatch.setattr("channels.telegram.channel.RIVAL_SECONDS", 3)
    rival = TelegramChannel(TOKEN, play.url, poll_seconds=5)
    await rival.start()
    polling = asyncio.ensure_future(_poll(rival))  # noqa: TID251 - cancelled below
    await asyncio.sleep(0.1)
    try:
        [said] = await channel.rivals()
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await rival.stop()
    assert "另一个程序正用同一个令牌收消息" in said


async def _poll(rival: TelegramChannel) -> None:
    """As a bot that comes back at once whenever it is sent away."""
    while True:
        with contextlib.suppress(Conflict):
            await rival.bot.do_api_request("getUpdates", {"timeout": 5})


async def test_webhook_that_stands_in_the_way_is_named(
    play: Playground, channel: TelegramChannel, hurried: None
) -> None:
    """Polling is refused while a webhook is set; the sentence says where the messages go."""
    await channel.bot.set_webhook("http://127.0.0.1:9/hook")
    [said] = await channel.rivals()
    assert "正送往一个网页回调" in said
    await channel.bot.delete_webhook()


async def test_wrong_token_is_refused_at_once(play: Playground) -> None:
    """Trying again would not help."""
    channel = TelegramChannel("1:wrong", play.url)
    with pytest.raises(ChannelRefused, match="QUNBAN_TELEGRAM_TOKEN"):
        await channel.start()
    await channel.stop()


async def test_start_waits_for_a_server_that_is_not_there_yet(
    play: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults of the line are waited out."""
    monkeypatch.setattr("channels.telegram.channel.asyncio", SimpleNamespace(sleep=_no_wait))
    play.api.faults.add([{"method": "getMe", "fault": "status", "status": 502, "times": 3}])
    channel = TelegramChannel(TOKEN, play.url)
    await channel.start()
    assert isinstance(channel.bot.bot, telegram.User)
    await channel.stop()
