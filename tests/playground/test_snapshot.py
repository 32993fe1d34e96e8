"""What was said outlives a restart."""

import asyncio
import json
from pathlib import Path

import aiohttp

from playground.server import Playground
from tests.playground.conftest import Caller
from tests.playground.pictures import upload
from tests.town import BAI, JING, MERCHANTS, QIU, TOKEN, town_config


async def test_world_goes_on_after_a_restart(tmp_path: Path) -> None:
    """Messages, photos, presses, who left, updates that nobody fetched: all there; numbers are never given twice."""
    first = Playground(town_config(), TOKEN, data=tmp_path)
    await first.start(port=0)
    async with aiohttp.ClientSession() as session:
        caller = Caller(first, session)
        said = await caller.says("重启前说的\u2028😀")
        await caller.deed("photo", upload({"as": QIU, "chat": MERCHANTS}, "photo"))
        photo = [*first.world.chats[MERCHANTS].messages.values()][-1]["photo"][-1]["file_id"]
        await caller.deed("join", chat=MERCHANTS, user=7500, name="新来的")
        await caller.deed("leave", chat=MERCHANTS, user=JING)
        card = await caller.result("sendMessage", chat_id=MERCHANTS, text="#1")
        query = first.world.press(BAI, MERCHANTS, card["message_id"], "x")
        updates = await caller.result("getUpdates")
        await first.stop()

        second = Playground(town_config(), TOKEN, data=tmp_path)
        await second.start(port=0)
        caller = Caller(second, session)
        room = second.world.chats[MERCHANTS]
        assert room.messages[said["message_id"]]["text"] == "重启前说的\u2028😀"
        assert await caller.result("getUpdates") == updates
        assert (7500 in room.members, JING in room.members) == (True, False)
        assert await caller.result("answerCallbackQuery", callback_query_id=query) is True
        sent = await caller.result("sendPhoto", chat_id=MERCHANTS, photo=photo)
        assert sent["message_id"] > card["message_id"]
        await caller.says("重启后说的")
        assert (await caller.result("getUpdates"))[-1]["update_id"] > updates[-1]["update_id"]
        await second.stop()


async def test_world_is_saved_while_it_runs(tmp_path: Path) -> None:
    """A crash loses no more than a second: the file is written as things happen."""
    play = Playground(town_config(), TOKEN, data=tmp_path)
    await play.start(port=0)
    async with aiohttp.ClientSession() as session:
        await Caller(play, session).says("马上存好")
        for _ in range(100):
            kept = tmp_path / "world.json"
            if kept.exists() and "\\u9a6c\\u4e0a" in kept.read_text():
                break
            await asyncio.sleep(0.05)
        else:
            raise AssertionError("nothing was saved within five seconds")
    await play.stop()


async def test_damaged_file_is_set_aside(tmp_path: Path) -> None:
    """It is kept under another name, and the playground begins anew."""
    for damaged in ("{", "[]", json.dumps({"people": [], "chats": [{}], "files": {}})):
        (tmp_path / "world.json").write_text(damaged)
        play = Playground(town_config(), TOKEN, data=tmp_path)
        await play.start(port=0)
        assert play.world.chats[MERCHANTS].messages == {}
        assert (tmp_path / "world.json.damaged").read_text() == damaged
        await play.stop()
