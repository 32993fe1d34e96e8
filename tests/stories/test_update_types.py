"""Updates made from the Bot API's own types: whatever Telegram may send is read, and people notice nothing.

update_types.json names the fields of all types that an update can hold (Bot API 10.1, June 2026): `?` marks those that
may be absent, `=` gives the one word that may stand there.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from channels.telegram import parse as reading
from tests.stories.test_poison import JUNK
from tests.town import JING, MERCHANTS, QIU, SITES, SQUAD, STALL, Json, Town

TYPES: dict[str, Any] = json.loads((Path(__file__).parent / "update_types.json").read_text(encoding="utf-8"))
RUBBISH = "凤鸣路{}号门口垃圾堆了一地没人清，麻烦处理一下"
DEEP, WIDE = 3, 6
"""So many objects within one another have optional fields, and so many each; below only what must be there is."""
WORDS = [STALL, "/help", "/mine", "没解决", "谢谢", "a", "v1:accept:1:1", "\u202eabc", "👍" * 9]
PLAIN: dict[str, Callable[[Random], Any]] = {
    "Integer": lambda chance: chance.choice([0, 1, 7, chance.randrange(2**31)]),
    "Float": lambda chance: chance.uniform(-90, 90),
    "String": lambda chance: chance.choice(WORDS),
    "Boolean": lambda chance: chance.random() < 0.5,
    "True": lambda _chance: True,
}
KNOWN: dict[tuple[str, str], list[Any]] = {
    ("Chat", "id"): [MERCHANTS, SQUAD, -1009000000001, 9001, QIU],
    ("Chat", "type"): ["private", "group", "supergroup", "channel"],
    ("User", "id"): [QIU, JING, 9001, 777000, 1087968824, 136817688, 2**52 - 1],
    ("Message", "message_id"): list(range(1, 999)),
    ("Message", "migrate_to_chat_id"): [-1009000000002],
    ("Message", "migrate_from_chat_id"): [-1009000000003],
}
"""Where anything at all would be nobody and nowhere."""
ALWAYS = {("Message", "from"), ("CallbackQuery", "data"), ("CallbackQuery", "message")}
"""Absent for channels and games alone."""


def of(chance: Random, kind: str, depth: int = 0) -> Any:
    """A value of a type."""
    if kind.startswith("Array of "):
        return [of(chance, kind.removeprefix("Array of "), depth + 1) for _ in range(chance.randint(1, 2))]
    if kind in PLAIN:
        return PLAIN[kind](chance)
    made = TYPES[kind]
    if isinstance(made, list):
        return of(chance, chance.choice(made), depth)
    may = [name for name, word in made.items() if word.endswith("?") and (kind, name) not in ALWAYS]
    absent = set(may) - set(chance.sample(may, min(len(may), chance.randint(0, WIDE)) if depth < DEEP else 0))
    return {name: _field(chance, (kind, name), word, depth) for name, word in made.items() if name not in absent}


def _field(chance: Random, at: tuple[str, str], word: str, depth: int) -> Any:
    if at in KNOWN:
        return chance.choice(KNOWN[at])
    return word[1:] if word.startswith("=") else of(chance, chance.choice(word.removesuffix("?").split("|")), depth + 1)


@st.composite
def updates(draw: st.DrawFn) -> Json:
    """One update, with exactly one thing in it; the kinds that the bot asks for are oftener."""
    chance = draw(st.randoms(use_true_random=True))
    kind = chance.choice([*reading.ALLOWED * 5, *(name for name in TYPES["Update"] if name != "update_id")])
    return {kind: of(chance, TYPES["Update"][kind].removesuffix("?"))}


@st.composite
def broken(draw: st.DrawFn) -> Json:
    """One in which something, somewhere, is missing or is something else."""
    update = draw(updates())
    at: Any = update
    while isinstance(at, dict | list) and at:
        key = draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or draw(st.booleans()):
            at[key] = draw(JUNK)
            if isinstance(at, dict) and draw(st.booleans()):
                del at[key]
            break
        at = at[key]
    return update


def made(strategy: st.SearchStrategy[Json], number: int) -> list[Json]:
    """So many updates, the same at every run."""
    kept: list[Json] = []

    @settings(
        max_examples=number, phases=[Phase.generate], derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def keep(update: Json) -> None:
        kept.append(update)

    keep()
    return kept


def test_every_update_that_telegram_may_send_is_read() -> None:
    """Five hundred, as the types allow: each is an arrival, none is laid aside; all kinds are among them."""
    seen = made(updates(), 500)
    for update in seen:
        reading.parse({"update_id": 1, **update})
    assert {next(iter(update)) for update in seen} >= set(reading.ALLOWED)
    assert len({next(iter(update)) for update in seen}) > 15


def test_update_with_something_wrong_in_it_is_read_or_refused_in_one_way() -> None:
    """Five hundred, one thing wrong in each: an arrival, or one of the three errors that lay it aside."""
    for update in made(broken(), 500):
        with contextlib.suppress(KeyError, TypeError, ValueError):
            reading.parse({"update_id": 1, **update})


def test_topic_message_that_names_no_topic_is_said_where_it_is_said() -> None:
    """The types allow `is_topic_message` alone: it is no reason to lay somebody's complaint aside."""
    said = {"message_id": 5, "date": 1, "chat": {"id": MERCHANTS, "type": "supergroup"}, "text": STALL,
            "from": {"id": QIU, "is_bot": False, "first_name": "邱"}, "is_topic_message": True}  # fmt: skip
    arrival: Any = reading.parse({"update_id": 1, "message": {**said, "reply_to_message": dict(said, message_id=4)}})
    assert (arrival.said.thread, arrival.said.reply_to) == (None, "4")


async def test_two_hundred_of_them_and_people_notice_nothing(town: Town) -> None:
    """Each is done and none is dead; who complains among them has one ticket and one receipt."""
    said, strangers = [], town.strangers(4, SITES)
    for number, update in enumerate(made(updates(), 200)):
        town.world.updates.pending.append({"update_id": town.world.updates.next_id, **update})
        town.world.updates.next_id += 1
        if number % 50 == 25:
            said.append(town.says(strangers.pop(), RUBBISH.format(101 + 2 * number), chat=SITES)["message_id"])
    town.world.updates.arrived.set()
    await town.until(lambda: not town.world.updates.pending, "updates to be fetched", 30)
    for _ in range(400):
        if not await town.rows("SELECT 1 FROM inbox WHERE state = 'new' LIMIT 1"):
            break
        await asyncio.sleep(0.05)
    assert town.program is not None
    assert town.program.tasks.error is None
    rows = await town.rows("SELECT state, last_error FROM inbox")
    assert len(rows) >= 200
    assert {(row["state"], row["last_error"]) for row in rows} == {("done", None)}
    opened = await town.rows(
        "SELECT t.opens FROM ticket t JOIN chat_alias a ON a.group_id = t.group_id WHERE a.chat = :chat",
        chat=str(SITES),
    )
    assert [opened.count({"opens": str(number)}) for number in said] == [1] * len(said)
