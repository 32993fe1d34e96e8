"""Sending through the playground: what stands there, and the ends that sending has."""

import pytest

from channels.telegram.channel import TelegramChannel
from models.outgoing import End, Outcome, Outgoing, Sort
from playground import files
from playground.server import Playground
from tests.channels.said import CHAT, Json, stands, words
from tests.town import MERCHANTS, QIU, picture


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


async def test_bytes_go_out_where_handles_are_known_no_more(play: Playground, channel: TelegramChannel) -> None:
    """An album, what is left of one, a picture that came as a file: of handles without bytes nothing is said."""
    gone, here = (("photo", "gone1"), ("video", "gone2"), ("photo", "gone3")), picture()
    assert (await channel.send(words("", sort=Sort.PHOTOS, handles=gone))).end is End.FAILED
    for out in (
        words("三", sort=Sort.PHOTOS, handles=gone, kept=(here, b"ftyp", b"")),
        words("一", sort=Sort.PHOTOS, handles=gone, kept=(b"", b"", here)),
        words("果", sort=Sort.PHOTO, handles=(("photo", "document:gone"),), kept=(here,)),
    ):
        assert (await channel.send(out)).end is End.SENT, out
    sorts = [next(k for k in ("photo", "document", "video") if k in m) for m in stands(play)]
    assert sorts == ["photo", "video", "photo", "document"]
    assert [m.get("caption") for m in stands(play)] == ["三", None, "一", "果"]


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
