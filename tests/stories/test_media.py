"""Photos and files: kept by what they are, refused for what they are not, and placed by where they were taken."""

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from bot.keeper import position_in, whole_picture
from tests.sights import buttons, points
from tests.town import BAI, JING, QIU, SQUAD, STALL, Town, picture

RUBBISH = "垃圾桶满了，没人收，麻烦来清一下"
SPOT = (34.5961, 119.2190)


def camera_picture(lat: float, lon: float) -> bytes:
    """A JPEG whose camera says where it stood."""
    image, out = Image.new("RGB", (64, 48), "#336633"), io.BytesIO()
    exif = image.getexif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", _parts(lat)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", _parts(lon)
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def _parts(degrees: float) -> tuple[float, float, float]:
    minutes = (degrees % 1) * 60
    return float(int(degrees)), float(int(minutes)), round((minutes % 1) * 60, 4)


def kept(town: Town) -> dict[str, bytes]:
    """What lies under data/media, by name."""
    folder = Path(town.settings.data) / "media"
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def settled(town: Town, count: int = 1) -> list[dict[str, object]]:
    """The media once nothing more is wanted."""
    assert town.program is not None
    await town.quiet()
    while await town.program.keeper.once():
        town.program.outbox_bell.ring()
    rows = await town.rows("SELECT * FROM medium ORDER BY id")
    assert len(rows) == count
    return rows


async def test_photo_is_kept_by_the_sum_of_its_bytes(town: Town) -> None:
    """The largest size is fetched, stands under the sha256 of its bytes, and the row says so."""
    shown = town.shows(QIU, caption=STALL)
    await town.button("接单", SQUAD)
    [row] = await settled(town)
    largest = town.world.files[shown["photo"][-1]["file_id"]]["data"]
    name = hashlib.sha256(largest).hexdigest()
    assert kept(town) == {name: largest}
    assert (row["state"], row["sha256"], row["mime"]) == ("kept", name, "image/jpeg")
    assert (Path(town.settings.data) / "media" / name[:2] / name).is_file()


async def test_same_photo_twice_lies_there_once(town: Town) -> None:
    """Two messages, two rows, one file."""
    town.shows(QIU, caption=STALL)
    await town.sees("#1 ")
    town.shows(QIU)
    rows = await settled(town, 2)
    assert {row["state"] for row in rows} == {"kept"}
    assert len(kept(town)) == 1


async def test_photo_of_mere_talk_is_not_fetched(town: Town) -> None:
    """What belongs to no ticket is left where it is."""
    town.shows(JING, caption="今天的晚霞真好看")
    [row] = await settled(town)
    assert row["state"] == "wanted"
    assert kept(town) == {}
    assert not [call for call in town.world.calls if call["method"] == "getFile"]


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00 this is a program",
        b"\xff\xd8\xff\xe0 begins like a picture and is none",
        b"<svg onload='x'/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"GIF89a<script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n<svg onload='x'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"PK\x03\x04 an archive",
        b"\x00",
    ],
)
async def test_file_that_is_no_picture_is_refused_by_its_content(town: Town, data: bytes) -> None:
    """Whatever it is called: it is not kept, the ticket stands all the same."""
    town.sends(QIU, data, "photo.jpg", "image/jpeg", caption=STALL)
    await town.button("接单", SQUAD)
    [row] = await settled(town)
    assert (row["state"], row["sha256"]) == ("refused", None)
    assert row["last_error"]
    assert kept(town) == {}
    assert (await town.ticket())["status"] == "dispatched"


