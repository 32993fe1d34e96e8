"""A playground alone, the channel in it, and what is said."""

from collections.abc import AsyncIterator

import pytest

from channels.telegram.channel import TelegramChannel
from playground.server import Playground
from tests.town import TOKEN, town_config


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
