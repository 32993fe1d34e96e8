"""Replay: an export read through the same handlers as the live bot, nothing sent, no database touched."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import replay as replaying
from bot.exports import ExportRefused, messages
from geo.datums import wgs_to_gcj
from models.said import MediumKind

Json = dict[str, Any]
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
STALL = "这里有货车路边卖水果，堵住我们门前小路，能不能过来管理？"
KEYS = {
    "ticket",
    "opens",
    "opened_at",
    "messages",
    "reporter",
    "demand",
    "matter",
    "standard",
    "means",
    "urgent",
    "emergency",
    "elsewhere",
    "place",
    "party",
    "same_as",
    "sure",
}


def line(number: int, who: str, text: Any = "", minutes: float = 0, **more: Any) -> Json:
    """A message as Telegram Desktop writes it."""
    at = int(START.timestamp() + minutes * 60)
    return {
        "id": number, "type": "message", "date": "2026-03-02T09:00:00", "date_unixtime": str(at), "from": who,
        "from_id": f"user{sum(map(ord, who))}", "text": text, "text_entities": [], **more,
    }  # fmt: skip


def export(folder: Path, lines: list[Json], roster: Json | None = None) -> Path:
    """A file with these messages, and the roster beside it."""
    path = folder / "street.export.json"
    path.write_text(json.dumps({"name": "街", "type": "private_group", "id": 1, "messages": lines}), encoding="utf-8")
    if roster:
        (folder / "street.roster.json").write_text(json.dumps({"chat": roster}), encoding="utf-8")
    return path


def run(folder: Path, lines: list[Json], roster: Json | None = None) -> list[Json]:
    """The tickets."""
    return list(replaying.replay(export(folder, lines, roster), None))


def test_text_and_pin_become_one_line_with_all_its_keys(tmp_path: Path) -> None:
    """The pin that follows moves the place; thanks belong to it too; chatter does not."""
    spot = {"latitude": 34.5937, "longitude": 119.2213}
    [ticket] = run(
        tmp_path,
        [
            line(1, "静姐", "早上好，今天风真大"),
            line(
                2,
                "邱女士",
                ["这里有货车路边卖水果，堵住我们门前小路，", {"type": "mention", "text": "@bot"}, "能不能过来管理？"],
                1,
            ),
            line(3, "邱女士", "", 2, location_information=spot),
            line(4, "静姐", "晚上吃什么", 3),
        ],
    )
    assert set(ticket) == KEYS
    assert (ticket["opens"], ticket["messages"]) == (2, [2, 3])
    assert (ticket["matter"], ticket["standard"], ticket["demand"]) == ("09006", "GB/T 47678.5-2026", "complaint")
    assert ticket["place"]["source"] == "pin"
    assert (ticket["place"]["lat"], ticket["place"]["lon"]) == (34.5937, 119.2213)
    assert ticket["opened_at"] == "2026-03-02T09:01:00+08:00"
    assert all(span in STALL for _, span in ticket["place"]["spans"])


def test_link_alone_is_a_pin_of_its_own_kind(tmp_path: Path) -> None:
    """The line gives WGS-84, whatever the link's datum."""
    lat, lon = wgs_to_gcj(34.5937, 119.2213)
    link = {"type": "link", "text": f"https://uri.amap.com/marker?position={lon:.6f},{lat:.6f}"}
    [ticket] = run(tmp_path, [line(1, "邱女士", STALL), line(2, "邱女士", [link], 1)])
    assert (ticket["messages"], ticket["place"]["source"]) == ([1, 2], "link")
    assert (ticket["place"]["lat"], ticket["place"]["lon"]) == pytest.approx((34.5937, 119.2213), abs=1e-5)


def test_shop_of_the_roster_is_found_by_its_nickname(tmp_path: Path) -> None:
    """Another shop's door."""
    his = line(1, "老张")["from_id"]
    shops = {his: {"name": "张记牛肉面", "address": "凤鸣路31号", "lat": 34.59345, "lon": 119.2228}}
    [ticket] = run(
        tmp_path, [line(1, "路人", "张记门口有人占道摆摊，麻烦来管一下")], {"kind": "merchants", "shops": shops}
    )
    assert (ticket["place"]["source"], ticket["place"]["lat"]) == ("gazetteer", 34.59345)


