"""What the page asks of the server: deeds refused in one sentence, hostile names, headers, the stream of events."""

import json
from typing import Any

import aiohttp
import pytest

from playground.server import Playground
from tests.playground.conftest import Caller
from tests.playground.pictures import jpeg, upload
from tests.town import BAI, JING, MERCHANTS, QIU, SQUAD, TOKEN, town_config

Json = dict[str, Any]
HERE: Json = {"as": QIU, "chat": MERCHANTS}
HOSTILE = "../../etc/passwd\u202e<script>名.jpg"

REFUSED: list[tuple[str, Json, int, str]] = [
    ("say", {**HERE, "text": "  "}, 400, "写点什么再发"),
    ("say", {**HERE, "text": "长" * 4097}, 400, "一条消息最多4096个字，请分开发"),
    ("say", HERE, 400, "请求里缺 text"),
    ("say", {**HERE, "chat": -1, "text": "a"}, 400, "没有这个群：-1"),
    ("say", {**HERE, "as": 1, "text": "a"}, 400, "没有这个人：1"),
    ("say", {"as": QIU, "chat": SQUAD, "text": "a"}, 403, "邱女士不在“三中队”里"),
    ("say", {**HERE, "chat": "x", "text": "a"}, 400, "请求不完整"),
    ("say", {**HERE, "chat": 1e400, "text": "a"}, 400, "请求不完整"),
    ("pin", {**HERE, "lat": 91, "lon": 0}, 400, "这个位置不在地球上"),
    ("pin", {**HERE, "lat": float("nan"), "lon": 0}, 400, "这个位置不在地球上"),
    ("photo", HERE, 400, "没有收到照片"),
    ("document", HERE, 400, "没有收到文件"),
    ("edit", {**HERE, "message_id": 99, "text": "a"}, 400, "这条消息已经不在了"),
    ("edit", {"as": JING, "chat": MERCHANTS, "message_id": 1, "text": "a"}, 403, "只能改自己的消息"),
    ("edit", {**HERE, "message_id": 1, "text": ""}, 400, "写点什么再发"),
    ("delete", {"as": JING, "chat": MERCHANTS, "message_id": 1}, 403, "只能删自己的消息"),
    ("forward", {**HERE, "from_chat": MERCHANTS, "message_id": 99}, 400, "这条消息已经不在了"),
    ("leave", {"chat": SQUAD, "user": QIU}, 403, "邱女士不在“三中队”里"),
    ("bot_status", {"chat": SQUAD, "status": "king"}, 400,
     "机器人的身份只能是 administrator、member、restricted、left、kicked"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "given", "status", "words"), REFUSED, ids=lambda value: str(value)[:40])
async def test_wrong_deeds_are_refused_in_one_sentence(
    caller: Caller, path: str, given: Json, status: int, words: str
) -> None:
    """A person reads what is wrong; nothing is said in the group, the bot hears nothing."""
    await caller.says()
    assert await caller.deed(path, **given) == (status, {"error": words})
    assert len(caller.world.chats[MERCHANTS].messages) == 1
    assert len(caller.world.updates.pending) == 1


async def test_broken_json_is_refused_in_one_sentence(caller: Caller) -> None:
    """Not an error page."""
    for body in (b"{", b"[" * 100_000):
        headers = {"Content-Type": "application/json"}
        async with caller.session.post(f"{caller.play.url}/play/say", data=body, headers=headers) as answer:
            assert (answer.status, await answer.json()) == (400, {"error": "请求不完整"})


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"MZ no picture", "virus.jpg", "“virus.jpg”不是能打开的照片"),
        (jpeg().read()[:200], "half.jpg", "“half.jpg”不是能打开的照片"),
        (jpeg((9000, 1200)).read(), "wide.jpg", "“wide.jpg”太大或太长了，请缩小再发"),
    ],
)
async def test_upload_that_is_no_picture_is_refused(caller: Caller, data: bytes, name: str, words: str) -> None:
    """One sentence with the name of the file, and an album with one bad picture is not half sent."""
    assert await caller.deed("photo", upload(HERE, "photo", 1, data, name)) == (400, {"error": words})
    mixed = upload(HERE, "photo", 2)
    mixed.add_field("photo", data, filename=name, content_type="image/jpeg")
    assert await caller.deed("photo", mixed) == (400, {"error": words})
    assert caller.world.chats[MERCHANTS].messages == {}


async def test_too_much_is_refused(caller: Caller) -> None:
    """Eleven pictures; an upload beyond what the server takes; an empty file."""
    assert await caller.deed("photo", upload(HERE, "photo", 11)) == (400, {"error": "一次最多发10张照片"})
    heavy = upload(HERE, "document", 1, b"0" * (26 * 2**20))
    assert await caller.deed("document", heavy) == (413, {"error": "文件太大了，一次最多 20 MB"})
    assert (await caller.deed("document", upload(HERE, "document", 1, b"", "a.pdf")))[1] == {"error": "这个文件是空的"}


async def test_album_and_reply_come_as_people_send_them(caller: Caller) -> None:
    """Three pictures are one album with the caption on the first; a file may be a reply."""
    said = await caller.says()
    form = upload({**HERE, "caption": "现场", "reply_to": said["message_id"]}, "photo", 3)
    sent = (await caller.deed("photo", form))[1]["messages"]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [message.get("caption") for message in sent] == ["现场", None, None]
    form = upload({**HERE, "reply_to": said["message_id"]}, "document", 1, b"%PDF-", "单据.pdf")
    [file] = (await caller.deed("document", form))[1]["messages"]
    assert file["reply_to_message"]["message_id"] == said["message_id"]
    assert (file["document"]["file_name"], file["document"]["mime_type"]) == ("单据.pdf", "application/pdf")


