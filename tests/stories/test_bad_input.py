"""What no phone sends but the net does: nothing is lost by it, and the others go on."""

import pytest

from tests.sights import buttons
from tests.town import BAI, MERCHANTS, QIU, SQUAD, STALL, Town


def raw(town: Town, **fields: object) -> None:
    """An update as it is, from 邱女士 in the merchants' group unless said otherwise."""
    message = {
        "message_id": 900_000, "date": 1_772_450_000, "from": town.world.user(QIU),
        "chat": {"id": MERCHANTS, "type": "supergroup", "title": "郁洲街道城管共建群"}, **fields,
    }  # fmt: skip
    town.world.raw({"message": message})


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(STALL + "堵" * 10_000_000, id="ten megabytes"),
        pytest.param(STALL + "\x00\x00", id="NUL"),
        pytest.param(STALL + "\ud83d \udc00", id="lone surrogates"),
        pytest.param("\u202e" + STALL + "\u200b" * 50, id="bidi and zero width"),
    ],
)
async def test_odd_words_become_a_ticket_like_any_other(town: Town, words: str) -> None:
    """It is read, kept and sent on; what is shown is clean."""
    raw(town, text=words)
    receipt = await town.sees("占道经营", seconds=30)
    card = await town.button("接单", SQUAD)
    for shown in (receipt["text"], card["text"]):
        assert len(shown) <= 4096
        assert not set(shown) & {"\x00", "\u202e", "\u200b"}
    assert [row["state"] for row in await town.rows("SELECT state FROM inbox")] == ["done"]


async def test_markup_in_words_is_shown_as_words(town: Town) -> None:
    """<b>, & and links are hers, not ours."""
    town.says(QIU, '门口井盖没了，危险 <b>快来</b> & <a href="http://x">看</a>')
    card = await town.button("接单", SQUAD)
    assert "<b>快来</b> &" in card["text"]
    assert all(entity["type"] == "bold" for entity in card.get("entities", []))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "v1",
        "v1:accept",
        "v1:accept:zzzzzzzz:1",
        "v1:accept:1:9",
        "v0:accept:1:1",
        "v1:open:1:1",
        "v1:yes:0:1:999",
        "接单",
        "v1:resolve:1:1:执法",
        "v1::::",
    ],
)
async def test_forged_press_is_answered_and_moves_nothing(town: Town, data: str) -> None:
    """A polite toast, whatever the client sent."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    query = town.world.press(BAI, SQUAD, card["message_id"], data)
    assert len(await town.toast(query)) > 3
    assert (await town.tickets())[0]["status"] == "dispatched"


async def test_press_told_twice_is_done_once(town: Town) -> None:
    """The same callback under a new update id: one acceptance, and a toast that says how it stands."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    data = buttons(card)[0]["callback_data"]
    first, second = (town.world.press(BAI, SQUAD, card["message_id"], data) for _ in range(2))
    assert await town.toast(first) == "已接单，路上注意安全"
    assert "已接单" in await town.toast(second)
    await town.quiet()
    assert [r["n"] for r in await town.rows("SELECT count(*) AS n FROM ticket_event WHERE action = 'accept'")] == [1]


@pytest.mark.parametrize(
    "broken",
    [
        {"message": "words"},
        {"message": {"message_id": 1}},
        {"message": {"message_id": "x", "chat": {"id": MERCHANTS, "type": "group"}, "date": 1, "text": "x"}},
        {"callback_query": {"id": 5, "from": None, "message": {}, "data": "v1:accept:1:1"}},
        {"my_chat_member": []},
        {"message": {"message_id": 1, "date": 10**30, "chat": {"id": MERCHANTS, "type": "group"}, "from": {"id": 1}}},
        {"something_new": {"chat": {"id": 1}}},
    ],
)
async def test_poison_holds_nobody_up(town: Town, broken: dict[str, object]) -> None:
    """What cannot be read is kept as dead (what is merely unknown is done), and the next complaint is taken."""
    town.world.raw(broken)
    town.says(QIU, STALL)
    await town.sees("#1 占道经营")
    await town.quiet()
    states = [row["state"] for row in await town.rows("SELECT state FROM inbox ORDER BY seq")]
    assert states == ["done" if "something_new" in broken else "dead", "done"]