def test_roster_tells_who_is_an_officer_and_whose_shop_it_is(tmp_path: Path) -> None:
    """Her own shop says where; the officer's words open nothing."""
    her, his = line(1, "邱女士")["from_id"], line(1, "白洋")["from_id"]
    shop = {"name": "凤鸣便利店", "address": "凤鸣路18号", "lat": 34.5937, "lon": 119.2213}
    lines = [
        line(1, "白洋", "各位商户请不要占道摆摊，谢谢配合"),
        line(2, "邱女士", "有人在我店门口摆摊，路都堵住了，来管管", 1),
        line(3, "白洋", "马上到", 2, reply_to_message_id=2),
    ]
    [ticket] = run(
        tmp_path, lines, {"kind": "merchants", "street": "郁洲街道", "officers": [his], "shops": {her: shop}}
    )
    assert ticket["messages"] == [2, 3]
    assert (ticket["place"]["source"], ticket["place"]["lat"]) == ("shop", 34.5937)


def test_two_people_at_the_same_minute_stay_apart(tmp_path: Path) -> None:
    """Their words interleave; their tickets do not."""
    lines = [
        line(1, "邱女士", "门口井盖没了，太危险，快来修", 0),
        line(2, "老张", "对面烧烤摊油烟太呛人，能不能管管", 0.2),
        line(3, "邱女士", "", 0.5, location_information={"latitude": 34.59, "longitude": 119.22}),
        line(4, "老张", "", 0.6, location_information={"latitude": 34.60, "longitude": 119.23}),
    ]
    first, second = run(tmp_path, lines)
    assert (first["messages"], second["messages"]) == ([1, 3], [2, 4])
    assert (first["place"]["lat"], second["place"]["lat"]) == (34.59, 34.60)


def test_neighbour_with_the_same_matter_has_a_line_of_her_own(tmp_path: Path) -> None:
    """`same_as` names the earlier line."""
    spot = {"latitude": 34.5937, "longitude": 119.2213}
    lines = [
        line(1, "邱女士", STALL),
        line(2, "邱女士", "", 0.5, location_information=spot),
        line(3, "静姐", "", 5, location_information=spot),
        line(4, "静姐", "路边卖水果的货车把路占了，来管管", 5.5),
    ]
    first, second = run(tmp_path, lines)
    assert (first["same_as"], second["same_as"]) == (None, first["ticket"])
    assert (second["opens"], second["messages"]) == (4, [3, 4])


def test_photos_within_two_seconds_are_an_album(tmp_path: Path) -> None:
    """Their sender is one, their names differ."""
    lines = [line(n, "邱女士", "", n / 60, photo=f"p{n}.jpg") for n in (1, 2, 3)]
    lines += [line(4, "老张", "", 1, photo="q.jpg"), line(5, "老张", "", 2, media_type="voice_message", file="v.ogg")]
    heard = list(messages(export(tmp_path, lines), "c"))
    assert [said.album for said in heard] == ["1", "1", "1", "4", None]
    assert [said.media[0].kind for said in heard[-2:]] == [MediumKind.PHOTO, MediumKind.VOICE]


def test_odd_records_are_passed_by(tmp_path: Path) -> None:
    """Service lines, records without a sender, dates that are none: the rest is read."""
    odd: list[Any] = [
        {"id": 1, "type": "service", "action": "join"}, {"id": 2, "type": "message"}, 7, None,
        line(3, "某人", "x") | {"date_unixtime": "not a time"}, line(4, "邱女士", STALL),
    ]  # fmt: skip
    assert [ticket["opens"] for ticket in run(tmp_path, odd)] == [4]


def test_roster_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """One sentence."""
    path = export(tmp_path, [line(1, "某人", "x")])
    (tmp_path / "street.roster.json").write_text("nonsense", encoding="utf-8")
    with pytest.raises(ExportRefused, match=r"street\.roster\.json 第一行"):
        list(replaying.replay(path, None))


@pytest.mark.parametrize("name", ["yuzhou-merchants", "chaoyang-sites"])
def test_corpus_gives_tickets_that_a_clerk_would_mostly_agree_with(shared: Path, name: str) -> None:
    """Every line is whole, ids are of the chat, and most openings are right (the score's floor only rises)."""
    lines = list(replaying.replay(shared / "corpus" / f"{name}.export.json", None))
    gold = [json.loads(row) for row in (shared / "corpus" / f"{name}.gold.jsonl").read_text("utf-8").splitlines()]
    wanted = {row["opens"] for row in gold if "opens" in row}
    said = {row["opens"] for row in lines}
    assert all(set(row) == KEYS for row in lines)
    assert [row["ticket"] for row in lines] == list(range(1, len(lines) + 1))
    right = len(wanted & said)
    assert right / len(said) > 0.75
    assert right / len(wanted) > 0.65
