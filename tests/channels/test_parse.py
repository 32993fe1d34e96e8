"""Telegram's updates as arrivals: every kind that a group can bring, and rubbish that no group brings."""

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.parse import chat_of, parse
from models.arrivals import Arrival, Came, Edited, Left, Migrated, Nothing, Pressed, Seated, Spoken, Titled
from models.said import Medium, MediumKind, Point, Said

Json = dict[str, Any]
AT = datetime(2026, 3, 2, 11, 41, 7, tzinfo=UTC)
GROUP: Json = {"id": -1001001, "type": "supergroup", "title": "郁洲街道城管共建群"}
QIU: Json = {"id": 7001, "is_bot": False, "first_name": "邱", "last_name": "女士"}
PHOTO = [
    {"file_id": "s", "file_unique_id": "us", "width": 90, "height": 60, "file_size": 900},
    {"file_id": "l", "file_unique_id": "ul", "width": 1280, "height": 960, "file_size": 90000},
    {"file_id": "m", "file_unique_id": "um", "width": 320, "height": 240},
]
PIN: Json = {"latitude": 34.5937, "longitude": 119.2213}
LARGEST = Medium(MediumKind.PHOTO, "l", "ul", 90000)


def message(**more: Any) -> Json:
    """A message of 邱女士 in the group; None takes a field away."""
    whole = {"message_id": 7, "date": int(AT.timestamp()), "chat": GROUP, "from": QIU, **more}
    return {key: value for key, value in whole.items() if value is not None}


def said(**more: Any) -> Said:
    """What that message says."""
    return Said(**{"chat": "-1001001", "id": "7", "at": AT, "sender": "7001", "name": "邱 女士", **more})


def spoken(**more: Any) -> Spoken:
    """As an arrival."""
    return Spoken(said(**more), GROUP["title"])


def file(**more: Any) -> Json:
    """A file of any kind."""
    return {"file_id": "f", "file_unique_id": "uf", "file_size": 5, **more}