async def test_hostile_names_do_no_harm(caller: Caller) -> None:
    """A name full of paths, quotes and line ends is cut to a name; the file is saved, never shown as a page."""
    form = upload(HERE, "document", 1, b"<script>alert(1)</script>", HOSTILE)
    [message] = (await caller.deed("document", form))[1]["messages"]
    shown = message["document"]["file_name"]
    assert not set('/\\"<>') & set(shown)
    url = f"{caller.play.url}/play/file/{message['document']['file_id']}"
    async with caller.session.get(url) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
    path = (await caller.result("getFile", file_id=message["document"]["file_id"]))["file_path"]
    assert ".." not in path
    joined = (await caller.deed("join", chat=MERCHANTS, user=7400, name="<b>" + "名" * 500))[1]
    assert len(joined["new_chat_members"][0]["first_name"]) == 120


@pytest.mark.parametrize(
    "path",
    ["/static/..%2fapi.py", "/static/%2e%2e", "/static/.hidden", "/static/none.js", "/play/file/..%2fworld.json",
     "/play/file/none", "/play/chats/-5/messages", "/play/chats/x/messages", "/file/bot8721:playground/../api.py"],
)  # fmt: skip
async def test_paths_that_lead_elsewhere_find_nothing(caller: Caller, path: str) -> None:
    """Nothing beside the page's own files is served."""
    async with caller.session.get(aiohttp.client.URL(caller.play.url + path, encoded=True)) as answer:
        assert answer.status in {401, 404}


async def test_every_answer_of_the_page_has_its_guards(caller: Caller) -> None:
    """No foreign script, frame or picture; types are not guessed; no address goes out."""
    for path in (
        "/",
        "/static/app.js",
        "/play/state",
        "/play/sketch",
        f"/play/chats/{MERCHANTS}/messages",
        "/play/calls",
    ):
        async with caller.session.get(caller.play.url + path) as answer:
            assert answer.status == 200
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "http" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_tiles_are_allowed_only_where_they_are_configured() -> None:
    """The policy names their host and no other."""
    play = Playground(town_config(), TOKEN, tiles="https://tiles.example.org/{z}/{x}/{y}.png")
    await play.start(port=0)
    async with aiohttp.ClientSession() as session, session.get(play.url) as answer:
        assert "img-src 'self' data: blob: https://tiles.example.org;" in answer.headers["Content-Security-Policy"]
    await play.stop()


async def test_another_sites_page_cannot_speak_here(caller: Caller) -> None:
    """A form or script of another origin is refused; the page's own is not."""
    for origin, status in (("https://evil.example", 403), ("null", 403), (caller.play.url, 200)):
        headers = {"Origin": origin}
        async with caller.session.post(
            f"{caller.play.url}/play/say", json={**HERE, "text": "a"}, headers=headers
        ) as answer:
            assert answer.status == status
    async with caller.session.delete(f"{caller.play.url}/play/story", headers={"Origin": "https://evil.example"}) as no:
        assert no.status == 403


async def test_events_reach_the_page_and_a_reconnect_gets_what_it_missed(caller: Caller) -> None:
    """The stream begins behind a number; half characters do not end it."""
    caller.world.say(QIU, MERCHANTS, "\ud83d 半个字")
    await caller.says("第二句")
    first = await _events(caller, after=0, count=2)
    assert [event["message"]["text"] for _, event in first] == ["\ud83d 半个字", "第二句"]
    again = await _events(caller, after=first[0][0], count=1)
    assert again == first[1:]


async def _events(caller: Caller, after: int, count: int) -> list[tuple[int, Json]]:
    found: list[tuple[int, Json]] = []
    url = f"{caller.play.url}/play/events"
    async with caller.session.get(url, headers={"Last-Event-ID": str(after)}) as stream:
        number = 0
        async for line in stream.content:
            if line.startswith(b"id: "):
                number = int(line[4:])
            if line.startswith(b"data: "):
                found.append((number, json.loads(line[6:])))
            if len(found) == count:
                break
    return found


async def test_messages_are_paged_from_the_end(caller: Caller) -> None:
    """The last ones, oldest first; `before` gives those ahead of it; a deleted one is marked."""
    for number in range(5):
        await caller.says(str(number))
    await caller.deed("delete", **HERE, message_id=5)
    url = f"{caller.play.url}/play/chats/{MERCHANTS}/messages"
    async with caller.session.get(url, params={"limit": 2}) as answer:
        assert [(m["text"], m.get("deleted")) for m in (await answer.json())["messages"]] == [("3", None), ("4", True)]
    async with caller.session.get(url, params={"limit": 2, "before": 4}) as answer:
        assert [m["text"] for m in (await answer.json())["messages"]] == ["1", "2"]
    async with caller.session.get(url, params={"limit": "x", "before": "-1"}) as answer:
        assert len((await answer.json())["messages"]) == 5


async def test_forward_keeps_who_said_it_first(caller: Caller) -> None:
    """A forward of a forward still names the first speaker."""
    said = await caller.says("井盖松了")
    once = (
        await caller.deed("forward", **{"as": BAI, "chat": SQUAD}, from_chat=MERCHANTS, message_id=said["message_id"])
    )[1]
    twice = (
        await caller.deed("forward", **{"as": BAI, "chat": MERCHANTS}, from_chat=SQUAD, message_id=once["message_id"])
    )[1]
    assert twice["forward_origin"]["sender_user"]["first_name"] == "邱女士"
    assert (twice["text"], twice["from"]["first_name"]) == ("井盖松了", "白洋")
