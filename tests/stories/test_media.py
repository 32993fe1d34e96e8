"""Photos and files: kept by what they are, refused for what they are not, and placed by where they were taken."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from tests.town import BAI, JING, QIU, SQUAD, STALL, Town, buttons, picture, points

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