SAID: list[tuple[str, Json, Arrival]] = [
    ("text", {"text": "占道"}, spoken(text="占道")),
    ("caption", {"photo": PHOTO, "caption": "现场"}, spoken(text="现场", media=(LARGEST,))),
    ("album", {"photo": PHOTO, "media_group_id": "77"}, spoken(media=(LARGEST,), album="77")),
    ("pin", {"location": PIN}, spoken(point=Point(34.5937, 119.2213))),
    ("live", {"location": {**PIN, "live_period": 900, "horizontal_accuracy": 20.5}},
     spoken(point=Point(34.5937, 119.2213, "WGS-84", 20.5), live=True)),
    ("venue", {"location": PIN, "venue": {"location": PIN, "title": "凤鸣便利店", "address": "凤鸣路18号"}},
     spoken(point=Point(34.5937, 119.2213), venue="凤鸣便利店 凤鸣路18号")),
    ("reply", {"text": "好的", "reply_to_message": message(message_id=3, text="在吗")},
     spoken(text="好的", reply_to="3")),
    ("reply to the bot",
     {"text": "上周", "reply_to_message": message(message_id=3, text="x", **{"from": {"id": 9, "is_bot": True}})},
     spoken(text="上周", reply_to="3", to_bot=True)),
    ("reply to an anonymous administrator",
     {"text": "好的", "reply_to_message": message(message_id=3, text="x", sender_chat=GROUP,
                                                **{"from": {"id": 1087968824, "is_bot": True}})},
     spoken(text="好的", reply_to="3")),
    ("topic", {"text": "说", "message_thread_id": 3, "is_topic_message": True, "reply_to_message": {"message_id": 3}},
     spoken(text="说", thread="3")),
    ("reply in topic",
     {"text": "说", "message_thread_id": 3, "is_topic_message": True, "reply_to_message": {"message_id": 5}},
     spoken(text="说", thread="3", reply_to="5")),
    ("thread without topic", {"text": "说", "message_thread_id": 3, "reply_to_message": {"message_id": 3}},
     spoken(text="说", reply_to="3")),
    ("forward", {"text": "转", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "x"}},
     spoken(text="转", forwarded=True)),
    ("anonymous",
     {"text": "请注意", "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP},
     spoken(text="请注意", sender="chat-1001001", name=GROUP["title"], nameless=True)),
    ("channel", {"text": "广告", "from": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
                 "sender_chat": {"id": -100777, "type": "channel", "title": "某频道"}},
     spoken(text="广告", sender="chat-100777", name="某频道", nameless=True)),
    ("linked channel", {"text": "通知", "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
                        "sender_chat": {"id": -100778, "type": "channel", "title": "公告"}},
     spoken(text="通知", sender="chat-100778", name="公告", nameless=True)),
    ("channel without a user", {"text": "通知", "from": None, "sender_chat": {"id": -100778, "title": "公告"}},
     spoken(text="通知", sender="chat-100778", name="公告", nameless=True)),
    ("voice", {"voice": file(duration=3)}, spoken(media=(Medium(MediumKind.VOICE, "f", "uf", 5),))),
    ("audio", {"audio": file(duration=3)}, spoken(media=(Medium(MediumKind.VOICE, "f", "uf", 5),))),
    ("video", {"video": file(duration=3)}, spoken(media=(Medium(MediumKind.VIDEO, "f", "uf", 5),))),
    ("round video", {"video_note": file(duration=3)}, spoken(media=(Medium(MediumKind.VIDEO, "f", "uf", 5),))),
    ("animation is also a document", {"animation": file(), "document": file()},
     spoken(media=(Medium(MediumKind.VIDEO, "f", "uf", 5),))),
    ("document", {"document": file(file_name="单据.pdf", mime_type="application/pdf")},
     spoken(media=(Medium(MediumKind.DOCUMENT, "f", "uf", 5, "单据.pdf"),))),
    ("picture as a file", {"document": file(file_name="a.jpg", mime_type="image/jpeg")},
     spoken(media=(Medium(MediumKind.PHOTO, "document:f", "uf", 5, "a.jpg"),))),
    ("sticker", {"sticker": file()}, spoken(media=(Medium(MediumKind.STICKER, "f", "uf", 5),))),
    ("64-bit ids", {"text": "a", "from": {**QIU, "id": 2**52 + 1}}, spoken(text="a", sender=str(2**52 + 1))),
    ("another bot", {"text": "我是机器人", "from": {"id": 9, "is_bot": True, "first_name": "x"}}, Nothing("bot")),
    ("pinned", {"pinned_message": message(text="a")}, Nothing("service")),
    ("poll", {"poll": {"id": "1"}}, Nothing("service")),
    ("joined", {"new_chat_members": [{"id": 7100, "is_bot": False, "first_name": "新来的"}]},
     Came("-1001001", "7100", "新来的")),
    ("bot joined", {"new_chat_members": [{"id": 9, "is_bot": True, "first_name": "x"}]}, Nothing("bot")),
    ("left", {"left_chat_member": QIU}, Left("-1001001", "7001")),
    ("renamed", {"new_chat_title": "新名字"}, Titled("-1001001", "新名字")),
    ("moved to", {"migrate_to_chat_id": -1009}, Migrated("-1001001", "-1009")),
    ("moved from", {"migrate_from_chat_id": -5}, Migrated("-5", "-1001001")),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "arrival"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_what_people_send(fields: Json, arrival: Arrival) -> None:
    """Each kind of message is read as what it is."""
    assert parse({"update_id": 1, "message": message(**fields)}) == arrival


def test_private_chat_is_told_from_a_group() -> None:
    """Its title is the person's name."""
    private = {"id": 7001, "type": "private", "first_name": "邱", "last_name": "女士"}
    arrival = parse({"update_id": 1, "message": message(chat=private, text="/help")})
    assert arrival == Spoken(said(chat="7001", text="/help"), "邱 女士", private=True)


def test_edit_and_moving_live_position_amend() -> None:
    """Edits are never new words."""
    assert parse({"update_id": 1, "edited_message": message(text="改", edit_date=9)}) == Edited(
        said(text="改"), GROUP["title"]
    )
    moved = parse({"update_id": 1, "edited_message": message(location={**PIN, "live_period": 900})})
    assert isinstance(moved, Edited)
    assert (moved.said.live, moved.said.point) == (True, Point(34.5937, 119.2213))


PRESS: Json = {"id": "88", "from": QIU, "chat_instance": "1", "data": "v1:ok:1"}


@pytest.mark.parametrize(
    ("query", "arrival"),
    [
        ({**PRESS, "message": message(text="#1")}, Pressed("88", "-1001001", "7", "7001", "邱 女士", "v1:ok:1", AT)),
        (
            {**PRESS, "message": {"chat": GROUP, "message_id": 7, "date": 0}},
            Pressed("88", "-1001001", "7", "7001", "邱 女士", "v1:ok:1", datetime(1970, 1, 1, tzinfo=UTC)),
        ),
        ({**PRESS, "inline_message_id": "x"}, Nothing("press without a message")),
        ({key: value for key, value in PRESS.items() if key != "data"}, Nothing("press without a message")),
    ],
)
def test_presses(query: Json, arrival: Arrival) -> None:
    """A press names its message even where that is gone; one without a message or data is nothing."""
    assert parse({"update_id": 1, "callback_query": query}) == arrival


@pytest.mark.parametrize(
    ("seat", "state"),
    [
        ({"status": "administrator"}, "active"),
        ({"status": "creator"}, "active"),
        ({"status": "member"}, "active"),
        ({"status": "restricted", "can_send_messages": True}, "active"),
        ({"status": "restricted", "can_send_messages": False}, "muted"),
        ({"status": "restricted"}, "muted"),
        ({"status": "left"}, "left"),
        ({"status": "kicked"}, "left"),
    ],
)
def test_own_seat(seat: Json, state: str) -> None:
    """Added, muted, gone; it came only where it was outside before."""
    change = {"chat": GROUP, "from": QIU, "date": 1, "new_chat_member": seat}
    for before, outside in (("left", True), ("kicked", True), ("member", False), ("restricted", False)):
        arrival = parse({"update_id": 1, "my_chat_member": {**change, "old_chat_member": {"status": before}}})
        assert arrival == Seated("-1001001", GROUP["title"], state, came=outside and state != "left")


def test_members_come_and_go() -> None:
    """chat_member says it by the new status."""
    for status, arrival in (("member", Came("-1001001", "7001", "邱 女士")), ("kicked", Left("-1001001", "7001"))):
        change = {"chat": GROUP, "from": QIU, "date": 1, "new_chat_member": {"status": status, "user": QIU}}
        assert parse({"update_id": 1, "chat_member": change}) == arrival


@pytest.mark.parametrize(
    "broken",
    [
        message(chat=None),
        message(text="a", date="soon"),
        message(text="a", **{"from": None}),
        message(location={"latitude": 91, "longitude": 0}),
        message(location={"latitude": "x", "longitude": 0}),
        message(photo=[]),
        message(text="a", date=10**18),
    ],
)
def test_what_cannot_be_read_says_so(broken: Json) -> None:
    """Such a row becomes dead; it is never half understood."""
    with pytest.raises((KeyError, TypeError, ValueError)):
        parse({"update_id": 1, "message": broken})


def test_unknown_kinds_are_nothing() -> None:
    """What Telegram will think of next year does no harm."""
    assert parse({"update_id": 1, "telepathy": {"chat": GROUP}}) == Nothing("telepathy")
    assert parse({"update_id": 1}) == Nothing("")


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        ({"update_id": 1, "message": message()}, "-1001001"),
        ({"update_id": 1, "callback_query": {**PRESS, "message": message()}}, "-1001001"),
        ({"update_id": 1, "my_chat_member": {"chat": GROUP}}, "-1001001"),
        ({"update_id": 1, "callback_query": PRESS}, "-"),
        ({"update_id": 1, "message": "rubbish"}, "-"),
        ({"message": {"chat": {"id": "9" * 200}}}, "9" * 64),
        ({}, "-"),
    ],
)
def test_whose_queue_an_update_belongs_in(raw: Json, chat: str) -> None:
    """The chat, or nobody's."""
    assert chat_of(raw) == chat


KEYS = st.sampled_from(
    [*message(), "text", "photo", "location", "venue", "voice", "document", "reply_to_message", "sender_chat", "title",
     "forward_origin", "new_chat_members", "left_chat_member", "migrate_to_chat_id", "id", "type", "data", "message",
     "new_chat_member", "status", "user", "file_id", "file_unique_id", "latitude", "longitude", "first_name",
     "live_period", "is_topic_message", "message_thread_id", "new_chat_title", "media_group_id", "caption", "width"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)
KINDS = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "other"])


@given(KINDS, JSON)
def test_rubbish_raises_only_what_the_worker_expects(kind: str, rubbish: Any) -> None:
    """KeyError, TypeError, ValueError; anything else would be a fault of ours. chat_of never raises."""
    raw = {"update_id": 1, kind: rubbish}
    assert isinstance(chat_of(raw), str)
    with contextlib.suppress(KeyError, TypeError, ValueError):
        parse(raw)


@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_a_good_message_with_rubbish_in_it_raises_nothing_else_either(rubbish: Json) -> None:
    """One field of a whole message is wrong."""
    for kind in ("message", "edited_message"):
        with contextlib.suppress(KeyError, TypeError, ValueError):
            parse({"update_id": 1, kind: message(**rubbish)})
