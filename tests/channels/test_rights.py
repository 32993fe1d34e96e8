"""What is said of token, privacy mode, groups and rivals."""

import asyncio
import contextlib
from types import SimpleNamespace

import pytest
import telegram
from telegram.error import Conflict

from channels.channel import ChannelRefused
from channels.telegram.channel import TelegramChannel
from playground.server import Playground
from tests.channels.said import CHAT, no_wait
from tests.town import LEADS, MERCHANTS, QIU, SQUAD, TOKEN


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks for a rival are short."""
    monkeypatch.setattr("channels.telegram.rights.LOOK_SECONDS", 1)
    monkeypatch.setattr("channels.telegram.rights.PAUSE", 0.1)


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
    monkeypatch.setattr("channels.telegram.rights.LOOK_SECONDS", 3)
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
    monkeypatch.setattr("channels.telegram.channel.asyncio", SimpleNamespace(sleep=no_wait))
    play.api.faults.add([{"method": "getMe", "fault": "status", "status": 502, "times": 3}])
    channel = TelegramChannel(TOKEN, play.url)
    await channel.start()
    assert isinstance(channel.bot.bot, telegram.User)
    await channel.stop()
