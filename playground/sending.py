"""The methods that say something new."""

from typing import Any

from playground import files
from playground.errors import bad
from playground.params import Params
from playground.speech import Call, caption, item_caption, text

Json = dict[str, Any]
FEWEST, MOST = 2, 10
SHORTEST_LIFE, LONGEST_LIFE, FOR_EVER = 60, 86_400, 0x7FFFFFFF


def send_message(call: Call) -> Json:
    """SendMessage."""
    chat = call.room()
    return call.post(chat, text(call.params))[0]


def upload(call: Call, name: str, value: Any = None) -> Any:
    """An upload (name, bytes), an `attach://` upload, or a file that is known."""
    params = call.params
    value = params.values.get(name) if value is None else value
    if name in params.files:
        return params.files[name]
    if isinstance(value, str) and value.startswith("attach://"):
        found = params.files.get(value.removeprefix("attach://"))
        if found is None:
            raise bad("wrong file identifier/HTTP URL specified")
        return found
    known = call.world.files.get(str(value))
    if known is None:
        raise bad("wrong file identifier/HTTP URL specified" if value else f"there is no {name} in the request")
    return known


def photo(call: Call, given: Any) -> Json:
    """A photo as a field of a message: an upload is made into sizes, a known one is shown again."""
    if isinstance(given, tuple):
        return {"photo": files.photo(call.world.files, given[1])}
    return {"photo": files.known(given, "photos")}


def video(call: Call, given: Any) -> Json:
    """A film as a field of a message."""
    if isinstance(given, tuple):
        more = {name: call.params.integer(name, 1) for name in ("width", "height", "duration")}
        return {"video": files.store(call.world.files, given[1], "videos", given[0], **more)}
    return {"video": files.known(given, "videos")}


def send_photo(call: Call) -> Json:
    """SendPhoto."""
    chat = call.room("photos")
    return call.post(chat, photo(call, upload(call, "photo")) | caption(call.params))[0]


def send_video(call: Call) -> Json:
    """SendVideo."""
    chat = call.room("videos")
    return call.post(chat, video(call, upload(call, "video")) | caption(call.params))[0]


def send_document(call: Call) -> Json:
    """SendDocument."""
    chat, given = call.room("documents"), upload(call, "document")
    if isinstance(given, tuple):
        shown = files.store(call.world.files, given[1], "documents", given[0], file_name=given[0])
    else:
        shown = files.known(given, "documents")
    return call.post(chat, {"document": shown, **caption(call.params)})[0]


def send_voice(call: Call) -> Json:
    """SendVoice."""
    chat, given = call.room("voice notes"), upload(call, "voice")
    if isinstance(given, tuple):
        seconds = call.params.integer("duration", 1)
        shown = files.store(call.world.files, given[1], "voice", given[0], duration=seconds)
    else:
        shown = files.known(given, "voice")
    return call.post(chat, {"voice": shown, **caption(call.params)})[0]


def send_media_group(call: Call) -> list[Json]:
    """An album of photos and films: sendMediaGroup."""
    media = call.params.sequence("media")
    if not media:
        raise bad("there are no messages to send")
    if not FEWEST <= len(media) <= MOST:
        raise bad("media group must include 2-10 items")
    chat = call.room("photos")
    album = f"{call.world.updates.next_id}{chat.next_id}"
    return call.post(chat, *({**medium(call, item), "media_group_id": album} for item in media))


def medium(call: Call, item: Json) -> Json:
    """One InputMedia as fields of a message."""
    make = {"photo": photo, "video": video}.get(str(item.get("type")))
    if make is None:
        raise bad("can't parse InputMedia: type must be photo or video")
    return make(call, upload(call, "media", item.get("media") or "")) | item_caption(item)


def location(params: Params) -> Json:
    """A point on the earth."""
    lat, lon = params.number("latitude"), params.number("longitude")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - the earth
        raise bad("wrong latitude or longitude specified")
    period = params.integer("live_period", 0)
    if period and not (SHORTEST_LIFE <= period <= LONGEST_LIFE or period == FOR_EVER):
        raise bad("wrong live location period specified")
    return {"latitude": lat, "longitude": lon, **({"live_period": period} if period else {})}


def send_location(call: Call) -> Json:
    """SendLocation."""
    chat = call.room()
    return call.post(chat, {"location": location(call.params)})[0]


def send_venue(call: Call) -> Json:
    """SendVenue."""
    chat, place = call.room(), location(call.params)
    title, address = call.params.text("title"), call.params.text("address")
    if not title or not address:
        raise bad("venue title must be non-empty" if not title else "venue address must be non-empty")
    return call.post(chat, {"location": place, "venue": {"location": place, "title": title, "address": address}})[0]
