"""`python -m playground`: alone, without the bot."""

import asyncio
import re
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

REPO = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("signed", [signal.SIGINT, signal.SIGTERM])
async def test_playground_alone_serves_until_it_is_interrupted(tmp_path: Path, signed: int) -> None:
    """It prints its address, serves page and Bot API, keeps what was said, and ends quietly at Ctrl-C or when told."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground", "--port", "0", "--data", str(tmp_path), "--token", "1:mine",
        cwd=REPO, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found is not None, line
    async with aiohttp.ClientSession() as session:
        async with session.get(found[0]) as page:
            assert "练习场" in await page.text()
        async with session.get(f"{found[0]}/bot1:mine/getMe") as answer:
            assert (await answer.json())["result"]["first_name"] == "群办"
    process.send_signal(signed)
    assert await asyncio.wait_for(process.wait(), 60) == 0
    assert await process.stderr.read() == b""
    assert (tmp_path / "world.json").exists()