async def test_picture_that_is_a_bomb_is_refused_and_the_bot_lives(town: Town) -> None:
    """A small file that says it is a hundred and more million pixels large opens nothing and ends nothing."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    town.sends(QIU, out.getvalue(), "big.png", "image/png", caption=STALL)
    await town.button("接单", SQUAD)
    [row] = await settled(town)
    assert row["state"] == "refused"
    assert town.program is not None
    assert not town.program.tasks.ended.is_set()
    town.says(JING, RUBBISH)
    await town.sees("#2 ")


def animation(frames: int, side: int) -> bytes:
    """A GIF of that many empty frames: a few bytes each, and side² pixels."""
    screen = side.to_bytes(2, "little") * 2
    head = b"GIF89a" + screen + b"\x80\x00\x00" + bytes(6)
    frame = b"\x21\xf9\x04\x04\x01\x00\x00\x00," + bytes(4) + screen + b"\x00\x02\x02\x44\x01\x00"
    return head + frame * frames + b";"


@pytest.mark.parametrize(("frames", "taken"), [(2, True), (500, False)])
def test_animation_counts_with_all_its_frames(frames: int, taken: bool) -> None:
    """Each frame alone is small enough; what would be unpacked is what counts."""
    assert whole_picture(animation(frames, 2000)) == taken


async def test_picture_with_a_page_behind_it_is_kept_as_a_picture_under_a_name_of_ours(town: Town) -> None:
    """A polyglot: its type is that of its first bytes, its own name leads nowhere, no part of it is run or shown."""
    data = picture() + b"<html><script>alert(1)</script>"
    town.sends(QIU, data, "../../../evil.html", "text/html", caption=STALL)
    await town.button("接单", SQUAD)
    [row] = await settled(town)
    assert (row["state"], row["mime"]) == ("kept", "image/jpeg")
    assert kept(town) == {row["sha256"]: data}
    assert lying(town, "evil") == []


def lying(town: Town, words: str) -> list[Path]:
    """Files in and around the folder of data with these words in their name, or that may be run."""
    around = Path(town.settings.data).parent
    return [f for f in around.rglob("*") if f.is_file() and (words in f.name or f.stat().st_mode & 0o111)]


async def test_script_in_a_cameras_notes_is_shown_nowhere_and_a_broken_position_places_nothing(town: Town) -> None:
    """What stands in EXIF is kept with the bytes, as evidence; of it only a position is read, and only a real one."""
    image, out = Image.new("RGB", (64, 48), "#336633"), io.BytesIO()
    exif = image.getexif()
    exif[ExifTags.Base.ImageDescription] = "<script>alert(1)</script>"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "<script>", (999.0, 0.0, 0.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (119.0, 0.0, 0.0)
    image.save(out, "JPEG", exif=exif)
    town.world.join(-1001001, 8001, "路人")
    town.sends(8001, out.getvalue(), "IMG_1.jpg", "image/jpeg", caption=RUBBISH)
    await town.button("接单", SQUAD)
    [row] = await settled(town)
    assert row["state"] == "kept"
    assert (await town.ticket())["lat"] is None
    assert not any("script" in words for chat in town.world.chats for words in town.texts(chat))


@given(st.binary(max_size=200), st.integers(0, 600), st.integers(0, 255))
def test_spoilt_picture_raises_nothing(more: bytes, at: int, value: int) -> None:
    """Cut short, with other bytes in the middle: it is a picture or it is none, and says of a place or does not."""
    data = bytearray(camera_picture(*SPOT))
    data[at % len(data)] = value
    for spoilt in (bytes(data), bytes(data[:at]) + more, bytes(data) + more):
        assert whole_picture(spoilt) in {True, False}
        found = position_in(spoilt)
        assert found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180)


async def test_file_of_more_than_twenty_megabytes_is_not_fetched(town: Town) -> None:
    """Telegram says no; that is kept as the reason and not asked again."""
    data = picture() + bytes(20 * 2**20)
    town.sends(QIU, data, "film.jpg", "image/jpeg", caption=STALL)
    await town.button("接单", SQUAD)
    [row] = await settled(town)
    assert row["state"] == "refused"
    assert kept(town) == {}
    asked = len([call for call in town.world.calls if call["method"] == "getFile"])
    town.turn(hours=1)
    await settled(town)
    assert len([call for call in town.world.calls if call["method"] == "getFile"]) == asked


async def test_file_cannot_be_fetched_just_now_and_is_later(town: Town) -> None:
    """An error while fetching is no refusal: it is tried again and kept."""
    town.play.api.faults.add([{"method": "getFile", "fault": "status", "status": 500}])
    town.shows(QIU, caption=STALL)
    await town.sees_rows("SELECT 1 FROM medium WHERE attempts = 1 AND state = 'wanted'")
    town.turn(seconds=6)
    [row] = await settled(town)
    assert row["state"] == "kept"


async def test_picture_as_a_file_places_the_ticket_and_the_squad_gets_the_pin(town: Town) -> None:
    """Nobody said where, the camera did: the ticket stands there, with a pin under the card."""
    town.world.join(-1001001, 8001, "路人")
    town.sends(8001, camera_picture(*SPOT), "IMG_1.jpg", "image/jpeg", caption=RUBBISH)
    card = await town.button("接单", SQUAD)
    await settled(town)
    await town.quiet()
    ticket = await town.ticket()
    assert ticket["place_source"] == "pin"
    assert (ticket["lat"], ticket["lon"]) == (pytest.approx(SPOT[0], abs=1e-5), pytest.approx(SPOT[1], abs=1e-5))
    await town.until(lambda: points(town.by_bot(SQUAD)), "the pin")
    [(lat, lon)] = points(town.by_bot(SQUAD))
    assert (lat, lon) == (pytest.approx(SPOT[0], abs=1e-5), pytest.approx(SPOT[1], abs=1e-5))
    pin = next(m for m in town.by_bot(SQUAD) if "location" in m)
    assert pin["reply_to_message"]["message_id"] == card["message_id"]
    assert "add" in await town.history()


async def test_cameras_position_does_not_move_a_ticket_with_a_pin(town: Town) -> None:
    """A pin that she sent herself is better than what a camera thinks."""
    town.pins(QIU, 34.5938, 119.2214)
    town.says(QIU, STALL)
    await town.button("接单", SQUAD)
    town.sends(QIU, camera_picture(*SPOT), "IMG_2.jpg", "image/jpeg")
    await settled(town)
    await town.quiet()
    ticket = await town.ticket()
    assert (ticket["lat"], ticket["lon"]) == (34.5938, 119.2214)
    assert points(town.by_bot(SQUAD)) == [(34.5938, 119.2214)]


async def test_officers_photo_is_the_picture_of_the_result(town: Town) -> None:
    """The last photo in reply to the card is what she sees."""
    town.shows(QIU, caption=STALL, colour="#ff0000")
    card = await town.reached()
    for colour in ("#00ff00", "#0000ff"):
        last = town.shows(BAI, SQUAD, colour=colour, reply_to=card["message_id"])
    await town.quiet()
    await town.clicks(BAI, card, "办结")
    await town.clicks(BAI, card, "服务")
    result = await town.sees("已办结（服务）")
    assert result["photo"][-1]["file_unique_id"] == last["photo"][-1]["file_unique_id"]
    assert buttons(result)
