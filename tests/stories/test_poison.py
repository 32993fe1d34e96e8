"""Updates as no Telegram sends them, and as it does on bad days: strange, repeated, shuffled, old, numbered anew."""

import contextlib
import random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from channels.telegram import parse as reading
from tests.sights import moment
from tests.town import BAI, JING, MERCHANTS, QIU, SITES, SQUAD, STALL, TOKEN, Json, Town

RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"
DAY = 24 * 3600

# --- a small picture of the Bot API's types, in which anything may be missing or wrong --------------------------------

JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=20), st.just([]), st.just({}),
    st.just("\x00"), st.just("\ud800"), st.lists(st.integers(), max_size=2),
)  # fmt: skip
IDS = st.one_of(st.sampled_from([QIU, JING, MERCHANTS, SITES, 0, -1, 2**63, 1087968824, 777000]), st.integers())
WORDS = st.one_of(
    st.sampled_from([STALL, RUBBISH, "/help", "/ticket 1", "没解决", "撤回", "工单 1"]), st.text(max_size=40)
)


def thing(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """An object of which each field may be absent, or be anything."""
    return st.fixed_dictionaries(
        {}, optional={name: st.one_of(kind, kind, kind, JUNK) for name, kind in fields.items()}
    )


USER = thing(id=IDS, is_bot=st.booleans(), first_name=st.text(max_size=10), last_name=st.text(max_size=10))
CHAT = thing(id=IDS, type=st.sampled_from(["private", "group", "supergroup", "channel"]), title=st.text(max_size=10))
POINT = thing(latitude=st.floats(), longitude=st.floats(), horizontal_accuracy=st.floats(), live_period=st.integers())
NAME, NUMBER = st.text(max_size=10), st.integers(0, 9999)
FILE = thing(
    file_id=NAME, file_unique_id=NAME, file_size=st.integers(), width=NUMBER, height=NUMBER, file_name=NAME,
    mime_type=st.sampled_from(["image/png", "text/plain"]),
)  # fmt: skip
VENUE = thing(title=WORDS, address=WORDS, location=POINT)
SAID = {
    "message_id": st.integers(1, 10**6), "date": st.integers(0, 2 * 10**9), "chat": CHAT, "from": USER, "text": WORDS,
    "caption": WORDS, "sender_chat": CHAT, "location": POINT, "venue": VENUE, "photo": st.lists(FILE, max_size=3),
    "document": FILE, "voice": FILE, "media_group_id": st.text(max_size=5), "message_thread_id": st.integers(),
    "is_topic_message": st.booleans(), "migrate_to_chat_id": IDS, "new_chat_title": WORDS, "left_chat_member": USER,
    "new_chat_members": st.lists(USER, max_size=2), "forward_origin": thing(type=st.text(max_size=5)),
    "entities": st.lists(JUNK, max_size=2),
}  # fmt: skip
MESSAGE = thing(**SAID, reply_to_message=thing(**SAID))
SEAT = thing(status=st.sampled_from(["member", "left", "kicked", "restricted", "administrator"]), user=USER)
UPDATE = st.one_of(
    st.fixed_dictionaries({"message": MESSAGE}),
    st.fixed_dictionaries({"message": MESSAGE}),
    st.fixed_dictionaries({"edited_message": MESSAGE}),
    st.fixed_dictionaries({"callback_query": thing(
        id=st.text(max_size=8), data=st.one_of(st.text(max_size=64), st.sampled_from(["v1:accept:1:1", "v1:done:1:1"])),
        message=MESSAGE, **{"from": USER},
    )}),
    st.fixed_dictionaries({"my_chat_member": thing(chat=CHAT, old_chat_member=SEAT, new_chat_member=SEAT)}),
    st.fixed_dictionaries({"chat_member": thing(chat=CHAT, old_chat_member=SEAT, new_chat_member=SEAT)}),
    st.dictionaries(st.sampled_from(["poll", "channel_post", "message_reaction", "guest_message"]), JUNK, max_size=1),
)  # fmt: skip


def thousand() -> list[Json]:
    """A thousand updates, the same at every run."""
    kept: list[Json] = []

    @settings(
        max_examples=1000, phases=[Phase.generate], derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(UPDATE)
    def keep(update: Json) -> None:
        kept.append(update)

    keep()
    return kept


@settings(max_examples=500, deadline=None)
@given(UPDATE)
def test_update_is_read_or_refused_in_one_way_only(update: Json) -> None:
    """Whatever it is: an arrival, or one of the three errors that lay it aside; its queue is always found."""
    chat = reading.chat_of({"update_id": 1, **update})
    assert chat == "-" or chat.removeprefix("-").isdecimal()
    assert len(chat) <= 64
    with contextlib.suppress(KeyError, TypeError, ValueError):
        reading.parse({"update_id": 1, **update})


async def test_thousand_strange_updates_and_people_notice_nothing(town: Town) -> None:
    """Each is done or laid aside; whoever complains among them has one ticket, and no task dies of it."""
    said, strangers = [], town.strangers(10, SITES)
    for number, update in enumerate(thousand()):
        kind = next(iter(update), "poll")
        pending = town.world.updates.pending
        pending.append({"update_id": town.world.updates.next_id, **(update or {kind: None})})
        town.world.updates.next_id += 1
        if number % 100 == 50:
            words = f"苍梧路{101 + 2 * number}号门口垃圾堆了一地没人清，麻烦处理一下"
            said.append(town.says(strangers.pop(), words, chat=SITES)["message_id"])
    town.world.updates.arrived.set()
    await _worked_off(town)
    assert town.program is not None
    assert town.program.tasks.error is None
    rows = await town.rows("SELECT state, last_error FROM inbox")
    assert len(rows) >= 1010
    assert {row["state"] for row in rows} == {"done", "dead"}
    assert all(row["last_error"] for row in rows if row["state"] == "dead")
    opened = await town.rows(
        "SELECT t.opens FROM ticket t JOIN chat_alias a ON a.group_id = t.group_id WHERE a.chat = :chat",
        chat=str(SITES),
    )
    assert [opened.count({"opens": str(number)}) for number in said] == [1] * len(said)


async def _worked_off(town: Town) -> None:
    """Until nothing is new, with the pauses of what fails passed at once."""
    for _ in range(400):
        await town.until(lambda: not town.world.updates.pending, "updates to be fetched", 60)
        if not await town.rows("SELECT 1 FROM inbox WHERE state = 'new' LIMIT 1"):
            return
        await town.later(seconds=20)
        await town.until(lambda: True, "a moment")
        for _ in range(10):
            await town.breath()
    raise AssertionError("some updates are neither done nor dead")


async def test_updates_are_brought_out_of_order_and_again_and_each_is_done_once(town: Town) -> None:
    """Twenty complaints shuffled and each brought three times: twenty tickets, and one receipt each."""
    chance, queue = random.Random(721), town.world.updates
    await town.stop_bot()
    said = [
        town.says(who, f"凤鸣路{101 + 40 * number}号门口垃圾堆了一地没人清，麻烦处理一下")["message_id"]
        for number, who in enumerate(town.strangers(20))
    ]
    brought = list(queue.pending) * 3
    chance.shuffle(brought)
    queue.pending.clear()
    await town.start_bot()
    assert town.program is not None
    for first in range(0, 60, 7):
        await town.program._store(brought[first : first + 7])
    await town.sees_rows("SELECT 1 WHERE (SELECT count(*) FROM ticket) = 20")
    await town.quiet()
    assert sorted(int(ticket["opens"]) for ticket in await town.tickets()) == said
    told = [message["reply_to_message"]["message_id"] for message in town.by_bot()]
    assert sorted(told) == said


async def test_words_of_months_ago_arrive_and_harm_nobody(town: Town) -> None:
    """A hundred days old, of 1970, of next year: each is taken, under the day it was said, the last under today.

    Its time begins to run when it came, and today's complaint is answered as ever.
    """
    now = int(town.world.clock())
    for number, date in enumerate((now - 100 * DAY, 1, now + 365 * DAY)):
        message = {
            "message_id": 900 + number, "date": date, "chat": town.world.chats[SITES].brief(),
            "from": town.world.user(6001), "text": f"凤鸣路{201 + 40 * number}号门口垃圾堆了一地没人清，麻烦处理一下",
        }  # fmt: skip
        town.world.raw({"message": message})
    said = town.says(QIU, STALL)
    receipt = await town.sees("占道经营")
    assert receipt["reply_to_message"]["message_id"] == said["message_id"]
    await town.quiet()
    assert {row["state"] for row in await town.rows("SELECT state FROM inbox")} == {"done"}
    told = [line for line in town.texts(SITES) if line.startswith("#")]
    assert [line.split(" · ")[1].split("\n")[0] for line in told] == [f"凤鸣路{door}号门口" for door in (201, 241, 281)]
    old, oldest, next_year, today = await town.tickets()
    assert [moment(ticket["opened_at"]).timestamp() for ticket in (old, oldest)] == [now - 100 * DAY, 1]
    assert all(moment(ticket["opened_at"]) <= town.clock.now() for ticket in (next_year, today))
    assert all(moment(row["deadline_at"]) > town.clock.now() for row in (old, oldest, next_year, today))
    await town.later(hours=3)
    await town.quiet()
    assert [line for line in town.texts(SITES) if line.startswith("#")] == told


async def test_another_bot_counts_its_updates_anew_and_none_is_taken_for_an_old_one(town: Town) -> None:
    """The bureau takes a new bot on the old database: its first updates bear numbers that the old one's bore."""
    first = town.world.updates.next_id
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.quiet()
    await town.stop_bot()
    town.world.updates.pending.clear()
    town.world.updates.next_id = first
    token = f"9{TOKEN}"
    town.play.token = town.play.api.token = token
    town.says(6001, RUBBISH, chat=SITES)
    await town.start_bot(token)
    await town.sees("#2 ", SITES)
    await town.quiet()
    assert len(await town.tickets()) == 2


async def test_updates_kept_before_bots_were_told_apart_are_not_done_again(town: Town) -> None:
    """An older program kept them without the bot's number; Telegram brings one once more after the upgrade."""
    said = town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.quiet()
    await town.stop_bot()
    await town.start_bot()
    assert town.program is not None
    async with town.program.engine.begin() as conn:
        await conn.exec_driver_sql("UPDATE inbox SET channel = 'telegram'")
    number = town.world.updates.next_id - 1
    await town.stop_bot()
    town.world.updates.pending.append({"update_id": number, "message": said})
    await town.start_bot()
    await town.quiet()
    assert len(await town.tickets()) == 1
    rows = await town.rows("SELECT DISTINCT channel FROM inbox")
    assert [row["channel"] for row in rows] == ["telegram:8721"]


async def test_numbers_begin_anew_for_the_same_bot_and_no_word_is_lost(town: Town) -> None:
    """While it runs and after a start: words and presses that bear known numbers are done, what comes again is not."""
    queue = town.world.updates
    first = queue.next_id
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    queue.next_id = first
    town.says(6001, RUBBISH, chat=SITES)
    await town.sees("#2 ", SITES)
    await town.quiet()
    await town.stop_bot()
    queue.pending.clear()
    queue.next_id = first
    town.presses(BAI, card, "接单")
    town.says(6001, f"{RUBBISH}，苍梧路33号门口也有", chat=SITES)
    brought = list(queue.pending)
    await town.start_bot()
    await town.sees("白洋已接单")
    await town.quiet()
    rows = await town.rows("SELECT state FROM inbox")
    tickets = await town.tickets()
    assert town.program is not None
    for again in (brought, brought[::-1]):
        await town.program._store(again)
    await town.quiet()
    assert await town.rows("SELECT state FROM inbox") == rows == [{"state": "done"}] * 4
    assert len(await town.tickets()) == len(tickets) >= 2


async def test_number_that_fits_no_table_makes_the_bot_deaf_to_nobody(town: Town) -> None:
    """It is laid aside once and named; who speaks before, beside and after it is heard."""
    town.says(QIU, STALL)
    await town.sees("#1 ")
    await town.quiet()
    message = {"message_id": 900, "date": int(town.world.clock()), "chat": town.world.chats[SITES].brief(),
               "from": town.world.user(6001), "text": RUBBISH}  # fmt: skip
    for number in (2**70, 2**70, -5):
        town.world.updates.pending.append({"update_id": number, "message": message})
    town.says(6001, RUBBISH, chat=SITES)
    town.world.updates.arrived.set()
    await town.sees("#2 ", SITES)
    await town.until(lambda: not town.world.updates.pending, "all of it to be taken away")
    town.says(JING, "凤鸣路77号门口路灯不亮了，麻烦来修一下", chat=MERCHANTS)
    await town.sees("#3 ")
    rows = await town.rows("SELECT last_error, raw FROM inbox WHERE state = 'dead'")
    assert {row["last_error"] for row in rows} == {"its number fits no table"}
    assert all(RUBBISH in row["raw"] for row in rows)
