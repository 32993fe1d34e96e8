"""The browser that all stories here share."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from scripts.screenshots import FLAGS
from tests.browser.desk import CHROMIUM


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window."""
    async with async_playwright() as play:
        opened = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        await opened.close()
